// Draws the document block by block.
#include "core/report/html.h"

#include "core/io/file.h"
#include "core/report/html_style.h"
#include "core/report/html_text.h"
#include "core/report/svg.h"

namespace minnow {
namespace {

// Base64 (RFC 4648) of bytes given in hexadecimal: how a content security policy spells a hash.
std::string base64_from_hex(const std::string& hex) {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  unsigned bits = 0;
  int held = 0;
  for (const char digit : hex) {
    bits = bits << 4 | static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    held += 4;
    if (held >= 6) {
      held -= 6;
      text += alphabet[bits >> held & 63u];
    }
  }
  if (held > 0) text += alphabet[bits << (6 - held) & 63u];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string tag(const char* name, const std::string& css, const std::string& content) {
  return "<" + std::string(name) + (css.empty() ? "" : " class=\"" + css + "\"") + ">" + content + "</" + name + ">";
}

const char* element_of(Span::Style style) {
  switch (style) {
    case Span::Style::strong:
      return "strong";
    case Span::Style::added:
      return "ins";
    case Span::Style::left_out:
      return "del";
    case Span::Style::raw:
    case Span::Style::prompt:
      return "div";
    default:
      return "span";
  }
}

const char* class_of(Span::Style style) {
  switch (style) {
    case Span::Style::caption:
      return "caption";
    case Span::Style::chip:
      return "chip";
    case Span::Style::none:
      return "none";
    case Span::Style::right:
      return "ok";
    case Span::Style::hash:
      return "hash";
    case Span::Style::raw:
      return "raw";
    case Span::Style::prompt:
      return "prompt";
    default:
      return "";
  }
}

std::string html_of(const Span& span) {
  std::string html = escape_html(span.text);
  // A count leads to its rows; with script to exactly these, without to the rows' section.
  if (!span.filter.empty())
    html = "<a href=\"#" + span.anchor + "\" data-filter=\"" + escape_html(span.filter) + "\">" + html + "</a>";
  if (span.style == Span::Style::plain) return html;
  if (span.style == Span::Style::side_before) return tag("span", "mark before", "") + html + " &nbsp; ";
  if (span.style == Span::Style::side_after) return tag("span", "mark after", "") + html;
  return tag(element_of(span.style), class_of(span.style), html);
}

std::string html_of(const Spans& spans) {
  std::string html;
  for (const Span& span : spans) html += html_of(span);
  return html;
}

class Page {
 public:
  explicit Page(const ReportDocument& document) : d_(document), p_(phrases(document.language)) {}

  std::string html() const {
    const std::string script(report_script);
    std::string page = "<!DOCTYPE html>\n<html lang=\"" + std::string(p_.lang) +
                       "\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                       "'unsafe-inline'; script-src 'sha256-" +
                       base64_from_hex(sha256_hex(script)) +
                       "'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                       escape_html(d_.heading) + " \u2013 " + p_.title + "</title>\n<style>" +
                       std::string(report_style) + figure_style() + "</style>\n</head>\n<body>\n<main>\n<header>" +
                       tag("div", "kicker", p_.title) + "<h1>" + escape_html(d_.heading) + "</h1>" +
                       tag("p", "caption", escape_html(d_.caption)) + "</header>\n";
    for (const ReportSection& section : d_.sections) page += html_section(section);
    return page + tag("footer", "", escape_html(d_.footer)) + "\n</main>\n<script>" + script +
           "</script>\n</body>\n</html>\n";
  }

 private:
  std::string html_section(const ReportSection& section) const {
    std::string html = section.rows ? "<section id=\"rows\">" : "<section>";
    if (!section.heading.empty()) html += tag("h2", "", section.heading);
    bool filters_drawn = !section.rows, first_headline = true;
    for (const ReportBlock& block : section.blocks) {
      if (!filters_drawn && std::holds_alternative<RowGroup>(block)) {
        html += filters(section);
        filters_drawn = true;
      }
      if (const auto* headline = std::get_if<Headline>(&block)) {
        html += draw(*headline, first_headline);
        first_headline = false;
      } else {
        html += std::visit([&](const auto& b) { return draw(b); }, block);
      }
    }
    return html + "</section>\n";
  }

  std::string draw(const SubHeading& heading) const { return tag("h3", "", escape_html(heading.text)); }
  std::string draw(const Figure& figure) const { return svg_element(figure); }
  std::string draw(const Headline& headline) const { return draw(headline, true); }

  std::string draw(const Paragraph& paragraph) const {
    const char* css = paragraph.kind == Paragraph::Kind::body      ? ""
                      : paragraph.kind == Paragraph::Kind::caption ? "caption"
                                                                   : "caption print-only";
    return tag("p", css, html_of(paragraph.spans));
  }

  std::string draw(const Headline& headline, bool first) const {
    std::string sides;
    for (const Headline::Side& side : headline.sides) {
      if (!sides.empty()) sides += "<div class=\"arrow\" aria-hidden=\"true\">→</div>";
      std::string captions;
      for (const std::string& caption : side.captions) captions += tag("div", "caption", escape_html(caption));
      sides += tag("div", side.is_after ? "figure after" : "figure before",
                   tag("div", "side", side.name) + tag("div", "value", side.value) + captions);
    }
    return tag(
        "div", first ? "measure" : "measure second",
        tag("h3", "", headline.name) + tag("div", "figures", sides) + tag("div", "scale", svg_element(headline.scale)));
  }

  std::string draw(const FindingBlock& finding) const {
    std::string html;
    for (const Paragraph& paragraph : finding.paragraphs) html += draw(paragraph);
    return tag("div", finding.doubt ? "finding doubt" : "finding", html);
  }

  static std::string cell(const char* name, const TableCell& cell, const std::string& css) {
    std::string html = "<" + std::string(name);
    if (cell.columns > 1) html += " colspan=\"" + std::to_string(cell.columns) + "\"";
    if (cell.rows > 1) html += " rowspan=\"" + std::to_string(cell.rows) + "\"";
    const std::string all = css + (cell.number ? "number" : "");
    if (!all.empty()) html += " class=\"" + all + "\"";
    return html + ">" + html_of(cell.spans) + (cell.figure ? svg_element(*cell.figure) : "") + "</" + name + ">";
  }

  std::string draw(const ReportTable& table) const {
    using Kind = ReportTable::Kind;
    std::string html = table.kind == Kind::facts ? "<table class=\"facts\">" : "<table>";
    if (!table.head.empty()) {
      html += "<tr>";
      for (const TableCell& head : table.head) html += cell("th", head, "");
      html += "</tr>\n";
    }
    for (const auto& line : table.lines) {
      html += "<tr>";
      for (std::size_t i = 0; i < line.size(); ++i) {
        const bool head = table.kind == Kind::facts && i == 0;
        const char* css = line[i].figure                          ? (table.kind == Kind::shares ? "bars" : "counts")
                          : table.kind == Kind::compared && i > 0 ? "v"
                                                                  : "";
        html += cell(head ? "th" : "td", line[i], css);
      }
      html += "</tr>\n";
    }
    return html + "</table>";
  }

  std::string draw(const RowGroup& group) const {
    std::string html = "<div class=\"group\" id=\"" + group.code + "\">\n" +
                       tag("h3", "", group.sign + " " + group.name + " " + tag("span", "caption", group.count)) + "\n";
    for (const ReportRow& row : group.rows) html += draw(row, group);
    for (const Paragraph& paragraph : group.rest) html += draw(paragraph) + "\n";
    return html + "</div>\n";
  }

  std::string draw(const ReportRow& row, const RowGroup& group) const {
    std::string html = "<article class=\"row" + std::string(row.on_paper ? "" : " screen-only") + "\" data-outcome=\"" +
                       group.code + "\"";
    if (row.before_errors) html += " data-before=\"" + *row.before_errors + "\"";
    if (row.after_errors) html += " data-after=\"" + *row.after_errors + "\"";
    html += ">\n" +
            tag("div", "input",
                tag("span", "status " + group.code, group.sign + " " + group.name) +
                    tag("span", "said", escape_html(row.input)) + tag("span", "id", escape_html(row.id))) +
            "\n" + draw(row.table);
    for (const Spans& note : row.notes) html += tag("p", "note", html_of(note));
    return html + "</article>\n";
  }

  std::string filters(const ReportSection& section) const {
    std::string html =
        "<div class=\"filters\"><button value=\"\" aria-pressed=\"true\">" + std::string(p_.filter_all) + "</button>";
    for (const ReportBlock& block : section.blocks) {
      const auto* group = std::get_if<RowGroup>(&block);
      if (group) html += "<button value=\"" + group->code + "\" aria-pressed=\"false\">" + group->name + "</button>";
    }
    html += "<select id=\"field\" aria-label=\"" + std::string(p_.field) + "\"><option value=\"\">" + p_.filter_field +
            "</option>";
    for (std::size_t i = 0; i < d_.fields.size(); ++i)
      html += "<option value=\"" + std::to_string(i) + "\">" + escape_html(d_.fields[i]) + "</option>";
    html += "</select><select id=\"kind\" aria-label=\"" + std::string(p_.kind) + "\"><option value=\"\">" +
            p_.filter_kind + "</option>";
    for (const auto& [code, name] : d_.kinds) html += "<option value=\"" + code + "\">" + name + "</option>";
    return html + "</select><input id=\"search\" type=\"search\" placeholder=\"" + p_.filter_search +
           "\" aria-label=\"" + p_.filter_search + "\"><span class=\"caption\"><span id=\"shown\"></span> " + p_.shown +
           "</span></div>\n";
  }

  const ReportDocument& d_;
  const Phrases& p_;
};

}  // namespace

std::string report_html(const ReportDocument& document) { return Page(document).html(); }

void write_report_html(const std::filesystem::path& path, const EvaluateReport& report, const ReportOptions& options) {
  write_file_atomic(path, report_html(report_document(report, options)));
}

}  // namespace minnow
