// report.json: an EvaluateReport as a file, so that a report can be opened again, compared and read by other tools.
//
// {"format": "minnow-report", "version": 1, "task", "data", "created", "machine", "fields": [keys],
//  "before": null or {"model", "adapter", "model_hash", "adapter_hash", "prompt", "seconds", "tokens_per_second",
//    "exact": share, "valid_json": share, "by_field": {key: share}, "errors": {kind: n}, "extra_keys", "cut_at_limit",
//    "fenced", "exact_without_fence", "trained_prompt", "rows_under_other_prompt"},
//  "after": the same,
//  "paired": null or {"rows": test, "by_field": {key: test}},
//  "bf16_row_differences": n or null,
//  "rows": [{"id", "input", "expected", "before": null or answer, "after": null or answer}]}
// share: {"k", "n", "share", "low", "high"}; test: {"fixed", "broken", "p"}; answer: {"text", "valid_json", "exact",
// "extra_keys", "cut_at_limit", "fenced", "exact_without_fence" where fenced, "errors": [one kind per field, "none" = right],
// "confidence": [..] or absent}.
// Version rule: readers refuse a higher version; keys they don't know are left alone. Times are ISO 8601 or in seconds.
#pragma once

#include <filesystem>
#include <string>

#include "core/types/evaluate_report.h"

namespace minnow {

/// The file's text: one line per row at the end, so that versions can be diffed.
std::string report_json(const EvaluateReport& report);

/// Inverse of report_json. Throws Error(format) naming `subject` and what is wrong in it.
EvaluateReport parse_report_json(const std::string& text, const std::string& subject);

/// Writes report.json atomically / reads it. Throw Error as write_file_atomic and read_file do, and as above.
void write_report(const std::filesystem::path& path, const EvaluateReport& report);
EvaluateReport read_report(const std::filesystem::path& path);
/// The figures alone, without details: reads no rows, however many there are.
EvaluateReport read_report_head(const std::filesystem::path& path);

/// Writes a side's answers as predicted_labels*.jsonl, atomically (lines: predicted_line in summarize.h).
enum class ReportSide { before, after };
void write_predicted_labels(const std::filesystem::path& path, const EvaluateReport& report, ReportSide side);

}  // namespace minnow
