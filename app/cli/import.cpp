// import: foreign files into Minnow's rows, formats found out, unreadable lines set aside with number and reason.
#include "app/cli/row_files.h"
#include "core/data/import.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

constexpr std::size_t shown_problems = 20;  // per file, on stderr

struct Asked {
  std::vector<std::filesystem::path> files;
  std::filesystem::path output;
  RowFormat format = RowFormat::rows;
  ColumnMapping mapping;
  std::vector<std::string> fields;
  bool preview = false;
};

/// "key=column" pairs.
void read_fields(const std::vector<std::string>& pairs, ColumnMapping& mapping) {
  for (const std::string& pair : pairs) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(ErrorKind::usage, "--field wants KEY=COLUMN, this is '" + pair + "'", pair);
    }
    mapping.fields.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
}

std::string format_text(const FileFormat& format, RowShape shape) {
  std::string text = std::string(to_string(format.container)) + ", " + to_string(format.encoding);
  return shape == RowShape::unknown ? text : text + ", " + to_string(shape);
}

void tell(const std::filesystem::path& file, const ImportReport& report, bool json) {
  for (std::size_t i = 0; i < std::min(report.set_aside.size(), shown_problems); ++i) {
    const Problem& problem = report.set_aside[i];
    note(file.string() + ":" + std::to_string(problem.line) + ": set aside: " + problem.sentence);
  }
  if (report.set_aside_count > static_cast<std::int64_t>(shown_problems)) {
    note("… and " + std::to_string(report.set_aside_count - static_cast<std::int64_t>(shown_problems)) + " more");
  }
  if (json) {
    print_json({{"file", file.string()},
                {"format", format_text(report.format, report.shape)},
                {"rows", report.rows},
                {"labelled", report.labelled},
                {"set_aside", report.set_aside_count},
                {"stopped", report.stopped}});
  } else {
    note(file.string() + " (" + format_text(report.format, report.shape) + "): " + std::to_string(report.rows) +
         " rows, " + std::to_string(report.labelled) + " labelled, " + std::to_string(report.set_aside_count) +
         " set aside");
  }
}

int show_preview(const Asked& asked, const ImportOptions& options) {
  for (const auto& file : asked.files) {
    const ImportPreview preview = preview_import(file, options);
    note(file.string() + ": " + format_text(preview.format, preview.shape));
    if (!preview.unclear.empty()) note(preview.unclear);
    for (const Row& row : preview.rows) print(line_of(row, asked.format, Task{}) + "\n");
  }
  return 0;
}

int import_files(const Asked& asked, Context& context) {
  ImportOptions options;
  options.mapping = asked.mapping;
  options.set_aside_kept = shown_problems;
  read_fields(asked.fields, options.mapping);
  if (asked.preview) return show_preview(asked, options);
  if (asked.output.empty()) throw Error(ErrorKind::usage, "-o FILE is required (or --preview)", "-o");
  RowOutput out(asked.output);
  std::int64_t rows = 0;
  for (const auto& file : asked.files) {
    const ImportReport report = import_rows(
        file, options,
        [&](Row&& row) {
          if (row.id.empty()) row.id = std::to_string(rows + 1);
          ++rows;
          out.line(line_of(row, asked.format, Task{}));
        },
        progress_sink(), context.stop);
    tell(file, report, context.json && asked.output != "-");
    if (report.stopped) break;
  }
  out.commit();
  return context.done();
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  CLI::App& command = add_command(
      app, "import", "read foreign files into rows",
      "Takes JSONL (messages, sharegpt, alpaca, query/response, Minnow's rows), JSON arrays, CSV, TSV and plain lines, in\n"
      "UTF-8, UTF-16 or GB18030; what it is is found out. A line that can't be read is named and set aside.\n"
      "Examples:\n  minnow-cli import orders.csv --input-column 地址 -o rows.jsonl\n"
      "  minnow-cli import a.jsonl b.txt -o rows.jsonl\n"
      "  minnow-cli import orders.csv --preview");
  const auto asked = std::make_shared<Asked>();
  command.add_option("files", asked->files, "files to read")->required()->type_name("FILE");
  command.add_option("-o,--output", asked->output, "file to write, - for stdout")->type_name("FILE");
  add_format_option(command, asked->format);
  const auto column = [&](const char* flag, std::string& to, const char* what) {
    command.add_option(flag, to, what)->type_name("NAME");
  };
  column("--input-column", asked->mapping.input, "column with the raw text");
  column("--label-column", asked->mapping.label, "column with the answer as JSON");
  column("--system-column", asked->mapping.system, "column with the system prompt");
  column("--id-column", asked->mapping.id, "column with the row's id");
  column("--split-column", asked->mapping.split, "column with train, validation or test");
  command.add_option("--field", asked->fields, "a field of the answer and its column; may be repeated")
      ->type_name("KEY=COLUMN")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_flag("--preview", asked->preview, "show the first rows as they would be read, and write nothing");
  context.on_chosen(command, [&context, asked] { return import_files(*asked, context); });
}

}  // namespace minnow::cli
