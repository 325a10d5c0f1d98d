// Noise, slopes, levels.
#include "core/train/curve_fit.h"

#include <algorithm>
#include <cmath>

namespace minnow {
namespace {

constexpr double kMedianToSigma = 1.4826;  // sigma of a normal distribution / median of its absolute values

double median_size(std::vector<double> values) {
  if (values.empty()) return 0.0;
  for (double& value : values) value = std::fabs(value);
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

double capped_ratio(double slope, double error) {
  if (slope == 0.0) return 0.0;
  return error > 0.0 ? std::clamp(slope / error, -1e9, 1e9) : std::copysign(1e9, slope);
}

}  // namespace

double noise_of(const Curve& curve) {
  const std::size_t n = curve.size();
  if (n < 4) return 0.0;
  std::vector<double> against_line, third;
  for (std::size_t i = n / 3 == 0 ? 1 : std::min(n / 3, n - 3); i + 1 < n; ++i) {
    const double span = curve.x[i + 1] - curve.x[i - 1];
    const double w = span > 0.0 ? (curve.x[i] - curve.x[i - 1]) / span : 0.5;
    const double residual = curve.y[i] - (1.0 - w) * curve.y[i - 1] - w * curve.y[i + 1];
    against_line.push_back(residual / std::sqrt(1.0 + w * w + (1.0 - w) * (1.0 - w)));
    if (i + 2 < n) {  // variance of the third difference: 1 + 9 + 9 + 1 = 20 times a point's
      third.push_back((curve.y[i + 2] - 3.0 * curve.y[i + 1] + 3.0 * curve.y[i] - curve.y[i - 1]) / std::sqrt(20.0));
    }
  }
  return kMedianToSigma * std::min(median_size(against_line), median_size(third));
}

LineFit fit_line(const Curve& curve, std::size_t first, std::size_t last, double noise) {
  LineFit fit;
  const auto n = static_cast<double>(last - first);
  if (last <= first) return fit;
  double mean_x = 0.0;
  for (std::size_t i = first; i < last; ++i) mean_x += curve.x[i] / n;
  const double mean_y = mean_of(curve, first, last);
  double sxx = 0.0, sxy = 0.0;
  for (std::size_t i = first; i < last; ++i) {
    sxx += (curve.x[i] - mean_x) * (curve.x[i] - mean_x);
    sxy += (curve.x[i] - mean_x) * (curve.y[i] - mean_y);
  }
  fit.span = curve.x[last - 1] - curve.x[first];
  fit.end = mean_y;
  if (sxx <= 0.0) return fit;
  fit.slope = sxy / sxx;
  fit.end = mean_y + fit.slope * (curve.x[last - 1] - mean_x);
  double squares = 0.0;
  for (std::size_t i = first; i < last; ++i) {
    const double residual = curve.y[i] - mean_y - fit.slope * (curve.x[i] - mean_x);
    squares += residual * residual;
  }
  const double scatter = last - first >= 6 ? std::sqrt(squares / (n - 2.0)) : 0.0;
  fit.slope_error = std::max(scatter, noise) / std::sqrt(sxx);
  return fit;
}

std::size_t last_part(const Curve& curve) {
  const std::size_t n = curve.size();
  if (n <= 3) return 0;
  const double border = curve.x.back() - (curve.x.back() - curve.x.front()) / 3.0;
  const auto it = std::lower_bound(curve.x.begin(), curve.x.end(), border);
  return std::min(static_cast<std::size_t>(it - curve.x.begin()), n - 3);
}

double mean_of(const Curve& curve, std::size_t first, std::size_t last) {
  double sum = 0.0;
  for (std::size_t i = first; i < last; ++i) sum += curve.y[i];
  return last > first ? sum / static_cast<double>(last - first) : 0.0;
}

LowPoint lowest(const Curve& curve, std::size_t width) {
  LowPoint low;
  width = std::clamp<std::size_t>(width, 1, std::max<std::size_t>(curve.size(), 1));
  for (std::size_t i = 0; i + width <= curve.size(); ++i) {
    const double level = mean_of(curve, i, i + width);
    if (i == 0 || level < low.level) low = {level, i + width / 2};
  }
  return low;
}

Ending ending_of(const Curve& curve, double noise) {
  Ending ending;
  const std::size_t n = curve.size();
  if (n == 0) return ending;
  std::vector<double> head(curve.y.begin(), curve.y.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(n, 3)));
  std::sort(head.begin(), head.end());
  ending.start = head[head.size() / 2];
  const std::size_t first = last_part(curve);
  ending.last = fit_line(curve, first, n, noise);
  ending.z = capped_ratio(ending.last.slope, ending.last.slope_error);
  if (ending.last.slope >= 0.0) return ending;

  // The part before: as long as the last one, sharing the border point.
  double ratio = 1.0;
  if (first >= 2) {
    const auto begin = std::lower_bound(curve.x.begin(), curve.x.end(), curve.x[first] - ending.last.span);
    const auto before = std::min(static_cast<std::size_t>(begin - curve.x.begin()), first - 2);
    const LineFit earlier = fit_line(curve, before, first + 1, noise);
    if (capped_ratio(earlier.slope, earlier.slope_error) < -2.0) {
      ratio = std::clamp(ending.last.slope / earlier.slope, 0.0, 1.0);
    }
    // Where the two parts fall about alike, one line over both tells the fall from noise with more points.
    if (ratio > 0.4) {
      const LineFit both = fit_line(curve, before, n, noise);
      ending.z = std::min(ending.z, capped_ratio(both.slope, both.slope_error));
    }
  }
  ending.projected_fall = -ending.last.slope * ending.last.span * ratio;
  return ending;
}

}  // namespace minnow
