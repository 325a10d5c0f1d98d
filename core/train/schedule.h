// Learning-rate schedules and step counts as transformers defines them (facts 7.3).
#pragma once

#include <cstdint>

#include "core/types/train_options.h"

namespace minnow {

struct StepPlan {
  std::int64_t micro_batches_per_epoch = 0;  ///< of per_device_train_batch_size rows
  std::int64_t steps_per_epoch = 0;          ///< optimiser steps; the last takes what is left
  std::int64_t max_steps = 0;
  std::int64_t warmup_steps = 0;
};

/// Steps for `rows` training rows. Throws Error(usage) for settings that give no step.
StepPlan plan_steps(const TrainOptions& options, std::int64_t rows);

/// The learning rate of update s (0-based): linear warm-up from 0, then the schedule; the first is 0 with any warm-up.
double learning_rate(const TrainOptions& options, const StepPlan& plan, std::int64_t s);

}  // namespace minnow
