// A project's rows: the base file with two journals over it. Every change is one line at a journal's end, so a kill at
// any moment loses at most the line being written; the journals are folded into the base when they grow large.
//
//   data/edits.jsonl   {"seq":17,"changes":[{"id":"r5","before":{…}|null,"after":{…}|null},…],"undo_of":16}
//                      and "task":{"before":{…},"after":{…}} where the task's fields were changed with the rows
//   data/labels.jsonl
//   {"seq":18,"id":"r5","label":"…","state":"labelled","problems":[…],"provenance":"teacher:…","details":{…}}
//
// `seq` counts all changes of a project. The base says up to which entry it is current, and entries up to that number
// are passed over; so folding has one moment, the rename of rows.jsonl, and emptying edits.jsonl afterwards may fail or
// never happen. labels.jsonl stays: it is the record of what was asked and answered.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/project/row_file.h"
#include "core/types/row.h"

namespace minnow {

/// One row before and after; nothing where it wasn't there or isn't any more.
struct RowChange {
  std::string id;
  std::optional<Row> before, after;
};

/// What a teacher answered for a row.
struct LabelRecord {
  std::string id;
  std::string label;  ///< empty when it failed
  RowState state = RowState::labelled;
  std::vector<Problem> problems;
  std::string provenance;    ///< "teacher:<model>"
  Json details;              ///< tokens, cost, attempts: kept in the journal, not read here
  double confidence = -1.0;  ///< as Row's
};

/// Reading: any thread, at any time. Writing (apply to rewrite): one thread at a time, Project sees to that. Writing
/// holds up readers only while a single row or the finished result changes hands.
class RowStore {
 public:
  /// Opens the journals and applies them. With `writable` unfinished tails are cut. Lines that can't be read are passed
  /// over and told in problems(). Throws Error(io).
  RowStore(const std::filesystem::path& data_folder, bool writable);
  ~RowStore();

  std::int64_t count() const;
  std::vector<Row> rows(std::int64_t first, std::int64_t count);
  std::optional<Row> find(const std::string& id);
  std::optional<std::int64_t> position_of(const std::string& id);
  const std::vector<Problem>& problems() const { return problems_; }  ///< from opening; doesn't change
  std::string new_id();

  /// Writes and applies one action of a person. `before` is filled in here. Rows that aren't there yet are added at the
  /// end. Actions of more than 2000 rows go into the base at once.
  /// `task` ({"before":…,"after":…}): the change of the task that the rows follow; undo and redo hand it out again.
  void apply(std::vector<RowChange> changes, Json task = nullptr);
  /// The change of the task that the last action, undo or redo came with, as {"before":…,"after":…} in the direction in
  /// which it went; after opening that of the journal's last entry with one. Null where there is none, and when it was
  /// taken already.
  Json take_task();
  bool can_undo() const;
  bool can_redo() const;
  /// Takes back the last action, or does it again: whatever apply() or rewrite_as_action() did since the project was
  /// opened, and small actions from before that which aren't folded yet. Ids that changed; none for a large action, or
  /// if there was nothing to undo.
  std::vector<std::string> undo();
  std::vector<std::string> redo();

  /// Writes and applies an answer. `flush`: wait until it is on the disk. `as_asked`: the row as the question was put.
  /// False, and nothing done, if there is no such row, or its input, label or state is another by now.
  bool record(const LabelRecord& record, bool flush, const Row* as_asked = nullptr);
  void flush();

  /// Whether the journals have grown so large that fold() is worth its time.
  bool should_fold() const;
  void fold();

  /// Folds with a change to every row (false: the row goes) and rows to follow them, given to `emit` one by one; an
  /// empty id or one that is taken becomes a new one. Atomic: if anything throws, nothing has happened. No action: undo
  /// passes it over.
  using Emit = std::function<void(Row&&)>;
  void rewrite(const std::function<bool(Row&)>& change, const std::function<void(const Emit&)>& more = {});

  /// The same as an action of a person (an import, a split) that undo() takes back: the rows as they were are kept in
  /// data/undo/ until the store closes, those of the last 8 such actions.
  void rewrite_as_action(const std::function<bool(Row&)>& change, const std::function<void(const Emit&)>& more = {});

 private:
  struct Overlay {
    Row row;
    bool live = true;
  };
  struct Action {
    std::uint64_t seq = 0;
    std::vector<RowChange> changes;
    std::filesystem::path rows;  ///< a large one has no changes but all rows as they are on its other side
    Json task;  ///< the task before and after, or null
  };
  enum class Direction { forward, undo, redo };

  void load();
  void use_base(RowFile base);
  /// Entries up to number `through` are counted only.
  void read_journal(const std::string& name, std::uint64_t through,
                    std::vector<std::pair<std::uint64_t, Json>>& entries);
  void check_usable() const;
  AppendFile& edits();
  AppendFile& labels();
  void apply_at_once(const std::vector<RowChange>& changes);
  std::filesystem::path undo_folder() const { return folder_ / "undo"; }
  std::filesystem::path keep_rows();
  void swap_rows(std::vector<Action>& from, Direction direction);
  static void forget(std::vector<Action>& actions, std::size_t first);
  void push_undo(Action action);
  void write_rows(AtomicFile& file, const std::function<bool(Row&)>& change,
                  const std::function<void(const Emit&)>& more);
  void replay_edit(std::uint64_t seq, const Json& entry);
  void replay_label(std::uint64_t seq, const Json& entry);
  std::optional<std::uint32_t> slot_of(const std::string& id);
  Row current(std::uint32_t slot);
  bool is_live(std::uint32_t slot) const;
  void put(const std::string& id, const std::optional<Row>& row);
  void put_label(std::uint32_t slot, const LabelRecord& record);
  void write_and_apply(std::vector<RowChange> changes, Json task, Direction direction, std::uint64_t of);
  std::vector<std::string> turn_back(std::vector<Action>& from, Direction direction);

  mutable std::mutex mutex_;  // all below
  std::filesystem::path folder_;
  bool writable_;
  std::optional<RowFile> base_;
  std::optional<AppendFile> edits_, labels_;
  std::vector<std::uint32_t> live_;                           // slots by position, ascending
  std::unordered_map<std::uint32_t, Overlay> overlay_;        // by slot; slots from base_->count() on are new rows
  std::unordered_map<std::string, std::uint32_t> new_slots_;  // of rows that aren't in the base
  std::uint32_t slots_ = 0;
  std::vector<Action> undo_, redo_;
  Json task_;  // for take_task()
  std::vector<Problem> problems_;
  std::uint64_t seq_ = 0;
  std::uint64_t highest_number_ = 0;
  std::uint64_t kept_ = 0;  // numbers the files of undo_folder()
  bool lost_ = false;  // rows.jsonl was replaced but couldn't be read again: what we hold is old
};

}  // namespace minnow
