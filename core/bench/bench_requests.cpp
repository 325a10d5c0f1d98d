// Single requests with the same system prompt, one after another: each through a generate() of its own, and all through
// one engine, which keeps the prompt's keys and values and what it has learnt for drafts.
#include "core/bench/bench_parts.h"
#include "core/model/machine.h"
#include "core/model/weights.h"

namespace minnow {
namespace {

struct Sum {
  double seconds = 0.0;
  std::int64_t prefilled = 0, tokens = 0, passes = 0;
  void add(const GenerateStats& stats) {
    prefilled += stats.prefilled_tokens;
    tokens += stats.new_tokens;
    passes += stats.forward_passes;
  }
};

}  // namespace

Json bench_single_requests(const BenchOptions& o, const std::string& dtype) {
  Qwen3Weights random;
  BenchModel bench;
  if (o.model && o.rows) {
    bench = open_bench_model(o, o.generate_rows);
  } else {
    random = random_weights(o.shape, scalar_type_from(dtype), at::Device(machine(o.device).device), 1);
    bench.engine.weights = &random;
    bench.requests = bench_requests(o.generate_rows, o.shape.vocab_size);
  }
  // In turn, so that both meet the same machine; the answers of both are compared.
  Sum calls, service;
  std::int64_t differ = 0;
  Engine engine(bench.engine);
  for (const GenerateRequest& request : bench.requests) {
    const std::vector<GenerateRequest> one{request};
    GenerateJob job;
    job.requests = &one;
    GenerateStats stats;
    auto start = std::chrono::steady_clock::now();
    const std::vector<std::int32_t> ids = generate(bench.engine, job, {}, &stats)[0].ids;
    calls.seconds += seconds_since(start);
    calls.add(stats);

    EngineRequest asked;
    static_cast<GenerateRequest&>(asked) = request;
    asked.adapter = std::shared_ptr<const LoraSet>(std::shared_ptr<void>(), bench.engine.adapter);
    asked.on_done = [&](Ticket, const RowResult& result) { differ += result.completion.ids != ids; };
    start = std::chrono::steady_clock::now();
    engine.submit(std::move(asked));
    while (engine.step()) {
    }
    service.seconds += seconds_since(start);
  }
  service.add(engine.stats());
  const auto count = static_cast<double>(bench.requests.size());
  return {{"requests", bench.requests.size()},
          {"calls_per_s", count / calls.seconds},
          {"engine_requests_per_s", count / service.seconds},
          {"speedup", calls.seconds / service.seconds},
          {"calls_prefilled_tokens", calls.prefilled},
          {"engine_prefilled_tokens", service.prefilled},
          {"calls_passes", calls.passes},
          {"engine_passes", service.passes},
          {"new_tokens", service.tokens},
          {"answers_that_differ", differ},
          {"formula",
           "requests / seconds: each through a generate() of its own, and all through one engine, in turn; speedup = "
           "the second over the first"}};
}

}  // namespace minnow
