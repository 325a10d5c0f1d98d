// Quantiles of at most some thousand points, however long the run is.
#include "widgets/charts/curve_focus.h"

#include <algorithm>
#include <cmath>

namespace minnow {
namespace {

constexpr std::size_t kMostSamples = 4096, kFewestSamples = 12;
constexpr double kFallen = 0.1;    // of the first fall is left: a run that came so far in its first half has settled
constexpr double kOver = 0.03;     // of the first fall is left: it is over
constexpr double kWorthwhile = 2;  // times as much height for what is shown, or the whole curve is shown

double quantile(std::vector<double> values, double share) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

struct Samples {
  std::vector<double> values;
  std::vector<std::int64_t> steps;
};

Samples sampled(const std::vector<StepDone>& steps, double StepDone::*figure) {
  Samples samples;
  const std::size_t stride = std::max<std::size_t>(1, steps.size() / kMostSamples);
  for (std::size_t i = 0; i < steps.size(); i += stride) {
    if (const double value = steps[i].*figure; std::isfinite(value)) {
      samples.values.push_back(value);
      samples.steps.push_back(steps[i].step);
    }
  }
  return samples;
}

}  // namespace

std::optional<CurveFocus> curveFocus(const std::vector<StepDone>& steps, const std::vector<EvalDone>& evals,
                                     double StepDone::*figure) {
  const Samples samples = sampled(steps, figure);
  const std::vector<double>& values = samples.values;
  if (values.size() < kFewestSamples) return std::nullopt;
  const auto half = static_cast<std::ptrdiff_t>(values.size() / 2);
  const double settled = quantile({values.begin() + half, values.end()}, 0.5);
  const auto firstBelow = [&](double left) {
    const double bar = settled + left * (values.front() - settled);
    return std::find_if(values.begin(), values.end(), [bar](double value) { return value <= bar; }) - values.begin();
  };
  const auto from = std::min(half, firstBelow(kOver));
  const std::vector<double> late(values.begin() + from, values.end());
  CurveFocus focus;
  focus.lower = *std::min_element(late.begin(), late.end());
  focus.upper = quantile(late, 0.98);
  const double highest = *std::max_element(values.begin(), values.end());

  const auto finite = [](const EvalDone& e) { return std::isfinite(e.eval_loss); };
  const auto best = std::min_element(evals.begin(), evals.end(), [&](const EvalDone& a, const EvalDone& b) {
    return finite(a) && (!finite(b) || a.eval_loss < b.eval_loss);
  });
  for (auto it = evals.begin(); it != evals.end(); ++it) {
    if (!finite(*it) || (it < best && it->step < samples.steps[static_cast<std::size_t>(from)])) continue;
    focus.lower = std::min(focus.lower, it->eval_loss);
    focus.upper = std::max(focus.upper, it->eval_loss);
  }
  // A zero that is near is shown: small wiggles stay small.
  if (focus.lower > 0 && focus.lower < 0.5 * focus.upper) focus.lower = 0.0;

  focus.settled = values.front() > settled && firstBelow(kFallen) < half && focus.upper > focus.lower &&
                  highest - focus.lower > kWorthwhile * (focus.upper - focus.lower);
  return focus;
}

}  // namespace minnow
