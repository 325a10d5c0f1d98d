// The report's side-by-side rows: input, expected, before, after, differing characters marked; grouped by outcome.
#pragma once

#include <cstddef>
#include <string>

#include "core/report/html_text.h"
#include "core/types/evaluate_report.h"

namespace minnow {

/// How a row went: with two sides broken, wrong, fixed or right; with one side wrong or right.
enum class RowOutcome { broken, wrong, fixed, right };
RowOutcome outcome_of(const EvaluateReport& report, const EvaluatedRow& row);

/// All groups, most interesting first (broken, wrong, fixed, right). At most `max_rows` rows altogether, groups in that
/// order; what is left out is said. On paper fixed and right rows are cut to a few examples, and that is said too.
std::string rows_html(const EvaluateReport& report, std::size_t max_rows, ReportLanguage language);

/// A field's value with marks against the wanted one: `<ins>` added, `<del>` left out, by grapheme clusters.
std::string marked_value(const std::string& wanted, const std::string& given);

}  // namespace minnow
