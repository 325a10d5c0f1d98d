// PEFT adapter folders: adapter_config.json + adapter_model.safetensors, as PEFT, vLLM and ms-swift read them (facts
// 6).
#pragma once

#include <filesystem>
#include <string>

#include "core/model/lora.h"

namespace minnow {

/// Reads an adapter made for `weights`. rank_pattern and alpha_pattern are matched as PEFT does; F16 and BF16 are
/// raised to f32. Throws Error(unsupported) naming DoRA, lora_bias, modules_to_save and the like, Error(format) naming
/// the module whose A or B is missing, has another rank or doesn't fit the model, and any key left over.
LoraSet load_adapter(const std::filesystem::path& folder, const Qwen3Weights& weights);

/// Writes both files atomically, f32, with short module names. `base_model` is recorded as base_model_name_or_path.
void save_adapter(const std::filesystem::path& folder, const LoraSet& lora, const std::string& base_model);

}  // namespace minnow
