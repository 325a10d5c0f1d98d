// Options of decoding, each named as transformers' generation_config.json names it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace minnow {

/// Sampling in the reference order: repetition_penalty, temperature, top_k, top_p, min_p, one draw (facts 5).
struct SamplingOptions {
  double temperature = 0.0;         ///< 0 = greedy
  int top_k = 0;                    ///< 0 = off
  double top_p = 1.0;               ///< 1 = off
  double min_p = 0.0;               ///< 0 = off
  double repetition_penalty = 1.0;  ///< 1 = off
  std::uint64_t seed = 42;
};

struct EngineOptions {
  int batch_size = 0;          ///< rows decoded together; 0 = 32 on a CPU, 256 on a CUDA device
  bool drafts = true;          ///< copy drafts from the prompt and check them in one pass (prompt look-up decoding)
  int max_draft_tokens = 15;   ///< of a row in one pass
  bool constrain_json = false; ///< only tokens that keep the answer the task's JSON
};

enum class FinishReason { stop, length, cancelled };

/// One decoded answer. ids include the stop token when reason is stop.
struct Completion {
  std::vector<std::int32_t> ids;
  std::vector<float> logprobs;  ///< natural log of the chosen token's probability, one per id
  FinishReason reason = FinishReason::length;
};

/// What a whole generate call did; counts are what tests assert on.
struct GenerateStats {
  std::int64_t forward_passes = 0;    ///< passes through the stack, prefill chunks and decode steps together
  std::int64_t decode_passes = 0;
  std::int64_t prompt_tokens = 0;     ///< as given
  std::int64_t prefilled_tokens = 0;  ///< computed, after sharing prefixes
  std::int64_t new_tokens = 0;
  std::int64_t draft_tokens = 0;
  std::int64_t draft_accepted = 0;
  double seconds = 0.0;
};

}  // namespace minnow
