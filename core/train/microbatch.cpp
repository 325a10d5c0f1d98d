// Sorted by tokens, rows that share prefixes are neighbours; groups are filled greedily up to the budget.
#include "core/train/microbatch.h"

#include <algorithm>
#include <numeric>

namespace minnow {

namespace {

// What every row adds when its neighbour before it is in the same micro-batch: all of it, or what isn't shared.
std::vector<std::int64_t> costs_of(std::span<const TokenizedExample* const> rows, const std::vector<std::size_t>& order,
                                   std::int64_t min_shared) {
  std::vector<std::int64_t> costs;
  const std::vector<std::int32_t>* previous = nullptr;
  for (const std::size_t r : order) {
    const auto& ids = rows[r]->input_ids;
    std::int64_t cost = static_cast<std::int64_t>(ids.size());
    if (min_shared > 0 && previous) {
      const auto n = std::min(ids.size(), previous->size());
      const auto shared = static_cast<std::int64_t>(
          std::mismatch(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(n), previous->begin()).first -
          ids.begin());
      if (shared >= min_shared) cost -= shared;
    }
    costs.push_back(cost);
    previous = &ids;
  }
  return costs;
}

// A lane's part of the budget, and no more than gives every lane about the same; half a row more evens the last one
// out.
std::int64_t lane_budget(const std::vector<std::int64_t>& costs, std::int64_t longest, const CutOptions& options) {
  const std::int64_t all = options.pad ? longest * static_cast<std::int64_t>(costs.size())
                                       : std::accumulate(costs.begin(), costs.end(), std::int64_t{0});
  return std::min(options.token_budget / options.lanes, all / options.lanes + longest / 2);
}

}  // namespace

CutOptions cut_options_of(const TrainOptions& options, const MemoryPlan& memory, int lanes) {
  CutOptions cut;
  cut.token_budget = memory.token_budget;
  if (!options.share_prefixes || !options.pack || options.lora_dropout != 0.0) cut.min_shared = 0;
  cut.pad = !options.pack;
  cut.lanes = lanes;
  return cut;
}

std::int64_t supervised_tokens(const TokenizedExample& row) {
  std::int64_t n = 0;
  for (std::size_t t = 1; t < row.labels.size(); ++t) n += row.labels[t] >= 0;
  return n;
}

std::vector<std::vector<std::size_t>> cut_micro_batches(std::span<const TokenizedExample* const> rows,
                                                        const CutOptions& options) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const bool share = options.min_shared > 0 && !options.pad;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto &x = rows[a]->input_ids, &y = rows[b]->input_ids;
    return share ? x < y : x.size() < y.size();
  });
  const std::vector<std::int64_t> costs = costs_of(rows, order, share ? options.min_shared : 0);
  std::int64_t budget = options.token_budget;
  if (options.lanes > 1 && !rows.empty()) {
    std::size_t most = 0;
    for (const auto* row : rows) most = std::max(most, row->input_ids.size());
    budget = lane_budget(costs, static_cast<std::int64_t>(most), options);
  }
  std::vector<std::vector<std::size_t>> groups;
  std::int64_t used = 0, longest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t r = order[i];
    const auto length = static_cast<std::int64_t>(rows[r]->input_ids.size());
    const std::int64_t cost = costs[i];
    bool fits = !groups.empty() && used + cost <= budget;
    if (options.pad && !groups.empty()) {
      const auto count = static_cast<std::int64_t>(groups.back().size()) + 1;
      fits = count * std::max(longest, length) <= budget;
    }
    if (fits) {
      used += cost;
      longest = std::max(longest, length);
    } else {
      groups.emplace_back();
      used = longest = length;
    }
    groups.back().push_back(r);
  }
  return groups;
}

}  // namespace minnow
