// Opens a model folder: weights, tokenizer, prompts, adapter.
#include "core/model/loaded_model.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/io/file.h"
#include "core/model/adapter_base.h"
#include "core/model/machine.h"
#include "core/model/peft.h"
#include "core/model/weights.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::string full_dtype(const std::string& name, const Machine& here) {
  if (name.empty() || name == "auto") return here.dtype;
  const at::ScalarType type = scalar_type_from(name);
  if (type == at::kHalf)
    throw Error(ErrorKind::usage, "compute in float16 isn't offered; use float32 or bfloat16", name);
  return scalar_type_name(type);
}

std::vector<std::filesystem::path> weight_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const bool weights = entry.path().extension() == ".safetensors" && entry.path().stem() != "optimizer";
    if (weights) files.push_back(entry.path());
  }
  return files;
}

std::string hash_of(std::vector<std::filesystem::path> files, std::stop_token stop) {
  std::sort(files.begin(), files.end());
  std::string all;
  for (const auto& file : files) {
    const std::string hash = sha256_file(file, stop);
    if (hash.empty()) return {};
    all += file.filename().string() + ":" + hash + "\n";
  }
  return sha256_hex(all);
}

}  // namespace

std::string folder_name(const std::filesystem::path& folder) {
  return (folder.filename().empty() ? folder.parent_path().filename() : folder.filename()).string();
}

std::string folder_hash(const std::filesystem::path& folder, std::stop_token stop) {
  return hash_of(weight_files(folder), std::move(stop));
}

LoadedModel::LoadedModel() = default;
LoadedModel::~LoadedModel() = default;

const Qwen3Config& LoadedModel::config() const { return weights_->config; }

void LoadedModel::set_adapter(std::unique_ptr<LoraSet> adapter) {
  adapter_ = std::move(adapter);
  hash_.clear();
}

std::shared_ptr<LoadedModel> LoadedModel::open(const LoadOptions& options) {
  const Qwen3Config config = load_config(options.model);  // the cheap refusals first
  const Machine here = machine(options.device, options.threads);
  std::shared_ptr<LoadedModel> model(new LoadedModel);
  model->options_ = options;
  model->dtype_ = full_dtype(options.dtype, here);
  model->device_ = here.device;
  const PromptStyle style = options.prompt_style ? *options.prompt_style : default_style(options.model, options.adapter);
  if (options.adapter) {
    const auto recorded = recorded_instruction(*options.adapter).prompt_style;
    if (recorded && *recorded != style) {
      throw Error(ErrorKind::unsupported,
                  options.adapter->string() + ": the adapter was trained with prompt style '" + to_string(*recorded) +
                      "', '" + to_string(style) + "' was asked for; its answers would be wrong",
                  options.adapter->string());
    }
  }
  std::vector<std::filesystem::path> recording{options.model};
  if (options.adapter) recording.insert(recording.begin(), *options.adapter);
  const TemplateChoice choice = chosen_template(recording, options.chat_template);
  model->tokenizer_ = Tokenizer::load(options.model);
  model->prompter_ =
      std::make_unique<Prompter>(model->tokenizer_, ChatTemplate::load(options.model, choice), style);
  model->weights_ = std::make_unique<Qwen3Weights>(
      load_weights(options.model, scalar_type_from(model->dtype_), at::Device(model->device_), options.note));
  if (model->tokenizer_->size() > config.vocab_size) {
    throw Error(ErrorKind::format,
                options.model.string() + ": the tokenizer has " + std::to_string(model->tokenizer_->size()) +
                    " tokens, vocab_size is " + std::to_string(config.vocab_size),
                options.model.string());
  }
  model->stop_ids_ = model->prompter_->stop_ids();
  for (const std::int32_t id : config.eos_token_ids) {
    if (std::find(model->stop_ids_.begin(), model->stop_ids_.end(), id) == model->stop_ids_.end()) {
      model->stop_ids_.push_back(id);
    }
  }
  if (options.adapter) {
    model->adapter_ = std::make_unique<LoraSet>(load_adapter(*options.adapter, *model->weights_, options.note));
    if (const std::string other = other_base_sentence(*options.adapter, options.model); !other.empty() && options.note)
      options.note(other);
  }
  return model;
}

std::shared_ptr<LoadedModel> LoadedModel::random(const Qwen3Config& config, const std::string& dtype,
                                                 const std::string& device, std::uint64_t seed) {
  const Machine here = machine(device);
  std::shared_ptr<LoadedModel> model(new LoadedModel);
  model->dtype_ = full_dtype(dtype, here);
  model->device_ = here.device;
  model->weights_ = std::make_unique<Qwen3Weights>(
      random_weights(config, scalar_type_from(model->dtype_), at::Device(model->device_), seed));
  model->stop_ids_ = config.eos_token_ids;
  return model;
}

std::string LoadedModel::weights_hash(std::stop_token stop) const {
  if (!hash_.empty()) return hash_;
  std::vector<std::filesystem::path> files;
  if (!options_.model.empty()) files = weight_files(options_.model);
  if (options_.adapter) {
    for (auto& file : weight_files(*options_.adapter)) files.push_back(std::move(file));
  }
  return hash_ = hash_of(std::move(files), std::move(stop));
}

}  // namespace minnow
