// Head and cross-entropy in chunks.
#include "core/train/loss.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <map>

#include "core/train/memory.h"

namespace minnow {
Supervision supervise(const PackedBatch& batch, std::span<const TokenizedExample* const> rows) {
  std::map<std::pair<std::int64_t, std::int64_t>, float> counted;
  Supervision s;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto& labels = rows[r]->labels;
    std::size_t step = 0;
    for (std::size_t t = 1; t < labels.size(); ++t) {
      if (labels[t] < 0) continue;
      const auto& path = batch.paths[r];
      while (step + 1 < path.size() &&
             batch.nodes[static_cast<std::size_t>(path[step + 1])].depth <= static_cast<std::int64_t>(t) - 1) {
        ++step;
      }
      const TreeNode& node = batch.nodes[static_cast<std::size_t>(path[step])];
      counted[{node.begin + static_cast<std::int64_t>(t) - 1 - node.depth, labels[t]}] += 1.0f;
      s.tokens += 1.0;
    }
  }
  for (const auto& [where, weight] : counted) {
    s.index.push_back(where.first);
    s.target.push_back(where.second);
    s.weight.push_back(weight);
  }
  return s;
}

void round_up(Supervision& where, std::int64_t multiple) {
  const auto n = static_cast<std::int64_t>(where.index.size());
  const auto rounded = static_cast<std::size_t>(n + (multiple - n % multiple) % multiple);
  where.index.resize(rounded, 0);
  where.target.resize(rounded, 0);
  where.weight.resize(rounded, 0.0f);
}

ops::CrossEntropySum head_loss(const Stack& stack, const at::Tensor& x, const Supervision& where, double grad_scale,
                               at::Tensor* dx, FullGrads* full) {
  c10::NoGradGuard no_grad;
  const Qwen3Weights& w = stack.weights();
  const auto S = static_cast<std::int64_t>(where.index.size());
  const at::Tensor index = at::from_blob(const_cast<std::int64_t*>(where.index.data()), {S}, at::kLong).to(x.device());
  const at::Tensor gathered = x.index_select(0, index);
  const at::Tensor h = stack.final_norm(gathered);
  at::Tensor dh = grad_scale != 0.0 ? at::empty_like(h) : at::Tensor();
  ops::CrossEntropySum sum;
  const std::int64_t chunk = logit_rows(w.config.vocab_size, static_cast<std::int64_t>(x.element_size()));
  const at::Tensor room = at::empty({std::min(chunk, S), w.config.vocab_size}, h.options());  // one for all chunks
  for (std::int64_t b = 0; b < S; b += chunk) {
    const std::int64_t n = std::min(chunk, S - b);
    const at::Tensor part = h.narrow(0, b, n);
    at::Tensor logits = room.narrow(0, 0, n);  // [n, V]
    at::mm_out(logits, part, w.lm_head.t());
    const ops::CrossEntropySum got =
        ops::cross_entropy_(logits, {where.target.begin() + b, where.target.begin() + b + n},
                            {where.weight.begin() + b, where.weight.begin() + b + n}, grad_scale);
    sum.loss += got.loss;
    sum.correct += got.correct;
    if (grad_scale == 0.0) continue;
    at::Tensor slot = dh.narrow(0, b, n);
    at::mm_out(slot, logits, w.lm_head);
    if (full) full->lm_head.add_(at::mm(logits.t(), part));
  }
  if (grad_scale != 0.0) {
    const at::Tensor dgathered =
        ops::rms_norm_backward(dh, gathered, w.norm, w.config.rms_norm_eps, {}, full ? full->norm : at::Tensor());
    at::Tensor sums = at::zeros(x.sizes(), x.options().dtype(at::kFloat));
    sums.index_add_(0, index, dgathered.to(at::kFloat));
    *dx = sums.to(x.scalar_type());
  }
  return sum;
}

}  // namespace minnow
