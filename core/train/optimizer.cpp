// AdamW and Muon.
#include "core/train/optimizer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/model/cuda_ops.h"

namespace minnow {
namespace {

constexpr double kLargest = std::numeric_limits<float>::max();

std::vector<at::Tensor> grads_of(const std::vector<Parameter>& parameters) {
  std::vector<at::Tensor> grads;
  for (const Parameter& p : parameters) grads.push_back(p.grad);
  return grads;
}

}  // namespace

double grad_norm(const std::vector<Parameter>& parameters) {
  if (parameters.empty()) return 0.0;
  // Asked for and fetched together: a device gets few launches and is waited for once.
  const at::Tensor all = at::stack(at::_foreach_norm(grads_of(parameters), 2)).to(at::kDouble).cpu();
  double squares = 0.0;
  for (std::int64_t i = 0; i < all.numel(); ++i) squares += all.data_ptr<double>()[i] * all.data_ptr<double>()[i];
  return std::sqrt(squares);
}

void clip_gradients(std::vector<Parameter>& parameters, double norm, double max_norm) {
  const double factor = max_norm / (norm + 1e-6);
  if (factor < 1.0) at::_foreach_mul_(grads_of(parameters), factor);
}

void adamw_step(std::vector<Parameter>& parameters, const AdamWSettings& s, double lr, std::int64_t t) {
  c10::NoGradGuard no_grad;
  const double correction1 = 1.0 - std::pow(s.beta1, static_cast<double>(t));
  // A rate beyond what f32 holds ends in weights that are no numbers, which the run says, and not in a refusal of ATen's.
  const double step = std::min(lr / correction1, kLargest);
  const double correction2 = std::sqrt(1.0 - std::pow(s.beta2, static_cast<double>(t)));
  for (Parameter& p : parameters) {
    if (p.muon) continue;
    if (!p.m.defined()) p.m = at::zeros_like(p.value);
    if (!p.v.defined()) p.v = at::zeros_like(p.value);
    const double decay = p.decay ? std::max(1.0 - lr * s.weight_decay, -kLargest) : 1.0;
    if (cuda::takes(p.value)) {
      cuda::adamw_step(p.value, p.grad, p.m, p.v, s.beta1, s.beta2, s.eps, step, correction2, decay);
      continue;
    }
    if (decay != 1.0) p.value.mul_(decay);
    p.m.lerp_(p.grad, 1.0 - s.beta1);
    p.v.mul_(s.beta2).addcmul_(p.grad, p.grad, 1.0 - s.beta2);
    p.value.addcdiv_(p.m, (p.v.sqrt() / correction2).add_(s.eps), -step);
  }
}

void muon_step(std::vector<Parameter>& parameters, const MuonSettings& s, double lr) {
  c10::NoGradGuard no_grad;
  for (Parameter& p : parameters) {
    if (!p.muon) continue;
    if (!p.m.defined()) p.m = at::zeros_like(p.value);
    p.m.mul_(s.momentum).add_(p.grad);
    at::Tensor g = p.grad.add(p.m, s.momentum);
    const bool tall = g.size(0) > g.size(1);
    if (tall) g = g.t();
    g = (g / (g.norm() + 1e-7)).to(at::kBFloat16);  // the iteration corrects itself: bf16 is enough
    // Quintic Newton-Schulz towards the nearest orthogonal matrix; coefficients from the Muon reference.
    for (int i = 0; i < s.newton_schulz_steps; ++i) {
      const at::Tensor a = at::mm(g, g.t());
      const at::Tensor b = a.mul(-4.7750).add(at::mm(a, a), 2.0315);
      g = g.mul(3.4445).add(at::mm(b, g));
    }
    if (tall) g = g.t();
    const double scale =
        std::sqrt(std::max(1.0, static_cast<double>(p.value.size(0)) / static_cast<double>(p.value.size(1))));
    p.value.add_(g.to(at::kFloat), -lr * scale);
  }
}

}  // namespace minnow
