// Thinking blocks in answers: <think>…</think> before the text.
#pragma once

#include <string>
#include <string_view>

namespace minnow {

/// An answer taken apart.
struct ThoughtAndText {
  std::string thought;  ///< without the line breaks around it
  std::string text;     ///< without the line breaks in front
  bool closed = false;  ///< there was a </think>; if not, everything is text
};

/// As the hybrid template reads an assistant's message: what stands between the last <think> and the first </think>,
/// and what follows the last </think>. Without </think> all of it is text, also a lone <think>.
ThoughtAndText split_thinking(std::string_view content);

/// `text` without the line breaks at its start, and without those at either end.
std::string_view without_leading_breaks(std::string_view text);
std::string_view without_outer_breaks(std::string_view text);

}  // namespace minnow
