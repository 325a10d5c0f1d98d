// The same weights in another dtype, for tests that compare ways of computing.
#pragma once

#include <ATen/ATen.h>

#include "core/model/weights.h"

namespace minnow {

inline Qwen3Weights in_dtype(Qwen3Weights w, at::ScalarType type) {
  w.embed_tokens = w.embed_tokens.to(type);
  w.lm_head = w.config.tie_word_embeddings ? w.embed_tokens : w.lm_head.to(type);
  w.norm = w.norm.to(type);
  for (LayerWeights& layer : w.layers) {
    for (at::Tensor* t : {&layer.input_layernorm, &layer.post_attention_layernorm, &layer.q_norm, &layer.k_norm})
      *t = t->to(type);
    for (at::Tensor& t : layer.linear) t = t.to(type);
  }
  return w;
}

}  // namespace minnow
