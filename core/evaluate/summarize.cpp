// Counts and pairs.
#include "core/evaluate/summarize.h"

#include <vector>

#include "core/evaluate/statistics.h"
#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

void check_row(const EvaluatedRow& row, const RowAnswer& answer, std::size_t fields) {
  if (answer.judgement.field_errors.size() == fields) return;
  throw Error(ErrorKind::data,
              "row " + row.id + " was judged on " + std::to_string(answer.judgement.field_errors.size()) +
                  " fields, the task has " + std::to_string(fields),
              row.id);
}

void count_side(EvaluateReport& report, SideScore& side, RowAnswer EvaluatedRow::*answer_of) {
  const std::size_t fields = report.field_keys.size();
  const auto rows = static_cast<std::int64_t>(report.details.size());
  std::int64_t exact = 0, valid = 0;
  std::vector<std::int64_t> right(fields, 0);
  side.errors.clear();
  side.extra_keys = side.cut_at_limit = side.fenced = side.exact_inside = 0;
  for (const EvaluatedRow& row : report.details) {
    const RowAnswer& answer = row.*answer_of;
    check_row(row, answer, fields);
    exact += answer.judgement.exact ? 1 : 0;
    valid += answer.judgement.valid_json ? 1 : 0;
    side.extra_keys += answer.judgement.extra_keys ? 1 : 0;
    side.cut_at_limit += answer.cut_at_limit ? 1 : 0;
    side.fenced += answer.fenced ? 1 : 0;
    side.exact_inside += answer.exact_inside ? 1 : 0;
    for (std::size_t i = 0; i < fields; ++i) {
      const FieldError error = answer.judgement.field_errors[i];
      if (error == FieldError::none)
        ++right[i];
      else
        ++side.errors[error];
    }
  }
  side.exact = wilson(exact, rows);
  side.valid_json = wilson(valid, rows);
  side.fields.clear();
  for (const std::int64_t count : right) side.fields.push_back(wilson(count, rows));
}

// Right before and right after, row by row, of whatever `is_right` looks at.
template <typename IsRight>
PairedTest pair_up(const std::vector<EvaluatedRow>& rows, IsRight is_right) {
  PairedTest test;
  for (const EvaluatedRow& row : rows) {
    const bool before = is_right(row.before.judgement), after = is_right(row.after.judgement);
    test.fixed += !before && after ? 1 : 0;
    test.broken += before && !after ? 1 : 0;
  }
  test.p_value = mcnemar_exact(test.fixed, test.broken);
  return test;
}

void pair_fields(EvaluateReport& report) {
  report.fields.clear();
  std::vector<double> p_values;
  for (std::size_t i = 0; i < report.field_keys.size(); ++i) {
    report.fields.push_back(pair_up(
        report.details, [i](const RowJudgement& judged) { return judged.field_errors[i] == FieldError::none; }));
    p_values.push_back(report.fields.back().p_value);
  }
  const std::vector<double> corrected = holm(p_values);
  for (std::size_t i = 0; i < corrected.size(); ++i) report.fields[i].p_value = corrected[i];
}

/// The label as JSON where it is an object, else its text.
Json expected_value(const std::string& label) {
  try {
    Json value = parse_json(label, "the label");
    if (value.is_object()) return value;
  } catch (const Error&) {
    // a label in words, which stays a text
  }
  return label;
}

}  // namespace

EvaluateReport summarize(const Task& task, EvaluateReport report) {
  report.field_keys.clear();
  for (const Field& field : task.fields) report.field_keys.push_back(field.key);
  if (report.task_name.empty()) report.task_name = task.name;
  if (report.before.present) count_side(report, report.before, &EvaluatedRow::before);
  if (report.after.present) count_side(report, report.after, &EvaluatedRow::after);
  report.rows = {};
  report.fields.clear();
  if (report.before.present && report.after.present) {
    report.rows = pair_up(report.details, [](const RowJudgement& judged) { return judged.exact; });
    pair_fields(report);
  }
  return report;
}

std::string original_counts(const SideScore& side) {
  const auto line = [](const char* name, std::int64_t count) {
    return std::string(name) + ": " + std::to_string(count) + " 条\n";
  };
  return line("样本数", side.exact.n) + line("响应正确", side.exact.k) + line("响应错误", side.exact.n - side.exact.k);
}

std::string predicted_line(const EvaluateReport& report, const EvaluatedRow& row, const RowAnswer& answer) {
  check_row(row, answer, report.field_keys.size());
  Json errors = Json::object();
  for (std::size_t i = 0; i < report.field_keys.size(); ++i) {
    const FieldError error = answer.judgement.field_errors[i];
    if (error != FieldError::none) errors[report.field_keys[i]] = to_string(error);
  }
  return dump_json({{"id", row.id},
                    {"input", row.input},
                    {"expected", expected_value(row.expected)},
                    {"predicted", answer.text},
                    {"valid_json", answer.judgement.valid_json},
                    {"exact", answer.judgement.exact},
                    {"errors", errors}});
}

}  // namespace minnow
