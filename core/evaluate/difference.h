// What differs between two short texts, as a reader sees it: by grapheme clusters, longest common subsequence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minnow {

/// A stretch of text: in both, only in the given one (added), or only in the wanted one (left out).
struct DiffPiece {
  enum class Kind { same, added, left_out };
  Kind kind = Kind::same;
  std::string text;
  bool operator==(const DiffPiece&) const = default;
};

/// The pieces that turn `wanted` into `given`: their same and added pieces joined are `given`, same and left_out ones
/// `wanted`; neighbours differ in kind; where something is replaced, what is left out comes first. Texts that share too
/// little to be one word written otherwise are one replacement: single letters that they have in common say nothing.
/// Time is the product of the differing middles' lengths; beyond 1,000 by 1,000 clusters the middle is given as one
/// replacement.
std::vector<DiffPiece> difference(std::string_view wanted, std::string_view given);

}  // namespace minnow
