// Builds the tree from rows in sorted order: neighbours in that order share the longest prefixes.
#include "core/model/prefix_tree.h"

#include <algorithm>
#include <numeric>

namespace minnow {
namespace {

using Row = std::span<const std::int32_t>;

/// Splits rows order[first, last), equal up to `depth`, into nodes below `parent`.
struct Builder {
  std::span<const Row> rows;
  std::vector<std::size_t> order;  // row numbers, sorted by their tokens
  std::int64_t min_shared;
  PackedBatch* batch;

  std::int32_t add_node(std::int32_t parent, std::int64_t depth, Row tokens) {
    TreeNode node{parent, batch->tokens(), static_cast<std::int64_t>(tokens.size()), depth};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      batch->ids.push_back(tokens[i]);
      batch->positions.push_back(static_cast<std::int32_t>(depth + static_cast<std::int64_t>(i)));
    }
    batch->nodes.push_back(node);
    return static_cast<std::int32_t>(batch->nodes.size()) - 1;
  }

  /// Tokens from `depth` that all rows of [first, last) share; sorted, so the first and last row decide.
  std::int64_t common(std::size_t first, std::size_t last, std::int64_t depth) const {
    const Row a = rows[order[first]], b = rows[order[last - 1]];
    const auto n = static_cast<std::int64_t>(std::min(a.size(), b.size()));
    std::int64_t t = depth;
    while (t < n && a[static_cast<std::size_t>(t)] == b[static_cast<std::size_t>(t)]) ++t;
    return t - depth;
  }

  void build(std::size_t first, std::size_t last, std::int64_t depth, std::vector<std::int32_t>& path) {
    const std::size_t entry = path.size();
    if (last - first > 1) {
      const std::int64_t shared = common(first, last, depth);
      if (shared >= min_shared && shared > 0) {
        const Row row = rows[order[first]];
        path.push_back(add_node(path.empty() ? -1 : path.back(), depth,
                                row.subspan(static_cast<std::size_t>(depth), static_cast<std::size_t>(shared))));
        depth += shared;
        // Rows that end here are done; they sort before the ones that go on.
        while (first < last && static_cast<std::int64_t>(rows[order[first]].size()) == depth) {
          batch->paths[order[first++]] = path;
        }
      }
    }
    // Groups of neighbours that share at least min_shared further tokens stay together.
    while (first < last) {
      std::size_t end = first + 1;
      while (end < last && common(first, end + 1, depth) >= std::max<std::int64_t>(1, min_shared)) ++end;
      if (end - first > 1) {
        build(first, end, depth, path);
      } else {
        const Row row = rows[order[first]];
        const std::size_t at = path.size();
        if (static_cast<std::int64_t>(row.size()) > depth) {
          path.push_back(
              add_node(path.empty() ? -1 : path.back(), depth, row.subspan(static_cast<std::size_t>(depth))));
        }
        batch->paths[order[first]] = path;
        path.resize(at);
      }
      first = end;
    }
    path.resize(entry);
  }
};

}  // namespace

std::int64_t PackedBatch::index_of(std::size_t row, std::int64_t t) const {
  const auto& path = paths[row];
  for (auto it = path.rbegin(); it != path.rend(); ++it) {
    const TreeNode& node = nodes[static_cast<std::size_t>(*it)];
    if (t >= node.depth) return node.begin + (t - node.depth);
  }
  return -1;
}

PackedBatch pack_rows(std::span<const std::span<const std::int32_t>> rows, std::int64_t min_shared) {
  PackedBatch batch;
  batch.paths.resize(rows.size());
  for (const Row row : rows) batch.row_lengths.push_back(static_cast<std::int64_t>(row.size()));
  Builder builder{rows, std::vector<std::size_t>(rows.size()), min_shared, &batch};
  std::iota(builder.order.begin(), builder.order.end(), std::size_t{0});
  if (min_shared <= 0) {
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (!rows[r].empty()) batch.paths[r] = {builder.add_node(-1, 0, rows[r])};
    }
    return batch;
  }
  std::stable_sort(builder.order.begin(), builder.order.end(), [&](std::size_t a, std::size_t b) {
    return std::lexicographical_compare(rows[a].begin(), rows[a].end(), rows[b].begin(), rows[b].end());
  });
  std::vector<std::int32_t> path;
  if (!rows.empty()) builder.build(0, rows.size(), 0, path);
  return batch;
}

void round_up(PackedBatch& batch, std::int64_t multiple) {
  const std::int64_t n = batch.tokens(), more = (multiple - n % multiple) % multiple;
  if (more == 0) return;
  batch.nodes.push_back({-1, n, more, 0});
  batch.ids.resize(static_cast<std::size_t>(n + more), 0);
  for (std::int64_t t = 0; t < more; ++t) batch.positions.push_back(static_cast<std::int32_t>(t));
}

std::int64_t packed_tokens(std::span<const std::span<const std::int32_t>> rows, std::int64_t min_shared) {
  return pack_rows(rows, min_shared).tokens();
}

}  // namespace minnow
