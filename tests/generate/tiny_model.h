// What the engine's tests ask: a tiny model with random weights and clear-cut choices, and made-up prompts.
#pragma once

#include <ATen/ATen.h>
#undef slots

#include "core/generate/engine.h"
#include "core/model/weights.h"

namespace minnow::test {

using Ids = std::vector<std::int32_t>;

inline Qwen3Config tiny() {
  Qwen3Config c;
  c.hidden_size = 64;
  c.intermediate_size = 96;
  c.num_hidden_layers = 3;
  c.num_attention_heads = 4;
  c.num_key_value_heads = 2;
  c.head_dim = 32;
  c.vocab_size = 300;
  c.max_position_embeddings = 512;
  c.rope_theta = 1e6;
  c.tie_word_embeddings = true;
  return c;
}

inline Qwen3Weights tiny_weights() {
  Qwen3Weights weights = random_weights(tiny(), at::kFloat, at::kCPU, 7, 0.5);
  // A larger embedding makes the choices clear-cut, so that rounding can't change them.
  weights.embed_tokens.mul_(8.0);
  return weights;
}

/// Random ids; the same seed gives the same.
inline Ids ids_of(std::size_t count, std::uint32_t seed) {
  Ids ids;
  for (std::size_t i = 0; i < count; ++i) {
    seed = seed * 1664525u + 1013904223u;
    ids.push_back(static_cast<std::int32_t>((seed >> 8) % 300));
  }
  return ids;
}

inline GenerateRequest request(Ids prompt, std::int64_t max_new_tokens) {
  GenerateRequest r;
  r.prompt_ids = std::move(prompt);
  r.max_new_tokens = max_new_tokens;
  return r;
}

inline Ids joined(Ids a, const Ids& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace minnow::test
