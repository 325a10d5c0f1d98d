// Final norm and head: the largest logit and the sum that makes probabilities, for every wanted token.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

#include "core/generate/decoder_state.h"
#include "core/model/cuda_ops.h"
#include "core/model/kernels.h"

namespace minnow {
namespace {

constexpr std::int64_t kHeadBlock = 192;   // rows of the head in one part
constexpr std::int64_t kFewRows = 128;     // up to here the head is read once by the kernel for few rows
constexpr std::int64_t kDeviceRows = 256;  // whose logits a device has at once: 250 MB at Qwen3's vocabulary

struct Part {
  float top = 0.0f, sum = 0.0f;
  std::int64_t best = 0;
};

Prediction joined(const Part* parts, std::int64_t count) {
  Prediction p;
  const Part* best = parts;
  for (const Part* part = parts; part != parts + count; ++part) {
    if (part->top > best->top) best = part;  // of equal ones the first, so the lowest id
  }
  double sum = 0.0;
  for (const Part* part = parts; part != parts + count; ++part) {
    sum += static_cast<double>(part->sum) * std::exp(static_cast<double>(part->top) - best->top);
  }
  p.best = static_cast<std::int32_t>(best->best);
  p.best_logit = best->top;
  p.logsumexp = best->top + static_cast<float>(std::log(sum));
  return p;
}

/// h [S, D] against the head, block by block over the team; logits are kept in state.logits when asked for.
template <typename T>
void few_rows(Decoder::Impl& state, const at::Tensor& h, bool want_logits) {
  const Kernels<T>& kernel = kernels<T>();
  const std::int64_t S = h.size(0), D = h.size(1), V = state.weights.config.vocab_size;
  const std::int64_t blocks = (V + kHeadBlock - 1) / kHeadBlock;
  const bool packed = state.packed_head.defined();
  std::vector<std::byte> x(static_cast<std::size_t>(kernel.operand_bytes(S, D, packed)));
  for (std::int64_t s = 0; s < S; ++s)
    kernel.prepare(static_cast<const T*>(h.data_ptr()) + s * D, x.data(), S, D, s, 0, D, packed);
  if (want_logits) state.logits = at::empty({S, V}, at::kFloat);
  float* all = want_logits ? state.logits.data_ptr<float>() : nullptr;
  std::vector<Part> parts(static_cast<std::size_t>(S * blocks));
  std::vector<float> scratch(static_cast<std::size_t>(state.team.size() * S * kHeadBlock));
  const Matrix<T> weight{static_cast<const T*>(state.weights.lm_head.data_ptr()),
                         packed ? static_cast<const T*>(state.packed_head.data_ptr()) : nullptr};
  state.team.run(1, [&](Team::Member& member) {
    float* y = scratch.data() + member.index() * S * kHeadBlock;
    member.share(blocks, 1, [&](std::int64_t b, std::int64_t) {
      const std::int64_t n = b * kHeadBlock, count = std::min(kHeadBlock, V - n);
      kernel.few_rows_product(x.data(), weight.from(n * D), y, S, D, count, kHeadBlock);
      for (std::int64_t s = 0; s < S; ++s) {
        Part& part = parts[static_cast<std::size_t>(s * blocks + b)];
        kernel.top_and_sum(y + s * kHeadBlock, count, &part.top, &part.best, &part.sum);
        part.best += n;
        if (all) std::copy_n(y + s * kHeadBlock, count, all + s * V + n);
      }
    });
  });
  for (std::int64_t s = 0; s < S; ++s) {
    Prediction& p = state.predictions[static_cast<std::size_t>(s)];
    p = joined(parts.data() + s * blocks, blocks);
    if (all) p.logits = all + s * V;
  }
}

/// The largest logit and the sum where the logits are: only three numbers a token leave the device.
void on_device(Decoder::Impl& state, const at::Tensor& h) {
  std::vector<at::Tensor> parts;
  for (const at::Tensor& some : h.split(kDeviceRows)) {
    const at::Tensor logits = at::linear(some, state.weights.lm_head);
    if (cuda::takes(logits)) {
      parts.push_back(cuda::largest(logits));
      continue;
    }
    const at::Tensor exact = logits.to(at::kFloat);
    const auto [best_logit, best] = exact.max(-1);
    // An id fits into f32: no vocabulary has 16 million entries.
    parts.push_back(at::stack({best.to(at::kFloat), best_logit, at::logsumexp(exact, -1)}, 1));
  }
  const at::Tensor all = at::cat(parts).cpu();
  const float* row = all.data_ptr<float>();
  for (Prediction& p : state.predictions) {
    p.best = static_cast<std::int32_t>(row[0]);
    p.best_logit = row[1];
    p.logsumexp = row[2];
    row += 3;
  }
}

/// As few_rows with ATen's product.
void many_rows(Decoder::Impl& state, const at::Tensor& h, bool want_logits) {
  const std::int64_t S = h.size(0), V = state.weights.config.vocab_size;
  if (h.is_cpu()) {
    state.logits = at::linear(h, state.weights.lm_head).to(at::kFloat);
  } else {
    state.logits = at::empty({S, V}, at::kFloat);
    const auto from = h.split(kDeviceRows), to = state.logits.split(kDeviceRows);
    for (std::size_t i = 0; i < from.size(); ++i) to[i].copy_(at::linear(from[i], state.weights.lm_head));
  }
  const float* all = state.logits.data_ptr<float>();
  at::parallel_for(0, S, 1, [&](std::int64_t b, std::int64_t e) {
    for (std::int64_t s = b; s < e; ++s) {
      const float* row = all + s * V;
      Part part;
      kernels_f32().top_and_sum(row, V, &part.top, &part.best, &part.sum);
      Prediction& p = state.predictions[static_cast<std::size_t>(s)];
      p = joined(&part, 1);
      if (want_logits) p.logits = row;
    }
  });
}

}  // namespace

void predict(Decoder::Impl& state, const at::Tensor& hidden, bool want_logits) {
  const std::int64_t S = hidden.size(0);
  state.predictions.assign(static_cast<std::size_t>(S), {});
  if (S == 0) return;
  const at::Tensor h = ops::rms_norm(hidden, state.weights.norm, state.weights.config.rms_norm_eps);
  const bool few = h.is_cpu() && S <= kFewRows && h.size(1) % 32 == 0;
  if (few && h.scalar_type() == at::kFloat) {
    few_rows<float>(state, h, want_logits);
  } else if (few && h.scalar_type() == at::kBFloat16) {
    few_rows<bf16>(state, h, want_logits);
  } else if (!ops::has_cpu_kernels(h) && !want_logits) {
    on_device(state, h);
  } else {
    many_rows(state, h, want_logits);
  }
}

}  // namespace minnow
