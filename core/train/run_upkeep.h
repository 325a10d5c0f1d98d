// Looking after runs: what a person calls them and notes about them, deleting them, and who may write to or prune what
// at a time. Torch-free.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/io/file_lock.h"
#include "core/types/run_record.h"

namespace minnow {

/// notes.json of a run's folder; nothing written there yet, or nothing that can be read, gives empty texts.
RunNotes read_run_notes(const std::filesystem::path& run_dir);
/// Writes notes.json atomically; a title's line breaks become blanks. Throws Error(not_found) when the run is gone, and
/// what writing throws.
void write_run_notes(const std::filesystem::path& run_dir, RunNotes notes);

/// The right to write to a run, for as long as the lock lives: training and deleting take it. Throws Error(busy) when
/// another process, or another thread of this one, holds it, and what making the file throws.
FileLock lock_run(const std::filesystem::path& run_dir);
/// Whether somebody trains it (or deletes it) at this moment.
bool is_run_locked(const std::filesystem::path& run_dir);

/// Keeps a checkpoint from being pruned or deleted, in this process and in others, for as long as what is returned
/// lives: for a job that waits for its turn, or works with it. Nothing when the checkpoint isn't there (any more).
std::optional<FileLock> keep_checkpoint(const std::filesystem::path& checkpoint);

/// Removes a run with everything in its folder (checkpoints, merged weights, reports). Throws Error(busy) while it is
/// trained or one of its checkpoints is kept, Error(not_found) when it is gone, and what the disk throws.
void delete_run(const std::filesystem::path& run_dir);

/// The settings in which these runs differ, in the order of TrainOptions, with one value a run in the order given. Files
/// and folders (dataset, output_dir, …) are named by their last part.
std::vector<SettingColumn> differing_settings(const std::vector<RunRecord>& runs);

}  // namespace minnow
