// AutoChoice: what recipe Auto chose for a run, why, and the range test that its learning rate rests on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/types/notice.h"

namespace minnow {

/// One setting that was chosen. `name` is TrainOptions' own.
struct ChosenSetting {
  std::string name;
  double value = 0.0;
  Notice reason;  ///< with the figures it rests on
  bool operator==(const ChosenSetting&) const = default;
};

/// One step of the range test.
struct RatePoint {
  double learning_rate = 0.0;
  double loss = 0.0;  ///< after the steps before it, nats per supervised token; NaN or infinite: it blew up
};

struct AutoChoice {
  std::vector<ChosenSetting> settings;
  std::vector<RatePoint> tried;  ///< ascending rates; empty where the rate was given
  double seconds = 0.0;          ///< that the range test took
  std::int64_t rows = 0;         ///< of one step of it
  bool empty() const { return settings.empty(); }
};

}  // namespace minnow
