// An evaluation in words for the terminal.
#pragma once

#include <string>

#include "core/types/evaluate_report.h"

namespace minnow::cli {

/// "83.3 %" for 0.833.
std::string percent(double share);

/// Headline with intervals, fields, kinds of error, the paired test in words, and the counts that the original prints.
/// Ends with a line break. Chinese when `chinese`.
std::string evaluation_text(const EvaluateReport& report, bool chinese);

}  // namespace minnow::cli
