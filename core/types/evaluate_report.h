// What an evaluation found: per row, per field, before and after.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace minnow {

/// Why a field is wrong; every wrong field has exactly one.
enum class FieldError {
  none, missing, invented, cut_short, too_long, wrong_level, digit_slip, swapped, suffix_form, bad_json, other
};
const char* to_string(FieldError error);  ///< "missing", "invented", "cut_short", …
/// Inverse of to_string. Throws Error(format) naming the value.
FieldError field_error_from(const std::string& name);

/// One answer judged against the wanted one.
struct RowJudgement {
  bool valid_json = false;
  bool exact = false;                    ///< valid, exactly the task's keys, every value equal after NFC
  std::vector<FieldError> field_errors;  ///< one per field of the task, none = right
  std::vector<double> confidence;        ///< per field: product of its value tokens' probabilities; empty when unknown
  bool extra_keys = false;               ///< a key that the task doesn't have, or one twice
};

/// One side of the comparison for one row.
struct RowAnswer {
  std::string text;          ///< without the stop token
  RowJudgement judgement;
  bool cut_at_limit = false; ///< the length limit ended it
  bool fenced = false;       ///< the task's JSON stands in a Markdown fence or behind a thinking block
  bool exact_inside = false; ///< fenced, and right without that
};

struct EvaluatedRow {
  std::string id, input, expected;
  RowAnswer before, after;   ///< before: untuned; after: tuned
};

/// k of n with its 95 % Wilson interval.
struct Share {
  std::int64_t k = 0, n = 0;
  double low = 0.0, high = 0.0;
  double value() const { return n == 0 ? 0.0 : static_cast<double>(k) / static_cast<double>(n); }
};

struct SideScore {
  bool present = false;
  Share exact, valid_json;
  std::vector<Share> fields;                        ///< per field of the task
  std::map<FieldError, std::int64_t> errors;        ///< counts over all fields and rows; none isn't in it
  std::int64_t extra_keys = 0;                      ///< rows with a key too many
  std::int64_t cut_at_limit = 0;                    ///< rows that the length limit ended
  std::int64_t fenced = 0, exact_inside = 0;        ///< rows whose JSON is fenced, and those of them right without the fence
  std::string model, adapter;                       ///< names for people; adapter is empty when there's none
  std::string model_hash, adapter_hash, prompt;     ///< whose answers these are, asked how
  std::string trained_prompt;                       ///< the system prompt that the model was trained under, where known
  std::int64_t other_prompt_rows = 0;               ///< rows that were asked under another one
  double seconds = 0.0, tokens_per_second = 0.0;

  std::int64_t count_of(FieldError kind) const {
    const auto found = errors.find(kind);
    return found == errors.end() ? 0 : found->second;
  }
};

/// Paired comparison over the same rows.
struct PairedTest {
  std::int64_t fixed = 0, broken = 0;  ///< wrong → right, right → wrong
  double p_value = 1.0;                ///< exact McNemar, two-sided; for fields after Holm's correction
};

struct EvaluateReport {
  std::vector<std::string> field_keys;
  SideScore before, after;
  PairedTest rows;
  std::vector<PairedTest> fields;
  std::vector<EvaluatedRow> details;
  std::string task_name;
  std::string data_name, created;      ///< file or split; ISO 8601 time
  std::string machine;                 ///< device, dtype, threads: "CPU, bf16, 2 threads"
  std::int64_t bf16_row_differences = -1;  ///< rows whose answer differs from drafts-off decoding; < 0 when not checked
};

/// How much larger the share of rows right is after than before, with its 95 % interval.
struct Gain {
  double value = 0.0, low = 0.0, high = 0.0;  ///< shares of all rows, -1 to 1
};

/// Of `rows` pairs. Interval: Agresti and Min 2005, half a row added to each of the four kinds of pair, which holds for
/// few rows too. Nothing is known of no rows: -1 to 1.
Gain gain_of(const PairedTest& test, std::int64_t rows);

/// What an evaluation of both sides says. not_learned: the tuned model is right on no row, or on fewer than a tenth by the
/// upper end of its interval. better, worse: p < 0.05 and the gain's interval lies on one side of 0.
enum class Finding { no_rows, one_side, not_learned, no_change, maybe_chance, better, worse };
Finding finding_of(const EvaluateReport& report);

/// The kinds of error that a report counts at least once, on either side, in their order.
std::vector<FieldError> occurring_errors(const EvaluateReport& report);

}  // namespace minnow
