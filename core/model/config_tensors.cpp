// config.json held against the headers of the weights: what it leaves out they tell, and where the two disagree the
// sentence says both.
#include "core/io/json.h"
#include "core/model/checkpoint_tensors.h"
#include "core/model/config.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// Size of one dimension of a tensor; 0 where there is no such tensor.
std::int64_t size_in(CheckpointTensors& tensors, const std::string& name, std::size_t dimension) {
  const TensorInfo* info = tensors.find(name).second;
  return info && dimension < info->shape.size() ? info->shape[dimension] : 0;
}

constexpr const char* kFirstLayer = "model.layers.0.";

std::string dtype_in(const TensorInfo& info) {
  return info.dtype == "F32" ? "float32" : info.dtype == "F16" ? "float16" : info.dtype == "BF16" ? "bfloat16" : "";
}

}  // namespace

void complete_from_tensors(Qwen3Config& config, const std::filesystem::path& folder, const std::string& subject,
                           const NoteSink& note) {
  const auto tell = [&](const std::string& sentence) {
    if (note) note(subject + ": " + sentence);
  };
  try {
    CheckpointTensors tensors(SafetensorsSet::open(folder), folder.string());
    if (const TensorInfo* embedding = tensors.find("model.embed_tokens.weight").second) {
      if (const std::string stored = dtype_in(*embedding); !stored.empty()) config.dtype = stored;
    }
    const auto take = [&](const char* key, std::int64_t& to, std::int64_t told) {
      if (config.missing.count(key) == 0 || told <= 0) return;
      if (told != to) tell(std::string("'") + key + "' is missing; the tensors say " + std::to_string(told) + ", which is taken");
      to = told;
    };
    const std::string attention = std::string(kFirstLayer) + "self_attn.";
    take("head_dim", config.head_dim, size_in(tensors, attention + "q_norm.weight", 0));
    take("num_key_value_heads", config.num_key_value_heads,
         size_in(tensors, attention + "k_proj.weight", 0) / config.head_dim);
  } catch (const Error&) {
    return;  // no weights, or none that can be read: opening them says so
  }
  if (config.missing.count("rope_theta") != 0)
    tell("'rope_theta' is missing; 10000 is taken, as transformers does, while published Qwen3 models have 1000000 or more");
}

void check_against_tensors(const Qwen3Config& config, CheckpointTensors& tensors, const std::string& subject) {
  const auto compare = [&](const char* key, std::int64_t asked, std::int64_t told, const std::string& where) {
    if (told == 0 || asked == told) return;
    throw Error(ErrorKind::format,
                subject + ": '" + key + "' is " + std::to_string(asked) +
                    (config.missing.count(key) != 0 ? " (the default, as config.json leaves it out)" : " in config.json") +
                    ", the tensors say " + std::to_string(told) + " (" + where + ")",
                subject, std::string("Set '") + key + "' in config.json, or get the weights that belong to it.");
  };
  const std::string layer = kFirstLayer;
  compare("vocab_size", config.vocab_size, size_in(tensors, "model.embed_tokens.weight", 0), "rows of embed_tokens");
  compare("hidden_size", config.hidden_size, size_in(tensors, "model.embed_tokens.weight", 1), "columns of embed_tokens");
  const std::int64_t head = size_in(tensors, layer + "self_attn.q_norm.weight", 0);
  compare("head_dim", config.head_dim, head, "length of q_norm");
  if (head > 0) {
    compare("num_attention_heads", config.num_attention_heads, size_in(tensors, layer + "self_attn.q_proj.weight", 0) / head,
            "rows of q_proj over head_dim");
    compare("num_key_value_heads", config.num_key_value_heads, size_in(tensors, layer + "self_attn.k_proj.weight", 0) / head,
            "rows of k_proj over head_dim");
  }
  compare("intermediate_size", config.intermediate_size, size_in(tensors, layer + "mlp.gate_proj.weight", 0),
          "rows of gate_proj");
  std::int64_t layers = 0;
  while (tensors.has("model.layers." + std::to_string(layers) + ".input_layernorm.weight")) ++layers;
  if (layers < config.num_hidden_layers) compare("num_hidden_layers", config.num_hidden_layers, layers, "layers in the files");
}

}  // namespace minnow
