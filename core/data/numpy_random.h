// The few numbers of numpy that the reference's data order rests on: RandomState (MT19937) and default_rng
// (SeedSequence, PCG64), with numpy's own bounded integers. Follows NEP 19 and M. O'Neill's seed_seq and PCG XSL-RR
// 128/64 designs.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace minnow {

/// numpy.random.RandomState(seed) for a single 32-bit seed.
class NumpyRandomState {
 public:
  explicit NumpyRandomState(std::uint32_t seed) : engine_(seed) {}

  /// randint(0, 2^31 - 1): how the reference draws the seed of each further shuffle.
  std::uint32_t next_seed();

  /// permutation(n). Throws nothing; n < 1 gives an empty one.
  std::vector<std::int64_t> permutation(std::int64_t n);

 private:
  std::mt19937 engine_;
};

/// numpy.random.default_rng(seed).permutation(n); n < 1 gives an empty one.
std::vector<std::int64_t> numpy_permutation(std::uint64_t seed, std::int64_t n);

}  // namespace minnow
