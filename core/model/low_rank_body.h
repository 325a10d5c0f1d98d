// LoRA's products beside whole activations, included by few_rows_body.h: factors of a few rows against [N, D]. There is
// little to compute; what counts is that the activations pass through memory once, where a general product makes a
// tensor of its own that has to be added afterwards.

/// 32 numbers in the order of pair_at, rounded to nearest even; NaN stays NaN.
inline void pair_to(bf16* p, const Pair& pair) {
  const auto upper = [](Wide v) {
    WideBits u;
    std::memcpy(&u, &v, sizeof u);
    const WideBits up = u + 0x7fffu + ((u >> 16) & 1u);
    return (u & 0x7fffffffu) > 0x7f800000u ? (u | 0x400000u) : up;
  };
  const WideBits both = (upper(pair.even) >> 16) | (upper(pair.odd) & 0xffff0000u);
  std::memcpy(p, &both, sizeof both);
}
inline void pair_to(float* p, const Pair& pair) {
  wide_to(p, pair.even);
  wide_to(p + 16, pair.odd);
}

#ifdef __AVX512F__
constexpr int kTokens = 8;  // rows of activations at once: their sums stay in registers
#else
constexpr int kTokens = 2;
#endif

/// M rows of y += the sums of w's rows, each times its `share` [rank, M].
template <typename T, int M>
void low_rank_rows(const float* share, const T* w, T* y, std::int64_t rank, std::int64_t D) {
  for (std::int64_t d = 0; d < D; d += 32) {
    Pair sum[M];
    for (int m = 0; m < M; ++m) sum[m] = pair_at(y + m * D + d);
    for (std::int64_t r = 0; r < rank; ++r) {
      const Pair v = pair_at(w + r * D + d);
      for (int m = 0; m < M; ++m) {
        sum[m].even += share[r * M + m] * v.even;
        sum[m].odd += share[r * M + m] * v.odd;
      }
    }
    for (int m = 0; m < M; ++m) pair_to(y + m * D + d, sum[m]);
  }
}

template <typename T>
void low_rank_up(const float* low, std::int64_t ldlow, const T* w, T* y, std::int64_t N, std::int64_t rank,
                 std::int64_t D, float scale) {
  std::vector<float> share(static_cast<std::size_t>(rank * kTokens));
  const auto rows = [&]<int M>(std::integral_constant<int, M>, std::int64_t n) {
    for (std::int64_t r = 0; r < rank; ++r) {
      for (int m = 0; m < M; ++m) share[static_cast<std::size_t>(r * M + m)] = scale * low[r * ldlow + n + m];
    }
    low_rank_rows<T, M>(share.data(), w, y + n * D, rank, D);
  };
  std::int64_t n = 0;
  for (; n + kTokens <= N; n += kTokens) rows(std::integral_constant<int, kTokens>{}, n);
  for (; n < N; ++n) rows(std::integral_constant<int, 1>{}, n);
}

template <typename T>
void low_rank_grad(const float* low, std::int64_t ldlow, const T* x, float* grad, std::int64_t N, std::int64_t rank,
                   std::int64_t D, std::int64_t from, std::int64_t to, float scale) {
  constexpr std::int64_t kChunk = 64;  // rows of x that stay in the cache while all of `low` passes over them
  const std::int64_t width = to - from;
  std::vector<float> sums(static_cast<std::size_t>(rank * width), 0.0f);  // in the order of pair_at
  for (std::int64_t n = 0; n < N; n += kChunk) {
    const std::int64_t count = std::min(kChunk, N - n);
    for (std::int64_t d = 0; d < width; d += 32) {
      const T* v = x + n * D + from + d;
      std::int64_t r = 0;
      const auto some = [&]<int R>(std::integral_constant<int, R>) {
        for (; r + R <= rank; r += R)
          weigh_values<T, R, 1>(low + r * ldlow + n, ldlow, v, D, count, sums.data() + r * width + d, width);
      };
      some(std::integral_constant<int, kTokens>{});
      some(std::integral_constant<int, 1>{});
    }
  }
  std::vector<float> row(static_cast<std::size_t>(width));
  for (std::int64_t r = 0; r < rank; ++r) {
    unpair(x, sums.data() + r * width, row.data(), width);
    float* into = grad + r * D + from;
    for (std::int64_t d = 0; d < width; ++d) into[d] += scale * row[static_cast<std::size_t>(d)];
  }
}
