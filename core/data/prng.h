// Prng: a small seeded generator (xoshiro256**, Blackman and Vigna 2018, seeded by splitmix64) with its own ways of
// drawing, so that what is synthesised is equal with every standard library. Not for secrets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace minnow {

class Prng {
 public:
  explicit Prng(std::uint64_t seed) {
    for (auto& word : state_) word = mix(seed += 0x9e3779b97f4a7c15u);
  }

  std::uint64_t next() {
    const std::uint64_t result = rotate(state_[1] * 5, 7) * 9;
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  /// 0 … bound-1; bound > 0. The bias of multiply-and-shift is below 2^-32 for the small bounds used here.
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32); }
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1))); }
  /// [0, 1) with 53 bits.
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  bool chance(double share) { return unit() < share; }

  template <class T>
  const T& pick(const std::vector<T>& items) {
    return items[below(static_cast<std::uint32_t>(items.size()))];
  }
  std::string_view pick(std::initializer_list<std::string_view> items) {
    return items.begin()[below(static_cast<std::uint32_t>(items.size()))];
  }
  /// Index of a weight, in proportion to the weights.
  std::size_t weighted(std::initializer_list<double> weights) {
    double sum = 0;
    for (const double w : weights) sum += w;
    double x = unit() * sum;
    std::size_t index = 0;
    for (const double w : weights) {
      if (x < w) return index;
      x -= w;
      ++index;
    }
    return weights.size() - 1;
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      const std::size_t j = below(static_cast<std::uint32_t>(i));
      if (j != i - 1) std::swap(items[i - 1], items[j]);
    }
  }

  /// splitmix64's finaliser: also good for turning a hash into an even one.
  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

 private:
  static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  std::uint64_t state_[4] = {};
};

}  // namespace minnow
