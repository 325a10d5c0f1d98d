// Choosing a token from logits: the processors of transformers in its order (repetition penalty, temperature, top-k,
// top-p, min-p), then one draw. Greedy is the argmax after the penalty.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/types/generate_options.h"

namespace minnow {

/// A row's own generator (SplitMix64, Steele et al. 2014): the same seed gives the same draws on every machine.
class DrawGenerator {
 public:
  explicit DrawGenerator(std::uint64_t seed) : state_(seed) {}
  /// Uniform in [0, 1), 53 bits.
  double next();

 private:
  std::uint64_t state_;
};

/// score < 0 → score * penalty, else score / penalty, once for every id in `seen` (distinct ids; Keskar et al. 2019).
void apply_repetition_penalty(std::span<float> logits, std::span<const std::int32_t> seen, double penalty);

/// A token that may still be drawn.
struct Candidate {
  std::int32_t id = 0;
  double probability = 0.0;  ///< among the candidates; they sum to 1
};

/// What temperature, top_k, top_p and min_p leave of `logits` (after the penalty), by id. temperature > 0. Entries of
/// -infinity are never candidates.
std::vector<Candidate> candidates(std::span<const float> logits, const SamplingOptions& options);

/// One draw: the candidate in whose part of [0, 1) `uniform` falls.
std::int32_t draw(std::span<const Candidate> candidates, double uniform);

}  // namespace minnow
