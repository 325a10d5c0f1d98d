// Where tokens lie among the keys and values that attention reads.
#pragma once

#include <cstdint>

namespace minnow {

/// Places begin .. begin + length of the keys and values.
struct TokenRun {
  std::int64_t begin = 0, length = 0;
};

}  // namespace minnow
