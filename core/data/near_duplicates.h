// Groups rows whose texts are nearly the same, exactly and fast. Two texts are as similar as the sets of their
// character trigrams (Jaccard), spaces, punctuation, width and ASCII case left aside. Candidates come from prefix
// filtering: similar sets must share one of their few rarest trigrams (Bayardo et al., "Scaling up all pairs similarity
// search", 2007; size filter and index prefix as in Xiao et al., "Efficient similarity joins", 2008), so nothing
// similar is missed; signatures of 128 bits spare most comparisons.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/types/progress.h"

namespace minnow {

/// Shared trigrams over all trigrams of both, 0…1. The plain reference that grouping agrees with.
double text_similarity(std::string_view a, std::string_view b);

/// Which rows belong together: similar ones, and those similar to similar ones.
struct DuplicateGroups {
  std::vector<std::int64_t> group;  ///< per row; groups are numbered by their first rows
  std::int64_t groups = 0;
  std::vector<std::int64_t> sizes;  ///< rows per group
  bool stopped = false;             ///< the stop token ended it: groups may be incomplete
};

/// Takes texts one by one and keeps only their trigrams (about 200 bytes for 50 characters). One thread at a time.
class NearDuplicates {
 public:
  /// Similar means text_similarity() of at least `similarity`. 0.8 is about two changed characters in fifty.
  explicit NearDuplicates(double similarity = 0.8);

  void add(std::string_view text);
  std::int64_t count() const { return static_cast<std::int64_t>(digests_.size()); }

  /// The groups of everything added. Where thousands of rows share even their rarest trigrams (one sentence with a
  /// number in it), a row that has found its group isn't compared with the rest of those, and one that hasn't with at
  /// most 16,384 others, those most like it in length first; that keeps the time bounded. `stop` is seen within
  /// milliseconds.
  DuplicateGroups groups(const ProgressSink& progress = {}, std::stop_token stop = {}) const;

 private:
  double similarity_;
  std::vector<std::uint32_t> trigrams_;   // of all rows, each row's ascending without repeats
  std::vector<std::uint64_t> starts_{0};  // where each row's begin; one more at the end
  std::vector<std::uint64_t> digests_;    // of each whole text, for those that are the same
};

}  // namespace minnow
