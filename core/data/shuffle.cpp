// Facts: numpy draws one seed per shuffle; validation rows are the front of the first permutation.
#include "core/data/shuffle.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/data/numpy_random.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::vector<std::int64_t> reordered(const std::vector<std::int64_t>& rows, std::uint32_t seed) {
  std::vector<std::int64_t> result;
  result.reserve(rows.size());
  for (const std::int64_t at : numpy_permutation(seed, static_cast<std::int64_t>(rows.size()))) {
    result.push_back(rows[static_cast<std::size_t>(at)]);
  }
  return result;
}

}  // namespace

std::int64_t swift_validation_rows(std::int64_t rows, double ratio) {
  if (ratio <= 0.0) return 0;
  return std::max<std::int64_t>(static_cast<std::int64_t>(std::floor(static_cast<double>(rows) * ratio)), 1);
}

std::int64_t default_validation_rows(std::int64_t rows) {
  if (rows < 2) return 0;
  const std::int64_t wanted = std::max<std::int64_t>(rows / 100, 100);
  return std::max<std::int64_t>(std::min(wanted, rows / 10), 1);
}

DatasetOrder dataset_order(std::int64_t rows, std::int64_t validation_rows, std::uint32_t seed, bool shuffle) {
  if (rows < 1 || validation_rows < 0 || validation_rows >= rows) {
    throw Error(ErrorKind::data, "Of " + std::to_string(rows) + " rows, " + std::to_string(validation_rows) +
                                     " would be kept for validation and none left to train on");
  }
  std::vector<std::int64_t> all(static_cast<std::size_t>(rows));
  std::iota(all.begin(), all.end(), std::int64_t{0});
  if (!shuffle) {
    const auto border = all.end() - validation_rows;
    return {{all.begin(), border}, {border, all.end()}};
  }
  NumpyRandomState seeds(seed);
  if (validation_rows == 0) return {reordered(all, seeds.next_seed()), {}};
  const auto mixed = reordered(all, seeds.next_seed());
  const auto border = mixed.begin() + validation_rows;
  DatasetOrder order;
  order.train = reordered({border, mixed.end()}, seeds.next_seed());
  order.validation = reordered({mixed.begin(), border}, seeds.next_seed());
  return order;
}

}  // namespace minnow
