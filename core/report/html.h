// report.html: an evaluation as one page to read, print or hand on. Self-contained: style, drawings and a little script
// for filtering are inline, nothing is fetched; it reads whole without script. All that came from rows, answers and
// prompts is escaped, and the page's policy lets no other script run.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/report/html_text.h"
#include "core/types/evaluate_report.h"
#include "core/types/verdict.h"

namespace minnow {

struct HtmlOptions {
  ReportLanguage language = ReportLanguage::english;
  std::string title;                ///< empty: the task's name
  std::vector<CurvePoint> curves;   ///< of the training run; empty: that section is left out
  std::optional<Verdict> verdict;   ///< on these curves
  std::size_t max_rows = 2000;      ///< rows shown side by side; the rest is in report.json
  std::string program = "Minnow";   ///< named in the footer, "Minnow 0.1.0"
};

/// The page. Needs a report that went through summarize(); reports with one side only work too.
std::string report_html(const EvaluateReport& report, const HtmlOptions& options = {});

/// Writes the page atomically. Throws Error as write_file_atomic does.
void write_report_html(const std::filesystem::path& path, const EvaluateReport& report, const HtmlOptions& options = {});

}  // namespace minnow
