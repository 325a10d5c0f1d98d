// The runs of a folder, read from what they left on disk. Torch-free header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/types/run_record.h"
#include "core/types/train_options.h"

namespace minnow {

struct RunSummary {
  std::filesystem::path folder;
  std::string name;          ///< "v0-20261123-164500"
  std::int64_t version = 0;  ///< the k of its name
  std::int64_t step = 0;     ///< of the newest checkpoint; 0 = none
  std::int64_t max_steps = 0;
  bool evaluated = true;  ///< false: the last evaluation was cut short
  std::int64_t best_step = 0;  ///< 0 = none
  double best_metric = 0.0;
  bool ended_early = false;  ///< by early stopping: there is nothing to resume
  std::filesystem::path last_checkpoint, best_checkpoint;  ///< empty when there is none
  std::vector<std::int64_t> checkpoints;                   ///< steps of the whole ones, ascending
  RunNotes notes;
  std::filesystem::path in_use;  ///< checkpoint_in_use() of run_record.h: what others should take
  TrainOptions options;          ///< as args.json has them; defaults where that can't be read
  /// Stopped, killed or crashed before its end, with a checkpoint to go on from.
  bool can_resume() const { return step > 0 && !ended_early && (step < max_steps || !evaluated); }
};

/// Newest first. A folder that isn't a run is passed over; so is what can't be read of a run.
std::vector<RunSummary> list_runs(const std::filesystem::path& runs_folder);

/// The files of rows that the runs were made with: whoever resumes one needs them as they are.
std::vector<std::filesystem::path> row_files_of(const std::vector<RunSummary>& runs);

}  // namespace minnow
