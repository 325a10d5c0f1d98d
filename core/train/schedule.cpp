// Learning-rate schedules.
#include "core/train/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/types/error.h"

namespace minnow {

StepPlan plan_steps(const TrainOptions& options, std::int64_t rows) {
  const auto positive = [](std::int64_t value, const char* name) {
    if (value < 1)
      throw Error(ErrorKind::usage, std::string(name) + " is " + std::to_string(value) + "; it must be at least 1",
                  name);
    return value;
  };
  const std::int64_t batch = positive(options.per_device_train_batch_size, "per_device_train_batch_size");
  const std::int64_t accumulate = positive(options.gradient_accumulation_steps, "gradient_accumulation_steps");
  StepPlan plan;
  plan.micro_batches_per_epoch = (rows + batch - 1) / batch;
  plan.steps_per_epoch = std::max<std::int64_t>(1, (plan.micro_batches_per_epoch + accumulate - 1) / accumulate);
  if (options.max_steps > 0) {
    plan.max_steps = options.max_steps;
  } else {
    if (!(options.num_train_epochs > 0)) {
      throw Error(ErrorKind::usage,
                  "num_train_epochs is " + std::to_string(options.num_train_epochs) + "; it must be positive",
                  "num_train_epochs");
    }
    plan.max_steps =
        static_cast<std::int64_t>(std::ceil(options.num_train_epochs * static_cast<double>(plan.steps_per_epoch)));
  }
  plan.warmup_steps =
      options.warmup_steps > 0
          ? options.warmup_steps
          : static_cast<std::int64_t>(std::ceil(options.warmup_ratio * static_cast<double>(plan.max_steps)));
  return plan;
}

double learning_rate(const TrainOptions& options, const StepPlan& plan, std::int64_t s) {
  const auto step = static_cast<double>(s), warmup = static_cast<double>(plan.warmup_steps);
  if (s < plan.warmup_steps) return options.learning_rate * step / std::max(1.0, warmup);
  const double rest = std::max(1.0, static_cast<double>(plan.max_steps) - warmup);
  switch (options.lr_scheduler_type) {
    case LrScheduler::constant:
      return options.learning_rate;
    case LrScheduler::linear:
      return options.learning_rate * std::max(0.0, (static_cast<double>(plan.max_steps) - step) / rest);
    case LrScheduler::cosine:
      return options.learning_rate * std::max(0.0, 0.5 * (1.0 + std::cos(std::numbers::pi * (step - warmup) / rest)));
  }
  return 0.0;
}

}  // namespace minnow
