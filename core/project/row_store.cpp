// Slots number the base's rows and then the new ones, for good; positions number the rows that are there now.
#include "core/project/row_store.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "core/data/row_json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::uint64_t fold_bytes = std::uint64_t{16} << 20;  // of edits.jsonl
constexpr std::size_t largest_action = 2000;                   // rows in one line of the journal
constexpr std::size_t fold_rows = 20000;                       // rows held in memory over the base

Json row_or_null(const std::optional<Row>& row) { return row ? row_to_json(*row) : Json(nullptr); }

std::optional<Row> row_of(const Json& entry, const char* key, const std::string& subject) {
  const auto found = entry.find(key);
  if (found == entry.end() || found->is_null()) return std::nullopt;
  return row_from_json(*found, subject);
}

Json label_entry(const LabelRecord& record, std::uint64_t seq) {
  Row row;
  row.problems = record.problems;
  Json entry{{"seq", seq}, {"id", record.id}, {"label", record.label}, {"state", to_string(record.state)}};
  if (!record.problems.empty()) entry["problems"] = row_to_json(row)["problems"];
  if (!record.provenance.empty()) entry["provenance"] = record.provenance;
  if (record.confidence >= 0.0) entry["confidence"] = record.confidence;
  if (!record.details.is_null()) entry["details"] = record.details;
  return entry;
}

/// What stays there costs space and nothing else.
void remove_undo_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

LabelRecord label_from(const Json& entry, const std::string& subject) {
  Json as_row = entry;
  as_row["input"] = "";
  const Row row = row_from_json(as_row, subject);
  return {row.id, row.label, row.state, row.problems, row.provenance, nullptr, row.confidence};
}

}  // namespace

RowStore::RowStore(const std::filesystem::path& data_folder, bool writable)
    : folder_(data_folder), writable_(writable) {
  if (writable_) {  // cuts unfinished tails
    edits();
    labels();
    remove_undo_folder(undo_folder());  // of a process that was killed
  }
  load();
}

RowStore::~RowStore() {
  if (writable_) remove_undo_folder(undo_folder());
}

AppendFile& RowStore::edits() {
  if (!edits_) edits_.emplace(folder_ / "edits.jsonl");
  return *edits_;
}

AppendFile& RowStore::labels() {
  if (!labels_) labels_.emplace(folder_ / "labels.jsonl");
  return *labels_;
}

void RowStore::check_usable() const {
  if (!lost_) return;
  throw Error(ErrorKind::io,
              (folder_ / "rows.jsonl").string() + " was written but couldn't be read again; open the project anew",
              folder_.string());
}

void RowStore::use_base(RowFile base) {
  base_ = std::move(base);
  overlay_.clear();
  new_slots_.clear();
  slots_ = base_->count();
  live_.resize(slots_);
  std::iota(live_.begin(), live_.end(), 0u);
  seq_ = std::max(seq_, base_->folded_through());
  highest_number_ = std::max(highest_number_, base_->highest_number());
}

void RowStore::load() {
  use_base(RowFile(folder_ / "rows.jsonl"));
  std::vector<std::pair<std::uint64_t, Json>> entries;
  read_journal("edits.jsonl", base_->folded_through(), entries);
  read_journal("labels.jsonl", base_->folded_through(), entries);
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [seq, entry] : entries) {
    seq_ = std::max(seq_, seq);
    if (seq <= base_->folded_through()) continue;
    try {
      entry.contains("changes") ? replay_edit(seq, entry) : replay_label(seq, entry);
    } catch (const Error& error) {
      problems_.push_back({"unreadable_row", "", error.what()});
    }
  }
}

void RowStore::read_journal(const std::string& name, std::uint64_t through,
                            std::vector<std::pair<std::uint64_t, Json>>& entries) {
  if (!std::filesystem::exists(folder_ / name)) return;
  LineReader reader(folder_ / name);
  const std::uint64_t size = std::filesystem::file_size(folder_ / name);
  std::string line;
  for (;;) {
    try {
      if (!reader.next(line)) return;
      // The last line of another process, while it is being written: it counts once its line break is there.
      if (!writable_ && reader.line_offset() + line.size() >= size) return;
      const std::string subject = name + " line " + std::to_string(reader.line_number());
      Json entry = parse_json(line, subject);
      const auto seq = entry.is_object() ? entry.find("seq") : entry.end();
      if (seq == entry.end() || !seq->is_number_unsigned()) {
        throw Error(ErrorKind::format, subject + ": it has no 'seq'", subject);
      }
      const auto number = seq->get<std::uint64_t>();
      if (number <= through) entry = nullptr;
      entries.emplace_back(number, std::move(entry));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::format) throw;
      problems_.push_back({"unreadable_row", "", error.what(), reader.line_number()});
    }
  }
}

void RowStore::replay_edit(std::uint64_t seq, const Json& entry) {
  Action action{seq, {}, {}, entry.value("task", Json())};
  if (!action.task.is_null()) task_ = action.task;
  for (const Json& item : entry["changes"]) {
    const std::string subject = "edits.jsonl entry " + std::to_string(seq);
    RowChange change;
    if (!item.is_object() || !item.contains("id") || !item["id"].is_string() ||
        item["id"].get_ref<const std::string&>().empty()) {
      throw Error(ErrorKind::format, subject + ": a change has no 'id'", subject);
    }
    change.id = item["id"].get<std::string>();
    change.before = row_of(item, "before", subject);
    change.after = row_of(item, "after", subject);
    highest_number_ = std::max(highest_number_, number_of_id(change.id));
    action.changes.push_back(std::move(change));
  }
  for (const RowChange& change : action.changes) put(change.id, change.after);
  // Undo and redo are entries like any other; what they took from one stack goes to the other.
  const auto move_top = [](std::vector<Action>& from, std::vector<Action>& to) {
    if (from.empty()) return;
    to.push_back(std::move(from.back()));
    from.pop_back();
  };
  if (entry.contains("undo_of")) return move_top(undo_, redo_);
  if (entry.contains("redo_of")) return move_top(redo_, undo_);
  push_undo(std::move(action));
}

void RowStore::replay_label(std::uint64_t seq, const Json& entry) {
  const LabelRecord record = label_from(entry, "labels.jsonl entry " + std::to_string(seq));
  const auto slot = slot_of(record.id);
  if (slot && is_live(*slot)) put_label(*slot, record);
}

std::optional<std::uint32_t> RowStore::slot_of(const std::string& id) {
  if (const auto found = new_slots_.find(id); found != new_slots_.end()) return found->second;
  return base_->find(id);
}

bool RowStore::is_live(std::uint32_t slot) const {
  const auto found = overlay_.find(slot);
  return found == overlay_.end() || found->second.live;
}

Row RowStore::current(std::uint32_t slot) {
  const auto found = overlay_.find(slot);
  return found != overlay_.end() ? found->second.row : base_->row(slot);
}

std::int64_t RowStore::count() const {
  const std::lock_guard guard(mutex_);
  return static_cast<std::int64_t>(live_.size());
}

std::vector<Row> RowStore::rows(std::int64_t first, std::int64_t count) {
  const std::lock_guard guard(mutex_);
  std::vector<Row> result;
  const auto end = std::min(static_cast<std::int64_t>(live_.size()), first + std::max<std::int64_t>(count, 0));
  for (std::int64_t at = std::max<std::int64_t>(first, 0); at < end; ++at) {
    result.push_back(current(live_[static_cast<std::size_t>(at)]));
  }
  return result;
}

std::optional<Row> RowStore::find(const std::string& id) {
  const std::lock_guard guard(mutex_);
  const auto slot = slot_of(id);
  if (!slot || !is_live(*slot)) return std::nullopt;
  return current(*slot);
}

std::optional<std::int64_t> RowStore::position_of(const std::string& id) {
  const std::lock_guard guard(mutex_);
  const auto slot = slot_of(id);
  if (!slot || !is_live(*slot)) return std::nullopt;
  return std::lower_bound(live_.begin(), live_.end(), *slot) - live_.begin();
}

void RowStore::put(const std::string& id, const std::optional<Row>& row) {
  auto slot = slot_of(id);
  if (!slot) {
    if (!row) return;
    slot = slots_++;
    new_slots_.emplace(id, *slot);
    overlay_[*slot].live = false;
  }
  const bool was_live = is_live(*slot);
  Overlay& over = overlay_[*slot];
  over.live = row.has_value();
  if (row) {
    over.row = *row;
    over.row.id = id;
  }
  if (over.live == was_live) return;
  const auto at = std::lower_bound(live_.begin(), live_.end(), *slot);
  if (over.live) {
    live_.insert(at, *slot);
  } else {
    live_.erase(at);
  }
}

void RowStore::put_label(std::uint32_t slot, const LabelRecord& record) {
  Row row = current(slot);
  row.label = record.label;
  row.state = record.state;
  row.problems = record.problems;
  row.confidence = record.confidence;
  if (!record.provenance.empty()) row.provenance = record.provenance;
  overlay_[slot] = {std::move(row), true};
}

void RowStore::write_and_apply(std::vector<RowChange> changes, Json task, Direction direction, std::uint64_t of) {
  const std::uint64_t seq = seq_ + 1;
  Json entry{{"seq", seq}, {"changes", Json::array()}};
  for (const RowChange& change : changes) {
    entry["changes"].push_back(
        Json{{"id", change.id}, {"before", row_or_null(change.before)}, {"after", row_or_null(change.after)}});
  }
  if (!task.is_null()) entry["task"] = task;
  if (direction == Direction::undo) entry["undo_of"] = of;
  if (direction == Direction::redo) entry["redo_of"] = of;
  edits().append_line(dump_json(entry));
  seq_ = seq;
  for (const RowChange& change : changes) put(change.id, change.after);
  task_ = task;
  if (direction == Direction::forward) push_undo({seq, std::move(changes), {}, std::move(task)});
}

void RowStore::apply_at_once(const std::vector<RowChange>& changes) {
  std::unordered_map<std::string, const RowChange*> by_id;
  std::vector<const RowChange*> added;
  for (const RowChange& change : changes) {
    by_id.emplace(change.id, &change);
    const std::lock_guard guard(mutex_);
    const auto slot = slot_of(change.id);
    if (change.after && !(slot && is_live(*slot))) added.push_back(&change);
  }
  const auto change_row = [&by_id](Row& row) {
    const auto found = by_id.find(row.id);
    if (found == by_id.end()) return true;
    if (found->second->after) row = *found->second->after;
    return found->second->after.has_value();
  };
  rewrite_as_action(change_row, [&added](const Emit& emit) {
    for (const RowChange* change : added) emit(Row(*change->after));
  });
}

void RowStore::apply(std::vector<RowChange> changes, Json task) {
  std::unique_lock guard(mutex_);
  check_usable();
  for (RowChange& change : changes) {
    if (change.after) change.after->id = change.id;
    highest_number_ = std::max(highest_number_, number_of_id(change.id));
  }
  if (changes.size() > largest_action) {
    guard.unlock();
    apply_at_once(changes);
    guard.lock();
    if (!task.is_null()) undo_.back().task = task;
    task_ = std::move(task);
    return;
  }
  for (RowChange& change : changes) {
    const auto slot = slot_of(change.id);
    change.before.reset();
    if (slot && is_live(*slot)) change.before = current(*slot);
  }
  std::erase_if(changes,
                [](const RowChange& change) { return row_or_null(change.before) == row_or_null(change.after); });
  if (changes.empty() && task.is_null()) return;
  write_and_apply(std::move(changes), std::move(task), Direction::forward, 0);
  edits().flush();
}

bool RowStore::record(const LabelRecord& record, bool flush, const Row* as_asked) {
  const std::lock_guard guard(mutex_);
  check_usable();
  const auto slot = slot_of(record.id);
  if (!slot || !is_live(*slot)) return false;
  if (as_asked) {
    const Row now = current(*slot);
    if (now.input != as_asked->input || now.label != as_asked->label || now.state != as_asked->state) return false;
  }
  const std::uint64_t seq = seq_ + 1;
  labels().append_line(dump_json(label_entry(record, seq)));
  seq_ = seq;
  put_label(*slot, record);
  if (flush) labels().flush();
  return true;
}

void RowStore::flush() {
  const std::lock_guard guard(mutex_);
  if (labels_) labels_->flush();
  if (edits_) edits_->flush();
}

Json RowStore::take_task() {
  const std::lock_guard guard(mutex_);
  return std::exchange(task_, nullptr);
}

bool RowStore::can_undo() const {
  const std::lock_guard guard(mutex_);
  return !undo_.empty();
}

bool RowStore::can_redo() const {
  const std::lock_guard guard(mutex_);
  return !redo_.empty();
}

std::string RowStore::new_id() {
  const std::lock_guard guard(mutex_);
  return "r" + std::to_string(++highest_number_);
}

bool RowStore::should_fold() const {
  const std::lock_guard guard(mutex_);
  return (edits_ && edits_->size() > fold_bytes) || overlay_.size() > std::max(fold_rows, live_.size() / 10);
}

void RowStore::fold() { rewrite({}); }

void RowStore::write_rows(AtomicFile& file, const std::function<bool(Row&)>& change,
                          const std::function<void(const Emit&)>& more) {
  std::unordered_set<std::string> taken;  // only needed, and only filled, when rows follow
  bool first = true;
  const auto write = [&](const Row& row) {
    file.write((std::exchange(first, false) ? numbered_row_line(row, seq_) : row_line(row)) + "\n");
  };
  // Nobody else writes now, so neither live_ nor what it leads to changes between the rows.
  for (const std::uint32_t slot : live_) {
    std::unique_lock guard(mutex_);
    Row row = current(slot);
    guard.unlock();
    const std::string id = row.id;
    if (more) taken.insert(id);
    if (change && !change(row)) continue;
    row.id = id;
    write(row);
  }
  if (!more) return;
  more([&](Row&& row) {
    if (row.id.empty() || row.id.starts_with('#') || !taken.insert(row.id).second) {
      do {
        row.id = new_id();
      } while (!taken.insert(row.id).second);
    }
    write(row);
  });
}

void RowStore::rewrite(const std::function<bool(Row&)>& change, const std::function<void(const Emit&)>& more) {
  check_usable();
  const std::filesystem::path path = folder_ / "rows.jsonl";
  AtomicFile file(path);
  write_rows(file, change, more);
  file.commit();
  try {
    RowFile base(path);
    const std::lock_guard guard(mutex_);
    use_base(std::move(base));
  } catch (...) {
    lost_ = true;
    throw;
  }
  const std::lock_guard guard(mutex_);
  // The edits are in the base, which says so; a file that can't be emptied is merely longer than it need be.
  edits_.reset();
  try {
    cut_file(folder_ / "edits.jsonl", 0);
  } catch (const Error&) {
  }
}

}  // namespace minnow
