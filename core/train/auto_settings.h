// Recipe auto: measures the machine, tries learning rates on the run's own first rows, and settles what auto_settings
// names. ATen-free header.
#pragma once

#include <optional>
#include <stop_token>

#include "core/train/auto_plan.h"
#include "core/types/train_event.h"

namespace minnow {

class LoadedModel;
struct RunData;

/// Rows per step, epochs and rank for a run on `model` and `data`, by the time that steps take here. Reads the weights,
/// changes nothing. The learning rate stays as it is. Throws as plan_run_memory.
AutoPlan plan_auto_run(const LoadedModel& model, const TrainOptions& options, const RunData& data);

/// plan_auto_run, then the range test: an adapter as the run will start with takes some steps of the run's first rows, at
/// rates that rise by a constant factor, and is thrown away. Tells RateTried and SettingsChosen. The options that come
/// back name no auto_settings. Nothing when stopped. For the same rows, seed, machine and step times the same is chosen.
std::optional<AutoPlan> choose_settings(const LoadedModel& model, const TrainOptions& options, const RunData& data,
                                        const TrainSink& sink, std::stop_token stop);

}  // namespace minnow
