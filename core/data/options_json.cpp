// One list of settings (each_setting) serves writing and reading.
#include "core/data/options_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "core/types/error.h"

namespace minnow {
namespace {

/// Calls visit(name, member) for every setting. Options is TrainOptions or const TrainOptions.
template <typename Options, typename Visit>
void each_setting(Options& o, const Visit& visit) {
  visit("model", o.model);
  visit("dataset", o.dataset);
  visit("val_dataset", o.val_dataset);
  visit("output_dir", o.output_dir);
  visit("add_version", o.add_version);
  visit("train_type", o.train_type);
  visit("prompt_style", o.prompt_style);
  visit("chat_template", o.chat_template);
  visit("system", o.system);
  visit("torch_dtype", o.torch_dtype);
  visit("device", o.device);
  visit("threads", o.threads);
  visit("token_budget", o.token_budget);
  visit("gradient_checkpointing", o.gradient_checkpointing);
  visit("lora_rank", o.lora_rank);
  visit("lora_alpha", o.lora_alpha);
  visit("lora_dropout", o.lora_dropout);
  visit("use_rslora", o.use_rslora);
  visit("target_modules", o.target_modules);
  visit("init_adapter", o.init_adapter);
  visit("num_train_epochs", o.num_train_epochs);
  visit("max_steps", o.max_steps);
  visit("per_device_train_batch_size", o.per_device_train_batch_size);
  visit("per_device_eval_batch_size", o.per_device_eval_batch_size);
  visit("gradient_accumulation_steps", o.gradient_accumulation_steps);
  visit("learning_rate", o.learning_rate);
  visit("lr_scheduler_type", o.lr_scheduler_type);
  visit("warmup_ratio", o.warmup_ratio);
  visit("warmup_steps", o.warmup_steps);
  visit("weight_decay", o.weight_decay);
  visit("adam_beta1", o.adam_beta1);
  visit("adam_beta2", o.adam_beta2);
  visit("adam_epsilon", o.adam_epsilon);
  visit("max_grad_norm", o.max_grad_norm);
  visit("seed", o.seed);
  visit("data_seed", o.data_seed);
  visit("shuffle", o.shuffle);
  visit("auto_settings", o.auto_settings);
  visit("split_dataset_ratio", o.split_dataset_ratio);
  visit("max_length", o.max_length);
  visit("allow_truncation", o.allow_truncation);
  visit("drop_long_rows", o.drop_long_rows);
  visit("include_unreviewed", o.include_unreviewed);
  visit("logging_steps", o.logging_steps);
  visit("eval_steps", o.eval_steps);
  visit("save_steps", o.save_steps);
  visit("save_minutes", o.save_minutes);
  visit("save_total_limit", o.save_total_limit);
  visit("best_metric", o.best_metric);
  visit("early_stopping_patience", o.early_stopping_patience);
  visit("time_limit_minutes", o.time_limit_minutes);
  visit("score_rows", o.score_rows);
  visit("resume_from_checkpoint", o.resume_from_checkpoint);
  visit("resume_only_model", o.resume_only_model);
  visit("share_prefixes", o.share_prefixes);
  visit("pack", o.pack);
}

template <typename Enum, std::size_t N>
using Words = std::array<std::pair<std::string_view, Enum>, N>;

constexpr Words<TrainType, 2> words_of(TrainType) { return {{{"lora", TrainType::lora}, {"full", TrainType::full}}}; }
constexpr Words<LrScheduler, 3> words_of(LrScheduler) {
  return {{{"cosine", LrScheduler::cosine}, {"linear", LrScheduler::linear}, {"constant", LrScheduler::constant}}};
}
constexpr Words<BestMetric, 2> words_of(BestMetric) {
  return {{{"eval_loss", BestMetric::eval_loss}, {"exact_rows", BestMetric::exact_rows}}};
}
constexpr Words<PromptStyle, 2> words_of(PromptStyle) {
  return {{{"no_think", PromptStyle::no_think}, {"swift-3.5", PromptStyle::swift_3_5}}};
}
constexpr Words<TemplateChoice, 2> words_of(TemplateChoice) {
  return {{{"auto", TemplateChoice::automatic}, {"builtin", TemplateChoice::builtin}}};
}

// How each type is written.
Json to_json(bool value) { return value; }
Json to_json(int value) { return value; }
Json to_json(std::int64_t value) { return value; }
Json to_json(double value) { return value; }
Json to_json(const std::string& value) { return value; }
Json to_json(const std::filesystem::path& value) { return value.string(); }
template <typename Enum>
requires std::is_enum_v<Enum> Json to_json(Enum value) {
  for (const auto& [word, meaning] : words_of(value)) {
    if (meaning == value) return std::string(word);
  }
  return nullptr;
}
template <typename T>
Json to_json(const std::optional<T>& value) {
  return value ? to_json(*value) : Json(nullptr);
}
template <typename T>
Json to_json(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T& value : values) list.push_back(to_json(value));
  return list;
}

/// Reads one setting's value; knows whose it is, for the sentence.
struct Reader {
  const std::string& subject;
  const char* key;

  [[noreturn]] void refuse(const Json& value, const std::string& wanted) const {
    throw Error(ErrorKind::format, subject + ": '" + key + "' is " + dump_json(value) + ", it must be " + wanted,
                subject);
  }

  void read(const Json& value, bool& to) const {
    if (!value.is_boolean()) refuse(value, "true or false");
    to = value.get<bool>();
  }
  template <typename Integer>
  requires std::is_same_v<Integer, int> || std::is_same_v<Integer, std::int64_t>
  void read(const Json& value, Integer& to) const {
    const bool whole =
        value.is_number_integer() || (value.is_number_float() && value == std::floor(value.get<double>()));
    // From the limit on a double can't tell neighbours apart, and no setting is that large.
    constexpr double limit = std::is_same_v<Integer, int> ? std::numeric_limits<int>::max() : 9007199254740992.0;
    if (!whole || std::abs(value.get<double>()) > limit) refuse(value, "a whole number");
    to = static_cast<Integer>(value.get<double>());
  }
  void read(const Json& value, double& to) const {
    if (!value.is_number()) refuse(value, "a number");
    to = value.get<double>();
  }
  void read(const Json& value, std::string& to) const {
    if (value.is_null()) return to.clear();
    if (!value.is_string()) refuse(value, "text");
    to = value.get<std::string>();
  }
  void read(const Json& value, std::filesystem::path& to) const {
    std::string text;
    read(value, text);
    to = text;
  }
  template <typename Enum>
  requires std::is_enum_v<Enum>
  void read(const Json& value, Enum& to) const {
    std::string wanted;
    for (const auto& [word, meaning] : words_of(to)) {
      if (value.is_string() && value.get_ref<const std::string&>() == word) {
        to = meaning;
        return;
      }
      wanted += (wanted.empty() ? "" : " or ") + std::string(word);
    }
    refuse(value, wanted);
  }
  template <typename T>
  void read(const Json& value, std::optional<T>& to) const {
    to.reset();
    if (!value.is_null()) read(value, to.emplace());
  }
  /// A list; a single value stands for a list of one, and null for an empty one, as in swift's files.
  template <typename T>
  void read(const Json& value, std::vector<T>& to) const {
    to.clear();
    if (value.is_null()) return;
    if (!value.is_array()) return read(value, to.emplace_back());
    for (const Json& item : value) read(item, to.emplace_back());
  }
};

}  // namespace

Json train_options_to_json(const TrainOptions& options) {
  Json json = Json::object();
  each_setting(options, [&json](const char* key, const auto& value) { json[key] = to_json(value); });
  return json;
}

TrainOptions train_options_from_json(const Json& json, const std::string& subject, std::vector<std::string>* unknown,
                                     TrainOptions defaults) {
  if (!json.is_object()) throw Error(ErrorKind::format, subject + ": the settings must be a JSON object", subject);
  std::vector<std::string_view> known;
  each_setting(defaults, [&](const char* key, auto& value) {
    known.emplace_back(key);
    if (const auto found = json.find(key); found != json.end()) Reader{subject, key}.read(*found, value);
  });
  if (unknown != nullptr) {
    for (const auto& item : json.items()) {
      if (std::find(known.begin(), known.end(), item.key()) == known.end()) unknown->push_back(item.key());
    }
  }
  return defaults;
}

}  // namespace minnow
