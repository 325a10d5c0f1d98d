// Neighbours in the base are read together.
#include "core/project/position_rows.h"

#include <algorithm>
#include <iterator>

namespace minnow {

void PositionRows::append(std::span<const std::uint32_t> positions) {
  const std::lock_guard guard(mutex_);
  positions_.insert(positions_.end(), positions.begin(), positions.end());
}

std::int64_t PositionRows::position(std::int64_t at) const {
  const std::lock_guard guard(mutex_);
  return at >= 0 && at < static_cast<std::int64_t>(positions_.size()) ? positions_[static_cast<std::size_t>(at)] : -1;
}

std::int64_t PositionRows::index_of(std::int64_t position) const {
  const std::lock_guard guard(mutex_);
  const auto found = std::find(positions_.begin(), positions_.end(), position);
  return found == positions_.end() ? -1 : found - positions_.begin();
}

std::int64_t PositionRows::count() const {
  const std::lock_guard guard(mutex_);
  return static_cast<std::int64_t>(positions_.size());
}

std::vector<Row> PositionRows::rows(std::int64_t first, std::int64_t count) const {
  std::vector<std::uint32_t> wanted;
  {
    const std::lock_guard guard(mutex_);
    const auto size = static_cast<std::int64_t>(positions_.size());
    const std::int64_t begin = std::clamp<std::int64_t>(first, 0, size);
    const std::int64_t end = std::clamp<std::int64_t>(first + std::max<std::int64_t>(count, 0), begin, size);
    wanted.assign(positions_.begin() + begin, positions_.begin() + end);
  }
  std::vector<Row> result;
  for (std::size_t i = 0; i < wanted.size();) {
    std::size_t end = i + 1;
    while (end < wanted.size() && wanted[end] == wanted[end - 1] + 1) ++end;
    auto run = base_->rows(wanted[i], static_cast<std::int64_t>(end - i));
    run.resize(end - i);  // rows that have gone since: empty, so that nothing shifts
    std::move(run.begin(), run.end(), std::back_inserter(result));
    i = end;
  }
  return result;
}

}  // namespace minnow
