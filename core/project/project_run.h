// What a project gives a run of training or evaluation: its rows, its student, its task.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/types/message.h"
#include "core/types/train_options.h"

namespace minnow {

struct ProjectRun {
  TrainOptions options;
  LeftOut left_out;  ///< rows that aren't trained on
};

/// Makes `options` a run of the project: its rows as write_train_files() writes them (dataset, val_dataset), runs/ as
/// output_dir, the student where no model is given, the task's prompt style. Where no row is split yet all labelled
/// rows are trained on, and training cuts its own validation rows off. `keep`: files of earlier runs that stay.
/// Stopped: options without a dataset. Throws what write_train_files() throws, and Error(usage) without a student.
ProjectRun run_of_project(const Project& project, TrainOptions options,
                          const std::vector<std::filesystem::path>& keep = {}, std::stop_token stop = {});

struct EvaluationRows {
  std::vector<Conversation> rows;
  std::string name;  ///< of the split
  LeftOut left_out;
};

/// The rows that an evaluation asks: the labelled test rows, or the validation rows where there are none. Rows that
/// need review stay outside unless `include_unreviewed`. Throws Error(data) if there are neither.
EvaluationRows rows_to_evaluate(const Project& project, bool include_unreviewed = false);

}  // namespace minnow
