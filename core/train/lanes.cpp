// Runs lanes on ATen's own threads.
#include "core/train/lanes.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>

#include <algorithm>

namespace minnow {
namespace {

constexpr std::int64_t kSmallStack = 30'000'000;  // parameters
constexpr int kMostLanes = 8;                     // shorter micro-batches pay for their prefix once each

/// OpenBLAS keeps threads of its own, which know nothing of ATen's parallel regions.
class OneBlasThread {
 public:
  OneBlasThread() {
    static const auto get = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_num_threads"));
    static const auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    if (!get || !set) return;
    before_ = get();
    set_ = set;
    set_(1);
  }
  ~OneBlasThread() {
    if (set_) set_(before_);
  }
  OneBlasThread(const OneBlasThread&) = delete;
  OneBlasThread& operator=(const OneBlasThread&) = delete;

 private:
  void (*set_)(int) = nullptr;
  int before_ = 1;
};

}  // namespace

int lanes_of(const Qwen3Config& config, const std::string& device, int threads) {
  if (device != "cpu" || config.stack_parameter_count() > kSmallStack) return 1;
  return std::clamp(threads, 1, kMostLanes);
}

void side_by_side(int lanes, const std::function<void(int lane)>& body) {
  if (lanes <= 1) return body(0);
  const OneBlasThread one;
  at::parallel_for(0, lanes, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t lane = begin; lane < end; ++lane) body(static_cast<int>(lane));
  });
}

LoraLanes::LoraLanes(LoraSet& lora, int lanes) : first_(lora), others_(static_cast<std::size_t>(lanes - 1), lora) {
  for (LoraSet& other : others_) {
    other.each([](LoraPair& pair, const std::string&) {
      pair.gradA = at::zeros_like(pair.gradA);
      pair.gradB = at::zeros_like(pair.gradB);
    });
  }
}

void LoraLanes::begin_step() {
  first_.zero_grad();
  for (LoraSet& other : others_) {
    other.zero_grad();
    for (std::size_t i = 0; i < other.pairs.size(); ++i) {
      for (int k = 0; k < kLinearCount; ++k) {
        if (!other.pairs[i][k]) continue;
        other.pairs[i][k]->a = first_.pairs[i][k]->a;
        other.pairs[i][k]->b = first_.pairs[i][k]->b;
      }
    }
  }
}

void LoraLanes::collect() {
  for (const LoraSet& other : others_) {
    for (std::size_t i = 0; i < other.pairs.size(); ++i) {
      for (int k = 0; k < kLinearCount; ++k) {
        if (!other.pairs[i][k]) continue;
        first_.pairs[i][k]->gradA.add_(other.pairs[i][k]->gradA);
        first_.pairs[i][k]->gradB.add_(other.pairs[i][k]->gradB);
      }
    }
  }
}

}  // namespace minnow
