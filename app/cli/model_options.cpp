// One spelling of the model flags for all commands.
#include "app/cli/model_options.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <map>
#include <string>

#include "app/cli/context.h"
#include "core/model/machine.h"
#include "core/model/model_cache.h"

namespace minnow::cli {

void add_machine_options(CLI::App& command, std::string& device, int& threads) {
  command.add_option("--device", device, "auto, cpu or cuda")->type_name("DEVICE")->capture_default_str();
  command
      .add_option_function<int>(
          "--threads",
          [&threads](int wanted) {
            threads = std::min(wanted, processors());
            if (wanted > threads) note("--threads is " + std::to_string(wanted) + ", this machine has " +
                                       std::to_string(threads) + " processors: " + std::to_string(threads) + " are used");
          },
          "threads to compute with; 0 = all processors")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->default_str(std::to_string(threads));
}

void add_dtype_option(CLI::App& command, std::string& dtype) {
  static const std::map<std::string, std::string> names{
      {"auto", "auto"}, {"f32", "float32"}, {"float32", "float32"}, {"bf16", "bfloat16"}, {"bfloat16", "bfloat16"}};
  command.add_option("--dtype", dtype, "auto (the faster one on this machine), f32 or bf16")
      ->type_name("TYPE")
      ->transform(CLI::Validator(
          [](std::string& value) {
            const auto found = names.find(value);
            if (found == names.end()) return "there is no type '" + value + "'; the types are auto, f32 and bf16";
            value = found->second;
            return std::string();
          },
          ""))
      ->default_str("auto");
}

void add_batch_size(CLI::App& command, EngineOptions& options) {
  command
      .add_option("--batch-size,--batch_size", options.batch_size,
                  "rows decoded together; default: 32 on a CPU, 256 on a CUDA device")
      ->type_name("N")
      ->check(CLI::Range(1, 4096));
}

void add_template_option(CLI::App& command, std::optional<TemplateChoice>& choice) {
  command
      .add_option_function<std::string>(
          "--template", [&choice](const std::string& name) { choice = template_choice_from(name); },
          "auto (the folder's chat template) or builtin (Qwen3's own rules); default: as recorded with adapter or folder")
      ->type_name("NAME");
}

CLI::Option& add_model_options(CLI::App& command, LoadOptions& options) {
  CLI::Option& model = *command.add_option("--model", options.model, "folder of a dense Qwen3 model, or its hub name")
                            ->required()
                            ->type_name("DIR")
                            ->transform(CLI::Validator(
                                [](std::string& value) {
                                  value = find_model(value).string();
                                  return std::string();
                                },
                                ""));
  command.add_option("--adapter", options.adapter, "folder of a LoRA adapter made for it")->type_name("DIR");
  add_dtype_option(command, options.dtype);
  add_machine_options(command, options.device, options.threads);
  command
      .add_option_function<std::string>(
          "--prompt-style,--prompt_style",
          [&options](const std::string& name) { options.prompt_style = prompt_style_from(name); },
          "what stands before the answer: no_think or swift-3.5 (adapters of ms-swift 3.5); default: as the adapter "
          "records")
      ->type_name("STYLE");
  add_template_option(command, options.chat_template);
  options.note = note;
  return model;
}

}  // namespace minnow::cli
