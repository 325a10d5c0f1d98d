// What each number of TrainOptions may be.
#pragma once

#include <string>

#include "core/types/train_options.h"

namespace minnow {

/// Throws Error(usage) for the first setting whose value no run can use, naming it (after `prefix`, "--" on a command
/// line), its value and what is wanted.
void check_train_options(const TrainOptions& options, const std::string& prefix = {});

}  // namespace minnow
