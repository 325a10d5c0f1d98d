// The demo's rows: training, validation and two unseen test sets, made up from one seed.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types/row.h"

namespace minnow {

struct DemoRowsOptions {
  std::int64_t train = 8000;      ///< both styles, shuffled; made-up rows cost nothing, and new ones teach more than repeated ones
  std::int64_t validation = 200;  ///< both styles; other rows, values of the training side
  std::int64_t test = 400;        ///< the tutorial's form
  std::int64_t wild_test = 150;   ///< as people write
  double wild_share = 0.5;        ///< of training and validation rows
  std::uint64_t seed = 42;
};

/// Every row has its split set. No name, road, landmark or phone of a test row is a value of any training or validation
/// row; for `test` none of them even occurs within a training or validation input. Inputs are pairwise different.
struct DemoRows {
  std::vector<Row> train, validation, test, wild_test;
};

/// Deterministic. Throws Error(usage) on negative counts or a share outside [0, 1].
DemoRows make_demo_rows(const DemoRowsOptions& options = {});

}  // namespace minnow
