// The loss: head and cross-entropy at supervised positions only, in chunks that never keep the logits. Inner header.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

#include "core/model/ops.h"
#include "core/model/prefix_tree.h"
#include "core/model/stack.h"
#include "core/types/example.h"

namespace minnow {

/// Where a packed batch is trained: hidden state at `index` predicts `target`, counted `weight` times (equal rows share
/// a node, so one position can stand for several).
struct Supervision {
  std::vector<std::int64_t> index;
  std::vector<std::int64_t> target;
  std::vector<float> weight;
  double tokens = 0.0;  ///< sum of weights
};

/// Supervised positions of rows packed in `batch`, in stream order; labels[t] is predicted from position t - 1.
Supervision supervise(const PackedBatch& batch, std::span<const TokenizedExample* const> rows);

/// Lengthens the list to a multiple of so many places, with places that count for nothing.
void round_up(Supervision& where, std::int64_t multiple);

/// Final norm, head and cross-entropy of hidden states x [N, D]. With grad_scale != 0 `dx` becomes the gradient of
/// grad_scale * (sum of losses) with respect to x [N, D] (added up in f32), and full weight gradients are added to
/// `full`.
ops::CrossEntropySum head_loss(const Stack& stack, const at::Tensor& x, const Supervision& where, double grad_scale,
                               at::Tensor* dx, FullGrads* full = nullptr);

}  // namespace minnow
