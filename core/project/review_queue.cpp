// A pass, then a sort of what is doubtful.
#include "core/project/review_queue.h"

#include <algorithm>

namespace minnow {
namespace {

constexpr const char* doubt = "low_confidence";  // core/teach/label.h

struct Entry {
  std::string id;
  bool failed = false;
  std::int64_t problems = 0;
  double confidence = 1.0;  // as sure as can be where nobody says
};

Entry entry_of(const Row& row) {
  Entry entry{row.id, row.state == RowState::failed, 0, row.confidence < 0.0 ? 1.0 : row.confidence};
  entry.problems =
      std::count_if(row.problems.begin(), row.problems.end(), [](const Problem& p) { return p.code != doubt; });
  return entry;
}

}  // namespace

ReviewQueue review_queue(const RowSource& rows, const ProgressSink& progress, std::stop_token stop) {
  ReviewQueue queue;
  std::vector<Entry> entries;
  for (std::int64_t first = 0;; first += kRowsPerPage) {
    if (stop.stop_requested()) {
      queue.stopped = true;
      break;
    }
    if (progress) progress({"looking for doubtful answers", "rows", first, rows.count()});
    const std::vector<Row> page = rows.rows(first, kRowsPerPage);
    for (const Row& row : page) {
      ++queue.states[static_cast<std::size_t>(row.state)];
      if (row.state == RowState::needs_review || row.state == RowState::failed) entries.push_back(entry_of(row));
    }
    if (static_cast<std::int64_t>(page.size()) < kRowsPerPage) break;
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    if (a.failed != b.failed) return b.failed;
    if (a.problems != b.problems) return a.problems > b.problems;
    return a.confidence < b.confidence;
  });
  for (Entry& entry : entries) queue.ids.push_back(std::move(entry.id));
  return queue;
}

std::vector<Row> RowsById::rows(std::int64_t first, std::int64_t count) const {
  std::vector<Row> result;
  const std::int64_t end = std::min(this->count(), first + std::max<std::int64_t>(count, 0));
  for (std::int64_t at = std::max<std::int64_t>(first, 0); at < end; ++at) {
    result.push_back(project_->find(ids_[static_cast<std::size_t>(at)]).value_or(Row{}));
  }
  return result;
}

}  // namespace minnow
