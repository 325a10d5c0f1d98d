// What a project gives a run of training or evaluation: its rows, its student, its task.
#pragma once

#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/types/message.h"
#include "core/types/train_options.h"

namespace minnow {

/// Makes `options` a run of the project: train/validation rows written to data/train.jsonl and data/validation.jsonl
/// (dataset, val_dataset), runs/ as output_dir, the student where no model is given, the task's concise prompt and
/// style. Rows are used as they are split; where none is split yet all labelled rows are trained on, and training cuts
/// its own validation rows off. The same rows give the same bytes, so a run can be resumed as long as they stay.
/// Throws Error(data) if there is nothing to train on, Error(usage) without a student, Error(busy) or Error(read_only)
/// for a project that is open read-only, and what the disk refuses.
TrainOptions run_of_project(const Project& project, TrainOptions options);

/// The rows that an evaluation asks: the labelled test rows, or the validation rows where there are none. `name` is set
/// to the split's. Throws Error(data) if there are neither.
std::vector<Conversation> rows_to_evaluate(const Project& project, std::string* name);

}  // namespace minnow
