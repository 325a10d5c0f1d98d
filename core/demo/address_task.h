// The demo's task: six fields of a delivery string, with the concise prompt the student is tuned on and the detailed
// one that the untuned model and a teacher get.
#pragma once

#include "core/types/task.h"

namespace minnow {

/// Immutable, built once.
const Task& address_task();

}  // namespace minnow
