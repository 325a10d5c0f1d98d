// Text to JSON by the type of each setting's default, then the reader of settings files.
#include "core/train/train_flags.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "core/data/options_json.h"
#include "core/data/options_limits.h"
#include "core/io/json.h"
#include "core/train/foreign_flags.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::string canonical(std::string_view flag) {
  std::string name(flag.substr(2));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::size_t distance(std::string_view a, std::string_view b) {  // Levenshtein
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return row[b.size()];
}

[[noreturn]] void refuse_unknown(const std::string& flag, const std::string& name,
                                 const std::vector<std::string>& known) {
  std::string closest;
  std::size_t best = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const std::string& candidate : known) {
    if (const std::size_t d = distance(name, candidate); d < best) {
      best = d;
      closest = candidate;
    }
  }
  throw Error(ErrorKind::usage,
              "there is no flag '" + flag + "'" + (closest.empty() ? "" : "; the closest is --" + closest), flag);
}

std::string join(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : " ") + value;
  return text;
}

const std::string& single(const std::string& name, const std::vector<std::string>& values) {
  if (values.size() == 1) return values.front();
  throw Error(ErrorKind::usage,
              "--" + name + (values.empty() ? " needs a value" : " takes one value, not '" + join(values) + "'"), name);
}

bool boolean(const std::string& name, const std::vector<std::string>& values) {
  if (values.empty()) return true;  // a bare flag
  std::string text = single(name, values);
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  if (text == "true" || text == "1" || text == "yes") return true;
  if (text == "false" || text == "0" || text == "no") return false;
  throw Error(ErrorKind::usage, "--" + name + " is '" + values.front() + "'; it must be true or false", name);
}

/// The values as JSON of the type that the setting's default has.
Json typed(const std::string& name, const Json& like, const std::vector<std::string>& values) {
  if (like.is_boolean()) return boolean(name, values);
  if (like.is_array()) {
    if (values.empty()) throw Error(ErrorKind::usage, "--" + name + " needs a value", name);
    return values;
  }
  const std::string& text = single(name, values);
  if (!like.is_number()) return text;
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(number)) {
    throw Error(ErrorKind::usage, "--" + name + " is '" + text + "'; it must be a number", name);
  }
  return number;
}

std::string dtype_name(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  if (text == "f32" || text == "fp32") return "float32";
  if (text == "bf16") return "bfloat16";
  if (text == "auto" || text == "float32" || text == "bfloat16") return text;
  if (text == "float16" || text == "fp16" || text == "f16") {
    throw Error(ErrorKind::unsupported, "training in float16 isn't offered; use bfloat16, float32 or auto",
                "torch_dtype");
  }
  throw Error(ErrorKind::usage, "--torch_dtype is '" + text + "'; it must be bfloat16, float32 or auto", "torch_dtype");
}

struct Flag {
  std::string as_written, name;
  std::vector<std::string> values;
};

std::vector<Flag> split_flags(const std::vector<std::string>& arguments) {
  std::vector<Flag> flags;
  for (const std::string& argument : arguments) {
    if (argument.starts_with("--") && argument.size() > 2) {
      const std::size_t equals = argument.find('=');
      Flag flag{argument.substr(0, equals), canonical(std::string_view(argument).substr(0, equals)), {}};
      if (equals != std::string::npos) flag.values.push_back(argument.substr(equals + 1));
      flags.push_back(std::move(flag));
    } else if (flags.empty()) {
      throw Error(ErrorKind::usage, "'" + argument + "' stands before any flag; flags look like --model DIR", argument);
    } else {
      flags.back().values.push_back(argument);
    }
  }
  return flags;
}

/// Other values of swift's --template name its own templates.
bool is_template_choice(const std::string& value) { return value == "auto" || value == "builtin"; }

void set_truncation(const std::vector<std::string>& values, Json& settings) {
  const std::string& text = single("truncation_strategy", values);
  if (text != "delete" && text != "raise" && text != "right") {
    throw Error(ErrorKind::unsupported,
                "--truncation_strategy is '" + text + "'; Minnow offers delete, right and raise",
                "truncation_strategy");
  }
  settings["drop_long_rows"] = text == "delete";
  settings["allow_truncation"] = text == "right";
}

void check_dataset(const TrainOptions& options) {
  for (const auto* list : {&options.dataset, &options.val_dataset}) {
    for (const auto& path : *list) {
      const std::string text = path.string();
      if (const std::size_t hash = text.rfind('#'); hash != std::string::npos && !std::filesystem::exists(path)) {
        throw Error(ErrorKind::unsupported,
                    "'" + text + "': taking '" + text.substr(hash) +
                        "' rows of a file isn't offered; "
                        "cut the file first",
                    text);
      }
    }
  }
}

class FlagReader {
 public:
  FlagReader(const TrainOptions& defaults, const std::vector<std::string>& own_names) : own_names_(own_names) {
    result_.options = defaults;
  }

  TrainFlags read(const std::vector<std::string>& arguments) {
    try {
      return read_all(arguments);
    } catch (const Error& error) {  // whatever a flag asks for: it is the flag that is to be changed
      throw Error(ErrorKind::usage, error.what(), error.subject());
    }
  }

 private:
  TrainFlags read_all(const std::vector<std::string>& arguments) {
    const std::vector<Flag> flags = split_flags(arguments);
    for (const Flag& flag : flags) {
      if (flag.name == "recipe") apply_recipe(single(flag.name, flag.values));
    }
    defaults_ = train_options_to_json(result_.options);
    for (const Flag& flag : flags) take(flag);
    result_.options = train_options_from_json(settings_, "the flags", nullptr, result_.options);
    check_train_options(result_.options, "--");
    check_dataset(result_.options);
    keep_given();
    return std::move(result_);
  }

  /// A recipe says how to train; what is trained stays.
  void apply_recipe(const std::string& name) {
    const TrainOptions before = result_.options;
    result_.options = recipe(name);
    result_.options.model = before.model;
    result_.options.dataset = before.dataset;
    result_.options.val_dataset = before.val_dataset;
    result_.options.output_dir = before.output_dir;
    result_.options.prompt_style = before.prompt_style;
    result_.options.chat_template = before.chat_template;
    result_.options.include_unreviewed = before.include_unreviewed;
  }

  /// What a flag sets isn't chosen by measuring.
  void keep_given() {
    auto& chosen = result_.options.auto_settings;
    if (!result_.is_given("auto_settings")) {
      std::erase_if(chosen, [&](const std::string& name) {
        return result_.is_given(name) ||
               (name == "per_device_train_batch_size" && result_.is_given("gradient_accumulation_steps")) ||
               (name == "num_train_epochs" && result_.is_given("max_steps"));
      });
    }
    for (const std::string& name : chosen) {
      if (std::find(std::begin(auto_setting_names), std::end(auto_setting_names), name) ==
          std::end(auto_setting_names)) {
        throw Error(ErrorKind::usage,
                    "'" + name + "' isn't chosen by measuring; --auto_settings takes per_device_train_batch_size, "
                    "num_train_epochs, learning_rate and lora_rank",
                    "auto_settings");
      }
    }
  }

  void take(const Flag& flag) {
    const std::string alias = alias_of(flag.name), name = alias.empty() ? flag.name : alias;
    if (std::find(own_names_.begin(), own_names_.end(), flag.name) != own_names_.end()) {
      result_.own[flag.name] = flag.values;
      return;
    }
    if (result_.is_given(name)) throw Error(ErrorKind::usage, flag.as_written + " is given twice", flag.as_written);
    result_.given.push_back(name);
    if (name == "recipe") return;
    if (name == "no_shuffle") {
      settings_["shuffle"] = !boolean(name, flag.values);
    } else if (name == "dataset_shuffle" || name == "train_dataloader_shuffle") {
      settings_["shuffle"] = boolean(name, flag.values);
    } else if (name == "truncation_strategy") {
      set_truncation(flag.values, settings_);
    } else if (name == "template" && flag.values.size() == 1 && is_template_choice(flag.values.front())) {
      settings_["chat_template"] = flag.values.front();
    } else if (name == "torch_dtype") {
      settings_[name] = dtype_name(single(name, flag.values));
    } else if (const auto found = defaults_.find(name); found != defaults_.end()) {
      settings_[name] = typed(name, *found, in_our_words(name, flag.values));
    } else {
      take_inert(flag);
    }
  }

  void take_inert(const Flag& flag) {
    const auto inert = inert_flags();
    const auto found =
        std::find_if(inert.begin(), inert.end(), [&](const InertFlag& i) { return i.name == flag.name; });
    if (found == inert.end()) refuse_unknown(flag.as_written, flag.name, known_names());
    std::string value = flag.values.empty() ? "true" : join(flag.values);
    std::transform(value.begin(), value.end(), value.begin(), [](unsigned char c) { return std::tolower(c); });
    const std::string allowed = "|" + std::string(found->values) + "|";
    if (!found->values.empty() && allowed.find("|" + value + "|") == std::string::npos) {
      std::string words(found->values);
      for (std::size_t bar; (bar = words.find('|')) != std::string::npos;) words.replace(bar, 1, " or ");
      throw Error(ErrorKind::unsupported,
                  flag.as_written + " is '" + join(flag.values) + "'; Minnow takes " + words +
                      " only: " + std::string(found->why) +
                      (found->instead.empty() ? "" : "; " + std::string(found->instead)),
                  flag.as_written);
    }
    result_.notes.push_back(flag.as_written + " " + value + " changes nothing here: " + std::string(found->why));
  }

  std::vector<std::string> known_names() const {
    std::vector<std::string> names = own_names_;
    for (const auto& item : defaults_.items()) names.push_back(item.key());
    for (const char* name : {"recipe", "no_shuffle", "truncation_strategy", "dtype", "adapters", "template"})
      names.emplace_back(name);
    for (const InertFlag& inert : inert_flags()) names.emplace_back(inert.name);
    return names;
  }

  const std::vector<std::string>& own_names_;
  TrainFlags result_;
  Json defaults_, settings_ = Json::object();
};

}  // namespace

bool TrainFlags::is_given(const std::string& name) const {
  return std::find(given.begin(), given.end(), name) != given.end();
}

TrainFlags parse_train_flags(const std::vector<std::string>& arguments, const TrainOptions& defaults,
                             const std::vector<std::string>& own_names) {
  return FlagReader(defaults, own_names).read(arguments);
}

TrainOptions swift_defaults() {
  TrainOptions options;  // TrainOptions' own defaults are swift's but for these
  options.prompt_style = PromptStyle::swift_3_5;
  options.split_dataset_ratio = 0.01;
  options.drop_long_rows = true;  // truncation_strategy delete
  options.save_steps = 500;
  options.logging_steps = 5;
  options.save_total_limit = 0;  // all
  return options;
}

TrainFlags parse_sft_flags(const std::vector<std::string>& arguments, const std::vector<std::string>& own_names) {
  TrainFlags flags = parse_train_flags(arguments, swift_defaults(), own_names);
  if (!flags.is_given("gradient_accumulation_steps") && !flags.is_given("recipe")) {
    const int batch = std::max(1, flags.options.per_device_train_batch_size);
    flags.options.gradient_accumulation_steps = (16 + batch - 1) / batch;
  }
  return flags;
}

}  // namespace minnow
