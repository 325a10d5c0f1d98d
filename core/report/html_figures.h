// The report's drawings: small SVGs that stand in the page, readable in print and without colour.
#pragma once

#include <string>
#include <vector>

#include "core/report/html_text.h"
#include "core/types/evaluate_report.h"
#include "core/types/verdict.h"

namespace minnow {

/// Bars of one or two shares, 0 to 100 %, with their intervals as thin lines; `before` or `after` may be null.
std::string share_bars(const Share* before, const Share* after, ReportLanguage language);

/// The headline's scale: a hollow dot for before, a full one for after, each with its interval, on an axis of 0 to 100 %.
std::string headline_scale(const Share* before, const Share* after, ReportLanguage language);

/// Bar lengths for counts: `count` of `largest`.
std::string count_bar(std::int64_t count, std::int64_t largest, bool is_after);

/// Train and eval loss over steps on one axis, and the score below where there is one. Empty without two points.
std::string training_curves(const std::vector<CurvePoint>& points, std::int64_t best_step, ReportLanguage language);

}  // namespace minnow
