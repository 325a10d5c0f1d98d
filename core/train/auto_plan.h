// Recipe auto's arithmetic: rows per step, epochs, rank and learning rate from what was measured. Pure; the measuring is
// auto_settings.h's.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/types/auto_choice.h"
#include "core/types/train_options.h"

namespace minnow {

/// What the plan rests on.
struct AutoFacts {
  std::int64_t train_rows = 0;
  double supervised_tokens = 0.0;                           ///< of all training rows
  std::function<double(std::int64_t rows)> step_seconds;    ///< one optimiser step of so many rows, on this machine
  double evaluation_seconds = 0.0;                          ///< one evaluation with its score
};

struct AutoPlan {
  TrainOptions options;    ///< with the batch, the epochs and the rank that were chosen
  AutoChoice choice;       ///< and the reasons
  std::int64_t steps = 0;  ///< of the whole run
};

/// Whether recipe auto chooses this setting.
bool is_auto(const TrainOptions& options, const char* name);

/// Rows per step, epochs and rank of `options` where auto_settings names them; what it doesn't name stays and counts.
/// 600 steps, more for more than 480 rows (by the root of their number), of 16 rows or as many as give 25 steps an epoch
/// (at least 4), within time_limit_minutes. Without a limit 15 minutes, unless these have fewer than 100 steps.
AutoPlan plan_auto(const TrainOptions& options, const AutoFacts& facts);

/// The learning rate that suits LoRA of scale 4 on a Qwen3 of this width: 2e-3 at 256, falling as 1 / width, as it does
/// for Adam in wide layers (Yang et al. 2022). `scale` is lora_alpha / rank.
double usual_rate(std::int64_t hidden_size, double scale);

/// The rates that a range test of `steps` steps tries: ascending by a constant factor, around the usual one.
std::vector<double> rates_to_try(double usual, std::int64_t steps);

/// The run's rate from the range test, to two digits, with the reason.
ChosenSetting choose_rate(const std::vector<RatePoint>& tried, double usual);

}  // namespace minnow
