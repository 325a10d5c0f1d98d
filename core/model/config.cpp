// Reads, checks and writes config.json (facts on Qwen3: sections 1.1 to 1.3).
#include "core/model/config.h"

#include <cmath>

#include "core/io/file.h"
#include "core/types/error.h"

namespace minnow {
namespace {

[[noreturn]] void refuse(const std::string& subject, const std::string& sentence) {
  throw Error(ErrorKind::unsupported, subject + ": " + sentence, subject);
}

const Json* find(const Json& json, const char* key) {
  const auto it = json.find(key);
  return it == json.end() || it->is_null() ? nullptr : &*it;
}

double number(const Json& json, const char* key, double fallback, const std::string& subject) {
  const Json* value = find(json, key);
  if (!value) return fallback;
  if (!value->is_number()) {
    throw Error(ErrorKind::format, subject + ": '" + key + "' is " + dump_json(*value) + ", a number was expected",
                subject);
  }
  return value->get<double>();
}

std::int64_t size_of(const Json& json, const char* key, std::int64_t fallback, const std::string& subject) {
  const double value = number(json, key, static_cast<double>(fallback), subject);
  if (!(value >= 1.0) || value > 1e9 || value != std::floor(value)) {
    throw Error(ErrorKind::format,
                subject + ": '" + key + "' is " + (find(json, key) ? dump_json(json[key]) : "missing") +
                    ", a positive whole number was expected",
                subject);
  }
  return static_cast<std::int64_t>(value);
}

bool flag(const Json& json, const char* key, const std::string& subject) {
  const Json* value = find(json, key);
  if (!value) return false;
  if (!value->is_boolean()) {
    throw Error(ErrorKind::format, subject + ": '" + key + "' is " + dump_json(*value) + ", true or false was expected",
                subject);
  }
  return value->get<bool>();
}

std::string text(const Json& json, const char* key, const std::string& fallback) {
  const Json* value = find(json, key);
  return value && value->is_string() ? value->get<std::string>() : fallback;
}

/// Whether a key that asks for something else than plain Qwen3 is there and on.
bool asks(const Json* value) { return value && *value != Json(false) && !(value->is_structured() && value->empty()); }

/// "Qwen3MoeForCausalLM (model_type qwen3_moe)": what the file says it is.
std::string what_it_is(const Json& json) {
  std::string name;
  if (const Json* list = find(json, "architectures"); list && list->is_array() && !list->empty()) {
    name = dump_json((*list)[0]);
  }
  const std::string type = text(json, "model_type", "");
  if (!type.empty()) name += (name.empty() ? "" : ", ") + ("model_type '" + type + "'");
  return name.empty() ? "a model without architectures and model_type" : name;
}

/// One of the two names may be missing; the one that is there decides.
void check_architecture(const Json& json, const std::string& subject) {
  const Json* list = find(json, "architectures");
  const Json* type = find(json, "model_type");
  bool right = type ? *type == "qwen3" : list != nullptr;
  if (list && right) {
    right = false;
    if (list->is_array()) {
      for (const Json& item : *list) right = right || item == "Qwen3ForCausalLM";
    }
  }
  if (!right) {
    throw Error(ErrorKind::unsupported,
                subject + ": this is " + what_it_is(json) + ", not a dense Qwen3ForCausalLM",
                subject, "Choose a dense Qwen3 model.");
  }
  if (asks(find(json, "auto_map")))
    refuse(subject, "'auto_map' asks for code from the model's repository, which is never run");
  for (const char* key : {"quantization_config", "quantization"}) {
    if (const Json* value = find(json, key); asks(value)) {
      refuse(subject, std::string("the weights are quantised ('") + key + "': " + dump_json(*value).substr(0, 80) +
                          "); use the float16, bfloat16 or float32 release");
    }
  }
}

/// A factor of 1 leaves every frequency as it is, whatever the type.
bool leaves_rope_alone(const Json& rope, const std::string& type, const std::string& subject) {
  if (type == "default") return true;
  const bool by_factor = type == "linear" || type == "dynamic" || type == "yarn" || type == "llama3";
  for (const char* key : {"attention_factor", "mscale", "mscale_all_dim"})
    if (number(rope, key, 1.0, subject) != 1.0) return false;
  return by_factor && number(rope, "factor", 0.0, subject) == 1.0;
}

void check_rope(const Json& json, const std::string& subject, Qwen3Config& config) {
  bool given = find(json, "rope_theta") != nullptr;
  config.rope_theta = number(json, "rope_theta", 10000.0, subject);
  for (const char* key : {"rope_scaling", "rope_parameters"}) {
    const Json* rope = find(json, key);
    if (!rope) continue;
    if (!rope->is_object()) throw Error(ErrorKind::format, subject + ": '" + key + "' isn't an object", subject);
    const std::string type = text(*rope, "rope_type", text(*rope, "type", "default"));
    if (!leaves_rope_alone(*rope, type, subject)) {
      refuse(subject, std::string("'") + key + "' has rope type '" + type + "'; only 'default' is supported");
    }
    given = given || find(*rope, "rope_theta") != nullptr;
    config.rope_theta = number(*rope, "rope_theta", config.rope_theta, subject);
    if (number(*rope, "partial_rotary_factor", 1.0, subject) != 1.0) refuse(subject, "'partial_rotary_factor' isn't 1");
  }
  if (number(json, "partial_rotary_factor", 1.0, subject) != 1.0) refuse(subject, "'partial_rotary_factor' isn't 1");
  if (!given) config.missing.insert("rope_theta");
  if (!(config.rope_theta > 0.0)) throw Error(ErrorKind::format, subject + ": 'rope_theta' isn't positive", subject);
}

/// Where rope_theta stands twice: which value check_rope() took, the one in rope_parameters before others, as
/// transformers 5 does.
void tell_repeated_theta(const Json& json, const Qwen3Config& config, const std::string& subject, const NoteSink& note) {
  const auto tell = [&](const Json& from, const std::string& where) {
    const double value = number(from, "rope_theta", config.rope_theta, subject);
    if (value != config.rope_theta && note)
      note(subject + ": 'rope_theta' is " + dump_json(Json(value)) + where + ", but also " +
           dump_json(Json(config.rope_theta)) + ", which is taken, as transformers 5 does");
  };
  tell(json, "");
  for (const char* key : {"rope_scaling", "rope_parameters"})
    if (const Json* rope = find(json, key)) tell(*rope, std::string(" in '") + key + "'");
}

/// transformers: layers from max_window_layers on have a window, if there is a sliding_window; layer_types says it
/// outright.
void check_windows(const Json& json, const std::string& subject, const Qwen3Config& config) {
  if (const Json* types = find(json, "layer_types")) {
    if (!types->is_array() || static_cast<std::int64_t>(types->size()) != config.num_hidden_layers) {
      throw Error(ErrorKind::format, subject + ": 'layer_types' doesn't have num_hidden_layers entries", subject);
    }
    for (const Json& type : *types) {
      if (type != "full_attention")
        refuse(subject, "'layer_types' has " + dump_json(type) + "; only full_attention is supported");
    }
    return;
  }
  const bool windows = flag(json, "use_sliding_window", subject) && find(json, "sliding_window") &&
                       number(json, "max_window_layers", 28, subject) < static_cast<double>(config.num_hidden_layers);
  if (windows) refuse(subject, "'use_sliding_window' is true; windows aren't supported");
}

/// "" for a type that says nothing ("auto"); the tensors tell it then.
std::string dtype_of(const Json& json) {
  std::string dtype = text(json, "dtype", text(json, "torch_dtype", ""));
  if (dtype.rfind("torch.", 0) == 0) dtype.erase(0, 6);
  return dtype == "float32" || dtype == "float16" || dtype == "bfloat16" ? dtype : "";
}

std::vector<std::int32_t> ids_of(const Json* value) {
  std::vector<std::int32_t> ids;
  if (!value) return ids;
  const auto add = [&](const Json& item) {
    constexpr double limit = 2147483647.0;  // beyond it there is no token
    if (item.is_number_integer() && item.get<double>() >= 0.0 && item.get<double>() <= limit)
      ids.push_back(item.get<std::int32_t>());
  };
  if (value->is_array()) {
    for (const Json& item : *value) add(item);
  } else {
    add(*value);
  }
  return ids;
}

}  // namespace

std::int64_t Qwen3Config::stack_parameter_count() const {
  const std::int64_t q = num_attention_heads * head_dim, kv = num_key_value_heads * head_dim;
  return num_hidden_layers * (hidden_size * (2 * q + 2 * kv) + 3 * hidden_size * intermediate_size);
}

std::int64_t Qwen3Config::parameter_count() const {
  const std::int64_t norms = num_hidden_layers * (2 * hidden_size + 2 * head_dim) + hidden_size;
  return stack_parameter_count() + norms + vocab_size * hidden_size * (tie_word_embeddings ? 1 : 2);
}

Qwen3Config parse_config(const Json& json, const std::string& subject) {
  if (!json.is_object()) throw Error(ErrorKind::format, subject + " isn't a JSON object", subject);
  check_architecture(json, subject);
  Qwen3Config config;
  config.hidden_size = size_of(json, "hidden_size", 0, subject);
  config.intermediate_size = size_of(json, "intermediate_size", 0, subject);
  config.num_hidden_layers = size_of(json, "num_hidden_layers", 0, subject);
  config.num_attention_heads = size_of(json, "num_attention_heads", 0, subject);
  for (const char* key : {"num_key_value_heads", "head_dim", "tie_word_embeddings"})
    if (!find(json, key)) config.missing.insert(key);
  config.num_key_value_heads = size_of(json, "num_key_value_heads", config.num_attention_heads, subject);
  config.head_dim = size_of(json, "head_dim", 128, subject);
  config.vocab_size = size_of(json, "vocab_size", 0, subject);
  config.max_position_embeddings = size_of(json, "max_position_embeddings", 40960, subject);
  config.rms_norm_eps = number(json, "rms_norm_eps", 1e-6, subject);
  config.tie_word_embeddings = flag(json, "tie_word_embeddings", subject);
  check_rope(json, subject, config);

  if (flag(json, "attention_bias", subject)) refuse(subject, "'attention_bias' is true, which Qwen3 doesn't have");
  if (const std::string act = text(json, "hidden_act", "silu"); act != "silu") {
    refuse(subject, "'hidden_act' is '" + act + "'; Qwen3 has silu");
  }
  check_windows(json, subject, config);
  if (config.num_attention_heads % config.num_key_value_heads != 0) {
    refuse(subject, "num_attention_heads " + std::to_string(config.num_attention_heads) +
                        " isn't a multiple of num_key_value_heads " + std::to_string(config.num_key_value_heads));
  }
  if (config.head_dim % 2 != 0) refuse(subject, "head_dim " + std::to_string(config.head_dim) + " is odd");

  config.dtype = dtype_of(json);
  if (config.dtype.empty()) {
    config.dtype = "float32";
    config.missing.insert("dtype");
  }
  config.eos_token_ids = ids_of(find(json, "eos_token_id"));
  return config;
}

Qwen3Config load_config(const std::filesystem::path& folder, const NoteSink& note) {
  const auto path = folder / "config.json";
  if (!std::filesystem::exists(path)) {
    const bool adapter = std::filesystem::exists(folder / "adapter_config.json");
    if (std::filesystem::exists(folder) && !std::filesystem::is_directory(folder)) {
      throw Error(ErrorKind::unsupported, folder.string() + " is a file; a model is a folder with config.json and weights",
                  folder.string(), "Name the folder.");
    }
    throw Error(ErrorKind::not_found,
                adapter ? folder.string() +
                              " holds a LoRA adapter, not a model; give its base model as the model and "
                              "this folder as the adapter"
                        : "there is no config.json in " + folder.string() + "; a model folder has one",
                adapter ? folder.string() : path.string());
  }
  const Json given = parse_json(read_file(path), path.string());
  Qwen3Config config = parse_config(given, path.string());
  tell_repeated_theta(given, config, path.string(), note);
  const auto generation = folder / "generation_config.json";
  if (std::filesystem::exists(generation)) {
    const Json json = parse_json(read_file(generation), generation.string());
    if (auto ids = ids_of(find(json, "eos_token_id")); !ids.empty()) config.eos_token_ids = ids;
  }
  complete_from_tensors(config, folder, path.string(), note);
  return config;
}

std::string config_json(const Qwen3Config& config, const std::string& torch_dtype) {
  // Keys in alphabetical order, as in the published files; theta as an integer where it is one.
  Json json = Json::object();
  json["architectures"] = {"Qwen3ForCausalLM"};
  json["attention_bias"] = false;
  json["attention_dropout"] = 0.0;
  if (config.eos_token_ids.size() == 1) json["eos_token_id"] = config.eos_token_ids.front();
  if (config.eos_token_ids.size() > 1) json["eos_token_id"] = config.eos_token_ids;
  json["head_dim"] = config.head_dim;
  json["hidden_act"] = "silu";
  json["hidden_size"] = config.hidden_size;
  json["initializer_range"] = 0.02;
  json["intermediate_size"] = config.intermediate_size;
  json["max_position_embeddings"] = config.max_position_embeddings;
  json["max_window_layers"] = config.num_hidden_layers;
  json["model_type"] = "qwen3";
  json["num_attention_heads"] = config.num_attention_heads;
  json["num_hidden_layers"] = config.num_hidden_layers;
  json["num_key_value_heads"] = config.num_key_value_heads;
  json["rms_norm_eps"] = config.rms_norm_eps;
  json["rope_scaling"] = nullptr;
  if (config.rope_theta == std::floor(config.rope_theta)) {
    json["rope_theta"] = static_cast<std::int64_t>(config.rope_theta);
  } else {
    json["rope_theta"] = config.rope_theta;
  }
  json["sliding_window"] = nullptr;
  json["tie_word_embeddings"] = config.tie_word_embeddings;
  json["torch_dtype"] = torch_dtype;
  json["transformers_version"] = "4.51.0";
  json["use_cache"] = true;
  json["use_sliding_window"] = false;
  json["vocab_size"] = config.vocab_size;
  return json.dump(2) + "\n";
}

Qwen3Config shape_named(const std::string& name) {
  Qwen3Config c;
  c.rope_theta = 1e6;
  c.vocab_size = 151936;
  c.num_key_value_heads = 8;
  c.eos_token_ids = {151645, 151643};
  const auto set = [&](std::int64_t d, std::int64_t i, std::int64_t layers, std::int64_t heads, bool tied) {
    c.hidden_size = d;
    c.intermediate_size = i;
    c.num_hidden_layers = layers;
    c.num_attention_heads = heads;
    c.tie_word_embeddings = tied;
    return c;
  };
  if (name == "qwen3-0.6b") return set(1024, 3072, 28, 16, true);
  if (name == "qwen3-1.7b") return set(2048, 6144, 28, 16, true);
  if (name == "qwen3-4b") return set(2560, 9728, 36, 32, true);
  if (name == "qwen3-8b") return set(4096, 12288, 36, 32, false);
  if (name == "demo") {  // the bundled model's shape
    c.head_dim = 32;
    c.rope_theta = 1e4;
    c.vocab_size = 6144;
    c.num_key_value_heads = 4;
    c.max_position_embeddings = 2048;
    return set(256, 640, 6, 8, true);
  }
  throw Error(ErrorKind::usage,
              "'" + name + "' is not a known shape; known are qwen3-0.6b, qwen3-1.7b, qwen3-4b, qwen3-8b and demo",
              name);
}

}  // namespace minnow
