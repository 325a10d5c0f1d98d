// The line's figures, and when it is shown.
#include "app/cli/progress.h"

#include <unistd.h>

#include <cstdio>
#include <memory>

#include "app/cli/context.h"
#include "core/types/seconds_since.h"

namespace minnow::cli {
namespace {

std::string count_text(std::int64_t n, const std::string& unit) {
  return unit == "bytes" ? bytes_text(static_cast<double>(n)) : std::to_string(n);
}

std::string rate_text(double rate, const std::string& unit) {
  if (unit == "bytes") return bytes_text(rate) + "/s";
  char text[48];
  std::snprintf(text, sizeof text, rate < 10.0 ? "%.2f" : "%.0f", rate);
  return text + (" " + unit) + "/s";
}

}  // namespace

ProgressLine::ProgressLine() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(const Progress& now, const std::string& detail) {
  if (!open_ || now.what != last_.what) {
    finish();
    start_ = shown_ = moved_ = Clock::now();
    started_at_ = now.done;
    open_ = true;
  }
  if (now.done != last_.done) moved_ = Clock::now();
  last_ = now;
  detail_ = detail;
  const std::chrono::duration<double> since = Clock::now() - shown_;
  if (since.count() < (terminal_ ? 0.1 : 10.0)) return;  // seconds
  shown_ = Clock::now();
  put(false);
}

void ProgressLine::finish() {
  if (!open_) return;
  put(true);
  open_ = false;
}

void ProgressLine::put(bool last) const {
  // When it ends what is told is how fast it was, not what came after it.
  const double seconds = last ? std::chrono::duration<double>(moved_ - start_).count() : seconds_since(start_);
  const double rate = seconds > 0.0 ? static_cast<double>(last_.done - started_at_) / seconds : 0.0;
  std::string line = last_.what + ": " + count_text(last_.done, last_.unit);
  if (last_.total > 0) line += " of " + count_text(last_.total, last_.unit);
  if (last_.unit != "bytes") line += " " + last_.unit;
  if (rate > 0.0) {
    line += ", " + rate_text(rate, last_.unit);
    const auto left = static_cast<double>(last_.total - last_.done);
    line += left > 0.0 ? ", " + seconds_text(left / rate) + " left" : ", " + seconds_text(seconds);
  }
  if (!detail_.empty()) line += ", " + detail_;
  std::fprintf(stderr, "%s%s%s", terminal_ ? "\r\x1b[K" : "", line.c_str(), last || !terminal_ ? "\n" : "");
  std::fflush(stderr);
}

ProgressSink progress_sink() {
  return [line = std::make_shared<ProgressLine>()](const Progress& now) { line->show(now); };
}

}  // namespace minnow::cli
