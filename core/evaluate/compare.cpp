// Parses each answer once and marks each value.
#include "core/evaluate/compare.h"

#include <optional>

#include "core/data/label_form.h"
#include "core/evaluate/difference.h"
#include "core/io/json.h"

namespace minnow {
namespace {

std::optional<Json> object_from(const std::string& text) {
  LabelText read = read_label(text);
  return read.form == LabelShape::object ? std::move(read.object) : std::nullopt;
}

std::vector<MarkedPiece> marked(const std::string& wanted, const std::string& given) {
  std::vector<MarkedPiece> pieces;
  for (const DiffPiece& piece : difference(wanted, given)) {
    const auto kind = piece.kind == DiffPiece::Kind::same    ? MarkedPiece::Kind::same
                      : piece.kind == DiffPiece::Kind::added ? MarkedPiece::Kind::added
                                                             : MarkedPiece::Kind::left_out;
    pieces.push_back({kind, piece.text});
  }
  return pieces;
}

ComparedValue value_of(const RowAnswer& answer, const std::optional<Json>& given, const std::string& key, std::size_t i,
                       const std::string& expected) {
  ComparedValue value;
  const RowJudgement& judged = answer.judgement;
  value.error = i < judged.field_errors.size() ? judged.field_errors[i] : FieldError::bad_json;
  if (i < judged.confidence.size()) value.confidence = judged.confidence[i];
  const auto found = given ? given->find(key) : Json::const_iterator();
  value.absent = !given || found == given->end();
  if (value.absent) return value;
  const std::string text = shown_json(*found);
  if (value.error == FieldError::none)
    value.pieces = {{MarkedPiece::Kind::same, text}};  // equal up to NFC
  else
    value.pieces = marked(expected, text);
  return value;
}

}  // namespace

std::vector<ComparedRow> compared_rows(const EvaluateReport& report) {
  std::vector<ComparedRow> rows;
  rows.reserve(report.details.size());
  for (const EvaluatedRow& row : report.details) {
    ComparedRow out;
    out.id = row.id;
    out.input = row.input;
    out.before_present = report.before.present;
    out.after_present = report.after.present;
    out.before_exact = row.before.judgement.exact;
    out.after_exact = row.after.judgement.exact;
    out.before_json = row.before.judgement.valid_json;
    out.after_json = row.after.judgement.valid_json;
    const auto label = object_from(row.expected);
    const auto before = object_from(row.before.text), after = object_from(row.after.text);
    if (!before) out.before_text = row.before.text;
    if (!after) out.after_text = row.after.text;
    for (std::size_t i = 0; i < report.field_keys.size(); ++i) {
      ComparedField field;
      if (label && label->contains(report.field_keys[i]))
        field.expected = shown_json(label->at(report.field_keys[i]));
      else if (!label && i == 0)
        field.expected = row.expected;
      if (report.before.present) field.before = value_of(row.before, before, report.field_keys[i], i, field.expected);
      if (report.after.present) field.after = value_of(row.after, after, report.field_keys[i], i, field.expected);
      out.fields.push_back(std::move(field));
    }
    rows.push_back(std::move(out));
  }
  return rows;
}

}  // namespace minnow
