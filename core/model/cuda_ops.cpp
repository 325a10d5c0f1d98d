// From tensors to launches. Programs are compiled at the first use, one a dtype and one a shape of attention.
#include "core/model/cuda_ops.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "core/model/cuda_kernels.h"

namespace minnow::cuda {
namespace {

constexpr int kRowThreads = 256;
constexpr int kLogitThreads = 1024;
constexpr std::int64_t kMostBlocks = 1 << 14;  // of an element-wise kernel; its threads take several elements each

std::string storage(at::ScalarType type) {
  return std::string("#define T ") + (type == at::kFloat ? "float" : "bf16") + "\n";
}

/// The element-wise kernels of one dtype.
struct Elementwise {
  explicit Elementwise(at::ScalarType type) : program(storage(type), kCudaElementwise) {
    if (!program) return;
    rms_norm = program.kernel("rms_norm");
    rms_norm_backward = program.kernel("rms_norm_backward");
    heads_forward = program.kernel("heads_forward");
    heads_backward = program.kernel("heads_backward");
    swiglu = program.kernel("swiglu");
    swiglu_backward = program.kernel("swiglu_backward");
    adamw_step = program.kernel("adamw_step");
    largest = program.kernel("largest");
    cross_entropy = program.kernel("cross_entropy");
  }
  CudaProgram program;
  CudaKernel rms_norm, rms_norm_backward, heads_forward, heads_backward, swiglu, swiglu_backward, adamw_step, largest,
      cross_entropy;
};

const Elementwise& elementwise(const at::Tensor& x) {
  if (x.scalar_type() == at::kFloat) {
    static const Elementwise f32(at::kFloat);
    return f32;
  }
  static const Elementwise bf16(at::kBFloat16);
  return bf16;
}

/// Of E and G query heads a kv head: as many warps as the 48 KB of shared memory that every device has allow.
int warps(std::int64_t E, std::int64_t G) { return G * E <= 1024 ? 8 : 4; }

const CudaProgram& attention(at::ScalarType type, std::int64_t E, std::int64_t G) {
  static std::mutex mutex;
  static std::map<std::tuple<at::ScalarType, std::int64_t, std::int64_t>, CudaProgram> all;
  const std::lock_guard lock(mutex);
  const auto found = all.find({type, E, G});
  if (found != all.end()) return found->second;
  const std::int64_t bytes = E / 32 * (type == at::kFloat ? 4 : 2);
  const std::string macros = "#define E " + std::to_string(E) + "\n#define G " + std::to_string(G) +
                             "\n#define WARPS " + std::to_string(warps(E, G)) + "\n#define ALIGN " +
                             std::to_string(std::min<std::int64_t>(16, bytes & -bytes)) + "\n";
  return all.emplace(std::tuple(type, E, G), CudaProgram(storage(type) + macros, kCudaAttention)).first->second;
}

const void* in(const at::Tensor& x) {
  TORCH_INTERNAL_ASSERT(!x.defined() || x.is_contiguous());
  return x.defined() ? x.data_ptr() : nullptr;
}
void* out(const at::Tensor& x) { return x.data_ptr(); }
const float* floats(const at::Tensor& x) {
  TORCH_INTERNAL_ASSERT(x.is_contiguous());
  return x.data_ptr<float>();
}

std::int64_t blocks_for(std::int64_t n, std::int64_t each) { return (n + each - 1) / each; }

void launch_heads(const at::Tensor& x, const at::Tensor& w, const at::Tensor& cosine, const at::Tensor& sine,
                  const at::Tensor& places, void* y, std::int64_t heads, std::int64_t E, std::int64_t token_stride,
                  std::int64_t head_stride, double eps) {
  const std::int64_t pairs = x.numel() / E;
  elementwise(x).heads_forward.launch(
      blocks_for(pairs, kRowThreads / 32), kRowThreads, in(x), in(w), floats(cosine), floats(sine), in(places), y,
      static_cast<long long>(pairs), static_cast<int>(heads), static_cast<int>(E), static_cast<long long>(token_stride),
      static_cast<long long>(head_stride), static_cast<float>(eps));
}

}  // namespace

bool takes(const at::Tensor& x) {
  const auto type = x.scalar_type();
  return x.is_cuda() && (type == at::kFloat || type == at::kBFloat16) && x.is_contiguous() && x.size(-1) % 4 == 0 &&
         reinterpret_cast<std::uintptr_t>(x.data_ptr()) % (4 * x.element_size()) == 0 && elementwise(x).program;
}

at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& w, double eps) {
  const at::Tensor y = at::empty_like(x);
  const std::int64_t D = x.size(-1);
  elementwise(x).rms_norm.launch(x.numel() / D, kRowThreads, in(x), in(w), out(y), static_cast<int>(D),
                                 static_cast<float>(eps));
  return y;
}

at::Tensor rms_norm_backward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& w, double eps,
                             const at::Tensor& add) {
  const at::Tensor dx = at::empty_like(x);
  const std::int64_t D = x.size(-1);
  elementwise(x).rms_norm_backward.launch(x.numel() / D, kRowThreads, in(dy), in(x), in(w), in(add), out(dx),
                                          static_cast<int>(D), static_cast<float>(eps));
  return dx;
}

at::Tensor heads_forward(const at::Tensor& x, const at::Tensor& w, const at::Tensor& cosine, const at::Tensor& sine,
                         std::int64_t heads, std::int64_t E, double eps) {
  const at::Tensor y = at::empty_like(x);
  launch_heads(x, w, cosine, sine, {}, out(y), heads, E, heads * E, E, eps);
  return y;
}

void heads_into(const at::Tensor& cache, const at::Tensor& places, const at::Tensor& x, const at::Tensor& w,
                const at::Tensor& cosine, const at::Tensor& sine, double eps) {
  const std::int64_t heads = cache.size(0), E = cache.size(2);
  launch_heads(x, w, cosine, sine, places, out(cache), heads, E, E, cache.size(1) * E, eps);
}

at::Tensor heads_backward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& w, const at::Tensor& cosine,
                          const at::Tensor& sine, std::int64_t heads, std::int64_t E, double eps) {
  const at::Tensor dx = at::empty_like(x);
  const std::int64_t pairs = x.numel() / E;
  elementwise(x).heads_backward.launch(blocks_for(pairs, kRowThreads / 32), kRowThreads, in(dy), in(x), in(w),
                                       floats(cosine), floats(sine), out(dx), static_cast<long long>(pairs),
                                       static_cast<int>(heads), static_cast<int>(E), static_cast<float>(eps));
  return dx;
}

at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up) {
  const at::Tensor y = at::empty_like(gate);
  const std::int64_t n = gate.numel();
  elementwise(gate).swiglu.launch(std::min(kMostBlocks, blocks_for(n, 4 * kRowThreads)), kRowThreads, in(gate), in(up),
                                  out(y), static_cast<long long>(n));
  return y;
}

ops::SwigluGrad swiglu_backward(const at::Tensor& dy, const at::Tensor& gate, const at::Tensor& up) {
  const ops::SwigluGrad r{at::empty_like(gate), at::empty_like(gate), at::empty_like(gate)};
  const std::int64_t n = gate.numel();
  elementwise(gate).swiglu_backward.launch(std::min(kMostBlocks, blocks_for(n, 4 * kRowThreads)), kRowThreads, in(dy),
                                           in(gate), in(up), out(r.dgate), out(r.dup), out(r.y),
                                           static_cast<long long>(n));
  return r;
}

at::Tensor largest(const at::Tensor& logits) {
  const std::int64_t S = logits.size(0), V = logits.size(1);
  const at::Tensor found = at::empty({S, 3}, logits.options().dtype(at::kFloat));
  elementwise(logits).largest.launch(S, kLogitThreads, in(logits), out(found), static_cast<int>(V));
  return found;
}

ops::CrossEntropySum cross_entropy_(at::Tensor& logits, const std::vector<std::int64_t>& targets,
                                    const std::vector<float>& weights, double grad_scale) {
  const std::int64_t C = logits.size(0), V = logits.size(1);
  const auto device = logits.device();
  const at::Tensor index = at::tensor(at::ArrayRef<std::int64_t>(targets), at::kLong).to(device);
  const at::Tensor w = at::tensor(at::ArrayRef<float>(weights), at::kFloat).to(device);
  const at::Tensor sums = at::empty({2, C}, w.options());
  elementwise(logits).cross_entropy.launch(C, kLogitThreads, out(logits), in(index), floats(w), out(sums),
                                           static_cast<int>(V), static_cast<float>(grad_scale));
  const at::Tensor both = sums.sum(1, false, at::kDouble).cpu();
  return {both.data_ptr<double>()[0], both.data_ptr<double>()[1]};
}

void adamw_step(const at::Tensor& value, const at::Tensor& grad, const at::Tensor& m, const at::Tensor& v, double beta1,
                double beta2, double eps, double lr, double correction2, double decay) {
  TORCH_INTERNAL_ASSERT(value.scalar_type() == at::kFloat && grad.scalar_type() == at::kFloat);
  const std::int64_t n = value.numel();
  elementwise(value).adamw_step.launch(std::min(kMostBlocks, blocks_for(n, kRowThreads)), kRowThreads, out(value),
                                       in(grad), out(m), out(v), static_cast<long long>(n),
                                       static_cast<float>(1.0 - beta1), static_cast<float>(beta2),
                                       static_cast<float>(1.0 - beta2), static_cast<float>(eps), static_cast<float>(lr),
                                       static_cast<float>(correction2), static_cast<float>(decay));
}

bool CacheAttention::takes(std::span<const AttentionPiece> pieces, const AttentionShape& shape,
                           const at::Tensor& like) {
  constexpr std::int64_t kMostPairs = 1 << 19;  // of a query with a key
  const std::int64_t G = shape.H / shape.K;
  if (!cuda::takes(like) || shape.E % 32 != 0 || G * shape.E > 2048) return false;
  std::int64_t pairs = 0;
  for (const AttentionPiece& piece : pieces) pairs += piece.count * piece.keys();
  return pairs <= kMostPairs && attention(like.scalar_type(), shape.E, G);
}

CacheAttention::CacheAttention(std::span<const AttentionPiece> pieces, const AttentionShape& shape,
                               const at::Tensor& like)
    : shape_(shape), kernel_(attention(like.scalar_type(), shape.E, shape.H / shape.K).kernel("attend")) {
  std::vector<std::int32_t> all{0}, runs;  // one upload: the first run of each token, then the runs
  for (const AttentionPiece& piece : pieces) {
    for (std::int64_t t = 0; t < piece.count; ++t) {
      std::int64_t left = piece.keys() - (piece.count - 1 - t);  // of its own tokens it sees those up to itself
      for (std::size_t r = 0; r < piece.runs.size() && left > 0; left -= piece.runs[r++].length) {
        runs.push_back(static_cast<std::int32_t>(piece.runs[r].begin));
        runs.push_back(static_cast<std::int32_t>(std::min(left, piece.runs[r].length)));
      }
      all.push_back(static_cast<std::int32_t>(runs.size() / 2));
    }
  }
  const std::int64_t N = std::ssize(all) - 1;
  all.insert(all.end(), runs.begin(), runs.end());
  const at::Tensor there = at::tensor(at::ArrayRef<std::int32_t>(all), at::kInt).to(like.device());
  first_run_ = there.narrow(0, 0, N + 1);
  runs_ = there.narrow(0, N + 1, std::ssize(runs));
}

at::Tensor CacheAttention::forward(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values) const {
  const auto [H, K, E, scale] = shape_;
  const at::Tensor y = at::empty_like(q);
  kernel_.launch(q.size(0) * K, 32 * warps(E, H / K), in(q), in(keys), in(values), in(first_run_), in(runs_), out(y),
                 static_cast<int>(K), static_cast<long long>(keys.size(1)), static_cast<float>(scale));
  return y;
}

}  // namespace minnow::cuda
