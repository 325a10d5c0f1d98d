// Runs CUDA C++ on the CPU: a block's threads are coroutines on one thread of the system, which change places where the
// kernel waits for its block or its warp. Slow and exact; knows what the kernels of core/model/cuda_*.cuh use.
#pragma once

#include <ucontext.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

struct CudaIndex {
  int x = 0;  // unsigned in CUDA
};
inline CudaIndex threadIdx, blockIdx, blockDim, gridDim;

class CudaBlock {
 public:
  /// Every block of a launch, one after the other.
  static void launch(int blocks, int threads, const std::function<void()>& kernel) {
    gridDim.x = blocks, blockDim.x = threads;
    for (blockIdx.x = 0; blockIdx.x < blocks; ++blockIdx.x) {
      CudaBlock block(threads, kernel);
      current() = &block;
      block.run();
    }
  }
  static CudaBlock*& current() {
    static CudaBlock* one = nullptr;
    return one;
  }

  /// Waits until as many threads of the group as it has are here: group 0 is the block, w + 1 its warp w.
  void wait(int group) {
    Gate& gate = gates_[static_cast<std::size_t>(group)];
    const std::uint64_t round = gate.round;
    if (++gate.here == gate.size) {
      gate.here = 0;
      ++gate.round;
      return;
    }
    while (gate.round == round) swapcontext(&here().context, &scheduler_);
  }
  float exchange(float x, int lanes) {
    const int warp = threadIdx.x / 32 + 1;
    slots_[static_cast<std::size_t>(threadIdx.x)] = x;
    wait(warp);
    const float other = slots_[static_cast<std::size_t>(threadIdx.x ^ lanes)];
    wait(warp);
    return other;
  }

 private:
  struct Gate {
    int size = 0, here = 0;
    std::uint64_t round = 0;
  };
  static constexpr std::size_t kStack = 64 << 10;
  struct Thread {
    ucontext_t context{};
    std::unique_ptr<char[]> stack = std::make_unique_for_overwrite<char[]>(kStack);
    bool done = false;
  };

  CudaBlock(int threads, const std::function<void()>& kernel)
      : kernel_(kernel), slots_(static_cast<std::size_t>(threads)), gates_(static_cast<std::size_t>(threads / 32 + 1)) {
    for (int i = 0; i < threads; ++i) threads_.push_back(std::make_unique<Thread>());
    for (Gate& gate : gates_) gate.size = 32;
    gates_[0].size = threads;
  }
  Thread& here() { return *threads_[static_cast<std::size_t>(threadIdx.x)]; }
  static void begin() {
    CudaBlock& block = *current();
    block.kernel_();
    block.here().done = true;
  }
  void run() {
    for (const auto& thread : threads_) {
      getcontext(&thread->context);
      thread->context.uc_stack.ss_sp = thread->stack.get();
      thread->context.uc_stack.ss_size = kStack;
      thread->context.uc_link = &scheduler_;
      makecontext(&thread->context, &CudaBlock::begin, 0);
    }
    for (bool some = true; some;) {
      some = false;
      for (threadIdx.x = 0; threadIdx.x < blockDim.x; ++threadIdx.x) {
        if (here().done) continue;
        some = true;
        swapcontext(&scheduler_, &here().context);
      }
    }
  }

  const std::function<void()>& kernel_;
  ucontext_t scheduler_{};
  std::vector<std::unique_ptr<Thread>> threads_;
  std::vector<float> slots_;
  std::vector<Gate> gates_;
};

#define KERNEL inline void
#define __device__
#define __shared__ static
#define __align__(n) alignas(n)
#define __launch_bounds__(n)

inline void __syncthreads() { CudaBlock::current()->wait(0); }
inline float __shfl_xor_sync(unsigned, float x, int lanes) { return CudaBlock::current()->exchange(x, lanes); }
inline float __uint_as_float(unsigned x) { return std::bit_cast<float>(x); }
inline unsigned __float_as_uint(float x) { return std::bit_cast<unsigned>(x); }
