// Says of a plan whether it has too few steps to learn a task, before it starts. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/types/notice.h"
#include "core/types/train_options.h"

namespace minnow {

/// Steps below which a plan is called short. The original tutorial's 50 taught a 0.6B model its task.
inline constexpr std::int64_t kFewSteps = 40;

/// Rows per step with which the same epochs have at least 200 steps, or as many as 4 rows give; at most 32. Nothing
/// where `options` has no more rows per step than that.
std::optional<int> fewer_rows_per_step(const TrainOptions& options, std::int64_t train_rows);

/// "20 steps are too few to learn a task: …", with what gives more; empty where there are kFewSteps.
Notice few_steps_notice(const TrainOptions& options, std::int64_t train_rows);

}  // namespace minnow
