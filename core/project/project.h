// Project: a folder with a task, rows, runs (design: nothing hidden in a database, nothing secret). One Minnow writes;
// a second one on the same folder reads, and says so.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/data/audit.h"
#include "core/data/import.h"
#include "core/data/left_out.h"
#include "core/data/split.h"
#include "core/io/file.h"
#include "core/project/project_file.h"
#include "core/project/row_store.h"
#include "core/project/task_change.h"
#include "core/types/message.h"
#include "core/types/project_settings.h"
#include "core/types/row_source.h"

namespace minnow {

/// Any thread: every call takes the project's lock for as long as it reads or writes rows; the long ones (import,
/// audit, split, export) take it page by page while they read, and once while they write. Writing calls throw
/// Error(busy) or Error(read_only) on a project that is open read-only, and Error(disk_full), Error(read_only) or
/// Error(io) when the disk refuses; then nothing is lost and the project is as it was.
class Project final : public RowSource {
 public:
  /// Makes the folder and its minnow.json. Throws Error(usage) if there is a project already.
  static std::unique_ptr<Project> create(const std::filesystem::path& folder, const ProjectSettings& settings);

  /// Throws Error(not_found) if the folder has no minnow.json, and what ProjectFile::read throws.
  static std::unique_ptr<Project> open(const std::filesystem::path& folder);

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path runs_folder() const { return folder_ / "runs"; }
  bool is_read_only() const { return !lock_; }
  const std::string& read_only_reason() const { return read_only_reason_; }  ///< a sentence, or empty
  bool is_open_elsewhere() const { return open_elsewhere_; }                 ///< that is why it is read-only
  /// What couldn't be read when the project was opened; the rest is there.
  std::vector<Problem> problems() const;

  ProjectSettings settings() const;
  void save_settings(const ProjectSettings& settings);

  // RowSource
  std::int64_t count() const override;
  std::vector<Row> rows(std::int64_t first, std::int64_t count) const override;
  std::uint64_t revision() const override;

  std::optional<Row> find(const std::string& id) const;
  std::optional<std::int64_t> position_of(const std::string& id) const;
  /// Every row in order, a page at a time; `visit` returns false to end it. Rows that others change meanwhile may come
  /// out either way.
  void for_each(const std::function<bool(std::int64_t position, const Row& row)>& visit,
                std::stop_token stop = {}) const;

  /// Streams a file in behind the rows there are, all or nothing: a stop adds none. Rows that the project has already
  /// (the same input, with the same label or none) are passed over and counted, unless `options.again`. Ids that are
  /// taken are changed. Set-aside lines also go to data/set_aside.jsonl.
  ImportReport import_file(const std::filesystem::path& file, ImportOptions options = {},
                           const ProgressSink& progress = {}, std::stop_token stop = {});
  void add_rows(std::vector<Row> rows);

  /// An import, rows added, an edit and a split are actions that undo() takes back one by one, the last one first.
  /// A person's change: rows to put (an empty id: a new row) and ids to remove, one step for undo. Own problems of the
  /// put rows are found anew. Returns the ids put.
  std::vector<std::string> edit(std::vector<Row> put, const std::vector<std::string>& remove = {});
  bool can_undo() const;
  bool can_redo() const;
  std::vector<std::string> undo();  ///< ids that changed; none where all rows may have
  std::vector<std::string> redo();

  /// Saves a task whose fields may have changed and lets labels and prompts follow (task_change.h), as one action: undo
  /// brings the task back too. Returns how many rows it changed. A stop before the rows are written changes nothing.
  std::int64_t change_task(TaskChange change, const ProgressSink& progress = {}, std::stop_token stop = {});

  /// A teacher's answer into the journal and the row. False if the row is gone, or is another than `as_asked` by now
  /// (input, label, state): a person's change is never overwritten.
  bool record_label(const LabelRecord& record, bool flush = true, const Row* as_asked = nullptr);
  void flush();

  /// Audits all rows. With `store`, and unless read-only or stopped, the problems found replace those that the rows
  /// carry.
  AuditReport audit(AuditOptions options = {}, bool store = true, const ProgressSink& progress = {},
                    std::stop_token stop = {});

  struct SplitWish {
    SplitOptions options;
    bool labelled_only = true;   ///< rows without label stay outside
    bool keep_existing = false;  ///< rows that have a split keep it
    double similarity = 0.8;     ///< of near-duplicates, which stay together
  };
  /// Figures of the rows that were split. Stopped: nothing changes and all figures are 0.
  SplitResult split(const SplitWish& wish, const ProgressSink& progress = {}, std::stop_token stop = {});

  /// The labelled rows of a split (none: of all) to be asked, in order: with a row's own system prompt where it has one,
  /// without the task's (asked_messages() chooses). Rows that need review or that the
  /// teacher failed at stay outside and are counted in `outside`, if given, which may let the former in.
  std::vector<Conversation> conversations(Split split, LeftOut* outside = nullptr) const;
  /// The same as the trainer takes them, under the row's own system prompt or the task's concise one: a messages file,
  /// written atomically; returns how many. Stopped: 0, and no file.
  std::int64_t export_messages(const std::filesystem::path& file, Split split, LeftOut* outside = nullptr,
                               std::stop_token stop = {}) const;

 private:
  Project(std::filesystem::path folder, ProjectFile file);
  void check_writable() const;
  void for_each_example(Split split, const Task& task, LeftOut* outside, const std::function<void(Conversation&&)>& take,
                        const std::stop_token& stop = {}) const;
  void follow_task(bool only_whole);
  std::unique_lock<std::mutex> writer();        ///< waits for its turn
  std::unique_lock<std::mutex> quick_writer();  ///< throws Error(busy) if it isn't its turn
  void changed() { ++revision_; }

  std::filesystem::path folder_;
  std::mutex writers_;                 // held by whoever changes rows, for as long as that takes
  mutable std::mutex settings_mutex_;  // file_
  ProjectFile file_;
  std::optional<FileLock> lock_;
  std::string read_only_reason_;
  bool open_elsewhere_ = false;
  std::unique_ptr<RowStore> store_;
  std::atomic<std::uint64_t> revision_ = 1;
};

}  // namespace minnow
