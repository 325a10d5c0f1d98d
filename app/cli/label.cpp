// label: a local Qwen3 folder answers raw rows; the answers are audited and can be trained on.
#include "core/teach/label.h"

#include <memory>

#include "app/cli/context.h"
#include "app/cli/model_options.h"
#include "app/cli/task_option.h"
#include "core/data/left_out.h"
#include "core/data/load.h"
#include "core/data/row_json.h"
#include "core/io/file.h"
#include "core/model/model_cache.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

constexpr const char* label_examples =
    "Every answer goes to a journal at once: run the same line again after a stop and only what is missing is asked.\n"
    "Rows come out as labelled, needs_review (the audit found something) or failed (no JSON with the task's keys).\n\n"
    "  minnow-cli label --teacher Qwen3-8B --task minnow.json --data raw.txt -o rows.jsonl\n"
    "  minnow-cli label --teacher Qwen/Qwen3-8B --task minnow.json --data raw.jsonl -o rows.jsonl --batch-size 16";

struct LabelCommand {
  std::string teacher;
  std::filesystem::path data, task, output;
  LabelOptions options;
};

/// The inputs of a file; an answer that is there already stays out of it.
std::vector<Row> raw_rows(const std::filesystem::path& path) {
  std::vector<Problem> aside;
  std::vector<Row> rows;
  std::int64_t several = 0;
  for (const Conversation& conversation : load_conversations(path, &aside)) {
    Row row;
    row.id = std::to_string(rows.size() + 1);
    int questions = 0;
    for (const Message& message : conversation.messages) {
      if (message.role != "user") continue;
      row.input = message.content;
      ++questions;
    }
    several += questions > 1;
    rows.push_back(std::move(row));
  }
  if (!aside.empty()) note(set_aside_sentence(path.filename().string(), aside));
  if (several > 0) {
    note(std::to_string(several) + " rows have several questions; the last one of each is asked, without those before");
  }
  if (rows.empty()) throw Error(ErrorKind::data, path.string() + " holds no row to label", path.string());
  return rows;
}

int run_label(LabelCommand& c, Context& context) {
  c.options.teacher = find_model(c.teacher);
  c.options.task = task_from_file(c.task);
  if (c.options.journal.empty()) c.options.journal = c.output.string() + ".journal";
  std::vector<Row> rows = raw_rows(c.data);
  const LabelReport report = label_rows(rows, c.options, progress_sink(), context.stop);
  AtomicFile file(c.output);
  for (const Row& row : rows) file.write(row_line(row) + "\n");
  file.commit();
  if (context.json) {
    print_json({{"rows", rows.size()},
                {"asked", report.asked},
                {"from_journal", report.from_journal},
                {"labelled", report.labelled},
                {"needs_review", report.needs_review},
                {"failed", report.failed},
                {"unanswered", report.unanswered},
                {"seconds", report.seconds},
                {"tokens_per_second", report.tokens_per_second},
                {"output", c.output.string()}});
  } else {
    print(std::to_string(report.labelled) + " rows labelled, " + std::to_string(report.needs_review) +
          " need review, " + std::to_string(report.failed) + " failed" +
          (report.unanswered > 0 ? ", " + std::to_string(report.unanswered) + " not asked yet" : std::string()) + " (" +
          std::to_string(report.asked) + " asked now, " + std::to_string(report.from_journal) +
          " from the journal).\nRows: " + c.output.string() + "\nJournal: " + c.options.journal.string() + "\n");
  }
  return context.done();
}

}  // namespace

void add_label(CLI::App& app, Context& context) {
  CLI::App& command = add_command(app, "label", "let a local Qwen3 model label raw rows", label_examples);
  auto c = std::make_shared<LabelCommand>();
  command.add_option("--teacher", c->teacher, "folder of the model that answers, or its hub name")
      ->required()
      ->type_name("DIR");
  command.add_option("--data", c->data, "raw rows: lines, a table, JSONL")->required()->type_name("FILE");
  command.add_option("--task", c->task, "minnow.json or a task: fields with kinds, the detailed prompt")
      ->required()
      ->type_name("FILE");
  command.add_option("-o,--output", c->output, "where the labelled rows go")->required()->type_name("FILE");
  command.add_option("--journal", c->options.journal, "append-only record of answers; default: OUTPUT.journal")
      ->type_name("FILE");
  add_batch_size(command, c->options.engine);
  command.add_option("--max-new-tokens,--max_new_tokens", c->options.max_new_tokens, "longest answer")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command.add_option("--temperature", c->options.sampling.temperature, "0 = the likeliest token always")
      ->capture_default_str();
  command.add_flag("--constrain-json", c->options.engine.constrain_json,
                   "only tokens that keep the answer the task's JSON");
  add_template_option(command, c->options.chat_template);
  c->options.note = note;
  add_dtype_option(command, c->options.dtype);
  add_machine_options(command, c->options.device, c->options.threads);
  context.on_chosen(command, [c, &context] { return run_label(*c, context); });
}

}  // namespace minnow::cli
