// CPU tensors of float or bf16 go to the kernels, cut into parts for ATen's threads, those of a CUDA device to the
// kernels compiled for it; others take the ATen reference.
#include "core/model/ops.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <cmath>

#include "core/model/cuda_ops.h"
#include "core/model/kernels.h"

namespace minnow::ops {
namespace {

bool fast(const at::Tensor& x) {
  return x.is_cpu() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
}

template <typename T>
T* ptr(const at::Tensor& x) {
  return x.defined() ? static_cast<T*>(x.data_ptr()) : nullptr;
}

/// Calls f with a float or a bf16 of the tensor's storage type.
template <typename F>
void by_type(const at::Tensor& x, F f) {
  if (x.scalar_type() == at::kFloat) {
    f(float{});
  } else {
    f(bf16{});
  }
}

constexpr std::int64_t kGrain = 1 << 14;  // elements a thread should have at least

/// Runs body(begin, end) over [0, rows), each part at least kGrain elements of `width`.
template <typename F>
void over_rows(std::int64_t rows, std::int64_t width, F body) {
  at::parallel_for(0, rows, std::max<std::int64_t>(1, kGrain / std::max<std::int64_t>(1, width)), body);
}

/// dw summed over threads in a fixed order: each part of the rows has a row of its own.
struct WeightGrad {
  at::Tensor parts;
  std::int64_t parts_count = 0, rows_per_part = 1;
  WeightGrad(const at::Tensor& dw, std::int64_t rows) {
    parts_count = dw.defined() ? std::max<std::int64_t>(1, std::min<std::int64_t>(rows, 16)) : 1;
    rows_per_part = (rows + parts_count - 1) / parts_count;
    if (dw.defined()) parts = at::zeros({parts_count, dw.numel()}, dw.options());
  }
  float* part(std::int64_t i) const { return parts.defined() ? parts.data_ptr<float>() + i * parts.size(1) : nullptr; }
  void finish(const at::Tensor& dw) const {
    if (dw.defined()) at::Tensor(dw).add_(parts.sum(0));
  }
};

at::Tensor normalised(const at::Tensor& x, double eps) {
  const at::Tensor f = x.to(at::kFloat);
  return f * at::rsqrt(f.pow(2).mean(-1, true) + eps);
}

at::Tensor norm_backward_f32(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& w, double eps) {
  const at::Tensor f = x.to(at::kFloat), g = dy.to(at::kFloat) * w.to(at::kFloat);
  const at::Tensor inv = at::rsqrt(f.pow(2).mean(-1, true) + eps);
  return inv * (g - f * inv * inv * (g * f).mean(-1, true));
}

}  // namespace

at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& w, double eps) {
  if (cuda::takes(x)) return cuda::rms_norm(x, w, eps);
  if (!fast(x) || !x.is_contiguous()) return w * normalised(x, eps).to(x.scalar_type());
  at::Tensor y = at::empty_like(x);
  const std::int64_t D = x.size(-1), rows = x.numel() / D;
  by_type(x, [&](auto tag) {
    using T = decltype(tag);
    over_rows(rows, D, [&](std::int64_t b, std::int64_t e) {
      kernels<T>().rms_norm(ptr<T>(x) + b * D, ptr<T>(w), ptr<T>(y) + b * D, e - b, D, static_cast<float>(eps));
    });
  });
  return y;
}

at::Tensor rms_norm_backward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& w, double eps,
                             const at::Tensor& add, const at::Tensor& dw) {
  if (!dw.defined() && cuda::takes(x)) return cuda::rms_norm_backward(dy, x, w, eps, add);
  if (!fast(x)) {
    if (dw.defined()) {
      at::Tensor(dw).add_((dy.to(at::kFloat) * normalised(x, eps)).reshape({-1, x.size(-1)}).sum(0));
    }
    at::Tensor dx = norm_backward_f32(dy, x, w, eps);
    if (add.defined()) dx = dx + add.to(at::kFloat);
    return dx.to(x.scalar_type());
  }
  at::Tensor dx = at::empty_like(x);
  const std::int64_t D = x.size(-1), rows = x.numel() / D;
  const WeightGrad grad(dw, rows);
  by_type(x, [&](auto tag) {
    using T = decltype(tag);
    const auto run = [&](std::int64_t b, std::int64_t e, float* part) {
      kernels<T>().rms_norm_backward(ptr<T>(dy) + b * D, ptr<T>(x) + b * D, ptr<T>(w),
                                     add.defined() ? ptr<T>(add) + b * D : nullptr, ptr<T>(dx) + b * D, part, e - b, D,
                                     static_cast<float>(eps));
    };
    if (!dw.defined()) {
      over_rows(rows, D, [&](std::int64_t b, std::int64_t e) { run(b, e, nullptr); });
      return;
    }
    at::parallel_for(0, grad.parts_count, 1, [&](std::int64_t b, std::int64_t e) {
      for (std::int64_t i = b; i < e; ++i) {
        const std::int64_t first = i * grad.rows_per_part, last = std::min(rows, first + grad.rows_per_part);
        if (first < last) run(first, last, grad.part(i));
      }
    });
  });
  grad.finish(dw);
  return dx;
}

RopeTable rope_table(std::int64_t positions, std::int64_t E, double theta, at::ScalarType dtype, at::Device device) {
  // inv_freq[i] = 1 / theta^(2i/E), angles and functions in f32, then rounded to the model's dtype (facts 1.4).
  const auto f32 = at::TensorOptions().dtype(at::kFloat);
  const at::Tensor exponent = at::arange(0, E, 2, f32) / static_cast<double>(E);
  const at::Tensor inv_freq = 1.0 / at::pow(at::Scalar(static_cast<float>(theta)), exponent);
  const at::Tensor angle = at::arange(0, positions, f32).unsqueeze(1) * inv_freq.unsqueeze(0);
  return {at::cos(angle).to(dtype).to(at::kFloat).to(device).contiguous(),
          at::sin(angle).to(dtype).to(at::kFloat).to(device).contiguous()};
}

HeadLayout::HeadLayout(std::vector<std::int64_t> node_begins, const std::vector<std::int32_t>& token_positions,
                       const RopeTable& rope, const at::Tensor& like)
    : begins(std::move(node_begins)), positions(token_positions) {
  if (fast(like)) return;
  const at::Tensor index = at::from_blob(positions.data(), {tokens()}, at::kInt).to(at::kLong).to(rope.cosine.device());
  cosine = rope.cosine.index_select(0, index).unsqueeze(1);
  sine = rope.sine.index_select(0, index).unsqueeze(1);
}

bool has_cpu_kernels(const at::Tensor& x) { return fast(x); }

void wait_for(const at::Tensor& x) {
  if (!x.is_cpu()) x.view({-1})[0].item<double>();
}

namespace {

/// Calls body(token, offset of its head 0, distance between heads) for tokens [b, e).
template <typename F>
void each_token(const HeadLayout& layout, std::int64_t heads, std::int64_t E, std::int64_t b, std::int64_t e, F body) {
  std::size_t node = static_cast<std::size_t>(std::upper_bound(layout.begins.begin(), layout.begins.end(), b) -
                                              layout.begins.begin() - 1);
  for (std::int64_t t = b; t < e;) {
    const std::int64_t begin = layout.begins[node];
    const std::int64_t end = node + 1 < layout.begins.size() ? layout.begins[node + 1] : layout.tokens();
    for (; t < std::min(e, end); ++t) body(t, (begin * heads + (t - begin)) * E, (end - begin) * E);
    ++node;
  }
}

}  // namespace

at::Tensor heads_forward(const at::Tensor& x, const at::Tensor& w, const RopeTable& rope, const HeadLayout& layout,
                         std::int64_t heads, std::int64_t E, double eps) {
  if (!fast(x)) {
    if (!w.defined()) return x;
    if (cuda::takes_heads(x, E)) return cuda::heads_forward(x, w, layout.cosine, layout.sine, heads, E, eps);
    const auto type = x.scalar_type();
    const at::Tensor n = w * normalised(x.view({-1, heads, E}), eps).to(type);
    const at::Tensor c = layout.cosine.to(type), s = layout.sine.to(type);
    const at::Tensor a = n.narrow(-1, 0, E / 2), b = n.narrow(-1, E / 2, E / 2);
    return at::cat({a * c - b * s, b * c + a * s}, -1).view({-1, heads * E});
  }
  at::Tensor y = at::empty({layout.tokens() * heads * E}, x.options());
  by_type(x, [&](auto tag) {
    using T = decltype(tag);
    over_rows(layout.tokens(), heads * E, [&](std::int64_t b, std::int64_t e) {
      each_token(layout, heads, E, b, e, [&](std::int64_t t, std::int64_t offset, std::int64_t stride) {
        const T* from = ptr<T>(x) + t * heads * E;
        T* to = ptr<T>(y) + offset;
        if (w.defined()) {
          const std::int64_t at_position = layout.positions[static_cast<std::size_t>(t)] * (E / 2);
          kernels<T>().qk_norm_rope(from, ptr<T>(w), rope.cosine.data_ptr<float>() + at_position,
                                    rope.sine.data_ptr<float>() + at_position, to, stride, heads, E,
                                    static_cast<float>(eps));
        } else {
          for (std::int64_t h = 0; h < heads; ++h) std::copy(from + h * E, from + (h + 1) * E, to + h * stride);
        }
      });
    });
  });
  return y;
}

at::Tensor heads_backward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& w, const RopeTable& rope,
                          const HeadLayout& layout, std::int64_t heads, std::int64_t E, double eps,
                          const at::Tensor& dw) {
  if (!fast(dy)) {
    if (!w.defined()) return dy;
    if (!dw.defined() && cuda::takes_heads(x, E)) {
      return cuda::heads_backward(dy, x, w, layout.cosine, layout.sine, heads, E, eps);
    }
    const at::Tensor d = dy.view({-1, heads, E}).to(at::kFloat), xh = x.view({-1, heads, E});
    const at::Tensor a = d.narrow(-1, 0, E / 2), b = d.narrow(-1, E / 2, E / 2);
    const at::Tensor &c = layout.cosine, &s = layout.sine;
    const at::Tensor dn = at::cat({a * c + b * s, b * c - a * s}, -1);
    if (dw.defined()) at::Tensor(dw).add_((dn * normalised(xh, eps)).reshape({-1, E}).sum(0));
    return norm_backward_f32(dn, xh, w, eps).to(x.scalar_type()).reshape({-1, heads * E});
  }
  at::Tensor dx = at::empty({layout.tokens(), heads * E}, dy.options());
  const WeightGrad grad(dw, layout.tokens());
  by_type(dy, [&](auto tag) {
    using T = decltype(tag);
    const auto run = [&](std::int64_t b, std::int64_t e, float* part) {
      each_token(layout, heads, E, b, e, [&](std::int64_t t, std::int64_t offset, std::int64_t stride) {
        const T* from = ptr<T>(dy) + offset;
        T* to = ptr<T>(dx) + t * heads * E;
        if (w.defined()) {
          const std::int64_t at_position = layout.positions[static_cast<std::size_t>(t)] * (E / 2);
          kernels<T>().qk_norm_rope_backward(
              from, stride, ptr<T>(x) + t * heads * E, ptr<T>(w), rope.cosine.data_ptr<float>() + at_position,
              rope.sine.data_ptr<float>() + at_position, to, part, heads, E, static_cast<float>(eps));
        } else {
          for (std::int64_t h = 0; h < heads; ++h) std::copy(from + h * stride, from + h * stride + E, to + h * E);
        }
      });
    };
    if (!dw.defined()) {
      over_rows(layout.tokens(), heads * E, [&](std::int64_t b, std::int64_t e) { run(b, e, nullptr); });
      return;
    }
    at::parallel_for(0, grad.parts_count, 1, [&](std::int64_t b, std::int64_t e) {
      for (std::int64_t i = b; i < e; ++i) {
        const std::int64_t first = i * grad.rows_per_part;
        const std::int64_t last = std::min(layout.tokens(), first + grad.rows_per_part);
        if (first < last) run(first, last, grad.part(i));
      }
    });
  });
  grad.finish(dw);
  return dx;
}

at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up) {
  if (cuda::takes(gate)) return cuda::swiglu(gate, up);
  if (!fast(gate)) return at::silu(gate) * up;
  at::Tensor y = at::empty_like(gate);
  by_type(gate, [&](auto tag) {
    using T = decltype(tag);
    over_rows(gate.numel(), 1, [&](std::int64_t b, std::int64_t e) {
      kernels<T>().swiglu(ptr<T>(gate) + b, ptr<T>(up) + b, ptr<T>(y) + b, e - b);
    });
  });
  return y;
}

SwigluGrad swiglu_backward(const at::Tensor& dy, const at::Tensor& gate, const at::Tensor& up) {
  if (cuda::takes(gate)) return cuda::swiglu_backward(dy, gate, up);
  if (!fast(gate)) {
    const at::Tensor silu = at::silu(gate);
    return {at::silu_backward(dy * up, gate), dy * silu, silu * up};
  }
  SwigluGrad r{at::empty_like(gate), at::empty_like(gate), at::empty_like(gate)};
  by_type(gate, [&](auto tag) {
    using T = decltype(tag);
    over_rows(gate.numel(), 1, [&](std::int64_t b, std::int64_t e) {
      kernels<T>().swiglu_backward(ptr<T>(dy) + b, ptr<T>(gate) + b, ptr<T>(up) + b, ptr<T>(r.dgate) + b,
                                   ptr<T>(r.dup) + b, ptr<T>(r.y) + b, e - b);
    });
  });
  return r;
}

void add_(at::Tensor& y, const at::Tensor& x) {
  if (!fast(y)) {
    y.add_(x);
    return;
  }
  by_type(y, [&](auto tag) {
    using T = decltype(tag);
    over_rows(y.numel(), 1,
              [&](std::int64_t b, std::int64_t e) { kernels<T>().add(ptr<T>(y) + b, ptr<T>(x) + b, e - b); });
  });
}

void softmax_causal_(at::Tensor& scores, std::int64_t prefix, std::int64_t period, double scale) {
  const std::int64_t width = scores.size(-1), rows = scores.numel() / width;
  if (!fast(scores)) {
    const auto options = at::TensorOptions().dtype(at::kLong).device(scores.device());
    const at::Tensor seen = (at::arange(rows, options) % period + prefix).unsqueeze(1);
    const at::Tensor hidden = at::arange(width, options).unsqueeze(0) > seen;
    at::Tensor s = scores.view({rows, width}).to(at::kFloat) * scale;
    s.masked_fill_(hidden, -std::numeric_limits<float>::infinity());
    scores.copy_(at::softmax(s, -1).view(scores.sizes()));
    return;
  }
  by_type(scores, [&](auto tag) {
    using T = decltype(tag);
    over_rows(rows, width, [&](std::int64_t b, std::int64_t e) {
      for (std::int64_t r = b; r < e;) {  // up to the end of a head's rows at once
        const std::int64_t count = std::min(e - r, period - r % period);
        kernels<T>().softmax_causal(ptr<T>(scores) + r * width, count, width, prefix + r % period, period,
                                    static_cast<float>(scale));
        r += count;
      }
    });
  });
}

void softmax_backward_(const at::Tensor& p, at::Tensor& dp, double scale) {
  const std::int64_t width = p.size(-1), rows = p.numel() / width;
  if (!fast(p)) {
    dp.copy_(at::_softmax_backward_data(dp, p, -1, p.scalar_type()).mul_(scale));
    return;
  }
  by_type(p, [&](auto tag) {
    using T = decltype(tag);
    over_rows(rows, width, [&](std::int64_t b, std::int64_t e) {
      kernels<T>().softmax_backward(ptr<T>(p) + b * width, ptr<T>(dp) + b * width, e - b, width,
                                    static_cast<float>(scale));
    });
  });
}

namespace {

bool low_rank_kernels(const at::Tensor& x, const at::Tensor& w) {
  return fast(x) && x.is_contiguous() && w.is_contiguous() && x.size(1) % 32 == 0;
}

}  // namespace

at::Tensor low_rank_down(const at::Tensor& x, const at::Tensor& w) {
  if (!low_rank_kernels(x, w)) return at::mm(w, x.t());
  constexpr std::int64_t kChunk = 64;  // rows of x that the second-level cache keeps for all of w
  const std::int64_t N = x.size(0), D = x.size(1), rank = w.size(0);
  at::Tensor low = at::empty({rank, N}, x.options().dtype(at::kFloat));
  by_type(x, [&](auto tag) {
    using T = decltype(tag);
    const at::Tensor operand = at::empty({kernels<T>().operand_bytes(rank, D, false)}, x.options().dtype(at::kByte));
    for (std::int64_t r = 0; r < rank; ++r)
      kernels<T>().prepare(ptr<T>(w) + r * D, operand.data_ptr(), rank, D, r, 0, D, false);
    over_rows(N, D, [&](std::int64_t b, std::int64_t e) {
      for (std::int64_t n = b; n < e; n += kChunk) {
        kernels<T>().few_rows_product(operand.data_ptr(), {ptr<T>(x) + n * D}, ptr<float>(low) + n, rank, D,
                                      std::min(kChunk, e - n), N);
      }
    });
  });
  return low;
}

void low_rank_up_(at::Tensor& y, const at::Tensor& low, const at::Tensor& w, double scale) {
  if (!low_rank_kernels(y, w)) {
    const at::Tensor factor = low.t().to(w.scalar_type());
    // Not addmm on the CPU: oneDNN 2.6 (Debian 12) keeps a pointer to the post-operations of a fused product beyond
    // their life, and another thread's allocations then make nonsense of them.
    if (y.is_cpu())
      y.add_(at::mm(factor, w), scale);
    else
      y.addmm_(factor, w, 1.0, scale);
    return;
  }
  const at::Tensor shares = low.to(at::kFloat).contiguous();
  const std::int64_t N = y.size(0), D = y.size(1), rank = w.size(0);
  by_type(y, [&](auto tag) {
    using T = decltype(tag);
    over_rows(N, D, [&](std::int64_t b, std::int64_t e) {
      kernels<T>().low_rank_up(ptr<float>(shares) + b, N, ptr<T>(w), ptr<T>(y) + b * D, e - b, rank, D,
                               static_cast<float>(scale));
    });
  });
}

void low_rank_grad_(at::Tensor& grad, const at::Tensor& low, const at::Tensor& x, double scale) {
  if (!low_rank_kernels(x, low)) {
    grad.add_(at::mm(low.to(x.scalar_type()), x), scale);
    return;
  }
  if (!grad.is_contiguous()) {
    at::Tensor part = at::zeros(grad.sizes(), grad.options());
    low_rank_grad_(part, low, x, scale);
    grad.add_(part);
    return;
  }
  const at::Tensor shares = low.to(at::kFloat).contiguous();
  const std::int64_t N = x.size(0), D = x.size(1), rank = low.size(0);
  by_type(x, [&](auto tag) {
    using T = decltype(tag);
    // By columns: every sum is made in the order of x's rows, however many threads there are.
    over_rows(D / 32, 32 * N, [&](std::int64_t b, std::int64_t e) {
      kernels<T>().low_rank_grad(ptr<float>(shares), N, ptr<T>(x), ptr<float>(grad), N, rank, D, 32 * b, 32 * e,
                                 static_cast<float>(scale));
    });
  });
}

CrossEntropySum cross_entropy_(at::Tensor& logits, const std::vector<std::int64_t>& targets,
                               const std::vector<float>& weights, double grad_scale) {
  if (cuda::takes(logits)) return cuda::cross_entropy_(logits, targets, weights, grad_scale);
  const std::int64_t C = logits.size(0), V = logits.size(1);
  CrossEntropySum sum;
  if (!fast(logits)) {
    const auto device = logits.device();
    const at::Tensor index = at::from_blob(const_cast<std::int64_t*>(targets.data()), {C, 1}, at::kLong).to(device);
    const at::Tensor w = at::from_blob(const_cast<float*>(weights.data()), {C, 1}, at::kFloat).to(device);
    const at::Tensor logp = at::log_softmax(logits.to(at::kFloat), -1);
    sum.loss = -(logp.gather(1, index) * w).sum().item<double>();
    sum.correct = ((logits.argmax(-1, true) == index).to(at::kFloat) * w).sum().item<double>();
    if (grad_scale != 0.0) {
      at::Tensor grad = logp.exp();
      grad.scatter_add_(1, index, at::full({C, 1}, -1.0f, grad.options()));
      logits.copy_(grad * w * grad_scale);
    }
    return sum;
  }
  std::vector<float> loss(static_cast<std::size_t>(C));
  std::vector<char> right(static_cast<std::size_t>(C));
  by_type(logits, [&](auto tag) {
    using T = decltype(tag);
    over_rows(C, V, [&](std::int64_t b, std::int64_t e) {
      for (std::int64_t c = b; c < e; ++c) {
        const auto i = static_cast<std::size_t>(c);
        if (weights[i] == 0.0f) {
          if (grad_scale != 0.0) std::fill_n(ptr<T>(logits) + c * V, V, T{});
          continue;
        }
        std::int64_t best = -1;
        loss[i] = kernels<T>().cross_entropy(ptr<T>(logits) + c * V, V, targets[i],
                                             static_cast<float>(grad_scale * weights[i]), &best);
        right[i] = best == targets[i];
      }
    });
  });
  for (std::size_t i = 0; i < loss.size(); ++i) {
    sum.loss += static_cast<double>(weights[i]) * loss[i];
    sum.correct += right[i] ? weights[i] : 0.0;
  }
  return sum;
}

}  // namespace minnow::ops
