// Wilson, McNemar, Holm.
#include "core/evaluate/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>


namespace minnow {

Share wilson(std::int64_t k, std::int64_t n) {
  assert(0 <= k && k <= n);
  if (n == 0) return {0, 0, 0.0, 1.0};
  constexpr double z = 1.959963984540054;  // 97.5 % quantile of the normal distribution
  const double count = static_cast<double>(n);
  const double p = static_cast<double>(k) / count;
  const double middle = p + z * z / (2.0 * count);
  const double half = z * std::sqrt(p * (1.0 - p) / count + z * z / (4.0 * count * count));
  const double scale = 1.0 + z * z / count;
  // At the ends rounding must not leave [0, 1] or exclude the share itself.
  const double low = k == 0 ? 0.0 : std::max(0.0, (middle - half) / scale);
  const double high = k == n ? 1.0 : std::min(1.0, (middle + half) / scale);
  return {k, n, low, high};
}

double mcnemar_exact(std::int64_t fixed, std::int64_t broken) {
  assert(fixed >= 0 && broken >= 0);
  const std::int64_t n = fixed + broken;
  const std::int64_t fewer = std::min(fixed, broken);
  if (2 * fewer >= n) return 1.0;  // an even split, or no row at all
  // P(X <= fewer), X ~ Binomial(n, 1/2): the largest term is the last one; the others follow by their ratio to it.
  const double count = static_cast<double>(n), last = static_cast<double>(fewer);
  const double log_term =
      std::lgamma(count + 1.0) - std::lgamma(last + 1.0) - std::lgamma(count - last + 1.0) - count * std::log(2.0);
  double sum = 1.0, term = 1.0;
  for (double i = last; i >= 1.0; i -= 1.0) {
    term *= i / (count - i + 1.0);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return std::min(1.0, std::exp(log_term + std::log(sum) + std::log(2.0)));
}

std::vector<double> holm(const std::vector<double>& p_values) {
  const std::size_t m = p_values.size();
  std::vector<std::size_t> order(m);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(m);
  double highest = 0.0;
  for (std::size_t rank = 0; rank < m; ++rank) {
    highest = std::max(highest, std::min(1.0, p_values[order[rank]] * static_cast<double>(m - rank)));
    adjusted[order[rank]] = highest;
  }
  return adjusted;
}

}  // namespace minnow
