// What decoding spends its time on: products of a few rows with a big matrix, and attention over cached keys. Included
// after kernels_body.h, once per instruction set. A product is a set of dot products along K: weights are read once, as
// they lie in the file, and a block of kRows of them stays in the first-level cache while all rows of x pass over it.
// With AVX512-BF16 one instruction multiplies 32 pairs; elsewhere bf16 becomes f32 by a shift and a mask.

using Wide = float __attribute__((vector_size(64)));  // 16 floats; GCC splits it where registers are shorter
using WideBits = std::uint32_t __attribute__((vector_size(64)));

/// 16 floats from unaligned memory.
inline Wide wide_at(const float* p) {
  Wide v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
inline void wide_to(float* p, Wide v) { std::memcpy(p, &v, sizeof v); }
/// Neighbours of two vectors side by side, within each group of four places: the first two, the last two; single
/// numbers, then pairs.
inline Wide low_of(Wide x, Wide y) {
  return __builtin_shufflevector(x, y, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
}
inline Wide high_of(Wide x, Wide y) {
  return __builtin_shufflevector(x, y, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
}
inline Wide low_pairs_of(Wide x, Wide y) {
  return __builtin_shufflevector(x, y, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
}
inline Wide high_pairs_of(Wide x, Wide y) {
  return __builtin_shufflevector(x, y, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
}

/// The four sums of four vectors.
inline void four_sums(Wide a, Wide b, Wide c, Wide d, float* to) {
  const Wide ab = low_of(a, b) + high_of(a, b), cd = low_of(c, d) + high_of(c, d);
  const Wide abcd = low_pairs_of(ab, cd) + high_pairs_of(ab, cd);
  using Four = float __attribute__((vector_size(16)));
  Four part[4];
  std::memcpy(part, &abcd, sizeof part);
  const Four sum = (part[0] + part[1]) + (part[2] + part[3]);
  std::memcpy(to, &sum, sizeof sum);
}
inline float sum_of(Wide v) {
  float sums[4];
  four_sums(v, v, v, v, sums);
  return sums[0];
}

/// 32 consecutive numbers as floats: the 16 at even and the 16 at odd places for bf16, the first and the last 16 for
/// f32.
struct Pair {
  Wide even, odd;
};
inline Pair pair_at(const bf16* p) {
  WideBits u;
  std::memcpy(&u, p, sizeof u);
  const WideBits even = u << 16, odd = u & 0xffff0000u;
  Pair pair;
  std::memcpy(&pair.even, &even, sizeof even);
  std::memcpy(&pair.odd, &odd, sizeof odd);
  return pair;
}
inline Pair pair_at(const float* p) { return {wide_at(p), wide_at(p + 16)}; }

/// Numbers in the order of pair_at, back in their own.
inline void unpair(const bf16*, const float* from, float* to, std::int64_t n) {
  for (std::int64_t k = 0; k < n; k += 32) {
    for (int i = 0; i < 16; ++i) to[k + 2 * i] = from[k + i], to[k + 2 * i + 1] = from[k + 16 + i];
  }
}
inline void unpair(const float*, const float* from, float* to, std::int64_t n) { std::copy(from, from + n, to); }

/// How x stands ready for products: floats in the order of pair_at, or as it is where dot products take bf16.
template <typename T>
struct Operand {
  using Type = float;
  using Chunk = Pair;  // 32 weights
  static Chunk chunk_at(const T* w) { return pair_at(w); }
  static void prepare(const T* x, float* to, std::int64_t n) {
    for (std::int64_t k = 0; k < n; k += 32) {
      const Pair pair = pair_at(x + k);
      wide_to(to + k, pair.even);
      wide_to(to + k + 16, pair.odd);
    }
  }
  static Wide add(Wide sum, const Chunk& w, const float* x) {
    sum += w.even * wide_at(x);
    sum += w.odd * wide_at(x + 16);
    return sum;
  }
};

#ifdef __AVX512BF16__
template <>
struct Operand<bf16> {
  using Type = bf16;
  using Chunk = __m512bh;
  static Chunk chunk_at(const bf16* w) {
    Chunk v;
    std::memcpy(&v, w, sizeof v);
    return v;
  }
  static void prepare(const bf16* x, bf16* to, std::int64_t n) { std::copy(x, x + n, to); }
  static Wide add(Wide sum, Chunk w, const bf16* x) { return (Wide)_mm512_dpbf16_ps((__m512)sum, w, chunk_at(x)); }
};
#endif

#ifdef __AVX512F__
constexpr int kRows = 4, kCols = 6;  // rows of w and of x in a block: their sums stay in registers
#else
constexpr int kRows = 2, kCols = 2;
#endif
constexpr std::int64_t kDepth = 1024;  // of K in a block, so that kRows of w and the rows of x stay in the cache

#ifdef __AVX512BF16__
#include "core/model/panel_body.h"
constexpr std::int64_t kDotRows = 8;  // more rows of x than this go as panels
#endif
#include "core/model/packed_body.h"

/// Whether an operand of M rows for a matrix that is packed or not lies in panels.
template <typename T>
bool panelled([[maybe_unused]] std::int64_t M, [[maybe_unused]] bool packed) {
#ifdef __AVX512BF16__
  return std::is_same_v<T, bf16> && !packed && M > kDotRows;
#else
  return false;
#endif
}

template <typename T>
std::int64_t operand_bytes(std::int64_t M, std::int64_t K, [[maybe_unused]] bool packed) {
#ifdef __AVX512BF16__
  if (panelled<T>(M, packed)) return panel_bytes(M, K);
#endif
  return M * K * static_cast<std::int64_t>(sizeof(typename Operand<T>::Type));
}

template <typename T>
void prepare(const T* x, void* to, [[maybe_unused]] std::int64_t M, std::int64_t K, std::int64_t m, std::int64_t k,
             std::int64_t n, [[maybe_unused]] bool packed) {
#ifdef __AVX512BF16__
  if constexpr (std::is_same_v<T, bf16>) {
    if (panelled<T>(M, packed)) return prepare_panel(x, to, K, m, k, n);
  }
#endif
  Operand<T>::prepare(x, static_cast<typename Operand<T>::Type*>(to) + m * K + k, n);
}

/// y[m * ldy + r] = (or += where `more`) the products of M rows of x with R rows of w over `depth` of K. `Ahead` rows
/// from `ahead` on are asked for early.
template <typename T, int M, int R, int Ahead>
void few_rows_block(const typename Operand<T>::Type* x, const T* w, float* y, std::int64_t K, std::int64_t depth,
                    std::int64_t ldy, bool more, const T* ahead) {
  Wide sum[R][M] = {};
  for (std::int64_t k = 0; k < depth; k += 32) {
    typename Operand<T>::Chunk v[R];
    for (int r = 0; r < R; ++r) v[r] = Operand<T>::chunk_at(w + r * K + k);
    for (int r = 0; r < Ahead; ++r) {
      for (int line = 0; line < static_cast<int>(sizeof(T)) / 2; ++line) {
        __builtin_prefetch(ahead + r * K + k + 16 * line);
      }
    }
    for (int m = 0; m < M; ++m) {
      for (int r = 0; r < R; ++r) sum[r][m] = Operand<T>::add(sum[r][m], v[r], x + m * K + k);
    }
  }
  for (int m = 0; m < M; ++m) {
    float sums[R];
    int r = 0;
    for (; r + 4 <= R; r += 4) four_sums(sum[r][m], sum[r + 1][m], sum[r + 2][m], sum[r + 3][m], sums + r);
    for (; r < R; ++r) sums[r] = sum_of(sum[r][m]);
    for (r = 0; r < R; ++r) y[m * ldy + r] = more ? y[m * ldy + r] + sums[r] : sums[r];
  }
}

/// The last `left` <= M rows of x.
template <typename T, int M, int R, int Ahead>
void few_rows_rest(std::int64_t left, const typename Operand<T>::Type* x, const T* w, float* y, std::int64_t K,
                   std::int64_t depth, std::int64_t ldy, bool more, const T* ahead) {
  if (left >= M) return few_rows_block<T, M, R, Ahead>(x, w, y, K, depth, ldy, more, ahead);
  if constexpr (M > 1) few_rows_rest<T, M - 1, R, Ahead>(left, x, w, y, K, depth, ldy, more, ahead);
}

/// All M rows of x against R rows of w, kCols rows of x at a time. Each sum is made in the same order whatever M is.
/// The next R rows of w are asked for on the way, spread over the groups, so that memory never rests.
template <typename T, int R>
void few_rows_pass(const typename Operand<T>::Type* x, const T* w, float* y, std::int64_t M, std::int64_t K,
                   std::int64_t ldy) {
  const std::int64_t groups = (M + kCols - 1) / kCols;
  for (std::int64_t k = 0; k < K; k += kDepth) {
    const std::int64_t depth = std::min(kDepth, K - k);
    for (std::int64_t g = 0; g < groups; ++g) {
      const std::int64_t m = g * kCols;
      const auto group = [&](auto ahead, std::int64_t first) {
        few_rows_rest<T, kCols, R, decltype(ahead)::value>(M - m, x + m * K + k, w + k, y + m * ldy, K, depth, ldy,
                                                           k > 0, w + (R + first) * K + k);
      };
      if (groups == 1) {
        group(std::integral_constant<int, R>{}, 0);
      } else if (groups == 2) {
        group(std::integral_constant<int, (R + 1) / 2>{}, 2 * g);
      } else if (g < R) {
        group(std::integral_constant<int, 1>{}, g);
      } else {
        group(std::integral_constant<int, 0>{}, 0);
      }
    }
  }
}

template <typename T>
void few_rows_product(const void* x, Matrix<T> matrix, float* y, std::int64_t M, std::int64_t K, std::int64_t N,
                      std::int64_t ldy) {
  const T* w = matrix.rows;
#ifdef __AVX512BF16__
  if constexpr (std::is_same_v<T, bf16>) {
    if (panelled<T>(M, matrix.packed)) return panel_product(static_cast<const bf16*>(x), w, y, M, K, N, ldy);
  }
#endif
  const auto* operand = static_cast<const typename Operand<T>::Type*>(x);
  if (matrix.packed) return packed_product<T>(operand, matrix.packed, y, M, K, N, ldy);
  std::int64_t n = 0;
  for (; n + kRows <= N; n += kRows) few_rows_pass<T, kRows>(operand, w + n * K, y + n, M, K, ldy);
  for (; n < N; ++n) few_rows_pass<T, 1>(operand, w + n * K, y + n, M, K, ldy);
}

template <typename T>
void add_low_rank(const float* low, const T* b, float* y, std::int64_t M, std::int64_t rank, std::int64_t n,
                  std::int64_t ldlow, std::int64_t ldb, std::int64_t ldy, float scale) {
  for (std::int64_t m = 0; m < M; ++m) {
    float* row = y + m * ldy;
    for (std::int64_t r = 0; r < rank; ++r) {
      const float u = scale * low[m * ldlow + r];
      const T* from = b + r * ldb;
#pragma omp simd
      for (std::int64_t i = 0; i < n; ++i) row[i] += u * load(from[i]);
    }
  }
}

template <typename T>
void round_add(const float* y, const T* x, T* to, std::int64_t n) {
  if (x) {
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) store(to[i], rounded<T>(y[i]) + load(x[i]));
  } else {
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) store(to[i], y[i]);
  }
}

inline void top_and_sum(const float* x, std::int64_t n, float* top, std::int64_t* best, float* sum) {
  float most = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : most)
  for (std::int64_t i = 0; i < n; ++i) most = larger(most, x[i]);
  float total = 0.0f;
#pragma omp simd reduction(+ : total)
  for (std::int64_t i = 0; i < n; ++i) total += exp_fast(x[i] - most);
  *top = most;
  *sum = total;
  *best = std::find(x, x + n, most) - x;
}

/// out[r] += sum over keys of p[r, j] * v[j] for C times 32 numbers of each value, in the order of pair_at.
template <typename T, int R, int C>
void weigh_values(const float* p, std::int64_t ldp, const T* v, std::int64_t ldv, std::int64_t count, float* out,
                  std::int64_t ldout) {
  Wide sum[R][2 * C];
  for (int r = 0; r < R; ++r) {
    for (int c = 0; c < 2 * C; ++c) sum[r][c] = wide_at(out + r * ldout + 16 * c);
  }
  for (std::int64_t j = 0; j < count; ++j, v += ldv) {
    for (int c = 0; c < C; ++c) {
      const Pair value = pair_at(v + 32 * c);
      for (int r = 0; r < R; ++r) {
        sum[r][2 * c] += p[r * ldp + j] * value.even;
        sum[r][2 * c + 1] += p[r * ldp + j] * value.odd;
      }
    }
  }
  for (int r = 0; r < R; ++r) {
    for (int c = 0; c < 2 * C; ++c) wide_to(out + r * ldout + 16 * c, sum[r][c]);
  }
}

/// The same for any number of rows and any E that 32 divides.
template <typename T>
void weigh_all_values(const float* p, std::int64_t ldp, const T* v, std::int64_t rows, std::int64_t count,
                      std::int64_t E, float* out) {
  for (std::int64_t r = 0; r < rows;) {
    const std::int64_t left = rows - r, now = left >= 4 ? 4 : left >= 2 ? 2 : 1;
    for (std::int64_t e = 0; e < E;) {
      const std::int64_t width = E - e >= 64 ? 64 : 32;
      const auto block = [&]<int R>(std::integral_constant<int, R>) {
        float* to = out + r * E + e;
        if (width == 64)
          weigh_values<T, R, 2>(p + r * ldp, ldp, v + e, E, count, to, E);
        else
          weigh_values<T, R, 1>(p + r * ldp, ldp, v + e, E, count, to, E);
      };
      if (now == 4)
        block(std::integral_constant<int, 4>{});
      else if (now == 2)
        block(std::integral_constant<int, 2>{});
      else
        block(std::integral_constant<int, 1>{});
      e += width;
    }
    r += now;
  }
}

template <typename T>
void attend(const void* q, const KeyRun<T>* runs, std::int64_t run_count, T* out, std::int64_t rows, std::int64_t group,
            std::int64_t position, std::int64_t E, float scale, float* scratch) {
  const std::int64_t total = position + rows / group, ld = attend_width(total);
  float* sums = scratch + rows * ld;  // [rows, E] in the order of pair_at
  std::int64_t at = 0;
  for (std::int64_t i = 0; i < run_count; at += runs[i++].length) {
    few_rows_product<T>(q, {runs[i].k}, scratch + at, rows, E, runs[i].length, ld);
  }
  std::fill(sums, sums + rows * E, 0.0f);
  for (std::int64_t r = 0; r < rows; ++r) {
    float* s = scratch + r * ld;
    const std::int64_t seen = position + r / group + 1;
    std::fill(s + seen, s + ld, -std::numeric_limits<float>::infinity());
    float top = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : top)
    for (std::int64_t j = 0; j < ld; ++j) top = larger(top, s[j]);
    float sum = 0.0f;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t j = 0; j < ld; ++j) {
      s[j] = exp_fast((s[j] - top) * scale);
      sum += s[j];
    }
    const float inv = 1.0f / sum;
#pragma omp simd
    for (std::int64_t j = 0; j < ld; ++j) s[j] *= inv;
  }
  at = 0;
  for (std::int64_t i = 0; i < run_count; at += runs[i++].length) {
    weigh_all_values<T>(scratch + at, ld, runs[i].v, rows, runs[i].length, E, sums);
  }
  float row[512];  // E is at most 512 (checked when a model is opened)
  for (std::int64_t r = 0; r < rows; ++r) {
    unpair(out, sums + r * E, row, E);
    round_add<T>(row, nullptr, out + r * E, E);
  }
}

#include "core/model/low_rank_body.h"

template <typename T>
Kernels<T> table() {
  return {rms_norm<T>,
          rms_norm_backward<T>,
          qk_norm_rope<T>,
          qk_norm_rope_backward<T>,
          swiglu<T>,
          swiglu_backward<T>,
          add<T>,
          softmax_causal<T>,
          softmax_backward<T>,
          cross_entropy<T>,
          operand_bytes<T>,
          prepare<T>,
          few_rows_product<T>,
          pack<T>,
          add_low_rank<T>,
          round_add<T>,
          top_and_sum,
          attend<T>,
          low_rank_up<T>,
          low_rank_grad<T>};
}
