// Drops the words of wrappers from the dotted names.
#include "core/model/checkpoint_tensors.h"

#include <algorithm>
#include <array>

#include "core/io/shown.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::array<std::string_view, 9> kWrappers{
    "base_model",                    // PEFT
    "model",                         // transformers' …ForCausalLM, and PEFT again
    "language_model",                // a vision model's text part
    "module",                        // DistributedDataParallel, DeepSpeed
    "_orig_mod",                     // torch.compile
    "_fsdp_wrapped_module",          // FullyShardedDataParallel
    "_checkpoint_wrapped_module",    // activation checkpointing
    "_forward_module",               // Lightning
    "pretrained_model"};             // TRL's value head

std::vector<std::string_view> parts_of(std::string_view name) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t dot = name.find('.');
    parts.push_back(name.substr(0, dot));
    if (dot == name.npos) return parts;
    name.remove_prefix(dot + 1);
  }
}

}  // namespace

std::string plain_tensor_name(std::string_view name) {
  const std::vector<std::string_view> parts = parts_of(name);
  std::string plain;
  const auto add = [&](std::string_view part) { plain += (plain.empty() ? "" : ".") + std::string(part); };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (std::find(kWrappers.begin(), kWrappers.end(), parts[i]) != kWrappers.end()) continue;
    if (plain.empty() && parts[i] != "lm_head") add("model");
    add(parts[i]);
    // lora_A.NAME.weight: in memory PEFT keeps several adapters apart by a name.
    const bool named = (parts[i] == "lora_A" || parts[i] == "lora_B") && i + 3 == parts.size();
    if (named) ++i;
  }
  return plain;
}

CheckpointTensors::CheckpointTensors(SafetensorsSet set, const std::string& subject) : set_(std::move(set)), subject_(subject) {
  for (const std::string& name : set_.names()) {
    const std::string plain = plain_tensor_name(name);
    const auto [entry, added] = name_of_.emplace(plain, name);
    if (!added) {
      throw Error(ErrorKind::format,
                  subject + ": the tensors " + shown(entry->second) + " and " + shown(name) + " are both " + plain,
                  subject);
    }
  }
}

SafetensorsSet::Found CheckpointTensors::find(const std::string& plain) {
  const auto found = name_of_.find(plain);
  if (found == name_of_.end()) return {};
  asked_.insert(plain);
  return set_.find(found->second);
}

std::optional<std::string> CheckpointTensors::respelled_from(const std::string& prefix) const {
  for (const auto& [plain, name] : name_of_)
    if (name != prefix + plain) return name;
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> CheckpointTensors::unused() const {
  std::vector<std::pair<std::string, std::string>> left;
  for (const auto& [plain, name] : name_of_)
    if (asked_.count(plain) == 0) left.emplace_back(plain, name);
  return left;
}

}  // namespace minnow
