// The verdict on a run's fit, with the figures it rests on. One pure function from points to verdict.
//
// Rules, the first that fits; "relevant" means more than noise and enough to matter:
//   diverging     a loss was not finite; or train loss ended well above its best level and isn't coming back
//   too early     fewer than five evaluations
//   overfitting   eval loss ended above its best (4 standard errors and 3 %, more for few validation rows) while train
//                 loss did not rise; where train rose too, the run is diverging
//   underfitting  eval loss still falling in the last third, train not rising: going on for as long again would bring
//                 at least 4 % of its level or of all it fell by; or train so and eval too, if less certainly; or
//                 nothing was learned at all
//   good          else: both flat, or train still falling with nothing in it for eval
// The thresholds are those that a hand-labelled set of curves (tests/train/verdict_curves.jsonl) supports.
#pragma once

#include "core/types/verdict.h"

namespace minnow {

/// Judges the curves as they are now; also in mid-run. A point at which nothing at all was measured means that the loss
/// was NaN there. Never throws for content; the cost is linear in the points.
Verdict verdict(const VerdictInput& input);

}  // namespace minnow
