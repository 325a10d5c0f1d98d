// LoRA (Hu et al. 2021): y = x W^T + scale * (x A^T) B^T beside a frozen linear layer. Inner header.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/model/weights.h"

namespace minnow {

/// One adapted module. Master weights and gradients are f32; a, b are copies in the compute dtype.
struct LoraPair {
  at::Tensor A;      ///< f32 [r, in]
  at::Tensor B;      ///< f32 [out, r]
  at::Tensor a, b;   ///< A [r, in] and B^T [r, out] in the compute dtype; renewed by LoraSet::refresh
  at::Tensor gradA;  ///< f32 [r, in]; defined while training
  at::Tensor gradB;  ///< f32 [out, r]
  double alpha = 0.0;
  double scale = 0.0;  ///< alpha / r, or alpha / sqrt(r) with rsLoRA
  std::int64_t rank() const { return A.size(0); }
};

/// The adapters of a model; pairs[layer][linear], empty where a module isn't adapted.
struct LoraSet {
  std::vector<std::array<std::optional<LoraPair>, kLinearCount>> pairs;
  double lora_alpha = 0.0;
  std::int64_t rank = 0;
  bool use_rslora = false;
  double lora_dropout = 0.0;                ///< of A's input, in training only (lora_dropout.h)
  std::vector<std::string> target_modules;  ///< leaf names, as adapter_config.json lists them

  const LoraPair* find(std::size_t layer, Linear which) const {
    const auto& pair = pairs[layer][which];
    return pair ? &*pair : nullptr;
  }
  /// Copies the masters to the compute dtype; after every change of A or B. The copies stay where they are, so that
  /// sets which share them (LoraLanes) follow.
  void refresh(at::ScalarType dtype);
  /// Zeroes the gradients, making them where they aren't.
  void zero_grad();
  /// f(pair, "model.layers.0.self_attn.q_proj") for each adapted module in checkpoint order.
  template <typename F>
  void each(F f) {
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      for (int k = 0; k < kLinearCount; ++k) {
        if (pairs[i][k])
          f(*pairs[i][k], "model.layers." + std::to_string(i) + "." + linear_name(static_cast<Linear>(k)));
      }
    }
  }
  template <typename F>
  void each(F f) const {
    const_cast<LoraSet*>(this)->each([&](LoraPair& pair, const std::string& name) { f(std::as_const(pair), name); });
  }
  std::int64_t parameter_count() const;
};

/// Fresh adapters: A kaiming uniform over fan_in, drawn in f32 and rounded to the model's dtype, B zero (facts 6.1).
/// `targets` holds "all-linear" or leaf names ("q_proj"). Throws Error(usage) for a name that isn't one.
LoraSet new_lora(const Qwen3Weights& weights, std::int64_t rank, double alpha, bool use_rslora,
                 const std::vector<std::string>& targets, std::uint64_t seed);

}  // namespace minnow
