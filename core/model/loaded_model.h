// LoadedModel: an opened model folder with its tokenizer and prompts; what engine and trainer share. Torch-free header.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/model/config.h"
#include "core/model/instruction.h"
#include "core/text/prompt.h"
#include "core/types/progress.h"
#include "core/types/task.h"

namespace minnow {

struct Qwen3Weights;
struct LoraSet;

constexpr int kThreadsInUse = -1;

struct LoadOptions {
  std::filesystem::path model;
  std::optional<std::filesystem::path> adapter;
  std::string dtype = "auto";   ///< "auto" (the faster here), "float32" / "f32", "bfloat16" / "bf16"
  std::string device = "auto";  ///< "auto", "cpu" or "cuda"
  int threads = 0;              ///< 0 = all processors, kThreadsInUse = as many as compute now
  std::optional<PromptStyle> prompt_style;  ///< nothing: as the adapter or folder records, else no_think
  std::optional<TemplateChoice> chat_template;  ///< nothing: as the adapter or folder records, else automatic
  NoteSink note;                                ///< told while opening: what of the files is guessed or ignored
};

/// Weights stay mapped where dtype and device allow. Immutable after opening but for the adapter; share by shared_ptr.
class LoadedModel {
 public:
  /// Opens folder, tokenizer and adapter. Throws Error(not_found / format / unsupported / device / memory).
  /// An adapter that records another prompt style than asked for is refused with Error(unsupported).
  static std::shared_ptr<LoadedModel> open(const LoadOptions& options);
  /// Random weights without files or tokenizer; for bench and tests.
  static std::shared_ptr<LoadedModel> random(const Qwen3Config& config, const std::string& dtype,
                                             const std::string& device, std::uint64_t seed);
  ~LoadedModel();

  const Qwen3Config& config() const;
  const Qwen3Weights& weights() const { return *weights_; }
  Qwen3Weights& weights() { return *weights_; }
  /// Null without an adapter.
  LoraSet* adapter() const { return adapter_.get(); }
  void set_adapter(std::unique_ptr<LoraSet> adapter);
  /// Null for random models.
  const std::shared_ptr<const Tokenizer>& tokenizer() const { return tokenizer_; }
  const Prompter& prompter() const { return *prompter_; }
  /// Ids that end an answer: config's and <|im_end|>.
  const std::vector<std::int32_t>& stop_ids() const { return stop_ids_; }
  const LoadOptions& options() const { return options_; }
  const std::string& dtype() const { return dtype_; }
  const std::string& device() const { return device_; }
  /// SHA-256 over names, shapes and bytes' file hashes of weights and adapter: stamped on answers. Empty when `stop`
  /// was requested before it was known.
  std::string weights_hash(std::stop_token stop = {}) const;

 private:
  LoadedModel();
  LoadOptions options_;
  std::unique_ptr<Qwen3Weights> weights_;
  std::unique_ptr<LoraSet> adapter_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  std::unique_ptr<Prompter> prompter_;
  std::vector<std::int32_t> stop_ids_;
  std::string dtype_, device_;
  mutable std::string hash_;
};

/// What people call a folder: "…/Qwen3-8B/" is Qwen3-8B.
std::string folder_name(const std::filesystem::path& folder);

/// SHA-256 over the names and contents of a folder's .safetensors files: what weights_hash() gives for it alone. Empty
/// when `stop` was requested before it was known.
std::string folder_hash(const std::filesystem::path& folder, std::stop_token stop = {});

}  // namespace minnow
