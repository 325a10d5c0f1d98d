// Sorted by tokens, rows that share prefixes are neighbours; groups are filled greedily up to the budget.
#include "core/train/microbatch.h"

#include <algorithm>
#include <numeric>

namespace minnow {

std::vector<std::vector<std::size_t>> cut_micro_batches(std::span<const TokenizedExample* const> rows,
                                                        const CutOptions& options) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const bool share = options.min_shared > 0 && !options.pad;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto &x = rows[a]->input_ids, &y = rows[b]->input_ids;
    return share ? x < y : x.size() < y.size();
  });
  std::vector<std::vector<std::size_t>> groups;
  std::int64_t used = 0, longest = 0;
  const std::vector<std::int32_t>* previous = nullptr;
  for (const std::size_t r : order) {
    const auto& ids = rows[r]->input_ids;
    const auto length = static_cast<std::int64_t>(ids.size());
    // What the row adds: all of it, or what it doesn't share with its neighbour.
    std::int64_t cost = length;
    if (share && previous) {
      const auto n = std::min(ids.size(), previous->size());
      const auto shared = static_cast<std::int64_t>(
          std::mismatch(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(n), previous->begin()).first -
          ids.begin());
      if (shared >= options.min_shared) cost -= shared;
    }
    bool fits = !groups.empty() && used + cost <= options.token_budget;
    if (options.pad && !groups.empty()) {
      const auto count = static_cast<std::int64_t>(groups.back().size()) + 1;
      fits = count * std::max(longest, length) <= options.token_budget;
    }
    if (fits) {
      used += cost;
      longest = std::max(longest, length);
    } else {
      groups.emplace_back();
      used = longest = length;
    }
    groups.back().push_back(r);
    previous = &ids;
  }
  return groups;
}

}  // namespace minnow
