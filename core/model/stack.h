// The decoder stack over a packed batch, forward and a hand-written backward. Inner header (includes ATen).
// Qwen3 is one fixed graph, so its gradient is written out: nothing is kept that backward doesn't need, LoRA's products
// stand beside the frozen ones, and the stop switch is seen between layers.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <stop_token>
#include <vector>

#include "core/model/attention_padded.h"
#include "core/model/lora.h"
#include "core/model/lora_dropout.h"
#include "core/model/ops.h"
#include "core/model/prefix_tree.h"
#include "core/model/weights.h"

namespace minnow {

/// Gradients of every weight, f32, for full-parameter training; same order as named_tensors.
struct FullGrads {
  at::Tensor embed_tokens, norm, lm_head;  ///< lm_head is embed_tokens when tied
  struct Layer {
    at::Tensor input_layernorm, post_attention_layernorm, q_norm, k_norm;
    at::Tensor linear[kLinearCount];
  };
  std::vector<Layer> layers;
};
/// Zeros for every weight.
FullGrads zero_grads(const Qwen3Weights& weights);
/// The gradients in the order of named_tensors.
std::vector<at::Tensor> grads_in_order(const FullGrads& grads, bool tied);

/// What one layer keeps for its backward.
struct LayerSaved {
  at::Tensor x;                  ///< layer input [N, D]
  at::Tensor q, k, v;            ///< linear outputs before norm and rotation [N, H*E], [N, K*E]
  at::Tensor attended;           ///< [N, H*E]
  at::Tensor middle;             ///< after attention's residual [N, D]
  at::Tensor gate, up;           ///< [N, I]
  at::Tensor low[kLinearCount];  ///< A x^T of each adapted linear [r, N]
};

struct StackSaved {
  std::vector<LayerSaved> layers;
  bool recompute = false;  ///< keep each layer's input only and run its forward again in backward
  LoraDropout dropout;     ///< of the adapter's input, in this forward and its backward
};

/// Model, adapter and the tables that a pass needs. Non-owning but for the rotary table.
class Stack {
 public:
  /// `lora` may be null. `max_positions` bounds the rotary table.
  Stack(const Qwen3Weights& weights, LoraSet* lora, std::int64_t max_positions);

  /// Hidden states after the last layer, before the final norm: [N, D]. With `saved` what backward needs is kept.
  /// Returns an undefined tensor when `stop` was requested.
  at::Tensor forward(const PackedBatch& batch, StackSaved* saved, std::stop_token stop = {}) const;

  /// The gradient [N, D] at forward's result goes down the stack: LoRA gradients are added to the pairs' gradA, gradB,
  /// weight gradients to `full` where given. Consumes `saved`. False when `stop` was requested (gradients are then
  /// partial).
  bool backward(const PackedBatch& batch, at::Tensor dx, StackSaved& saved, FullGrads* full,
                std::stop_token stop = {}) const;

  /// Final norm of gathered hidden states [S, D].
  at::Tensor final_norm(const at::Tensor& x) const {
    return ops::rms_norm(x, weights_.norm, weights_.config.rms_norm_eps);
  }

  const Qwen3Weights& weights() const { return weights_; }
  const ops::RopeTable& rope() const { return rope_; }

 private:
  /// What a pass over a batch works out once for all layers.
  struct Pass {
    Pass(const Stack& stack, const PackedBatch& packed, bool gradient);
    const PackedBatch& batch;
    ops::HeadLayout layout;
    std::optional<PaddedAttention> padded;  ///< where there are no kernels
  };
  at::Tensor attend(const Pass& pass, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) const;
  AttentionGrad attend_backward(const Pass& pass, const at::Tensor& dy, const at::Tensor& q, const at::Tensor& k,
                                const at::Tensor& v) const;
  at::Tensor layer_forward(std::size_t i, const at::Tensor& x, const Pass& pass, const LoraDropout& dropout,
                           LayerSaved* saved) const;
  at::Tensor layer_backward(std::size_t i, const at::Tensor& dy, const Pass& pass, const LoraDropout& dropout,
                            LayerSaved& saved, FullGrads* full) const;

  const Qwen3Weights& weights_;
  LoraSet* lora_;
  AttentionShape shape_;
  ops::RopeTable rope_;
};

/// Rows of the embedding: [N, D].
at::Tensor embed(const Qwen3Weights& weights, const std::vector<std::int32_t>& ids);

/// x W^T, plus the adapter's part when `pair` is given, which sees `dropped` in x's place where that is defined; `low`
/// receives what A makes of it.
at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const LoraPair* pair, at::Tensor* low = nullptr,
                  const at::Tensor& dropped = {});

}  // namespace minnow
