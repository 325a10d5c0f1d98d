// Puts the document together, section by section.
#include "core/report/document.h"

#include <algorithm>

#include "core/report/figures.h"
#include "core/types/number_text.h"

namespace minnow {
namespace {

// "2026-11-25 20:59" of "2026-11-25T20:59:57+0000"; another text as it is.
std::string minute_of(const std::string& iso) {
  if (iso.size() < 16 || iso[10] != 'T') return iso;
  return iso.substr(0, 10) + " " + iso.substr(11, 5);
}

TableCell cell(const std::string& text, Span::Style style = Span::Style::plain) {
  return {{{text, style, {}, {}}}, {}};
}
TableCell number_cell(Span span) { return {{std::move(span)}, {}, true}; }
TableCell number_cell(const std::string& text) { return number_cell(Span{text}); }

Paragraph body(const std::string& text) { return {{{text}}, Paragraph::Kind::body}; }
Paragraph caption(const std::string& text) { return {{{text}}, Paragraph::Kind::caption}; }

/// `phrase` with %1, %2, … replaced by spans.
Spans filled(std::string_view phrase, const std::vector<Span>& parts) {
  Spans spans{{}};
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const bool mark = phrase[i] == '%' && i + 1 < phrase.size() && phrase[i + 1] >= '1' && phrase[i + 1] <= '9';
    const auto part = mark ? static_cast<std::size_t>(phrase[i + 1] - '1') : parts.size();
    if (part < parts.size()) {
      spans.push_back(parts[part]);
      spans.push_back({});
      ++i;
    } else {
      spans.back().text += phrase[i];
    }
  }
  return spans;
}

class DocumentMaker {
 public:
  DocumentMaker(const EvaluateReport& report, const ReportOptions& options)
      : report_(report), options_(options), language_(options.language), p_(phrases(options.language)) {}

  ReportDocument document() const {
    ReportDocument d;
    d.language = language_;
    d.heading = heading();
    d.caption = caption_line();
    d.footer = fill(p_.made_by, {options_.program});
    d.fields = report_.field_keys;
    for (const FieldError kind : occurring_errors(report_))
      d.kinds.emplace_back(to_string(kind), error_name(kind, language_));
    d.sections.push_back(headline());
    for (ReportSection section : {fields(), errors(), training(), rows(), how()})
      if (!section.blocks.empty()) d.sections.push_back(std::move(section));
    return d;
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

  std::string caption_line() const {
    std::string line = fill(p_.rows_of, {std::to_string(report_.details.size()), report_.data_name});
    if (!any_side().model.empty()) line += " · " + any_side().model;
    if (!report_.created.empty()) line += " · " + fill(p_.created, {minute_of(report_.created)});
    return line;
  }

  Headline::Side side(const char* name, const Share& share, bool is_after) const {
    return {name,
            percent(share.value()),
            {fill(p_.share_of_rows, {std::to_string(share.k), std::to_string(share.n)}),
             fill(p_.interval, {percent(share.low), percent(share.high)})},
            is_after};
  }

  Headline measure(const char* name, const Share& was, const Share& is) const {
    Headline headline{name, {}, headline_scale(before(was), after(is), language_)};
    if (report_.before.present) headline.sides.push_back(side(p_.before, was, false));
    if (report_.after.present) headline.sides.push_back(side(p_.after, is, true));
    return headline;
  }

  FindingBlock finding() const {
    const Share& exact = any_side().exact;
    const Finding found = finding_of(report_);
    FindingBlock block;
    if (found == Finding::no_rows) {
      block.paragraphs.push_back(body(p_.no_rows));
    } else if (!two_sides()) {
      block.paragraphs.push_back(body(fill(p_.one_side_sentence, {std::to_string(exact.k), std::to_string(exact.n),
                                                                  std::to_string(any_side().valid_json.k)})));
    } else {
      const PairedTest& test = report_.rows;
      const auto count = [](std::int64_t n, const char* outcome) {
        return Span{std::to_string(n), Span::Style::strong, std::string("{\"outcome\":\"") + outcome + "\"}", outcome};
      };
      block.paragraphs.push_back({filled(p_.pair_sentence, {count(test.fixed, "fixed"), count(test.broken, "broken"),
                                                            Span{p_value_text(test.p_value)}}),
                                  Paragraph::Kind::body});
    }
    const std::string meaning = finding_sentence(report_, language_);
    if (!meaning.empty()) block.paragraphs.push_back(body(meaning));
    block.doubt = !meaning.empty() && found != Finding::better;
    if (!report_.details.empty() && report_.details.size() < 50)
      block.paragraphs.push_back(caption(fill(p_.few_rows, {std::to_string(report_.details.size())})));
    return block;
  }

  ReportSection headline() const {
    return {{},
            {measure(p_.exact_rows, report_.before.exact, report_.after.exact),
             measure(p_.valid_json, report_.before.valid_json, report_.after.valid_json), finding()}};
  }

  static Share field_share(const SideScore& side, std::size_t i) { return side.present ? side.fields.at(i) : Share{}; }

  ReportSection fields() const {
    if (report_.field_keys.empty() || report_.details.empty()) return {};
    ReportTable table{ReportTable::Kind::shares, {cell(p_.field), {}}, {}};
    if (report_.before.present) table.head.push_back(number_cell(p_.before));
    if (report_.after.present) table.head.push_back(number_cell(p_.after));
    if (two_sides())
      for (const char* name : {p_.fixed_n, p_.broken_n, p_.p_holm}) table.head.push_back(number_cell(name));
    for (std::size_t i = 0; i < report_.field_keys.size(); ++i) table.lines.push_back(field_line(i));
    Paragraph legend{{}, Paragraph::Kind::caption};
    if (report_.before.present) legend.spans.push_back({p_.before, Span::Style::side_before, {}, {}});
    if (report_.after.present) legend.spans.push_back({p_.after, Span::Style::side_after, {}, {}});
    return {p_.fields, {caption(p_.fields_caption), std::move(legend), std::move(table)}};
  }

  std::vector<TableCell> field_line(std::size_t i) const {
    const Share was = field_share(report_.before, i), is = field_share(report_.after, i);
    std::vector<TableCell> line{
        {{{report_.field_keys[i], Span::Style::plain, "{\"field\":\"" + std::to_string(i) + "\"}", "rows"}}, {}},
        {{}, share_bars(before(was), after(is), language_)}};
    if (report_.before.present) line.push_back(number_cell(percent(was.value())));
    if (report_.after.present) line.push_back(number_cell(percent(is.value())));
    if (two_sides()) {
      const PairedTest& test = report_.fields.at(i);
      line.push_back(number_cell(std::to_string(test.fixed)));
      line.push_back(number_cell(std::to_string(test.broken)));
      line.push_back(number_cell(p_value_text(test.p_value)));
    }
    return line;
  }

  ReportSection errors() const {
    if (report_.details.empty()) return {};
    std::vector<FieldError> kinds = occurring_errors(report_);
    if (kinds.empty()) return {p_.errors, {caption(p_.no_errors)}};
    std::int64_t largest = 0;
    for (const FieldError kind : kinds)
      largest = std::max({largest, report_.before.count_of(kind), report_.after.count_of(kind)});
    std::stable_sort(kinds.begin(), kinds.end(), [&](FieldError a, FieldError b) {
      return report_.before.count_of(a) + report_.after.count_of(a) >
             report_.before.count_of(b) + report_.after.count_of(b);
    });
    ReportTable table{ReportTable::Kind::counts, {cell(p_.kind), {}}, {}};
    for (const auto& [present, name] :
         {std::pair{report_.before.present, p_.before}, std::pair{report_.after.present, p_.after}}) {
      if (!present) continue;
      table.head.push_back(cell(name));
      table.head.back().columns = 2;
    }
    for (const FieldError kind : kinds) table.lines.push_back(error_line(kind, largest));
    ReportSection section{p_.errors, {caption(p_.errors_caption), std::move(table)}};
    for (Paragraph& note : side_notes()) section.blocks.push_back(std::move(note));
    return section;
  }

  std::vector<TableCell> error_line(FieldError kind, std::int64_t largest) const {
    std::vector<TableCell> line{cell(error_name(kind, language_)),
                                cell(error_meaning(kind, language_), Span::Style::caption)};
    for (const auto& [side, name] : {std::pair{&report_.before, "before"}, std::pair{&report_.after, "after"}}) {
      if (!side->present) continue;
      const std::int64_t count = side->count_of(kind);
      Span span{std::to_string(count)};
      if (count > 0) {
        span.filter = std::string("{\"kind\":\"") + to_string(kind) + "\",\"side\":\"" + name + "\"}";
        span.anchor = "rows";
      }
      line.push_back(number_cell(std::move(span)));
      line.push_back({{}, count_bar(count, largest, side == &report_.after)});
    }
    return line;
  }

  std::vector<Paragraph> side_notes() const {
    std::vector<Paragraph> all;
    for (const auto& [side, name] : {std::pair{&report_.before, p_.before}, std::pair{&report_.after, p_.after}}) {
      std::string notes;
      if (side->extra_keys > 0) notes += " " + fill(p_.extra_keys, {std::to_string(side->extra_keys)});
      if (side->fenced > 0)
        notes += " " + fill(p_.fenced, {std::to_string(side->fenced), std::to_string(side->exact_inside)});
      if (side->other_prompt_rows > 0) notes += " " + fill(p_.other_prompt, {std::to_string(side->other_prompt_rows)});
      if (side->cut_at_limit > 0) notes += " " + fill(p_.cut_at_limit, {std::to_string(side->cut_at_limit)});
      if (side->present && !notes.empty()) all.push_back(caption(std::string(name) + ":" + notes));
    }
    return all;
  }

  // English readers get the verdict's own sentence; in other languages its figures are spelled out here.
  std::string verdict_text(const Verdict& verdict) const {
    if (language_ == Language::english) return verdict.sentence;
    const bool chinese = language_ == Language::chinese;
    std::string text = fit_name(verdict.fit, language_);
    const auto add = [&](const std::string& part) { text += (chinese ? "；" : "; ") + part; };
    if (verdict.best_step > 0) add(fill(p_.verdict_best, {std::to_string(verdict.best_step)}));
    if (verdict.gap == verdict.gap) add(fill(p_.verdict_gap, {short_text(verdict.gap, 2)}));  // not NaN
    if (verdict.fit != Fit::too_early && verdict.fit != Fit::diverging)
      add(fill(p_.verdict_slope, {short_text(verdict.eval_slope, 2), short_text(verdict.eval_slope_error, 1)}));
    return text + (chinese ? "。" : ".");
  }

  ReportSection training() const {
    const std::int64_t best = options_.verdict ? options_.verdict->best_step : 0;
    auto drawing = training_curves(options_.curves, best, language_);
    if (!drawing) return {};
    ReportSection section{p_.training, {caption(p_.training_caption), std::move(*drawing)}};
    if (options_.verdict) section.blocks.push_back(FindingBlock{{body(verdict_text(*options_.verdict))}});
    return section;
  }

  ReportSection rows() const {
    if (report_.details.empty()) return {};
    ReportSection section{p_.rows,
                          {Paragraph{{{std::string(p_.rows_caption) + " "},
                                      {p_.legend_added, Span::Style::added, {}, {}},
                                      {" "},
                                      {p_.legend_left_out, Span::Style::left_out, {}, {}}},
                                     Paragraph::Kind::caption}},
                          true};
    for (RowGroup& group : row_groups(report_, options_)) section.blocks.push_back(std::move(group));
    return section;
  }

  ReportTable facts_of(const SideScore& side) const {
    ReportTable table{ReportTable::Kind::facts, {}, {}};
    const auto line = [&](const char* key, const std::string& value, Span::Style style = Span::Style::plain) {
      table.lines.push_back({cell(key), value.empty() ? cell(p_.none, Span::Style::none) : cell(value, style)});
    };
    line(p_.model, side.model);
    line(p_.adapter, side.adapter);
    line(p_.model_hash, side.model_hash, Span::Style::hash);
    if (!side.adapter_hash.empty()) line(p_.adapter_hash, side.adapter_hash, Span::Style::hash);
    if (side.seconds > 0.0)
      line(p_.speed, fill(p_.seconds, {fixed_text(side.seconds, 1), fixed_text(side.tokens_per_second, 0)}));
    line(p_.prompt, side.prompt, Span::Style::prompt);
    return table;
  }

  ReportSection how() const {
    std::string measured = p_.how_interval;
    if (two_sides()) measured += " " + std::string(p_.how_pair) + " " + p_.how_holm;
    ReportSection section{p_.how, {body(p_.how_right), body(measured + " " + p_.how_hash)}};
    if (report_.bf16_row_differences >= 0)
      section.blocks.push_back(body(fill(p_.differences, {std::to_string(report_.bf16_row_differences)})));
    if (!report_.machine.empty()) section.blocks.push_back(caption(std::string(p_.machine) + ": " + report_.machine));
    const auto side = [&](const SideScore& score, const char* name, const char* what) {
      if (!score.present) return;
      section.blocks.push_back(SubHeading{std::string(name) + " · " + what});
      section.blocks.push_back(facts_of(score));
    };
    side(report_.before, p_.before, p_.untuned);
    side(report_.after, p_.after, p_.tuned);
    return section;
  }

  const EvaluateReport& report_;
  const ReportOptions& options_;
  Language language_;
  const Phrases& p_;
};

}  // namespace

ReportDocument report_document(const EvaluateReport& report, const ReportOptions& options) {
  return DocumentMaker(report, options).document();
}

}  // namespace minnow
