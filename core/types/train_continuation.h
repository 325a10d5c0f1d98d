// TrainContinuation: what "continue for N epochs" does to a run, told before it is done.
#pragma once

#include <cstdint>

namespace minnow {

struct TrainContinuation {
  double epochs_before = 0.0, epochs_after = 0.0;
  std::int64_t from_step = 0, to_step = 0;  ///< steps from_step + 1 to to_step are new
  double rate_before = 0.0;                 ///< learning rate of the last step taken
  double rate_after = 0.0;                  ///< of the first new step: the schedule is stretched over all epochs
  double reach = 1.0;  ///< sum of the new steps' learning rates, of that of the run so far: how far weights can move
};

}  // namespace minnow
