// The rows of a project as files that a run trains on.
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/data/left_out.h"

namespace minnow {

class Project;

struct TrainFiles {
  std::filesystem::path train, validation;  ///< validation is empty where the project has no such split
  std::int64_t train_rows = 0, validation_rows = 0;
  LeftOut left_out;  ///< of these two splits
};

/// Writes the labelled rows of the splits train and validation (without any split: all labelled rows) to
/// data/train-<hash>.jsonl and data/validation-<hash>.jsonl. The hash is that of the content: unchanged rows give the
/// same files, so that an earlier run can be resumed on exactly its rows after others were edited. Files of that form
/// that are neither these nor in `keep` are removed. Rows that need review stay outside unless `include_unreviewed`.
/// Stopped: empty paths, and every file as it was. Throws Error(not_found) when the folder is no project any more,
/// Error(data) when there is no labelled row to train on,
/// Error(busy) or Error(read_only) for a project that is open read-only, and what writing throws.
TrainFiles write_train_files(const Project& project, const std::vector<std::filesystem::path>& keep = {},
                             bool include_unreviewed = false, std::stop_token stop = {});

}  // namespace minnow
