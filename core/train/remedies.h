// The verdict's remedies as settings: what a click on one changes. Pure but for reading which checkpoints there are.
#pragma once

#include <optional>

#include "core/types/run_record.h"
#include "core/types/train_continuation.h"

namespace minnow {

/// The settings of a new run that tries `remedy`: those of `run` with exactly one changed. More epochs: twice as many;
/// fewer: up to the best step's, rounded up to whole ones; rank: twice or half; learning rate: three times or a third,
/// to two digits; rows per step: see fewer_rows_per_step(). Nothing where the run had fewer than kFewSteps steps and
/// would have again, unless the rate was too high: no setting teaches anything in 20 steps. Nothing for remedies that need no new run (none, restore_best), and where the setting is at its end
/// (rank 1 can't be halved).
std::optional<TrainOptions> remedied_options(const RunRecord& run, Remedy remedy);

/// The same run, resumed from its newest checkpoint for `extra_epochs` more. The learning-rate schedule is that of a
/// run with all epochs, entered at this step: with cosine or linear the rate goes up again and falls to 0 at the new
/// end. Nothing without a checkpoint that holds the optimiser's state.
struct Continued {
  TrainOptions options;
  TrainContinuation what;
};
std::optional<Continued> continued(const RunRecord& run, double extra_epochs);

/// The options that resume a run that was stopped or killed, from its newest checkpoint. Nothing without one.
std::optional<TrainOptions> resumed_options(const RunRecord& run);

}  // namespace minnow
