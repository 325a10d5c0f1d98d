// An evaluation as a document (core/types/report_document.h): the one place where a report is phrased.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/types/evaluate_report.h"
#include "core/types/report_document.h"
#include "core/types/verdict.h"

namespace minnow {

struct ReportOptions {
  Language language = Language::english;
  std::string title;               ///< empty: the task's name
  std::vector<CurvePoint> curves;  ///< of the training run; empty: that section is left out
  std::optional<Verdict> verdict;  ///< on these curves
  std::size_t max_rows = 2000;     ///< rows shown side by side; the rest is in report.json
  bool paper = false;              ///< only the rows that are printed: of fixed and right ones a few
  std::string program = "Minnow";  ///< named in the footer, "Minnow 0.1.0"
};

/// Needs a report that went through summarize(); reports with one side only work too.
ReportDocument report_document(const EvaluateReport& report, const ReportOptions& options = {});

/// The groups of rows, most interesting first (broken, wrong, fixed, right). At most `max_rows` rows altogether, groups
/// in that order; what is left out is said.
std::vector<RowGroup> row_groups(const EvaluateReport& report, const ReportOptions& options);

/// A field's value with marks against the wanted one, by grapheme clusters.
Spans marked_value(const std::string& wanted, const std::string& given);

}  // namespace minnow
