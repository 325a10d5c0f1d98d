// The parts of the bench. Inner header.
#pragma once

#include <algorithm>
#include <chrono>
#include <limits>

#include "core/bench/bench.h"

namespace minnow {

struct MachineRates {
  double bf16_gflops = 0.0, f32_gflops = 0.0;  ///< products of [2048, 1024] with [3072, 1024]^T
  double read_gb_s = 0.0;                      ///< reading 1 GB once, all threads
  double matmul_gflops(const std::string& dtype) const { return dtype == "bfloat16" ? bf16_gflops : f32_gflops; }
};
MachineRates measure_rates(const std::string& device);

Json bench_training(const BenchOptions& options, const std::string& dtype, const MachineRates& rates);
Json bench_generation(const BenchOptions& options, const std::string& dtype, const MachineRates& rates);
Json bench_opening(const BenchOptions& options, const std::string& dtype);
Json bench_drafts(const BenchOptions& options);

/// Seconds of the fastest of `repeats` calls.
template <typename F>
double fastest(int repeats, F f) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < repeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    f();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

}  // namespace minnow
