// The bench as a whole: opening first, while the process is small, then the machine's rates, then each part.
#include "core/bench/bench.h"

#include "core/bench/bench_parts.h"
#include "core/model/machine.h"

namespace minnow {

Json bench(const BenchOptions& o, const std::function<void(const std::string&)>& say, std::stop_token stop) {
  const Machine here = machine(o.device, o.threads);
  const std::string dtype = o.dtype == "auto"   ? here.dtype
                            : o.dtype == "bf16" ? "bfloat16"
                            : o.dtype == "f32"  ? "float32"
                                                : o.dtype;
  Json json = Json::object();
  if (o.auto_recipe) return {{"auto", bench_auto(o, say, stop)}};
  json["shape"] = o.shape_name;
  json["dtype"] = dtype;
  const auto part = [&](const char* name, bool wanted, auto f) {
    if (!wanted || stop.stop_requested()) return;
    json[name] = f();
    say(std::string(name) + ": " + dump_json(json[name]));
  };
  part("opening", o.open, [&] { return bench_opening(o, dtype); });
  MachineRates rates;
  part("machine", true, [&] {
    rates = measure_rates(here.device);
    return Json{
        {"device", here.device_name},
        {"threads", here.threads},
        {"kernels", here.kernels},
        {"libtorch", here.libtorch},
        {"bf16_matmul_gflop_per_s", rates.bf16_gflops},
        {"f32_matmul_gflop_per_s", rates.f32_gflops},
        {"read_gb_per_s", rates.read_gb_s},
        {"formula",
         "products of [2048, 1024] with [3072, 1024]^T; reading 1 GB from end to end on all threads; the fastest "
         "of several"}};
  });
  part("training", o.train, [&] { return bench_training(o, dtype, rates); });
  part("generation", o.generate, [&] { return bench_generation(o, dtype, rates); });
  part("requests", o.requests, [&] { return bench_single_requests(o, dtype); });
  part("draft_cost", o.drafts, [&] { return bench_draft_cost(o, dtype); });
  part("drafts", o.drafts && o.model && o.rows, [&] { return bench_drafts(o); });
  part("busy_thread", o.with_busy_thread, [&] { return bench_busy_thread(o, dtype); });
  part("estimate", o.estimate, [&] { return bench_estimate(o, dtype, stop); });
  return json;
}

}  // namespace minnow
