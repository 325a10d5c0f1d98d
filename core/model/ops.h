// Qwen3's element-wise operations on tensors: fast kernels on the CPU, the same written with ATen anywhere else.
// Each has its backward beside it; nothing here builds an autograd graph. Inner header (includes ATen).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace minnow::ops {

/// y = w * cast(x / rms(x)); x [.., D], w [D]. Zhang and Sennrich 2019, with the cast of transformers' Qwen3RMSNorm.
at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& w, double eps);

/// Gradient with respect to x, plus `add` where defined; dw (f32 [D]) is added to where defined.
at::Tensor rms_norm_backward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& w, double eps,
                             const at::Tensor& add = {}, const at::Tensor& dw = {});

/// Cosine and sine of the rotary angles, f32 [positions, E/2], rounded to `dtype` as transformers rounds them.
struct RopeTable {
  at::Tensor cosine, sine;
};
RopeTable rope_table(std::int64_t positions, std::int64_t E, double theta, at::ScalarType dtype, at::Device device);

/// Where a packed stream's nodes begin; heads of node [begin, begin + n) lie as [heads, n, E] from begin * heads * E.
struct HeadLayout {
  std::vector<std::int64_t> begins;  ///< ascending, first 0
  std::int64_t tokens = 0;           ///< N
};

/// Head norm, rotation and the change to node-major layout: x [N, heads * E], positions int32 [N] (CPU) → flat
/// [N * heads * E] in HeadLayout order. `w` may be undefined (no norm, no rotation: for v).
at::Tensor heads_forward(const at::Tensor& x, const at::Tensor& w, const RopeTable& rope,
                         const std::vector<std::int32_t>& positions, const HeadLayout& layout, std::int64_t heads,
                         std::int64_t E, double eps);
/// Inverse of the layout and gradient of norm and rotation: dy flat in HeadLayout order → dx [N, heads * E].
at::Tensor heads_backward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& w, const RopeTable& rope,
                          const std::vector<std::int32_t>& positions, const HeadLayout& layout, std::int64_t heads,
                          std::int64_t E, double eps, const at::Tensor& dw = {});

/// silu(gate) * up (Shazeer 2020).
at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up);
struct SwigluGrad {
  at::Tensor dgate, dup, y;  ///< y is the forward value, recomputed
};
SwigluGrad swiglu_backward(const at::Tensor& dy, const at::Tensor& gate, const at::Tensor& up);

/// y += x, same shape and dtype.
void add_(at::Tensor& y, const at::Tensor& x);

/// In place on scores [.., rows, width]: causal softmax of scale * s over the first prefix + (row % period) + 1
/// entries.
void softmax_causal_(at::Tensor& scores, std::int64_t prefix, std::int64_t period, double scale);
/// dp becomes scale * p * (dp - sum(dp * p)).
void softmax_backward_(const at::Tensor& p, at::Tensor& dp, double scale);

/// Cross-entropy of logits [C, V] against targets (CPU int64 [C]); sums loss and correct predictions, each row times
/// weight[c]. With grad_scale != 0 the logits become grad_scale * weight * (softmax - onehot).
struct CrossEntropySum {
  double loss = 0.0;
  double correct = 0.0;
};
CrossEntropySum cross_entropy_(at::Tensor& logits, const std::vector<std::int64_t>& targets,
                               const std::vector<float>& weights, double grad_scale);

}  // namespace minnow::ops
