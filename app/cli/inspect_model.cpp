// inspect model: what a model folder holds, whether it is whole, and what it would take to run and train it.
#include "core/train/inspect_model.h"
#include "app/cli/inspect.h"
#include "app/cli/model_options.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

Json as_json(const ModelFindings& f) {
  Json json{{"whole", f.fault.empty()}};
  if (!f.fault.empty()) json["fault"] = f.fault;
  json["parameters"] = f.config->parameter_count();
  json["dtype"] = f.config->dtype;
  json["bytes"] = f.bytes;
  json["layers"] = f.config->num_hidden_layers;
  json["hidden_size"] = f.config->hidden_size;
  json["intermediate_size"] = f.config->intermediate_size;
  json["heads"] = f.config->num_attention_heads;
  json["key_value_heads"] = f.config->num_key_value_heads;
  json["head_dim"] = f.config->head_dim;
  json["vocab_size"] = f.config->vocab_size;
  json["tied"] = f.config->tie_word_embeddings;
  json["max_position_embeddings"] = f.config->max_position_embeddings;
  if (f.fault.empty()) json["tokens"] = f.tokens;
  if (f.fault.empty()) json["template"] = f.chat_template;
  if (!f.notes.empty()) json["notes"] = f.notes;
  json["computed_in"] = f.compute_dtype;
  json["run_bytes"] = f.run_bytes;
  json["train_bytes"] = f.train_bytes > 0 ? Json(f.train_bytes) : Json();
  json["memory_available"] = f.available_bytes;
  return json;
}

std::string as_text(const ModelFindings& f) {
  const Qwen3Config& c = *f.config;
  const auto n = [](std::int64_t value) { return std::to_string(value); };
  std::string text = "dense Qwen3, " + n(c.parameter_count() / 1000000) + "." + n(c.parameter_count() / 100000 % 10) +
                     " M parameters, " + c.dtype + ", " + bytes_text(static_cast<double>(f.bytes)) + " of weights\n";
  text += n(c.num_hidden_layers) + " layers, width " + n(c.hidden_size) + ", inner width " + n(c.intermediate_size) +
          ", " + n(c.num_attention_heads) + " heads on " + n(c.num_key_value_heads) + " key/value heads of " +
          n(c.head_dim) + ", vocabulary " + n(c.vocab_size) +
          (c.tie_word_embeddings ? ", tied head\n" : ", own head\n");
  if (f.fault.empty()) {
    text += "template " + f.chat_template + ", " + n(f.tokens) + " tokens, up to " + n(c.max_position_embeddings) +
            " positions\nwhole: every file and tensor is there\n";
  }
  text += "to run it (" + f.compute_dtype + ", 32 rows of 1024 tokens): about " +
          bytes_text(static_cast<double>(f.run_bytes)) + "\n";
  text += "to train LoRA on it: " +
          (f.train_bytes > 0 ? "about " + bytes_text(static_cast<double>(f.train_bytes)) : f.train_fault) + "\n";
  return text + "free now: " + bytes_text(static_cast<double>(f.available_bytes)) + "\n";
}

struct InspectModelAsked {
  std::filesystem::path model;
  std::optional<std::filesystem::path> adapter;
  std::optional<TemplateChoice> chat_template;
};

}  // namespace

void add_inspect_model(CLI::App& inspect, Context& context) {
  CLI::App& command =
      add_command(inspect, "model", "size and shape of a model folder, whether it is whole, the memory it takes",
                  "Ends with exit code 3 and a sentence when the folder can't be used.\n"
                  "Example:\n  minnow-cli inspect model --model Qwen3-0.6B");
  const auto asked = std::make_shared<InspectModelAsked>();
  command.add_option("--model", asked->model, "folder of a dense Qwen3 model")->required()->type_name("DIR");
  command.add_option("--adapter", asked->adapter, "folder of a LoRA adapter to open on it")->type_name("DIR");
  add_template_option(command, asked->chat_template);
  context.on_chosen(command, [&context, asked] {
    const TemplateChoice choice = chosen_template({asked->model}, asked->chat_template);
    const ModelFindings found = inspect_model(asked->model, choice, asked->adapter);
    for (const std::string& sentence : found.notes) note(sentence);
    if (found.config) print(context.json ? json_line(as_json(found)) : as_text(found));
    if (found.error) throw *found.error;
    return 0;
  });
}

}  // namespace minnow::cli
