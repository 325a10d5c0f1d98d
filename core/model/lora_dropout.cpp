// SplitMix64 (Steele et al. 2014) as a hash; one hash decides four channels, 16 bits each.
#include "core/model/lora_dropout.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

#include "core/data/prng.h"

namespace minnow {
namespace {

std::uint64_t mix(std::uint64_t z) { return Prng::mix(z + 0x9e3779b97f4a7c15u); }

}  // namespace

std::uint64_t dropout_key(std::uint64_t seed, std::int64_t step, std::int64_t row, std::int64_t position) {
  return mix(mix(mix(mix(seed) ^ static_cast<std::uint64_t>(step)) ^ static_cast<std::uint64_t>(row)) ^
             static_cast<std::uint64_t>(position));
}

at::Tensor LoraDropout::apply(const at::Tensor& x, std::size_t layer, Linear which) const {
  if (!is_on()) return x;
  const std::int64_t tokens = x.size(0), channels = x.size(1);
  TORCH_INTERNAL_ASSERT(static_cast<std::int64_t>(token_keys.size()) == tokens);
  const auto dropped = static_cast<std::uint64_t>(std::lround(p * 65536.0));
  const auto kept = static_cast<float>(1.0 / (1.0 - p));
  const std::uint64_t module = mix(layer * kLinearCount + static_cast<std::uint64_t>(which));
  at::Tensor mask = at::empty({tokens, channels}, at::kFloat);
  float* all = mask.data_ptr<float>();
  at::parallel_for(0, tokens, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t t = begin; t < end; ++t) {
      const std::uint64_t key = token_keys[static_cast<std::size_t>(t)] ^ module;
      float* row = all + t * channels;
      for (std::int64_t c = 0; c < channels; c += 4) {
        const std::uint64_t bits = mix(key + static_cast<std::uint64_t>(c));
        for (std::int64_t k = 0; k < std::min<std::int64_t>(4, channels - c); ++k) {
          row[c + k] = (bits >> (16 * k) & 0xffff) < dropped ? 0.0f : kept;
        }
      }
    }
  });
  return x * mask.to(x.device(), x.scalar_type());
}

}  // namespace minnow
