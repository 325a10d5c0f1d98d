// What the ways of computing a pass share: the cache, the segments, and a pass laid out as one stream of tokens.
// Inner header (includes ATen).
#pragma once

#include <ATen/core/Tensor.h>

#include "core/generate/decoder.h"
#include "core/generate/kv_pool.h"
#include "core/model/attention_padded.h"
#include "core/model/lora.h"
#include "core/model/ops.h"
#include "core/model/team.h"
#include "core/model/weights.h"

namespace minnow {

/// A run of tokens in the cache that the same rows share, or a row's own.
struct Segment {
  std::int32_t parent = -1;
  std::int64_t begin = 0;  ///< first place in the cache
  std::int64_t capacity = 0;
  std::int64_t length = 0;  ///< tokens in it
  std::int64_t depth = 0;   ///< tokens on the path above it
  bool open = false;
};

/// One feed's part of a pass.
struct FeedWork {
  std::int64_t first = 0;  ///< first token in the stream
  std::int64_t count = 0;
  std::int64_t position = 0;   ///< of its first token
  std::int64_t place = 0;      ///< where its first token's keys go
  std::vector<TokenRun> runs;  ///< what it sees, root first; the last run ends with its own tokens
};

/// A pass as one packed stream.
struct PassWork {
  std::vector<std::int32_t> ids;
  std::vector<std::int32_t> positions;
  std::vector<FeedWork> feeds;
  std::vector<std::int64_t> wanted;  ///< stream indices whose predictions are asked for, ascending
  std::int64_t tokens() const { return static_cast<std::int64_t>(ids.size()); }
};

struct Decoder::Impl {
  Impl(const Qwen3Weights& weights, const LoraSet* adapter, std::int64_t places, std::int64_t max_positions);

  const Qwen3Weights& weights;
  const LoraSet* adapter;
  AttentionShape shape;
  ops::RopeTable rope;
  at::Tensor cache;  ///< [layers, 2 (keys, values), K, places, E]
  std::vector<std::pair<at::Tensor, at::Tensor>> by_layer;  ///< its keys and values, each [K, places, E]
  /// The linear layers and each adapter's A packed (Kernels::pack), and the head; empty where that doesn't pay.
  std::vector<std::array<at::Tensor, kLinearCount>> packed, packed_a;
  at::Tensor packed_head;
  Team team;
  KvPool pool;
  std::vector<Segment> segments;
  at::Tensor logits;  ///< f32 [S, V] of the last pass
  std::vector<Prediction> predictions;

  /// Lays the feeds out and lengthens their segments.
  PassWork lay_out(std::span<const Feed> feeds);
};

/// The pass with ATen's products, for many tokens and for devices other than the CPU. Hidden states [S, D] of the
/// wanted tokens, before the final norm; undefined when `stop` was requested.
at::Tensor wide_pass(Decoder::Impl& state, const PassWork& work, std::stop_token stop);

/// The same for few tokens on the CPU, with kernels of our own: bound by reading the weights.
at::Tensor narrow_pass(Decoder::Impl& state, const PassWork& work, std::stop_token stop);
/// Whether it takes these weights: device, dtype and shape.
bool narrow_takes(const Qwen3Weights& weights);
/// Whether it does and they are so small that packing them costs little time and memory.
bool packing_pays(const Qwen3Weights& weights);
/// w [N, K] as Kernels::pack leaves it.
at::Tensor packed(const at::Tensor& w);
/// Tokens that the narrow pass takes at most; 0 where it doesn't take the weights.
std::int64_t narrow_tokens(const Decoder::Impl& state);
/// Whether it takes this pass.
bool narrow_fits(const Decoder::Impl& state, const PassWork& work);

/// Final norm and head of `hidden`, into state.predictions (and state.logits).
void predict(Decoder::Impl& state, const at::Tensor& hidden, bool want_logits);

}  // namespace minnow
