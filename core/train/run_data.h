// The rows of a run: read, split, tokenised and checked before the first step. Torch-free.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/text/prompt.h"
#include "core/types/example.h"
#include "core/types/message.h"
#include "core/types/row.h"
#include "core/types/task.h"
#include "core/types/train_options.h"

namespace minnow {

struct RunData {
  std::vector<TokenizedExample> train, validation;
  std::vector<Conversation> validation_rows;  ///< the same rows as text, for the task score; empty when pre-tokenised
  std::optional<std::string> system;          ///< of all training rows, "" for none; nothing where they differ or it isn't known
  std::int64_t dropped_long = 0;              ///< rows over max_length left out (drop_long_rows)
  std::vector<std::string> notes;
};

/// Reads options.dataset (and val_dataset), splits as the reference does, tokenises with the one prompt function.
/// The start gate: throws Error(data) that lists the rows for a supervised row without end token, rows over max_length
/// (unless truncation or dropping is allowed), prompt ids that differ from inference's, validation rows that stand in
/// the training rows, for rows without an answer, for answers that are all empty, and for no rows at all. Rows that
/// can't be read or used or are marked not to be learnt are left out. The notes say that, and how many labels aren't
/// JSON objects with the task's keys (without a task: the first label's). Stopped: nothing.
RunData load_run_data(const TrainOptions& options, const Prompter& prompter, std::int32_t end_token,
                      const std::stop_token& stop = {}, const Task* task = nullptr);

/// The rows in the order of epoch e: torch.randperm seeded data_seed + e, or file order without shuffle.
std::vector<std::int64_t> epoch_order(const TrainOptions& options, std::int64_t rows, std::int64_t epoch);

}  // namespace minnow
