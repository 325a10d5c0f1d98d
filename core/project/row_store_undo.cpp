// What a person did to the rows, taken back and done again: small actions from their journal entries, large ones by
// changing places with all rows as they were (data/undo/).
#include "core/project/row_store.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/io/kept_copy.h"

namespace minnow {
namespace {

constexpr std::size_t undo_limit = 1000;        // actions kept for undo
constexpr std::ptrdiff_t large_undo_limit = 8;  // of those that keep all rows

}  // namespace

/// Forgets the actions from `first` on, with what they keep on the disk.
void RowStore::forget(std::vector<Action>& actions, std::size_t first) {
  std::error_code ignored;
  for (std::size_t i = first; i < actions.size(); ++i)
    if (!actions[i].rows.empty()) std::filesystem::remove(actions[i].rows, ignored);
  actions.resize(std::min(first, actions.size()));
}

void RowStore::push_undo(Action action) {
  const bool large = !action.rows.empty();
  undo_.push_back(std::move(action));
  forget(redo_, 0);
  std::size_t first = undo_.size() > undo_limit ? 1 : 0;
  const auto is_large = [](const Action& a) { return !a.rows.empty(); };
  if (large && std::count_if(undo_.begin(), undo_.end(), is_large) > large_undo_limit)
    first = static_cast<std::size_t>(std::find_if(undo_.begin(), undo_.end(), is_large) - undo_.begin()) + 1;
  // Nothing before an action that can't be undone can be: the oldest go.
  std::vector<Action> kept(std::make_move_iterator(undo_.begin() + static_cast<std::ptrdiff_t>(first)),
                           std::make_move_iterator(undo_.end()));
  undo_.resize(first);
  forget(undo_, 0);
  undo_ = std::move(kept);
}

std::vector<std::string> RowStore::turn_back(std::vector<Action>& from, Direction direction) {
  std::unique_lock guard(mutex_);
  check_usable();
  std::vector<std::string> ids;
  if (from.empty()) return ids;
  if (!from.back().rows.empty()) {
    guard.unlock();
    swap_rows(from, direction);
    return ids;
  }
  std::vector<RowChange> changes = from.back().changes;
  for (RowChange& change : changes) {
    if (direction == Direction::undo) std::swap(change.before, change.after);
    ids.push_back(change.id);
  }
  Json task = from.back().task;
  if (direction == Direction::undo && !task.is_null()) std::swap(task["before"], task["after"]);
  write_and_apply(std::move(changes), std::move(task), direction, from.back().seq);
  (direction == Direction::undo ? redo_ : undo_).push_back(std::move(from.back()));
  from.pop_back();
  edits().flush();
  return ids;
}

/// Keeps all rows as they are now and returns the file that has them.
std::filesystem::path RowStore::keep_rows() {
  if (!overlay_.empty()) fold();
  make_folders(undo_folder());
  const std::filesystem::path copy = undo_folder() / (std::to_string(++kept_) + ".jsonl");
  keep_copy(folder_ / "rows.jsonl", copy);
  return copy;
}

/// What was done to the rows goes, what a teacher answered since then stays.
void RowStore::swap_rows(std::vector<Action>& from, Direction direction) {
  Action action = from.back();
  const std::filesystem::path here = keep_rows();
  std::vector<std::pair<std::uint64_t, Json>> answers;
  try {
    read_journal("labels.jsonl", action.seq, answers);
    RowFile other(action.rows);
    {
      const std::lock_guard guard(mutex_);
      use_base(std::move(other));
      for (const auto& [seq, entry] : answers)
        if (seq > action.seq) replay_label(seq, entry);
    }
    fold();
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(here, ignored);
    if (!lost_) {
      RowFile base(folder_ / "rows.jsonl");
      const std::lock_guard guard(mutex_);
      use_base(std::move(base));
    }
    throw;
  }
  const std::lock_guard guard(mutex_);
  task_ = action.task;
  if (direction == Direction::undo && !task_.is_null()) std::swap(task_["before"], task_["after"]);
  from.pop_back();
  std::error_code ignored;
  std::filesystem::remove(action.rows, ignored);
  action.rows = here;
  action.seq = seq_;
  (direction == Direction::undo ? redo_ : undo_).push_back(std::move(action));
}

std::vector<std::string> RowStore::undo() { return turn_back(undo_, Direction::undo); }
std::vector<std::string> RowStore::redo() { return turn_back(redo_, Direction::redo); }

void RowStore::rewrite_as_action(const std::function<bool(Row&)>& change,
                                 const std::function<void(const Emit&)>& more) {
  check_usable();
  const std::filesystem::path before = keep_rows();
  try {
    rewrite(change, more);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(before, ignored);
    throw;
  }
  const std::lock_guard guard(mutex_);
  push_undo({seq_, {}, before, nullptr});
}

}  // namespace minnow
