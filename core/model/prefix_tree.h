// PrefixTree: rows of a micro-batch as a tree of shared prefixes, laid out as one packed stream of tokens.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace minnow {

/// A run of tokens that the same rows share. Its rows see its ancestors' tokens and, causally, its own.
struct TreeNode {
  std::int32_t parent = -1;  ///< index of the node before it on the path; -1 at a root
  std::int64_t begin = 0;    ///< first token in the stream
  std::int64_t length = 0;
  std::int64_t depth = 0;  ///< position of its first token in its rows = tokens on the path above it
  bool operator==(const TreeNode&) const = default;
};

/// One packed stream. Parents stand before their children; nodes are in stream order.
struct PackedBatch {
  std::vector<std::int32_t> ids;        ///< [N]
  std::vector<std::int32_t> positions;  ///< [N], position in the row
  std::vector<TreeNode> nodes;
  std::vector<std::vector<std::int32_t>> paths;  ///< per row: its nodes from root to leaf
  std::vector<std::int64_t> row_lengths;         ///< per row

  std::int64_t tokens() const { return static_cast<std::int64_t>(ids.size()); }
  /// Stream index of token t of row r.
  std::int64_t index_of(std::size_t row, std::int64_t t) const;
};

/// Packs rows with every prefix of at least `min_shared` tokens computed once (design section 5). With min_shared = 1
/// every common prefix is shared; larger values keep the nodes long. Rows may be equal, or prefixes of one another.
/// `min_shared` = 0 shares nothing: each row is a root of its own.
PackedBatch pack_rows(std::span<const std::span<const std::int32_t>> rows, std::int64_t min_shared);

/// Lengthens the stream to a multiple of so many tokens, with a root that belongs to no row.
void round_up(PackedBatch& batch, std::int64_t multiple);

/// How many tokens pack_rows would lay out for these rows, without laying them out.
std::int64_t packed_tokens(std::span<const std::span<const std::int32_t>> rows, std::int64_t min_shared);

}  // namespace minnow
