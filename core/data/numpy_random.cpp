// Each function names the part of numpy that it is equal to; tests compare with numbers printed by numpy 1.24.
#include "core/data/numpy_random.h"

#include <array>
#include <bit>
#include <numeric>
#include <utility>

namespace minnow {
namespace {

/// SeedSequence(seed).generate_state(4, uint64); the constants are seed_seq_fe's.
std::array<std::uint64_t, 4> seed_sequence(std::uint64_t seed) {
  std::uint32_t hash = 0x43b0d7e5u;
  const auto hashed = [&hash](std::uint32_t value) {
    value ^= hash;
    hash *= 0x931e8875u;
    value *= hash;
    return value ^ (value >> 16);
  };
  const std::array<std::uint32_t, 4> entropy{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                                             0, 0};
  std::array<std::uint32_t, 4> pool{};
  for (std::size_t i = 0; i < 4; ++i) pool[i] = hashed(entropy[i]);
  for (std::size_t from = 0; from < 4; ++from) {
    for (std::size_t to = 0; to < 4; ++to) {
      if (from == to) continue;
      const std::uint32_t mixed = 0xca01f9ddu * pool[to] - 0x4973f715u * hashed(pool[from]);
      pool[to] = mixed ^ (mixed >> 16);
    }
  }
  std::array<std::uint64_t, 4> state{};
  std::uint32_t out = 0x8b51f9ddu;
  for (std::size_t i = 0; i < 8; ++i) {
    std::uint32_t word = pool[i % 4] ^ out;
    out *= 0x58f38dedu;
    word *= out;
    word ^= word >> 16;
    state[i / 2] |= static_cast<std::uint64_t>(word) << (32 * (i % 2));
  }
  return state;
}

/// PCG64: PCG XSL-RR 128/64, seeded as default_rng seeds it, handing out 32 bits at a time (low half first).
class Pcg64 {
 public:
  explicit Pcg64(std::uint64_t seed) {
    const auto words = seed_sequence(seed);
    increment_ = (join(words[2], words[3]) << 1) | 1u;
    step();
    state_ += join(words[0], words[1]);
    step();
  }

  std::uint32_t next32() {
    if (has_half_) {
      has_half_ = false;
      return half_;
    }
    step();
    const auto high = static_cast<std::uint64_t>(state_ >> 64);
    const std::uint64_t value = std::rotr(high ^ static_cast<std::uint64_t>(state_), static_cast<int>(high >> 58));
    half_ = static_cast<std::uint32_t>(value >> 32);
    has_half_ = true;
    return static_cast<std::uint32_t>(value);
  }

 private:
  using Wide = unsigned __int128;
  static Wide join(std::uint64_t high, std::uint64_t low) { return (Wide{high} << 64) | low; }
  void step() { state_ = state_ * join(2549297995355413924u, 4865540595714422341u) + increment_; }

  Wide state_ = 0;
  Wide increment_ = 0;
  std::uint32_t half_ = 0;
  bool has_half_ = false;
};

/// 0…max (below 2^32) as numpy's random_interval draws it for shuffles: masked bits, again until they fit.
template <typename Next32>
std::uint64_t interval(std::uint64_t max, const Next32& next32) {
  if (max == 0) return 0;
  const std::uint64_t mask = std::bit_ceil(max + 1) - 1;
  std::uint64_t value = 0;
  do {
    value = next32() & mask;
  } while (value > max);
  return value;
}

template <typename Next32>
std::vector<std::int64_t> shuffled(std::int64_t n, const Next32& next32) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(n < 1 ? 0 : n));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  for (std::size_t i = order.size(); i-- > 1;) std::swap(order[i], order[interval(i, next32)]);
  return order;
}

}  // namespace

std::uint32_t NumpyRandomState::next_seed() {
  return static_cast<std::uint32_t>(interval(0x7ffffffe, [this] { return engine_(); }));
}

std::vector<std::int64_t> NumpyRandomState::permutation(std::int64_t n) {
  return shuffled(n, [this] { return engine_(); });
}

std::vector<std::int64_t> numpy_permutation(std::uint64_t seed, std::int64_t n) {
  Pcg64 bits(seed);
  return shuffled(n, [&bits] { return bits.next32(); });
}

}  // namespace minnow
