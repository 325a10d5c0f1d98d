// Golden comparisons of decoding: generate.json and the decoding parts of logits.json and lora_train.json.
#include <ATen/ATen.h>

#include <cmath>

#include "core/generate/decoder.h"
#include "core/generate/engine.h"
#include "core/io/json.h"
#include "core/model/peft.h"
#include "core/model/weights.h"
#include "core/verify/goldens.h"

namespace minnow {
namespace {

using Ids = std::vector<std::int32_t>;

struct Way {
  const char* name;
  int batch_size;
  bool drafts;
};
constexpr Way kWays[] = {{"one at a time", 1, false},
                         {"one at a time with drafts", 1, true},
                         {"in one batch", 64, false},
                         {"in one batch with drafts", 64, true},
                         {"three at a time with drafts", 3, true}};

/// How many rows differ from what is wanted, stop tokens as given.
double differing(const EngineModel& model, const std::vector<Ids>& prompts, const std::vector<Ids>& wanted,
                 const Way& way, bool ignore_eos) {
  std::vector<GenerateRequest> requests;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    GenerateRequest r;
    r.prompt_ids = prompts[i];
    r.max_new_tokens = ignore_eos ? static_cast<std::int64_t>(wanted[i].size()) : 48;
    r.ignore_eos = ignore_eos;
    requests.push_back(std::move(r));
  }
  GenerateJob job;
  job.requests = &requests;
  job.options.batch_size = way.batch_size;
  job.options.drafts = way.drafts;
  double count = 0.0;
  const auto completions = generate(model, job);
  for (std::size_t i = 0; i < wanted.size(); ++i) count += completions[i].ids != wanted[i];
  return count;
}

/// Logits after the tokens that are fed in chunks through one cache, against the stored ones.
double cached_context(const Qwen3Weights& weights, const Json& json) {
  Decoder decoder(weights, 4096, 4096);
  std::int64_t fed = 0;
  double worst = 0.0;
  for (const Json& chunk : json["chunks"]) {
    const Ids ids = chunk["ids"].get<Ids>();
    const auto count = static_cast<std::int64_t>(ids.size());
    const Feed feed{ids.data(), count, count, {{0, fed += count}}, -1, true};
    const auto predictions = decoder.pass({&feed, 1}, {});
    const Json& stored = chunk["fp32"];
    for (std::size_t p = 0; p < stored["top10_ids"].size(); ++p) {
      const Prediction& got = (*predictions)[p];
      for (std::size_t i = 0; i < stored["top10_ids"][p].size(); ++i) {
        const auto id = stored["top10_ids"][p][i].get<std::size_t>();
        worst =
            std::max(worst, std::abs(static_cast<double>(got.logits[id]) - stored["top10_values"][p][i].get<double>()));
      }
      worst = std::max(worst, std::abs(static_cast<double>(got.logsumexp) - stored["logsumexp"][p].get<double>()));
    }
  }
  return worst;
}

}  // namespace

std::vector<GoldenCheck> check_generation(const GoldenOptions& options) {
  std::vector<GoldenCheck> checks;
  const Qwen3Weights w = load_weights(options.goldens / "tiny-qwen3", at::kFloat, at::Device(options.device));
  const Json json = read_json_file(options.goldens / "generate.json");
  std::vector<Ids> prompts, outputs;
  for (const Json& prompt : json["prompts"]) {
    prompts.push_back(prompt["prompt_ids"].get<Ids>());
    outputs.push_back(prompt["output_ids"].get<Ids>());
  }
  EngineModel model;
  model.weights = &w;
  for (const Way& way : kWays) {
    checks.push_back(
        {std::string("greedy rows that differ, ") + way.name, differing(model, prompts, outputs, way, true), 0.0});
  }
  std::vector<Ids> some_prompts, some_outputs;
  for (const Json& i : json["left_padded_batch_of_prompts"]) {
    some_prompts.push_back(prompts[i.get<std::size_t>()]);
    some_outputs.push_back(outputs[i.get<std::size_t>()]);
  }
  checks.push_back({"rows that differ from the left-padded batch",
                    differing(model, some_prompts, some_outputs, kWays[3], true), 0.0});
  double stopped = 0.0;
  for (const Json& c : json["eos_cases"]) {
    EngineModel stopping = model;
    stopping.stop_ids = c["eos_token_id"].get<Ids>();
    for (const Way& way : kWays) {
      stopped +=
          differing(stopping, {prompts[c["prompt"].get<std::size_t>()]}, {c["output_ids"].get<Ids>()}, way, false);
    }
  }
  checks.push_back({"rows that differ, stop tokens", stopped, 0.0});
  checks.push_back({"logits of a context fed in chunks",
                    cached_context(w, read_json_file(options.goldens / "logits.json")["cached_context"]),
                    options.gpu() ? 2e-4 : 1e-4});
  const Json merged = read_json_file(options.goldens / "lora_train.json")["merged"];
  const LoraSet lora = load_adapter(options.goldens / "lora_final", w);
  EngineModel tuned = model;
  tuned.adapter = &lora;
  for (const Way& way : kWays) {
    checks.push_back({std::string("tuned greedy rows that differ, ") + way.name,
                      differing(tuned, {merged["greedy_prompt_ids"].get<Ids>()},
                                {merged["greedy_output_ids"].get<Ids>()}, way, true),
                      0.0});
  }
  return checks;
}

}  // namespace minnow
