// A record is gathered line by line while a quote is open; that makes going back after a quote that never closes cheap.
#include "core/data/csv.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/data/column_names.h"

namespace minnow {
namespace {

constexpr std::size_t max_record_lines = 200;  // of one quoted cell; more means that its quote was a slip
constexpr std::size_t max_sample_records = 64;

enum class Outcome { complete, open_quote };

/// Cuts `text` into cells. open_quote: the text ends within a quoted cell. A quote opens only at a cell's start; blanks
/// after the closing one are dropped, other characters there are kept as they are.
Outcome cut_cells(std::string_view text, char separator, std::vector<std::string>& cells) {
  cells.clear();
  std::size_t i = 0;
  for (;;) {
    std::string cell;
    if (i < text.size() && text[i] == '"') {
      ++i;
      for (;;) {
        const std::size_t quote = text.find('"', i);
        if (quote == std::string_view::npos) return Outcome::open_quote;
        cell.append(text.substr(i, quote - i));
        i = quote + 1;
        if (i >= text.size() || text[i] != '"') break;
        cell.push_back('"');
        ++i;
      }
    }
    const std::size_t end = std::min(text.find(separator, i), text.size());
    const std::string_view rest = text.substr(i, end - i);
    if (cell.empty() || rest.find_first_not_of(" \t") != std::string_view::npos) cell.append(rest);
    cells.push_back(std::move(cell));
    if (end >= text.size()) return Outcome::complete;
    i = end + 1;
  }
}

/// The sample's records under one separator.
std::vector<std::vector<std::string>> sample_records(std::string_view sample, char separator) {
  std::vector<std::vector<std::string>> records;
  std::string text;
  while (!sample.empty() && records.size() < max_sample_records) {
    const std::size_t end = std::min(sample.find('\n'), sample.size());
    std::string_view line = sample.substr(0, end);
    sample.remove_prefix(std::min(end + 1, sample.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (text.empty() && line.find_first_not_of(" \t") == std::string_view::npos) continue;
    if (!text.empty()) text.push_back('\n');
    text.append(line);
    std::vector<std::string> cells;
    if (cut_cells(text, separator, cells) == Outcome::open_quote) continue;
    records.push_back(std::move(cells));
    text.clear();
  }
  return records;
}

/// How well a separator fits: cells a record, counted only if nearly all records agree.
double fit(const std::vector<std::vector<std::string>>& records) {
  if (records.empty()) return 0.0;
  const std::size_t width = records.front().size();
  if (width < 2) return 0.0;
  const auto same = std::count_if(records.begin(), records.end(), [width](const auto& r) { return r.size() == width; });
  const double share = static_cast<double>(same) / static_cast<double>(records.size());
  return share < 0.8 ? 0.0 : share * static_cast<double>(width);
}

bool looks_like_number(std::string_view cell) {
  return !cell.empty() && cell.find_first_not_of("0123456789.,+-% ") == std::string_view::npos;
}

/// Whether the first record names columns rather than being data.
bool is_header(const std::vector<std::vector<std::string>>& records, const std::vector<std::string>& known_names) {
  const auto& first = records.front();
  std::set<std::string> seen;
  bool known = false;
  for (const auto& cell : first) {
    const std::string name = lower_case(trimmed(cell));
    if (name.empty() || name.size() > 64 || looks_like_number(name) || !seen.insert(name).second) return false;
    known =
        known || is_known_column(name) || std::find(known_names.begin(), known_names.end(), name) != known_names.end();
  }
  if (known) return true;
  if (records.size() < 3) return false;
  // Names are shorter than values: the header is at most half as long as the mean of the records below it.
  const auto length = [](const std::vector<std::string>& record) {
    std::size_t sum = 0;
    for (const auto& cell : record) sum += cell.size();
    return sum;
  };
  std::size_t below = 0;
  for (std::size_t i = 1; i < records.size(); ++i) below += length(records[i]);
  return 2 * length(first) * (records.size() - 1) < below;
}

}  // namespace

CsvDialect detect_csv(std::string_view sample, const CsvWishes& wishes) {
  CsvDialect dialect;
  if (wishes.separator == 0) {
    double best = 0.0;
    for (const char candidate : {',', '\t', ';', '|'}) {
      const double score = fit(sample_records(sample, candidate));
      if (score > best) {
        best = score;
        dialect.separator = candidate;
      }
    }
  } else {
    dialect.separator = wishes.separator;
  }
  const auto records = sample_records(sample, dialect.separator);
  if (records.empty()) return dialect;
  dialect.header = wishes.header ? *wishes.header : is_header(records, wishes.known_names);
  for (std::size_t i = 0; i < records.front().size(); ++i) {
    dialect.columns.push_back(dialect.header ? std::string(trimmed(records.front()[i]))
                                             : "column " + std::to_string(i + 1));
  }
  return dialect;
}

bool CsvReader::next(CsvRecord& record) {
  record = {};
  std::string line;
  do {
    if (!lines_.next(line)) return false;
  } while (line.find_first_not_of(" \t") == std::string::npos);
  record.line = lines_.line_number();
  if (lines_.too_long()) {
    record.problem = "the line is longer than " + std::to_string(TextLines::default_limit >> 20) + " MiB";
    return true;
  }
  std::string text = line;
  std::vector<std::string> gathered;  // the lines after the first
  while (cut_cells(text, separator_, record.cells) == Outcome::open_quote) {
    if (gathered.size() >= max_record_lines || !lines_.next(line)) {
      for (auto it = gathered.rbegin(); it != gathered.rend(); ++it) lines_.push_back(std::move(*it));
      record.cells.clear();
      record.problem = "a cell opens with a quotation mark that is never closed";
      record.raw = text.substr(0, text.find('\n'));
      return true;
    }
    text += '\n';
    text += line;
    gathered.push_back(line);
  }
  return true;
}

}  // namespace minnow
