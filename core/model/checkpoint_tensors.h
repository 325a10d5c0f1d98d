// The tensors of a model's or adapter's files under the names that Qwen3's own files have. Trainers wrap a model in
// others (PEFT, FSDP, DDP, torch.compile, a vision model's language part), and each leaves its word in the names.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/safetensors.h"
#include "core/types/progress.h"

namespace minnow {

/// "model.layers.0.self_attn.q_proj.weight" for "base_model.model.model.language_model.layers.0.self_attn.q_proj.weight",
/// "….lora_A.weight" for "….lora_A.default.weight". A name with other words in it keeps them.
std::string plain_tensor_name(std::string_view name);

/// Finds tensors by their plain names and remembers what was asked for. Holds what it was made of.
class CheckpointTensors {
 public:
  /// Throws Error(format) naming both when two tensors have one plain name.
  explicit CheckpointTensors(SafetensorsSet set, const std::string& subject);

  SafetensorsSet::Found find(const std::string& plain);
  bool has(const std::string& plain) const { return name_of_.count(plain) != 0; }
  const SafetensorsSet& set() const { return set_; }
  /// What nobody asked for: plain names with the names in the file, in order.
  std::vector<std::pair<std::string, std::string>> unused() const;
  /// A name that is written in another way than `prefix` and its plain one, if any is.
  std::optional<std::string> respelled_from(const std::string& prefix) const;
  const std::string& subject() const { return subject_; }

 private:
  SafetensorsSet set_;
  std::map<std::string, std::string> name_of_;  // plain → as in the file
  std::set<std::string> asked_;
  std::string subject_;
};

}  // namespace minnow
