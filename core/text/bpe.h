// Byte-pair encoding of one piece: starting from its bytes, the adjacent pair with the lowest rank is merged, the
// leftmost first among equals, until no pair has a rank (Sennrich et al. 2016, arXiv:1508.07909).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace minnow {

/// One line of the merges: `left` and `right` become `merged`. Its rank is its place in the list.
struct Merge {
  std::int32_t left = 0, right = 0, merged = 0;
};

/// The merge table and what it does. Immutable after construction: any number of threads may encode at once.
class Bpe {
 public:
  static constexpr std::int32_t kMaxId = (1 << 22) - 2;     ///< ids a merge may name; Qwen3's highest is 151642
  static constexpr std::size_t kMaxMerges = (1 << 20) - 1;  ///< Qwen3 has 151387

  Bpe() = default;
  /// `byte_ids[b]` is the token of byte b. Ids must lie in 0..kMaxId and there may be kMaxMerges merges (asserted;
  /// the reader of the file refuses more). Of two merges of the same pair the later one counts, as in the reference.
  Bpe(const std::array<std::int32_t, 256>& byte_ids, const std::vector<Merge>& merges);

  /// Appends the tokens of `piece` (any bytes) to `ids`. O(n log n) for long pieces.
  void encode(std::string_view piece, std::vector<std::int32_t>& ids) const;

  /// The same by the definition, O(n^2): the reference that tests compare with.
  void encode_by_definition(std::string_view piece, std::vector<std::int32_t>& ids) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  std::uint32_t rank(std::int32_t left, std::int32_t right) const;  ///< kNone if the pair has no merge
  void encode_short(std::string_view piece, std::vector<std::int32_t>& ids) const;
  void encode_long(std::string_view piece, std::vector<std::int32_t>& ids) const;

  std::array<std::int32_t, 256> byte_ids_{};
  std::vector<std::int32_t> merged_;       ///< by rank
  std::vector<std::uint32_t> byte_ranks_;  ///< [256 * 256] rank of two bytes, most look-ups of a fresh piece
  std::vector<std::uint64_t> slots_;       ///< open addressing: left << 42 | right << 20 | rank; all ones = free
  int shift_ = 64;                         ///< hash >> shift_ is a slot
};

}  // namespace minnow
