// StopSignal: Ctrl-C and SIGTERM as a stop token. The first asks for a clean stop, the second ends the program at once.
#pragma once

#include <stop_token>
#include <thread>

namespace minnow::cli {

/// One at a time, made in main. The handlers only write to a pipe; a thread of its own asks for the stop.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(StopSignal&&) = delete;

  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::thread listener_;
};

}  // namespace minnow::cli
