// What a report counts.
#include "core/types/evaluate_report.h"

namespace minnow {

std::vector<FieldError> occurring_errors(const EvaluateReport& report) {
  std::vector<FieldError> kinds;
  for (int i = static_cast<int>(FieldError::none) + 1; i <= static_cast<int>(FieldError::other); ++i) {
    const auto kind = static_cast<FieldError>(i);
    if (report.before.count_of(kind) > 0 || report.after.count_of(kind) > 0) kinds.push_back(kind);
  }
  return kinds;
}

}  // namespace minnow
