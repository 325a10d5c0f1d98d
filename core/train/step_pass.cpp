// Micro-batch by micro-batch.
#include "core/train/step_pass.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <atomic>
#include <span>

#include "core/train/lanes.h"
#include "core/train/loss.h"

namespace minnow {
namespace {

/// The naive path: every row as long as the longest, padding computed like any token.
std::vector<const TokenizedExample*> pad(const std::vector<const TokenizedExample*>& rows,
                                         std::vector<TokenizedExample>& padded) {
  std::size_t n = 0;
  for (const auto* row : rows) n = std::max(n, row->input_ids.size());
  for (const auto* row : rows) {
    padded.push_back(*row);
    padded.back().input_ids.resize(n, 0);
    padded.back().labels.resize(n, -100);
  }
  std::vector<const TokenizedExample*> all;
  for (const TokenizedExample& row : padded) all.push_back(&row);
  return all;
}

/// oneDNN, which computes products of bf16 on the CPU, generates code for every size of them and keeps up to 1,024
/// pieces of half a megabyte. Micro-batches are seldom of the same length twice, their lengths in such steps often are.
/// And cuBLAS's quick products of bf16 want every dimension to be a multiple of 8.
std::int64_t tokens_in_steps_of(const Qwen3Weights& weights) { return weights.dtype() == at::kBFloat16 ? 32 : 1; }

/// One micro-batch; with a `grad_scale` that isn't 0 gradients are added for the loss times it.
PassSum micro_batch(const StepPass& pass, const std::vector<const TokenizedExample*>& rows,
                    const std::vector<std::size_t>& group, double grad_scale, std::size_t lane, std::stop_token stop) {
  const bool grad = grad_scale != 0.0;
  const Stack& stack = pass.stacks[lane];
  FullGrads* full = pass.full ? &(*pass.full)[lane] : nullptr;
  PassSum sum;
  std::vector<TokenizedExample> padded;
  std::vector<const TokenizedExample*> part;
  for (const std::size_t i : group) part.push_back(rows[i]);
  if (pass.cut.pad) part = pad(part, padded);
  std::vector<std::span<const std::int32_t>> ids;
  for (const auto* row : part) ids.emplace_back(row->input_ids);
  PackedBatch batch = pack_rows(ids, pass.cut.min_shared);
  Supervision where = supervise(batch, part);
  const std::int64_t multiple = tokens_in_steps_of(stack.weights());
  round_up(batch, multiple);
  round_up(where, multiple);
  StackSaved saved;
  saved.recompute = pass.recompute;
  if (grad && pass.dropout) saved.dropout = pass.dropout(batch, group);
  const at::Tensor x = stack.forward(batch, grad ? &saved : nullptr, stop);
  sum.whole = x.defined();
  if (!sum.whole) return sum;
  at::Tensor dx;
  const auto got = head_loss(stack, x, where, grad_scale, &dx, full);
  sum.loss = got.loss;
  sum.correct = got.correct;
  sum.computed = batch.tokens();
  if (grad) sum.whole = stack.backward(batch, dx, saved, full, stop);
  return sum;
}

}  // namespace

PassSum StepPass::run(const std::vector<const TokenizedExample*>& rows, bool grad, std::stop_token stop,
                      const std::function<void(std::int64_t rows_done)>& done) const {
  PassSum sum;
  for (const auto* row : rows) {
    sum.supervised += static_cast<double>(supervised_tokens(*row));
    sum.given += static_cast<std::int64_t>(row->input_ids.size());
  }
  const double grad_scale = grad ? 1.0 / sum.supervised : 0.0;
  const auto groups = cut_micro_batches(rows, cut);
  std::vector<PassSum> parts(groups.size());
  std::atomic<std::int64_t> through = 0;
  side_by_side(cut.lanes, [&](int lane) {
    const auto first = static_cast<std::size_t>(lane);
    for (std::size_t g = first; g < groups.size(); g += static_cast<std::size_t>(cut.lanes)) {
      parts[g] = micro_batch(*this, rows, groups[g], grad_scale, first, stop);
      through += static_cast<std::int64_t>(groups[g].size());
      if (done && lane == 0) done(through);
    }
  });
  for (const PassSum& part : parts) {
    sum.loss += part.loss;
    sum.correct += part.correct;
    sum.computed += part.computed;
    sum.whole = sum.whole && part.whole;
  }
  return sum;
}

}  // namespace minnow
