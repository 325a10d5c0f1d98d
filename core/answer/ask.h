// Single texts put to a model as evaluation puts rows to it: the untuned side under the detailed prompt, the tuned one
// under the prompt it was trained with, each in its own style. What Try shows while it comes, and what a written model
// is tested with. Torch-free header.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/answer/answer.h"
#include "core/types/evaluate_options.h"
#include "core/types/generate_options.h"
#include "core/types/progress.h"
#include "core/types/task.h"

namespace minnow {

class LoadedModel;

struct AskOptions {
  EngineOptions engine;
  SamplingOptions sampling;  ///< greedy unless said otherwise; row n draws with seed + n
  std::int64_t max_new_tokens = 256;
};

struct TimedAnswer : Answer {
  double first_token_seconds = 0.0;  ///< from the start of the call
  double seconds = 0.0;              ///< from the start of the call to the last token
};

/// Called on the thread that asks. Characters as they are complete; then the answer, once per row.
struct AskSink {
  std::function<void(std::size_t row, const std::string& characters)> on_text;
  std::function<void(std::size_t row, const TimedAnswer& answer)> on_answer;
  ProgressSink on_progress;  ///< rows
};

/// `side` is before (without the model's adapter) or after. Blocks; `stop` is seen in every layer: rows that weren't
/// done come back cancelled. Answers in the order of `inputs`. Throws as generate() does.
std::vector<TimedAnswer> ask(const LoadedModel& model, const Task& task, const std::vector<std::string>& inputs,
                             EvaluateSides side, const AskOptions& options, const AskSink& sink = {},
                             std::stop_token stop = {}, GenerateStats* stats = nullptr);

}  // namespace minnow
