// auto.json in a run's folder: what recipe auto chose, why, and the range test's curve.
//   {"settings": [{"name": "learning_rate", "value": 0.002, "reason": "…"}, …],
//    "range_test": {"rows_per_step": 8, "seconds": 3.2, "points": [{"learning_rate": 6e-5, "loss": 1.13}, …]}}
// A loss that was no number is null.
#pragma once

#include <filesystem>

#include "core/types/auto_choice.h"

namespace minnow {

/// Atomically; throws what writing throws.
void write_auto_choice(const std::filesystem::path& run_dir, const AutoChoice& choice);

/// Empty where the run has no auto.json. Throws Error(format) for one that can't be read.
AutoChoice read_auto_choice(const std::filesystem::path& run_dir);

}  // namespace minnow
