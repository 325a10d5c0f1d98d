// From judged rows to the report's figures.
#pragma once

#include <string>

#include "core/types/evaluate_report.h"
#include "core/types/task.h"

namespace minnow {

/// Counts `report.details` and fills every figure that can be counted: field_keys, shares with intervals, error kinds,
/// and, where both sides are present, the paired tests (fields after Holm's correction over the fields). Left as given:
/// names, hashes, prompts, times, which sides are present. Throws Error(data) when a row was judged for another task.
EvaluateReport summarize(const Task& task, EvaluateReport report);

/// The three lines that the original evaluation prints for one side: 样本数, 响应正确, 响应错误 (rows, right, wrong).
std::string original_counts(const SideScore& side);

/// One line of predicted_labels_without_sft.jsonl (the untuned side) or predicted_labels.jsonl (the tuned one), without
/// line break: {"id", "input", "expected", "predicted", "valid_json", "exact", "errors": {field: kind}}; expected is the
/// label's JSON object (its text where it is none), predicted the answer's text as it came. errors names the wrong fields only.
std::string predicted_line(const EvaluateReport& report, const EvaluatedRow& row, const RowAnswer& answer);

}  // namespace minnow
