// RunRecord: a training run as its folder tells it, for the list of earlier runs and for drawing its curves again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/types/auto_choice.h"
#include "core/types/train_event.h"
#include "core/types/train_options.h"
#include "core/types/verdict.h"

namespace minnow {

/// A setting that differs between two runs, as text for people: "learning_rate", "0.0001", "0.0002".
struct SettingDifference {
  std::string name, here, there;
  bool operator==(const SettingDifference&) const = default;
};

/// What a person wrote about a run (notes.json in its folder).
struct RunNotes {
  std::string title;  ///< one line; empty: the folder's name serves
  std::string note;   ///< any text
  bool operator==(const RunNotes&) const = default;
};

/// A setting that isn't the same in all runs of a table: one value a run, as text for people.
struct SettingColumn {
  std::string name;
  std::vector<std::string> values;
  bool operator==(const SettingColumn&) const = default;
};

struct RunRecord {
  std::filesystem::path folder;
  std::string name;             ///< the folder's: "v3-20261123-164500"
  RunNotes notes;
  TrainOptions options;         ///< args.json
  AutoChoice chosen;            ///< auto.json; empty where recipe auto chose nothing
  std::vector<StepDone> steps;  ///< logging.jsonl, ascending
  std::vector<EvalDone> evals;
  std::int64_t max_steps = 0;
  std::int64_t validation_rows = 0;       ///< 0 = unknown
  std::int64_t best_step = 0;             ///< 0 = none
  std::vector<std::int64_t> checkpoints;  ///< whole ones, ascending
  std::int64_t step_in_use = 0;           ///< of the checkpoint that others take (checkpoint_in_use()); 0 = none
  std::int64_t unsound_from = 0;          ///< the weights of this step and later gave losses that are no numbers; 0 = none
  double seconds = 0.0;                   ///< spent on training, as the newest line of the log has it
  Verdict verdict;
  bool ended_early = false;  ///< by early stopping: there is nothing to resume
  bool has_report = false;                          ///< report.json is there
  std::int64_t report_rows = 0, report_right = 0;  ///< its tuned side: rows asked, rows right; 0 rows = unknown
  std::string problem;      ///< what couldn't be read, a sentence; empty = all could

  std::int64_t last_step() const { return steps.empty() ? 0 : steps.back().step; }
  /// All steps are done, and with validation rows the evaluation after the last one, too; or it ended early.
  bool finished() const {
    return max_steps > 0 && (ended_early || (last_step() >= max_steps &&
                                             (evals.empty() ? validation_rows == 0 : evals.back().step >= last_step())));
  }
};

}  // namespace minnow
