// Remedies.
#include "core/train/remedies.h"

#include <algorithm>
#include <cmath>

#include "core/types/number_text.h"
#include "core/train/checkpoint_state.h"
#include "core/train/few_steps.h"
#include "core/train/schedule.h"

namespace minnow {
namespace {

/// As a new run: nothing is resumed, and a folder of its own is made.
TrainOptions as_new_run(const RunRecord& run) {
  TrainOptions options = run.options;
  options.auto_settings.clear();  // one thing changes, the rest is as it was chosen
  options.resume_from_checkpoint.reset();
  options.resume_only_model = false;
  return options;
}

double best_epoch(const RunRecord& run) {
  for (const EvalDone& eval : run.evals) {
    if (eval.step == run.best_step) return eval.epoch;
  }
  return 0.0;
}

/// Training rows from the steps of an epoch; exact enough for the schedule, which only counts steps.
std::int64_t rows_of(const RunRecord& run) {
  const std::int64_t per_step =
      static_cast<std::int64_t>(run.options.per_device_train_batch_size) * run.options.gradient_accumulation_steps;
  const double epochs = run.options.num_train_epochs;
  const auto per_epoch =
      static_cast<std::int64_t>(std::llround(static_cast<double>(run.max_steps) / std::max(epochs, 1e-9)));
  return std::max<std::int64_t>(1, per_epoch) * per_step;
}

/// How far the steps from `first` on can move a weight: the sum of their learning rates.
double reach(const TrainOptions& options, const StepPlan& plan, std::int64_t first) {
  double sum = 0.0;
  for (std::int64_t step = first; step < plan.max_steps; ++step) sum += learning_rate(options, plan, step);
  return sum;
}

std::optional<TrainOptions> changed(const RunRecord& run, Remedy remedy) {
  TrainOptions options = as_new_run(run);
  switch (remedy) {
    case Remedy::more_epochs:
      if (options.max_steps > 0)
        options.max_steps *= 2;
      else
        options.num_train_epochs *= 2.0;
      return options;
    case Remedy::fewer_epochs: {
      if (options.max_steps > 0) {
        if (run.best_step <= 0 || run.best_step >= options.max_steps) return std::nullopt;
        options.max_steps = run.best_step;
        return options;
      }
      const double epochs = std::max(1.0, std::ceil(best_epoch(run) - 1e-6));
      if (epochs >= options.num_train_epochs) return std::nullopt;
      options.num_train_epochs = epochs;
      return options;
    }
    case Remedy::higher_rank:
      options.lora_rank *= 2;
      return options;
    case Remedy::lower_rank:
      if (options.lora_rank <= 1) return std::nullopt;
      options.lora_rank /= 2;
      return options;
    case Remedy::lower_learning_rate:
      options.learning_rate = two_digits(options.learning_rate / 3.0);
      return options;
    case Remedy::higher_learning_rate:
      options.learning_rate = two_digits(options.learning_rate * 3.0);
      return options;
    case Remedy::fewer_rows_per_step: {
      const auto rows = fewer_rows_per_step(options, rows_of(run));
      if (!rows) return std::nullopt;
      options.per_device_train_batch_size = *rows;
      options.gradient_accumulation_steps = 1;
      return options;
    }
    case Remedy::none:
    case Remedy::restore_best:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<TrainOptions> remedied_options(const RunRecord& run, Remedy remedy) {
  auto options = changed(run, remedy);
  if (!options) return options;
  // Where steps are few, what leaves them few can't help; only fewer rows per step or more epochs make more of them.
  const auto steps = [&](const TrainOptions& o) { return plan_steps(o, rows_of(run)).max_steps; };
  const bool too_high = remedy == Remedy::lower_learning_rate || remedy == Remedy::fewer_epochs;
  if (!too_high && steps(run.options) < kFewSteps && steps(*options) < kFewSteps) return std::nullopt;
  return options;
}

std::optional<TrainOptions> resumed_options(const RunRecord& run) {
  std::vector<std::int64_t> steps = run.checkpoints;
  // "Go back to step N", then resume: it goes on from N.
  if (const auto chosen = std::find(steps.begin(), steps.end(), chosen_step(run.folder)); chosen != steps.end())
    std::rotate(chosen, chosen + 1, steps.end());
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const auto folder = checkpoint_dir(run.folder, *step);
    if (!std::filesystem::exists(folder / "optimizer.safetensors") ||
        !std::filesystem::exists(folder / "trainer_state.json"))
      continue;
    TrainOptions options = run.options;
    options.resume_from_checkpoint = folder;
    options.resume_only_model = false;
    return options;
  }
  return std::nullopt;
}

std::optional<Continued> continued(const RunRecord& run, double extra_epochs) {
  auto options = resumed_options(run);
  if (!options || extra_epochs <= 0.0) return std::nullopt;
  Continued result;
  const std::int64_t rows = rows_of(run);
  const StepPlan before = plan_steps(run.options, rows);
  if (options->max_steps > 0) {
    options->max_steps +=
        static_cast<std::int64_t>(std::ceil(extra_epochs * static_cast<double>(before.steps_per_epoch)));
  } else {
    options->num_train_epochs += extra_epochs;
  }
  const StepPlan after = plan_steps(*options, rows);
  const std::string name = options->resume_from_checkpoint->filename().string();
  const std::int64_t at = std::stoll(name.substr(name.rfind('-') + 1));
  result.what.epochs_before = run.options.num_train_epochs;
  result.what.epochs_after = options->num_train_epochs;
  result.what.from_step = at;
  result.what.to_step = after.max_steps;
  const double before_that = reach(run.options, before, 0);
  result.what.reach = before_that > 0.0 ? reach(*options, after, at) / before_that : 1.0;
  result.what.rate_before = at > 0 ? learning_rate(run.options, before, at - 1) : 0.0;
  result.what.rate_after = learning_rate(*options, after, at);
  result.options = std::move(*options);
  return result;
}

}  // namespace minnow
