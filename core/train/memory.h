// Predicted peak memory and the token budget that fits. Torch-free.
#pragma once

#include <cstdint>
#include <optional>

#include "core/model/config.h"
#include "core/types/train_options.h"

namespace minnow {

/// Libraries, rows and what else the program holds, bytes; 250 to 370 MB were measured.
constexpr std::int64_t kProgramBytes = 300'000'000;

struct MemoryPlan {
  std::int64_t token_budget = 0;      ///< tokens through the stack at once
  bool recompute = false;             ///< activations are computed again in backward
  std::int64_t weights_bytes = 0;     ///< resident weights, mapped or not
  std::int64_t adapter_bytes = 0;     ///< adapter, gradients, moments
  std::int64_t activation_bytes = 0;  ///< at the budget
  std::int64_t head_bytes = 0;        ///< logits in flight
  std::int64_t peak_bytes() const {
    return weights_bytes + adapter_bytes + activation_bytes + head_bytes + kProgramBytes;
  }
};

/// Rows of logits computed at once: at most 100 MB of them, at least 32 rows.
std::int64_t logit_rows(std::int64_t vocab_size, std::int64_t element_bytes);

/// The largest plan that fits into `available` bytes (weights count too: mapped ones must stay cached): full
/// activations with a budget of up to 4,096 tokens, then recomputation, then smaller budgets. `step_tokens`: tokens
/// that the largest step computes, where known; no more than that is ever in flight. Throws Error(memory) with both
/// figures when even one row of `longest_row` tokens doesn't fit.
MemoryPlan plan_memory(const Qwen3Config& config, const TrainOptions& options, bool bf16, std::int64_t longest_row,
                       std::int64_t available, std::optional<std::int64_t> step_tokens = {});

/// The same for decoding `batch` rows of `tokens` tokens each.
std::int64_t predicted_generate_bytes(const Qwen3Config& config, bool bf16, std::int64_t batch, std::int64_t tokens);

}  // namespace minnow
