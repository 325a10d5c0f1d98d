// The operations of ops.h with the kernels for CUDA devices, a launch each where ATen takes up to a dozen: at the size
// of Qwen3-0.6B a launch costs more than its arithmetic. All tensors contiguous, of the device. Inner header (includes
// ATen).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "core/model/attention_padded.h"
#include "core/model/cuda_kernels.h"

namespace minnow::cuda {

/// Whether this tensor goes to the kernels: on the device, float or bf16, contiguous, of rows whose length 4 divides,
/// and the kernels could be compiled.
bool takes(const at::Tensor& x);
/// The same for heads of E numbers.
inline bool takes_heads(const at::Tensor& x, std::int64_t E) { return E % 4 == 0 && takes(x); }

at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& w, double eps);
at::Tensor rms_norm_backward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& w, double eps,
                             const at::Tensor& add);
/// x [N, heads * E] → [N, heads * E]; cosine, sine f32 [N, .., E/2].
at::Tensor heads_forward(const at::Tensor& x, const at::Tensor& w, const at::Tensor& cosine, const at::Tensor& sine,
                         std::int64_t heads, std::int64_t E, double eps);
/// The same into a cache [heads, all places, E] at `places` (int64 [N]); `w` may be undefined: nothing but copied.
void heads_into(const at::Tensor& cache, const at::Tensor& places, const at::Tensor& x, const at::Tensor& w,
                const at::Tensor& cosine, const at::Tensor& sine, double eps);
at::Tensor heads_backward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& w, const at::Tensor& cosine,
                          const at::Tensor& sine, std::int64_t heads, std::int64_t E, double eps);
at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up);
ops::SwigluGrad swiglu_backward(const at::Tensor& dy, const at::Tensor& gate, const at::Tensor& up);
/// logits [S, V] → f32 [S, 3]: the first of the largest, its logit, logsumexp.
at::Tensor largest(const at::Tensor& logits);
ops::CrossEntropySum cross_entropy_(at::Tensor& logits, const std::vector<std::int64_t>& targets,
                                    const std::vector<float>& weights, double grad_scale);
/// AdamW on f32 tensors; `lr` divided by the first moment's correction, `correction2` the root of the second's.
void adamw_step(const at::Tensor& value, const at::Tensor& grad, const at::Tensor& m, const at::Tensor& v, double beta1,
                double beta2, double eps, double lr, double correction2, double decay);

/// Attention of a pass of few tokens over a cache, in one launch a layer.
class CacheAttention {
 public:
  /// Whether the kernel is quicker than products: while there are few queries and keys.
  static bool takes(std::span<const AttentionPiece> pieces, const AttentionShape& shape, const at::Tensor& like);
  CacheAttention(std::span<const AttentionPiece> pieces, const AttentionShape& shape, const at::Tensor& like);
  /// q [N, H*E]; keys, values [K, places, E] → [N, H*E].
  at::Tensor forward(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values) const;

 private:
  AttentionShape shape_;
  CudaKernel kernel_;
  at::Tensor first_run_;  ///< int32 [N + 1], where a token's runs begin
  at::Tensor runs_;       ///< int32 [2 * runs], first place and how many of each
};

}  // namespace minnow::cuda
