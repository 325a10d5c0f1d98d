// The kernels for CUDA devices, run on the CPU thread by thread, against the same operations with ATen in f64. What is
// tested is the source; that a device computes it so is for `minnow-cli verify --device cuda`.
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <QtTest>

#include <numeric>

#include "core/model/attention_padded.h"
#include "core/model/ops.h"
#include "tests/model/cuda_on_cpu.h"

namespace f32 {
#define T float
#include "core/model/cuda_common.cuh"
#include "core/model/cuda_elementwise.cuh"
}  // namespace f32
#undef T
#define T bf16
namespace b16 {
#include "core/model/cuda_common.cuh"
#include "core/model/cuda_elementwise.cuh"
}  // namespace b16
#define E 64
#define G 2
#define WARPS 2
#define ALIGN 4
namespace b16 {
#include "core/model/cuda_attention.cuh"
}
#undef T
#define T float
namespace f32 {
#include "core/model/cuda_attention.cuh"
}
#undef T
#undef E
#undef G
#undef WARPS
#undef ALIGN

using namespace minnow;

namespace {

constexpr double kEps = 1e-6;
constexpr int kThreads = 64;

/// The kernels of one storage type, by the names that they have.
#define KERNELS_OF(space, Storage)                                      \
  struct space##Kernels {                                               \
    using Number = Storage;                                             \
    static constexpr auto rms_norm = space::rms_norm;                   \
    static constexpr auto rms_norm_backward = space::rms_norm_backward; \
    static constexpr auto heads_forward = space::heads_forward;         \
    static constexpr auto heads_backward = space::heads_backward;       \
    static constexpr auto swiglu = space::swiglu;                       \
    static constexpr auto swiglu_backward = space::swiglu_backward;     \
    static constexpr auto largest = space::largest;                     \
    static constexpr auto cross_entropy = space::cross_entropy;         \
    static constexpr auto attend = space::attend;                       \
  };
KERNELS_OF(f32, float)
KERNELS_OF(b16, b16::bf16)

template <typename K>
constexpr bool kIsFloat = std::is_same_v<typename K::Number, float>;

/// Numbers as they are stored, and the same in f64.
struct Both {
  at::Tensor here, exact;
};

template <typename K>
Both numbers(at::IntArrayRef sizes) {
  static at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(1);
  const at::Tensor here = at::randn(sizes, generator).to(kIsFloat<K> ? at::kFloat : at::kBFloat16);
  return {here, here.to(at::kDouble)};
}

template <typename K>
typename K::Number* at_of(const at::Tensor& x) {
  return x.defined() ? static_cast<typename K::Number*>(x.data_ptr()) : nullptr;
}

template <typename K>
void compare(const char* what, const at::Tensor& here, const at::Tensor& exact) {
  const at::Tensor got = here.to(at::kDouble).reshape(exact.sizes());
  const double worst = ((got - exact).abs() / exact.abs().clamp_min(1.0)).max().item<double>();
  QVERIFY2(worst <= (kIsFloat<K> ? 2e-5 : 0.02),
           qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(what)).arg(worst)));
}

template <typename K>
void norms() {
  for (const int D : {48, 1000}) {
    const int rows = 3;
    const Both x = numbers<K>({rows, D}), dy = numbers<K>({rows, D}), add = numbers<K>({rows, D}), w = numbers<K>({D});
    const at::Tensor y = at::empty_like(x.here);
    CudaBlock::launch(rows, kThreads, [&] { K::rms_norm(at_of<K>(x.here), at_of<K>(w.here), at_of<K>(y), D, kEps); });
    compare<K>("norm", y, ops::rms_norm(x.exact, w.exact, kEps));
    for (const at::Tensor& more : {at::Tensor(), add.here}) {
      CudaBlock::launch(rows, kThreads, [&] {
        K::rms_norm_backward(at_of<K>(dy.here), at_of<K>(x.here), at_of<K>(w.here), at_of<K>(more), at_of<K>(y), D,
                             kEps);
      });
      compare<K>("gradient of the norm", y,
                 ops::rms_norm_backward(dy.exact, x.exact, w.exact, kEps, more.defined() ? add.exact : at::Tensor()));
    }
  }
}

template <typename K>
void heads() {
  constexpr int N = 5, kHeads = 3, E = 72, kPlaces = 9;
  constexpr int kPairs = N * kHeads, kBlocks = (kPairs + 1) / 2;
  std::vector<std::int32_t> positions(N);
  std::iota(positions.begin(), positions.end(), 5);
  const Both x = numbers<K>({N, kHeads * E}), dy = numbers<K>({N, kHeads * E}), w = numbers<K>({E});
  const ops::RopeTable rope = ops::rope_table(N + 5, E, 1e6, x.here.scalar_type(), at::kCPU);
  const ops::HeadLayout layout({0}, positions, rope, x.exact);
  const float *cosine = layout.cosine.data_ptr<float>(), *sine = layout.sine.data_ptr<float>();
  const at::Tensor rotated = ops::heads_forward(x.exact, w.exact, rope, layout, kHeads, E, kEps);
  const at::Tensor y = at::empty_like(x.here);
  CudaBlock::launch(kBlocks, kThreads, [&] {
    K::heads_forward(at_of<K>(x.here), at_of<K>(w.here), cosine, sine, nullptr, at_of<K>(y), kPairs, kHeads, E,
                     kHeads * E, E, kEps);
  });
  compare<K>("heads", y, rotated);
  CudaBlock::launch(kBlocks, kThreads, [&] {
    K::heads_backward(at_of<K>(dy.here), at_of<K>(x.here), at_of<K>(w.here), cosine, sine, at_of<K>(y), kPairs, kHeads,
                      E, kEps);
  });
  compare<K>("gradient of the heads", y,
             ops::heads_backward(dy.exact, x.exact, w.exact, rope, layout, kHeads, E, kEps));
  const std::vector<long long> places{7, 0, 8, 3, 4};
  for (const bool rotate : {true, false}) {
    const Both cache = numbers<K>({kHeads, kPlaces, E});
    CudaBlock::launch(kBlocks, kThreads, [&] {
      K::heads_forward(at_of<K>(x.here), at_of<K>(rotate ? w.here : at::Tensor()), cosine, sine, places.data(),
                       at_of<K>(cache.here), kPairs, kHeads, E, E, kPlaces * E, kEps);
    });
    const at::Tensor index = at::tensor({7, 0, 8, 3, 4}, at::kLong);
    cache.exact.index_copy_(1, index, (rotate ? rotated : x.exact).view({N, kHeads, E}).transpose(0, 1));
    compare<K>("heads into a cache", cache.here, cache.exact);
  }
}

template <typename K>
void activation() {
  const Both gate = numbers<K>({5, 84}), up = numbers<K>({5, 84}), dy = numbers<K>({5, 84});
  const at::Tensor y = at::empty_like(gate.here), dgate = at::empty_like(y), dup = at::empty_like(y);
  const long long n = y.numel();
  // Fewer threads than numbers: they go round again.
  CudaBlock::launch(1, kThreads, [&] { K::swiglu(at_of<K>(gate.here), at_of<K>(up.here), at_of<K>(y), n); });
  compare<K>("gated activation", y, ops::swiglu(gate.exact, up.exact));
  CudaBlock::launch(2, kThreads, [&] {
    K::swiglu_backward(at_of<K>(dy.here), at_of<K>(gate.here), at_of<K>(up.here), at_of<K>(dgate), at_of<K>(dup),
                       at_of<K>(y), n);
  });
  const ops::SwigluGrad want = ops::swiglu_backward(dy.exact, gate.exact, up.exact);
  compare<K>("gated activation, again", y, want.y);
  compare<K>("gradient of the gate", dgate, want.dgate);
  compare<K>("gradient of the other", dup, want.dup);
}

template <typename K>
void logits() {
  constexpr int C = 4, V = 604;
  const Both x = numbers<K>({C, V});
  const at::Tensor tied = x.here.clone(), found = at::empty({C, 3}), sums = at::empty({2, C});
  for (const std::int64_t i : {77, 603}) tied.select(1, i).fill_(9.0);  // the largest twice: the first counts
  CudaBlock::launch(C, kThreads, [&] { K::largest(at_of<K>(tied), found.data_ptr<float>(), V); });
  const at::Tensor sum = at::logsumexp(tied.to(at::kDouble), -1);
  compare<K>("largest", found, at::stack({at::full_like(sum, 77.0), at::full_like(sum, 9.0), sum}, 1));

  std::vector<std::int64_t> targets{17, 0, 603, 3};
  targets[3] = x.exact[3].argmax().item<std::int64_t>();
  const std::vector<float> weights{1.0f, 0.0f, 2.0f, 1.0f};
  const std::vector<long long> index(targets.begin(), targets.end());
  at::Tensor exact = x.exact.clone();
  const auto want = ops::cross_entropy_(exact, targets, weights, 0.5);
  for (const float scale : {0.0f, 0.5f}) {  // first without a gradient: the logits stay
    CudaBlock::launch(C, kThreads, [&] {
      K::cross_entropy(at_of<K>(x.here), index.data(), weights.data(), sums.data_ptr<float>(), V, scale);
    });
    const at::Tensor both = at::tensor({want.loss, want.correct}, at::kDouble);
    compare<K>("loss, and how many are right", sums.sum(1), both);
    compare<K>("logits", x.here, scale == 0.0f ? x.exact : exact);
  }
}

template <typename K>
void attention() {
  constexpr std::int64_t kPlaces = 60, N = 5;
  const AttentionShape shape{4, 2, 64, 0.125};
  // One token, three of which each sees one more, and one below a run that others share.
  const std::vector<AttentionPiece> pieces{{0, 1, {{50, 5}}}, {1, 3, {{20, 7}}}, {4, 1, {{0, 6}, {48, 1}}}};
  const std::vector<int> first{0, 1, 2, 3, 4, 6}, runs{50, 5, 20, 5, 20, 6, 20, 7, 0, 6, 48, 1};
  const Both q = numbers<K>({N, 4 * 64}), k = numbers<K>({2, kPlaces, 64}), v = numbers<K>({2, kPlaces, 64});
  const at::Tensor y = at::empty_like(q.here);
  CudaBlock::launch(N * 2, kThreads, [&] {
    K::attend(at_of<K>(q.here), at_of<K>(k.here), at_of<K>(v.here), first.data(), runs.data(), at_of<K>(y), 2, kPlaces,
              0.125f);
  });
  const PaddedAttention exact(pieces, N, shape, q.exact.options(), false);
  compare<K>("attention", y, exact.forward(q.exact, k.exact.transpose(0, 1), v.exact.transpose(0, 1)));
}

}  // namespace

class TestCudaKernels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void normsAndTheirGradients() { norms<f32Kernels>(), norms<b16Kernels>(); }
  void headsAndTheirGradients() { heads<f32Kernels>(), heads<b16Kernels>(); }
  void gatedActivation() { activation<f32Kernels>(), activation<b16Kernels>(); }
  void largestLogitAndLoss() { logits<f32Kernels>(), logits<b16Kernels>(); }
  void attentionOverRunsOfACache() { attention<f32Kernels>(), attention<b16Kernels>(); }

  void adamwIsThatOfTheFormula() {
    const float lr = 0.01f, correction2 = 0.3f, decay = 0.999f;
    const int n = 70;
    const Both value = numbers<f32Kernels>({n}), grad = numbers<f32Kernels>({n}), m = numbers<f32Kernels>({n});
    const at::Tensor v = m.here.abs() + 0.1, v_exact = v.to(at::kDouble);
    CudaBlock::launch(1, kThreads, [&] {
      f32::adamw_step(value.here.data_ptr<float>(), grad.here.data_ptr<float>(), m.here.data_ptr<float>(),
                      v.data_ptr<float>(), n, 0.1f, 0.95f, 0.05f, 1e-8f, lr, correction2, decay);
    });
    const at::Tensor want_m = m.exact * 0.9 + grad.exact * 0.1;
    const at::Tensor want_v = v_exact * 0.95 + grad.exact * grad.exact * 0.05;
    compare<f32Kernels>("first moment", m.here, want_m);
    compare<f32Kernels>("second moment", v, want_v);
    compare<f32Kernels>("value", value.here, value.exact * decay - lr * want_m / (want_v.sqrt() / correction2 + 1e-8));
  }
};

QTEST_GUILESS_MAIN(TestCudaKernels)
#include "tst_cuda_kernels.moc"
