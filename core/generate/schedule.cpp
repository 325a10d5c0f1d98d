// The tree comes from pack_rows; nodes with one row are that row's own tokens.
#include "core/generate/schedule.h"

#include <algorithm>
#include <numeric>

#include "core/model/prefix_tree.h"

namespace minnow {

PromptPlan plan_prompts(std::span<const std::span<const std::int32_t>> prompts, std::int64_t min_shared) {
  std::vector<std::span<const std::int32_t>> heads;
  for (const auto prompt : prompts) heads.push_back(prompt.empty() ? prompt : prompt.first(prompt.size() - 1));
  const PackedBatch tree = pack_rows(heads, min_shared);
  std::vector<std::int64_t> uses(tree.nodes.size());
  for (const auto& path : tree.paths) {
    for (const std::int32_t node : path) ++uses[static_cast<std::size_t>(node)];
  }
  PromptPlan plan;
  std::vector<std::int32_t> shared_index(tree.nodes.size(), -1);
  for (std::size_t n = 0; n < tree.nodes.size(); ++n) {
    if (uses[n] < 2) continue;
    const TreeNode& node = tree.nodes[n];
    shared_index[n] = static_cast<std::int32_t>(plan.prefixes.size());
    const std::int32_t parent = node.parent < 0 ? -1 : shared_index[static_cast<std::size_t>(node.parent)];
    plan.prefixes.push_back({parent, node.depth, node.length, uses[n]});
  }
  // A row's key is the first row of each of its prefixes, then itself: sorting keeps groups together and in order.
  std::vector<std::size_t> first_row(plan.prefixes.size(), prompts.size());
  std::vector<std::vector<std::size_t>> keys(prompts.size());
  for (std::size_t r = 0; r < prompts.size(); ++r) {
    plan.last_prefix.push_back(-1);
    plan.shared_tokens.push_back(0);
    for (const std::int32_t node : tree.paths[r]) {
      const std::int32_t shared = shared_index[static_cast<std::size_t>(node)];
      if (shared < 0) continue;
      first_row[static_cast<std::size_t>(shared)] = std::min(first_row[static_cast<std::size_t>(shared)], r);
      plan.last_prefix[r] = shared;
      plan.shared_tokens[r] += plan.prefixes[static_cast<std::size_t>(shared)].length;
    }
  }
  for (std::size_t r = 0; r < prompts.size(); ++r) {
    for (std::int32_t p = plan.last_prefix[r]; p >= 0; p = plan.prefixes[static_cast<std::size_t>(p)].parent) {
      keys[r].push_back(first_row[static_cast<std::size_t>(p)]);
    }
    std::reverse(keys[r].begin(), keys[r].end());
    keys[r].push_back(r);
  }
  plan.order.resize(prompts.size());
  std::iota(plan.order.begin(), plan.order.end(), std::size_t{0});
  std::sort(plan.order.begin(), plan.order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
  return plan;
}

}  // namespace minnow
