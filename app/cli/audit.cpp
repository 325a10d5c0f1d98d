// audit: what is wrong with a file of rows: each row by itself, and rows against one another.
#include "core/data/audit.h"
#include "app/cli/data_options.h"
#include "app/cli/progress.h"
#include "app/cli/row_files.h"
#include "app/cli/task_option.h"
#include "app/error_sentence.h"
#include "core/data/derive_task.h"
#include "core/data/import.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct AuditAsked {
  std::filesystem::path file, task;
  std::int64_t shown = 50;
  bool strict = false;
  bool no_regions = false;
  double similarity = 0.8;
  ImportOptions reading;
};

/// Takes the fields from the first label that is a JSON object.
void learn_fields(const Row& row, Task& task) {
  if (!task.fields.empty() || row.label.empty()) return;
  task = derive_task({{{{"user", row.input}, {"assistant", row.label}}, row.provenance}});
}

int audit(const AuditAsked& asked, Context& context) {
  Task task;
  if (!asked.task.empty()) task = task_from_file(asked.task);
  AuditPrinter printer(asked.shown, context.json);
  AuditOptions options;
  options.similarity = asked.similarity;
  options.on_row = [&printer](const AuditedRow& row) { printer.show(row); };
  if (asked.no_regions) options.regions = nullptr;
  Audit audit(task, options);
  ImportOptions import = asked.reading;
  import.on_set_aside = [](const Problem& problem, const std::string&) { note("set aside: " + problem.sentence); };
  std::int64_t rows = 0;
  const auto take = [&](Row&& row) {
    ++rows;
    if (row.id.empty()) row.id = std::to_string(rows);
    learn_fields(row, task);
    audit.add(row);
  };
  const ImportReport read = import_rows(asked.file, import, take, progress_sink(), context.stop);
  tell_notes(asked.file, read);
  if (rows == 0 && !context.stop.stop_requested()) {
    throw Error(ErrorKind::data, no_rows_sentence(asked.file), asked.file.string());
  }
  const AuditReport report = audit.finish(progress_sink(), context.stop);
  printer.end();
  if (read.set_aside_count > 0)
    note(std::to_string(read.set_aside_count) + (read.set_aside_count == 1 ? " row is" : " rows are") +
         " set aside and not checked; those of several rounds are no fault: train and evaluate take them as they are");
  show_audit_counts(report, read.set_aside_count, context.json);
  if (context.stop.stop_requested()) return context.done();
  return asked.strict && report.rows_with_problems > 0 ? exit_unexpected : 0;
}

}  // namespace

void add_audit(CLI::App& app, Context& context) {
  CLI::App& command = add_command(
      app, "audit", "what is wrong with a file of rows",
      "Finds labels that aren't JSON (Python dicts, Markdown fences, words around it …), missing and extra keys, "
      "numbers\n"
      "that a spreadsheet has damaged, control tokens, empty inputs, duplicates, the same input labelled in two ways, "
      "and\n"
      "validation or test rows that nearly stand in the training rows. The fields are the task's, else the keys of the\n"
      "first JSON label. With --json one object a row with problems, then the counts:\n"
      "  {\"row\":3,\"problems\":[{\"code\":\"code_fence\",\"field\":\"\",\"sentence\":\"…\"}]}\n"
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
  command.add_option("--task", asked->task, "minnow.json or a task: fields with kinds")->type_name("FILE");
  add_reading_options(command, asked->reading);
  command.add_flag("--no-regions", asked->no_regions, "don't check place names");
  command.add_flag("--strict", asked->strict, "end with exit code 1 if any row has a problem");
  context.on_chosen(command, [&context, asked] { return audit(*asked, context); });
}

}  // namespace minnow::cli
