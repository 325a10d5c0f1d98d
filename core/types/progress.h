// Progress of anything that can last.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace minnow {

/// done of total in `unit`; total is 0 when unknown.
struct Progress {
  std::string what;  ///< "evaluating (tuned)"
  std::string unit;  ///< "rows", "tokens", "steps", "files"
  std::int64_t done = 0;
  std::int64_t total = 0;
};
using ProgressSink = std::function<void(const Progress&)>;

/// Takes sentences that a person should read: what was dropped, changed, guessed or ignored. May be empty.
using NoteSink = std::function<void(const std::string& sentence)>;

}  // namespace minnow
