// The one decoding engine. Engine is a service: requests join between any two steps and leave when they are done,
// cancelled or late; the cache is paged, and what prompts begin with is kept across requests (kv_cache.h). Base and
// tuned rows decode in one pass. generate() answers a whole list with it. Torch-free header.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/types/generate_options.h"
#include "core/types/progress.h"
#include "core/types/task.h"

namespace minnow {

class JsonConstraint;
class LoadedModel;
class Tokenizer;
struct LoraSet;
struct Qwen3Weights;

/// One row to answer.
struct GenerateRequest {
  std::vector<std::int32_t> prompt_ids;  ///< at least one id
  std::int64_t max_new_tokens = 256;     ///< fewer where max_position_embeddings leaves no room; then reason is length
  SamplingOptions sampling;
  bool ignore_eos = false;  ///< never stop before max_new_tokens (a constrained answer ends when it is whole)
};

/// What the engine needs of a model; for callers that hold weights rather than a LoadedModel (tests, bench, verify).
struct EngineModel {
  const Qwen3Weights* weights = nullptr;
  const LoraSet* adapter = nullptr;  ///< of generate()'s rows; a request to an Engine names its own
  std::vector<std::int32_t> stop_ids;
  const Tokenizer* tokenizer = nullptr;  ///< only for constraints and stop strings
};

/// A request's number; never used again.
using Ticket = std::uint64_t;

enum class RowEnd { stop_id, stop_string, length, cancelled, deadline };

struct RowResult {
  Completion completion;  ///< reason is stop for both stops, cancelled for a deadline too
  RowEnd end = RowEnd::length;
};

/// A request to an Engine: what to answer, how, and who hears of it. The sinks are called in step() and cancel().
struct EngineRequest : GenerateRequest {
  std::vector<std::int32_t> stop_ids;          ///< beside the model's
  std::vector<std::string> stop_strings;       ///< end the answer with the token that completes one; UTF-8
  std::shared_ptr<JsonConstraint> constraint;  ///< null: any token may come
  std::shared_ptr<const LoraSet> adapter;      ///< null: the model as it is
  std::optional<std::chrono::steady_clock::time_point> deadline;
  bool drafts = true;             ///< copied from the prompt and from other answers, and what the constraint forces
  int max_draft_tokens = 15;      ///< of a row in one pass
  std::int64_t input_begin = -1;  ///< where the row's own input begins in its prompt; -1: behind what the cache knows
  bool keep = true;               ///< the row stays in the prefix cache; false: only what is before input_begin
  /// A token was chosen, in order.
  std::function<void(Ticket, std::int32_t id)> on_token;
  /// The row is done. Called once for every ticket, after its tokens.
  std::function<void(Ticket, const RowResult&)> on_done;
};

struct EngineLimits {
  std::int64_t rows = 0;          ///< decoded together; 0 = 32 on a CPU, 256 on a CUDA device
  std::int64_t cache_tokens = 0;  ///< 0 = 1,024 for each row, as far as a quarter of the available memory goes
  std::int64_t longest = 0;       ///< tokens of a row, prompt and answer; 0 = the model's max_position_embeddings
};

struct EngineStats : GenerateStats {
  std::int64_t cached_tokens = 0;  ///< prompt tokens that were in the cache
  std::int64_t prefix_hits = 0;    ///< requests that found a part of their prompt there
  std::int64_t preemptions = 0;    ///< rows that had to wait again for places
};

/// Greedy f32 answers depend on neither company, drafts, the moment of joining, the cache's state nor preemption but
/// for rounding; a sampled row draws from a generator of its own. One thread; sinks may submit and cancel.
class Engine {
 public:
  /// Borrows what `model` points to. Memory is taken with the first row.
  explicit Engine(EngineModel model, EngineLimits limits = {});
  /// Shares the model; its adapter is used only where a request names it.
  explicit Engine(std::shared_ptr<const LoadedModel> model, EngineLimits limits = {});
  ~Engine();

  /// Puts the request behind those that wait. Throws Error(usage) for an empty prompt, a foreign id, max_new_tokens too
  /// few for the constraint or stop strings without a tokenizer, Error(memory) with the figures for a row that the
  /// cache can't hold. `name` is how a sentence calls the request.
  Ticket submit(EngineRequest request, const std::string& name = "the request");
  /// Ends the row with what it has. False when it is done already.
  bool cancel(Ticket ticket);
  /// Lets waiting rows in, does one pass and calls the sinks. True while rows are left. `stop` is seen in every layer;
  /// a stopped pass changes nothing. Throws Error(memory) when the cache isn't to be had; rows stay as they were.
  bool step(std::stop_token stop = {});
  /// Rows that aren't done.
  std::int64_t rows() const;

  /// To be called when an adapter's numbers have changed, while no row uses it: what the cache knows of it goes, and it
  /// is let go itself.
  void forget(const LoraSet& adapter);

  /// Rows that an engine of these limits decodes together.
  static std::int64_t rows_together(const EngineModel& model, const EngineLimits& limits);
  const EngineStats& stats() const;
  std::int64_t taken_blocks() const;   ///< of the cache, that rows hold
  std::int64_t cached_blocks() const;  ///< that are kept for prompts to come

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A token was chosen for a row: index in the job's requests, id. In the order of each row; rows come interleaved.
using TokenSink = std::function<void(std::size_t row, std::int32_t id)>;
/// A row is done. Called once for every row, also for cancelled ones.
using RowSink = std::function<void(std::size_t row, const Completion& completion)>;

/// A list of requests. The sinks are called on the thread that called generate().
struct GenerateJob {
  const std::vector<GenerateRequest>* requests = nullptr;
  EngineOptions options;
  const Task* task = nullptr;  ///< the keys for options.constrain_json
  TokenSink on_token;
  RowSink on_row;
  ProgressSink on_progress;  ///< rows done of all
};

/// Decodes every request with an engine of its own; completions are in the order of the requests. Rows are admitted in
/// groups that share a prompt prefix, groups in the order of their first row. Blocks; `stop` is seen in every layer:
/// what was decoded so far comes back with FinishReason::cancelled. `adapter` may be null; it isn't the model's own
/// adapter unless it is given. Held to JSON, each row that isn't cancelled is whole. Throws what Engine::submit and
/// step throw.
std::vector<Completion> generate(const LoadedModel& model, const LoraSet* adapter, const GenerateJob& job,
                                 std::stop_token stop = {}, GenerateStats* stats = nullptr);
std::vector<Completion> generate(const EngineModel& model, const GenerateJob& job, std::stop_token stop = {},
                                 GenerateStats* stats = nullptr);

}  // namespace minnow
