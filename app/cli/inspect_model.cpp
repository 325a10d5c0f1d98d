// inspect model: what a model folder holds, whether it is whole, and what it would take to run and train it.
#include <algorithm>
#include <exception>

#include "app/cli/inspect.h"
#include "app/error_sentence.h"
#include "core/io/safetensors.h"
#include "core/model/config.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/text/chat_template.h"
#include "core/train/memory.h"
#include "core/types/error.h"
#include "core/types/train_options.h"

namespace minnow::cli {
namespace {

// What the predictions are for: the batch that generate uses by default, and rows as long as training takes them.
constexpr std::int64_t run_batch = 32, run_tokens = 1024;

struct Findings {
  Qwen3Config config;
  std::uint64_t bytes = 0;        ///< of the tensors in the files
  std::string fault;              ///< why it isn't whole; empty when it is
  std::string chat_template;
  std::int32_t tokens = 0;        ///< of the tokenizer
  std::int64_t run_bytes = 0;
  std::int64_t train_bytes = 0;   ///< 0 where it doesn't fit
  std::string train_fault;
  std::string dtype;              ///< the predictions are for
};

/// Weights are mapped in the type that they have, so that even a large folder opens at once.
Findings look_into(const std::filesystem::path& folder) {
  Findings found;
  found.config = load_config(folder);
  try {
    found.bytes = SafetensorsSet::open(folder).total_bytes();
    LoadOptions options;
    options.model = folder;
    options.device = "cpu";
    options.dtype = found.config.dtype == "float16" ? "auto" : found.config.dtype;
    const auto model = LoadedModel::open(options);
    found.chat_template = to_string(model->prompter().chat_template().kind());
    found.tokens = model->tokenizer()->size();
  } catch (const Error& e) {
    found.fault = e.what();
  }
  found.dtype = machine("cpu").dtype;
  const bool bf16 = found.dtype == "bfloat16";
  found.run_bytes = predicted_generate_bytes(found.config, bf16, run_batch, run_tokens);
  try {
    const TrainOptions options;
    found.train_bytes = plan_memory(found.config, options, bf16, options.max_length, available_memory()).peak_bytes();
  } catch (const Error& e) {
    found.train_fault = e.what();
  }
  return found;
}

Json as_json(const Findings& f) {
  Json json{{"whole", f.fault.empty()}};
  if (!f.fault.empty()) json["fault"] = f.fault;
  json["parameters"] = f.config.parameter_count();
  json["dtype"] = f.config.dtype;
  json["bytes"] = f.bytes;
  json["layers"] = f.config.num_hidden_layers;
  json["hidden_size"] = f.config.hidden_size;
  json["intermediate_size"] = f.config.intermediate_size;
  json["heads"] = f.config.num_attention_heads;
  json["key_value_heads"] = f.config.num_key_value_heads;
  json["head_dim"] = f.config.head_dim;
  json["vocab_size"] = f.config.vocab_size;
  json["tied"] = f.config.tie_word_embeddings;
  json["max_position_embeddings"] = f.config.max_position_embeddings;
  if (f.fault.empty()) json["tokens"] = f.tokens;
  if (f.fault.empty()) json["template"] = f.chat_template;
  json["computed_in"] = f.dtype;
  json["run_bytes"] = f.run_bytes;
  json["train_bytes"] = f.train_bytes > 0 ? Json(f.train_bytes) : Json();
  json["memory_available"] = available_memory();
  return json;
}

std::string as_text(const Findings& f) {
  const Qwen3Config& c = f.config;
  const auto n = [](std::int64_t value) { return std::to_string(value); };
  std::string text = "dense Qwen3, " + n(c.parameter_count() / 1000000) + "." +
                     n(c.parameter_count() / 100000 % 10) + " M parameters, " + c.dtype + ", " +
                     bytes_text(static_cast<double>(f.bytes)) + " of weights\n";
  text += n(c.num_hidden_layers) + " layers, width " + n(c.hidden_size) + ", inner width " + n(c.intermediate_size) +
          ", " + n(c.num_attention_heads) + " heads on " + n(c.num_key_value_heads) + " key/value heads of " +
          n(c.head_dim) + ", vocabulary " + n(c.vocab_size) + (c.tie_word_embeddings ? ", tied head\n" : ", own head\n");
  if (f.fault.empty()) {
    text += "template " + f.chat_template + ", " + n(f.tokens) + " tokens, up to " + n(c.max_position_embeddings) +
            " positions\nwhole: every file and tensor is there\n";
  } else {
    text += "not whole: " + f.fault + "\n";
  }
  text += "to run it (" + f.dtype + ", " + n(run_batch) + " rows of " + n(run_tokens) + " tokens): about " +
          bytes_text(static_cast<double>(f.run_bytes)) + "\n";
  text += "to train LoRA on it: " +
          (f.train_bytes > 0 ? "about " + bytes_text(static_cast<double>(f.train_bytes)) : f.train_fault) + "\n";
  return text + "free now: " + bytes_text(static_cast<double>(available_memory())) + "\n";
}

}  // namespace

void add_inspect_model(CLI::App& inspect, Context& context) {
  CLI::App& command =
      add_command(inspect, "model", "size and shape of a model folder, whether it is whole, the memory it takes",
                  "Ends with exit code 3 when the folder isn't whole.\n"
                  "Example:\n  minnow-cli inspect model --model Qwen3-0.6B");
  const auto folder = std::make_shared<std::filesystem::path>();
  command.add_option("--model", *folder, "folder of a dense Qwen3 model")->required()->type_name("DIR");
  context.on_chosen(command, [&context, folder] {
    const Findings found = look_into(*folder);
    if (context.json) {
      print_json(as_json(found));
    } else {
      print(as_text(found));
    }
    return found.fault.empty() ? 0 : exit_code(ErrorKind::format);
  });
}

}  // namespace minnow::cli
