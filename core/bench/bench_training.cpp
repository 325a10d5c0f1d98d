// Machine rates and the training step, as shares of what products alone would take.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <random>

#include "core/bench/bench_parts.h"
#include "core/model/machine.h"
#include "core/model/stack.h"
#include "core/train/loss.h"

namespace minnow {
namespace {

constexpr std::int64_t kShared = 95, kOwn = 55, kAnswer = 80;  // tokens of a row: system prompt, input, answer

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

/// One forward and backward over the rows; FLOP = 4 x tokens x stack parameters (forward and gradient of the inputs;
/// frozen weights have none) + 4 x supervised x V x D for the head.
StepCost step_cost(const Qwen3Weights& w, LoraSet& lora, const std::vector<TokenizedExample>& rows,
                   std::int64_t min_shared, int repeats) {
  std::vector<std::span<const std::int32_t>> ids;
  std::vector<const TokenizedExample*> pointers;
  for (const TokenizedExample& row : rows) {
    ids.emplace_back(row.input_ids);
    pointers.push_back(&row);
  }
  const Stack stack(w, &lora, kShared + kOwn + kAnswer + 1);
  StepCost cost;
  cost.seconds = fastest(repeats, [&] {
    const PackedBatch batch = pack_rows(ids, min_shared);
    const Supervision where = supervise(batch, pointers);
    StackSaved saved;
    const at::Tensor x = stack.forward(batch, &saved);
    at::Tensor dx;
    head_loss(stack, x, where, 1.0 / where.tokens, &dx);
    stack.backward(batch, dx, saved, nullptr);
    cost.tokens = batch.tokens();
    cost.flop =
        4.0 * static_cast<double>(batch.tokens()) * static_cast<double>(w.config.stack_parameter_count()) +
        4.0 * static_cast<double>(where.index.size()) * static_cast<double>(w.config.vocab_size * w.config.hidden_size);
  });
  return cost;
}

}  // namespace

MachineRates measure_rates(const std::string& device) {
  at::NoGradGuard no_grad;
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
    const std::int64_t* p = buffer.data_ptr<std::int64_t>();
    std::vector<std::int64_t> sums(64);
    const double seconds = fastest(3, [&] {
      at::parallel_for(0, buffer.numel(), 1 << 20, [&](std::int64_t b, std::int64_t e) {
        std::int64_t sum = 0;
        for (std::int64_t i = b; i < e; ++i) sum += p[i];
        sums[static_cast<std::size_t>(at::get_thread_num()) % sums.size()] = sum;
      });
    });
    rates.read_gb_s = static_cast<double>(buffer.nbytes()) / seconds / 1e9;
  } else {
    rates.read_gb_s =
        static_cast<double>(buffer.nbytes()) / fastest(3, [&] { buffer.sum().item<std::int64_t>(); }) / 1e9;
  }
  return rates;
}

Json bench_training(const BenchOptions& o, const std::string& dtype, const MachineRates& rates) {
  at::NoGradGuard no_grad;
  const Qwen3Weights w = random_weights(o.shape, scalar_type_from(dtype), at::Device(machine(o.device).device), 1);
  LoraSet lora = new_lora(w, 8, 32.0, false, {"all-linear"}, 1);
  lora.each([](LoraPair& pair, const std::string&) { pair.B.normal_(0.0, 0.01); });
  lora.refresh(w.dtype());
  lora.zero_grad();
  const std::int64_t before = peak_resident_bytes();
  const auto rows = bench_rows(o.train_rows, o.shape.vocab_size, false);
  const StepCost shared = step_cost(w, lora, rows, 16, o.repeats);
  const std::int64_t peak = peak_resident_bytes();
  const StepCost alone = step_cost(w, lora, rows, 0, o.repeats);
  const StepCost naive =
      step_cost(w, lora, bench_rows(o.train_rows, o.shape.vocab_size, true), 0, std::max(1, o.repeats - 1));
  const auto count = static_cast<double>(o.train_rows);
  return {{"rows", o.train_rows},
          {"seconds_per_row", shared.seconds / count},
          {"rows_per_s", count / shared.seconds},
          {"input_tokens_per_s", count * (kShared + kOwn + kAnswer) / shared.seconds},
          {"share_of_matmul_limit", shared.flop / shared.seconds / 1e9 / rates.matmul_gflops(dtype)},
          {"naive_rows_per_s", count / naive.seconds},
          {"speedup_over_naive", naive.seconds / shared.seconds},
          {"speedup_of_sharing", alone.seconds / shared.seconds},
          {"speedup_of_sharing_by_flop", alone.flop / shared.flop},
          {"peak_over_weights_bytes", peak - before},
          {"formula",
           "limit = FLOP / matmul rate; FLOP = 4 x tokens after sharing x stack parameters + 4 x supervised x V x D; "
           "naive = every row by itself, head and loss on all tokens"}};
}

}  // namespace minnow
