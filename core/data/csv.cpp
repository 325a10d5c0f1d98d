// A record is gathered line by line while a quote is open; that makes going back after a quote that never closes cheap.
#include "core/data/csv.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "core/data/column_names.h"

namespace minnow {
namespace {

constexpr std::size_t max_record_lines = 200;  // of one quoted cell; more means that its quote was a slip
constexpr std::size_t max_sample_records = 64;
constexpr std::size_t max_title_records = 30;  // before the header: exports of shops and banks have up to two dozen

enum class Outcome {
  complete,
  open_quote,  ///< the text ends within a quoted cell
  stray_quote  ///< a quoted cell goes on after the mark that should have closed it
};
using Quoting = CsvReader::Quoting;

/// Takes a quoted cell that begins at text[i], after its first mark, into `cell`; `i` then stands behind its last one.
Outcome take_quoted(std::string_view text, char separator, Quoting quoting, std::size_t& i, std::string& cell) {
  for (;;) {
    const std::size_t mark = text.find_first_of(quoting == Quoting::backslash ? "\"\\" : "\"", i);
    if (mark == std::string_view::npos) return Outcome::open_quote;
    cell.append(text.substr(i, mark - i));
    i = mark + 1;
    const char next = i < text.size() ? text[i] : '\0';
    if (text[mark] == '\\') {
      if (next != '"' && next != '\\') cell.push_back('\\');
      if (next == '"' || next == '\\') cell.push_back(text[i++]);
    } else if (next == '"') {
      cell.push_back('"');
      ++i;
    } else {
      const std::size_t end = std::min(text.find(separator, i), text.size());
      const bool blanks = text.substr(i, end - i).find_first_not_of(" \t") == std::string_view::npos;
      return blanks ? Outcome::complete : Outcome::stray_quote;
    }
  }
}

/// Cuts `text` into cells. A quote opens only at a cell's start, perhaps after blanks; blanks beside a quoted cell are
/// dropped.
Outcome cut_cells(std::string_view text, char separator, Quoting quoting, std::vector<std::string>& cells) {
  cells.clear();
  std::size_t i = 0;
  for (;;) {
    std::string cell;
    const std::size_t first = std::min(text.find_first_not_of(' ', i), text.size());
    const bool quoted = quoting != Quoting::none && first < text.size() && text[first] == '"';
    if (quoted) {
      i = first + 1;
      if (const Outcome outcome = take_quoted(text, separator, quoting, i, cell); outcome != Outcome::complete)
        return outcome;
    }
    const std::size_t end = std::min(text.find(separator, i), text.size());
    if (!quoted) cell = text.substr(i, end - i);
    cells.push_back(std::move(cell));
    if (end >= text.size()) return Outcome::complete;
    i = end + 1;
  }
}

/// Takes the first line off `text`, without its end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  const std::string_view line = text.substr(0, end);
  const bool both = text.substr(end, 2) == "\r\n";
  text.remove_prefix(std::min(end + (both ? 2 : 1), text.size()));
  return line;
}

bool is_blank_line(std::string_view line) { return trimmed(line).empty(); }

/// The separator that a line "sep=;" asks for, or 0.
char asked_separator(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(' ') + 1);
  if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
  if (line.size() < 5 || lower_case(line.substr(0, 4)) != "sep=") return 0;
  const bool is_word = (line[4] >= '0' && line[4] <= '9') || (lower_case(line.substr(4, 1))[0] >= 'a' &&
                                                              lower_case(line.substr(4, 1))[0] <= 'z');
  // Another program that saved such a line may have put its own separators behind it.
  return !is_word && line.substr(5).find_first_not_of(",;\t") == line.npos ? line[4] : '\0';
}

struct SampleRecord {
  std::vector<std::string> cells;
  std::int64_t line = 0;  // lines before it
  bool clean = true;      // its quotes fit the separator
};

/// The sample's records under one separator.
std::vector<SampleRecord> sample_records(std::string_view sample, char separator) {
  std::vector<SampleRecord> records;
  std::string text;
  std::int64_t line_number = 0, begun = 0;
  while (!sample.empty() && records.size() < max_sample_records) {
    const std::string_view line = take_line(sample);
    ++line_number;
    if (text.empty() && is_blank_line(line)) continue;
    if (text.empty()) begun = line_number - 1;
    if (!text.empty()) text.push_back('\n');
    text.append(line);
    std::vector<std::string> cells;
    Outcome outcome = cut_cells(text, separator, Quoting::doubled, cells);
    if (outcome != Outcome::complete && text.find("\\\"") != text.npos) {
      const Outcome other = cut_cells(text, separator, Quoting::backslash, cells);
      if (other == Outcome::complete || outcome == Outcome::stray_quote) outcome = other;
    }
    if (outcome == Outcome::open_quote) continue;
    const bool clean = outcome == Outcome::complete;
    if (!clean) cut_cells(text, separator, Quoting::none, cells);
    records.push_back({std::move(cells), begun, clean});
    text.clear();
  }
  return records;
}

/// The number of cells that most records have; the larger one of two.
std::size_t usual_width(const std::vector<SampleRecord>& records) {
  std::map<std::size_t, std::size_t> counts;
  for (const auto& record : records) ++counts[record.cells.size()];
  std::size_t width = 0, most = 0;
  for (const auto& [cells, count] : counts) {
    if (count >= most) std::tie(width, most) = std::pair(cells, count);
  }
  return width;
}

std::size_t filled_cells(const SampleRecord& record) {
  return static_cast<std::size_t>(std::count_if(record.cells.begin(), record.cells.end(),
                                                [](const std::string& cell) { return !trimmed(cell).empty(); }));
}

/// How many records stand before the table: with at most half of the cells that the records after them fill.
std::size_t title_records(const std::vector<SampleRecord>& records, std::size_t width) {
  const bool filled = 2 * std::count_if(records.begin(), records.end(), [width](const auto& record) {
                            return filled_cells(record) >= width;
                          }) >= static_cast<std::ptrdiff_t>(records.size());
  std::size_t title = 0;
  const auto is_title = [width](const SampleRecord& record) {
    return 2 * filled_cells(record) <= width && (record.cells.size() < width || width > 2);
  };
  while (title < records.size() && is_title(records[title])) ++title;
  return filled && title <= max_title_records && 2 * title < records.size() ? title : 0;
}

/// How well a separator fits: cells a record, counted only if nearly all records agree.
double fit(const std::vector<SampleRecord>& records) {
  if (records.empty()) return 0.0;
  const std::size_t width = usual_width(records);
  if (width < 2) return 0.0;
  const std::size_t title = title_records(records, width);
  const auto same = std::count_if(records.begin() + static_cast<std::ptrdiff_t>(title), records.end(),
                                  [width](const auto& r) { return r.clean && r.cells.size() == width; });
  const double share = static_cast<double>(same) / static_cast<double>(records.size() - title);
  return share < 0.8 ? 0.0 : share * static_cast<double>(width);
}

bool looks_like_number(std::string_view cell) {
  return !cell.empty() && cell.find_first_not_of("0123456789.,+-% ") == std::string_view::npos;
}

bool has_digit(std::string_view cell) { return cell.find_first_of("0123456789") != cell.npos; }

/// Whether some column has digits in every record below the first, and none in the first.
bool digits_below(const std::vector<SampleRecord>& records) {
  for (std::size_t i = 0; i < records.front().cells.size(); ++i) {
    if (has_digit(records.front().cells[i])) continue;
    const bool all = std::all_of(records.begin() + 1, records.end(), [i](const auto& record) {
      return i < record.cells.size() && has_digit(record.cells[i]);
    });
    if (all) return true;
  }
  return false;
}

/// Whether the first record names columns rather than being data.
bool is_header(const std::vector<SampleRecord>& records, const std::vector<std::string>& known_names) {
  const auto& first = records.front().cells;
  bool known = false;
  std::size_t odd = 0;  // cells that no column is called by: exports have a nameless one for the row's number
  std::set<std::string> seen;
  if (first.size() > 1 && filled_cells(records.front()) == 1) return false;
  for (const auto& cell : first) {
    const std::string name = lower_case(trimmed(cell));
    if (name.size() > 64 || looks_like_number(name)) return false;
    odd += name.empty() || !seen.insert(name).second ? 1 : 0;
    known =
        known || is_known_column(name) || std::find(known_names.begin(), known_names.end(), name) != known_names.end();
  }
  if (known) return 2 * odd <= first.size();
  const auto length = [](const SampleRecord& record) {
    std::size_t sum = 0;
    for (const auto& cell : record.cells) sum += cell.size();
    return sum;
  };
  std::size_t below = 0;
  for (std::size_t i = 1; i < records.size(); ++i) below += length(records[i]);
  // Names are shorter than values: the header is at most half as long as the mean of the records below it.
  const bool shorter = 2 * length(records.front()) * (records.size() - 1) < below;
  const bool nameless = odd == 1 && trimmed(first.front()).empty();
  if (records.size() < 2 || odd > (nameless ? 1u : 0u)) return false;
  return records.size() < 3 ? shorter && digits_below(records) : shorter || (records.size() > 3 && digits_below(records));
}

/// The header's names, each one different: nameless columns get a number, a repeated name one behind it.
std::vector<std::string> column_names(const std::vector<std::string>& cells, bool header) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string name = header ? std::string(trimmed(unguarded(cells[i]))) : std::string();
    if (name.empty()) name = "column " + std::to_string(i + 1);
    const std::string plain = name;
    for (int n = 2; std::find(names.begin(), names.end(), name) != names.end(); ++n)
      name = plain + " (" + std::to_string(n) + ")";
    names.push_back(std::move(name));
  }
  return names;
}

/// The separator, and the records that it cuts the table into.
std::vector<SampleRecord> cut_sample(std::string_view sample, const CsvWishes& wishes, CsvDialect& dialect) {
  std::string_view rest = sample;
  if (const char asked = asked_separator(take_line(rest))) {
    dialect.separator = asked;
    dialect.lines_before = 1;
    sample = rest;
  } else if (wishes.separator == 0) {
    double best = 0.0;
    for (const char candidate : {',', '\t', ';', '|'}) {
      const double score = fit(sample_records(sample, candidate));
      if (score > best) {
        best = score;
        dialect.separator = candidate;
      }
    }
  }
  if (wishes.separator != 0) dialect.separator = wishes.separator;
  auto records = sample_records(sample, dialect.separator);
  const std::size_t title = title_records(records, usual_width(records));
  const std::vector<SampleRecord> table(records.begin() + static_cast<std::ptrdiff_t>(title), records.end());
  if (title == 0 || !is_header(table, wishes.known_names)) return records;  // a title stands above a header
  dialect.lines_before += records[title].line;
  return table;
}

bool is_invisible(std::string_view three) {
  constexpr std::array marks{std::string_view("\u200b"), std::string_view("\u200c"), std::string_view("\u200d"),
                             std::string_view("\u200e"), std::string_view("\u200f"), std::string_view("\u202a"),
                             std::string_view("\u202b"), std::string_view("\u202c"), std::string_view("\u202d"),
                             std::string_view("\u202e"), std::string_view("\u2060")};
  return std::find(marks.begin(), marks.end(), three) != marks.end();
}

bool is_number_text(std::string_view text) {
  return has_digit(text) && text.find_first_not_of("0123456789+-.,:/()%Xx ") == text.npos;
}

}  // namespace

CsvDialect detect_csv(std::string_view sample, const CsvWishes& wishes) {
  CsvDialect dialect;
  const auto records = cut_sample(sample, wishes, dialect);
  if (records.empty()) return dialect;
  dialect.header = wishes.header ? *wishes.header : is_header(records, wishes.known_names);
  dialect.columns = column_names(records.front().cells, dialect.header);
  return dialect;
}

bool is_table(std::string_view sample, const CsvWishes& wishes) {
  CsvDialect dialect;
  std::string_view rest = sample;
  if (asked_separator(take_line(rest)) != 0) return true;
  const auto records = cut_sample(sample, wishes, dialect);
  if (records.empty() || records.front().cells.size() < 2) return false;
  const std::size_t width = records.front().cells.size();
  const bool same =
      std::all_of(records.begin(), records.end(), [width](const auto& record) { return record.cells.size() == width; });
  const bool header = is_header(records, wishes.known_names);
  // One that names columns which are known may have rows with faults.
  const bool known = std::any_of(records.front().cells.begin(), records.front().cells.end(), [&](const auto& cell) {
    const std::string name = lower_case(trimmed(cell));
    const auto& names = wishes.known_names;
    return is_known_column(name) || std::find(names.begin(), names.end(), name) != names.end();
  });
  if (header && known) return true;
  return same && records.size() >= 2 && (dialect.separator == '\t' || (header && records.size() >= 3));
}

std::string unguarded(std::string cell) {
  std::string_view text = cell;
  const auto strip_tabs = [&text] {
    while (!text.empty() && text.front() == '\t') text.remove_prefix(1);
    while (!text.empty() && text.back() == '\t') text.remove_suffix(1);
  };
  strip_tabs();
  if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"')) {
    text = text.substr(2, text.size() - 3);
    strip_tabs();
    return std::string(text);
  }
  std::string_view inner = text;
  while (inner.size() >= 3 && is_invisible(inner.substr(0, 3))) inner.remove_prefix(3);
  while (inner.size() >= 3 && is_invisible(inner.substr(inner.size() - 3))) inner.remove_suffix(3);
  if (is_number_text(inner)) return std::string(inner);
  for (const std::string_view guard : {"'", "`", "\u2018", "\u2019"}) {
    if (!inner.starts_with(guard)) continue;
    const std::string_view value = inner.substr(guard.size());
    // The apostrophe also keeps spreadsheets from computing what begins like a formula.
    const bool formula = guard == "'" && !value.empty() && std::string_view("=+-@").find(value[0]) != value.npos;
    if (is_number_text(value) || formula) return std::string(value);
  }
  return std::string(text);
}

bool CsvReader::reads(const std::string& text, Quoting quoting, std::vector<std::string>& cells) const {
  return cut_cells(text, separator_, quoting, cells) == Outcome::complete &&
         (columns_ == 0 || cells.size() == columns_);
}

bool CsvReader::next(CsvRecord& record) {
  record = {};
  std::string line;
  for (; lines_before_ > 0; --lines_before_) {
    if (!lines_.next(line)) return false;
  }
  do {
    if (!lines_.next(line)) return false;
  } while (is_blank_line(line));
  record.line = lines_.line_number();
  if (lines_.too_long()) {
    record.problem = "the line is longer than " + std::to_string(TextLines::default_limit >> 20) + " MiB";
    return true;
  }
  const std::string first = line;
  std::string text = line;
  std::vector<std::string> gathered;  // the lines after the first
  for (;;) {
    const Outcome outcome = cut_cells(text, separator_, Quoting::doubled, record.cells);
    if (outcome == Outcome::complete) return true;
    const bool escapes = text.find("\\\"") != text.npos;
    if (escapes && reads(text, Quoting::backslash, record.cells)) return true;
    const bool stray =
        outcome == Outcome::stray_quote &&
        !(escapes && cut_cells(text, separator_, Quoting::backslash, record.cells) == Outcome::open_quote);
    if (stray && gathered.empty() && reads(text, Quoting::none, record.cells)) return true;
    if (stray || gathered.size() >= max_record_lines || !lines_.next(line)) {
      const bool inside = stray && gathered.empty();
      for (auto it = gathered.rbegin(); it != gathered.rend(); ++it) lines_.push_back(std::move(*it));
      record.cells.clear();
      record.problem = inside ? "a quotation mark stands inside a quoted cell; there it must be written twice"
                              : "a cell opens with a quotation mark that is never closed";
      record.raw = first;
      return true;
    }
    text += '\n';
    text += line;
    gathered.push_back(line);
  }
}

}  // namespace minnow
