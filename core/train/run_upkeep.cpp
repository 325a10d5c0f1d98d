// notes.json, run.lock, and shared locks on the checkpoints that somebody needs.
#include "core/train/run_upkeep.h"

#include <algorithm>

#include "core/data/options_json.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/train/checkpoint_state.h"
#include "core/train/run_record.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr const char* kNotes = "notes.json";
constexpr const char* kLock = "run.lock";
constexpr const char* kDeleting = ".deleting-";

void check_there(const std::filesystem::path& run_dir) {
  if (!std::filesystem::is_directory(run_dir))
    throw Error(ErrorKind::not_found, "the run " + run_dir.string() + " is gone", run_dir.string());
}

void remove_tree(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  if (error) {
    throw Error(error == std::errc::permission_denied || error == std::errc::read_only_file_system
                    ? ErrorKind::read_only
                    : ErrorKind::io,
                folder.string() + " can't be removed whole: " + error.message(), folder.string());
  }
}

/// "data/train-1.jsonl data/b.jsonl" → "train-1.jsonl b.jsonl": the folders say little and are long.
Json last_parts(const Json& value) {
  if (value.is_string()) return std::filesystem::path(value.get<std::string>()).filename().string();
  if (!value.is_array()) return value;
  Json parts = Json::array();
  for (const Json& entry : value) parts.push_back(last_parts(entry));
  return parts;
}

}  // namespace

RunNotes read_run_notes(const std::filesystem::path& run_dir) {
  RunNotes notes;
  try {
    const Json json = read_json_file(run_dir / kNotes);
    const auto text = [&](const char* key) {
      const auto it = json.find(key);
      return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
    };
    if (json.is_object()) notes = {text("title"), text("note")};
  } catch (const Error&) {
    // No notes, or none that can be read: the run is known by its folder's name.
  }
  return notes;
}

void write_run_notes(const std::filesystem::path& run_dir, RunNotes notes) {
  check_there(run_dir);
  std::replace_if(
      notes.title.begin(), notes.title.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  const Json json{{"title", notes.title}, {"note", notes.note}};
  write_file_atomic(run_dir / kNotes, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

FileLock lock_run(const std::filesystem::path& run_dir) {
  auto lock = FileLock::try_lock(run_dir / kLock);
  if (lock) return std::move(*lock);
  throw Error(ErrorKind::busy, run_dir.string() + " is being trained at this moment, here or by another Minnow",
              run_dir.string(), "Wait until it ends, or stop it.");
}

bool is_run_locked(const std::filesystem::path& run_dir) {
  std::error_code ignored;
  return std::filesystem::exists(run_dir / kLock, ignored) &&
         !FileLock::try_hold(run_dir / kLock, FileLock::Hold::shared);
}

std::optional<FileLock> keep_checkpoint(const std::filesystem::path& checkpoint) {
  return FileLock::try_hold(checkpoint / kCheckpointAnchor, FileLock::Hold::shared);
}

void delete_run(const std::filesystem::path& run_dir) {
  check_there(run_dir);
  const auto parent = run_dir.parent_path();
  const auto doomed = parent / (kDeleting + run_dir.filename().string());
  const FileLock lock = lock_run(run_dir);
  std::vector<FileLock> checkpoints;
  for (const std::int64_t step : checkpoints_of(run_dir)) {
    const auto folder = checkpoint_dir(run_dir, step);
    if (!std::filesystem::exists(folder / kCheckpointAnchor)) continue;
    auto held = FileLock::try_hold(folder / kCheckpointAnchor, FileLock::Hold::alone);
    if (!held)
      throw Error(ErrorKind::busy, folder.string() + " is in use by another job, so its run can't be deleted now",
                  folder.string(), "Wait until that job ends.");
    checkpoints.push_back(std::move(*held));
  }
  // What an earlier deletion left when it was cut short.
  for (const auto& entry : std::filesystem::directory_iterator(parent)) {
    if (entry.path().filename().string().starts_with(kDeleting)) remove_tree(entry.path());
  }
  rename_path(run_dir, doomed);  // from here on no list shows half of it
  remove_tree(doomed);
}

std::vector<SettingColumn> differing_settings(const std::vector<RunRecord>& runs) {
  std::vector<Json> settings;
  for (const RunRecord& run : runs) settings.push_back(train_options_to_json(run.options));
  std::vector<SettingColumn> columns;
  if (settings.empty()) return columns;
  for (const auto& item : settings.front().items()) {
    const std::string& name = item.key();
    if (!is_setting_of_run(name)) continue;
    const bool same =
        std::all_of(settings.begin(), settings.end(), [&](const Json& run) { return run.at(name) == item.value(); });
    if (same) continue;
    const bool path = name == "model" || name == "dataset" || name == "val_dataset" || name == "init_adapter";
    SettingColumn column{name, {}};
    for (const Json& run : settings) column.values.push_back(shown_json(path ? last_parts(run.at(name)) : run.at(name)));
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace minnow
