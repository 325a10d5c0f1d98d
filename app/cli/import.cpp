// import: foreign files into Minnow's rows, formats found out, unreadable lines set aside with number and reason.
#include "core/data/import.h"
#include "app/cli/data_options.h"
#include "app/cli/row_files.h"
#include "core/data/conversation.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct ImportAsked {
  std::vector<std::filesystem::path> files;
  std::filesystem::path output;
  RowFormat format = RowFormat::rows;
  ImportOptions reading;
  bool preview = false, include_unreviewed = false;
};

int show_preview(const ImportAsked& asked, const ImportOptions& options) {
  for (const auto& file : asked.files) {
    const ImportPreview preview = preview_import(file, options);
    note(file.string() + ": " + format_text(preview.format, preview.shape) +
         (preview.records_estimated ? ", about " : ", ") + std::to_string(preview.records) +
         (preview.records == 1 ? " row" : " rows"));
    for (const std::string& sentence : preview.notes) note(sentence);
    if (!preview.unclear.empty()) note(preview.unclear);
    for (const Problem& problem : preview.set_aside) note("set aside: " + problem.sentence);
    for (const Row& row : preview.rows) print(line_of(row, asked.format, Task{}) + "\n");
  }
  return 0;
}

/// One file's rows as lines of the output; `rows` counts on.
ImportReport import_one(const std::filesystem::path& file, const ImportAsked& asked, const ImportOptions& options,
                        RowOutput& out, LeftOut& outside, std::int64_t& rows, Context& context) {
  if (asked.format == RowFormat::messages) {
    return import_conversations(
        file, options,
        [&](Conversation&& conversation, RowState state) {
          if (outside.leaves(state)) return;
          ++rows;
          out.line(messages_line(conversation));
        },
        progress_sink(), context.stop);
  }
  return import_rows(
      file, options,
      [&](Row&& row) {
        if (row.id.empty()) row.id = std::to_string(rows + 1);
        ++rows;
        out.line(line_of(row, asked.format, Task{}));
      },
      progress_sink(), context.stop);
}

int import_files(const ImportAsked& asked, Context& context) {
  ImportOptions options = asked.reading;
  options.set_aside_kept = shown_problems;
  if (asked.preview) return show_preview(asked, options);
  if (asked.output.empty()) throw Error(ErrorKind::usage, "-o FILE is required (or --preview)", "-o");
  RowOutput out(asked.output);
  LeftOut outside{asked.include_unreviewed};
  std::int64_t rows = 0;
  for (const auto& file : asked.files) {
    const ImportReport report = import_one(file, asked, options, out, outside, rows, context);
    tell_import(file, report, context.json && asked.output != "-");
    if (!report.stopped) continue;
    if (asked.output != "-") note("Stopped; nothing is written.");
    return context.done();
  }
  if (rows == 0 && outside.needs_review + outside.failed == 0) {
    const std::string first = asked.files.front().string();
    const bool one = asked.files.size() == 1;
    throw Error(ErrorKind::data,
                (one ? no_rows_sentence(first) : first + " and the other files have no row that can be read") +
                    "; nothing is written",
                first);
  }
  out.commit();
  tell(outside);
  return context.done();
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  CLI::App& command = add_command(
      app, "import", "read foreign files into rows",
      "Takes JSONL (messages, sharegpt, alpaca, query/response, Minnow's rows), JSON arrays, CSV, TSV and plain lines, "
      "in\n"
      "UTF-8, UTF-16, GB18030, Big5 or Windows-1252, from files or from a pipe (- or /dev/stdin); what it is is found out\n"
      "from the content. A line that can't be read is named and set aside. A stop (Ctrl-C) writes nothing.\n"
      "rows keeps one question and its answer a row; messages also keeps rows of several rounds.\n"
      "Examples:\n  minnow-cli import orders.csv --input-column 地址 -o rows.jsonl\n"
      "  minnow-cli import a.jsonl b.txt -o rows.jsonl\n"
      "  minnow-cli import orders.csv --preview");
  const auto asked = std::make_shared<ImportAsked>();
  command.add_option("files", asked->files, "files to read")->required()->type_name("FILE");
  command.add_option("-o,--output", asked->output, "file to write, - for stdout")->type_name("FILE");
  add_format_option(command, asked->format);
  add_unreviewed_option(command, asked->include_unreviewed);
  add_reading_options(command, asked->reading);
  command.add_flag("--preview", asked->preview, "show the first rows as they would be read, and write nothing");
  context.on_chosen(command, [&context, asked] { return import_files(*asked, context); });
}

}  // namespace minnow::cli
