// Axes: round tick positions and how they are labelled; shared by the cairo charts and the report's SVG.
#pragma once

#include <string>
#include <vector>

namespace minnow {

/// Ticks of one axis in data units, ascending and all inside [low, high], and a power of ten taken out of the labels.
struct Axis {
  double low = 0.0, high = 1.0;  ///< what the axis spans; contains the data
  std::vector<double> ticks;
  std::vector<std::string> labels;
  int exponent = 0;              ///< labels are in units of 10^exponent; 0 = as they are
  /// Where a value lies, 0 at low and 1 at high.
  double position(double value) const { return (value - low) / (high - low); }
};

/// An axis for data between `low` and `high` with about `wanted` ticks at multiples of 1, 2 or 5 times a power of ten.
/// Widened by 4 % so that nothing touches the frame; from 0 where the data begin near it; never empty, also when low is
/// high or nothing is finite. `whole`: only whole ticks (steps), not widened.
enum class AxisKind { values, whole };
Axis make_axis(double low, double high, int wanted, AxisKind kind);

/// "10⁻⁵" for -5.
std::string power_of_ten(int exponent);

}  // namespace minnow
