// Reading run folders.
#include "core/train/run_record.h"

#include <algorithm>
#include <cmath>

#include "core/data/options_json.h"
#include "core/evaluate/report_file.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/train/auto_choice_file.h"
#include "core/train/checkpoint_state.h"
#include "core/train/run_folder.h"
#include "core/train/run_upkeep.h"
#include "core/train/verdict.h"
#include "core/types/error.h"

namespace minnow {
namespace {

void remember(RunRecord& run, const char* what) {
  if (run.problem.empty()) run.problem = what;
}

std::int64_t count_lines(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return 0;
  LineReader reader(path);
  std::int64_t lines = 0;
  for (std::string line; reader.next(line);) lines += !line.empty();
  return lines;
}

std::vector<std::int64_t> whole_checkpoints(const std::filesystem::path& run_dir) {
  std::vector<std::int64_t> steps;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(run_dir, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("checkpoint-", 0) != 0 || name.find_first_not_of("0123456789", 11) != std::string::npos) continue;
    if (name.size() > 11 && name.size() < 30 && std::filesystem::exists(entry.path() / "adapter_model.safetensors"))
      steps.push_back(std::stoll(name.substr(11)));
  }
  std::sort(steps.begin(), steps.end());
  return steps;
}

void take_log(RunRecord& run, const std::vector<LoggedPoint>& log) {
  for (const LoggedPoint& p : log) {
    run.max_steps = std::max(run.max_steps, p.max_steps);
    run.seconds = p.elapsed_seconds;
    if (!std::isfinite(p.is_eval ? p.eval_loss : p.loss)) {
      // A step's loss is that of the weights before it.
      const std::int64_t step = std::max<std::int64_t>(1, p.is_eval ? p.step : p.step - 1);
      run.unsound_from = run.unsound_from == 0 ? step : std::min(run.unsound_from, step);
      if (!p.is_eval) continue;
    }
    if (p.is_eval) {
      EvalDone eval;
      eval.step = p.step;
      eval.epoch = p.epoch;
      eval.eval_loss = p.eval_loss;
      eval.token_accuracy = p.token_accuracy;
      eval.exact_rows = p.exact_rows;
      eval.valid_json = p.valid_json;
      if (!run.evals.empty() && run.evals.back().step >= p.step) run.evals.pop_back();
      run.evals.push_back(eval);
    } else {
      StepDone step;
      step.step = p.step;
      step.max_steps = p.max_steps;
      step.epoch = p.epoch;
      step.loss = p.loss;
      step.token_accuracy = p.token_accuracy;
      step.learning_rate = p.learning_rate;
      step.grad_norm = p.grad_norm;
      step.tokens_per_second = p.tokens_per_second;
      if (!run.steps.empty() && run.steps.back().step >= p.step) continue;
      run.steps.push_back(step);
    }
  }
}

std::int64_t best_of(std::vector<EvalDone>& evals, BestMetric metric) {
  std::int64_t best = 0;
  double lowest = 0.0;
  for (EvalDone& eval : evals) {
    eval.is_best = false;
    if (!std::isfinite(eval.eval_loss)) continue;
    const bool by_score = metric == BestMetric::exact_rows && eval.exact_rows >= 0;
    const double value = by_score ? -eval.exact_rows : eval.eval_loss;
    eval.is_best = best == 0 || value < lowest || (by_score && value == lowest);
    if (!eval.is_best) continue;
    best = eval.step;
    lowest = value;
  }
  return best;
}

void take_report(RunRecord& run) {
  const auto path = run.folder / "report.json";
  run.has_report = std::filesystem::exists(path);
  if (!run.has_report) return;
  try {
    const EvaluateReport report = read_report_head(path);
    if (!report.after.present) return;
    run.report_rows = report.after.exact.n;
    run.report_right = report.after.exact.k;
  } catch (const Error& e) {
    remember(run, e.what());
  }
}

std::int64_t step_of(const std::filesystem::path& checkpoint) {
  const std::string name = checkpoint.filename().string();
  return name.rfind("checkpoint-", 0) == 0 ? std::atoll(name.c_str() + 11) : 0;
}

/// Whether the newest checkpoint is where early stopping ended the run.
bool ended_early(const RunRecord& run) {
  if (run.options.early_stopping_patience <= 0 || run.checkpoints.empty()) return false;
  try {
    const TrainerState state = load_trainer_state(checkpoint_dir(run.folder, run.checkpoints.back()));
    return state.step == run.last_step() && state.evals_since_best >= run.options.early_stopping_patience;
  } catch (const Error&) {
    return false;  // another program's checkpoint, or half a one
  }
}

}  // namespace

RunRecord read_run(const std::filesystem::path& run_dir) {
  RunRecord run;
  run.folder = run_dir;
  run.name = run_dir.filename().string();
  try {
    run.options = train_options_from_json(read_json_file(run_dir / "args.json"), (run_dir / "args.json").string());
  } catch (const Error& e) {
    remember(run, e.what());
  }
  try {
    run.chosen = read_auto_choice(run_dir);
  } catch (const Error& e) {
    remember(run, e.what());
  }
  std::vector<LoggedPoint> log;
  try {
    log = read_log(run_dir);
    run.validation_rows = count_lines(run_dir / "val_dataset.jsonl");
  } catch (const Error& e) {
    remember(run, e.what());
  }
  take_log(run, log);
  run.best_step = best_of(run.evals, run.options.best_metric);
  run.checkpoints = whole_checkpoints(run_dir);
  run.ended_early = ended_early(run);
  run.notes = read_run_notes(run_dir);
  take_report(run);
  VerdictInput input;
  input.points = curve_of(log);
  input.validation_rows = run.validation_rows;
  input.non_finite = std::any_of(log.begin(), log.end(), [](const LoggedPoint& p) {
    return !std::isfinite(p.is_eval ? p.eval_loss : p.loss) || !std::isfinite(p.grad_norm);
  });
  run.verdict = verdict(input);
  run.step_in_use = step_of(checkpoint_in_use(run));
  return run;
}

std::vector<RunRecord> read_runs(const std::filesystem::path& runs_folder) {
  std::vector<std::filesystem::path> folders;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(runs_folder, ignored)) {
    if (entry.path().filename().string().front() == '.') continue;  // a deletion that was cut short
    if (entry.is_directory() && (std::filesystem::exists(entry.path() / "args.json") ||
                                 std::filesystem::exists(entry.path() / "logging.jsonl")))
      folders.push_back(entry.path());
  }
  const auto version = [](const std::filesystem::path& path) {
    long k = -1;
    std::sscanf(path.filename().string().c_str(), "v%ld-", &k);
    return k;
  };
  std::sort(folders.begin(), folders.end(),
            [&](const auto& a, const auto& b) { return version(a) != version(b) ? version(a) > version(b) : a > b; });
  std::vector<RunRecord> runs;
  for (const auto& folder : folders) runs.push_back(read_run(folder));
  return runs;
}

bool is_setting_of_run(const std::string& name) {
  return name != "output_dir" && name != "add_version" && name != "resume_from_checkpoint" &&
         name != "resume_only_model";
}

std::vector<SettingDifference> setting_differences(const TrainOptions& here, const TrainOptions& there) {
  const Json a = train_options_to_json(here), b = train_options_to_json(there);
  std::vector<SettingDifference> differences;
  for (const auto& [name, value] : a.items()) {
    if (!is_setting_of_run(name)) continue;
    if (const Json& other = b.at(name); other != value)
      differences.push_back({name, shown_json(value), shown_json(other)});
  }
  return differences;
}

std::filesystem::path checkpoint_in_use(const RunRecord& run) {
  const auto has = [&](std::int64_t step) {
    return std::find(run.checkpoints.begin(), run.checkpoints.end(), step) != run.checkpoints.end();
  };
  if (const std::int64_t chosen = chosen_step(run.folder); chosen > 0 && has(chosen))
    return checkpoint_dir(run.folder, chosen);
  const bool got_worse = run.verdict.fit == Fit::overfitting || run.verdict.fit == Fit::diverging ||
                         run.options.best_metric == BestMetric::exact_rows;
  if (got_worse && has(run.best_step)) return checkpoint_dir(run.folder, run.best_step);
  for (auto step = run.checkpoints.rbegin(); step != run.checkpoints.rend(); ++step) {
    if (run.unsound_from == 0 || *step < run.unsound_from) return checkpoint_dir(run.folder, *step);
  }
  return {};
}

std::filesystem::path choose_checkpoint(const std::filesystem::path& run_dir, std::int64_t step) {
  const auto folder = checkpoint_dir(run_dir, step);
  if (!std::filesystem::exists(folder / "adapter_model.safetensors")) {
    throw Error(ErrorKind::not_found,
                run_dir.filename().string() + " has no checkpoint of step " + std::to_string(step) +
                    "; the newest and the best ones are kept",
                folder.string());
  }
  write_chosen_step(run_dir, step);
  return folder;
}

}  // namespace minnow
