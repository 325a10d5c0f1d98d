// Products with packed weights, included by few_rows_body.h: sixteen rows of w lie side by side, for every column (two
// columns of bf16) one register full. A number (pair) of x is spread over a register and meets all sixteen, so there is
// nothing to add up at the end: with short rows of w that was most of the work. Every sum is made in the order of K.

#ifdef __AVX512F__
constexpr int kPackedRows = 2,
              kPackedCols = 12;  // registers of w and rows of x in a block: their sums stay in registers
#else
constexpr int kPackedRows = 1, kPackedCols = 2;
#endif
constexpr std::int64_t kLane = 16;  // rows of w side by side

template <typename T>
void pack(const T* w, T* to, std::int64_t K, std::int64_t N) {
  constexpr std::int64_t columns = 4 / sizeof(T);
  for (std::int64_t n = 0; n < N; n += kLane, to += kLane * K) {
    const std::int64_t rows = std::min(kLane, N - n);
    for (std::int64_t k = 0; k < K; k += columns) {
      for (std::int64_t r = 0; r < kLane; ++r) {
        if (r < rows)
          std::memcpy(to + k * kLane + r * columns, w + (n + r) * K + k, 4);
        else
          std::memset(to + k * kLane + r * columns, 0, 4);
      }
    }
  }
}

/// sum += 32 columns of sixteen rows, from w on, times those of a row of x as Operand::prepare left them, for R
/// registers of w, `stride` numbers apart, and C rows of x.
template <int R, int C>
inline void add_columns(Wide (&sum)[R][C], const float* w, std::int64_t stride, const float* x, std::int64_t K) {
#pragma GCC unroll 2
  for (int k = 0; k < 32; ++k, w += kLane) {
    Wide v[R];
    for (int r = 0; r < R; ++r) v[r] = wide_at(w + r * stride);
    for (int c = 0; c < C; ++c) {
      for (int r = 0; r < R; ++r) sum[r][c] += v[r] * x[c * K + k];
    }
  }
}
#ifdef __AVX512BF16__
template <int R, int C>
inline void add_columns(Wide (&sum)[R][C], const bf16* w, std::int64_t stride, const bf16* x, std::int64_t K) {
#pragma GCC unroll 2
  for (int k = 0; k < 32; k += 2, w += 2 * kLane) {
    __m512bh v[R];
    for (int r = 0; r < R; ++r) v[r] = Operand<bf16>::chunk_at(w + r * stride);
    for (int c = 0; c < C; ++c) {
      const __m512bh pair = pair_spread(reinterpret_cast<const char*>(x + c * K + k));
      for (int r = 0; r < R; ++r) sum[r][c] = (Wide)_mm512_dpbf16_ps((__m512)sum[r][c], v[r], pair);
    }
  }
}
#else
template <int R, int C>
inline void add_columns(Wide (&sum)[R][C], const bf16* w, std::int64_t stride, const float* x, std::int64_t K) {
  for (int k = 0; k < 16; ++k, w += 2 * kLane) {
    for (int r = 0; r < R; ++r) {
      const Pair v = pair_at(w + r * stride);
      for (int c = 0; c < C; ++c) {
        sum[r][c] += v.even * x[c * K + k];
        sum[r][c] += v.odd * x[c * K + 16 + k];
      }
    }
  }
}
#endif

/// C rows of x against R times sixteen rows of w, of which `rows` are there.
template <typename T, int R, int C>
void packed_block(const typename Operand<T>::Type* x, const T* w, float* y, std::int64_t K, std::int64_t ldy,
                  std::int64_t rows) {
  Wide sum[R][C] = {};
  for (std::int64_t k = 0; k < K; k += 32) add_columns(sum, w + k * kLane, kLane * K, x + k, K);
  if (rows >= R * kLane) {
    for (int c = 0; c < C; ++c) {
      for (int r = 0; r < R; ++r) wide_to(y + c * ldy + r * kLane, sum[r][c]);
    }
    return;
  }
  for (int c = 0; c < C; ++c) {
    float all[R * kLane];
    for (int r = 0; r < R; ++r) wide_to(all + r * kLane, sum[r][c]);
    std::copy_n(all, rows, y + c * ldy);
  }
}

/// `left` <= C rows of x.
template <typename T, int R, int C>
void packed_rest(std::int64_t left, const typename Operand<T>::Type* x, const T* w, float* y, std::int64_t K,
                 std::int64_t ldy, std::int64_t rows) {
  if (left >= C) return packed_block<T, R, C>(x, w, y, K, ldy, rows);
  if constexpr (C > 1) packed_rest<T, R, C - 1>(left, x, w, y, K, ldy, rows);
}

/// All M rows of x, in groups of like size, against R times sixteen rows of w.
template <typename T, int R>
void packed_pass(const typename Operand<T>::Type* x, const T* w, float* y, std::int64_t M, std::int64_t K,
                 std::int64_t ldy, std::int64_t rows) {
  const std::int64_t groups = (M + kPackedCols - 1) / kPackedCols;
  for (std::int64_t g = 0; g < groups; ++g) {
    const std::int64_t m = M * g / groups, left = M * (g + 1) / groups - m;
    packed_rest<T, R, kPackedCols>(left, x + m * K, w, y + m * ldy, K, ldy, rows);
  }
}

template <typename T>
void packed_product(const typename Operand<T>::Type* x, const T* w, float* y, std::int64_t M, std::int64_t K,
                    std::int64_t N, std::int64_t ldy) {
  std::int64_t n = 0;
  for (; n + (kPackedRows - 1) * kLane < N; n += kPackedRows * kLane)
    packed_pass<T, kPackedRows>(x, w + n * K, y + n, M, K, ldy, N - n);
  for (; n < N; n += kLane) packed_pass<T, 1>(x, w + n * K, y + n, M, K, ldy, N - n);
}
