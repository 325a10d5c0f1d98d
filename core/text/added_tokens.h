// Added tokens (<|im_end|>, <think>, …): their flags, and the search for them in raw text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace minnow {

struct AddedToken {
  std::int32_t id = 0;
  std::string content;
  bool special = false;  ///< left out when special tokens are skipped in decoding
};

/// Finds added tokens, leftmost first, the longest of those that begin at one place.
class AddedTokenMatcher {
 public:
  struct Match {
    std::size_t begin = 0, end = 0;
    std::int32_t id = 0;
  };

  AddedTokenMatcher() = default;
  explicit AddedTokenMatcher(const std::vector<AddedToken>& tokens);

  /// The first match that begins at `from` or later.
  std::optional<Match> find(std::string_view text, std::size_t from) const;

 private:
  /// A match that begins exactly at `at`.
  std::optional<Match> match_at(std::string_view text, std::size_t at) const;

  std::vector<AddedToken> longest_first_;
  std::array<bool, 256> begins_{};  ///< bytes with which some token begins
  int only_begin_ = -1;             ///< the byte, if all begin with the same one ('<' in Qwen3)
};

}  // namespace minnow
