// evaluate: before and after on the same rows, from any file of messages, with or without a project.
#include "core/types/evaluate_options.h"

#include <algorithm>
#include <memory>
#include <string>

#include "app/cli/context.h"
#include "app/cli/evaluation_text.h"
#include "app/cli/model_options.h"
#include "app/cli/project.h"
#include "app/cli/row_files.h"
#include "app/cli/task_option.h"
#include "core/data/derive_task.h"
#include "core/data/label_form.h"
#include "core/data/left_out.h"
#include "core/data/load.h"
#include "core/evaluate/run.h"
#include "core/evaluate/seen_rows.h"
#include "core/io/file.h"
#include "core/model/loaded_model.h"
#include "core/project/project_run.h"
#include "core/report/evaluation_files.h"
#include "core/train/run_list.h"
#include "core/train/run_upkeep.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

constexpr const char* examples =
    "Every row is answered twice: by the model as it is, under the task's detailed prompt where --task has one, and "
    "with\n"
    "the adapter, under the row's own prompt. A row is right when its answer is JSON with exactly the wanted keys and\n"
    "values. Without --adapter only the model itself is asked.\n\n"
    "  minnow-cli evaluate --model Qwen3-0.6B --adapter output/v0-.../checkpoint-50 --data test.jsonl\n"
    "  minnow-cli evaluate --model Qwen3-0.6B --adapter checkpoint-50 --data test.jsonl --task minnow.json -o report\n"
    "  minnow-cli evaluate --model my-merged-student --data test.jsonl --json\n"
    "  minnow-cli evaluate --project orders";

struct EvaluateCommand {
  LoadOptions load;
  std::filesystem::path data, task, output, project;
  std::string side = "auto", language = "en";
  std::int64_t max_rows = 0;
  bool include_unreviewed = false;
  bool into_run = false;                          ///< the report goes into the run's folder, as its own
  std::optional<FileLock> kept;                   ///< so that a run under way doesn't prune the checkpoint
  std::vector<std::filesystem::path> trained_on;  ///< files that the project's run was given
  EvaluateOptions options;
};

EvaluateSides sides_of(const EvaluateCommand& c) {
  if (c.side == "before") return EvaluateSides::before;
  if (c.side == "after") return EvaluateSides::after;
  if (c.side == "both" || (c.side == "auto" && c.load.adapter)) return EvaluateSides::both;
  // The model alone: a folder that Minnow merged is a tuned one.
  return recorded_instruction(c.load.model).prompt_style ? EvaluateSides::after : EvaluateSides::before;
}

/// What wasn't given comes from the project: its test rows, the newest run's checkpoint in use (run_record.h)
/// and the model that run was made with, else the student; the report goes into that run's folder.
void read_project(EvaluateCommand& c) {
  const auto project = open_project(c.project);
  const ProjectSettings settings = project->settings();
  if (c.task.empty()) c.options.task = settings.task;
  if (c.data.empty()) {
    EvaluationRows rows = rows_to_evaluate(*project, c.include_unreviewed);
    c.options.rows = std::move(rows.rows);
    c.options.data_name = rows.name;
    tell(rows.left_out);
  }
  if (!c.load.adapter) {
    const auto runs = list_runs(project->runs_folder());
    const auto run = std::find_if(runs.begin(), runs.end(), [](const RunSummary& r) { return !r.in_use.empty(); });
    if (run != runs.end()) {
      c.kept = keep_checkpoint(run->in_use);
      c.load.adapter = run->in_use;
      c.trained_on = run->options.dataset;
      c.into_run = c.output.empty();
      if (c.into_run) c.output = run->folder;
      if (c.load.model.empty()) c.load.model = run->options.model;
    }
  }
  if (c.load.model.empty()) c.load.model = settings.student;
  if (!c.load.adapter) note("The project has no run with a checkpoint yet; only the untuned model is asked.");
}

void read_rows(EvaluateCommand& c) {
  std::vector<Problem> aside;
  std::vector<std::string> without;
  LeftOut outside{c.include_unreviewed};
  std::vector<std::string> said;
  c.options.rows = rows_with_answer(load_conversations(c.data, &aside, {}, &outside, {}, &said), &without);
  for (const std::string& sentence : said) note(sentence);
  tell(outside);
  if (!aside.empty()) note(set_aside_sentence(c.data.filename().string(), aside));
  if (!without.empty()) {
    note(std::to_string(without.size()) +
         " rows have no answer to compare with and are left out; the first: " + without.front());
  }
  if (c.options.rows.empty())
    throw Error(ErrorKind::data, c.data.string() + " holds no row with an answer", c.data.string());
}

/// A label that isn't what the task wants can only be compared as text, which is said before anything is asked.
void tell_labels(const EvaluateOptions& o) {
  LabelCensus labels(&o.task);
  for (const Conversation& row : o.rows) labels.add(row.messages.back().content, row.source);
  for (const std::string& sentence : labels.sentences()) note(sentence + "; they are compared as text");
}

Json side_json(const EvaluateReport& report, const SideScore& side) {
  if (!side.present) return nullptr;
  const auto share = [](const Share& s) {
    return Json({{"k", s.k}, {"n", s.n}, {"share", s.value()}, {"low", s.low}, {"high", s.high}});
  };
  Json fields = Json::object(), errors = Json::object();
  for (std::size_t i = 0; i < report.field_keys.size(); ++i) fields[report.field_keys[i]] = share(side.fields[i]);
  for (const auto& [kind, count] : side.errors) errors[to_string(kind)] = count;
  return {{"exact", share(side.exact)},
          {"valid_json", share(side.valid_json)},
          {"fields", fields},
          {"errors", errors},
          {"cut_at_limit", side.cut_at_limit},
          {"fenced", side.fenced},
          {"exact_without_fence", side.exact_inside},
          {"prompt", side.prompt},
          {"rows_under_other_prompt", side.other_prompt_rows},
          {"seconds", side.seconds},
          {"tokens_per_second", side.tokens_per_second}};
}

Json report_summary(const EvaluateReport& report, const std::filesystem::path& folder) {
  Json json = {{"rows", report.details.size()},
               {"before", side_json(report, report.before)},
               {"after", side_json(report, report.after)}};
  if (report.before.present && report.after.present) {
    json["paired"] = {{"fixed", report.rows.fixed}, {"broken", report.rows.broken}, {"p", report.rows.p_value}};
  }
  if (report.bf16_row_differences >= 0) json["rows_differing_without_drafts"] = report.bf16_row_differences;
  json["machine"] = report.machine;
  json["folder"] = folder.empty() ? Json(nullptr) : Json(folder.string());
  return json;
}

int run_evaluate(EvaluateCommand& c, Context& context) {
  if (c.side != "before" && c.side != "auto" && c.side != "after" && c.side != "both") {
    throw Error(ErrorKind::usage, "--side is '" + c.side + "'; it is before, after or both", "--side");
  }
  if (!c.project.empty()) read_project(c);
  if (c.load.model.empty())
    throw Error(ErrorKind::usage, "--model is needed: the folder of a dense Qwen3 model", "--model");
  if (c.data.empty() && c.options.rows.empty())
    throw Error(ErrorKind::usage, "--data FILE or --project DIR is needed", "--data");
  if (c.side == "both" && !c.load.adapter) throw Error(ErrorKind::usage, "--side both needs --adapter", "--side");
  if (!c.data.empty()) read_rows(c);
  EvaluateOptions& o = c.options;
  const auto rows_there = static_cast<std::int64_t>(o.rows.size());
  const bool part = c.max_rows > 0 && rows_there > c.max_rows;
  if (part) o.rows.resize(static_cast<std::size_t>(c.max_rows));
  if (!c.task.empty())
    o.task = task_from_file(c.task);
  else if (o.task.fields.empty())
    o.task = derive_task(o.rows);
  tell_labels(o);
  o.model = c.load.model;
  o.adapter = c.load.adapter;
  o.dtype = c.load.dtype;
  o.device = c.load.device;
  o.threads = c.load.threads;
  o.prompt_style = c.load.prompt_style;
  o.chat_template = c.load.chat_template;
  o.note = note;
  if (!c.data.empty()) o.data_name = c.data.filename().string();
  o.sides = sides_of(c);
  if (const auto seen = seen_rows(o.rows, c.trained_on, context.stop); seen > 0)
    note(std::to_string(seen) + " of these " + std::to_string(o.rows.size()) +
         " rows are among those that the run was given to learn from; its figures flatter.");
  const EvaluateReport report = evaluate(o, progress_sink(), context.stop);
  const bool chinese = c.language == "zh";
  const bool stopped = context.stop.stop_requested();
  if (stopped) {
    note("Stopped; the figures are those of the " + std::to_string(report.details.size()) + " of " +
         std::to_string(o.rows.size()) + " rows that were answered by then." +
         (c.output.empty() ? "" : " No report is written, and one that is there stays."));
  } else if (part && c.into_run) {
    note("A report of " + std::to_string(c.max_rows) + " of " + std::to_string(rows_there) +
         " rows isn't kept as the run's; give -o DIR to keep it.");
  }
  if (stopped || (part && c.into_run)) c.output.clear();
  // A run's own report is the test rows'; those of other rows stand beside it.
  const std::string stem = c.into_run ? evaluation_stem(o.data_name) : "report";
  if (!c.output.empty())
    write_evaluation(c.output, stem, report, evaluation_page(chinese, c.into_run ? c.output : std::filesystem::path()));
  if (context.json) {
    print_json(report_summary(report, c.output));
  } else {
    print(evaluation_text(report, chinese));
    if (!c.output.empty()) print((chinese ? "报告：" : "Report: ") + (c.output / (stem + ".html")).string() + "\n");
  }
  return context.done();
}

}  // namespace

void add_evaluate(CLI::App& app, Context& context) {
  CLI::App& command = add_command(app, "evaluate", "score the untuned and the tuned model on the same rows", examples);
  auto c = std::make_shared<EvaluateCommand>();
  add_model_options(command, c->load).required(false);
  command.add_option("--data", c->data, "rows with wanted answers: messages, query/response, alpaca, …")
      ->type_name("FILE");
  command.add_option("--project", c->project, "a project: its student, test rows and newest run, as far as not given")
      ->type_name("DIR");
  command.add_option("--task", c->task, "minnow.json or a task: fields with kinds, both prompts")->type_name("FILE");
  command
      .add_option("-o,--output_dir,--output-dir", c->output,
                  "folder for predicted_labels*.jsonl, report.json and report.html")
      ->type_name("DIR");
  command.add_option("--language", c->language, "of text and report: en or zh")
      ->check(CLI::IsMember({"en", "zh"}))
      ->capture_default_str();
  command.add_option("--side", c->side, "before (untuned), after (tuned) or both; default: what can be asked");
  command.add_option("--limit", c->max_rows, "evaluate the first N rows only")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  command.add_flag("--include_unreviewed,--include-unreviewed", c->include_unreviewed,
                   "judge by rows that need review too");
  add_batch_size(command, c->options.engine);
  command
      .add_option("--max_new_tokens,--max-new-tokens", c->options.max_new_tokens,
                  "longest answer; default: twice the longest wanted one and 32")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  command.add_flag_callback(
      "--no-drafts", [c] { c->options.engine.drafts = false; }, "decode without drafts copied from the input");
  command.add_flag("--constrain-json", c->options.engine.constrain_json,
                   "only tokens that keep the answer the task's JSON (hides invalid output)");
  command
      .add_option("--check-drafts", c->options.check_drafts_rows,
                  "decode the first N rows again without drafts and count those that differ")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber);
  context.on_chosen(command, [c, &context] { return run_evaluate(*c, context); });
}

}  // namespace minnow::cli
