// Element-wise CPU kernels of Qwen3, each compiled for three instruction sets and chosen once at start. Arithmetic is
// f32 whatever is stored; bf16 is stored as its upper 16 bits. The readable reference of each is in ops.cpp (ATen).
#pragma once

#include <cstdint>

namespace minnow {

/// bf16 as it lies in memory.
struct bf16 {
  std::uint16_t bits;
};

/// A run of cached keys and values of one kv head, rows E apart.
template <typename T>
struct KeyRun {
  const T* k = nullptr;
  const T* v = nullptr;
  std::int64_t length = 0;
};
/// Floats that a row of `keys` scores takes.
constexpr std::int64_t attend_width(std::int64_t keys) { return (keys + 63) / 64 * 64; }

/// Rows of a weight matrix as they lie in the file, and packed where they are (Kernels::pack).
template <typename T>
struct Matrix {
  const T* rows = nullptr;
  const T* packed = nullptr;
  /// The matrix from the number at `offset` on, which begins a row; a row that 16 divides where it is packed.
  Matrix from(std::int64_t offset) const { return {rows + offset, packed ? packed + offset : nullptr}; }
};

/// Numbers of packed weights [N, K].
constexpr std::int64_t packed_size(std::int64_t K, std::int64_t N) { return (N + 15) / 16 * 16 * K; }

/// One set of kernels over storage type T (float or bf16). All pointers are row-major; `rows` may be any part of a
/// tensor, so callers cut the work for threads.
template <typename T>
struct Kernels {
  /// y = w * cast(x * rsqrt(mean(x^2) + eps)); x, y [rows, D], w [D].
  void (*rms_norm)(const T* x, const T* w, T* y, std::int64_t rows, std::int64_t D, float eps);
  /// dx = add + gradient of rms_norm; `add` may be null. dw [D] f32 is added to when not null.
  void (*rms_norm_backward)(const T* dy, const T* x, const T* w, const T* add, T* dx, float* dw, std::int64_t rows,
                            std::int64_t D, float eps);
  /// Head norm then rotation of one token's heads: x [heads, E] contiguous; y head h at y + h * y_head_stride.
  /// cosine, sine [E/2] of the token's position.
  void (*qk_norm_rope)(const T* x, const T* w, const float* cosine, const float* sine, T* y, std::int64_t y_head_stride,
                       std::int64_t heads, std::int64_t E, float eps);
  /// Gradient of qk_norm_rope for one token: dy head h at dy + h * dy_head_stride; dx [heads, E]; dw [E] may be null.
  void (*qk_norm_rope_backward)(const T* dy, std::int64_t dy_head_stride, const T* x, const T* w, const float* cosine,
                                const float* sine, T* dx, float* dw, std::int64_t heads, std::int64_t E, float eps);
  /// y = silu(gate) * up.
  void (*swiglu)(const T* gate, const T* up, T* y, std::int64_t n);
  /// dgate, dup and y (the forward value, recomputed) from dy.
  void (*swiglu_backward)(const T* dy, const T* gate, const T* up, T* dgate, T* dup, T* y, std::int64_t n);
  /// y += x.
  void (*add)(T* y, const T* x, std::int64_t n);
  /// In place over rows [rows, width] of scaled scores: softmax over the first visible(r) entries, 0 after;
  /// row r sees `prefix + r % period + 1` entries. p = softmax(scale * s).
  void (*softmax_causal)(T* s, std::int64_t rows, std::int64_t width, std::int64_t prefix, std::int64_t period,
                         float scale);
  /// In place: ds = scale * p * (dp - sum(dp * p)); p, dp [rows, width], the result in dp.
  void (*softmax_backward)(const T* p, T* dp, std::int64_t rows, std::int64_t width, float scale);
  /// One row of logits [V]: returns -log softmax at target; *best = argmax. With scale != 0 the row becomes
  /// scale * (softmax - onehot(target)).
  float (*cross_entropy)(T* logits, std::int64_t V, std::int64_t target, float scale, std::int64_t* best);
  // Few rows against a big matrix (few_rows_body.h): K and E are multiples of 32.
  /// x [M, K] as products with a matrix, packed or not, want it, "prepared": how many bytes it takes, and n numbers of
  /// row m, from column k on, put in their places (k and n multiples of 32; bytes that no row has may hold anything).
  std::int64_t (*operand_bytes)(std::int64_t M, std::int64_t K, bool packed);
  void (*prepare)(const T* x, void* to, std::int64_t M, std::int64_t K, std::int64_t m, std::int64_t k, std::int64_t n,
                  bool packed);
  /// y[m * ldy + n] = sum_k x[m, k] * w[n, k] in f32; x [M, K] prepared, w [N, K].
  void (*few_rows_product)(const void* x, Matrix<T> w, float* y, std::int64_t M, std::int64_t K, std::int64_t N,
                           std::int64_t ldy);
  /// w [N, K] once more, packed: 16 rows side by side, so that products of few rows need no sums across a register.
  /// `to` has packed_size(K, N) numbers.
  void (*pack)(const T* w, T* to, std::int64_t K, std::int64_t N);
  /// y[m, i] += scale * sum_r low[m, r] * b[r, i] for i < n; rows of low, b and y lie ldlow, ldb and ldy apart.
  void (*add_low_rank)(const float* low, const T* b, float* y, std::int64_t M, std::int64_t rank, std::int64_t n,
                       std::int64_t ldlow, std::int64_t ldb, std::int64_t ldy, float scale);
  /// to = y rounded to T, plus x where x isn't null.
  void (*round_add)(const float* y, const T* x, T* to, std::int64_t n);
  /// Of x [n]: the largest, the index of its first, and the sum of e^(x - largest).
  void (*top_and_sum)(const float* x, std::int64_t n, float* top, std::int64_t* best, float* sum);
  /// Attention of one kv head: out [rows, E] = softmax(scale * q k^T) v over the keys of `runs` in turn. q [rows, E]
  /// prepared; row r sees position + r / group + 1 keys. `scratch` holds rows * (attend_width(position + rows / group)
  /// + E) floats.
  void (*attend)(const void* q, const KeyRun<T>* runs, std::int64_t run_count, T* out, std::int64_t rows,
                 std::int64_t group, std::int64_t position, std::int64_t E, float scale, float* scratch);
  // LoRA beside whole activations (low_rank_body.h): low [rank, N], its rows ldlow apart; D a multiple of 32.
  /// y[n, d] += scale * sum_r low[r, n] * w[r, d]; y [N, D], w [rank, D]; rounded once.
  void (*low_rank_up)(const float* low, std::int64_t ldlow, const T* w, T* y, std::int64_t N, std::int64_t rank,
                      std::int64_t D, float scale);
  /// grad[r, d] += scale * sum_n low[r, n] * x[n, d] for from <= d < to, multiples of 32; x [N, D], grad [rank, D].
  void (*low_rank_grad)(const float* low, std::int64_t ldlow, const T* x, float* grad, std::int64_t N,
                        std::int64_t rank, std::int64_t D, std::int64_t from, std::int64_t to, float scale);
};

/// The kernels for this processor.
template <typename T>
const Kernels<T>& kernels();
const Kernels<float>& kernels_f32();
const Kernels<bf16>& kernels_bf16();
/// "x86-64-v4 bf16", "x86-64-v4", "x86-64-v3" or "baseline": which set was chosen.
const char* kernel_level();

}  // namespace minnow
