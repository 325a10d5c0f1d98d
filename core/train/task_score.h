// The task score: a few validation rows decoded with the adapter in training and judged.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "core/types/message.h"
#include "core/types/progress.h"
#include "core/types/task.h"
#include "core/types/train_event.h"

namespace minnow {

class LoadedModel;
struct LoraSet;

struct TaskScore {
  std::int64_t rows = 0;  ///< 0 when nothing was decoded (stopped, or no answer is JSON)
  double valid_json = 0.0, exact_rows = 0.0;
  std::vector<SampleReady> samples;  ///< the first few answers
};

/// Greedy answers to the rows' own prompts; without `task` its fields come from the answers' keys.
TaskScore score_rows(const LoadedModel& model, const LoraSet& adapter, const std::vector<Conversation>& rows,
                     const std::optional<Task>& task, std::stop_token stop, const ProgressSink& progress = {});

}  // namespace minnow
