// Attention over a packed tree: each node's queries against the keys of its path. Inner header (includes ATen).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "core/model/ops.h"
#include "core/model/prefix_tree.h"

namespace minnow {

struct AttentionShape {
  std::int64_t H = 0, K = 0, E = 0;  ///< query heads, kv heads, head dim
  double scale = 1.0;                ///< E^-0.5
};

/// q [N*H*E], k, v [N*K*E] flat in HeadLayout order (rotated) → [N, H*E].
at::Tensor tree_attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const PackedBatch& batch,
                          const AttentionShape& shape);

struct AttentionGrad {
  at::Tensor dq, dk, dv;  ///< flat in HeadLayout order; a shared node's dk, dv are sums over its rows, made in f32
};
/// dy [N, H*E]. The probabilities are computed anew.
AttentionGrad tree_attention_backward(const at::Tensor& dy, const at::Tensor& q, const at::Tensor& k,
                                      const at::Tensor& v, const PackedBatch& batch, const AttentionShape& shape);

}  // namespace minnow
