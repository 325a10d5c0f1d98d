// verify: this build on this machine against numbers of an independent implementation.
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/context.h"
#include "app/cli/model_options.h"
#include "app/error_sentence.h"
#include "core/model/machine.h"
#include "core/verify/goldens.h"

namespace minnow::cli {
namespace {

struct VerifyAsked {
  GoldenOptions options;
  std::string device = "cpu";
  int threads = 0;
};

void show(const GoldenCheck& check, bool json) {
  if (json) {
    print_json({{"name", check.name}, {"worst", check.worst}, {"allowed", check.allowed}, {"ok", check.ok()}});
    return;
  }
  char text[256];
  std::snprintf(text, sizeof text, "%s  %-48s %.3g (allowed %.3g)\n", check.ok() ? "ok    " : "FAILED",
                check.name.c_str(), check.worst, check.allowed);
  print(text);
}

int verify(const VerifyAsked& asked, Context& context) {
  GoldenOptions options = asked.options;
  options.device = machine(asked.device, asked.threads).device;
  const std::pair<const char*, std::vector<GoldenCheck> (*)(const GoldenOptions&)> parts[] = {
      {"logits", check_logits},         {"LoRA training", check_lora_training}, {"adapters", check_adapters},
      {"decoding", check_generation}, {"operations", check_operations}};
  int checks = 0, failed = 0;
  std::string ran;
  for (const auto& [name, part] : parts) {
    if (context.stop.stop_requested()) break;
    const std::vector<GoldenCheck> done = part(options);
    for (const GoldenCheck& check : done) {
      show(check, context.json);
      ++checks;
      failed += !check.ok();
    }
    ran += (ran.empty() ? "" : ", ") + std::string(name) + " " + std::to_string(done.size());
  }
  const bool stopped = context.stop.stop_requested();
  note(std::string(stopped ? "Stopped; of what ran " : "") + std::to_string(checks - failed) + " of " +
       std::to_string(checks) + " comparisons hold on " + options.device + " (" + ran + ")");
  if (stopped) return context.done();
  return failed > 0 || checks == 0 ? exit_unexpected : 0;
}

}  // namespace

void add_verify(CLI::App& app, Context& context) {
  CLI::App& command = add_command(
      app, "verify", "compare this build with numbers of an independent implementation",
      "Checks logits, a LoRA training run, adapters, decoding and every operation, one line each with the worst\n"
      "difference and what is allowed. Ends with exit code 1 if any fails.\n"
      "Example:\n  minnow-cli verify --goldens tests/golden --device cuda");
  const auto asked = std::make_shared<VerifyAsked>();
  command.add_option("--goldens", asked->options.goldens, "folder with the golden files")->required()->type_name("DIR");
  add_machine_options(command, asked->device, asked->threads);
  context.on_chosen(command, [&context, asked] { return verify(*asked, context); });
}

}  // namespace minnow::cli
