// ProgressLine: progress on stderr with rate and time left.
#pragma once

#include <chrono>
#include <string>

#include "core/types/progress.h"

namespace minnow::cli {

/// On a terminal one line, renewed ten times a second; elsewhere a plain line every ten seconds. The last figures of
/// each piece of work (`what`) stay. One thread at a time.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine() { finish(); }
  ProgressLine(ProgressLine&&) = delete;

  /// `detail` stands at the end of the line: "loss 0.123".
  void show(const Progress& now, const std::string& detail = {});
  /// Ends the line, before something else is printed.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  void put(bool last) const;

  bool terminal_ = false;
  bool open_ = false;
  Progress last_;
  std::string detail_;
  std::int64_t started_at_ = 0;
  Clock::time_point start_, shown_, moved_;  // moved_: when `done` last grew
};

}  // namespace minnow::cli
