// Which model an adapter was made for, as adapter_config.json names it, held against the model that it is used on:
// shapes alone can't tell Qwen3-0.6B from Qwen3-0.6B-Base.
#pragma once

#include <filesystem>
#include <string>

namespace minnow {

/// A sentence when `adapter` (a PEFT folder) was made for another base than the model in `model`; empty when it was
/// made for this one or when nobody can tell. A base folder that is there is compared by its weights' hashes, else
/// published names are compared: the folder's, the hub cache's, config.json's _name_or_path. Throws Error(format) for
/// an adapter_config.json that isn't JSON.
std::string other_base_sentence(const std::filesystem::path& adapter, const std::filesystem::path& model);

}  // namespace minnow
