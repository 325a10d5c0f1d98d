// Which answers a person should look at, the most doubtful first, and how many rows there are of each state.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/types/progress.h"
#include "core/types/row_source.h"

namespace minnow {

struct ReviewQueue {
  std::vector<std::string> ids;          ///< rows in state needs_review, then those in state failed
  std::array<std::int64_t, 4> states{};  ///< rows per RowState
  bool stopped = false;                  ///< the stop token ended it; what was seen counts
};

/// One pass over the rows. Of rows to review those with more problems come first (a value the teacher wasn't sure of
/// isn't counted as one: its confidence says it), among equals those whose teacher was less sure, then by position.
/// Failed rows come last: they need more than a look.
ReviewQueue review_queue(const RowSource& rows, const ProgressSink& progress = {}, std::stop_token stop = {});

/// Some of a project's rows by their ids, in any order; a row that is gone comes out empty. Any thread.
class RowsById final : public RowSource {
 public:
  RowsById(std::shared_ptr<const Project> project, std::vector<std::string> ids)
      : project_(std::move(project)), ids_(std::move(ids)) {}
  const std::vector<std::string>& ids() const { return ids_; }
  std::int64_t count() const override { return static_cast<std::int64_t>(ids_.size()); }
  std::vector<Row> rows(std::int64_t first, std::int64_t count) const override;
  std::uint64_t revision() const override { return project_->revision(); }

 private:
  std::shared_ptr<const Project> project_;
  std::vector<std::string> ids_;
};

}  // namespace minnow
