// What train and sft share: events as they happen, and the end of a run in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/context.h"
#include "core/types/train_event.h"
#include "core/types/train_options.h"

namespace minnow::cli {

/// Shows a run's events: on a terminal one line that renews itself, else a line per logging_steps; as JSON lines on
/// stdout where `json`.
TrainSink training_sink(bool json, std::int64_t logging_steps);

/// Resolves what the command line leaves open: the model by its hub name; a run folder given to
/// --resume_from_checkpoint becomes its newest checkpoint. Throws Error(not_found).
void resolve_paths(TrainOptions& options);

/// Draws the run's images and says how it went: outcome, losses, the verdict, where everything is. Returns the exit
/// code: 0, 130 when stopped, 1 when the run diverged.
int report_training(const TrainReport& report, bool json);

/// The arguments that CLI11 left over, or nothing when help was asked for and printed.
std::optional<std::vector<std::string>> free_arguments(const CLI::App& command);

/// Makes `command` take every argument as it is: its flags are read by core/train/train_flags.h.
void take_free_arguments(CLI::App& command);

}  // namespace minnow::cli
