// Decoder: the stack over a key/value cache. A row's context is a path of segments (shared prefixes, then its own);
// one pass feeds tokens to any number of segments. Torch-free header; how a pass is computed is in decoder.cpp and
// narrow_pass.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace minnow {

struct LoraSet;
struct Qwen3Config;
struct Qwen3Weights;

/// Tokens for one segment. The tokens see the segment's path and, causally, one another.
struct Feed {
  std::int32_t segment = -1;
  const std::int32_t* ids = nullptr;
  std::int64_t count = 0;
  std::int64_t wanted = 0;  ///< predictions after how many of the last tokens
};

/// What a model says comes next.
struct Prediction {
  std::int32_t best = 0;         ///< argmax; the lowest id of equal ones
  float best_logit = 0.0f;
  float logsumexp = 0.0f;        ///< over all logits, temperature 1
  const float* logits = nullptr; ///< [V] f32 when asked for; valid until the next pass
  float best_logprob() const { return best_logit - logsumexp; }
};

/// Owns the cache, borrows weights and adapter. One thread.
class Decoder {
 public:
  /// `places` tokens of cache; `max_positions` bounds the rotary table. Throws Error(memory) when the cache isn't to be had.
  Decoder(const Qwen3Weights& weights, const LoraSet* adapter, std::int64_t places, std::int64_t max_positions);
  ~Decoder();

  /// A new segment of at most `capacity` tokens below `parent` (-1: a root), which must be complete before the new
  /// one's tokens are fed, or be fed before it in the same pass. Nothing when the cache has no room now.
  std::optional<std::int32_t> open(std::int32_t parent, std::int64_t capacity);
  /// Forgets a segment without children.
  void close(std::int32_t segment);
  /// Tokens in the segment.
  std::int64_t length(std::int32_t segment) const;
  /// Forgets the tokens of a segment from `length` on (drafts that were refused).
  void truncate(std::int32_t segment, std::int64_t length);

  /// One forward pass over all tokens of `feeds`. Predictions in the order of the feeds; nothing when `stop` was
  /// requested (the cache is then not to be used any more).
  std::optional<std::span<const Prediction>> pass(std::span<const Feed> feeds, bool want_logits, std::stop_token stop);

  /// Tokens up to which a pass gives every token the same bits whatever else is in it; 0 where no pass does.
  std::int64_t narrow_tokens() const;

  /// Bytes of cache for one token.
  static std::int64_t bytes_per_place(const Qwen3Weights& weights);
  static const Qwen3Config& config(const Qwen3Weights& weights);
  static bool on_cpu(const Qwen3Weights& weights);

  struct Impl;  ///< core/generate/decoder_state.h

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace minnow
