// adapter_config.json of PEFT's LoRA: which modules have an adapter, of which rank and scale, and whether it is plain
// LoRA at all (facts 6.2 and 6.3; keys as PEFT 0.20 has them).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/io/json.h"
#include "core/types/progress.h"

namespace minnow {

/// Keys that are absent, null, false or empty mean PEFT's defaults.
class AdapterConfig {
 public:
  /// Throws Error(unsupported) naming a key that makes the adapter something else than W + s B A on the model's own
  /// weights (init_lora_weights pissa, use_dora, modules_to_save, …), Error(format) for a value of the wrong kind.
  /// `note` gets the keys that are ignored though they are set.
  AdapterConfig(Json json, std::string subject, const NoteSink& note);

  /// Whether PEFT would adapt a module: "model.layers.0.self_attn.q_proj".
  bool takes(const std::string& module) const;
  /// Without target_modules the tensors tell which modules are adapted.
  bool names_targets() const { return names_targets_; }
  std::int64_t rank_of(const std::string& module) const;
  double alpha_of(const std::string& module) const;

  std::int64_t rank() const { return rank_; }
  double lora_alpha() const { return lora_alpha_; }
  double lora_dropout() const { return lora_dropout_; }
  bool use_rslora() const { return use_rslora_; }

 private:
  bool layer_wanted(const std::string& module) const;

  Json json_;
  std::string subject_;
  bool names_targets_ = false, use_rslora_ = false;
  std::int64_t rank_ = 8;  // PEFT's defaults
  double lora_alpha_ = 8.0, lora_dropout_ = 0.0;
};

}  // namespace minnow
