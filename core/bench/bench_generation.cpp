// Decoding as a share of the roofline, opening a folder, and what drafts gain on a real model.
#include <ATen/ATen.h>

#include <fstream>
#include <random>

#include "core/bench/bench_parts.h"
#include "core/data/load.h"
#include "core/generate/engine.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/model/save_model.h"
#include "core/model/weights.h"

namespace minnow {
namespace {

constexpr std::int64_t kShared = 95, kOwn = 55, kAnswer = 80;

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

/// Seconds and stats of one generate call.
double timed(const EngineModel& model, const std::vector<GenerateRequest>& requests, std::int64_t batch, bool drafts,
             GenerateStats& stats) {
  GenerateJob job;
  job.requests = &requests;
  job.options.batch_size = static_cast<int>(batch);
  job.options.drafts = drafts;
  return fastest(1, [&] { generate(model, job, {}, &stats); });
}

std::int64_t anonymous_bytes() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("RssAnon:", 0) == 0) return std::atoll(line.c_str() + 8) * 1024;
  }
  return 0;
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

  // One row, plain steps: what is left of the call after prefill, over the steps.
  const auto one = bench_requests(1, o.shape.vocab_size);
  auto prefill_only = one;
  prefill_only[0].max_new_tokens = 1;
  timed(model, prefill_only, 1, false, stats);
  double step = 1e30;
  for (int i = 0; i < o.repeats; ++i) {
    const double prefill = timed(model, prefill_only, 1, false, stats);
    step = std::min(step, (timed(model, one, 1, false, stats) - prefill) / static_cast<double>(kAnswer - 1));
  }
  const double one_bytes = weight_bytes + kv_token * static_cast<double>(kShared + kOwn + kAnswer / 2);

  // Many rows in batches; roofline of a step = larger of bytes / read rate and FLOP / matmul rate, plus prefill's FLOP.
  const auto rows = bench_requests(o.generate_rows, o.shape.vocab_size);
  const double seconds = timed(model, rows, o.batch_size, false, stats);
  const auto batch = static_cast<double>(std::min(o.batch_size, o.generate_rows));
  const double steps = static_cast<double>(o.generate_rows) / batch * static_cast<double>(kAnswer);
  const double step_bytes = weight_bytes + batch * kv_token * static_cast<double>(kOwn + kAnswer / 2);
  const double step_flop = batch * weight_bytes / element * 2.0;
  const double prefill_flop = 2.0 * static_cast<double>(o.shape.stack_parameter_count()) *
                              static_cast<double>(kShared + kOwn * o.generate_rows);
  const double roof =
      steps * std::max(step_bytes / (rates.read_gb_s * 1e9), step_flop / (rates.matmul_gflops(dtype) * 1e9)) +
      prefill_flop / (rates.matmul_gflops(dtype) * 1e9);
  return {{"one_row_tokens_per_s", 1.0 / step},
          {"one_row_share_of_read_rate", one_bytes / step / 1e9 / rates.read_gb_s},
          {"rows", o.generate_rows},
          {"batch_size", o.batch_size},
          {"rows_per_s", static_cast<double>(o.generate_rows) / seconds},
          {"tokens_per_s", static_cast<double>(stats.new_tokens) / seconds},
          {"share_of_roofline", roof / seconds},
          {"forward_passes", stats.forward_passes},
          {"formula",
           "one row: (weights + keys and values read) / step seconds / read rate; roofline = steps x max(bytes / read "
           "rate, "
           "FLOP / matmul rate) + prefill FLOP / matmul rate"}};
}

Json bench_opening(const BenchOptions& o, const std::string& dtype) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("minnow-bench-" + std::to_string(std::random_device{}()));
  {
    const Qwen3Weights w = random_weights(o.shape, scalar_type_from(dtype), at::kCPU, 1);
    SaveOptions save;
    save.dtype = w.dtype();
    save_model(folder, w, save);
  }
  const std::int64_t before = anonymous_bytes();
  std::int64_t after = 0;
  const double seconds = fastest(3, [&] {
    const Qwen3Weights w = load_weights(folder, scalar_type_from(dtype), at::kCPU);
    after = anonymous_bytes();
  });
  std::filesystem::remove_all(folder);
  return {
      {"open_s", seconds}, {"anonymous_bytes_after_opening", after}, {"anonymous_bytes_of_opening", after - before}};
}

Json bench_drafts(const BenchOptions& o) {
  LoadOptions load;
  load.model = *o.model;
  load.device = o.device;
  load.dtype = o.dtype;
  load.threads = o.threads;
  const auto model = LoadedModel::open(load);
  const EngineModel engine{&model->weights(), model->adapter(), model->stop_ids(), model->tokenizer().get()};
  std::vector<GenerateRequest> requests;
  for (const Conversation& row : load_conversations(*o.rows)) {
    if (requests.size() == 64) break;
    GenerateRequest r;
    std::vector<Message> before = row.messages;
    if (!before.empty() && before.back().role == "assistant") before.pop_back();
    r.prompt_ids = model->prompter().prompt_ids(before);
    r.max_new_tokens = 160;
    requests.push_back(std::move(r));
  }
  Json json = Json::object();
  json["rows"] = requests.size();
  for (const std::int64_t batch : {1, 4, 16, 32}) {
    GenerateStats plain, drafted;
    double without = 1e30, with = 1e30;
    for (int i = 0; i < o.repeats; ++i) {
      without = std::min(without, timed(engine, requests, batch, false, plain));
      with = std::min(with, timed(engine, requests, batch, true, drafted));
    }
    json["batch_" + std::to_string(batch)] = {{"plain_tokens_per_s", static_cast<double>(plain.new_tokens) / without},
                                              {"drafts_tokens_per_s", static_cast<double>(drafted.new_tokens) / with},
                                              {"speedup", without / with},
                                              {"drafted", drafted.draft_tokens},
                                              {"accepted", drafted.draft_accepted}};
  }
  return json;
}

}  // namespace minnow
