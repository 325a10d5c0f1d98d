// The cache's memory, adapters, and a pass laid out as one stream.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

#include "core/generate/decoder_state.h"
#include "core/io/lost_mapping.h"
#include "core/types/error.h"

namespace minnow {
namespace {

at::Tensor make_cache(const Qwen3Weights& weights, std::int64_t places) {
  const Qwen3Config& c = weights.config;
  try {
    return at::empty({c.num_hidden_layers, 2, c.num_key_value_heads, places, c.head_dim},
                     at::TensorOptions().dtype(weights.dtype()).device(weights.device()));
  } catch (const std::exception&) {  // c10::Error and std::bad_alloc, whatever the allocator throws
    throw Error(ErrorKind::memory, "the key/value cache needs " +
                                       std::to_string(places * Decoder::bytes_per_place(weights) >> 20) + " MB for " +
                                       std::to_string(places) + " tokens, which the device refused");
  }
}

/// A of each adapted layer packed.
std::vector<std::array<at::Tensor, kLinearCount>> packed_factors(const LoraSet& adapter) {
  std::vector<std::array<at::Tensor, kLinearCount>> all(adapter.pairs.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (int k = 0; k < kLinearCount; ++k) {
      if (const auto& pair = adapter.pairs[i][k]) all[i][k] = packed(pair->a);
    }
  }
  return all;
}

/// Lays the feeds out one behind the other.
PassWork lay_out(std::span<const Feed> feeds) {
  PassWork work;
  for (const Feed& feed : feeds) {
    FeedWork w;
    w.first = work.tokens();
    w.count = feed.count;
    w.runs = feed.runs;
    std::int64_t seen = 0;
    for (const TokenRun& run : feed.runs) seen += run.length;
    TORCH_INTERNAL_ASSERT(feed.count > 0 && seen >= feed.count);
    w.position = seen - feed.count;
    std::int64_t before = w.position;
    for (const TokenRun& run : feed.runs) {
      const std::int64_t skipped = std::min(before, run.length);
      before -= skipped;
      if (skipped < run.length) w.own.push_back({run.begin + skipped, run.length - skipped});
    }
    for (const TokenRun& run : w.own) {
      for (std::int64_t t = 0; t < run.length; ++t) work.places.push_back(run.begin + t);
    }
    work.ids.insert(work.ids.end(), feed.ids, feed.ids + feed.count);
    for (std::int64_t t = 0; t < feed.count; ++t) work.positions.push_back(static_cast<std::int32_t>(w.position + t));
    for (std::int64_t t = feed.count - feed.wanted; t < feed.count; ++t) {
      if (feed.logits) work.logits.push_back(std::ssize(work.wanted));
      work.wanted.push_back(w.first + t);
    }
    if (work.parts.empty() || work.parts.back().adapter != feed.adapter) work.parts.push_back({feed.adapter, w.first, 0});
    work.parts.back().count += feed.count;
    work.feeds.push_back(std::move(w));
  }
  return work;
}

}  // namespace

Decoder::Impl::Impl(const Qwen3Weights& w, std::int64_t places, std::int64_t max_positions)
    : weights(w),
      shape{w.config.num_attention_heads, w.config.num_key_value_heads, w.config.head_dim,
            1.0 / std::sqrt(static_cast<double>(w.config.head_dim))},
      rope(ops::rope_table(max_positions, w.config.head_dim, w.config.rope_theta, w.dtype(), w.device())),
      cache(make_cache(w, places)),
      team(w.device().is_cpu() ? at::get_num_threads() : 1) {
  for (std::int64_t i = 0; i < cache.size(0); ++i) by_layer.emplace_back(cache[i][0], cache[i][1]);
  if (!packing_pays(w)) return;
  for (const LayerWeights& layer : w.layers) {
    std::transform(std::begin(layer.linear), std::end(layer.linear), packed.emplace_back().begin(), minnow::packed);
  }
  packed_head = minnow::packed(w.lm_head);
}

Decoder::Decoder(const Qwen3Weights& weights, std::int64_t places, std::int64_t max_positions) {
  c10::NoGradGuard no_grad;
  impl_ = std::make_unique<Impl>(weights, places, max_positions);
}

Decoder::~Decoder() = default;

std::int32_t Decoder::add(const LoraSet& adapter) {
  c10::NoGradGuard no_grad;
  auto& all = impl_->adapters;
  std::size_t i = 0;
  while (i < all.size() && all[i].set) ++i;
  if (i == all.size()) all.emplace_back();
  all[i].set = &adapter;
  if (!impl_->packed.empty()) all[i].packed_a = packed_factors(adapter);
  return static_cast<std::int32_t>(i);
}

void Decoder::remove(std::int32_t adapter) { impl_->adapters[static_cast<std::size_t>(adapter)] = {}; }

std::int64_t Decoder::bytes_per_place(const Qwen3Weights& weights) {
  const Qwen3Config& c = weights.config;
  return c.num_hidden_layers * 2 * c.num_key_value_heads * c.head_dim *
         static_cast<std::int64_t>(at::elementSize(weights.dtype()));
}

const Qwen3Config& Decoder::config(const Qwen3Weights& weights) { return weights.config; }

bool Decoder::on_cpu(const Qwen3Weights& weights) { return weights.device().is_cpu(); }

std::int64_t Decoder::narrow_tokens() const { return minnow::narrow_tokens(*impl_); }

std::optional<std::span<const Prediction>> Decoder::pass(std::span<const Feed> feeds, std::stop_token stop) {
  c10::NoGradGuard no_grad;
  // A pass of few tokens on a GPU is calls, not arithmetic: they needn't pass by autograd.
  const at::AutoDispatchBelowADInplaceOrView below_autograd;
  const PassWork work = lay_out(feeds);
  const at::Tensor hidden = narrow_fits(*impl_, work) ? narrow_pass(*impl_, work, stop) : wide_pass(*impl_, work, stop);
  if (!hidden.defined()) return std::nullopt;
  predict(*impl_, hidden, work.logits);
  check_mappings();
  return std::span<const Prediction>(impl_->predictions);
}

}  // namespace minnow
