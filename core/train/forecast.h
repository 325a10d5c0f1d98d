// What a run will take, measured before it starts: one layer and the head are timed on the run's own rows and
// multiplied up; of a small stack whole steps are. Torch-free header.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/model/loaded_model.h"
#include "core/train/memory.h"
#include "core/train/microbatch.h"
#include "core/types/example.h"
#include "core/types/train_forecast.h"
#include "core/types/train_options.h"

namespace minnow {

struct Qwen3Weights;
struct RunData;
struct StepPlan;

/// Seconds that the parts of a run take on this machine, now.
struct StepCosts {
  double train_token =
      0.0;  ///< forward and backward of the whole stack, per computed token; a small one's with its head
  double eval_token = 0.0;  ///< forward alone
  double head_token = 0.0;  ///< head, loss and their gradient, per supervised token
  double eval_head_token = 0.0;
  double decode_step = 0.0;  ///< one token for each of 32 rows at once
  double optimiser_step = 0.0;
  std::int64_t adapter_parameters = 0;
};

/// Times one layer and the head on `rows` (at most about 1,024 computed tokens of them), about as much as 5 / layers of
/// one step; of a stack that trains in lanes whole steps, a second at most. Reads the weights, changes nothing.
StepCosts measure_costs(const Qwen3Weights& weights, const TrainOptions& options,
                        const std::vector<const TokenizedExample*>& rows, const CutOptions& cut, bool recompute);

/// Of a run's time, at most this goes into the task score.
inline constexpr double kScoreShare = 0.10;

/// What a run is made of.
struct RunWork {
  std::int64_t steps = 0, evaluations = 0;
  double tokens_per_step = 0.0, supervised_per_step = 0.0;                        ///< computed tokens, after sharing
  double eval_tokens = 0.0, eval_supervised = 0.0;                                ///< of one evaluation
  bool always_scored = false;  ///< the score chooses the best step, so every evaluation has one
  double score_rows = 0.0, score_prompt_tokens = 0.0, score_answer_tokens = 0.0;  ///< of one score; answer: the longest
};
RunWork work_of(const TrainOptions& options, const RunData& data, const StepPlan& plan, const CutOptions& cut);

/// Seconds of one optimiser step; of eval loss over all validation rows; of one task score (0 without one).
double step_seconds(const RunWork& work, const StepCosts& costs);
double eval_loss_seconds(const RunWork& work, const StepCosts& costs);
double score_seconds(const RunWork& work, const StepCosts& costs);

/// Seconds of the whole run.
double predict_seconds(const RunWork& work, const StepCosts& costs);

/// Computed tokens of rows over their tokens as given.
double computed_share(const std::vector<const TokenizedExample*>& rows, const CutOptions& cut);

/// The memory that a run on `model` takes, with what the machine or the device has for it. Throws as plan_memory.
MemoryPlan plan_run_memory(const LoadedModel& model, const TrainOptions& options,
                           const std::vector<TokenizedExample>& train, std::int64_t longest_row);

/// Opens the model, reads and checks the rows as `train` would, and predicts. Nothing is written. Throws what train()
/// throws at its start gate: rows that can't be used, too little memory, a device that isn't there.
TrainForecast forecast(const TrainOptions& options, std::stop_token stop = {});

}  // namespace minnow
