// Each operation of Qwen3 as this device computes it, in both dtypes, against the same written with ATen in f64.
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <numeric>

#include "core/model/attention_padded.h"
#include "core/model/cuda_ops.h"
#include "core/model/ops.h"
#include "core/verify/goldens.h"

namespace minnow {
namespace {

constexpr double kEps = 1e-6;

/// Numbers on the device, and the same numbers in f64 on the CPU, where the kernels don't take them.
struct Both {
  at::Tensor here, exact;
};

class Operations {
 public:
  Operations(at::Device device, at::ScalarType type) : device_(device), type_(type) {}
  std::vector<GoldenCheck> all() {
    norms();
    heads();
    activation();
    loss();
    attention();
    return std::move(checks_);
  }

 private:
  Both numbers(at::IntArrayRef sizes) {
    const at::Tensor here = at::randn(sizes, generator_).to(type_);
    return {here.to(device_), here.to(at::kDouble)};
  }

  /// The worst difference, relative where numbers are larger than 1.
  void compare(const std::string& what, const at::Tensor& here, const at::Tensor& exact) {
    const at::Tensor got = here.cpu().to(at::kDouble).reshape(exact.sizes());
    const double worst = ((got - exact).abs() / exact.abs().clamp_min(1.0)).max().item<double>();
    // bf16 has 8 bits: an error of 2^-9 for each of the roundings on the way.
    const bool f32 = type_ == at::kFloat;
    checks_.push_back({what + (f32 ? ", f32" : ", bf16"), worst, f32 ? 2e-5 : 0.02});
  }

  void norms() {
    for (const std::int64_t D : {48, 1024}) {
      const Both x = numbers({7, D}), dy = numbers({7, D}), add = numbers({7, D}), w = numbers({D});
      const std::string norm = "norm of " + std::to_string(D);
      compare(norm, ops::rms_norm(x.here, w.here, kEps), ops::rms_norm(x.exact, w.exact, kEps));
      compare(norm + ", gradient", ops::rms_norm_backward(dy.here, x.here, w.here, kEps),
              ops::rms_norm_backward(dy.exact, x.exact, w.exact, kEps));
      compare(norm + ", gradient and more", ops::rms_norm_backward(dy.here, x.here, w.here, kEps, add.here),
              ops::rms_norm_backward(dy.exact, x.exact, w.exact, kEps, add.exact));
    }
  }

  void heads() {
    constexpr std::int64_t N = 9, E = 64, kHeads = 3, kPlaces = 20;
    std::vector<std::int32_t> positions(N);
    std::iota(positions.begin(), positions.end(), 5);
    const Both x = numbers({N, kHeads * E}), dy = numbers({N, kHeads * E}), w = numbers({E});
    const auto rope = [&](const at::Tensor& like) { return ops::rope_table(N + 5, E, 1e6, type_, like.device()); };
    const ops::RopeTable here = rope(x.here), exact = rope(x.exact);
    const ops::HeadLayout layout({0}, positions, here, x.here), exact_layout({0}, positions, exact, x.exact);
    // One node: head by head where there are kernels for the CPU, token by token elsewhere (HeadLayout).
    const auto by_token = [&](const at::Tensor& y) {
      return ops::has_cpu_kernels(y) ? y.view({kHeads, N, E}).transpose(0, 1) : y.view({N, kHeads, E});
    };
    const auto in_layout = [&](const at::Tensor& y) {
      return ops::has_cpu_kernels(y) ? y.view({N, kHeads, E}).transpose(0, 1).contiguous().view(-1) : y;
    };
    const at::Tensor rotated = ops::heads_forward(x.exact, w.exact, exact, exact_layout, kHeads, E, kEps);
    compare("heads", by_token(ops::heads_forward(x.here, w.here, here, layout, kHeads, E, kEps)),
            rotated.view({N, kHeads, E}));
    compare("heads, gradient", ops::heads_backward(in_layout(dy.here), x.here, w.here, here, layout, kHeads, E, kEps),
            ops::heads_backward(dy.exact, x.exact, w.exact, exact, exact_layout, kHeads, E, kEps));
    if (!cuda::takes(x.here)) return;
    const at::Tensor places = at::arange(kPlaces - 1, kPlaces - 1 - N, -1, at::kLong);  // backwards, from the end
    for (const bool rotate : {true, false}) {
      const Both cache = numbers({kHeads, kPlaces, E});
      cuda::heads_into(cache.here, places.to(device_), x.here, rotate ? w.here : at::Tensor(), layout.cosine,
                       layout.sine, kEps);
      cache.exact.index_copy_(1, places, (rotate ? rotated : x.exact).view({N, kHeads, E}).transpose(0, 1));
      compare(rotate ? "heads into a cache" : "values into a cache", cache.here, cache.exact);
    }
  }

  void activation() {
    const Both gate = numbers({5, 777}), up = numbers({5, 777}), dy = numbers({5, 777});
    compare("gated activation", ops::swiglu(gate.here, up.here), ops::swiglu(gate.exact, up.exact));
    const ops::SwigluGrad got = ops::swiglu_backward(dy.here, gate.here, up.here);
    const ops::SwigluGrad want = ops::swiglu_backward(dy.exact, gate.exact, up.exact);
    compare("gated activation, again", got.y, want.y);
    compare("gated activation, gradient of the gate", got.dgate, want.dgate);
    compare("gated activation, gradient of the other", got.dup, want.dup);
  }

  void loss() {
    if (const at::Tensor x = numbers({4, 5004}).here; cuda::takes(x)) {
      for (const std::int64_t i : {77, 5003}) x.select(1, i).fill_(9.0);  // the largest twice: the first counts
      const at::Tensor sums = at::logsumexp(x.cpu().to(at::kDouble), -1);
      compare("largest logits and the sum", cuda::largest(x),
              at::stack({at::full_like(sums, 77.0), at::full_like(sums, 9.0), sums}, 1));
    }
    Both logits = numbers({4, 5004});
    std::vector<std::int64_t> targets{17, 0, 5003, 3};
    targets[3] = logits.exact[3].argmax().item<std::int64_t>();
    const std::vector<float> weights{1.0f, 0.0f, 2.0f, 1.0f};
    const auto got = ops::cross_entropy_(logits.here, targets, weights, 1.0);
    const auto want = ops::cross_entropy_(logits.exact, targets, weights, 1.0);
    compare("loss, and how many are right", at::tensor({got.loss, got.correct}),
            at::tensor({want.loss, want.correct}, at::kDouble));
    compare("loss, gradient of the logits", logits.here, logits.exact);
  }

  /// A piece of one token, one of several, and one below a shared run, over a cache that has more than they see.
  void attention() {
    constexpr std::int64_t kPlaces = 150, N = 1 + 6 + 3;
    const std::vector<AttentionPiece> pieces{{0, 1, {{100, 33}}}, {1, 6, {{40, 60}}}, {7, 3, {{0, 40}, {140, 4}}}};
    for (const AttentionShape& shape : {AttentionShape{16, 8, 128, 0.0884}, AttentionShape{4, 4, 32, 0.177}}) {
      const Both q = numbers({N, shape.H * shape.E}), k = numbers({shape.K, kPlaces, shape.E}),
                 v = numbers({shape.K, kPlaces, shape.E});
      const auto padded = [&](const at::Tensor& query, const at::Tensor& keys, const at::Tensor& values) {
        return PaddedAttention(pieces, N, shape, query.options(), false)
            .forward(query, keys.transpose(0, 1), values.transpose(0, 1));
      };
      const at::Tensor exact = padded(q.exact, k.exact, v.exact);
      const std::string of = " of " + std::to_string(shape.H) + " heads";
      compare("padded attention" + of, padded(q.here, k.here, v.here), exact);
      if (!cuda::CacheAttention::takes(pieces, shape, q.here)) continue;
      compare("attention over a cache" + of,
              cuda::CacheAttention(pieces, shape, q.here).forward(q.here, k.here, v.here), exact);
    }
  }

  at::Device device_;
  at::ScalarType type_;
  at::Generator generator_ = at::make_generator<at::CPUGeneratorImpl>(1);
  std::vector<GoldenCheck> checks_;
};

}  // namespace

std::vector<GoldenCheck> check_operations(const GoldenOptions& options) {
  const c10::NoGradGuard no_grad;
  std::vector<GoldenCheck> all = Operations(at::Device(options.device), at::kFloat).all();
  for (GoldenCheck& check : Operations(at::Device(options.device), at::kBFloat16).all())
    all.push_back(std::move(check));
  return all;
}

}  // namespace minnow
