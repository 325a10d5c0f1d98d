// Runs read back from their folders: what the list of earlier runs shows and what draws a run's curves again.
// Torch-free.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/types/run_record.h"

namespace minnow {

/// A run as its folder tells it: args.json, logging.jsonl (an unfinished last line is passed over), whole checkpoints,
/// the verdict on the curves. Best step: by the run's own best_metric, as training chose it. Never throws for content:
/// what can't be read is named in `problem` and the rest is there.
RunRecord read_run(const std::filesystem::path& run_dir);

/// The runs below `runs_folder` (folders with args.json or logging.jsonl), newest first. A folder that isn't there has
/// none.
std::vector<RunRecord> read_runs(const std::filesystem::path& runs_folder);

/// Whether a field of TrainOptions is a setting of a run, rather than where it lies or what it was resumed from.
bool is_setting_of_run(const std::string& name);

/// Settings in which two runs differ, in the order of TrainOptions; where the run lies and what it was resumed from are
/// no settings of it.
std::vector<SettingDifference> setting_differences(const TrainOptions& here, const TrainOptions& there);

/// Which checkpoint of a run Evaluate, Try and Export take: the one that was chosen; else the best where the run got
/// worse after it (verdict overfitting or diverging) or was told what best means (best_metric exact_rows); else the
/// newest: where eval loss only wavers about its lowest, the later weights answer more rows right. Unless chosen, never one whose
/// losses are no numbers. Empty when the run has none.
std::filesystem::path checkpoint_in_use(const RunRecord& run);

/// Chooses checkpoint-`step` from now on (chosen.json in the run's folder, atomically). Throws Error(not_found) when
/// the run has no such checkpoint, and what writing throws.
std::filesystem::path choose_checkpoint(const std::filesystem::path& run_dir, std::int64_t step);

}  // namespace minnow
