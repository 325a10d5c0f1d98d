// TrainForecast: what a run will be and take, told before it starts. Numbers only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/types/auto_choice.h"

namespace minnow {

struct TrainForecast {
  std::int64_t train_rows = 0, validation_rows = 0;
  std::int64_t unreviewed_rows = 0;    ///< left out of the two since they need review
  bool has_test_rows = true;           ///< false: nothing unseen will be left to evaluate on
  double tokens_per_row = 0.0;         ///< mean, prompt and answer
  double supervised_per_row = 0.0;     ///< mean, answer and end token: what is learned
  std::int64_t longest_row = 0;        ///< tokens
  double tokens_computed_share = 1.0;  ///< tokens through the stack after sharing prefixes / before
  std::int64_t rows_per_step = 0, steps_per_epoch = 0, max_steps = 0;
  double seconds = 0.0;  ///< the whole run: steps, evaluations, score
  double seconds_per_step = 0.0;
  std::int64_t peak_bytes = 0;  ///< predicted peak, weights included
  std::int64_t available_bytes = 0;
  std::int64_t trainable_parameters = 0;
  bool recompute = false;  ///< memory is short: activations are computed twice
  std::string dtype, device;
  int threads = 0;
  AutoChoice chosen;               ///< recipe auto's plan; its learning rate is measured when the run starts
  Notice few_steps;               ///< why the plan has too few steps to learn, and what gives more; empty: it hasn't
  std::vector<std::string> notes;  ///< what a person should know about the rows, a sentence each
};

}  // namespace minnow
