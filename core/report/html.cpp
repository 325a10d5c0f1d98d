// Puts the page together, section by section.
#include "core/report/html.h"

#include <algorithm>
#include <array>

#include "core/evaluate/statistics.h"
#include "core/io/file.h"
#include "core/report/html_figures.h"
#include "core/report/html_rows.h"
#include "core/report/html_style.h"
#include "core/text/number_text.h"

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

std::string tag(const char* name, const char* css, const std::string& content) {
  return "<" + std::string(name) + " class=\"" + css + "\">" + content + "</" + name + ">";
}

// A count that leads to its rows; with script to exactly these, without to the rows' section.
std::string link(const std::string& text, const std::string& filter_json, const char* anchor) {
  return "<a href=\"#" + std::string(anchor) + "\" data-filter=\"" + escape_html(filter_json) + "\">" + text + "</a>";
}

// "2026-11-25 20:59" of "2026-11-25T20:59:57+0000"; another text as it is.
std::string minute_of(const std::string& iso) {
  if (iso.size() < 16 || iso[10] != 'T') return iso;
  return iso.substr(0, 10) + " " + iso.substr(11, 5);
}

class Page {
 public:
  Page(const EvaluateReport& report, const HtmlOptions& options)
      : report_(report), options_(options), language_(options.language), p_(phrases(options.language)) {}

  std::string html() const {
    const std::string script(report_script);
    std::string page = "<!DOCTYPE html>\n<html lang=\"" + std::string(p_.lang) +
                       "\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                       "'unsafe-inline'; script-src 'sha256-" + base64_from_hex(sha256_hex(script)) +
                       "'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                       escape_html(heading()) + " \u2013 " + p_.title + "</title>\n<style>" +
                       std::string(report_style) + "</style>\n</head>\n<body>\n<main>\n";
    page += header() + headline() + fields() + errors() + training() + rows() + how();
    return page + "</main>\n<script>" + script + "</script>\n</body>\n</html>\n";
  }

 private:
  bool two_sides() const { return report_.before.present && report_.after.present; }
  const SideScore& any_side() const { return report_.after.present ? report_.after : report_.before; }
  const Share* before(const Share& share) const { return report_.before.present ? &share : nullptr; }
  const Share* after(const Share& share) const { return report_.after.present ? &share : nullptr; }
  std::string percent(double share) const { return share_text(share, language_); }

  std::string heading() const {
    if (!options_.title.empty()) return options_.title;
    return report_.task_name.empty() ? std::string(p_.title) : report_.task_name;
  }

  std::string header() const {
    const std::string rows =
        fill(p_.rows_of, {std::to_string(report_.details.size()), escape_html(report_.data_name)});
    std::string line = rows;
    const std::string model = any_side().model;
    if (!model.empty()) line += " · " + escape_html(model);
    if (!report_.created.empty()) line += " · " + fill(p_.created, {escape_html(minute_of(report_.created))});
    return "<header>" + tag("div", "kicker", p_.title) + "<h1>" + escape_html(heading()) + "</h1>" +
           tag("p", "caption", line) + "</header>\n";
  }

  std::string figure(const char* side, const char* name, const Share& share) const {
    return "<div class=\"figure " + std::string(side) + "\">" + tag("div", "side", name) +
           tag("div", "value", percent(share.value())) +
           tag("div", "caption", fill(p_.share_of_rows, {std::to_string(share.k), std::to_string(share.n)})) +
           tag("div", "caption", fill(p_.interval, {percent(share.low), percent(share.high)})) + "</div>";
  }

  std::string measure(const char* name, const Share& was, const Share& is, bool first) const {
    std::string html = "<div class=\"measure" + std::string(first ? "" : " second") + "\"><h3>" + name +
                       "</h3><div class=\"figures\">";
    if (report_.before.present) html += figure("before", p_.before, was);
    if (two_sides()) html += "<div class=\"arrow\" aria-hidden=\"true\">→</div>";
    if (report_.after.present) html += figure("after", p_.after, is);
    html += "</div>";
    return html + tag("div", "scale", headline_scale(before(was), after(is), language_)) + "</div>";
  }

  std::string finding() const {
    const Share& exact = any_side().exact;
    const Finding found = finding_of(report_);
    std::string text;
    if (found == Finding::no_rows) {
      text = tag("p", "", p_.no_rows);
    } else if (!two_sides()) {
      text = tag("p", "", fill(p_.one_side_sentence, {std::to_string(exact.k), std::to_string(exact.n),
                                                      std::to_string(any_side().valid_json.k)}));
    } else {
      const PairedTest& test = report_.rows;
      text = tag("p", "",
                 fill(p_.pair_sentence,
                      {link(std::to_string(test.fixed), R"({"outcome":"fixed"})", "fixed"),
                       link(std::to_string(test.broken), R"({"outcome":"broken"})", "broken"),
                       escape_html(p_value_text(test.p_value))}));
    }
    const Gain gain = gain_of(report_.rows, exact.n);
    const char* meaning = found == Finding::not_learned    ? p_.not_learned
                          : found == Finding::no_change    ? p_.no_change
                          : found == Finding::maybe_chance ? p_.maybe_chance
                          : found == Finding::better       ? p_.better
                          : found == Finding::worse        ? p_.worse
                                                           : nullptr;
    if (meaning) text += tag("p", "", fill(meaning, {points_text(gain.low), points_text(gain.high)}));
    const bool doubt = meaning && found != Finding::better;
    if (!report_.details.empty() && report_.details.size() < 50) {
      text += tag("p", "caption", fill(p_.few_rows, {std::to_string(report_.details.size())}));
    }
    return tag("div", doubt ? "finding doubt" : "finding", text);
  }

  std::string headline() const {
    return "<section>" + measure(p_.exact_rows, report_.before.exact, report_.after.exact, true) +
           measure(p_.valid_json, report_.before.valid_json, report_.after.valid_json, false) + finding() +
           "</section>\n";
  }

  std::string side_legend() const {
    std::string html;
    if (report_.before.present) html += "<span class=\"mark before\"></span>" + std::string(p_.before) + " &nbsp; ";
    if (report_.after.present) html += "<span class=\"mark after\"></span>" + std::string(p_.after);
    return tag("p", "caption", html);
  }

  static Share field_share(const SideScore& side, std::size_t i) { return side.present ? side.fields.at(i) : Share{}; }

  std::string fields() const {
    if (report_.field_keys.empty() || report_.details.empty()) return {};
    std::string html = "<section><h2>" + std::string(p_.fields) + "</h2>" + tag("p", "caption", p_.fields_caption) +
                       side_legend() + "<table><tr><th>" + p_.field + "</th><th></th>";
    if (report_.before.present) html += tag("th", "number", p_.before);
    if (report_.after.present) html += tag("th", "number", p_.after);
    if (two_sides()) {
      html += tag("th", "number", p_.fixed_n) + tag("th", "number", p_.broken_n) + tag("th", "number", p_.p_holm);
    }
    html += "</tr>\n";
    for (std::size_t i = 0; i < report_.field_keys.size(); ++i) html += field_line(i);
    return html + "</table></section>\n";
  }

  std::string field_line(std::size_t i) const {
    const Share was = field_share(report_.before, i), is = field_share(report_.after, i);
    const std::string filter = "{\"field\":\"" + std::to_string(i) + "\"}";
    std::string html = "<tr><td>" + link(escape_html(report_.field_keys[i]), filter, "rows") + "</td>" +
                       tag("td", "bars", share_bars(before(was), after(is), language_));
    if (report_.before.present) html += tag("td", "number", percent(was.value()));
    if (report_.after.present) html += tag("td", "number", percent(is.value()));
    if (two_sides()) {
      const PairedTest& test = report_.fields.at(i);
      html += tag("td", "number", std::to_string(test.fixed)) + tag("td", "number", std::to_string(test.broken)) +
              tag("td", "number", escape_html(p_value_text(test.p_value)));
    }
    return html + "</tr>\n";
  }

  std::string errors() const {
    if (report_.details.empty()) return {};
    std::vector<FieldError> kinds = occurring_errors(report_);
    std::int64_t largest = 0;
    for (const FieldError kind : kinds) {
      largest = std::max({largest, report_.before.count_of(kind), report_.after.count_of(kind)});
    }
    std::stable_sort(kinds.begin(), kinds.end(), [&](FieldError a, FieldError b) {
      return report_.before.count_of(a) + report_.after.count_of(a) >
             report_.before.count_of(b) + report_.after.count_of(b);
    });
    std::string html = "<section><h2>" + std::string(p_.errors) + "</h2>";
    if (kinds.empty()) return html + tag("p", "caption", p_.no_errors) + "</section>\n";
    html += tag("p", "caption", p_.errors_caption) + "<table><tr><th>" + p_.kind + "</th><th></th>";
    if (report_.before.present) html += "<th colspan=\"2\">" + std::string(p_.before) + "</th>";
    if (report_.after.present) html += "<th colspan=\"2\">" + std::string(p_.after) + "</th>";
    html += "</tr>\n";
    for (const FieldError kind : kinds) html += error_line(kind, largest);
    return html + "</table>" + side_notes() + "</section>\n";
  }

  std::string error_line(FieldError kind, std::int64_t largest) const {
    std::string html = "<tr><td>" + std::string(error_name(kind, language_)) + "</td>" +
                       tag("td", "caption", error_meaning(kind, language_));
    for (const auto& [side, name] : {std::pair{&report_.before, "before"}, std::pair{&report_.after, "after"}}) {
      if (!side->present) continue;
      const std::int64_t count = side->count_of(kind);
      const std::string filter =
          std::string("{\"kind\":\"") + to_string(kind) + "\",\"side\":\"" + name + "\"}";
      html += tag("td", "number", count > 0 ? link(std::to_string(count), filter, "rows") : std::string("0")) +
              tag("td", "counts", count_bar(count, largest, side == &report_.after));
    }
    return html + "</tr>\n";
  }

  std::string side_notes() const {
    std::string html;
    for (const auto& [side, name] : {std::pair{&report_.before, p_.before}, std::pair{&report_.after, p_.after}}) {
      std::string notes;
      if (side->extra_keys > 0) notes += " " + fill(p_.extra_keys, {std::to_string(side->extra_keys)});
      if (side->cut_at_limit > 0) notes += " " + fill(p_.cut_at_limit, {std::to_string(side->cut_at_limit)});
      if (side->present && !notes.empty()) html += tag("p", "caption aside", std::string(name) + ":" + notes);
    }
    return html;
  }

  // English readers get the verdict's own sentence; in other languages its figures are spelled out here.
  std::string verdict_text(const Verdict& verdict) const {
    if (language_ == ReportLanguage::english) return escape_html(verdict.sentence);
    const bool chinese = language_ == ReportLanguage::chinese;
    std::string text = fit_name(verdict.fit, language_);
    const auto add = [&](const std::string& part) { text += (chinese ? "；" : "; ") + part; };
    if (verdict.best_step > 0) add(fill(p_.verdict_best, {std::to_string(verdict.best_step)}));
    if (verdict.gap == verdict.gap) add(fill(p_.verdict_gap, {short_text(verdict.gap, 2)}));  // not NaN
    if (verdict.fit != Fit::too_early && verdict.fit != Fit::diverging) {
      add(fill(p_.verdict_slope, {short_text(verdict.eval_slope, 2), short_text(verdict.eval_slope_error, 1)}));
    }
    return text + (chinese ? "。" : ".");
  }

  std::string training() const {
    const std::int64_t best = options_.verdict ? options_.verdict->best_step : 0;
    const std::string drawing = training_curves(options_.curves, best, language_);
    if (drawing.empty()) return {};
    std::string html = "<section><h2>" + std::string(p_.training) + "</h2>" + tag("p", "caption", p_.training_caption);
    html += drawing;
    if (options_.verdict) html += tag("div", "finding", tag("p", "", verdict_text(*options_.verdict)));
    return html + "</section>\n";
  }

  std::string filters() const {
    std::string html = "<div class=\"filters\"><button value=\"\" aria-pressed=\"true\">" + std::string(p_.filter_all) +
                       "</button>";
    std::array<bool, 4> present{};
    for (const auto& row : report_.details) present[static_cast<std::size_t>(outcome_of(report_, row))] = true;
    const std::array<std::pair<const char*, const char*>, 4> names{
        {{"broken", p_.broken}, {"wrong", p_.wrong}, {"fixed", p_.fixed}, {"right", p_.right}}};
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!present[i]) continue;
      html += "<button value=\"" + std::string(names[i].first) + "\" aria-pressed=\"false\">" + names[i].second +
              "</button>";
    }
    html += "<select id=\"field\" aria-label=\"" + std::string(p_.field) + "\"><option value=\"\">" + p_.filter_field +
            "</option>";
    for (std::size_t i = 0; i < report_.field_keys.size(); ++i) {
      html += "<option value=\"" + std::to_string(i) + "\">" + escape_html(report_.field_keys[i]) + "</option>";
    }
    html += "</select><select id=\"kind\" aria-label=\"" + std::string(p_.kind) + "\"><option value=\"\">" +
            p_.filter_kind + "</option>";
    for (const FieldError kind : occurring_errors(report_)) {
      html += "<option value=\"" + std::string(to_string(kind)) + "\">" + error_name(kind, language_) + "</option>";
    }
    return html + "</select><input id=\"search\" type=\"search\" placeholder=\"" + p_.filter_search +
           "\" aria-label=\"" + p_.filter_search + "\"><span class=\"caption\"><span id=\"shown\"></span> " + p_.shown +
           "</span></div>\n";
  }

  std::string rows() const {
    if (report_.details.empty()) return {};
    return "<section id=\"rows\"><h2>" + std::string(p_.rows) + "</h2>" +
           tag("p", "caption legend",
               std::string(p_.rows_caption) + " <ins>" + p_.legend_added + "</ins> <del>" + p_.legend_left_out + "</del>") +
           filters() + rows_html(report_, options_.max_rows, language_) + "</section>\n";
  }

  std::string how_side(const SideScore& side, const char* name, const char* what) const {
    const auto line = [](const char* key, const std::string& value) {
      return "<tr><th>" + std::string(key) + "</th><td>" + value + "</td></tr>\n";
    };
    const auto or_none = [&](const std::string& text) {
      return text.empty() ? "<span class=\"none\">" + std::string(p_.none) + "</span>" : escape_html(text);
    };
    std::string html = "<h3>" + std::string(name) + " · " + what + "</h3><table class=\"facts\">" +
                       line(p_.model, or_none(side.model)) + line(p_.adapter, or_none(side.adapter)) +
                       line(p_.model_hash, tag("span", "hash", or_none(side.model_hash)));
    if (!side.adapter_hash.empty()) html += line(p_.adapter_hash, tag("span", "hash", escape_html(side.adapter_hash)));
    if (side.seconds > 0.0) {
      html += line(p_.speed, fill(p_.seconds, {fixed_text(side.seconds, 1), fixed_text(side.tokens_per_second, 0)}));
    }
    return html + line(p_.prompt, side.prompt.empty() ? or_none("") : tag("div", "prompt", escape_html(side.prompt))) +
           "</table>";
  }

  std::string how() const {
    std::string html = "<section><h2>" + std::string(p_.how) + "</h2><p>" + p_.how_right + "</p><p>" + p_.how_interval;
    if (two_sides()) html += " " + std::string(p_.how_pair) + " " + p_.how_holm;
    html += " " + std::string(p_.how_hash) + "</p>";
    if (report_.bf16_row_differences >= 0) {
      html += "<p>" + fill(p_.differences, {std::to_string(report_.bf16_row_differences)}) + "</p>";
    }
    if (!report_.machine.empty()) html += tag("p", "caption", std::string(p_.machine) + ": " + escape_html(report_.machine));
    if (report_.before.present) html += how_side(report_.before, p_.before, p_.untuned);
    if (report_.after.present) html += how_side(report_.after, p_.after, p_.tuned);
    return html + "</section>\n<footer>" + fill(p_.made_by, {escape_html(options_.program)}) + "</footer>\n";
  }

  const EvaluateReport& report_;
  const HtmlOptions& options_;
  ReportLanguage language_;
  const Phrases& p_;
};

}  // namespace

std::string report_html(const EvaluateReport& report, const HtmlOptions& options) { return Page(report, options).html(); }

void write_report_html(const std::filesystem::path& path, const EvaluateReport& report, const HtmlOptions& options) {
  write_file_atomic(path, report_html(report, options));
}

}  // namespace minnow
