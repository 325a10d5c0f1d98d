// Memory arithmetic.
#include "core/train/memory.h"

#include <algorithm>
#include <cstdio>

#include "core/types/error.h"

namespace minnow {
namespace {

/// Bytes one token keeps for backward: each layer's saved tensors (stack.h), or its input alone with recomputation.
std::int64_t kept_per_token(const Qwen3Config& c, std::int64_t element, bool recompute) {
  const std::int64_t D = c.hidden_size, Q = c.num_attention_heads * c.head_dim, KV = c.num_key_value_heads * c.head_dim,
                     I = c.intermediate_size;
  const std::int64_t full = (2 * D + 2 * Q + 2 * KV + 2 * I) * element;
  return recompute ? c.num_hidden_layers * D * element + full : c.num_hidden_layers * full;
}

/// What one layer's backward holds beside that, and the f32 sums at the head.
std::int64_t passing_per_token(const Qwen3Config& c, std::int64_t element) {
  const std::int64_t Q = c.num_attention_heads * c.head_dim;
  return (6 * c.hidden_size + 6 * Q + 4 * c.intermediate_size) * element + 4 * c.hidden_size;
}

/// Logits in flight, if so many tokens are supervised, and the hidden states gathered for them with their gradient.
std::int64_t head_bytes(const Qwen3Config& c, std::int64_t element, std::int64_t tokens) {
  return std::min(logit_rows(c.vocab_size, element), tokens) * c.vocab_size * element +
         tokens * c.hidden_size * 4 * element;
}

std::string gigabytes(std::int64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
  return text;
}

}  // namespace

std::int64_t logit_rows(std::int64_t vocab_size, std::int64_t element_bytes) {
  return std::clamp<std::int64_t>((96 << 20) / (vocab_size * element_bytes), 32, 4096);
}

MemoryPlan plan_memory(const Qwen3Config& c, const TrainOptions& o, bool bf16, std::int64_t longest_row,
                       std::int64_t available, std::optional<std::int64_t> step_tokens) {
  const std::int64_t element = bf16 ? 2 : 4;
  MemoryPlan plan;
  plan.weights_bytes = c.parameter_count() * element;
  const std::int64_t D = c.hidden_size, Q = c.num_attention_heads * c.head_dim, KV = c.num_key_value_heads * c.head_dim;
  plan.adapter_bytes = c.num_hidden_layers * o.lora_rank * (6 * D + 2 * Q + 2 * KV + 3 * c.intermediate_size) *
                       20;  // value, copy, grad, m, v
  const std::int64_t least = std::max<std::int64_t>(longest_row, 64);
  for (const bool recompute : {o.gradient_checkpointing, true}) {
    plan.recompute = recompute;
    const std::int64_t per_token =
        kept_per_token(c, element, recompute) + passing_per_token(c, element) +
        (o.lora_dropout > 0.0 ? c.intermediate_size * (4 + 2 * element) : 0);  // a mask, what it leaves
    const std::int64_t most = std::max(o.token_budget > 0 ? o.token_budget : std::int64_t{4096}, least);
    for (std::int64_t budget = most;; budget = std::max(least, budget / 2)) {
      plan.token_budget = budget;
      const std::int64_t tokens = std::min(budget, std::max(least, step_tokens.value_or(budget)));
      plan.activation_bytes = tokens * per_token;
      plan.head_bytes = head_bytes(c, element, tokens);
      if (plan.peak_bytes() <= available) return plan;
      if (budget == least || o.token_budget > 0) break;
    }
  }
  throw Error(ErrorKind::memory,
              "training needs at least " + gigabytes(plan.peak_bytes()) + " of memory (weights " +
                  gigabytes(plan.weights_bytes) + ", a row of " + std::to_string(longest_row) + " tokens), " +
                  gigabytes(available) + " are available",
              "memory");
}

std::int64_t predicted_generate_bytes(const Qwen3Config& c, bool bf16, std::int64_t batch, std::int64_t tokens) {
  const std::int64_t element = bf16 ? 2 : 4;
  const std::int64_t cache = 2 * c.num_hidden_layers * c.num_key_value_heads * c.head_dim * batch * tokens * element;
  return c.parameter_count() * element + cache + batch * c.vocab_size * (element + 4) + (std::int64_t{300} << 20);
}

}  // namespace minnow
