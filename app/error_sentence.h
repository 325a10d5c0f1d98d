// The one place where an exception becomes what a person reads in a terminal: a sentence, a next step, an exit code.
// Without Qt; the window translates these in its own table.
#pragma once

#include <exception>
#include <string>

namespace minnow {

/// Exit codes beside those of core/types/error.h.
inline constexpr int exit_unexpected = 1;  ///< something that nobody foresaw, or a check that didn't hold
inline constexpr int exit_stopped = 130;   ///< the user stopped it (128 + SIGINT, as shells count)

struct ErrorSentence {
  std::string sentence;   ///< one line, without a final stop where the thrower wrote none
  std::string next_step;  ///< one sentence; empty when there is nothing to advise
  int exit_code = exit_unexpected;
};

/// Judges minnow::Error by its kind, refusals of libtorch and oneDNN by core/model/engine_error.h, std::bad_alloc,
/// filesystem errors, and everything else by its what(). Never throws for content.
ErrorSentence error_sentence(const std::exception_ptr& error);

}  // namespace minnow
