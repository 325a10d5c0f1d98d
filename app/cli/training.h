// What train and sft share: events as they happen, and the end of a run in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/context.h"
#include "core/train/train_flags.h"
#include "core/types/train_event.h"
#include "core/types/train_options.h"

namespace minnow::cli {

/// Shows a run's events: on a terminal one line that renews itself, else a line per logging_steps; as JSON lines on
/// stdout where `json`.
TrainSink training_sink(bool json, std::int64_t logging_steps);

/// A run that goes on has its own settings (core/train/resume_settings.h); what the flags change of them is noted.
/// A run folder given to --resume_from_checkpoint becomes its checkpoint. True when a run goes on. Throws as
/// resumed_settings().
bool take_settings_of_run(TrainFlags& flags);

/// What a run can't do without: the model, looked up by its hub name, and rows. Throws Error(usage), Error(not_found).
void resolve_paths(TrainOptions& options);

/// Draws the run's images and says how it went: outcome, losses, the verdict, where everything is. Returns the exit
/// code: 0, 130 when stopped, 1 when the run diverged.
int report_training(const TrainReport& report, bool json);

/// The arguments that CLI11 left over, or nothing when help was asked for and printed.
std::optional<std::vector<std::string>> free_arguments(const CLI::App& command);

/// Makes `command` take every argument as it is: its flags are read by core/train/train_flags.h.
void take_free_arguments(CLI::App& command);

}  // namespace minnow::cli
