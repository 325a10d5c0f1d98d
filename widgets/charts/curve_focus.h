// Where a curve lives once its first fall is over: the range that a chart shows by default, so that a rise of a few per
// cent is seen at once.
#pragma once

#include <optional>
#include <vector>

#include "core/types/train_event.h"

namespace minnow {

struct CurveFocus {
  double lower = 0.0, upper = 1.0;
  /// The first fall is over and most of the height would be spent on it: the chart may leave it out.
  bool settled = false;
};

/// The range of one figure of the steps from the end of the first fall on (at the latest: over the last half of the
/// run), but for its highest two per cent (spikes), and of all evaluations from there, or from the best one on. Few
/// points, or none that is a number: nothing.
std::optional<CurveFocus> curveFocus(const std::vector<StepDone>& steps, const std::vector<EvalDone>& evals,
                                     double StepDone::*figure);

}  // namespace minnow
