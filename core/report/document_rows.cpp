// The side-by-side rows: input, expected, before, after, differing characters marked; grouped by outcome. The answer is
// parsed again for display only, judged it has been already.
#include <algorithm>
#include <array>
#include <optional>

#include "core/evaluate/difference.h"
#include "core/io/json.h"
#include "core/report/document.h"
#include "core/text/graphemes.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t kPrinted = 6;         // examples of fixed and of right rows on paper
constexpr std::size_t kRawClusters = 1200;  // of an answer that isn't JSON

/// How a row went: with two sides broken, wrong, fixed or right; with one side wrong or right.
enum class RowOutcome { broken, wrong, fixed, right };

struct OutcomeText {
  RowOutcome outcome;
  const char* code;  // in attributes and anchors
  const char* sign;  // shape beside the word
  const char* Phrases::*name;
};

constexpr std::array<OutcomeText, 4> kOutcomes{{{RowOutcome::broken, "broken", "▼", &Phrases::broken},
                                                {RowOutcome::wrong, "wrong", "✕", &Phrases::wrong},
                                                {RowOutcome::fixed, "fixed", "▲", &Phrases::fixed},
                                                {RowOutcome::right, "right", "✓", &Phrases::right}}};

RowOutcome outcome_of(const EvaluateReport& report, const EvaluatedRow& row) {
  if (!report.before.present || !report.after.present) {
    const RowAnswer& answer = report.after.present ? row.after : row.before;
    return answer.judgement.exact ? RowOutcome::right : RowOutcome::wrong;
  }
  if (row.before.judgement.exact) return row.after.judgement.exact ? RowOutcome::right : RowOutcome::broken;
  return row.after.judgement.exact ? RowOutcome::fixed : RowOutcome::wrong;
}

std::optional<Json> object_in(const std::string& text) {
  try {
    Json json = parse_json(text, "the answer");
    if (json.is_object()) return json;
  } catch (const Error&) {
    // Shown as it came: that it isn't JSON is the judgement's business.
  }
  return std::nullopt;
}

// The first clusters of a text, with an ellipsis where there are more.
std::string beginning(const std::string& text, std::size_t clusters) {
  const auto all = graphemes(text);
  if (all.size() <= clusters) return text;
  return text.substr(0, static_cast<std::size_t>(all[clusters].data() - text.data())) + " …";
}

/// A text of which every character must be seen: blanks of odd kinds, tabs and line breaks get a sign.
std::string visible(std::string_view text) {
  std::string seen;
  for (const auto cluster : graphemes(text)) {
    if (cluster == " " || cluster == "\u3000" || cluster == "\u00A0")
      seen += "\u2423";
    else if (cluster == "\n")
      seen += "\u23CE";
    else if (cluster == "\t")
      seen += "\u21E5";
    else
      seen += cluster;
  }
  return seen;
}

class RowMaker {
 public:
  RowMaker(const EvaluateReport& report, Language language)
      : report_(report), language_(language), p_(phrases(language)) {}

  ReportRow row(const EvaluatedRow& row, bool on_paper) const {
    ReportRow made;
    made.id = row.id;
    made.input = row.input;
    made.on_paper = on_paper;
    if (report_.before.present) made.before_errors = error_list(row.before);
    if (report_.after.present) made.after_errors = error_list(row.after);
    made.table.kind = ReportTable::Kind::compared;
    made.table.head = {text_cell(p_.field), text_cell(p_.expected)};
    const auto label = object_in(row.expected);
    std::vector<std::vector<TableCell>> sides;  // one cell per field, or one for all where the answer is no object
    const auto side = [&](const RowAnswer& answer, const char* name) {
      made.table.head.push_back(text_cell(name));
      sides.push_back(cells(answer, label));
      if (std::string notes = notes_of(answer); !notes.empty()) made.notes.push_back({{name + (": " + notes)}});
    };
    if (report_.before.present) side(row.before, p_.before);
    if (report_.after.present) side(row.after, p_.after);
    for (std::size_t i = 0; i < report_.field_keys.size(); ++i) {
      std::vector<TableCell> line{text_cell(report_.field_keys[i]), {expected(label, i), {}}};
      for (const auto& column : sides)
        if (i < column.size()) line.push_back(column[i]);
      made.table.lines.push_back(std::move(line));
    }
    return made;
  }

 private:
  static TableCell text_cell(const std::string& text) { return {{{text}}, {}}; }

  // "field:kind" of the wrong fields, fields by number since keys may hold anything.
  static std::string error_list(const RowAnswer& answer) {
    std::string list;
    const auto& errors = answer.judgement.field_errors;
    for (std::size_t i = 0; i < errors.size(); ++i) {
      if (errors[i] == FieldError::none) continue;
      list += (list.empty() ? "" : " ") + std::to_string(i) + ":" + to_string(errors[i]);
    }
    return list;
  }

  Span word(const char* text) const { return {text, Span::Style::none, {}, {}}; }
  Span chip(FieldError error) const { return {error_name(error, language_), Span::Style::chip, {}, {}}; }

  Spans expected(const std::optional<Json>& label, std::size_t i) const {
    const auto found = label ? label->find(report_.field_keys[i]) : Json::const_iterator();
    if (!label || found == label->end()) return {word(p_.absent)};
    const std::string text = shown_json(*found);
    return {text.empty() ? word(p_.empty) : Span{text}};
  }

  std::string notes_of(const RowAnswer& answer) const {
    std::string notes;
    if (answer.cut_at_limit) notes += p_.cut_note;
    if (answer.fenced) notes += (notes.empty() ? "" : " ") + std::string(p_.fenced_note);
    if (answer.judgement.extra_keys) notes += (notes.empty() ? "" : " ") + std::string(p_.extra_note);
    return notes;
  }

  std::vector<TableCell> cells(const RowAnswer& answer, const std::optional<Json>& label) const {
    const auto object = answer.judgement.valid_json ? object_in(answer.text) : std::nullopt;
    if (!object) {
      TableCell whole{{{p_.not_json, Span::Style::caption, {}, {}},
                       chip(FieldError::bad_json),
                       {answer.text.empty() ? std::string(p_.empty) : beginning(answer.text, kRawClusters),
                        Span::Style::raw,
                        {},
                        {}}},
                      {}};
      whole.rows = static_cast<int>(report_.field_keys.size());
      return {std::move(whole)};
    }
    std::vector<TableCell> all;
    for (std::size_t i = 0; i < report_.field_keys.size(); ++i) all.push_back({value(answer, *object, label, i), {}});
    return all;
  }

  Spans value(const RowAnswer& answer, const Json& object, const std::optional<Json>& label, std::size_t i) const {
    const FieldError error = answer.judgement.field_errors.at(i);
    const auto given = object.find(report_.field_keys[i]);
    const std::string text = given == object.end() ? std::string() : shown_json(*given);
    Spans spans;
    if (given == object.end()) {
      spans = {word(p_.absent)};
    } else if (text.empty()) {
      spans = {word(p_.empty)};
    } else if (error == FieldError::none) {
      spans = {{text, Span::Style::right, {}, {}}};
    } else {
      const auto wanted = label ? label->find(report_.field_keys[i]) : Json::const_iterator();
      spans = marked_value(label && wanted != label->end() ? shown_json(*wanted) : std::string(), text);
    }
    if (error != FieldError::none) spans.push_back(chip(error));
    return spans;
  }

  const EvaluateReport& report_;
  Language language_;
  const Phrases& p_;
};

}  // namespace

Spans marked_value(const std::string& wanted, const std::string& given) {
  const auto pieces = difference(wanted, given);
  std::size_t same = 0;
  for (const auto& piece : pieces)
    if (piece.kind == DiffPiece::Kind::same) same += graphemes(piece.text).size();
  // With hardly anything in common, marks of what is left out would only repeat the other column.
  if (3 * same < graphemes(wanted).size()) return {{visible(given), Span::Style::added, {}, {}}};
  Spans spans;
  for (const auto& piece : pieces) {
    if (piece.kind == DiffPiece::Kind::same)
      spans.push_back({piece.text});
    else if (piece.kind == DiffPiece::Kind::added)
      spans.push_back({visible(piece.text), Span::Style::added, {}, {}});
    else
      spans.push_back({visible(piece.text), Span::Style::left_out, {}, {}});
  }
  return spans;
}

std::vector<RowGroup> row_groups(const EvaluateReport& report, const ReportOptions& options) {
  const Phrases& p = phrases(options.language);
  const RowMaker maker(report, options.language);
  std::vector<RowGroup> groups;
  std::size_t written = 0;
  for (const OutcomeText& outcome : kOutcomes) {
    std::vector<const EvaluatedRow*> found;
    for (const auto& row : report.details)
      if (outcome_of(report, row) == outcome.outcome) found.push_back(&row);
    if (found.empty()) continue;
    RowGroup group{outcome.code,
                   outcome.sign,
                   p.*outcome.name,
                   found.size() == 1 ? p.one_row : fill(p.row_count, {std::to_string(found.size())}),
                   {},
                   {}};
    const bool all_on_paper = outcome.outcome == RowOutcome::broken || outcome.outcome == RowOutcome::wrong;
    std::size_t room = std::min(found.size(), options.max_rows - std::min(written, options.max_rows));
    if (options.paper && !all_on_paper) room = std::min(room, kPrinted);
    for (std::size_t i = 0; i < room; ++i) group.rows.push_back(maker.row(*found[i], all_on_paper || i < kPrinted));
    written += room;
    if (!all_on_paper && room > kPrinted)
      group.rest.push_back(
          {{{fill(p.not_printed, {std::to_string(room - kPrinted)})}}, Paragraph::Kind::screen_left_out});
    if (room < found.size())
      group.rest.push_back(
          {{{fill(p.left_out_rows, {std::to_string(found.size() - room)})}}, Paragraph::Kind::caption});
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace minnow
