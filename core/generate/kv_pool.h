// KvPool: blocks of the key/value cache, handed out in contiguous runs; no memory of its own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace minnow {

/// First fit with merging of neighbours. One thread.
class KvPool {
 public:
  explicit KvPool(std::int64_t blocks) : free_blocks_(blocks) {
    if (blocks > 0) free_[0] = blocks;
  }

  /// `count` blocks in a row: their first one. Nothing when no run is long enough.
  std::optional<std::int64_t> take(std::int64_t count);
  /// One block that is free.
  void take_at(std::int64_t block);
  /// Gives back a run that was taken.
  void give_back(std::int64_t begin, std::int64_t count);

  std::int64_t free() const { return free_blocks_; }
  std::int64_t longest_free() const;

 private:
  std::int64_t free_blocks_;
  std::map<std::int64_t, std::int64_t> free_;  ///< begin → length, no two adjacent
};

}  // namespace minnow
