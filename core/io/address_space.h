// Address space, which a limit such as `ulimit -v` may make short.
#pragma once

#include <cstddef>

namespace minnow {

/// Whether so many bytes more could be mapped now. Touches none of them.
bool has_address_space(std::size_t bytes);

}  // namespace minnow
