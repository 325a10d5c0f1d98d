// Decoder: the stack over a key/value cache. What a feed's tokens see is said by the places of the cache that hold it,
// so rows may share places, and each feed names its adapter. Torch-free header; how a pass is computed is in
// narrow_pass.cpp and wide_pass.cpp, who has which places in kv_cache.h.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/model/token_run.h"

namespace minnow {

struct LoraSet;
struct Qwen3Config;
struct Qwen3Weights;

/// Tokens of one row. They see `runs` and, causally, one another.
struct Feed {
  const std::int32_t* ids = nullptr;
  std::int64_t count = 0;
  std::int64_t wanted = 0;      ///< predictions after how many of the last tokens
  std::vector<TokenRun> runs;   ///< the row's places from its first token on; the last `count` of them are the feed's own
  std::int32_t adapter = -1;    ///< Decoder::add's; -1: none
  bool logits = false;          ///< the predictions bring all logits
};

/// What a model says comes next.
struct Prediction {
  std::int32_t best = 0;         ///< argmax; the lowest id of equal ones
  float best_logit = 0.0f;
  float logsumexp = 0.0f;        ///< over all logits, temperature 1
  const float* logits = nullptr; ///< [V] f32 where asked for; valid until the next pass
  float best_logprob() const { return best_logit - logsumexp; }
};

/// Owns the cache, borrows weights and adapters. One thread.
class Decoder {
 public:
  /// `places` tokens of cache; `max_positions` bounds the rotary table. Throws Error(memory) when the cache isn't to be had.
  Decoder(const Qwen3Weights& weights, std::int64_t places, std::int64_t max_positions);
  ~Decoder();

  /// An adapter that feeds may name: its number, the lowest that is free.
  std::int32_t add(const LoraSet& adapter);
  /// Frees the number.
  void remove(std::int32_t adapter);

  /// One forward pass over all tokens of `feeds`. Feeds of one adapter stand together. A feed may see what another one
  /// of the pass brings. Predictions in the order of the feeds; nothing when `stop` was requested: the feeds' own places
  /// then hold anything.
  std::optional<std::span<const Prediction>> pass(std::span<const Feed> feeds, std::stop_token stop);

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
