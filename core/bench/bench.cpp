// The bench as a whole: the machine's rates first, then each part.
#include "core/bench/bench.h"

#include <atomic>
#include <thread>

#include "core/bench/bench_parts.h"
#include "core/model/machine.h"

namespace minnow {
namespace {

/// A neighbour as a window would be: 60 frames a second, 2 ms of work each.
class BusyThread {
 public:
  explicit BusyThread(bool on) {
    if (on)
      thread_ = std::jthread([](std::stop_token stop) {
        using Clock = std::chrono::steady_clock;
        volatile double sink = 0.0;
        while (!stop.stop_requested()) {
          for (const auto end = Clock::now() + std::chrono::milliseconds(2); Clock::now() < end;) sink = sink + 1.0;
          std::this_thread::sleep_for(std::chrono::microseconds(14667));
        }
      });
  }

 private:
  std::jthread thread_;
};

}  // namespace

Json bench(const BenchOptions& o, const std::function<void(const std::string&)>& say, std::stop_token stop) {
  const Machine& here = machine(o.device, o.threads);
  const std::string dtype = o.dtype == "auto"   ? here.dtype
                            : o.dtype == "bf16" ? "bfloat16"
                            : o.dtype == "f32"  ? "float32"
                                                : o.dtype;
  Json json = Json::object();
  const MachineRates rates = measure_rates(here.device);
  json["machine"] = {{"device", here.device_name},
                     {"threads", here.threads},
                     {"kernels", here.kernels},
                     {"libtorch", here.libtorch},
                     {"bf16_matmul_gflop_per_s", rates.bf16_gflops},
                     {"f32_matmul_gflop_per_s", rates.f32_gflops},
                     {"read_gb_per_s", rates.read_gb_s},
                     {"busy_thread", o.with_busy_thread}};
  json["shape"] = o.shape_name;
  json["dtype"] = dtype;
  say("machine: " + dump_json(json["machine"]));
  const BusyThread neighbour(o.with_busy_thread);
  const auto part = [&](const char* name, bool wanted, auto f) {
    if (!wanted || stop.stop_requested()) return;
    json[name] = f();
    say(std::string(name) + ": " + dump_json(json[name]));
  };
  part("training", o.train, [&] { return bench_training(o, dtype, rates); });
  part("generation", o.generate, [&] { return bench_generation(o, dtype, rates); });
  part("opening", o.open, [&] { return bench_opening(o, dtype); });
  part("drafts", o.model && o.rows, [&] { return bench_drafts(o); });
  json["peak_resident_bytes"] = peak_resident_bytes();
  return json;
}

}  // namespace minnow
