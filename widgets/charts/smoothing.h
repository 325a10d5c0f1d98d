// Running mean for the eye, as the run's images have it: n = w n + v, d = w d + 1, shown n / d, so that the first
// points aren't pulled towards zero. Appends without looking back.
#pragma once

#include <cmath>

namespace minnow {

class Smoothing {
 public:
  explicit Smoothing(double weight = 0.0) : m_weight(weight) {}
  double weight() const { return m_weight; }

  /// The mean after `value`; a value that isn't finite passes through and is not remembered.
  double next(double value) {
    if (!std::isfinite(value)) return value;
    m_sum = m_weight * m_sum + value;
    m_weights = m_weight * m_weights + 1.0;
    return m_sum / m_weights;
  }

 private:
  double m_weight, m_sum = 0.0, m_weights = 0.0;
};

}  // namespace minnow
