// Comma-, semicolon-, tab- or bar-separated tables (RFC 4180 and what spreadsheets make of it): which separator,
// whether a header, and records with quoted cells that may hold line breaks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/encoding.h"

namespace minnow {

struct CsvDialect {
  char separator = ',';
  bool header = true;                ///< the first record names the columns
  std::vector<std::string> columns;  ///< the header's names, or "column 1", "column 2", …; no two are the same
  std::int64_t lines_before = 0;     ///< lines in front that are no part of the table: "sep=;", a title
};

/// What is known about a table already.
struct CsvWishes {
  char separator = 0;                    ///< 0: to be found out
  std::optional<bool> header;            ///< not set: to be found out
  std::vector<std::string> known_names;  ///< more names (lower case) that mark a header, such as a task's keys
};

/// Judges by the first records of `sample` (whole lines): a first line "sep=;" as spreadsheets take it, else the
/// separator that cuts most of them into the same number of cells, most cells first; lines of fewer cells before the
/// first such record are a title. A header if the first record's cells are short and no numbers, and either one is a
/// name that datasets use, or the cells below are longer, or have digits where it has none.
CsvDialect detect_csv(std::string_view sample, const CsvWishes& wishes = {});

/// Whether the sample is a table, whatever its name says: it begins with "sep=", or all records have the same number of
/// cells, two or more, and either a tab cuts them or the first one is a header. (People's writing is full of commas.)
bool is_table(std::string_view sample, const CsvWishes& wishes = {});

/// A cell without what spreadsheets and exports put around numbers so that nothing reads them as such: ="0138…", a
/// leading apostrophe or backtick, tabs, invisible marks. Other text comes back as it is.
std::string unguarded(std::string cell);

/// One record: its cells, unquoted.
struct CsvRecord {
  std::int64_t line = 0;  ///< 1-based line it begins on
  std::vector<std::string> cells;
  std::string problem;  ///< a sentence when it can't be read; then `raw` has the line
  std::string raw;
};

/// Records of a table, one by one; blank lines are passed over. A quotation mark that is never closed, or that stands
/// within a quoted cell without being doubled, costs only the line that it stands on, and not even that where one other
/// way to read the line (quotes escaped with a backslash, or no quoting at all) gives the table's number of cells. One
/// thread at a time.
class CsvReader {
 public:
  explicit CsvReader(TextLines lines, char separator, std::size_t columns = 0, std::int64_t lines_before = 0)
      : lines_(std::move(lines)), separator_(separator), columns_(columns), lines_before_(lines_before) {}
  bool next(CsvRecord& record);  ///< false at the end
  const TextLines& lines() const { return lines_; }

  enum class Quoting { doubled, backslash, none };  ///< how a quotation mark is written within a quoted cell

 private:
  /// Whether the text is a whole record of the table's width when its quotes are read so.
  bool reads(const std::string& text, Quoting quoting, std::vector<std::string>& cells) const;

  TextLines lines_;
  char separator_;
  std::size_t columns_;  // 0: not known
  std::int64_t lines_before_;
};

}  // namespace minnow
