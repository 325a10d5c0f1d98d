// What a report counts.
#include "core/types/evaluate_report.h"

#include <algorithm>
#include <cmath>

namespace minnow {

Gain gain_of(const PairedTest& test, std::int64_t rows) {
  if (rows <= 0) return {0.0, -1.0, 1.0};
  const double fixed = static_cast<double>(test.fixed) + 0.5, broken = static_cast<double>(test.broken) + 0.5;
  const double n = static_cast<double>(rows) + 2.0;
  const double middle = (fixed - broken) / n;
  const double half = 1.96 * std::sqrt(fixed + broken - (fixed - broken) * (fixed - broken) / n) / n;
  return {static_cast<double>(test.fixed - test.broken) / static_cast<double>(rows), std::max(-1.0, middle - half),
          std::min(1.0, middle + half)};
}

Finding finding_of(const EvaluateReport& report) {
  if (report.details.empty()) return Finding::no_rows;
  const Share& exact = report.after.exact;
  if (report.after.present && exact.n > 0 && (exact.k == 0 || exact.high < 0.1)) return Finding::not_learned;
  if (!report.before.present || !report.after.present) return Finding::one_side;
  const PairedTest& test = report.rows;
  if (test.fixed + test.broken == 0) return Finding::no_change;
  const Gain gain = gain_of(test, exact.n);
  if (test.p_value < 0.05 && gain.low > 0.0) return Finding::better;
  if (test.p_value < 0.05 && gain.high < 0.0) return Finding::worse;
  return Finding::maybe_chance;
}

std::vector<FieldError> occurring_errors(const EvaluateReport& report) {
  std::vector<FieldError> kinds;
  for (int i = static_cast<int>(FieldError::none) + 1; i <= static_cast<int>(FieldError::other); ++i) {
    const auto kind = static_cast<FieldError>(i);
    if (report.before.count_of(kind) > 0 || report.after.count_of(kind) > 0) kinds.push_back(kind);
  }
  return kinds;
}

}  // namespace minnow
