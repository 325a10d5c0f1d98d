// A pass with ATen's products: prefill of many tokens, and everything on devices other than the CPU.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <optional>

#include "core/generate/decoder_state.h"
#include "core/model/cuda_ops.h"
#include "core/model/stack.h"

namespace minnow {
namespace {

/// x W^T with each part's adapter.
at::Tensor project(const Decoder::Impl& state, const PassWork& work, const at::Tensor& x, std::size_t layer,
                   Linear which) {
  const auto pair_of = [&](const AdapterPart& part) {
    const DecoderAdapter* adapter = state.adapter_of(part);
    return adapter ? adapter->find(layer, which) : nullptr;
  };
  const at::Tensor& weight = state.weights.layers[layer].linear[which];
  if (work.parts.size() == 1) return linear(x, weight, pair_of(work.parts[0]));
  at::Tensor y = linear(x, weight, nullptr);
  for (const AdapterPart& part : work.parts) {
    const LoraPair* pair = pair_of(part);
    if (!pair) continue;
    at::Tensor to = y.narrow(0, part.first, part.count);
    ops::low_rank_up_(to, ops::low_rank_down(x.narrow(0, part.first, part.count), pair->a), pair->b, pair->scale);
  }
  return y;
}

/// What a feed sees of one layer's keys or values: [K, position + count, E].
at::Tensor seen(const at::Tensor& cache, const FeedWork& feed) {
  if (feed.runs.size() == 1) return cache.narrow(1, feed.runs[0].begin, feed.runs[0].length);
  std::vector<at::Tensor> parts;
  for (const TokenRun& run : feed.runs) parts.push_back(cache.narrow(1, run.begin, run.length));
  return at::cat(parts, 1);
}

/// Attention of one feed's queries: [count, H * E] into y.
void attend(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values, const FeedWork& feed,
            const AttentionShape& shape, const at::Tensor& y) {
  const auto [H, K, E, scale] = shape;
  const at::Tensor queries = q.narrow(0, feed.first * H * E, feed.count * H * E).view({K, H / K * feed.count, E});
  at::Tensor scores = at::bmm(queries, seen(keys, feed).transpose(1, 2));  // [K, G*n, T]
  ops::softmax_causal_(scores, feed.position, feed.count, scale);
  const at::Tensor out = at::bmm(scores, seen(values, feed)).view({H, feed.count, E});
  y.narrow(0, feed.first, feed.count).view({feed.count, H, E}).copy_(out.transpose(0, 1));
}

/// What a pass works out once for all layers.
struct Feeds {
  Feeds(const Decoder::Impl& state, const PassWork& pass)
      : work(pass),
        shape(state.shape),
        rope(state.rope),
        layout(begins(pass), pass.positions, state.rope, state.weights.norm) {
    if (ops::has_cpu_kernels(state.weights.norm)) return;
    std::vector<AttentionPiece> pieces;
    for (const FeedWork& feed : work.feeds) pieces.push_back({feed.first, feed.count, feed.runs});
    if (cuda::CacheAttention::takes(pieces, shape, state.weights.norm)) {
      few.emplace(pieces, shape, state.weights.norm);
    } else {
      padded.emplace(pieces, work.tokens(), shape, state.weights.norm.options(), false);
    }
    places = at::tensor(at::ArrayRef<std::int64_t>(work.places), at::kLong).to(state.weights.device());
  }

  static std::vector<std::int64_t> begins(const PassWork& work) {
    std::vector<std::int64_t> all;
    for (const FeedWork& feed : work.feeds) all.push_back(feed.first);
    return all;
  }

  /// Puts heads [N, K*E], normalised and rotated where `w` is defined, in their places of one layer's keys or values
  /// [K, places, E].
  void keep(const at::Tensor& projected, const at::Tensor& w, at::Tensor cache, double eps) const {
    const std::int64_t heads = shape.K, E = shape.E;
    if (places.defined() && cuda::takes_heads(projected, E)) {
      cuda::heads_into(cache, places, projected, w, layout.cosine, layout.sine, eps);
      return;
    }
    const at::Tensor x = ops::heads_forward(projected, w, rope, layout, heads, E, eps);
    if (places.defined()) {
      cache.index_copy_(1, places, x.view({-1, heads, E}).transpose(0, 1));
      return;
    }
    for (const FeedWork& feed : work.feeds) {
      const at::Tensor own = x.narrow(0, feed.first * heads * E, feed.count * heads * E).view({heads, feed.count, E});
      std::int64_t done = 0;
      for (const TokenRun& run : feed.own) {
        cache.narrow(1, run.begin, run.length).copy_(own.narrow(1, done, run.length));
        done += run.length;
      }
    }
  }

  at::Tensor attention(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values) const {
    if (few) return few->forward(q, keys, values);
    if (padded) return padded->forward(q, keys.transpose(0, 1), values.transpose(0, 1));
    at::Tensor y = at::empty({work.tokens(), shape.H * shape.E}, q.options());
    const auto count = static_cast<std::int64_t>(work.feeds.size());
    const auto run = [&](std::int64_t b, std::int64_t e) {
      c10::NoGradGuard no_grad;
      for (std::int64_t f = b; f < e; ++f) attend(q, keys, values, work.feeds[static_cast<std::size_t>(f)], shape, y);
    };
    if (q.scalar_type() == at::kFloat && count > 1) {  // bf16: as in tree_attention
      at::parallel_for(0, count, 1, run);
    } else {
      run(0, count);
    }
    return y;
  }

  const PassWork& work;
  const AttentionShape& shape;
  const ops::RopeTable& rope;
  ops::HeadLayout layout;
  // On other devices than the CPU:
  at::Tensor places;                        ///< of the tokens
  std::optional<cuda::CacheAttention> few;  ///< one of these two
  std::optional<PaddedAttention> padded;
};

}  // namespace

at::Tensor wide_pass(Decoder::Impl& state, const PassWork& work, std::stop_token stop) {
  const Qwen3Weights& weights = state.weights;
  const double eps = weights.config.rms_norm_eps;
  const auto [H, K, E, scale] = state.shape;
  const Feeds feeds(state, work);
  at::Tensor x = embed(weights, work.ids);
  for (std::size_t i = 0; i < weights.layers.size(); ++i) {
    if (stop.stop_requested()) return {};
    const LayerWeights& w = weights.layers[i];
    const auto product = [&](const at::Tensor& in, Linear which) { return project(state, work, in, i, which); };
    const at::Tensor h = ops::rms_norm(x, w.input_layernorm, eps);
    const at::Tensor q = ops::heads_forward(product(h, kQ), w.q_norm, state.rope, feeds.layout, H, E, eps);
    const auto& [keys, values] = state.by_layer[i];
    feeds.keep(product(h, kK), w.k_norm, keys, eps);
    feeds.keep(product(h, kV), {}, values, eps);
    at::Tensor middle = product(feeds.attention(q, keys, values), kO);
    ops::add_(middle, x);
    const at::Tensor h2 = ops::rms_norm(middle, w.post_attention_layernorm, eps);
    x = product(ops::swiglu(product(h2, kGate), product(h2, kUp)), kDown);
    ops::add_(x, middle);
  }
  const at::Tensor wanted = at::tensor(at::ArrayRef<std::int64_t>(work.wanted), at::kLong);
  return x.index_select(0, wanted.to(weights.device()));
}

}  // namespace minnow
