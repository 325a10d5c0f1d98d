// The audit of a whole dataset: every row's own problems, and those that only show between rows: duplicates, the same
// input labelled in two ways, near-duplicates on both sides of a split (leakage), rows over the length limit.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <unordered_map>
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

struct AuditOptions {
  const Gazetteer* regions = &Gazetteer::china();        ///< null: place names aren't checked
  std::int64_t max_length = 0;                           ///< tokens of prompt and answer; 0: not checked
  std::function<std::int64_t(const Row&)> count_tokens;  ///< needed for max_length
  double similarity = 0.8;                               ///< of near-duplicates
};

/// A row's own problems: input, label, length. An unlabelled row has only those of its input. Any thread.
std::vector<Problem> audit_row(const Row& row, const Task& task, const AuditOptions& options = {});

/// One row with problems, by its position among the rows that were added.
struct AuditedRow {
  std::int64_t position = 0;
  std::vector<Problem> problems;
};

struct AuditReport {
  std::int64_t rows = 0;
  std::int64_t labelled = 0;
  std::int64_t rows_with_problems = 0;
  std::map<std::string, std::int64_t> counts;  ///< rows per problem code
  std::vector<AuditedRow> problems;            ///< rows that have any, by position
  bool stopped = false;                        ///< the stop token ended it; leakage may be incomplete
};

/// Takes rows one by one; keeps of each a few hashes, and of those in a split their trigrams. One thread at a time.
class Audit {
 public:
  /// `task` and what `options` points to must outlive the audit.
  Audit(const Task& task, AuditOptions options = {});

  void add(const Row& row);
  /// Looks for leakage and reports. Call once, at the end.
  AuditReport finish(const ProgressSink& progress = {}, std::stop_token stop = {});

 private:
  struct Seen {
    std::string id;
    std::uint64_t label = 0;  // its hash
    bool labelled = false;
  };
  void compare_with_earlier(const Row& row, std::vector<Problem>& problems);
  void find_leakage(const ProgressSink& progress, const std::stop_token& stop);

  const Task& task_;
  AuditOptions options_;
  AuditReport report_;
  std::unordered_map<std::uint64_t, Seen> by_input_;  // by the input's hash
  NearDuplicates near_;
  struct InSplit {
    std::int64_t position = 0;
    Split split = Split::none;
    std::string id;
  };
  std::vector<InSplit> in_split_;  // one per text in near_
};

/// Rows that may not be trained on while others validate: for each row of `evaluated`, the first row of `trained` that
/// its input nearly repeats, or -1. The start gate of training asks this of plain conversations.
std::vector<std::int64_t> leaked_rows(const std::vector<std::string>& trained,
                                      const std::vector<std::string>& evaluated, double similarity = 0.8);

}  // namespace minnow
