// The audit of a whole dataset: every row's own problems, and those that only show between rows: duplicates, the same
// input labelled in two ways, near-duplicates on both sides of a split (leakage), rows over the length limit.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "core/data/label_checks.h"
#include "core/data/near_duplicates.h"
#include "core/types/progress.h"
#include "core/types/row.h"
#include "core/types/task.h"

namespace minnow {

namespace problem_code {
inline constexpr const char* too_long = "too_long";                    ///< more tokens than the limit
inline constexpr const char* duplicate = "duplicate";                  ///< an earlier row has the same input
inline constexpr const char* conflicting_label = "conflicting_label";  ///< … and another label
inline constexpr const char* leakage = "leakage";  ///< a validation or test row that nearly stands in another split
}  // namespace problem_code

/// One row with problems, by its position among the rows that were added.
struct AuditedRow {
  std::int64_t position = 0;
  std::vector<Problem> problems;
  std::string id, provenance;  ///< for AuditOptions::on_row only
};

struct AuditOptions {
  const Gazetteer* regions = &Gazetteer::china();        ///< null: place names aren't checked
  std::int64_t max_length = 0;                           ///< tokens of prompt and answer; 0: not checked
  std::function<std::int64_t(const Row&)> count_tokens;  ///< needed for max_length
  double similarity = 0.8;                               ///< of near-duplicates
  /// Gets the rows with problems in their order, each as soon as nothing more can be found of it: at once where no row
  /// before it is in a split, else at the end. The report then counts them and holds none, so that its memory doesn't
  /// grow with them.
  std::function<void(const AuditedRow&)> on_row;
};

/// A row's own problems: input, label, length. An unlabelled row has only those of its input. Any thread.
std::vector<Problem> audit_row(const Row& row, const Task& task, const AuditOptions& options = {});

struct AuditReport {
  std::int64_t rows = 0;
  std::int64_t labelled = 0;
  std::int64_t rows_with_problems = 0;
  std::map<std::string, std::int64_t> counts;  ///< rows per problem code
  std::vector<AuditedRow> problems;            ///< rows that have any, by position
  bool stopped = false;                        ///< the stop token ended it; leakage may be incomplete
};

/// Takes rows one by one; keeps of each a few hashes and its id, and of those in a split their trigrams. One thread at
/// a time.
class Audit {
 public:
  /// `task` and what `options` points to must outlive the audit; fields may be added to the task until the first label
  /// that is a JSON object has come.
  Audit(const Task& task, AuditOptions options = {});

  void add(const Row& row);
  /// Looks for leakage and reports. Call once, at the end.
  AuditReport finish(const ProgressSink& progress = {}, std::stop_token stop = {});

 private:
  /// The first row with an input: 16 bytes, so that a million rows take 34 MB.
  struct Seen {
    std::uint64_t input = 0;  // its hash
    std::uint32_t row = 0;    // position + 1; 0: a free place
    std::uint32_t label = 0;  // hash, odd; 0: unlabelled
  };
  struct InSplit {
    std::int64_t position = 0;
    Split split = Split::none;
  };

  Seen& first_with(std::uint64_t input, bool& is_new);
  std::string id_of(std::int64_t position) const;
  void compare_with_earlier(const Row& row, std::vector<Problem>& problems);
  void hand_on(AuditedRow&& row);
  void find_leakage(const ProgressSink& progress, const std::stop_token& stop);

  const Task& task_;
  AuditOptions options_;
  AuditReport report_;
  std::vector<Seen> seen_;  // open addressing, a power of two
  std::size_t seen_count_ = 0;
  std::string ids_;                        // of all rows, end to end
  std::vector<std::uint64_t> id_ends_{0};  // where each ends
  NearDuplicates near_;
  std::vector<InSplit> in_split_;  // one per text in near_
};

}  // namespace minnow
