// audit: what is wrong with a file of rows: each row by itself, and rows against one another.
#include "core/data/audit.h"
#include "app/cli/data_options.h"
#include "app/cli/progress.h"
#include "app/cli/row_files.h"
#include "app/error_sentence.h"
#include "core/data/derive_task.h"
#include "core/data/import.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct AuditAsked {
  std::filesystem::path file;
  std::int64_t shown = 50;
  bool strict = false;
  bool no_regions = false;
  double similarity = 0.8;
  ImportOptions reading;
};

/// Every row of the file; lines that can't be read go to stderr.
std::vector<Row> read_rows(const AuditAsked& asked, Context& context) {
  const std::filesystem::path& file = asked.file;
  std::vector<Row> rows;
  ImportOptions options = asked.reading;
  options.on_set_aside = [&](const Problem& problem, const std::string&) {
    note("can't be read: " + problem.sentence);
  };
  const ImportReport report = import_rows(
      file, options, [&](Row&& row) { rows.push_back(std::move(row)); }, progress_sink(), context.stop);
  tell_notes(file, report);
  if (rows.empty() && !context.stop.stop_requested()) {
    throw Error(ErrorKind::data, no_rows_sentence(file), file.string());
  }
  return rows;
}

/// The keys of the first label that is JSON, as plain text fields.
Task task_of(const std::vector<Row>& rows) {
  std::vector<Conversation> conversations;
  for (const Row& row : rows) {
    if (!row.label.empty()) conversations.push_back({{{"user", row.input}, {"assistant", row.label}}, row.provenance});
  }
  return derive_task(conversations);
}

int audit(const AuditAsked& asked, Context& context) {
  const std::vector<Row> rows = read_rows(asked, context);
  const Task task = task_of(rows);
  AuditOptions options;
  options.similarity = asked.similarity;
  if (asked.no_regions) options.regions = nullptr;
  Audit audit(task, options);
  for (const Row& row : rows) audit.add(row);
  const AuditReport report = audit.finish(progress_sink(), context.stop);
  const auto row_at = [&](std::int64_t position) { return rows[static_cast<std::size_t>(position)]; };
  show_audit_rows(report, row_at, asked.shown, context.json);
  show_audit_counts(report, context.json);
  if (context.stop.stop_requested()) return context.done();
  return asked.strict && report.rows_with_problems > 0 ? exit_unexpected : 0;
}

}  // namespace

void add_audit(CLI::App& app, Context& context) {
  CLI::App& command = add_command(
      app, "audit", "what is wrong with a file of rows",
      "Finds labels that aren't JSON, missing and extra keys, empty inputs, duplicates, the same input labelled in "
      "two\n"
      "ways, and validation or test rows that nearly stand in the training rows. The fields are the keys of the first\n"
      "label. With --json one object a row with problems, then the counts.\n"
      "Examples:\n  minnow-cli audit train.jsonl\n  minnow-cli audit train.jsonl --strict --json");
  const auto asked = std::make_shared<AuditAsked>();
  command.add_option("file", asked->file, "file of rows, any format that import reads")->required()->type_name("FILE");
  command.add_option("--show", asked->shown, "rows to list")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_option("--similarity", asked->similarity, "from which on rows are near-duplicates")
      ->type_name("X")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  add_reading_options(command, asked->reading);
  command.add_flag("--no-regions", asked->no_regions, "don't check place names");
  command.add_flag("--strict", asked->strict, "end with exit code 1 if any row has a problem");
  context.on_chosen(command, [&context, asked] { return audit(*asked, context); });
}

}  // namespace minnow::cli
