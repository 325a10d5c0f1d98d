// Decoding as a share of the roofline, and what checking drafts costs.
#include <ATen/ATen.h>

#include <chrono>
#include <limits>
#include <random>

#include "core/bench/bench_parts.h"
#include "core/generate/decoder.h"
#include "core/model/machine.h"
#include "core/model/weights.h"
#include "core/types/seconds_since.h"

namespace minnow {

std::vector<GenerateRequest> bench_requests(std::int64_t count, std::int64_t vocabulary) {
  std::mt19937 random(2);
  std::vector<GenerateRequest> requests(static_cast<std::size_t>(count));
  for (GenerateRequest& r : requests) {
    for (std::int64_t t = 0; t < kShared; ++t) r.prompt_ids.push_back(static_cast<std::int32_t>(t * 7 % vocabulary));
    for (std::int64_t t = 0; t < kOwn; ++t)
      r.prompt_ids.push_back(static_cast<std::int32_t>(random() % static_cast<std::uint32_t>(vocabulary)));
    r.max_new_tokens = kAnswer;
    r.ignore_eos = true;
  }
  return requests;
}

double decode_seconds(const EngineModel& model, const std::vector<GenerateRequest>& requests, std::int64_t batch,
                      bool drafts, GenerateStats& stats) {
  GenerateJob job;
  job.requests = &requests;
  job.options.batch_size = static_cast<int>(batch);
  job.options.drafts = drafts;
  stats = {};
  const auto start = std::chrono::steady_clock::now();
  generate(model, job, {}, &stats);
  return seconds_since(start);
}

namespace {

// From the first token of one row to its last: steps and nothing else, so that prefill needn't be taken off.
double step_seconds(const EngineModel& model, const std::vector<GenerateRequest>& one) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point first, last;
  std::int64_t tokens = 0;
  GenerateJob job;
  job.requests = &one;
  job.options.batch_size = 1;
  job.options.drafts = false;
  job.on_token = [&](std::size_t, std::int32_t) {
    last = Clock::now();
    if (tokens++ == 0) first = last;
  };
  generate(model, job);
  return std::chrono::duration<double>(last - first).count() / static_cast<double>(tokens - 1);
}

}  // namespace

Json bench_generation(const BenchOptions& o, const std::string& dtype, const MachineRates& rates) {
  const Qwen3Weights w = random_weights(o.shape, scalar_type_from(dtype), at::Device(machine(o.device).device), 1);
  EngineModel model;
  model.weights = &w;
  GenerateStats stats;
  const double element = dtype == "bfloat16" ? 2.0 : 4.0;
  const double weight_bytes =
      element * static_cast<double>(o.shape.stack_parameter_count() + o.shape.vocab_size * o.shape.hidden_size);
  const double kv_token =
      element * 2.0 * static_cast<double>(o.shape.num_hidden_layers * o.shape.num_key_value_heads * o.shape.head_dim);

  const auto one = bench_requests(1, o.shape.vocab_size);
  double step = std::numeric_limits<double>::infinity();
  for (int i = 0; i < o.repeats; ++i) step = std::min(step, step_seconds(model, one));
  const double one_bytes = weight_bytes + kv_token * static_cast<double>(kShared + kOwn + kAnswer / 2);

  // Many rows in batches; roofline of a step = larger of bytes / read rate and FLOP / matmul rate, plus prefill's FLOP.
  const auto rows = bench_requests(o.generate_rows, o.shape.vocab_size);
  const double seconds = decode_seconds(model, rows, o.batch_size, false, stats);
  const auto batch = static_cast<double>(std::min(o.batch_size, o.generate_rows));
  const double steps = static_cast<double>(o.generate_rows) / batch * static_cast<double>(kAnswer);
  const double step_bytes = weight_bytes + batch * kv_token * static_cast<double>(kOwn + kAnswer / 2);
  const double step_flop = batch * weight_bytes / element * 2.0;
  const double prefill_flop = 2.0 * static_cast<double>(o.shape.stack_parameter_count()) *
                              static_cast<double>(kShared + kOwn * o.generate_rows);
  const double roof =
      steps * std::max(step_bytes / (rates.read_gb_s * 1e9), step_flop / (rates.matmul_gflops(dtype) * 1e9)) +
      prefill_flop / (rates.matmul_gflops(dtype) * 1e9);
  return {
      {"one_row_tokens_per_s", 1.0 / step},
      {"one_row_share_of_read_rate", one_bytes / step / 1e9 / rates.read_gb_s},
      {"rows", o.generate_rows},
      {"batch_size", o.batch_size},
      {"rows_per_s", static_cast<double>(o.generate_rows) / seconds},
      {"roofline_rows_per_s", static_cast<double>(o.generate_rows) / roof},
      {"tokens_per_s", static_cast<double>(stats.new_tokens) / seconds},
      {"share_of_roofline", roof / seconds},
      {"forward_passes", stats.forward_passes},
      {"formula",
       "one row: (weights + keys and values read) / step seconds / read rate; roofline = steps x max(bytes / read "
       "rate, FLOP / matmul rate) + prefill FLOP / matmul rate; bytes = weights + keys and values of the rows' own "
       "tokens; FLOP = 2 x rows x (stack + head parameters); prefill FLOP = 2 x (shared + rows x own) tokens x stack "
       "parameters"}};
}

Json bench_draft_cost(const BenchOptions& o, const std::string& dtype) {
  constexpr std::int64_t most = 16;
  const Qwen3Weights w = random_weights(o.shape, scalar_type_from(dtype), at::Device(machine(o.device).device), 1);
  const auto prompt = bench_requests(1, o.shape.vocab_size)[0].prompt_ids;
  const auto length = static_cast<std::int64_t>(prompt.size());
  Decoder decoder(w, length + most + 1, length + most + 1);
  const Feed feed{prompt.data(), length, 0, {{0, length}}};
  decoder.pass({&feed, 1}, {});
  const auto seconds = [&](std::int64_t tokens) {
    const Feed step{prompt.data(), tokens, tokens, {{0, length + tokens}}};
    return fastest(3 * o.repeats, [&] { decoder.pass({&step, 1}, {}); });
  };
  const double plain = seconds(1);
  Json cost = Json::object();
  for (std::int64_t k = 1; k <= most; ++k) cost[std::to_string(k)] = seconds(1 + k) / plain;
  return {{"plain_step_s", plain},
          {"cost_of_k_drafts", cost},
          {"formula", "seconds of a pass of 1 + k tokens of one row / seconds of a pass of 1; random weights"}};
}

}  // namespace minnow
