// An evaluation's report as a document in one language: what is said, in which order, with which tables and figures.
// core/report makes it and draws it as a page (html.h); widgets/evaluate draws it on paper.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/types/figure.h"
#include "core/types/report_phrases.h"

namespace minnow {

/// A stretch of text. added and left_out: differences of a value; chip: the kind of an error; none: a word in place of
/// a value; right: a value as wanted; raw and prompt: blocks of their own; side_before, side_after: names with their
/// colour.
struct Span {
  enum class Style {
    plain,
    strong,
    caption,
    added,
    left_out,
    chip,
    none,
    right,
    hash,
    raw,
    prompt,
    side_before,
    side_after
  };
  std::string text;
  Style style = Style::plain;
  std::string filter;  ///< leads to rows: {"outcome":"fixed"} as the page's script reads it; empty: leads nowhere
  std::string anchor;  ///< where it leads without script
};
using Spans = std::vector<Span>;

struct Paragraph {
  enum class Kind { body, caption, screen_left_out };  ///< the last is said on paper only
  Spans spans;
  Kind kind = Kind::body;
};

struct TableCell {
  Spans spans;
  std::optional<Figure> figure;
  bool number = false;  ///< right-aligned
  int columns = 1, rows = 1;
};

struct ReportTable {
  enum class Kind { shares, counts, facts, compared };
  Kind kind = Kind::shares;
  std::vector<TableCell> head;  ///< none for facts, whose first cells are the heads
  std::vector<std::vector<TableCell>> lines;
};

/// A share before and after in large figures.
struct Headline {
  struct Side {
    std::string name, value;
    std::vector<std::string> captions;
    bool is_after = false;
  };
  std::string name;
  std::vector<Side> sides;
  Figure scale;
};

/// What is concluded.
struct FindingBlock {
  std::vector<Paragraph> paragraphs;
  bool doubt = false;
};

/// One row: its input, and a table of the fields, wanted and answered.
struct ReportRow {
  std::string id, input;
  std::optional<std::string> before_errors, after_errors;  ///< "field:kind" of the wrong fields, by number
  bool on_paper = true;
  ReportTable table;
  std::vector<Spans> notes;
};

struct RowGroup {
  std::string code, sign, name, count;  ///< "broken", "▼", "Broken", "12 rows"
  std::vector<ReportRow> rows;
  std::vector<Paragraph> rest;  ///< what is left out
};

struct SubHeading {
  std::string text;
};

using ReportBlock = std::variant<SubHeading, Paragraph, ReportTable, Figure, Headline, FindingBlock, RowGroup>;

struct ReportSection {
  std::string heading;  ///< empty: none
  std::vector<ReportBlock> blocks;
  bool rows = false;  ///< the section of the rows: a page has its filters there
};

struct ReportDocument {
  Language language = Language::english;
  std::string heading, caption, footer;
  std::vector<ReportSection> sections;
  std::vector<std::string> fields;                         ///< for filters
  std::vector<std::pair<std::string, std::string>> kinds;  ///< of errors that occur: code and name
};

}  // namespace minnow
