// The running mean of charts, as the reference run's images have it: n = w n + v, d = w d + 1, shown n / d, so that the
// first points aren't pulled towards zero.
#pragma once

#include <cmath>
#include <vector>

namespace minnow {

/// Appends without looking back.
class Smoothing {
 public:
  explicit Smoothing(double weight = 0.0) : weight_(weight) {}
  double weight() const { return weight_; }

  /// The mean after `value`; a value that isn't finite passes through and is not remembered.
  double next(double value) {
    if (!std::isfinite(value)) return value;
    sum_ = weight_ * sum_ + value;
    weights_ = weight_ * weights_ + 1.0;
    return sum_ / weights_;
  }

 private:
  double weight_, sum_ = 0.0, weights_ = 0.0;
};

/// All values at once.
inline std::vector<double> smooth(const std::vector<double>& values, double weight = 0.9) {
  Smoothing smoothing(weight);
  std::vector<double> means;
  means.reserve(values.size());
  for (const double value : values) means.push_back(smoothing.next(value));
  return means;
}

}  // namespace minnow
