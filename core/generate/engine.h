// The one decoding engine: evaluation, labelling, Try, the server and the trainer's task score all call generate().
// Continuous batching over a preallocated key/value cache; common prompt prefixes are computed once; drafts are copied
// from the row's own input and checked in one pass. Torch-free header.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "core/types/generate_options.h"
#include "core/types/progress.h"
#include "core/types/task.h"

namespace minnow {

class LoadedModel;
class Tokenizer;
struct LoraSet;
struct Qwen3Weights;

/// One row to answer.
struct GenerateRequest {
  std::vector<std::int32_t> prompt_ids;  ///< at least one id
  std::int64_t max_new_tokens = 256;     ///< fewer where max_position_embeddings leaves no room; then reason is length
  SamplingOptions sampling;
  bool ignore_eos = false;                  ///< never stop before max_new_tokens (a constrained answer ends when it is whole)
};

/// A token was chosen for a row: index in the job's requests, id. In the order of each row; rows come interleaved.
using TokenSink = std::function<void(std::size_t row, std::int32_t id)>;
/// A row is done. Called once for every row, also for cancelled ones.
using RowSink = std::function<void(std::size_t row, const Completion& completion)>;

/// What to answer, how, and who hears of it. The sinks are called on the thread that called generate().
struct GenerateJob {
  const std::vector<GenerateRequest>* requests = nullptr;
  EngineOptions options;
  const Task* task = nullptr;  ///< the keys for options.constrain_json
  TokenSink on_token;
  RowSink on_row;
  ProgressSink on_progress;    ///< rows done of all
};

/// Decodes every request; completions are in the order of the requests. Rows are admitted in groups that share a prompt
/// prefix, groups in the order of their first row. Blocks; `stop` is seen in every layer: what was decoded so far comes
/// back with FinishReason::cancelled. `adapter` may be null; it isn't the model's own adapter unless it is given.
/// Greedy f32 answers depend on neither batch size, drafts nor company but for rounding; a sampled row draws from a
/// generator of its own, seeded by its options, so it doesn't either.
/// Held to JSON, each row that isn't cancelled is whole. Throws Error(usage) for an empty prompt, a foreign id or
/// max_new_tokens too few for the task's JSON, Error(memory) when the cache of a single row doesn't fit.
std::vector<Completion> generate(const LoadedModel& model, const LoraSet* adapter, const GenerateJob& job,
                                 std::stop_token stop = {}, GenerateStats* stats = nullptr);

/// What the engine needs of a model; for callers that hold weights rather than a LoadedModel (tests, bench, verify).
struct EngineModel {
  const Qwen3Weights* weights = nullptr;
  const LoraSet* adapter = nullptr;
  std::vector<std::int32_t> stop_ids;
  const Tokenizer* tokenizer = nullptr;  ///< only for options.constrain_json
};
std::vector<Completion> generate(const EngineModel& model, const GenerateJob& job, std::stop_token stop = {},
                                 GenerateStats* stats = nullptr);

}  // namespace minnow
