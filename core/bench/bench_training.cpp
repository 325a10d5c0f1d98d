// Machine rates and the training step, as shares of what products alone would take.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <malloc.h>

#include <chrono>
#include <fstream>
#include <limits>
#include <random>

#include "core/bench/bench_parts.h"
#include "core/model/machine.h"
#include "core/train/step_pass.h"
#include "core/types/seconds_since.h"

namespace minnow {
namespace {

std::vector<TokenizedExample> bench_rows(std::int64_t count, std::int64_t vocabulary, bool all_supervised) {
  std::mt19937 random(1);
  std::vector<TokenizedExample> rows(static_cast<std::size_t>(count));
  for (TokenizedExample& row : rows) {
    for (std::int64_t t = 0; t < kShared; ++t) row.input_ids.push_back(static_cast<std::int32_t>(t * 7 % vocabulary));
    for (std::int64_t t = 0; t < kOwn + kAnswer; ++t)
      row.input_ids.push_back(static_cast<std::int32_t>(random() % static_cast<std::uint32_t>(vocabulary)));
    row.labels.assign(row.input_ids.size(), -100);
    for (std::size_t t = all_supervised ? 1 : kShared + kOwn; t < row.labels.size(); ++t)
      row.labels[t] = row.input_ids[t];
  }
  return rows;
}

struct StepCost {
  double seconds = 0.0, flop = 0.0;
  std::int64_t tokens = 0;
};

/// One pass of a training run over the rows, all at once; FLOP = 4 x tokens x stack parameters (forward and gradient of
/// the inputs; frozen weights have none) + 4 x supervised x V x D for the head.
StepCost step_cost(const Qwen3Weights& w, LoraSet& lora, const std::vector<TokenizedExample>& rows,
                   std::int64_t min_shared) {
  std::vector<std::span<const std::int32_t>> ids;
  std::vector<const TokenizedExample*> pointers;
  for (const TokenizedExample& row : rows) {
    ids.emplace_back(row.input_ids);
    pointers.push_back(&row);
  }
  StepPass pass;
  pass.cut.token_budget = std::numeric_limits<std::int64_t>::max();
  pass.cut.min_shared = min_shared;
  pass.stacks.emplace_back(w, &lora, kShared + kOwn + kAnswer + 1);
  StepCost cost;
  const auto start = std::chrono::steady_clock::now();
  const double supervised = pass.run(pointers, true, {}).supervised;
  ops::wait_for(w.norm);
  cost.seconds = seconds_since(start);
  cost.tokens = packed_tokens(ids, min_shared);
  cost.flop = 4.0 * static_cast<double>(cost.tokens) * static_cast<double>(w.config.stack_parameter_count()) +
              4.0 * supervised * static_cast<double>(w.config.vocab_size * w.config.hidden_size);
  return cost;
}

/// Reads every byte once, each thread a part of its own, with eight sums so that no load waits for an addition.
void read_all(const at::Tensor& buffer) {
  using Lane = std::int64_t __attribute__((vector_size(64)));
  const auto* from = static_cast<const Lane*>(buffer.data_ptr());
  const auto lanes = static_cast<std::int64_t>(buffer.nbytes() / sizeof(Lane));
  const std::int64_t threads = at::get_num_threads(), part = lanes / threads / 8 * 8;
  at::parallel_for(0, threads, 1, [&](std::int64_t b, std::int64_t e) {
    Lane sums[8] = {};
    for (std::int64_t i = b * part; i < e * part; i += 8) {
      for (int j = 0; j < 8; ++j) sums[j] += from[i + j];
    }
    volatile Lane kept = sums[0] + sums[1] + sums[2] + sums[3] + sums[4] + sums[5] + sums[6] + sums[7];
    (void)kept;
  });
}

/// Peak resident bytes since the last call of forget_peak().
std::int64_t peak_since() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::atoll(line.c_str() + 6) * 1024;
  }
  return peak_resident_bytes();
}
void forget_peak() { std::ofstream("/proc/self/clear_refs") << 5; }

std::int64_t bytes_of(const Qwen3Weights& w) {
  std::int64_t bytes = 0;
  for (const auto& [name, tensor] : named_tensors(w)) bytes += static_cast<std::int64_t>(tensor.nbytes());
  return bytes;
}

LoraSet bench_adapter(const Qwen3Weights& w) {
  LoraSet lora = new_lora(w, 8, 32.0, false, {"all-linear"}, 1);
  lora.each([](LoraPair& pair, const std::string&) { pair.B.normal_(0.0, 0.01); });
  lora.refresh(w.dtype());
  lora.zero_grad();
  return lora;
}

}  // namespace

BusyThread::BusyThread()
    : thread_([](std::stop_token stop) {
        using Clock = std::chrono::steady_clock;
        volatile double sink = 0.0;
        while (!stop.stop_requested()) {
          for (const auto end = Clock::now() + std::chrono::milliseconds(2); Clock::now() < end;) sink = sink + 1.0;
          std::this_thread::sleep_for(std::chrono::microseconds(14667));
        }
      }) {}

MachineRates measure_rates(const std::string& device) {
  c10::NoGradGuard no_grad;
  MachineRates rates;
  const auto matmul = [&](at::ScalarType type) {
    const auto options = at::TensorOptions().dtype(type).device(device);
    const at::Tensor a = at::ones({2048, 1024}, options), b = at::ones({3072, 1024}, options);
    at::linear(a, b);
    const double seconds = fastest(5, [&] { at::linear(a, b).view({-1})[0].item<float>(); });
    return 2.0 * 2048 * 1024 * 3072 / seconds / 1e9;
  };
  rates.f32_gflops = matmul(at::kFloat);
  rates.bf16_gflops = matmul(at::kBFloat16);
  const at::Tensor buffer =
      at::ones({std::int64_t{1} << 27}, at::TensorOptions().dtype(at::kLong).device(device));  // 1 GB
  if (buffer.is_cpu()) {
    rates.read_gb_s = static_cast<double>(buffer.nbytes()) / fastest(7, [&] { read_all(buffer); }) / 1e9;
  } else {
    rates.read_gb_s =
        static_cast<double>(buffer.nbytes()) / fastest(3, [&] { buffer.sum().item<std::int64_t>(); }) / 1e9;
  }
  return rates;
}

Json bench_training(const BenchOptions& o, const std::string& dtype, const MachineRates& rates) {
  c10::NoGradGuard no_grad;
  const Qwen3Weights w = random_weights(o.shape, scalar_type_from(dtype), at::Device(machine(o.device).device), 1);
  LoraSet lora = bench_adapter(w);
  malloc_trim(0);
  forget_peak();
  const auto rows = bench_rows(o.train_rows, o.shape.vocab_size, false);
  const auto all_supervised = bench_rows(o.train_rows, o.shape.vocab_size, true);
  step_cost(w, lora, rows, 16);  // takes the memory and generates the code that later steps use again
  StepCost shared = step_cost(w, lora, rows, 16);
  const std::int64_t peak = peak_since(), weights = bytes_of(w);
  StepCost alone = step_cost(w, lora, rows, 0), naive = step_cost(w, lora, all_supervised, 0);
  for (int i = 1; i < o.repeats; ++i) {  // in turn, so that all meet the same machine
    shared.seconds = std::min(shared.seconds, step_cost(w, lora, rows, 16).seconds);
    alone.seconds = std::min(alone.seconds, step_cost(w, lora, rows, 0).seconds);
    naive.seconds = std::min(naive.seconds, step_cost(w, lora, all_supervised, 0).seconds);
  }
  const auto count = static_cast<double>(o.train_rows);
  return {
      {"rows", o.train_rows},
      {"seconds_per_row", shared.seconds / count},
      {"rows_per_s", count / shared.seconds},
      {"input_tokens_per_s", count * (kShared + kOwn + kAnswer) / shared.seconds},
      {"share_of_matmul_limit", shared.flop / shared.seconds / 1e9 / rates.matmul_gflops(dtype)},
      {"naive_rows_per_s", count / naive.seconds},
      {"speedup_over_naive", naive.seconds / shared.seconds},
      {"speedup_of_sharing", alone.seconds / shared.seconds},
      {"speedup_of_sharing_by_flop", alone.flop / shared.flop},
      {"speedup_of_sharing_share", alone.seconds / shared.seconds / (alone.flop / shared.flop)},
      {"peak_resident_bytes", peak},
      {"weights_bytes", weights},
      {"peak_over_weights_bytes", peak - weights},
      {"formula",
       "limit = FLOP / matmul rate; FLOP = 4 x tokens after sharing x stack parameters + 4 x supervised x V x D; "
       "naive = every row by itself, head and loss on all tokens; share of sharing = its speed-up / the one that FLOP "
       "predict; peak = VmHWM of the process while the step ran"}};
}

Json bench_busy_thread(const BenchOptions& o, const std::string& dtype) {
  c10::NoGradGuard no_grad;
  const Qwen3Weights w = random_weights(o.shape, scalar_type_from(dtype), at::Device(machine(o.device).device), 1);
  LoraSet lora = bench_adapter(w);
  const auto rows = bench_rows(std::min<std::int64_t>(4, o.train_rows), o.shape.vocab_size, false);
  const auto requests = bench_requests(1, o.shape.vocab_size);
  EngineModel model;
  model.weights = &w;
  GenerateStats stats;
  double alone[2] = {1e30, 1e30}, beside[2] = {1e30, 1e30};  // training step, decoded row
  const auto measure = [&](double(&seconds)[2]) {
    seconds[0] = std::min(seconds[0], step_cost(w, lora, rows, 16).seconds);
    seconds[1] = std::min(seconds[1], decode_seconds(model, requests, 1, false, stats));
  };
  measure(alone);
  for (int i = 0; i < o.repeats; ++i) {  // in turn, so that both meet the same machine
    measure(alone);
    const BusyThread neighbour;
    measure(beside);
  }
  return {{"training_cost", beside[0] / alone[0] - 1.0},
          {"decoding_cost", beside[1] / alone[1] - 1.0},
          {"formula",
           "seconds beside a thread that works 2 ms, 60 times a second / seconds alone - 1; a training step of up to 4 "
           "rows, one row decoded"}};
}

}  // namespace minnow
