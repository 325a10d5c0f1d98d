// report.html: a report's document as one page to read, print or hand on. Self-contained: style, drawings and a little
// script for filtering are inline, nothing is fetched; it reads whole without script. All that came from rows, answers and
// prompts is escaped, and the page's policy lets no other script run.
#pragma once

#include <filesystem>
#include <string>

#include "core/report/document.h"

namespace minnow {

std::string report_html(const ReportDocument& document);

/// Writes the page of an evaluation atomically. Throws Error as write_file_atomic does.
void write_report_html(const std::filesystem::path& path, const EvaluateReport& report,
                       const ReportOptions& options = {});

}  // namespace minnow
