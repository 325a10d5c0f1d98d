// PEFT adapter folders.
#include "core/model/peft.h"

#include <ATen/ATen.h>

#include <cmath>
#include <regex>
#include <set>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/types/error.h"

namespace minnow {
namespace {

const char* kPrefix = "base_model.model.";

bool is_off(const Json& config, const char* key) {
  const auto it = config.find(key);
  if (it == config.end() || it->is_null()) return true;
  if (it->is_boolean()) return !it->get<bool>();
  return it->empty();
}

void check_supported(const Json& config, const std::string& subject) {
  const auto refuse = [&](const std::string& what) {
    throw Error(ErrorKind::unsupported, subject + ": " + what, subject);
  };
  if (const auto it = config.find("peft_type"); it != config.end() && *it != "LORA") {
    refuse("'peft_type' is " + dump_json(*it) + "; only \"LORA\" adapters are supported");
  }
  if (!is_off(config, "use_dora")) refuse("this is a DoRA adapter (use_dora is true); only plain LoRA is supported");
  for (const char* key : {"lora_bias", "modules_to_save", "trainable_token_indices", "layer_replication",
                          "target_parameters", "fan_in_fan_out", "use_qalora", "use_bdlora"}) {
    if (!is_off(config, key))
      refuse("'" + std::string(key) + "' is " + dump_json(config[key]) + ", which isn't supported");
  }
  if (const auto it = config.find("bias"); it != config.end() && it->is_string() && *it != "none") {
    refuse("'bias' is " + dump_json(*it) + "; only \"none\" is supported");
  }
}

std::regex regex_of(const std::string& pattern, const std::string& subject) {
  try {
    return std::regex(pattern);
  } catch (const std::regex_error&) {
    throw Error(ErrorKind::format, subject + ": '" + pattern + "' isn't a regular expression that can be read",
                subject);
  }
}

/// Whether target_modules (list of names, or one regular expression) takes the module path, as PEFT matches
/// (facts 6.2).
bool is_target(const Json& targets, const std::string& path, const std::string& subject) {
  if (targets.is_string()) {
    const auto text = targets.get<std::string>();
    return text == "all-linear" || std::regex_match(path, regex_of(text, subject));
  }
  for (const Json& item : targets) {
    if (!item.is_string()) continue;
    const auto name = item.get<std::string>();
    if (path == name || (path.size() > name.size() && path.ends_with("." + name))) return true;
  }
  return false;
}

/// The value of the first pattern that matches the module's path from its start, else `fallback`.
double from_pattern(const Json& config, const char* key, const std::string& path, double fallback,
                    const std::string& subject) {
  const auto it = config.find(key);
  if (it == config.end() || !it->is_object()) return fallback;
  for (const auto& [pattern, value] : it->items()) {
    if (std::regex_match(path, regex_of("(.*\\.)?(" + pattern + ")", subject)) && value.is_number()) {
      return value.get<double>();
    }
  }
  return fallback;
}

bool layer_wanted(const Json& config, std::size_t layer) {
  const auto it = config.find("layers_to_transform");
  if (it == config.end() || it->is_null()) return true;
  if (it->is_number_integer()) return it->get<std::int64_t>() == static_cast<std::int64_t>(layer);
  for (const Json& item : *it) {
    if (item == static_cast<std::int64_t>(layer)) return true;
  }
  return false;
}

at::Tensor read_f32(const SafetensorsFile& file, const TensorInfo& info, const std::string& subject) {
  if (info.dtype != "F32" && info.dtype != "F16" && info.dtype != "BF16") {
    throw Error(ErrorKind::unsupported, subject + ": tensor '" + info.name + "' is stored as " + info.dtype, info.name);
  }
  at::Tensor tensor = at::empty(info.shape, at::TensorOptions().dtype(scalar_type_from(info.dtype)));
  std::memcpy(tensor.data_ptr(), file.bytes(info), static_cast<std::size_t>(tensor.nbytes()));
  return tensor.to(at::kFloat);
}

}  // namespace

LoraSet load_adapter(const std::filesystem::path& folder, const Qwen3Weights& weights) {
  const auto config_path = folder / "adapter_config.json", file_path = folder / "adapter_model.safetensors";
  const std::string subject = config_path.string();
  if (!std::filesystem::exists(config_path)) {
    throw Error(ErrorKind::not_found,
                "there is no adapter_config.json in " + folder.string() + "; an adapter folder has one",
                folder.string());
  }
  const Json config = parse_json(read_file(config_path), subject);
  if (!config.is_object()) throw Error(ErrorKind::format, subject + " isn't a JSON object", subject);
  check_supported(config, subject);
  if (!std::filesystem::exists(file_path)) {
    const bool pickle = std::filesystem::exists(folder / "adapter_model.bin");
    throw Error(pickle ? ErrorKind::unsupported : ErrorKind::not_found,
                pickle
                    ? folder.string() +
                          " holds adapter_model.bin, a pickle, which is never opened; save the adapter as safetensors"
                    : "there is no adapter_model.safetensors in " + folder.string(),
                folder.string());
  }
  const auto number = [&](const char* key) {
    const auto it = config.find(key);
    if (it == config.end() || !it->is_number() || !(it->get<double>() > 0)) {
      throw Error(ErrorKind::format, subject + ": '" + key + "' is missing or isn't a positive number", subject);
    }
    return it->get<double>();
  };
  LoraSet set;
  set.rank = static_cast<std::int64_t>(number("r"));
  set.lora_alpha = number("lora_alpha");
  set.use_rslora = !is_off(config, "use_rslora");
  if (const auto it = config.find("lora_dropout"); it != config.end() && it->is_number())
    set.lora_dropout = it->get<double>();
  const auto targets = config.find("target_modules");
  if (targets == config.end() || !(targets->is_string() || targets->is_array())) {
    throw Error(ErrorKind::format, subject + ": 'target_modules' is missing", subject);
  }
  const Json excluded = config.contains("exclude_modules") ? config["exclude_modules"] : Json();

  const auto file = SafetensorsFile::open(file_path);
  std::set<std::string> left;
  for (const TensorInfo& info : file->tensors()) left.insert(info.name);
  std::set<std::string> leaves;
  set.pairs.resize(weights.layers.size());
  for (std::size_t i = 0; i < weights.layers.size(); ++i) {
    for (int k = 0; k < kLinearCount; ++k) {
      const std::string leaf = linear_name(static_cast<Linear>(k));
      const std::string path = "model.layers." + std::to_string(i) + "." + leaf;
      if (!is_target(*targets, path, subject) || !layer_wanted(config, i)) continue;
      if (!excluded.is_null() && is_target(excluded, path, subject)) continue;
      const at::Tensor& w = weights.layers[i].linear[k];
      LoraPair pair;
      const auto rank =
          static_cast<std::int64_t>(from_pattern(config, "rank_pattern", path, static_cast<double>(set.rank), subject));
      pair.alpha = from_pattern(config, "alpha_pattern", path, set.lora_alpha, subject);
      pair.scale =
          set.use_rslora ? pair.alpha / std::sqrt(static_cast<double>(rank)) : pair.alpha / static_cast<double>(rank);
      const auto take = [&](const char* suffix, std::int64_t rows, std::int64_t columns) {
        const std::string name = kPrefix + path + suffix;
        const TensorInfo* info = file->find(name);
        if (!info) throw Error(ErrorKind::format, file_path.string() + ": tensor '" + name + "' is missing", name);
        const std::vector<std::int64_t> wanted{rows, columns};
        if (info->shape != wanted) {
          const auto text = [](const std::vector<std::int64_t>& s) {
            std::string t = "[";
            for (std::size_t n = 0; n < s.size(); ++n) t += (n ? ", " : "") + std::to_string(s[n]);
            return t + "]";
          };
          throw Error(ErrorKind::format,
                      file_path.string() + ": tensor '" + name + "' has shape " + text(info->shape) +
                          ", the model and rank ask for " + text(wanted),
                      name);
        }
        left.erase(name);
        return read_f32(*file, *info, file_path.string()).to(weights.device());
      };
      pair.A = take(".lora_A.weight", rank, w.size(1));
      pair.B = take(".lora_B.weight", w.size(0), rank);
      leaves.insert(leaf.substr(leaf.find('.') + 1));
      set.pairs[i][k] = std::move(pair);
    }
  }
  if (!left.empty()) {
    throw Error(
        ErrorKind::unsupported,
        file_path.string() + ": tensor '" + *left.begin() + "' belongs to no adapted linear layer of this model",
        *left.begin());
  }
  for (int k = 0; k < kLinearCount; ++k) {
    const std::string path = linear_name(static_cast<Linear>(k)), leaf = path.substr(path.find('.') + 1);
    if (leaves.count(leaf)) set.target_modules.push_back(leaf);
  }
  set.refresh(weights.dtype());
  return set;
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
  write_safetensors(folder / "adapter_model.safetensors", tensors);
  write_file_atomic(folder / "adapter_config.json", config.dump(2) + "\n");
}

}  // namespace minnow
