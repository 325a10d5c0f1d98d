// An adapter taken out of its run: a folder that PEFT (and so transformers and vLLM) loads. Torch-free header.
#pragma once

#include <cstdint>
#include <filesystem>

namespace minnow {

struct AdapterExport {
  std::filesystem::path folder;
  std::int64_t bytes = 0;
};

/// Copies adapter_config.json and adapter_model.safetensors and records the prompt style beside them; nothing of the
/// optimiser. Written beside its name and renamed: whole or not at all. Throws Error(usage) when `output` exists
/// (without `exist_ok`) or is the checkpoint, Error(not_found) when the checkpoint isn't whole, and as writing does.
AdapterExport export_adapter(const std::filesystem::path& checkpoint, const std::filesystem::path& output,
                             bool exist_ok = false);

}  // namespace minnow
