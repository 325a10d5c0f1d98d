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

/// h [S, D] against the head, block by block over the team; logits of the rows in `logits` are kept in state.logits.
template <typename T>
void few_rows(Decoder::Impl& state, const at::Tensor& h, const std::vector<std::int64_t>& logits) {
  const Kernels<T>& kernel = kernels<T>();
  const std::int64_t S = h.size(0), D = h.size(1), V = state.weights.config.vocab_size;
  const std::int64_t blocks = (V + kHeadBlock - 1) / kHeadBlock;
  const bool packed = state.packed_head.defined();
  std::vector<std::byte> x(static_cast<std::size_t>(kernel.operand_bytes(S, D, packed)));
  for (std::int64_t s = 0; s < S; ++s)
    kernel.prepare(static_cast<const T*>(h.data_ptr()) + s * D, x.data(), S, D, s, 0, D, packed);
  std::vector<float*> kept(static_cast<std::size_t>(S), nullptr);  // where a row's logits go
  if (!logits.empty()) state.logits = at::empty({std::ssize(logits), V}, at::kFloat);
  for (std::size_t i = 0; i < logits.size(); ++i) {
    kept[static_cast<std::size_t>(logits[i])] = state.logits.data_ptr<float>() + static_cast<std::int64_t>(i) * V;
  }
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
        if (float* to = kept[static_cast<std::size_t>(s)]) std::copy_n(y + s * kHeadBlock, count, to + n);
      }
    });
  });
  for (std::int64_t s = 0; s < S; ++s) {
    Prediction& p = state.predictions[static_cast<std::size_t>(s)];
    p = joined(parts.data() + s * blocks, blocks);
    p.logits = kept[static_cast<std::size_t>(s)];
  }
}

/// The largest logit and the sum where the logits are: only three numbers a token leave the device.
std::vector<Prediction> on_device(const Decoder::Impl& state, const at::Tensor& h) {
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
  std::vector<Prediction> predictions(static_cast<std::size_t>(h.size(0)));
  for (Prediction& p : predictions) {
    p.best = static_cast<std::int32_t>(row[0]);
    p.best_logit = row[1];
    p.logsumexp = row[2];
    row += 3;
  }
  return predictions;
}

/// With ATen's product; every row brings its logits.
std::vector<Prediction> many_rows(Decoder::Impl& state, const at::Tensor& h) {
  const std::int64_t S = h.size(0), V = state.weights.config.vocab_size;
  if (h.is_cpu()) {
    state.logits = at::linear(h, state.weights.lm_head).to(at::kFloat);
  } else {
    state.logits = at::empty({S, V}, at::kFloat);
    const auto from = h.split(kDeviceRows), to = state.logits.split(kDeviceRows);
    for (std::size_t i = 0; i < from.size(); ++i) to[i].copy_(at::linear(from[i], state.weights.lm_head));
  }
  const float* all = state.logits.data_ptr<float>();
  std::vector<Prediction> predictions(static_cast<std::size_t>(S));
  at::parallel_for(0, S, 1, [&](std::int64_t b, std::int64_t e) {
    for (std::int64_t s = b; s < e; ++s) {
      const float* row = all + s * V;
      Part part;
      kernels_f32().top_and_sum(row, V, &part.top, &part.best, &part.sum);
      Prediction& p = predictions[static_cast<std::size_t>(s)];
      p = joined(&part, 1);
      p.logits = row;
    }
  });
  return predictions;
}

/// Rows of h that bring logits and rows that don't, each in their way.
void mixed_rows(Decoder::Impl& state, const at::Tensor& h, const std::vector<std::int64_t>& logits) {
  std::vector<std::int64_t> others;
  for (std::int64_t s = 0; s < h.size(0); ++s) {
    if (!std::binary_search(logits.begin(), logits.end(), s)) others.push_back(s);
  }
  const auto put = [&](const std::vector<std::int64_t>& rows, bool with_logits) {
    if (rows.empty()) return;
    const at::Tensor some =
        rows.size() == state.predictions.size()
            ? h
            : h.index_select(0, at::tensor(at::ArrayRef<std::int64_t>(rows), at::kLong).to(h.device()));
    const std::vector<Prediction> predictions = with_logits ? many_rows(state, some) : on_device(state, some);
    for (std::size_t i = 0; i < rows.size(); ++i) state.predictions[static_cast<std::size_t>(rows[i])] = predictions[i];
  };
  put(logits, true);
  put(others, false);
}

}  // namespace

void predict(Decoder::Impl& state, const at::Tensor& hidden, const std::vector<std::int64_t>& logits) {
  const std::int64_t S = hidden.size(0);
  state.predictions.assign(static_cast<std::size_t>(S), {});
  if (S == 0) return;
  const at::Tensor h = ops::rms_norm(hidden, state.weights.norm, state.weights.config.rms_norm_eps);
  const bool few = h.is_cpu() && S <= kFewRows && h.size(1) % 32 == 0;
  if (few && h.scalar_type() == at::kFloat) {
    few_rows<float>(state, h, logits);
  } else if (few && h.scalar_type() == at::kBFloat16) {
    few_rows<bf16>(state, h, logits);
  } else if (ops::has_cpu_kernels(h)) {
    state.predictions = many_rows(state, h);
  } else {
    mixed_rows(state, h, logits);
  }
}

}  // namespace minnow
