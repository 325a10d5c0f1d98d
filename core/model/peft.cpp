// PEFT adapter folders.
#include "core/model/peft.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/lost_mapping.h"
#include "core/io/safetensors.h"
#include "core/model/adapter_config.h"
#include "core/model/checkpoint_tensors.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr const char* kPrefix = "base_model.model.";
constexpr const char* kConfigFile = "adapter_config.json";
constexpr const char* kTensorFile = "adapter_model.safetensors";

void check_files(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder / kConfigFile)) {
    const bool model = std::filesystem::exists(folder / "config.json");
    throw Error(ErrorKind::not_found,
                "there is no adapter_config.json in " + folder.string() + "; " +
                    (model ? "it is a model's folder, give it as the model" : "an adapter's folder has one"),
                folder.string());
  }
  if (std::filesystem::exists(folder / kTensorFile)) return;
  if (std::filesystem::exists(folder / "adapter_model.bin")) {
    throw Error(ErrorKind::unsupported,
                folder.string() + " holds adapter_model.bin, a pickle, which is never opened", folder.string(),
                "Save the adapter as safetensors.");
  }
  throw Error(ErrorKind::not_found, "there is no adapter_model.safetensors in " + folder.string(), folder.string());
}

at::Tensor read_f32(const SafetensorsFile& file, const TensorInfo& info, const std::string& subject) {
  if (info.dtype != "F32" && info.dtype != "F16" && info.dtype != "BF16") {
    throw Error(ErrorKind::unsupported, subject + ": tensor '" + info.name + "' is stored as " + info.dtype, info.name);
  }
  at::Tensor tensor = at::empty(info.shape, at::TensorOptions().dtype(scalar_type_from(info.dtype)));
  std::memcpy(tensor.data_ptr(), file.bytes(info), static_cast<std::size_t>(tensor.nbytes()));
  return tensor.to(at::kFloat);
}

std::string shape_words(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (std::size_t n = 0; n < shape.size(); ++n) text += (n ? ", " : "") + std::to_string(shape[n]);
  return text + "]";
}

at::Tensor read_matrix(CheckpointTensors& tensors, const std::string& name, std::int64_t rows, std::int64_t columns) {
  const auto [file, info] = tensors.find(name);
  if (!info) {
    const auto& names = tensors.set().names();
    throw Error(ErrorKind::format,
                tensors.subject() + ": there is no tensor '" + kPrefix + name + "'" +
                    (names.empty() ? ", the file holds none at all"
                                   : "; the file holds " + std::to_string(names.size()) + ", '" + names.front() +
                                         "' for one"),
                name, "Check that 'target_modules' and the tensors belong together.");
  }
  const std::vector<std::int64_t> wanted{rows, columns};
  if (info->shape != wanted) {
    throw Error(ErrorKind::format,
                tensors.subject() + ": tensor '" + info->name + "' has shape " + shape_words(info->shape) +
                    ", the model and the rank ask for " + shape_words(wanted),
                name, "Use the model that the adapter was trained on.");
  }
  const at::Tensor matrix = read_f32(*file, *info, tensors.subject());
  if (!at::isfinite(matrix).all().item<bool>()) {
    throw Error(ErrorKind::format,
                tensors.subject() + ": tensor '" + info->name + "' holds numbers that aren't finite; its training diverged",
                name, "Use an earlier checkpoint.");
  }
  return matrix;
}

LoraPair read_pair(const AdapterConfig& config, CheckpointTensors& tensors, const std::string& module,
                   const at::Tensor& weight) {
  LoraPair pair;
  const std::int64_t rank = config.rank_of(module);
  pair.alpha = config.alpha_of(module);
  pair.scale = pair.alpha / (config.use_rslora() ? std::sqrt(static_cast<double>(rank)) : static_cast<double>(rank));
  pair.A = read_matrix(tensors, module + ".lora_A.weight", rank, weight.size(1)).to(weight.device());
  pair.B = read_matrix(tensors, module + ".lora_B.weight", weight.size(0), rank).to(weight.device());
  return pair;
}

/// What a tensor that no adapted layer asked for says about the adapter.
std::string meaning_of(const std::string& plain) {
  const auto has = [&](const char* part) { return plain.find(part) != plain.npos; };
  if (has("lora_magnitude_vector")) return "it makes the adapter a DoRA one ('use_dora')";
  if (has("lora_E") || has("ranknum")) return "it makes the adapter an AdaLoRA one";
  if (has("lora_B.bias")) return "B has a bias ('lora_bias')";
  if (has("lora_embedding_")) return "it adapts the embedding";
  if (has("modules_to_save") || plain == "lm_head.weight" || plain == "model.embed_tokens.weight")
    return "it was trained as a whole ('modules_to_save') and differs from the model's";
  if (has("lora_")) return "it belongs to no adapted linear layer of this model ('target_modules')";
  return "it is none of LoRA's";
}

/// A copy of the model's own embedding or head, which PEFT saves where it isn't sure, does no harm.
bool is_models_own(const SafetensorsSet::Found& found, const std::string& plain, const Qwen3Weights& weights) {
  const at::Tensor* own = plain == "model.embed_tokens.weight" ? &weights.embed_tokens
                          : plain == "lm_head.weight"          ? &weights.lm_head
                                                               : nullptr;
  if (!own || found.second->shape != own->sizes().vec()) return false;
  return at::equal(read_f32(*found.first, *found.second, plain).to(own->scalar_type()), own->to(at::kCPU));
}

void refuse_left_over(const std::filesystem::path& folder, const CheckpointTensors& tensors, const Qwen3Weights& weights) {
  for (const auto& [plain, name] : tensors.unused()) {
    if (is_models_own(tensors.set().find(name), plain, weights)) continue;
    throw Error(ErrorKind::unsupported,
                (folder / kTensorFile).string() + ": there is a tensor '" + name + "': " + meaning_of(plain), name,
                "Only plain LoRA on the linear layers is supported; merge the adapter with the program that wrote it.");
  }
}

std::string why_no_effect(const LoraSet& set) {
  bool any = false, scaled = false;
  set.each([&](const LoraPair& pair, const std::string&) {
    any = true;
    scaled = scaled || pair.scale != 0.0;
  });
  if (!any) return "it adapts no layer";
  return scaled ? "its matrices are zero" : "'lora_alpha' is 0";
}

}  // namespace

LoraSet load_adapter(const std::filesystem::path& folder, const Qwen3Weights& weights, const NoteSink& note) {
  check_files(folder);
  const AdapterConfig config(read_json_file(folder / kConfigFile), (folder / kConfigFile).string(), note);
  const auto tell = [&](const std::string& sentence) {
    if (note) note(folder.string() + ": " + sentence);
  };
  CheckpointTensors tensors(SafetensorsSet::open(folder / kTensorFile), (folder / kTensorFile).string());
  LoraSet set;
  set.rank = config.rank();
  set.lora_alpha = config.lora_alpha();
  set.use_rslora = config.use_rslora();
  set.lora_dropout = config.lora_dropout();
  if (!config.names_targets()) tell("adapter_config.json has no 'target_modules'; every layer that has tensors is adapted");
  set.pairs.resize(weights.layers.size());
  bool leaves[kLinearCount] = {};
  for (std::size_t i = 0; i < weights.layers.size(); ++i) {
    for (int k = 0; k < kLinearCount; ++k) {
      const std::string module = "model.layers." + std::to_string(i) + "." + linear_name(static_cast<Linear>(k));
      if (config.names_targets() ? !config.takes(module) : !tensors.has(module + ".lora_A.weight")) continue;
      set.pairs[i][k] = read_pair(config, tensors, module, weights.layers[i].linear[k]);
      leaves[k] = true;
    }
  }
  refuse_left_over(folder, tensors, weights);
  for (int k = 0; k < kLinearCount; ++k) {
    const std::string path = linear_name(static_cast<Linear>(k));
    if (leaves[k]) set.target_modules.push_back(path.substr(path.find('.') + 1));
  }
  if (const auto name = tensors.respelled_from(kPrefix))
    tell("the tensors have other names than PEFT's; '" + *name + "' is taken as '" + kPrefix + plain_tensor_name(*name) + "'");
  if (changed_modules(set) == 0) tell("the adapter has no effect: " + why_no_effect(set));
  set.refresh(weights.dtype());
  check_mappings();
  return set;
}

std::int64_t changed_modules(const LoraSet& lora) {
  std::int64_t count = 0;
  lora.each([&](const LoraPair& pair, const std::string&) {
    count += pair.scale != 0.0 && pair.A.any().item<bool>() && pair.B.any().item<bool>();
  });
  return count;
}

void save_adapter(const std::filesystem::path& folder, const LoraSet& lora, const std::string& base_model) {
  std::filesystem::create_directories(folder);
  Json ranks = Json::object(), alphas = Json::object();
  std::vector<at::Tensor> keep;
  std::vector<TensorToWrite> tensors;
  lora.each([&](const LoraPair& pair, const std::string& path) {
    if (pair.rank() != lora.rank) ranks[path] = pair.rank();
    if (pair.alpha != lora.lora_alpha) alphas[path] = pair.alpha;
    for (const auto& [suffix, tensor] :
         {std::pair<const char*, const at::Tensor&>{".lora_A.weight", pair.A}, {".lora_B.weight", pair.B}}) {
      keep.push_back(tensor.to(at::kCPU).contiguous());
      const at::Tensor& t = keep.back();
      tensors.push_back(
          {kPrefix + path + suffix, "F32", t.sizes().vec(), t.data_ptr(), static_cast<std::size_t>(t.nbytes())});
    }
  });
  // The keys PEFT 0.15 writes, sorted (facts 6.3).
  Json config = Json::object();
  config["alpha_pattern"] = alphas;
  config["auto_mapping"] = nullptr;
  config["base_model_name_or_path"] = base_model;
  config["bias"] = "none";
  config["corda_config"] = nullptr;
  config["eva_config"] = nullptr;
  config["exclude_modules"] = nullptr;
  config["fan_in_fan_out"] = false;
  config["inference_mode"] = true;
  config["init_lora_weights"] = true;
  config["layer_replication"] = nullptr;
  config["layers_pattern"] = nullptr;
  config["layers_to_transform"] = nullptr;
  config["loftq_config"] = Json::object();
  config["lora_alpha"] = lora.lora_alpha;
  if (lora.lora_alpha == std::floor(lora.lora_alpha)) config["lora_alpha"] = static_cast<std::int64_t>(lora.lora_alpha);
  config["lora_bias"] = false;
  config["lora_dropout"] = lora.lora_dropout;
  config["megatron_config"] = nullptr;
  config["megatron_core"] = "megatron.core";
  config["modules_to_save"] = nullptr;
  config["peft_type"] = "LORA";
  config["r"] = lora.rank;
  config["rank_pattern"] = ranks;
  config["revision"] = nullptr;
  config["target_modules"] = lora.target_modules;
  config["task_type"] = "CAUSAL_LM";
  config["trainable_token_indices"] = nullptr;
  config["use_dora"] = false;
  config["use_rslora"] = lora.use_rslora;
  write_safetensors(folder / kTensorFile, tensors);
  write_file_atomic(folder / kConfigFile, config.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace minnow
