// Labelling: the one path from raw rows to labelled ones, whether they are a project's or a file's. Inner header.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/teach/label.h"
#include "core/teach/teacher.h"
#include "core/types/progress.h"
#include "core/types/row.h"

namespace minnow {

/// Where the rows are, and what becomes of their answers.
class RowsToLabel {
 public:
  virtual ~RowsToLabel() = default;
  virtual std::int64_t count() const = 0;
  /// Row `i`, or nothing where it isn't to be asked any more.
  virtual std::optional<Row> row(std::int64_t i) = 0;
  /// An answer that the same question got before.
  virtual std::optional<Answer> known(const std::string& key) { return (void)key, std::nullopt; }
  /// A new answer, before its rows are settled.
  virtual void answered(const Row& asked, const std::string& key, const Answer& answer) {
    (void)asked, (void)key, (void)answer;
  }
  /// Row `i` gets its label. False where it was changed since it was `asked`, or removed, and stays as it is.
  virtual bool settle(std::int64_t i, const Row& asked, const Row& labelled, const Answer& answer, const std::string& key) = 0;
};

/// Asks `teacher` for all of `rows`, in chunks, so that memory doesn't grow with them; equal questions of a chunk are
/// asked once. A row that is labelled or failed already is asked again by other words of chance (Teacher::ask) where
/// `again`. Counts of the report but `unanswered`'s remainder are set; progress is in rows. Blocks.
LabelReport label_all(RowsToLabel& rows, const Teacher& teacher, const LabelOptions& options, bool again,
                      const ProgressSink& progress, const std::stop_token& stop);

}  // namespace minnow
