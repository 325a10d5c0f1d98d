// The running mean of charts.h; apart, since it is there with or without cairo.
#include <cmath>

#include "core/report/charts.h"

namespace minnow {

std::vector<double> smooth(const std::vector<double>& values, double weight) {
  std::vector<double> means;
  means.reserve(values.size());
  double sum = 0.0, weights = 0.0;
  for (const double value : values) {
    if (std::isfinite(value)) {
      sum = weight * sum + value;
      weights = weight * weights + 1.0;
    }
    means.push_back(std::isfinite(value) ? sum / weights : value);
  }
  return means;
}

}  // namespace minnow
