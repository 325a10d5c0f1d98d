// What an evaluation leaves on disk, for the window, the command line and the demo alike.
#pragma once

#include <filesystem>
#include <string>

#include "core/report/html.h"
#include "core/types/evaluate_report.h"

namespace minnow {

/// The name of an evaluation's files in a folder, without ending: "report" for the test split, which is the run's own,
/// "report_validation" for the other split, "report_" and the file's name for a file.
std::string evaluation_stem(const std::string& source);

/// The page's settings in a language; with the curves and the verdict of the run in `run_folder`, where that is one.
ReportOptions evaluation_page(bool chinese, const std::filesystem::path& run_folder = {});

/// Writes STEM.json and STEM.html, and with the stem "report" each side's answers as predicted_labels_without_sft.jsonl
/// and predicted_labels.jsonl; each file atomically. Makes the folder. Returns the .json's path. Throws as the disk does.
std::filesystem::path write_evaluation(const std::filesystem::path& folder, const std::string& stem,
                                       const EvaluateReport& report, const ReportOptions& page);

}  // namespace minnow
