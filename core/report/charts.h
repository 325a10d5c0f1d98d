// Charts without a window: one scalar over the steps of a run as PNG or SVG, drawn by cairo. Where cairo was not found at
// configure time they are left out: charts_available() is false and drawing is refused.
#pragma once

#include <string>
#include <vector>

namespace minnow {

/// One chart, 800 by 500 (8 by 5 inches at 100 dpi), as the reference run's images: title, step axis, one curve.
struct Chart {
  std::string title;          ///< the scalar's tag, "train/loss"
  std::vector<double> step, value;
  bool smoothed = false;      ///< the raw curve pale (#FFE2D9), its running mean of weight 0.9 over it (#FF7043)
};

bool charts_available();

/// The file's bytes. A chart without points shows empty axes; values that aren't finite break the curve; a single point
/// is a dot. Throws Error(unsupported) in a Minnow without cairo, Error(memory) when cairo finds none.
std::string chart_png(const Chart& chart);
std::string chart_svg(const Chart& chart);

/// Running mean as the reference's images have it: with n = 0.9 n + v and d = 0.9 d + 1 the values n / d. Values that
/// aren't finite are passed over (and stay in their place).
std::vector<double> smooth(const std::vector<double>& values, double weight = 0.9);

}  // namespace minnow
