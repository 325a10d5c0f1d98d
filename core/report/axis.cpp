// Ticks at 1, 2, 5 times a power of ten.
#include "core/report/axis.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/types/number_text.h"

namespace minnow {
namespace {

double round_step(double span, int wanted) {
  const double rough = span / std::max(1, wanted);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * (1.0 - 1e-9)) return factor * power;
  }
  return 10.0 * power;
}

}  // namespace

Axis make_axis(double low, double high, int wanted, AxisKind kind) {
  if (!std::isfinite(low) || !std::isfinite(high) || low > high) low = 0.0, high = 1.0;
  const double size = std::max(std::fabs(low), std::fabs(high));
  if (high - low <= 1e-12 * size || high == low) {  // one value: some room around it
    const double room = kind == AxisKind::whole ? 1.0 : (size > 0.0 ? 0.5 * size : 1.0);
    low -= room, high += room;
  }
  if (kind == AxisKind::values) {
    const double margin = 0.04 * (high - low);
    const bool from_zero = low >= 0.0 && low < 0.3 * high;
    low = from_zero ? 0.0 : low - margin;
    high += margin;
  }
  Axis axis{low, high, {}, {}, 0};
  double step = round_step(high - low, wanted);
  if (kind == AxisKind::whole) step = std::max(1.0, std::round(step));
  const double largest = std::max(std::fabs(low), std::fabs(high));
  if (kind == AxisKind::values && (largest < 1e-2 || largest >= 1e6)) {
    axis.exponent = static_cast<int>(std::floor(std::log10(largest)));
  }
  const double unit = std::pow(10.0, axis.exponent);
  const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step / unit) + 1e-9)));
  for (double i = std::ceil(low / step - 1e-9); i * step <= high * (1 + 1e-12) + 1e-9 * step; i += 1.0) {
    if (axis.ticks.size() > 50) break;
    axis.ticks.push_back(i * step);
    axis.labels.push_back(fixed_text(i * step / unit, decimals));
  }
  return axis;
}

std::string power_of_ten(int exponent) {
  static constexpr std::array<const char*, 10> raised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = exponent < 0 ? "10⁻" : "10";
  for (const char digit : std::to_string(std::abs(exponent))) text += raised[static_cast<std::size_t>(digit - '0')];
  return text;
}

}  // namespace minnow
