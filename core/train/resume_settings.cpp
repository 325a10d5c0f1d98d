// args.json under the flags that were given.
#include "core/train/resume_settings.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/data/options_json.h"
#include "core/data/options_limits.h"
#include "core/io/json.h"
#include "core/train/checkpoint_state.h"
#include "core/types/error.h"

namespace minnow {
namespace {

namespace fs = std::filesystem;

/// Other values would make other rows, another adapter or other steps than those that were taken already.
constexpr std::array<std::string_view, 21> kFixed{
    "chat_template",
    "train_type",   "prompt_style",        "system",         "torch_dtype",
    "token_budget", "lora_rank",           "lora_alpha",     "lora_dropout",
    "use_rslora",   "target_modules",      "init_adapter",   "per_device_train_batch_size",
    "seed",         "data_seed",           "shuffle",        "gradient_accumulation_steps",
    "max_length",   "split_dataset_ratio", "drop_long_rows", "allow_truncation"};

bool is_fixed(const std::string& name) { return std::find(kFixed.begin(), kFixed.end(), name) != kFixed.end(); }

/// Rows and weights are known again by their hashes, wherever they lie by now.
bool is_place(const std::string& name) { return name == "model" || name == "dataset" || name == "val_dataset"; }

/// Flags that set a setting in their own words stand for it.
std::vector<std::string> settings_of(const std::vector<std::string>& flags) {
  std::vector<std::string> names;
  for (const std::string& flag : flags) {
    if (flag == "truncation_strategy") {
      names.insert(names.end(), {"drop_long_rows", "allow_truncation"});
    } else {
      names.push_back(flag.ends_with("shuffle") ? "shuffle" : flag == "template" ? "chat_template" : flag);
    }
  }
  return names;
}

/// A project that was moved has its rows where the run's folder is, not where they were.
void find_again(fs::path& file, const fs::path& run_dir) {
  std::error_code ignored;
  if (fs::exists(file, ignored)) return;
  const fs::path moved = run_dir.parent_path().parent_path() / "data" / file.filename();
  if (fs::exists(moved, ignored)) file = moved;
}

}  // namespace

fs::path checkpoint_to_resume(const fs::path& path) {
  if (fs::exists(path / "adapter_config.json")) return path;
  if (const std::int64_t step = fs::is_directory(path) ? step_to_resume(path) : 0; step > 0)
    return checkpoint_dir(path, step);
  throw Error(ErrorKind::not_found, path.string() + " is no checkpoint and no run with one", path.string());
}

TrainOptions resumed_settings(const TrainOptions& flags, const std::vector<std::string>& given,
                              std::vector<std::string>& notes) {
  const fs::path checkpoint = fs::absolute(*flags.resume_from_checkpoint).lexically_normal();
  const fs::path run_dir = checkpoint.parent_path();
  const fs::path args = fs::exists(checkpoint / "args.json") ? checkpoint / "args.json" : run_dir / "args.json";
  if (!fs::exists(args)) return flags;
  const TrainOptions own = train_options_from_json(read_json_file(args), args.string());
  const Json was = train_options_to_json(own), wanted = train_options_to_json(flags);
  Json settings = was;
  std::string refused;
  const auto refuse = [&refused](const std::string& why) { refused += (refused.empty() ? "" : "; ") + why; };
  for (const std::string& name : settings_of(given)) {
    const auto value = wanted.find(name);
    if (name == "recipe") refuse("--recipe would replace them");
    if (value == wanted.end() || name.starts_with("resume_") || *value == was.at(name)) continue;
    if (name == "output_dir" || name == "add_version") {
      notes.push_back("--" + name + " isn't used: the run goes on in " + run_dir.string());
    } else if (name == "threads") {
      notes.push_back("--threads isn't used: the run goes on with as many as it began with");
    } else if (is_fixed(name)) {
      refuse("--" + name + " is " + shown_json(*value) + ", the run began with " + shown_json(was.at(name)));
    } else {
      settings[name] = *value;
      if (!is_place(name))
        notes.push_back(name + " is " + shown_json(*value) + " from here on; before it was " + shown_json(was.at(name)));
    }
  }
  if (!refused.empty()) {
    throw Error(ErrorKind::usage,
                "a run goes on with its own settings: " + refused +
                    "; leave that out, or begin a new run with --init_adapter " + checkpoint.string(),
                "resume_from_checkpoint");
  }
  TrainOptions options = train_options_from_json(settings, args.string());
  check_train_options(own, args.string() + ": ");
  options.resume_from_checkpoint = checkpoint;
  options.resume_only_model = false;
  for (auto* list : {&options.dataset, &options.val_dataset}) {
    for (fs::path& file : *list) find_again(file, run_dir);
  }
  return options;
}

}  // namespace minnow
