// StdinLines: standard input line by line, so that Ctrl-C is seen while waiting for the next one.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "core/io/json.h"

namespace minnow::cli {

/// One at a time. Blank lines are passed over; a final CR and a byte order mark are taken away.
class StdinLines {
 public:
  explicit StdinLines(std::stop_token stop) : stop_(std::move(stop)) {}
  /// False at the end, or when a stop was requested. Throws Error(io), Error(data) for a line over 64 MiB.
  bool next(std::string& line);
  /// The line as JSON. Throws Error(data) naming it.
  Json parse(const std::string& line) const;
  std::int64_t line_number() const { return line_number_; }
  /// "line 3 of the input": opens sentences about the line.
  std::string subject() const { return "line " + std::to_string(line_number_) + " of the input"; }

 private:
  bool fill();
  bool take(std::string& line);

  std::stop_token stop_;
  std::string buffer_;
  std::size_t begin_ = 0;
  bool ended_ = false;
  std::int64_t line_number_ = 0;
};

}  // namespace minnow::cli
