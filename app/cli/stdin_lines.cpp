// Waits with poll in short turns; reads in blocks.
#include "app/cli/stdin_lines.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/types/error.h"

namespace minnow::cli {
namespace {
constexpr std::size_t longest_line = std::size_t{64} << 20;  // as core/io's LineReader
}

bool StdinLines::fill() {
  while (!stop_.stop_requested()) {
    pollfd wanted{STDIN_FILENO, POLLIN, 0};
    const int ready = ::poll(&wanted, 1, 100);  // ms
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    char block[1 << 16];
    const auto got = ::read(STDIN_FILENO, block, sizeof block);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) {
      throw Error(ErrorKind::io, std::string("the input could not be read: ") + std::strerror(errno), "stdin");
    }
    if (got == 0) ended_ = true;
    buffer_.append(block, static_cast<std::size_t>(got));
    return true;
  }
  return false;
}

bool StdinLines::take(std::string& line) {
  std::size_t searched = begin_;
  std::size_t end = buffer_.find('\n', searched);
  while (end == std::string::npos && !ended_) {
    searched = buffer_.size();
    if (searched - begin_ > longest_line) {
      throw Error(ErrorKind::data, "line " + std::to_string(line_number_ + 1) + " of the input is longer than 64 MiB");
    }
    if (!fill()) return false;
    end = buffer_.find('\n', searched);
  }
  if (end == std::string::npos && begin_ == buffer_.size()) return false;
  line.assign(buffer_, begin_, end == std::string::npos ? end : end - begin_);
  begin_ = end == std::string::npos ? buffer_.size() : end + 1;
  if (begin_ > (1u << 20)) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  ++line_number_;
  if (line_number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

Json StdinLines::parse(const std::string& line) const {
  try {
    return parse_json(line, subject());
  } catch (const Error& error) {
    throw Error(ErrorKind::data, error.what(), subject());  // a row to repair, not a file to get again
  }
}

bool StdinLines::next(std::string& line) {
  while (take(line)) {
    if (line.find_first_not_of(" \t") != std::string::npos) return true;
  }
  return false;
}

}  // namespace minnow::cli
