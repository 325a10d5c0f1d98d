// The lock, the settings and what works on many rows; single rows and journals are RowStore's.
#include "core/project/project.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "core/data/conversation.h"
#include "core/data/near_duplicates.h"
#include "core/data/row_json.h"
#include "core/project/task_json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::filesystem::path settings_path(const std::filesystem::path& folder) { return folder / "minnow.json"; }
std::filesystem::path data_path(const std::filesystem::path& folder) { return folder / "data"; }

/// What tells a row from others: 64 bits of its input, and of its input with its label.
class KnownRows {
 public:
  void add(const Row& row) {
    digests_.push_back(digest(row.input, ""));
    if (is_labelled(row)) digests_.push_back(digest(row.input, row.label));
  }
  void sort() { std::sort(digests_.begin(), digests_.end()); }
  /// Whether there is a row of this input, and of this label if it has one.
  bool has(const Row& row) const {
    return std::binary_search(digests_.begin(), digests_.end(),
                              digest(row.input, is_labelled(row) ? std::string_view(row.label) : std::string_view()));
  }

 private:
  static bool is_labelled(const Row& row) { return !row.label.empty(); }
  static std::uint64_t digest(std::string_view input, std::string_view label) {
    const std::uint64_t first = std::hash<std::string_view>{}(input), second = std::hash<std::string_view>{}(label);
    return first ^ (second * 0x9e3779b97f4a7c15u + (first << 6) + (first >> 2));
  }
  std::vector<std::uint64_t> digests_;
};

/// Ends a rewriting of the rows, of which nothing happens then.
struct NothingToAdd {};

/// A failed row keeps what the teacher said, which is no label.
bool is_usable(const Row& row) { return !row.label.empty() && row.state != RowState::failed; }

}  // namespace

std::unique_ptr<Project> Project::create(const std::filesystem::path& folder, const ProjectSettings& settings) {
  if (std::filesystem::exists(settings_path(folder))) {
    throw Error(ErrorKind::usage, folder.string() + " is a Minnow project already", folder.string());
  }
  make_folders(data_path(folder));
  ProjectFile file;
  file.settings = settings;
  file.write(settings_path(folder));
  return open(folder);
}

std::unique_ptr<Project> Project::open(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(settings_path(folder))) {
    throw Error(ErrorKind::not_found, folder.string() + " is no Minnow project: it has no minnow.json",
                folder.string());
  }
  return std::unique_ptr<Project>(new Project(folder, ProjectFile::read(settings_path(folder))));
}

Project::Project(std::filesystem::path folder, ProjectFile file) : folder_(std::move(folder)), file_(std::move(file)) {
  const auto read_only = [this](const Error& error) {
    read_only_reason_ = std::string(error.what()) + "; the project is open read-only";
    lock_.reset();
  };
  try {
    lock_ = FileLock::try_lock(folder_ / "minnow.lock");
    if (lock_) {
      make_folders(data_path(folder_));
      remove_leftovers(folder_);
      remove_leftovers(data_path(folder_));
    } else {
      open_elsewhere_ = true;
      read_only_reason_ = folder_.string() + " is open in another Minnow; here it is read-only";
    }
  } catch (const Error& error) {
    read_only(error);
  }
  if (lock_) {
    try {
      store_ = std::make_unique<RowStore>(data_path(folder_), true);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::read_only && error.kind() != ErrorKind::disk_full) throw;
      read_only(error);
    }
  }
  if (!store_) store_ = std::make_unique<RowStore>(data_path(folder_), false);
  if (lock_) follow_task(true);
  if (lock_ && store_->should_fold()) store_->fold();
}

/// Lets minnow.json follow the change of the task that the rows have just made. What was changed otherwise since then
/// stays. `only_whole`: nothing unless the task is exactly what the change began with: the program ended between the two
/// writes.
void Project::follow_task(bool only_whole) {
  const Json step = store_->take_task();
  if (step.is_null()) return;
  const Task before = task_from_json(step.at("before"), "edits.jsonl"), after = task_from_json(step.at("after"), "edits.jsonl");
  ProjectSettings changed = settings();
  Task& task = changed.task;
  if (only_whole && !(task == before)) return;
  const auto follow = [&](auto Task::*member) {
    if (task.*member == before.*member) task.*member = after.*member;
  };
  follow(&Task::name);
  follow(&Task::fields);
  follow(&Task::concise_prompt);
  follow(&Task::detailed_prompt);
  follow(&Task::prompt_style);
  save_settings(changed);
}

void Project::check_writable() const {
  if (lock_ && std::filesystem::exists(settings_path(folder_))) return;
  if (lock_)
    throw Error(ErrorKind::not_found, folder_.string() + " isn't there any more, so nothing can be written to it",
                folder_.string());
  throw Error(open_elsewhere_ ? ErrorKind::busy : ErrorKind::read_only, read_only_reason_, folder_.string());
}

std::unique_lock<std::mutex> Project::writer() {
  check_writable();
  return std::unique_lock(writers_);
}

std::unique_lock<std::mutex> Project::quick_writer() {
  check_writable();
  std::unique_lock lock(writers_, std::try_to_lock);
  if (!lock)
    throw Error(ErrorKind::busy, "The rows are being written by an import, an audit or a split; try again in a moment",
                folder_.string());
  return lock;
}

std::vector<Problem> Project::problems() const { return store_->problems(); }

ProjectSettings Project::settings() const {
  const std::lock_guard guard(settings_mutex_);
  return file_.settings;
}

void Project::save_settings(const ProjectSettings& settings) {
  check_writable();
  const std::lock_guard guard(settings_mutex_);
  ProjectFile changed_file = file_;
  changed_file.settings = settings;
  changed_file.write(settings_path(folder_));
  file_ = std::move(changed_file);
}

std::int64_t Project::count() const { return store_->count(); }

std::vector<Row> Project::rows(std::int64_t first, std::int64_t count) const { return store_->rows(first, count); }

std::uint64_t Project::revision() const { return revision_; }

std::optional<Row> Project::find(const std::string& id) const { return store_->find(id); }

std::optional<std::int64_t> Project::position_of(const std::string& id) const { return store_->position_of(id); }

void Project::for_each(const std::function<bool(std::int64_t, const Row&)>& visit, std::stop_token stop) const {
  for (std::int64_t first = 0; !stop.stop_requested(); first += kRowsPerPage) {
    const std::vector<Row> page = rows(first, kRowsPerPage);
    for (std::size_t i = 0; i < page.size(); ++i) {
      if (!visit(first + static_cast<std::int64_t>(i), page[i])) return;
    }
    if (static_cast<std::int64_t>(page.size()) < kRowsPerPage) return;
  }
}

ImportReport Project::import_file(const std::filesystem::path& file, ImportOptions options,
                                  const ProgressSink& progress, std::stop_token stop) {
  const auto turn = writer();
  const Task task = settings().task;
  if (options.task == nullptr && !task.fields.empty()) options.task = &task;
  KnownRows known;
  if (!options.again) {
    for_each(
        [&known](std::int64_t, const Row& row) {
          known.add(row);
          return true;
        },
        stop);
  }
  known.sort();
  // Created only when the first line has to be set aside.
  std::optional<AppendFile> set_aside;
  std::uint64_t set_aside_before = 0;
  const std::filesystem::path set_aside_path = data_path(folder_) / "set_aside.jsonl";
  const auto also = options.on_set_aside;
  options.on_set_aside = [&](const Problem& problem, const std::string& text) {
    if (!set_aside) {
      set_aside.emplace(set_aside_path);
      set_aside_before = set_aside->size();
    }
    set_aside->append_line(
        dump_json(Json{{"file", file.string()}, {"line", problem.line}, {"reason", problem.sentence}, {"text", text}}));
    if (also) also(problem, text);
  };
  ImportReport report;
  std::int64_t already_there = 0, already_labelled = 0;
  const auto add = [&](const RowStore::Emit& emit) {
    report = import_rows(
        file, options,
        [&](Row&& row) {
          if (!options.again && known.has(row)) {
            ++already_there;
            already_labelled += row.label.empty() ? 0 : 1;
          } else {
            emit(std::move(row));
          }
        },
        progress, stop);
    report.already_there = already_there;
    report.rows -= already_there;
    report.labelled -= already_labelled;
    if (report.stopped || report.rows == 0) throw NothingToAdd{};
  };
  try {
    store_->rewrite_as_action({}, add);
    changed();
  } catch (const NothingToAdd&) {
    if (!report.stopped) return report;
    report.rows = report.labelled = report.already_there = 0;
    if (set_aside) cut_file(set_aside_path, set_aside_before);
  }
  return report;
}

void Project::add_rows(std::vector<Row> rows) {
  const auto turn = writer();
  store_->rewrite_as_action({}, [&rows](const RowStore::Emit& emit) {
    for (Row& row : rows) emit(std::move(row));
  });
  changed();
}

std::vector<std::string> Project::edit(std::vector<Row> put, const std::vector<std::string>& remove) {
  const auto turn = quick_writer();
  const Task task = settings().task;
  std::vector<RowChange> changes;
  std::vector<std::string> ids;
  for (Row& row : put) {
    if (row.id.empty()) row.id = store_->new_id();
    if (row.label.empty() && row.state == RowState::labelled) row.state = RowState::unlabelled;
    if (!row.label.empty() && row.state == RowState::unlabelled) row.state = RowState::labelled;
    row.problems = audit_row(row, task);
    ids.push_back(row.id);
    changes.push_back({row.id, std::nullopt, std::move(row)});
  }
  for (const std::string& id : remove) changes.push_back({id, std::nullopt, std::nullopt});
  store_->apply(std::move(changes));
  changed();
  return ids;
}

std::int64_t Project::change_task(TaskChange change, const ProgressSink& progress, std::stop_token stop) {
  const auto turn = quick_writer();
  const Task before = settings().task;
  change_prompts(before, change);
  std::vector<RowChange> changes;
  const std::int64_t total = count();
  for_each(
      [&](std::int64_t position, const Row& row) {
        if (progress && position % 4096 == 0) progress({"changing labels", "rows", position, total});
        auto label = changed_label(row.label, before, change);
        if (!label) return true;
        Row changed = row;
        changed.label = std::move(*label);
        changed.problems = audit_row(changed, change.after);
        changes.push_back({row.id, std::nullopt, std::move(changed)});
        return true;
      },
      stop);
  if (stop.stop_requested()) return 0;
  const auto changed_rows = static_cast<std::int64_t>(changes.size());
  store_->apply(std::move(changes), Json{{"before", task_to_json(before)}, {"after", task_to_json(change.after)}});
  follow_task(false);
  this->changed();
  return changed_rows;
}

bool Project::can_undo() const { return lock_ && store_->can_undo(); }
bool Project::can_redo() const { return lock_ && store_->can_redo(); }

std::vector<std::string> Project::undo() {
  const auto turn = quick_writer();
  auto ids = store_->undo();
  follow_task(false);
  changed();
  return ids;
}

std::vector<std::string> Project::redo() {
  const auto turn = quick_writer();
  auto ids = store_->redo();
  follow_task(false);
  changed();
  return ids;
}

bool Project::record_label(const LabelRecord& record, bool flush, const Row* as_asked) {
  const auto turn = writer();
  const bool known = store_->record(record, flush, as_asked);
  if (store_->should_fold()) store_->fold();
  changed();
  return known;
}

void Project::flush() {
  if (is_read_only()) return;
  const auto turn = writer();
  store_->flush();
}

AuditReport Project::audit(AuditOptions options, bool store, const ProgressSink& progress, std::stop_token stop) {
  store = store && lock_;
  const auto turn = store ? writer() : std::unique_lock<std::mutex>();
  const Task task = settings().task;
  Audit audit(task, std::move(options));
  const std::int64_t total = count();
  for_each(
      [&](std::int64_t position, const Row& row) {
        if (progress && position % 4096 == 0) progress({"checking rows", "rows", position, total});
        audit.add(row);
        return true;
      },
      stop);
  if (stop.stop_requested()) {
    AuditReport report;
    report.stopped = true;
    return report;
  }
  AuditReport report = audit.finish(progress, stop);
  if (!store || report.stopped) return report;
  auto next = report.problems.begin();
  std::int64_t position = 0;
  store_->rewrite([&](Row& row) {
    const bool has = next != report.problems.end() && next->position == position;
    row.problems = has ? next->problems : std::vector<Problem>{};
    if (has) ++next;
    ++position;
    return true;
  });
  changed();
  return report;
}

SplitResult Project::split(const SplitWish& wish, const ProgressSink& progress, std::stop_token stop) {
  const auto turn = writer();
  NearDuplicates near(wish.similarity);
  std::vector<Split> fixed;
  std::vector<bool> taken;  // per row, whether it takes part
  for_each(
      [&](std::int64_t, const Row& row) {
        taken.push_back(!wish.labelled_only || is_usable(row));
        if (!taken.back()) return true;
        near.add(row.input);
        fixed.push_back(wish.keep_existing ? row.split : Split::none);
        return true;
      },
      stop);
  const DuplicateGroups groups = near.groups(progress, stop);
  if (stop.stop_requested() || groups.stopped) return {};
  SplitResult result = split_rows(groups.group, wish.options, fixed);
  std::size_t position = 0, at = 0;
  store_->rewrite_as_action([&](Row& row) {
    row.split = taken[position++] ? result.splits[at++] : Split::none;
    return true;
  });
  changed();
  return result;
}

std::vector<Conversation> Project::conversations(Split split, LeftOut* outside) const {
  std::vector<Conversation> result;
  for_each_example(split, {}, outside, [&](Conversation&& example) { result.push_back(std::move(example)); });
  return result;
}

std::int64_t Project::export_messages(const std::filesystem::path& file, Split split, LeftOut* outside,
                                      std::stop_token stop) const {
  AtomicFile out(file);
  std::int64_t written = 0;
  const auto write = [&](Conversation&& example) {
    out.write(messages_line(example) + "\n");
    ++written;
  };
  for_each_example(split, settings().task, outside, write, stop);
  if (stop.stop_requested()) return 0;
  out.commit();
  return written;
}

void Project::for_each_example(Split split, const Task& task, LeftOut* outside,
                               const std::function<void(Conversation&&)>& take, const std::stop_token& stop) const {
  LeftOut uncounted;
  if (outside == nullptr) outside = &uncounted;
  const auto visit = [&](std::int64_t, const Row& row) {
    if (split != Split::none && row.split != split) return true;
    if (row.label.empty() && row.state != RowState::failed) return true;
    if (!outside->leaves(row.state)) take(conversation_of(row, task));
    return true;
  };
  for_each(visit, stop);
}

}  // namespace minnow
