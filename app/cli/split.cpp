// split: a file of rows into train, validation and test, near-duplicates kept together.
#include "core/data/split.h"
#include "app/cli/data_options.h"
#include "app/cli/row_files.h"
#include "core/data/import.h"
#include "core/data/near_duplicates.h"
#include "core/io/file.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct SplitAsked {
  std::filesystem::path file, output;
  SplitFlags split;
  RowFormat format = RowFormat::messages;
  ImportOptions reading;
  bool include_unreviewed = false;
};

/// Rows for a messages file are those that may be trained on: it can't say of the others what they are.
std::vector<Row> read_rows(const SplitAsked& asked, Context& context) {
  const std::filesystem::path& file = asked.file;
  LeftOut outside{asked.include_unreviewed};
  std::vector<Row> rows;
  ImportOptions options = asked.reading;
  options.on_set_aside = [&](const Problem& problem, const std::string&) { note("set aside: " + problem.sentence); };
  const ImportReport report = import_rows(
      file, options,
      [&](Row&& row) {
        if (asked.format == RowFormat::messages && outside.leaves(row.state)) return;
        if (row.id.empty()) row.id = std::to_string(rows.size() + 1);
        rows.push_back(std::move(row));
      },
      progress_sink(), context.stop);
  tell_notes(file, report);
  tell(outside);
  if (rows.empty() && !context.stop.stop_requested()) {
    throw Error(ErrorKind::data, no_rows_sentence(file), file.string());
  }
  return rows;
}

std::int64_t write_part(const SplitAsked& asked, const std::vector<Row>& rows, Split part) {
  RowOutput out(asked.output / (std::string(to_string(part)) + ".jsonl"));
  std::int64_t count = 0;
  for (const Row& row : rows) {
    if (row.split != part) continue;
    out.line(line_of(row, asked.format, Task{}));
    ++count;
  }
  out.commit();
  return count;
}

int split(SplitAsked& asked, Context& context) {
  asked.split.read_parts();
  std::vector<Row> rows = read_rows(asked, context);
  NearDuplicates near(asked.split.similarity);
  for (const Row& row : rows) near.add(row.input);
  const DuplicateGroups groups = near.groups(progress_sink(), context.stop);
  if (context.stop.stop_requested()) return context.done();  // nothing is written
  const SplitResult result = split_rows(groups.group, asked.split.options);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].split = result.splits[i];
  make_folders(asked.output);
  Json counts = Json::object();
  for (const Split part : {Split::train, Split::validation, Split::test}) {
    counts[to_string(part)] = write_part(asked, rows, part);
  }
  if (context.json) {
    print_json(counts);
  } else {
    print(split_text(result.train, result.validation, result.test) + " rows are in " + asked.output.string() + "\n");
  }
  return 0;
}

}  // namespace

void add_split(CLI::App& app, Context& context) {
  CLI::App& command = add_command(app, "split", "cut rows into train, validation and test",
                                  "Rows that are nearly the same stay on one side, so what is measured hasn't been "
                                  "trained on. The same seed gives\n"
                                  "the same split. Writes train.jsonl, validation.jsonl and test.jsonl.\n"
                                  "Examples:\n  minnow-cli split rows.jsonl -o parts --validation 100 --test 10%\n"
                                  "  minnow-cli split rows.jsonl -o parts --validation 0.05 --test 0");
  const auto asked = std::make_shared<SplitAsked>();
  command.add_option("file", asked->file, "file of rows, any format that import reads")->required()->type_name("FILE");
  command.add_option("-o,--output", asked->output, "folder for the three files")->required()->type_name("DIR");
  add_split_options(command, asked->split);
  add_reading_options(command, asked->reading);
  add_format_option(command, asked->format);
  add_unreviewed_option(command, asked->include_unreviewed);
  context.on_chosen(command, [&context, asked] { return split(*asked, context); });
}

}  // namespace minnow::cli
