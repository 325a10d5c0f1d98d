// What commands without a project take from files: a task; and what they leave behind: an evaluation's files.
#pragma once

#include <filesystem>

#include "core/types/evaluate_report.h"
#include "core/types/task.h"

namespace minnow::cli {

/// The task of a minnow.json, or of a file that holds nothing but a task. Throws Error(format), Error(not_found).
Task task_from_file(const std::filesystem::path& path);

/// Writes predicted_labels_without_sft.jsonl, predicted_labels.jsonl, report.json and report.html into `folder`, of the
/// sides that are there.
void write_evaluation(const std::filesystem::path& folder, const EvaluateReport& report, bool chinese);

}  // namespace minnow::cli
