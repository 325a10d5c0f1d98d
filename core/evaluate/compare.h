// Rows of a report made ready to be seen side by side.
#pragma once

#include <vector>

#include "core/types/compared_row.h"
#include "core/types/evaluate_report.h"

namespace minnow {

/// One per row of report.details, in order. Answers are parsed again for display only; judged they have been already. A
/// label that isn't an object with the report's keys is compared as one text in the first field.
std::vector<ComparedRow> compared_rows(const EvaluateReport& report);

}  // namespace minnow
