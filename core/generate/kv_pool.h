// KvPool: the token places of the key/value cache, handed out in contiguous runs; no memory of its own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace minnow {

/// First fit with merging of neighbours. One thread.
class KvPool {
 public:
  explicit KvPool(std::int64_t places) : places_(places) {
    if (places > 0) free_[0] = places;
  }

  /// `count` places in a row: their first one. Nothing when no run is long enough.
  std::optional<std::int64_t> take(std::int64_t count);
  /// Gives back a run that take() handed out.
  void give_back(std::int64_t begin, std::int64_t count);

  std::int64_t places() const { return places_; }
  std::int64_t longest_free() const;

 private:
  std::int64_t places_;
  std::map<std::int64_t, std::int64_t> free_;  ///< begin → length, no two adjacent
};

}  // namespace minnow
