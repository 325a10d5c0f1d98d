// The drawings of reports and runs as figures (core/types/figure.h), readable in print and without colour.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types/evaluate_report.h"
#include "core/types/figure.h"
#include "core/types/report_phrases.h"
#include "core/types/verdict.h"

namespace minnow {

/// Bars of one or two shares, 0 to 100 %, with their intervals as thin lines; `before` or `after` may be null.
Figure share_bars(const Share* before, const Share* after, Language language);

/// The headline's scale: a hollow dot for before, a full one for after, each with its interval, on an axis of 0 to 100 %.
Figure headline_scale(const Share* before, const Share* after, Language language);

/// A bar whose length is `count` of `largest`.
Figure count_bar(std::int64_t count, std::int64_t largest, bool is_after);

/// Train and eval loss over steps on one axis, and the score below where there is one. Nothing without two points.
std::optional<Figure> training_curves(const std::vector<CurvePoint>& points, std::int64_t best_step,
                                      Language language);

/// One scalar of a run over its steps.
struct Chart {
  std::string title;  ///< the scalar's tag, "train/loss"
  std::vector<double> step, value;
  bool smoothed = false;  ///< the raw curve pale (#FFE2D9), its running mean of weight 0.9 over it (#FF7043)
};

/// 800 by 500 (8 by 5 inches at 100 dpi), as the reference run's images: title, step axis, one curve, the value it ends
/// with. A chart without points shows empty axes; values that aren't finite break the curve; a single point is a dot.
Figure chart_figure(const Chart& chart);

}  // namespace minnow
