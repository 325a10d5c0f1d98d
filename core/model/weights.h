// Qwen3Weights: the tensors of a dense Qwen3, mapped read-only from safetensors where the dtype allows. Inner header.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/model/config.h"

namespace minnow {

/// The seven linear layers of a decoder layer, in this order everywhere.
enum Linear : int { kQ, kK, kV, kO, kGate, kUp, kDown, kLinearCount };
/// "self_attn.q_proj" … "mlp.down_proj": their module names inside a layer.
const char* linear_name(Linear which);

struct LayerWeights {
  at::Tensor input_layernorm;           ///< [D]
  at::Tensor post_attention_layernorm;  ///< [D]
  at::Tensor q_norm, k_norm;            ///< [E]
  at::Tensor linear[kLinearCount];      ///< each [out, in]
};

/// Never written to when mapped; `files` keeps the mappings alive. Thread-safe to read.
struct Qwen3Weights {
  Qwen3Config config;
  at::Tensor embed_tokens;  ///< [V, D]
  at::Tensor norm;          ///< [D]
  at::Tensor lm_head;       ///< [V, D]; the same tensor as embed_tokens when tied
  std::vector<LayerWeights> layers;
  std::vector<std::shared_ptr<const void>> files;
  std::int64_t mapped_bytes = 0;  ///< bytes that lie in the files, not in anonymous memory

  at::ScalarType dtype() const { return norm.scalar_type(); }
  at::Device device() const { return norm.device(); }
};

/// Every weight by its checkpoint name ("model.layers.0.self_attn.q_proj.weight"), in checkpoint order; lm_head.weight
/// only when untied.
std::vector<std::pair<std::string, at::Tensor>> named_tensors(const Qwen3Weights& weights);

/// Opens a model folder (single or sharded). Weights stay mapped when the files' dtype is `dtype` and the device is the
/// CPU; otherwise they are converted once. `note` gets what is guessed (keys, other spellings of names) and what of the
/// files is not used though it would make a difference: a head of its own beside tie_word_embeddings, biases, layers.
/// Throws Error(format) where config.json and tensors disagree or a tensor is missing, naming key and tensor.
Qwen3Weights load_weights(const std::filesystem::path& folder, at::ScalarType dtype, at::Device device,
                          const NoteSink& note = {});

/// Random weights of any shape: linear and embedding normal(0, 0.02), norms 1 (facts 1.4). Linear layers that write to
/// the residual stream (o, down) are scaled by `output_scale`.
Qwen3Weights random_weights(const Qwen3Config& config, at::ScalarType dtype, at::Device device, std::uint64_t seed,
                            double output_scale = 1.0);

/// "float32" | "bfloat16" | "float16" ↔ ScalarType. Throws Error(usage).
at::ScalarType scalar_type_from(const std::string& name);
std::string scalar_type_name(at::ScalarType type);

}  // namespace minnow
