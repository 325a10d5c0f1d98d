// What can be said about a measured curve: its noise, the slope of a part with its standard error, smoothed levels, and
// how much further it would fall. Small closed-form statistics; nothing here knows what the curve is.
#pragma once

#include <cstddef>
#include <vector>

namespace minnow {

/// A curve by ascending x (optimiser steps); y in nats.
struct Curve {
  std::vector<double> x, y;
  std::size_t size() const { return x.size(); }
};

/// Standard deviation of a point around the curve it was drawn from: residuals against the line through the neighbours,
/// and against the parabola-free third difference where that is smaller (a bend is no noise); medians, so that jumps
/// don't count. Looks at the later two thirds. 0 with fewer than four points.
double noise_of(const Curve& curve);

/// Ordinary least squares on points [first, last).
struct LineFit {
  double slope = 0.0;        ///< y per x
  double slope_error = 0.0;  ///< standard error: the larger of residual scatter (from six points on) and `noise`
  double span = 0.0;         ///< x of the last point - x of the first
  double end = 0.0;          ///< the line's value at the last point
};
LineFit fit_line(const Curve& curve, std::size_t first, std::size_t last, double noise);

/// First index of the last part of the run: the last third by x, with at least three points where there are as many.
std::size_t last_part(const Curve& curve);

/// Mean of y over [first, last).
double mean_of(const Curve& curve, std::size_t first, std::size_t last);

/// The lowest mean of `width` neighbouring points, and the middle of where it is.
struct LowPoint {
  double level = 0.0;
  std::size_t index = 0;
};
LowPoint lowest(const Curve& curve, std::size_t width);

/// The curve's end, and what going on for as long again as its last part would bring: the fall over the last part,
/// shrunk by the ratio of that fall to the one before it (what an exponential approach to a floor does).
struct Ending {
  LineFit last;                ///< over the last part
  double start = 0.0;          ///< median of the first three points
  double projected_fall = 0.0; ///< >= 0
  double z = 0.0;              ///< slope / standard error; ±1e9 when the error is 0 and the slope isn't. Where the
                               ///< part before falls about alike, that of both parts if it is surer
};
Ending ending_of(const Curve& curve, double noise);

}  // namespace minnow
