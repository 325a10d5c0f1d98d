// The two tags found as Python's split() finds them.
#include "core/text/thinking.h"

#include <algorithm>

namespace minnow {
namespace {

constexpr std::string_view kOpen = "<think>";
constexpr std::string_view kClose = "</think>";

}  // namespace

std::string_view without_leading_breaks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
  return text;
}

std::string_view without_outer_breaks(std::string_view text) {
  text = without_leading_breaks(text);
  return text.substr(0, text.find_last_not_of('\n') + 1);
}

ThoughtAndText split_thinking(std::string_view content) {
  const std::size_t first_close = content.find(kClose);
  if (first_close == std::string_view::npos) return {{}, std::string(content), false};
  std::string_view thought = content.substr(0, first_close);
  thought = thought.substr(0, thought.find_last_not_of('\n') + 1);
  const std::size_t open = thought.rfind(kOpen);
  if (open != std::string_view::npos) thought.remove_prefix(open + kOpen.size());
  thought = without_leading_breaks(thought);
  const std::string_view text = content.substr(content.rfind(kClose) + kClose.size());
  return {std::string(thought), std::string(without_leading_breaks(text)), true};
}

}  // namespace minnow
