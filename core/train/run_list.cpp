// Reads args.json and trainer_state.json of each run.
#include "core/train/run_list.h"

#include <algorithm>
#include <cstdio>

#include "core/data/options_json.h"
#include "core/io/json.h"
#include "core/train/checkpoint_state.h"
#include "core/train/run_record.h"
#include "core/train/run_upkeep.h"
#include "core/types/error.h"

namespace minnow {
namespace {

namespace fs = std::filesystem;

std::optional<RunSummary> summary_of(const fs::path& folder) {
  RunSummary run;
  run.folder = folder;
  run.name = folder.filename().string();
  long long version = 0;
  if (std::sscanf(run.name.c_str(), "v%lld-", &version) != 1) return std::nullopt;
  run.version = version;
  try {
    const fs::path args = folder / "args.json";
    run.options = train_options_from_json(read_json_file(args), args.string());
  } catch (const Error&) {
    run.options = TrainOptions();
  }
  run.notes = read_run_notes(folder);
  const auto steps = checkpoints_of(folder);
  run.checkpoints = steps;
  if (steps.empty()) return run;
  try {
    run.last_checkpoint = checkpoint_dir(folder, steps.back());
    const TrainerState state = load_trainer_state(run.last_checkpoint);
    run.step = state.step;
    run.max_steps = state.max_steps;
    run.evaluated = state.evaluated;
    run.ended_early = run.options.early_stopping_patience > 0 &&
                      state.evals_since_best >= run.options.early_stopping_patience;
    run.best_metric = state.best_metric;
    if (std::find(steps.begin(), steps.end(), state.best_step) != steps.end()) {
      run.best_step = state.best_step;
      run.best_checkpoint = checkpoint_dir(folder, state.best_step);
    }
    // The log, which may be long, is read only where it decides.
    const bool newest_is_best = run.best_step == steps.back() && chosen_step(folder) == 0;
    run.in_use = newest_is_best ? run.last_checkpoint : checkpoint_in_use(read_run(folder));
  } catch (const Error&) {
    run.last_checkpoint.clear();
  }
  return run;
}

}  // namespace

std::vector<RunSummary> list_runs(const fs::path& runs_folder) {
  std::vector<RunSummary> runs;
  std::error_code error;
  for (fs::directory_iterator entry(runs_folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->is_directory(error)) continue;
    if (auto run = summary_of(entry->path())) runs.push_back(std::move(*run));
  }
  std::sort(runs.begin(), runs.end(), [](const RunSummary& a, const RunSummary& b) {
    return a.version != b.version ? a.version > b.version : a.name > b.name;
  });
  return runs;
}

std::vector<fs::path> row_files_of(const std::vector<RunSummary>& runs) {
  std::vector<fs::path> files;
  for (const RunSummary& run : runs) {
    files.insert(files.end(), run.options.dataset.begin(), run.options.dataset.end());
    files.insert(files.end(), run.options.val_dataset.begin(), run.options.val_dataset.end());
  }
  return files;
}

}  // namespace minnow
