// Progress on stderr: one line that renews itself on a terminal, plain lines now and then elsewhere.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>

#include "app/cli/context.h"

namespace minnow::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::string count_text(std::int64_t n, const std::string& unit) {
  return unit == "bytes" ? bytes_text(static_cast<double>(n)) : std::to_string(n);
}

class ProgressLine {
 public:
  ~ProgressLine() { finish(); }

  void show(const Progress& now) {
    if (now.what != last_.what) {
      finish();
      start_ = shown_ = Clock::now();
      started_at_ = now.done;
      open_ = true;
    }
    last_ = now;
    const std::chrono::duration<double> since = Clock::now() - shown_;
    if (since.count() < (terminal_ ? 0.1 : 10.0)) return;  // seconds
    shown_ = Clock::now();
    put(terminal_ ? "\r\x1b[K" : "", terminal_ ? "" : "\n");
  }

 private:
  /// The last line of a piece of work stays, where there was time to see one or no terminal to rub it out.
  void finish() {
    if (!open_) return;
    put(terminal_ ? "\r\x1b[K" : "", "\n");
    open_ = false;
  }

  void put(const char* before, const char* after) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const double rate = seconds > 0.0 ? static_cast<double>(last_.done - started_at_) / seconds : 0.0;
    std::string line = last_.what + ": " + count_text(last_.done, last_.unit);
    if (last_.total > 0) line += " of " + count_text(last_.total, last_.unit);
    if (last_.unit != "bytes") line += " " + last_.unit;
    if (rate > 0.0) {
      char text[48];
      std::snprintf(text, sizeof text, rate < 10.0 ? "%.2f" : "%.0f", rate);
      line += ", " + (last_.unit == "bytes" ? bytes_text(rate) : text + (" " + last_.unit)) + "/s";
      if (last_.total > last_.done) {
        line += ", " + seconds_text(static_cast<double>(last_.total - last_.done) / rate) + " left";
      } else {
        line += ", " + seconds_text(seconds);
      }
    }
    std::fprintf(stderr, "%s%s%s", before, line.c_str(), after);
    std::fflush(stderr);
  }

  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
  bool open_ = false;
  Progress last_;
  std::int64_t started_at_ = 0;
  Clock::time_point start_ = Clock::now(), shown_ = start_;
};

}  // namespace

ProgressSink progress_sink() {
  return [line = std::make_shared<ProgressLine>()](const Progress& now) { line->show(now); };
}

}  // namespace minnow::cli
