// What the ways of computing a pass share: the cache, the segments, and a pass laid out as one stream of tokens.
// Inner header (includes ATen).
#pragma once

#include <ATen/core/Tensor.h>

#include "core/generate/decoder.h"
#include "core/model/attention_padded.h"
#include "core/model/lora.h"
#include "core/model/ops.h"
#include "core/model/team.h"
#include "core/model/weights.h"

namespace minnow {

/// One feed's part of a pass.
struct FeedWork {
  std::int64_t first = 0;  ///< first token in the stream
  std::int64_t count = 0;
  std::int64_t position = 0;   ///< of its first token
  std::vector<TokenRun> runs;  ///< what it sees, in order; its own tokens are the last
  std::vector<TokenRun> own;   ///< where its own go
};

/// Tokens of the stream with the same adapter.
struct AdapterPart {
  std::int32_t adapter = -1;
  std::int64_t first = 0, count = 0;
};

/// A pass as one packed stream.
struct PassWork {
  std::vector<std::int32_t> ids;
  std::vector<std::int32_t> positions;
  std::vector<std::int64_t> places;
  std::vector<FeedWork> feeds;
  std::vector<AdapterPart> parts;
  std::vector<std::int64_t> wanted;  ///< stream indices whose predictions are asked for, ascending
  std::vector<std::int64_t> logits;  ///< indices in `wanted` of those whose logits are
  std::int64_t tokens() const { return static_cast<std::int64_t>(ids.size()); }
};

/// An adapter as the passes want it.
struct DecoderAdapter {
  const LoraSet* set = nullptr;  ///< null: the number is free
  std::vector<std::array<at::Tensor, kLinearCount>> packed_a;  ///< A of each layer (Kernels::pack); empty where that doesn't pay
  const LoraPair* find(std::size_t layer, Linear which) const { return set->find(layer, which); }
};

struct Decoder::Impl {
  Impl(const Qwen3Weights& weights, std::int64_t places, std::int64_t max_positions);

  const Qwen3Weights& weights;
  std::vector<DecoderAdapter> adapters;
  AttentionShape shape;
  ops::RopeTable rope;
  at::Tensor cache;  ///< [layers, 2 (keys, values), K, places, E]
  std::vector<std::pair<at::Tensor, at::Tensor>> by_layer;  ///< its keys and values, each [K, places, E]
  /// The linear layers packed (Kernels::pack), and the head; empty where that doesn't pay.
  std::vector<std::array<at::Tensor, kLinearCount>> packed;
  at::Tensor packed_head;
  Team team;
  at::Tensor logits;  ///< f32 [rows, V] of the last pass, of the predictions that bring them
  std::vector<Prediction> predictions;

  /// The adapter of a part; null for none.
  const DecoderAdapter* adapter_of(const AdapterPart& part) const {
    return part.adapter < 0 ? nullptr : &adapters[static_cast<std::size_t>(part.adapter)];
  }
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

/// Final norm and head of `hidden`, into state.predictions (and state.logits for rows `logits` of it).
void predict(Decoder::Impl& state, const at::Tensor& hidden, const std::vector<std::int64_t>& logits);

}  // namespace minnow
