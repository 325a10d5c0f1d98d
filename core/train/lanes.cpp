// Runs lanes on threads of their own.
#include "core/train/lanes.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <omp.h>

#include <algorithm>
#include <exception>
#include <thread>

namespace minnow {
namespace {

constexpr std::int64_t kSmallStack = 30'000'000;  // parameters
// Shorter micro-batches pay for their prefix once each; 16 rows on 16 cores are still 1.3 times faster one by one than
// two by two.
constexpr int kMostLanes = 16;

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

/// The calling thread computes alone: whatever it starts in parallel runs in turn. Threads of their own rather than an
/// OpenMP region around the lanes: oneDNN plans its products for the threads of the one that asks.
class OneThread {
 public:
  OneThread() {
    at::get_num_threads();  // a thread's first question sets its threads to the program's
    at::internal::lazy_init_num_threads();
    before_ = omp_get_max_threads();
    omp_set_num_threads(1);
  }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

}  // namespace

int lanes_of(const Qwen3Config& config, const std::string& device, int threads) {
  if (device != "cpu" || config.stack_parameter_count() > kSmallStack) return 1;
  return std::clamp(threads, 1, kMostLanes);
}

void side_by_side(int lanes, const std::function<void(int lane)>& body) {
  if (lanes <= 1) return body(0);
  const OneBlasThread one;
  std::vector<std::exception_ptr> errors(static_cast<std::size_t>(lanes));
  const auto run = [&](int lane) {
    const OneThread alone;
    try {
      body(lane);
    } catch (...) {
      errors[static_cast<std::size_t>(lane)] = std::current_exception();
    }
  };
  std::vector<std::jthread> others;
  for (int lane = 1; lane < lanes; ++lane) others.emplace_back(run, lane);
  run(0);
  others.clear();
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
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
  for (LoraSet& other : others_) other.zero_grad();
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
