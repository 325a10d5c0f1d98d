// Which tokens are the likeliest; needs no libtorch.
#include <algorithm>
#include <numeric>

#include "core/model/logits.h"

namespace minnow {

std::vector<std::pair<std::int32_t, float>> top_logits(std::span<const float> logits, std::size_t count) {
  std::vector<std::int32_t> ids(logits.size());
  std::iota(ids.begin(), ids.end(), 0);
  count = std::min(count, ids.size());
  std::partial_sort(
      ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count), ids.end(),
      [&](std::int32_t a, std::int32_t b) { return logits[a] != logits[b] ? logits[a] > logits[b] : a < b; });
  std::vector<std::pair<std::int32_t, float>> top;
  for (std::size_t i = 0; i < count; ++i) top.emplace_back(ids[i], logits[ids[i]]);
  return top;
}

}  // namespace minnow
