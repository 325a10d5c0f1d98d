// PEFT adapter folders: adapter_config.json + adapter_model.safetensors, as PEFT, vLLM and ms-swift read them (facts
// 6).
#pragma once

#include <filesystem>
#include <string>

#include "core/model/lora.h"
#include "core/types/progress.h"

namespace minnow {

/// Reads an adapter made for `weights`, by PEFT's rules (adapter_config.h); F16 and BF16 are raised to f32. `note` gets
/// what is ignored or taken under another name, and that an adapter has no effect. Throws Error(unsupported) naming the
/// key or tensor that makes it something else than plain LoRA, Error(format) naming the tensor that is missing, isn't
/// finite or doesn't fit the model.
LoraSet load_adapter(const std::filesystem::path& folder, const Qwen3Weights& weights, const NoteSink& note = {});

/// How many linear layers the adapter changes: those whose scale and matrices aren't zero.
std::int64_t changed_modules(const LoraSet& lora);

/// Writes both files atomically, f32, with short module names. `base_model` is recorded as base_model_name_or_path.
void save_adapter(const std::filesystem::path& folder, const LoraSet& lora, const std::string& base_model);

}  // namespace minnow
