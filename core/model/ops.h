// Qwen3's element-wise operations on tensors: kernels on the CPU and on CUDA, the same written with ATen elsewhere. Each
// has its backward beside it; nothing here builds an autograd graph. Inner header (includes ATen).
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

/// Whether tensors like this one go to the kernels for the CPU.
bool has_cpu_kernels(const at::Tensor& x);

/// Returns when the device has done what was asked of it before: its calls return earlier. For measuring.
void wait_for(const at::Tensor& x);

/// How the heads of a packed stream lie. With kernels for the CPU: heads of node [begin, begin + n) as [heads, n, E]
/// from begin * heads * E, flat. Elsewhere token-major, [N, heads * E].
struct HeadLayout {
  std::vector<std::int64_t> begins;     ///< ascending, first 0
  std::vector<std::int32_t> positions;  ///< [N]
  at::Tensor cosine, sine;              ///< f32 [N, 1, E/2], elsewhere

  /// `like`: a tensor of the model's device and dtype.
  HeadLayout(std::vector<std::int64_t> begins, const std::vector<std::int32_t>& positions, const RopeTable& rope,
             const at::Tensor& like);
  std::int64_t tokens() const { return static_cast<std::int64_t>(positions.size()); }
};

/// Head norm, rotation and the change of layout: x [N, heads * E] → HeadLayout. `w` may be undefined (no norm, no
/// rotation: for v).
at::Tensor heads_forward(const at::Tensor& x, const at::Tensor& w, const RopeTable& rope, const HeadLayout& layout,
                         std::int64_t heads, std::int64_t E, double eps);
/// Inverse of the layout and gradient of norm and rotation: dy in HeadLayout → dx [N, heads * E].
at::Tensor heads_backward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& w, const RopeTable& rope,
                          const HeadLayout& layout, std::int64_t heads, std::int64_t E, double eps,
                          const at::Tensor& dw = {});

/// silu(gate) * up (Shazeer 2020).
at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up);
struct SwigluGrad {
  at::Tensor dgate, dup, y;  ///< y is the forward value, recomputed
};
SwigluGrad swiglu_backward(const at::Tensor& dy, const at::Tensor& gate, const at::Tensor& up);

/// y += x, same shape and dtype.
void add_(at::Tensor& y, const at::Tensor& x);

/// low [r, N] = w x^T for a factor w [r, D] of a low-rank adapter and x [N, D]; f32 with kernels for the CPU.
at::Tensor low_rank_down(const at::Tensor& x, const at::Tensor& w);
/// y += scale * low^T w; y [N, D], low [r, N], w [r, D].
void low_rank_up_(at::Tensor& y, const at::Tensor& low, const at::Tensor& w, double scale);
/// grad += scale * low x; grad f32 [r, D], of any strides, low [r, N], x [N, D].
void low_rank_grad_(at::Tensor& grad, const at::Tensor& low, const at::Tensor& x, double scale);

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
