// A scan for possible first bytes, then the few candidates, longest first: 26 tokens need no automaton.
#include "core/text/added_tokens.h"

#include <algorithm>

namespace minnow {

AddedTokenMatcher::AddedTokenMatcher(const std::vector<AddedToken>& tokens) : longest_first_(tokens) {
  std::stable_sort(longest_first_.begin(), longest_first_.end(),
                   [](const AddedToken& a, const AddedToken& b) { return a.content.size() > b.content.size(); });
  for (const AddedToken& token : longest_first_) begins_[static_cast<unsigned char>(token.content.at(0))] = true;
  if (std::count(begins_.begin(), begins_.end(), true) == 1) {
    only_begin_ = static_cast<int>(std::find(begins_.begin(), begins_.end(), true) - begins_.begin());
  }
}

std::optional<AddedTokenMatcher::Match> AddedTokenMatcher::match_at(std::string_view text, std::size_t at) const {
  for (const AddedToken& token : longest_first_) {
    if (text.compare(at, token.content.size(), token.content) == 0)
      return Match{at, at + token.content.size(), token.id};
  }
  return std::nullopt;
}

std::optional<AddedTokenMatcher::Match> AddedTokenMatcher::find(std::string_view text, std::size_t from) const {
  if (longest_first_.empty()) return std::nullopt;
  for (std::size_t at = from; at < text.size(); ++at) {
    if (only_begin_ >= 0) {
      at = text.find(static_cast<char>(only_begin_), at);
      if (at == std::string_view::npos) break;
    } else if (!begins_[static_cast<unsigned char>(text[at])]) {
      continue;
    }
    if (const auto match = match_at(text, at)) return match;
  }
  return std::nullopt;
}

}  // namespace minnow
