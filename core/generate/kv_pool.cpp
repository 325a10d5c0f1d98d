// Runs of blocks by first fit.
#include "core/generate/kv_pool.h"

#include <algorithm>
#include <iterator>

namespace minnow {

std::optional<std::int64_t> KvPool::take(std::int64_t count) {
  if (count <= 0) return 0;
  for (auto it = free_.begin(); it != free_.end(); ++it) {
    const auto [begin, length] = *it;
    if (length < count) continue;
    free_.erase(it);
    if (length > count) free_[begin + count] = length - count;
    free_blocks_ -= count;
    return begin;
  }
  return std::nullopt;
}

void KvPool::take_at(std::int64_t block) {
  const auto it = std::prev(free_.upper_bound(block));
  const auto [begin, length] = *it;
  free_.erase(it);
  if (block > begin) free_[begin] = block - begin;
  if (block + 1 < begin + length) free_[block + 1] = begin + length - block - 1;
  --free_blocks_;
}

void KvPool::give_back(std::int64_t begin, std::int64_t count) {
  if (count <= 0) return;
  free_blocks_ += count;
  auto it = free_.emplace(begin, count).first;
  if (const auto next = std::next(it); next != free_.end() && it->first + it->second == next->first) {
    it->second += next->second;
    free_.erase(next);
  }
  if (it != free_.begin()) {
    const auto before = std::prev(it);
    if (before->first + before->second == it->first) {
      before->second += it->second;
      free_.erase(it);
    }
  }
}

std::int64_t KvPool::longest_free() const {
  std::int64_t longest = 0;
  for (const auto& [begin, length] : free_) longest = std::max(longest, length);
  return longest;
}

}  // namespace minnow
