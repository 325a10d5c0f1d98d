// The rules are PEFT's: a list matches whole names or their ends, a text is a regular expression for the whole name.
#include "core/model/adapter_config.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <string_view>

#include "core/text/full_match.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr const char* kPlainHint =
    "Save it as a plain LoRA adapter, or merge it with the program that trained it and use the merged model.";

const Json* set_value(const Json& config, const char* key) {
  const auto it = config.find(key);
  if (it == config.end() || it->is_null()) return nullptr;
  if (it->is_boolean()) return it->get<bool>() ? &*it : nullptr;
  if (it->is_number()) return *it == Json(0) ? nullptr : &*it;
  return it->empty() || *it == Json("") ? nullptr : &*it;
}

[[noreturn]] void refuse_adapter(const std::string& subject, const std::string& what) {
  throw Error(ErrorKind::unsupported, subject + ": " + what, subject, kPlainHint);
}

/// Kinds of LoRA that compute something else than W + s B A at every position.
constexpr std::array<std::pair<const char*, const char*>, 12> kOtherKinds{{
    {"use_dora", "the adapter is DoRA, which scales the weights' rows"},
    {"lora_bias", "its B has a bias"},
    {"modules_to_save", "whole modules were trained beside it"},
    {"trainable_token_indices", "tokens of the embedding were trained beside it"},
    {"layer_replication", "it belongs to a model whose layers are repeated"},
    {"target_parameters", "it adapts parameters, not linear layers"},
    {"use_qalora", "it pools its inputs (QA-LoRA)"},
    {"use_bdlora", "its matrices are block-diagonal (BD-LoRA)"},
    {"alora_invocation_tokens", "it acts only after certain tokens (aLoRA)"},
    {"arrow_config", "it chooses among several adapters by token (Arrow)"},
    {"kasa_config", "it changes the base weights (KaSA)"},
    {"monteclora_config", "its weights are drawn at random (MonteCLoRA)"},
}};

/// Keys that are obeyed here or change nothing when an adapter is applied.
constexpr std::array<std::string_view, 32> kKnown{
    "alpha_pattern", "auto_mapping", "base_model_name_or_path", "bias", "corda_config", "ensure_weight_tying",
    "eva_config", "exclude_modules", "fan_in_fan_out", "inference_mode", "init_lora_weights", "layers_pattern",
    "layers_to_transform", "loftq_config", "lora_alpha", "lora_dropout", "lora_ga_config", "megatron_config",
    "megatron_core", "peft_type", "peft_version", "qalora_group_size", "r", "rank_pattern", "revision",
    "runtime_config", "target_modules", "task_type", "use_rslora", "velora_config", "lora_dtype", "lorap_lr_ratio"};

/// A start that takes a part of the weights away (PiSSA, OLoRA, CorDA, LoRA-GA) or rounds them (LoftQ) leaves an
/// adapter that is wrong on the weights as they were. PEFT's other starts leave B A = 0.
void check_start(const Json& config, const std::string& subject) {
  const Json* start = set_value(config, "init_lora_weights");
  if (!start || start->is_boolean()) return;
  std::string name = start->is_string() ? start->get<std::string>() : "";
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const char* harmless : {"true", "false", "gaussian", "orthogonal", "eva", "mica"})
    if (name == harmless) return;
  throw Error(ErrorKind::unsupported,
              subject + ": 'init_lora_weights' is " + dump_json(*start) +
                  ": training began on changed base weights, so on the model's own weights the adapter is wrong",
              subject,
              "Save it again with PEFT's path_initial_model_for_weight_conversion, which makes a plain LoRA adapter of "
              "it, or merge it there and use the merged model.");
}

void check_plain(const Json& config, const std::string& subject, const NoteSink& note) {
  if (const Json* type = set_value(config, "peft_type"); type && *type != "LORA")
    refuse_adapter(subject, "'peft_type' is " + dump_json(*type) + "; only \"LORA\" adapters are supported");
  for (const auto& [key, why] : kOtherKinds) {
    if (const Json* value = set_value(config, key))
      refuse_adapter(subject, "'" + std::string(key) + "' is " + dump_json(*value).substr(0, 80) + ": " + why +
                                  "; only plain LoRA is supported");
  }
  if (const Json* bias = set_value(config, "bias"); bias && *bias != "none" && note)
    note(subject + ": 'bias' is " + dump_json(*bias) + "; Qwen3's linear layers have no biases, so it changes nothing");
  check_start(config, subject);
  for (const auto& [key, value] : config.items()) {
    const bool known = std::find(kKnown.begin(), kKnown.end(), key) != kKnown.end();
    if (!known && set_value(config, key.c_str()) && note)
      note(subject + ": '" + key + "' is " + dump_json(value).substr(0, 80) + "; Minnow doesn't know this key and ignores it");
  }
}

bool name_matches(const Json& names, const std::string& module, const std::string& subject) {
  if (names.is_string()) return FullMatch(names.get<std::string>(), subject)(module);
  for (const Json& item : names) {
    if (!item.is_string()) continue;
    const auto& name = item.get_ref<const std::string&>();
    if (module == name || module.ends_with("." + name)) return true;
  }
  return false;
}

/// The value of the first pattern that fits the end of the module's name, else `fallback`.
double from_pattern(const Json& config, const char* key, const std::string& module, double fallback,
                    const std::string& subject) {
  const Json* patterns = set_value(config, key);
  if (!patterns) return fallback;
  for (const auto& [pattern, value] : patterns->items()) {
    if (!FullMatch("(.*\\.)?(" + pattern + ")", subject)(module)) continue;
    if (!value.is_number() || !std::isfinite(value.get<double>()))
      throw Error(ErrorKind::format, subject + ": '" + key + "' has " + dump_json(value) + " for '" + pattern +
                                         "', a number was expected", subject);
    return value.get<double>();
  }
  return fallback;
}

void check_list(const Json& config, const char* key, const std::string& subject) {
  const Json* value = set_value(config, key);
  bool right = !value || value->is_string() || value->is_array();
  if (right && value && value->is_array())
    right = std::all_of(value->begin(), value->end(), [](const Json& item) { return item.is_string(); });
  if (!right)
    throw Error(ErrorKind::format,
                subject + ": '" + key + "' is " + dump_json(*value).substr(0, 80) +
                    ", a list of names or a regular expression was expected",
                subject);
}

std::int64_t whole_rank(double rank, const std::string& subject, const char* key) {
  if (!(rank >= 1.0) || rank > 1e6 || rank != std::floor(rank))
    throw Error(ErrorKind::format, subject + ": '" + key + "' gives the rank " + dump_json(Json(rank)) +
                                       ", a positive whole number was expected", subject);
  return static_cast<std::int64_t>(rank);
}

}  // namespace

AdapterConfig::AdapterConfig(Json json, std::string subject, const NoteSink& note)
    : json_(std::move(json)), subject_(std::move(subject)) {
  if (!json_.is_object()) throw Error(ErrorKind::format, subject_ + " isn't a JSON object", subject_);
  check_plain(json_, subject_, note);
  const auto number = [&](const char* key, double fallback, bool needed) {
    const auto it = json_.find(key);
    if (it == json_.end() || it->is_null()) {
      if (needed && note)
        note(subject_ + ": '" + key + "' is missing; PEFT's default " + dump_json(Json(fallback)) + " is taken");
      return fallback;
    }
    if (!it->is_number() || !std::isfinite(it->get<double>()))
      throw Error(ErrorKind::format, subject_ + ": '" + key + "' is " + dump_json(*it) + ", a number was expected", subject_);
    return it->get<double>();
  };
  rank_ = whole_rank(number("r", 8.0, true), subject_, "r");
  lora_alpha_ = number("lora_alpha", 8.0, true);
  lora_dropout_ = number("lora_dropout", 0.0, false);
  use_rslora_ = set_value(json_, "use_rslora") != nullptr;
  for (const char* key : {"target_modules", "exclude_modules", "layers_pattern"}) check_list(json_, key, subject_);
  const auto targets = json_.find("target_modules");
  names_targets_ = targets != json_.end() && !targets->is_null();
}

/// PEFT: the number behind the last "layers" (or a name of layers_pattern) counts; a name without one is not taken.
bool AdapterConfig::layer_wanted(const std::string& module) const {
  const Json* wanted = set_value(json_, "layers_to_transform");
  const auto given = json_.find("layers_to_transform");
  const bool zero = given != json_.end() && given->is_number();  // layer 0 is a layer
  if (!wanted && !zero) return true;
  const Json& layers = *given;
  std::string index;
  std::vector<std::string> names;
  if (const Json* pattern = set_value(json_, "layers_pattern")) {
    if (pattern->is_string()) names.push_back(pattern->get<std::string>());
    else names = pattern->get<std::vector<std::string>>();
  } else {
    names.push_back("[^.]*");
  }
  constexpr std::string_view head = "model.layers.";
  const std::size_t end = module.find('.', head.size());
  index = module.substr(head.size(), end - head.size());
  const bool found = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return FullMatch(".*\\." + name + "\\." + index + "\\..*", subject_)(module);
  });
  if (!found) return false;
  const auto is_layer = [&](const Json& item) { return item.is_number() && dump_json(item) == index; };
  return layers.is_array() ? std::any_of(layers.begin(), layers.end(), is_layer) : is_layer(layers);
}

bool AdapterConfig::takes(const std::string& module) const {
  if (const Json* excluded = set_value(json_, "exclude_modules"); excluded && name_matches(*excluded, module, subject_))
    return false;
  const Json* targets = set_value(json_, "target_modules");
  if (!targets) return false;
  if (*targets == "all-linear") return true;
  if (!name_matches(*targets, module, subject_)) return false;
  // A list may name the very module; then PEFT doesn't ask for its layer.
  const bool exactly = targets->is_array() && std::find(targets->begin(), targets->end(), Json(module)) != targets->end();
  return exactly || targets->is_string() || layer_wanted(module);
}

std::int64_t AdapterConfig::rank_of(const std::string& module) const {
  const double rank = from_pattern(json_, "rank_pattern", module, static_cast<double>(rank_), subject_);
  return whole_rank(rank, subject_, "rank_pattern");
}

double AdapterConfig::alpha_of(const std::string& module) const {
  return from_pattern(json_, "alpha_pattern", module, lora_alpha_, subject_);
}

}  // namespace minnow
