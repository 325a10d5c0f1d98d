// Exceptions of libtorch and oneDNN as minnow::Error, for callers that include neither. Torch-free header.
#pragma once

#include <exception>
#include <optional>

#include "core/types/error.h"

namespace minnow {

/// What `error` says when it is a c10::Error or a dnnl::error: kind memory for a refused allocation, device for
/// everything else; the sentence is one line, without a backtrace. Nothing for every other exception.
std::optional<Error> engine_error(const std::exception_ptr& error);

}  // namespace minnow
