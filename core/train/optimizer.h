// AdamW (Loshchilov and Hutter 2019) over f32 masters, and Muon (Jordan 2024) for hidden matrices in pre-training.
// Inner header (includes ATen).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace minnow {

/// One trained tensor; all f32 and of one shape.
struct Parameter {
  std::string name;
  at::Tensor value, grad;
  bool decay = true;  ///< decoupled weight decay applies
  bool muon = false;  ///< updated by Muon instead of AdamW
  at::Tensor m, v;    ///< moments; v is unused by Muon
};

struct AdamWSettings {
  double beta1 = 0.9, beta2 = 0.95, eps = 1e-8, weight_decay = 0.1;
};
struct MuonSettings {
  double momentum = 0.95;
  int newton_schulz_steps = 5;
};

/// L2 norm over all gradients, summed in double in parameter order.
double grad_norm(const std::vector<Parameter>& parameters);

/// Scales all gradients by min(1, max_norm / (norm + 1e-6)), as torch's clip_grad_norm_.
void clip_gradients(std::vector<Parameter>& parameters, double norm, double max_norm);

/// One update, t = 1, 2, …: p *= 1 - lr*wd; p -= lr * m_hat / (sqrt(v_hat) + eps). Makes the moments at the first call.
void adamw_step(std::vector<Parameter>& parameters, const AdamWSettings& settings, double lr, std::int64_t t);

/// One Muon update of the parameters marked so: Nesterov momentum, orthogonalised by Newton-Schulz, scaled by
/// sqrt(max(1, rows / columns)).
void muon_step(std::vector<Parameter>& parameters, const MuonSettings& settings, double lr);

}  // namespace minnow
