// inspect environment: what the machine has and what Minnow chooses on it.
#include <cstdio>

#include "app/cli/inspect.h"
#include "app/cli/model_options.h"
#include "app/reexec.h"
#include "core/io/data_dir.h"
#include "core/model/machine.h"

namespace minnow::cli {
namespace {

struct InspectEnvironmentAsked {
  std::string device = "auto";
  int threads = 0;
};

Json as_json(const Machine& m) {
  Json folders = Json::array();
  for (const auto& folder : data_dirs()) folders.push_back(folder.string());
  return {{"minnow", MINNOW_VERSION},
          {"libtorch", m.libtorch},
          {"kernels", m.kernels},
          {"device", m.device},
          {"device_name", m.device_name},
          {"threads", m.threads},
          {"f32_gflops", m.f32_gflops},
          {"bf16_gflops", m.bf16_gflops},
          {"dtype", m.dtype},
          {"slow_blas", m.slow_blas},
          {"memory_total", m.memory_total},
          {"memory_available", m.memory_available},
          {"omp_wait_policy", wait_policy()},
          {"data_dirs", folders}};
}

std::string as_text(const Machine& m) {
  char rates[128];
  std::snprintf(rates, sizeof rates, "f32 %.0f, bf16 %.0f GFLOP/s (products of matrices, measured now)", m.f32_gflops,
                m.bf16_gflops);
  std::string text = "minnow      " MINNOW_VERSION "\nlibtorch    " + m.libtorch + "\nkernels     " + m.kernels +
                     "\ndevice      " + m.device + ", " + m.device_name + "\nthreads     " + std::to_string(m.threads) +
                     "\nspeed       " + rates + "\ncomputes in " + m.dtype + " (the faster one)\nmemory      " +
                     bytes_text(static_cast<double>(m.memory_available)) + " free of " +
                     bytes_text(static_cast<double>(m.memory_total)) + "\nOMP_WAIT_POLICY " + wait_policy() + "\n";
  if (m.slow_blas) {
    text +=
        "Matrix products run on a reference BLAS, ten to fifty times slower than need be: install "
        "libopenblas0-pthread.\n";
  }
  return text;
}

}  // namespace

void add_inspect_environment(CLI::App& inspect, Context& context) {
  CLI::App& command = add_command(inspect, "environment", "device, threads, speed, memory and versions",
                                  "Examples:\n  minnow-cli inspect environment\n"
                                  "  minnow-cli inspect environment --json --threads 1");
  const auto asked = std::make_shared<InspectEnvironmentAsked>();
  add_machine_options(command, asked->device, asked->threads);
  context.on_chosen(command, [&context, asked] {
    const Machine m = machine(asked->device, asked->threads);
    if (context.json) {
      print_json(as_json(m));
    } else {
      print(as_text(m));
    }
    return 0;
  });
}

}  // namespace minnow::cli
