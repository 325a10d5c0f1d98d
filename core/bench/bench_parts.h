// The parts of the bench. Inner header.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "core/bench/bench.h"
#include "core/generate/engine.h"
#include "core/types/seconds_since.h"

namespace minnow {

/// Tokens of a row: system prompt, input, answer.
constexpr std::int64_t kShared = 95, kOwn = 55, kAnswer = 80;

struct MachineRates {
  double bf16_gflops = 0.0, f32_gflops = 0.0;  ///< products of [2048, 1024] with [3072, 1024]^T
  double read_gb_s = 0.0;                      ///< reading 1 GB from end to end, all threads
  double matmul_gflops(const std::string& dtype) const { return dtype == "bfloat16" ? bf16_gflops : f32_gflops; }
};
MachineRates measure_rates(const std::string& device);

Json bench_training(const BenchOptions& options, const std::string& dtype, const MachineRates& rates);
Json bench_generation(const BenchOptions& options, const std::string& dtype, const MachineRates& rates);
Json bench_draft_cost(const BenchOptions& options, const std::string& dtype);
Json bench_opening(const BenchOptions& options, const std::string& dtype);
Json bench_drafts(const BenchOptions& options);
Json bench_single_requests(const BenchOptions& options, const std::string& dtype);
Json bench_busy_thread(const BenchOptions& options, const std::string& dtype);

/// An opened model with rows to ask it: at most `count` of the file's.
struct BenchModel {
  std::shared_ptr<const LoadedModel> model;
  EngineModel engine;
  std::vector<GenerateRequest> requests;
};
BenchModel open_bench_model(const BenchOptions& options, std::int64_t count);

/// `count` rows of kShared + kOwn prompt tokens and kAnswer new ones.
std::vector<GenerateRequest> bench_requests(std::int64_t count, std::int64_t vocabulary);
/// Seconds of one generate call.
double decode_seconds(const EngineModel& model, const std::vector<GenerateRequest>& requests, std::int64_t batch,
                      bool drafts, GenerateStats& stats);

/// A neighbour as a window would be: 60 frames a second, 2 ms of work each.
class BusyThread {
 public:
  BusyThread();

 private:
  std::jthread thread_;
};

/// Recipe auto on each task and number of rows: what it chose and the share of unseen rows it got right; with the grid
/// the same of 12 runs by hand, and Auto's share over the best of them. An array; a stop leaves what is done.
Json bench_auto(const BenchOptions& options, const std::function<void(const std::string&)>& say, std::stop_token stop);

/// A short run of train(): what it was predicted to take, and took.
Json bench_estimate(const BenchOptions& options, const std::string& dtype, std::stop_token stop);

}  // namespace minnow
