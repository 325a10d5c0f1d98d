// One block per row; the answer is parsed again for display only, judged it has been already.
#include "core/report/html_rows.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "core/evaluate/difference.h"
#include "core/io/json.h"
#include "core/text/graphemes.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t kPrinted = 6;         // examples of fixed and of right rows on paper
constexpr std::size_t kRawClusters = 1200;  // of an answer that isn't JSON

struct OutcomeText {
  RowOutcome outcome;
  const char* code;                 // in attributes and anchors
  const char* sign;                 // shape beside the word
  const char* Phrases::*name;
};

constexpr std::array<OutcomeText, 4> kOutcomes{{{RowOutcome::broken, "broken", "▼", &Phrases::broken},
                                                {RowOutcome::wrong, "wrong", "✕", &Phrases::wrong},
                                                {RowOutcome::fixed, "fixed", "▲", &Phrases::fixed},
                                                {RowOutcome::right, "right", "✓", &Phrases::right}}};

std::optional<Json> object_from(const std::string& text) {
  try {
    Json json = parse_json(text, "the answer");
    if (json.is_object()) return json;
  } catch (const Error&) {
    // Shown as it came: that it isn't JSON is the judgement's business.
  }
  return std::nullopt;
}

std::string value_html(const std::string& text, const char* css, const Phrases& p) {
  if (text.empty()) return "<span class=\"none\">" + std::string(p.empty) + "</span>";
  return "<span class=\"" + std::string(css) + "\">" + escape_html(text) + "</span>";
}

// The first clusters of a text, with an ellipsis where there are more.
std::string shortened(const std::string& text, std::size_t clusters) {
  const auto all = graphemes(text);
  if (all.size() <= clusters) return text;
  return text.substr(0, static_cast<std::size_t>(all[clusters].data() - text.data())) + " …";
}

// One side of one row, ready to be laid out in a column.
struct SideCells {
  bool is_object = false;
  std::vector<std::string> cells;  // one per field, or one for all when the answer is no object
  std::string notes;
};

class RowWriter {
 public:
  RowWriter(const EvaluateReport& report, ReportLanguage language)
      : report_(report), language_(language), p_(phrases(language)) {}

  std::string row(const EvaluatedRow& row, const OutcomeText& outcome, bool on_paper) const {
    std::string html = "<article class=\"row" + std::string(on_paper ? "" : " screen-only") + "\" data-outcome=\"" +
                       outcome.code + "\"";
    if (report_.before.present) html += " data-before=\"" + error_list(row.before) + "\"";
    if (report_.after.present) html += " data-after=\"" + error_list(row.after) + "\"";
    html += ">\n<div class=\"input\"><span class=\"status " + std::string(outcome.code) + "\">" + outcome.sign + " " +
            p_.*outcome.name + "</span><span class=\"said\">" + escape_html(row.input) + "</span><span class=\"id\">" +
            escape_html(row.id) + "</span></div>\n";
    return html + table(row) + "</article>\n";
  }

 private:
  // "field:kind" of the wrong fields, fields by number since keys may hold anything.
  std::string error_list(const RowAnswer& answer) const {
    std::string list;
    const auto& errors = answer.judgement.field_errors;
    for (std::size_t i = 0; i < errors.size(); ++i) {
      if (errors[i] == FieldError::none) continue;
      list += (list.empty() ? "" : " ") + std::to_string(i) + ":" + to_string(errors[i]);
    }
    return list;
  }

  std::string table(const EvaluatedRow& row) const {
    const auto label = object_from(row.expected);
    std::vector<std::pair<const char*, SideCells>> sides;
    if (report_.before.present) sides.emplace_back(p_.before, side(row.before, label));
    if (report_.after.present) sides.emplace_back(p_.after, side(row.after, label));
    std::string html = "<table><tr><th>" + std::string(p_.field) + "</th><th>" + p_.expected + "</th>";
    for (const auto& [name, cells] : sides) html += "<th>" + std::string(name) + "</th>";
    html += "</tr>\n";
    const std::size_t fields = report_.field_keys.size();
    for (std::size_t i = 0; i < fields; ++i) {
      html += "<tr><td>" + escape_html(report_.field_keys[i]) + "</td><td>" + expected_cell(label, i) + "</td>";
      for (const auto& [name, cells] : sides) {
        if (cells.is_object) html += "<td>" + cells.cells[i] + "</td>";
        else if (i == 0) html += "<td rowspan=\"" + std::to_string(fields) + "\">" + cells.cells[0] + "</td>";
      }
      html += "</tr>\n";
    }
    html += "</table>";
    for (const auto& [name, cells] : sides) {
      if (!cells.notes.empty()) html += "<p class=\"note\">" + std::string(name) + ": " + cells.notes + "</p>";
    }
    return html;
  }

  std::string expected_cell(const std::optional<Json>& label, std::size_t i) const {
    const auto found = label ? label->find(report_.field_keys[i]) : Json::const_iterator();
    if (!label || found == label->end()) return "<span class=\"none\">" + std::string(p_.absent) + "</span>";
    return value_html(shown_json(*found), "v", p_);
  }

  SideCells side(const RowAnswer& answer, const std::optional<Json>& label) const {
    SideCells cells;
    if (answer.cut_at_limit) cells.notes += p_.cut_note;
    if (answer.judgement.extra_keys) cells.notes += (cells.notes.empty() ? "" : " ") + std::string(p_.extra_note);
    const auto object = answer.judgement.valid_json ? object_from(answer.text) : std::nullopt;
    if (!object) {
      cells.cells.push_back("<span class=\"caption\">" + std::string(p_.not_json) + "</span>" +
                            chip(FieldError::bad_json) + "<div class=\"raw\">" +
                            (answer.text.empty() ? std::string(p_.empty) : escape_html(shortened(answer.text, kRawClusters))) +
                            "</div>");
      return cells;
    }
    cells.is_object = true;
    for (std::size_t i = 0; i < report_.field_keys.size(); ++i) {
      cells.cells.push_back(field_cell(answer, *object, label, i));
    }
    return cells;
  }

  std::string field_cell(const RowAnswer& answer, const Json& object, const std::optional<Json>& label,
                         std::size_t i) const {
    const FieldError error = answer.judgement.field_errors.at(i);
    const auto given = object.find(report_.field_keys[i]);
    if (given == object.end()) return "<span class=\"none\">" + std::string(p_.absent) + "</span>" + chip(error);
    const std::string text = shown_json(*given);
    if (error == FieldError::none) return value_html(text, "v ok", p_);
    if (text.empty()) return value_html(text, "v", p_) + chip(error);
    const auto wanted = label ? label->find(report_.field_keys[i]) : Json::const_iterator();
    const std::string wanted_text = label && wanted != label->end() ? shown_json(*wanted) : std::string();
    return "<span class=\"v\">" + marked_value(wanted_text, text) + "</span>" + chip(error);
  }

  std::string chip(FieldError error) const {
    if (error == FieldError::none) return {};
    return "<span class=\"chip\">" + std::string(error_name(error, language_)) + "</span>";
  }

  const EvaluateReport& report_;
  ReportLanguage language_;
  const Phrases& p_;
};

}  // namespace

RowOutcome outcome_of(const EvaluateReport& report, const EvaluatedRow& row) {
  if (!report.before.present || !report.after.present) {
    const RowAnswer& answer = report.after.present ? row.after : row.before;
    return answer.judgement.exact ? RowOutcome::right : RowOutcome::wrong;
  }
  if (row.before.judgement.exact) return row.after.judgement.exact ? RowOutcome::right : RowOutcome::broken;
  return row.after.judgement.exact ? RowOutcome::fixed : RowOutcome::wrong;
}

std::string marked_value(const std::string& wanted, const std::string& given) {
  const auto pieces = difference(wanted, given);
  std::size_t same = 0;
  for (const auto& piece : pieces) {
    if (piece.kind == DiffPiece::Kind::same) same += graphemes(piece.text).size();
  }
  // With hardly anything in common, marks of what is left out would only repeat the other column.
  if (3 * same < graphemes(wanted).size()) return "<ins>" + escape_visible(given) + "</ins>";
  std::string html;
  for (const auto& piece : pieces) {
    if (piece.kind == DiffPiece::Kind::same) html += escape_html(piece.text);
    else if (piece.kind == DiffPiece::Kind::added) html += "<ins>" + escape_visible(piece.text) + "</ins>";
    else html += "<del>" + escape_visible(piece.text) + "</del>";
  }
  return html;
}

std::string rows_html(const EvaluateReport& report, std::size_t max_rows, ReportLanguage language) {
  const Phrases& p = phrases(language);
  const RowWriter writer(report, language);
  std::string html;
  std::size_t written = 0;
  for (const OutcomeText& outcome : kOutcomes) {
    std::vector<const EvaluatedRow*> group;
    for (const auto& row : report.details) {
      if (outcome_of(report, row) == outcome.outcome) group.push_back(&row);
    }
    if (group.empty()) continue;
    html += "<div class=\"group\" id=\"" + std::string(outcome.code) + "\">\n<h3>" + outcome.sign + " " +
            p.*outcome.name + " <span class=\"caption\">" +
            (group.size() == 1 ? p.one_row : fill(p.row_count, {std::to_string(group.size())})) + "</span></h3>\n";
    const std::size_t room = std::min(group.size(), max_rows - std::min(written, max_rows));
    const bool all_on_paper = outcome.outcome == RowOutcome::broken || outcome.outcome == RowOutcome::wrong;
    for (std::size_t i = 0; i < room; ++i) html += writer.row(*group[i], outcome, all_on_paper || i < kPrinted);
    written += room;
    if (!all_on_paper && room > kPrinted) {
      html += "<p class=\"caption print-only\">" + fill(p.not_printed, {std::to_string(room - kPrinted)}) + "</p>\n";
    }
    if (room < group.size()) {
      html += "<p class=\"caption\">" + fill(p.left_out_rows, {std::to_string(group.size() - room)}) + "</p>\n";
    }
    html += "</div>\n";
  }
  return html;
}

}  // namespace minnow
