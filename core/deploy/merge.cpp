// Folds, writes beside, renames.
#include "core/deploy/merge.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <map>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/model/loaded_model.h"
#include "core/model/peft.h"
#include "core/model/save_model.h"
#include "core/text/chat_template.h"
#include "core/types/error.h"

namespace minnow {
namespace {

namespace fs = std::filesystem;

struct Stopped {};  // leaves save_model when the user stops; never seen outside of this file

/// A folder that is removed again unless it is renamed to its final name.
class FolderBeside {
 public:
  explicit FolderBeside(const fs::path& final_path) : final_(final_path), path_(final_path) {
    path_ += ".partial";
    fs::remove_all(path_);
    make_folders(path_);
  }
  FolderBeside(FolderBeside&&) = delete;
  ~FolderBeside() {
    std::error_code ignored;  // a destructor has nobody to tell
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

  /// An earlier folder steps aside first and is deleted last, so that one of the two is always there.
  void commit() {
    fs::path old = final_;
    old += ".old";
    const bool replaces = fs::exists(final_);
    if (replaces) {
      fs::remove_all(old);
      rename_path(final_, old);
    }
    try {
      rename_path(path_, final_);
    } catch (const Error&) {
      if (replaces) rename_path(old, final_);
      throw;
    }
    if (replaces) fs::remove_all(old);
  }

 private:
  fs::path final_, path_;
};

fs::path without_slash(const fs::path& path) {
  const fs::path absolute = fs::absolute(path).lexically_normal();
  return absolute.filename().empty() ? absolute.parent_path() : absolute;
}

void check_output(const MergeOptions& options, const fs::path& output) {
  for (const fs::path& source : {options.model, options.adapter}) {
    std::error_code missing;  // no such folder: opening it says so
    if (fs::equivalent(source, output, missing)) {
      throw Error(ErrorKind::usage, output.string() + " is read from; name another folder for the merged model",
                  output.string());
    }
  }
  if (!fs::exists(output)) return;
  if (!options.exist_ok) {
    throw Error(ErrorKind::usage,
                output.string() + " exists already; name another folder or allow it with --exist_ok true",
                output.string());
  }
  if (!fs::is_directory(output) || (!fs::is_empty(output) && !fs::exists(output / "config.json"))) {
    throw Error(ErrorKind::usage, output.string() + " isn't a model folder, so it isn't replaced", output.string());
  }
}

PromptStyle style_of(const MergeOptions& options) {
  const auto recorded = recorded_style(options.adapter);
  if (recorded && options.prompt_style && *recorded != *options.prompt_style) {
    throw Error(ErrorKind::unsupported,
                options.adapter.string() + ": the adapter was trained with prompt style '" + to_string(*recorded) +
                    "', '" + to_string(*options.prompt_style) +
                    "' was asked for; the merged model's answers would be wrong",
                options.adapter.string());
  }
  return recorded ? *recorded : options.prompt_style.value_or(PromptStyle::no_think);
}

void write_prompt_record(const fs::path& folder, const MergeOptions& options, PromptStyle style) {
  Json record = Json::object();
  record["prompt_style"] = to_string(style);
  record["base_model"] = options.model.string();
  record["adapter"] = options.adapter.string();
  record["adapter_sha256"] = folder_hash(options.adapter);
  write_file_atomic(folder / "minnow_prompt.json", record.dump(2) + "\n");
  if (fs::exists(options.adapter / "args.json")) {
    write_file_atomic(folder / "args.json", read_file(options.adapter / "args.json"));
  }
}

}  // namespace

fs::path merged_folder_of(const fs::path& checkpoint) {
  fs::path folder = without_slash(checkpoint);
  folder += "-merged";
  return folder;
}

MergeReport merge(const MergeOptions& options, const ProgressSink& progress, std::stop_token stop) {
  c10::NoGradGuard no_grad;
  const fs::path output = without_slash(options.output);
  check_output(options, output);
  MergeReport report;
  report.folder = output;
  report.prompt_style = style_of(options);

  // The weights as they lie in the files: mapped, never rounded before the one rounding at the end.
  const Qwen3Config config = load_config(options.model);
  const Qwen3Weights weights = load_weights(options.model, scalar_type_from(config.dtype), at::kCPU);
  const LoraSet lora = load_adapter(options.adapter, weights);
  std::map<std::string, const LoraPair*> pair_of;
  lora.each([&](const LoraPair& pair, const std::string& name) { pair_of[name + ".weight"] = &pair; });

  SaveOptions save;
  save.dtype = scalar_type_from(options.dtype == "auto" ? config.dtype : options.dtype);
  save.shard_bytes = options.shard_bytes;
  save.tokenizer_from = options.model;
  save.chat_template = ChatTemplate::load(options.model).text_for_merged(report.prompt_style);
  report.dtype = scalar_type_name(save.dtype);
  const auto total = static_cast<std::int64_t>(named_tensors(weights).size());
  std::int64_t done = 0;
  const TensorOf merged = [&](const std::string& name, const at::Tensor& weight) {
    if (stop.stop_requested()) throw Stopped();
    if (progress) progress({"merging", "tensors", ++done, total});
    report.bytes += weight.numel() * static_cast<std::int64_t>(at::elementSize(save.dtype));
    const auto found = pair_of.find(name);
    if (found == pair_of.end()) return weight;
    ++report.merged_modules;
    const LoraPair& pair = *found->second;
    return weight.to(at::kFloat).add(at::matmul(pair.B, pair.A), pair.scale);  // [out, r] x [r, in]
  };

  make_folders(output.parent_path());
  try {
    FolderBeside folder(output);
    save_model(folder.path(), weights, save, merged);
    write_prompt_record(folder.path(), options, report.prompt_style);
    folder.commit();
  } catch (const Stopped&) {
    report.stopped = true;
  }
  return report;
}

}  // namespace minnow
