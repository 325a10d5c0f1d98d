// What drafts gain on a real model with its own rows.
#include "core/bench/bench_parts.h"
#include "core/data/load.h"
#include "core/model/loaded_model.h"

namespace minnow {

BenchModel open_bench_model(const BenchOptions& o, std::int64_t count) {
  LoadOptions load;
  load.model = *o.model;
  load.adapter = o.adapter;
  load.device = o.device;
  load.dtype = o.dtype;
  load.threads = o.threads;
  const auto model = LoadedModel::open(load);
  BenchModel opened{model, {&model->weights(), model->adapter(), model->stop_ids(), model->tokenizer().get()}, {}};
  for (const Conversation& row : load_conversations(*o.rows)) {
    if (std::ssize(opened.requests) == count) break;
    GenerateRequest r;
    std::vector<Message> before = row.messages;
    if (!before.empty() && before.back().role == "assistant") before.pop_back();
    r.prompt_ids = model->prompter().prompt_ids(before);
    r.max_new_tokens = 160;
    opened.requests.push_back(std::move(r));
  }
  return opened;
}

Json bench_drafts(const BenchOptions& o) {
  const auto [model, engine, requests] = open_bench_model(o, 64);
  Json json = Json::object();
  json["rows"] = requests.size();
  for (const std::int64_t batch : {1, 4, 16, 32}) {
    GenerateStats plain, drafted;
    double without = 1e30, with = 1e30;
    for (int i = 0; i < o.repeats; ++i) {  // in turn, so that both meet the same machine
      without = std::min(without, decode_seconds(engine, requests, batch, false, plain));
      with = std::min(with, decode_seconds(engine, requests, batch, true, drafted));
    }
    const double plain_rate = static_cast<double>(plain.new_tokens) / without;
    const double rate = static_cast<double>(drafted.new_tokens) / with;
    json["batch_" + std::to_string(batch)] = {{"plain_tokens_per_s", plain_rate},
                                              {"drafts_tokens_per_s", rate},
                                              {"speedup", rate / plain_rate},
                                              {"drafted", drafted.draft_tokens},
                                              {"accepted", drafted.draft_accepted}};
  }
  json["formula"] = "new tokens / seconds of decoding the rows with their prompts, with drafts over without";
  return json;
}

}  // namespace minnow
