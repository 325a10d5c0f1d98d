// split: a file of rows into train, validation and test, near-duplicates kept together.
#include <charconv>
#include <cmath>

#include "app/cli/row_files.h"
#include "core/data/import.h"
#include "core/data/near_duplicates.h"
#include "core/data/split.h"
#include "core/io/file.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct Asked {
  std::filesystem::path file, output;
  std::string validation = "0.1", test = "0.1";
  SplitOptions options;
  double similarity = 0.8;
  RowFormat format = RowFormat::messages;
};

/// "200" is a count, "0.1" and "10%" are shares.
SplitPart part_of(const std::string& flag, const std::string& text) {
  const bool percent = text.ends_with('%');
  const std::string digits = percent ? text.substr(0, text.size() - 1) : text;
  double value = -1.0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = digits.find('.') == std::string::npos;
  if (code != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value) || value < 0.0 ||
      value > 1e12) {
    throw Error(ErrorKind::usage, flag + " wants a count (200) or a share (0.1, 10%), this is '" + text + "'", flag);
  }
  if (percent) return {-1, value / 100.0};
  return whole ? SplitPart{static_cast<std::int64_t>(value), 0.0} : SplitPart{-1, value};
}

std::vector<Row> read_rows(const std::filesystem::path& file, Context& context) {
  std::vector<Row> rows;
  ImportOptions options;
  options.on_set_aside = [&](const Problem& problem, const std::string&) {
    note(file.string() + ":" + std::to_string(problem.line) + ": set aside: " + problem.sentence);
  };
  import_rows(
      file, options,
      [&](Row&& row) {
        if (row.id.empty()) row.id = std::to_string(rows.size() + 1);
        rows.push_back(std::move(row));
      },
      progress_sink(), context.stop);
  return rows;
}

std::int64_t write_part(const Asked& asked, const std::vector<Row>& rows, Split part) {
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

int split(const Asked& asked, Context& context) {
  SplitOptions options = asked.options;
  options.validation = part_of("--validation", asked.validation);
  options.test = part_of("--test", asked.test);
  std::vector<Row> rows = read_rows(asked.file, context);
  NearDuplicates near(asked.similarity);
  for (const Row& row : rows) near.add(row.input);
  const DuplicateGroups groups = near.groups(progress_sink(), context.stop);
  if (context.stop.stop_requested()) return context.done();  // nothing is written
  const SplitResult result = split_rows(groups.group, options);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].split = result.splits[i];
  make_folders(asked.output);
  Json counts = Json::object();
  std::string text;
  for (const Split part : {Split::train, Split::validation, Split::test}) {
    const std::int64_t count = write_part(asked, rows, part);
    counts[to_string(part)] = count;
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + to_string(part);
  }
  if (context.json) {
    print_json(counts);
  } else {
    print(text + " rows are in " + asked.output.string() + "\n");
  }
  return 0;
}

}  // namespace

void add_split(CLI::App& app, Context& context) {
  CLI::App& command = add_command(
      app, "split", "cut rows into train, validation and test",
      "Rows that are nearly the same stay on one side, so what is measured hasn't been trained on. The same seed gives\n"
      "the same split. Writes train.jsonl, validation.jsonl and test.jsonl.\n"
      "Examples:\n  minnow-cli split rows.jsonl -o parts --validation 100 --test 10%\n"
      "  minnow-cli split rows.jsonl -o parts --validation 0.05 --test 0");
  const auto asked = std::make_shared<Asked>();
  command.add_option("file", asked->file, "file of rows, any format that import reads")->required()->type_name("FILE");
  command.add_option("-o,--output", asked->output, "folder for the three files")->required()->type_name("DIR");
  command.add_option("--validation", asked->validation, "a count (200) or a share (0.1, 10%)")
      ->type_name("N")
      ->capture_default_str();
  command.add_option("--test", asked->test, "a count or a share")->type_name("N")->capture_default_str();
  command.add_option("--train", asked->options.train_count, "rows to train on; -1 = all that remain")
      ->type_name("N")
      ->capture_default_str();
  command.add_option("--seed", asked->options.seed, "which rows go where")->type_name("N")->capture_default_str();
  command.add_option("--similarity", asked->similarity, "from which on rows are near-duplicates")
      ->type_name("X")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  add_format_option(command, asked->format);
  context.on_chosen(command, [&context, asked] { return split(*asked, context); });
}

}  // namespace minnow::cli
