// A model named as hubs name it ("Qwen/Qwen3-0.6B"), found among what other programs have downloaded already (facts 9).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace minnow {

/// Folders where a model of that name may lie, best first: the caches of ModelScope ($MODELSCOPE_CACHE, else
/// ~/.cache/modelscope/hub) and of Hugging Face ($HF_HUB_CACHE, $HF_HOME/hub, else ~/.cache/huggingface/hub, with the
/// revision that refs/main names). Empty for a name that isn't owner/name.
std::vector<std::filesystem::path> model_cache_folders(const std::string& name);

/// Folders with a config.json in those caches, by name; which models they are is for inspect_model to say.
std::vector<std::filesystem::path> cached_model_folders();

/// `name` itself if it is a folder, else the first of model_cache_folders with a config.json.
/// Throws Error(not_found) naming the places looked at.
std::filesystem::path find_model(const std::string& name);

}  // namespace minnow
