// Text to JSON by the type of each setting's default, then the reader of settings files.
#include "core/train/train_flags.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>

#include "core/data/options_json.h"
#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// A flag of the reference that Minnow takes without doing anything. `values`: those that don't change the result,
/// '|' between them; empty = any.
struct Inert {
  std::string_view name, values, why;
};
constexpr std::string_view kOneProcess = "Minnow trains in one process";
constexpr std::string_view kInMemory = "rows are tokenised once and kept in memory";
constexpr std::string_view kOwnLog = "logging.jsonl and images/ are always written";
constexpr std::string_view kNoHub = "nothing is uploaded";
constexpr Inert kInert[] = {
    {"acc_strategy", "token", "token accuracy is what is logged"},
    {"attn_impl", "", "there is one attention"},
    {"average_tokens_across_devices", "", kOneProcess},
    {"bf16", "", "torch_dtype chooses the type"},
    {"check_model", "", "the folder is always checked"},
    {"create_checkpoint_symlink", "false", "checkpoints keep their own names"},
    {"dataloader_drop_last", "false", "every row is trained on"},
    {"dataloader_num_workers", "", kInMemory},
    {"dataloader_persistent_workers", "", kInMemory},
    {"dataloader_pin_memory", "", kInMemory},
    {"dataloader_prefetch_factor", "", kInMemory},
    {"dataset_num_proc", "", kInMemory},
    {"ddp_backend", "", kOneProcess},
    {"ddp_find_unused_parameters", "", kOneProcess},
    {"ddp_timeout", "", kOneProcess},
    {"deepspeed", "", kOneProcess},
    {"disable_tqdm", "", "progress follows the terminal"},
    {"do_train", "true", "that is what the command does"},
    {"eval_on_start", "false", "the first evaluation comes after the first steps"},
    {"eval_strategy", "steps", "evaluation goes by steps"},
    {"evaluation_strategy", "steps", "evaluation goes by steps"},
    {"fp16", "false", "torch_dtype chooses the type"},
    {"fp16_full_eval", "false", "torch_dtype chooses the type"},
    {"bf16_full_eval", "", "torch_dtype chooses the type"},
    {"full_determinism", "", "the same seed gives the same run anyway"},
    {"gradient_checkpointing_kwargs", "", "recomputation has one form"},
    {"greater_is_better", "false", "the lowest eval loss is best"},
    {"hub_token", "", kNoHub},
    {"ignore_args_error", "false", "unknown flags are refused"},
    {"include_num_input_tokens_seen", "", kOwnLog},
    {"init_lora_weights", "true", "A is drawn, B is zero"},
    {"init_weights", "true", "A is drawn, B is zero"},
    {"label_smoothing_factor", "0|0.0", "labels aren't smoothed"},
    {"lazy_tokenize", "", kInMemory},
    {"load_best_model_at_end", "", "the best checkpoint is named at the end"},
    {"load_from_cache_file", "", kInMemory},
    {"logging_dir", "", kOwnLog},
    {"logging_first_step", "", "every step is logged"},
    {"logging_strategy", "steps", "logging goes by steps"},
    {"lora_bias", "none", "biases aren't trained"},
    {"lora_dtype", "float32|None|none", "adapters are trained in float32"},
    {"loss_scale", "default", "every answer token counts once"},
    {"metric_for_best_model", "loss|eval_loss", "best_metric chooses it"},
    {"model_author", "", "it names the student in chats only"},
    {"model_name", "", "it names the student in chats only"},
    {"model_type", "", "the folder says what it is"},
    {"optim", "adamw_torch|adamw_torch_fused|adamw_hf", "the optimiser is AdamW"},
    {"overwrite_output_dir", "", "every run gets a folder of its own"},
    {"packing", "", "rows are always packed without padding, which changes no number"},
    {"padding_side", "", "nothing is padded"},
    {"push_to_hub", "false", kNoHub},
    {"remove_unused_columns", "", "only the columns that are needed are read"},
    {"report_to", "", kOwnLog},
    {"rescale_image", "", "rows are text"},
    {"run_name", "", kOwnLog},
    {"save_only_model", "", "what a resume needs is always saved"},
    {"save_safetensors", "true", "nothing else is written"},
    {"save_strategy", "steps", "checkpoints go by steps"},
    {"streaming", "false", kInMemory},
    {"strict", "false", "rows that can't be read are left out and named"},
    {"template", "qwen3", "the model folder's template and prompt_style say how a prompt looks"},
    {"tf32", "", "torch_dtype chooses the type"},
    {"tuner_backend", "peft", "adapters are PEFT's"},
    {"use_cpu", "", "device chooses it"},
    {"use_dora", "false", "adapters are plain LoRA"},
    {"use_hf", "", "nothing is downloaded here"},
    {"use_liger_kernel", "", "the loss has one form, which keeps no logits"},
    {"use_logits_to_keep", "", "the loss has one form, which keeps no logits"},
    {"use_swift_lora", "false", "adapters are PEFT's"},
};

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
  if (text.empty() || *end != '\0') {
    throw Error(ErrorKind::usage, "--" + name + " is '" + text + "'; it must be a number", name);
  }
  return number;
}

std::string dtype_name(const std::string& text) {
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

/// Other names for settings, and flags that set one in their own words. The setting's name; empty when it is no alias.
std::string alias_of(const std::string& name) {
  if (name == "dtype") return "torch_dtype";
  if (name == "adapters" || name == "adapter") return "init_adapter";
  if (name == "lr") return "learning_rate";
  return {};
}

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
    const std::vector<Flag> flags = split_flags(arguments);
    for (const Flag& flag : flags) {
      if (flag.name == "recipe") apply_recipe(single(flag.name, flag.values));
    }
    defaults_ = train_options_to_json(result_.options);
    for (const Flag& flag : flags) take(flag);
    try {
      result_.options = train_options_from_json(settings_, "the flags", nullptr, result_.options);
    } catch (const Error& error) {
      throw Error(ErrorKind::usage, error.what(), error.subject());
    }
    check_dataset(result_.options);
    return std::move(result_);
  }

 private:
  /// A recipe says how to train; what is trained stays.
  void apply_recipe(const std::string& name) {
    const TrainOptions before = result_.options;
    result_.options = recipe(name);
    result_.options.model = before.model;
    result_.options.dataset = before.dataset;
    result_.options.val_dataset = before.val_dataset;
    result_.options.output_dir = before.output_dir;
    result_.options.prompt_style = before.prompt_style;
    result_.options.include_unreviewed = before.include_unreviewed;
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
    } else if (name == "torch_dtype") {
      settings_[name] = dtype_name(single(name, flag.values));
    } else if (const auto found = defaults_.find(name); found != defaults_.end()) {
      settings_[name] = typed(name, *found, flag.values);
    } else {
      take_inert(flag);
    }
  }

  void take_inert(const Flag& flag) {
    const auto found =
        std::find_if(std::begin(kInert), std::end(kInert), [&](const Inert& i) { return i.name == flag.name; });
    if (found == std::end(kInert)) refuse_unknown(flag.as_written, flag.name, known_names());
    const std::string value = flag.values.empty() ? "true" : join(flag.values);
    const std::string allowed = "|" + std::string(found->values) + "|";
    if (!found->values.empty() && allowed.find("|" + value + "|") == std::string::npos) {
      std::string words(found->values);
      for (std::size_t bar; (bar = words.find('|')) != std::string::npos;) words.replace(bar, 1, " or ");
      throw Error(ErrorKind::unsupported,
                  flag.as_written + " is '" + value + "'; Minnow takes " + words + " only: " + std::string(found->why),
                  flag.as_written);
    }
    result_.notes.push_back(flag.as_written + " " + value + " changes nothing here: " + std::string(found->why));
  }

  std::vector<std::string> known_names() const {
    std::vector<std::string> names = own_names_;
    for (const auto& item : defaults_.items()) names.push_back(item.key());
    for (const char* name : {"recipe", "no_shuffle", "truncation_strategy", "dtype", "adapters"})
      names.emplace_back(name);
    for (const Inert& inert : kInert) names.emplace_back(inert.name);
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
