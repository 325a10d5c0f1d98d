// Makes and refreshes LoRA adapters.
#include "core/model/lora.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

#include "core/types/error.h"

namespace minnow {

void LoraSet::refresh(at::ScalarType dtype) {
  each([&](LoraPair& pair, const std::string&) {
    if (!pair.a.defined() || pair.a.scalar_type() != dtype) {
      pair.a = at::empty_like(pair.A, pair.A.options().dtype(dtype));
      pair.b = at::empty({pair.rank(), pair.B.size(0)}, pair.a.options());
    }
    pair.a.copy_(pair.A);
    pair.b.copy_(pair.B.t());
  });
}

void LoraSet::zero_grad() {
  std::vector<at::Tensor> all;
  each([&](LoraPair& pair, const std::string&) {
    if (!pair.gradA.defined()) {
      pair.gradA = at::empty_like(pair.A);
      pair.gradB = at::empty_like(pair.B);
    }
    all.push_back(pair.gradA);
    all.push_back(pair.gradB);
  });
  if (!all.empty()) at::_foreach_zero_(all);
}

std::int64_t LoraSet::parameter_count() const {
  std::int64_t count = 0;
  each([&](const LoraPair& pair, const std::string&) { count += pair.A.numel() + pair.B.numel(); });
  return count;
}

LoraSet new_lora(const Qwen3Weights& weights, std::int64_t rank, double alpha, bool use_rslora,
                 const std::vector<std::string>& targets, std::uint64_t seed) {
  if (rank < 1)
    throw Error(ErrorKind::usage, "lora_rank is " + std::to_string(rank) + "; it must be at least 1", "lora_rank");
  LoraSet set;
  set.rank = rank;
  set.lora_alpha = alpha;
  set.use_rslora = use_rslora;
  bool chosen[kLinearCount] = {};
  for (const std::string& target : targets) {
    bool known = target == "all-linear";
    for (int k = 0; k < kLinearCount; ++k) {
      const std::string path = linear_name(static_cast<Linear>(k));
      const std::string leaf = path.substr(path.find('.') + 1);
      if (target == "all-linear" || target == leaf || target == path) chosen[k] = known = true;
    }
    if (!known) {
      throw Error(ErrorKind::usage,
                  "target_modules has '" + target +
                      "'; it takes all-linear or q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj",
                  target);
    }
  }
  for (int k = 0; k < kLinearCount; ++k) {
    const std::string path = linear_name(static_cast<Linear>(k));
    if (chosen[k]) set.target_modules.push_back(path.substr(path.find('.') + 1));
  }
  auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  set.pairs.resize(weights.layers.size());
  for (std::size_t i = 0; i < weights.layers.size(); ++i) {
    for (int k = 0; k < kLinearCount; ++k) {
      if (!chosen[k]) continue;
      const at::Tensor& w = weights.layers[i].linear[k];
      LoraPair pair;
      const double bound = 1.0 / std::sqrt(static_cast<double>(w.size(1)));
      pair.A = at::empty({rank, w.size(1)}, at::kFloat)
                   .uniform_(-bound, bound, generator)
                   .to(w.scalar_type())
                   .to(at::kFloat)
                   .to(w.device());
      pair.B = at::zeros({w.size(0), rank}, pair.A.options());
      pair.alpha = alpha;
      pair.scale = use_rslora ? alpha / std::sqrt(static_cast<double>(rank)) : alpha / static_cast<double>(rank);
      set.pairs[i][k] = std::move(pair);
    }
  }
  set.refresh(weights.dtype());
  return set;
}

}  // namespace minnow
