// Segments and passes over the key/value cache.
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
std::vector<std::array<at::Tensor, kLinearCount>> packed_factors(const LoraSet* adapter) {
  std::vector<std::array<at::Tensor, kLinearCount>> all;
  if (!adapter) return all;
  all.resize(adapter->pairs.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (int k = 0; k < kLinearCount; ++k) {
      if (const auto& pair = adapter->pairs[i][k]) all[i][k] = packed(pair->a);
    }
  }
  return all;
}

}  // namespace

Decoder::Impl::Impl(const Qwen3Weights& w, const LoraSet* lora, std::int64_t places, std::int64_t max_positions)
    : weights(w),
      adapter(lora),
      shape{w.config.num_attention_heads, w.config.num_key_value_heads, w.config.head_dim,
            1.0 / std::sqrt(static_cast<double>(w.config.head_dim))},
      rope(ops::rope_table(max_positions, w.config.head_dim, w.config.rope_theta, w.dtype(), w.device())),
      cache(make_cache(w, places)),
      team(w.device().is_cpu() ? at::get_num_threads() : 1),
      pool(places) {
  for (std::int64_t i = 0; i < cache.size(0); ++i) by_layer.emplace_back(cache[i][0], cache[i][1]);
  if (!packing_pays(w)) return;
  for (const LayerWeights& layer : w.layers) {
    std::transform(std::begin(layer.linear), std::end(layer.linear), packed.emplace_back().begin(), minnow::packed);
  }
  packed_a = packed_factors(lora);
  packed_head = minnow::packed(w.lm_head);
}

Decoder::Decoder(const Qwen3Weights& weights, const LoraSet* adapter, std::int64_t places, std::int64_t max_positions) {
  c10::NoGradGuard no_grad;
  impl_ = std::make_unique<Impl>(weights, adapter, places, max_positions);
}

Decoder::~Decoder() = default;

std::int64_t Decoder::bytes_per_place(const Qwen3Weights& weights) {
  const Qwen3Config& c = weights.config;
  return c.num_hidden_layers * 2 * c.num_key_value_heads * c.head_dim *
         static_cast<std::int64_t>(at::elementSize(weights.dtype()));
}

const Qwen3Config& Decoder::config(const Qwen3Weights& weights) { return weights.config; }

bool Decoder::on_cpu(const Qwen3Weights& weights) { return weights.device().is_cpu(); }

std::optional<std::int32_t> Decoder::open(std::int32_t parent, std::int64_t capacity) {
  const auto begin = impl_->pool.take(capacity);
  if (!begin) return std::nullopt;
  auto& all = impl_->segments;
  std::size_t i = 0;
  while (i < all.size() && all[i].open) ++i;
  if (i == all.size()) all.emplace_back();
  Segment s;
  s.parent = parent;
  s.begin = *begin;
  s.capacity = capacity;
  s.open = true;
  if (parent >= 0) {
    const Segment& above = all[static_cast<std::size_t>(parent)];
    s.depth = above.depth + above.capacity;  // a parent is complete before a child is fed
  }
  all[i] = s;
  return static_cast<std::int32_t>(i);
}

void Decoder::close(std::int32_t segment) {
  Segment& s = impl_->segments[static_cast<std::size_t>(segment)];
  impl_->pool.give_back(s.begin, s.capacity);
  s = Segment();
}

std::int64_t Decoder::length(std::int32_t segment) const {
  return impl_->segments[static_cast<std::size_t>(segment)].length;
}

void Decoder::truncate(std::int32_t segment, std::int64_t length) {
  Segment& s = impl_->segments[static_cast<std::size_t>(segment)];
  s.length = std::min(s.length, length);
}

std::int64_t Decoder::narrow_tokens() const { return minnow::narrow_tokens(*impl_); }

PassWork Decoder::Impl::lay_out(std::span<const Feed> feeds) {
  PassWork work;
  for (const Feed& feed : feeds) {
    Segment& s = segments[static_cast<std::size_t>(feed.segment)];
    TORCH_INTERNAL_ASSERT(s.open && feed.count > 0 && s.length + feed.count <= s.capacity);
    FeedWork w;
    w.first = work.tokens();
    w.count = feed.count;
    w.position = s.depth + s.length;
    w.place = s.begin + s.length;
    s.length += feed.count;
    for (std::int32_t i = feed.segment; i >= 0; i = segments[static_cast<std::size_t>(i)].parent) {
      const Segment& part = segments[static_cast<std::size_t>(i)];
      TORCH_INTERNAL_ASSERT(i == feed.segment || part.length == part.capacity);
      if (part.length > 0) w.runs.push_back({part.begin, part.length});
    }
    std::reverse(w.runs.begin(), w.runs.end());
    work.ids.insert(work.ids.end(), feed.ids, feed.ids + feed.count);
    for (std::int64_t t = 0; t < feed.count; ++t) work.positions.push_back(static_cast<std::int32_t>(w.position + t));
    for (std::int64_t t = feed.count - feed.wanted; t < feed.count; ++t) work.wanted.push_back(w.first + t);
    work.feeds.push_back(std::move(w));
  }
  return work;
}

std::optional<std::span<const Prediction>> Decoder::pass(std::span<const Feed> feeds, bool want_logits,
                                                         std::stop_token stop) {
  c10::NoGradGuard no_grad;
  // A pass of few tokens on a GPU is calls, not arithmetic: they needn't pass by autograd.
  const at::AutoDispatchBelowADInplaceOrView below_autograd;
  const PassWork work = impl_->lay_out(feeds);
  const at::Tensor hidden = narrow_fits(*impl_, work) ? narrow_pass(*impl_, work, stop) : wide_pass(*impl_, work, stop);
  if (!hidden.defined()) return std::nullopt;
  predict(*impl_, hidden, want_logits);
  check_mappings();
  return std::span<const Prediction>(impl_->predictions);
}

}  // namespace minnow
