// Forward and backward of the decoder stack (facts on Qwen3, section 1.4).
#include "core/model/stack.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>

#include "core/io/lost_mapping.h"

namespace minnow {
namespace {

const LoraDropout kNoDropout;

std::vector<std::int64_t> begins_of(const PackedBatch& batch) {
  std::vector<std::int64_t> begins;
  for (const TreeNode& node : batch.nodes) begins.push_back(node.begin);
  return begins;
}

LoraPair* pair_of(LoraSet* lora, std::size_t layer, Linear which) {
  return lora && lora->pairs[layer][which] ? &*lora->pairs[layer][which] : nullptr;
}

/// y += a b. In bf16 on the CPU as a product and a sum: oneDNN 2.6 (Debian 12) keeps a pointer to the post-operations
/// of a fused one beyond their life, and another thread's allocations then make nonsense of them.
void add_product_(at::Tensor& y, const at::Tensor& a, const at::Tensor& b) {
  if (y.is_cpu() && y.scalar_type() == at::kBFloat16) {
    ops::add_(y, at::mm(a, b));
  } else {
    y.addmm_(a, b);
  }
}

/// The adapter's part of a gradient: dlow^T A, through the dropout that its input went through.
void add_adapter_part(at::Tensor& dx, const at::Tensor& dlow, const LoraPair& pair, const LoraDropout& dropout,
                      std::size_t layer, Linear which) {
  if (dropout.is_on()) {
    at::Tensor part = at::zeros_like(dx);
    ops::low_rank_up_(part, dlow, pair.a, pair.scale);
    dx.add_(dropout.apply(part, layer, which));
  } else {
    ops::low_rank_up_(dx, dlow, pair.a, pair.scale);
  }
}

void add_grad_b(LoraPair& pair, const at::Tensor& low, const at::Tensor& dy) {
  at::Tensor turned = pair.gradB.t();
  ops::low_rank_grad_(turned, low, dy, pair.scale);
}

/// Adds to dx what y = linear(x) passes down: dy W and the adapter's part; gradients of A, B and W on the way.
/// Where dx is undefined it is made.
void linear_backward(at::Tensor& dx, const at::Tensor& dy, const at::Tensor& x, const at::Tensor& weight,
                     LoraPair* pair, const at::Tensor& low, const at::Tensor& dweight, const LoraDropout& dropout,
                     std::size_t layer, Linear which) {
  if (dx.defined()) {
    add_product_(dx, dy, weight);
  } else {
    dx = at::mm(dy, weight);
  }
  if (pair) {
    const at::Tensor dlow = ops::low_rank_down(dy, pair->b);  // [r, N]
    add_grad_b(*pair, low, dy);
    ops::low_rank_grad_(pair->gradA, dlow, dropout.apply(x, layer, which), pair->scale);
    add_adapter_part(dx, dlow, *pair, dropout, layer, which);
  }
  if (dweight.defined()) at::Tensor(dweight).add_(at::mm(dy.t(), x));
}

at::Tensor grad_slot(const FullGrads* full, std::size_t layer, Linear which) {
  return full ? full->layers[layer].linear[which] : at::Tensor();
}

}  // namespace

Stack::Pass::Pass(const Stack& stack, const PackedBatch& packed, bool gradient)
    : batch(packed), layout(begins_of(packed), packed.positions, stack.rope_, stack.weights_.norm) {
  if (ops::has_cpu_kernels(stack.weights_.norm)) return;
  const std::vector<AttentionPiece> pieces = pieces_of(packed);
  padded.emplace(pieces, packed.tokens(), stack.shape_, stack.weights_.norm.options(), gradient);
}

at::Tensor Stack::attend(const Pass& pass, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) const {
  if (!pass.padded) return tree_attention(q, k, v, pass.batch, shape_);
  const auto by_head = [&](const at::Tensor& x) { return x.view({-1, shape_.K, shape_.E}); };
  return pass.padded->forward(q, by_head(k), by_head(v));
}

AttentionGrad Stack::attend_backward(const Pass& pass, const at::Tensor& dy, const at::Tensor& q, const at::Tensor& k,
                                     const at::Tensor& v) const {
  if (!pass.padded) return tree_attention_backward(dy, q, k, v, pass.batch, shape_);
  const auto by_head = [&](const at::Tensor& x) { return x.view({-1, shape_.K, shape_.E}); };
  return pass.padded->backward(dy, q, by_head(k), by_head(v));
}

FullGrads zero_grads(const Qwen3Weights& weights) {
  const auto zero = [](const at::Tensor& w) { return at::zeros(w.sizes(), w.options().dtype(at::kFloat)); };
  FullGrads grads;
  grads.embed_tokens = zero(weights.embed_tokens);
  grads.norm = zero(weights.norm);
  grads.lm_head = weights.config.tie_word_embeddings ? grads.embed_tokens : zero(weights.lm_head);
  for (const LayerWeights& layer : weights.layers) {
    FullGrads::Layer g{
        zero(layer.input_layernorm), zero(layer.post_attention_layernorm), zero(layer.q_norm), zero(layer.k_norm), {}};
    for (int k = 0; k < kLinearCount; ++k) g.linear[k] = zero(layer.linear[k]);
    grads.layers.push_back(std::move(g));
  }
  return grads;
}

std::vector<at::Tensor> grads_in_order(const FullGrads& grads, bool tied) {
  std::vector<at::Tensor> all{grads.embed_tokens};
  for (const FullGrads::Layer& layer : grads.layers) {
    all.push_back(layer.input_layernorm);
    for (const at::Tensor& linear : layer.linear) all.push_back(linear);
    all.push_back(layer.q_norm);
    all.push_back(layer.k_norm);
    all.push_back(layer.post_attention_layernorm);
  }
  all.push_back(grads.norm);
  if (!tied) all.push_back(grads.lm_head);
  return all;
}

at::Tensor embed(const Qwen3Weights& weights, const std::vector<std::int32_t>& ids) {
  const at::Tensor index =
      at::from_blob(const_cast<std::int32_t*>(ids.data()), {static_cast<std::int64_t>(ids.size())}, at::kInt);
  return weights.embed_tokens.index_select(0, index.to(at::kLong).to(weights.device()));
}

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const LoraPair* pair, at::Tensor* low,
                  const at::Tensor& dropped) {
  at::Tensor y = at::mm(x, weight.t());
  if (pair) {
    const at::Tensor u = ops::low_rank_down(dropped.defined() ? dropped : x, pair->a);
    ops::low_rank_up_(y, u, pair->b, pair->scale);
    if (low) *low = u;
  }
  return y;
}

Stack::Stack(const Qwen3Weights& weights, LoraSet* lora, std::int64_t max_positions)
    : weights_(weights),
      lora_(lora),
      shape_{weights.config.num_attention_heads, weights.config.num_key_value_heads, weights.config.head_dim,
             1.0 / std::sqrt(static_cast<double>(weights.config.head_dim))},
      rope_(ops::rope_table(max_positions, weights.config.head_dim, weights.config.rope_theta, weights.dtype(),
                            weights.device())) {}

at::Tensor Stack::layer_forward(std::size_t i, const at::Tensor& x, const Pass& pass, const LoraDropout& dropout,
                                LayerSaved* saved) const {
  const LayerWeights& w = weights_.layers[i];
  const double eps = weights_.config.rms_norm_eps;
  const auto [H, K, E, scale] = shape_;
  LayerSaved local;
  LayerSaved& s = saved ? *saved : local;
  const auto project = [&](const at::Tensor& in, Linear which) {
    const LoraPair* pair = pair_of(lora_, i, which);
    const at::Tensor dropped = pair && dropout.is_on() ? dropout.apply(in, i, which) : at::Tensor();
    return linear(in, w.linear[which], pair, &s.low[which], dropped);
  };
  const at::Tensor h = ops::rms_norm(x, w.input_layernorm, eps);
  s.q = project(h, kQ);
  s.k = project(h, kK);
  s.v = project(h, kV);
  s.attended = attend(pass, ops::heads_forward(s.q, w.q_norm, rope_, pass.layout, H, E, eps),
                      ops::heads_forward(s.k, w.k_norm, rope_, pass.layout, K, E, eps),
                      ops::heads_forward(s.v, {}, rope_, pass.layout, K, E, eps));
  s.middle = project(s.attended, kO);
  ops::add_(s.middle, x);
  const at::Tensor h2 = ops::rms_norm(s.middle, w.post_attention_layernorm, eps);
  s.gate = project(h2, kGate);
  s.up = project(h2, kUp);
  at::Tensor y = project(ops::swiglu(s.gate, s.up), kDown);
  ops::add_(y, s.middle);
  s.x = x;
  return y;
}

at::Tensor Stack::forward(const PackedBatch& batch, StackSaved* saved, std::stop_token stop) const {
  c10::NoGradGuard no_grad;
  const Pass pass(*this, batch, false);
  at::Tensor x = embed(weights_, batch.ids);
  if (saved) saved->layers.resize(weights_.layers.size());
  for (std::size_t i = 0; i < weights_.layers.size(); ++i) {
    if (stop.stop_requested()) return {};
    LayerSaved* keep = saved && !saved->recompute ? &saved->layers[i] : nullptr;
    if (saved && saved->recompute) saved->layers[i].x = x;
    x = layer_forward(i, x, pass, saved ? saved->dropout : kNoDropout, keep);
    check_mappings();
  }
  return x;
}

at::Tensor Stack::layer_backward(std::size_t i, const at::Tensor& dy, const Pass& pass, const LoraDropout& dropout,
                                 LayerSaved& s, FullGrads* full) const {
  const LayerWeights& w = weights_.layers[i];
  const double eps = weights_.config.rms_norm_eps;
  const auto [H, K, E, scale] = shape_;
  FullGrads::Layer* g = full ? &full->layers[i] : nullptr;
  const auto down = [&](at::Tensor& dx, const at::Tensor& d, const at::Tensor& in, Linear which) {
    linear_backward(dx, d, in, w.linear[which], pair_of(lora_, i, which), s.low[which], grad_slot(full, i, which),
                    dropout, i, which);
  };
  // MLP. The product's input is recomputed by swiglu_backward, so its gradient comes in two parts.
  at::Tensor dact = at::mm(dy, w.linear[kDown]);
  LoraPair* down_pair = pair_of(lora_, i, kDown);
  at::Tensor dlow;
  if (down_pair) {
    dlow = ops::low_rank_down(dy, down_pair->b);
    add_adapter_part(dact, dlow, *down_pair, dropout, i, kDown);
    add_grad_b(*down_pair, s.low[kDown], dy);
  }
  const ops::SwigluGrad act = ops::swiglu_backward(dact, s.gate, s.up);
  dact.reset();
  if (down_pair) ops::low_rank_grad_(down_pair->gradA, dlow, dropout.apply(act.y, i, kDown), down_pair->scale);
  if (g) g->linear[kDown].add_(at::mm(dy.t(), act.y));
  s.gate.reset();
  s.up.reset();
  const at::Tensor h2 = ops::rms_norm(s.middle, w.post_attention_layernorm, eps);
  at::Tensor dh2;
  down(dh2, act.dgate, h2, kGate);
  down(dh2, act.dup, h2, kUp);
  const at::Tensor dmiddle = ops::rms_norm_backward(dh2, s.middle, w.post_attention_layernorm, eps, dy,
                                                    g ? g->post_attention_layernorm : at::Tensor());
  // Attention.
  at::Tensor dattended;
  down(dattended, dmiddle, s.attended, kO);
  const at::Tensor q = ops::heads_forward(s.q, w.q_norm, rope_, pass.layout, H, E, eps);
  const at::Tensor k = ops::heads_forward(s.k, w.k_norm, rope_, pass.layout, K, E, eps);
  const at::Tensor v = ops::heads_forward(s.v, {}, rope_, pass.layout, K, E, eps);
  const AttentionGrad a = attend_backward(pass, dattended, q, k, v);
  const at::Tensor dq =
      ops::heads_backward(a.dq, s.q, w.q_norm, rope_, pass.layout, H, E, eps, g ? g->q_norm : at::Tensor());
  const at::Tensor dk =
      ops::heads_backward(a.dk, s.k, w.k_norm, rope_, pass.layout, K, E, eps, g ? g->k_norm : at::Tensor());
  const at::Tensor dv = ops::heads_backward(a.dv, s.v, {}, rope_, pass.layout, K, E, eps);
  const at::Tensor h = ops::rms_norm(s.x, w.input_layernorm, eps);
  at::Tensor dh;
  down(dh, dq, h, kQ);
  down(dh, dk, h, kK);
  down(dh, dv, h, kV);
  return ops::rms_norm_backward(dh, s.x, w.input_layernorm, eps, dmiddle, g ? g->input_layernorm : at::Tensor());
}

bool Stack::backward(const PackedBatch& batch, at::Tensor dx, StackSaved& saved, FullGrads* full,
                     std::stop_token stop) const {
  c10::NoGradGuard no_grad;
  const Pass pass(*this, batch, true);
  for (std::size_t i = weights_.layers.size(); i-- > 0;) {
    if (stop.stop_requested()) return false;
    LayerSaved& s = saved.layers[i];
    if (saved.recompute) {
      const at::Tensor x = s.x;
      layer_forward(i, x, pass, saved.dropout, &s);
    }
    dx = layer_backward(i, dx, pass, saved.dropout, s, full);
    s = LayerSaved();
  }
  check_mappings();
  if (full) {
    const at::Tensor index = at::from_blob(const_cast<std::int32_t*>(batch.ids.data()), {batch.tokens()}, at::kInt);
    full->embed_tokens.index_add_(0, index.to(at::kLong).to(dx.device()), dx.to(at::kFloat));
  }
  return true;
}

}  // namespace minnow
