// Dropout before an adapter's A (Srivastava et al. 2014; PEFT applies it there): y = x W^T + scale * (drop(x) A^T) B^T.
// A mask is a function of the token's key, the module and the channel, so it needs no memory, is the same in backward
// and in a run that is resumed, and doesn't depend on how a step is cut into micro-batches. Inner header.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/model/weights.h"

namespace minnow {

struct LoraDropout {
  double p = 0.0;                         ///< probability of a zero; the rest is divided by 1 - p
  std::vector<std::uint64_t> token_keys;  ///< one per token of the stream

  bool is_on() const { return p > 0.0; }
  /// x [N, in] as the module's A sees it; x itself when off.
  at::Tensor apply(const at::Tensor& x, std::size_t layer, Linear which) const;
};

/// The key of one token of one row of one optimiser step.
std::uint64_t dropout_key(std::uint64_t seed, std::int64_t step, std::int64_t row, std::int64_t position);

}  // namespace minnow
