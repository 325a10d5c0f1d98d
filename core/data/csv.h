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
  std::vector<std::string> columns;  ///< the header's names, or "column 1", "column 2", …
};

/// What is known about a table already.
struct CsvWishes {
  char separator = 0;                    ///< 0: to be found out
  std::optional<bool> header;            ///< not set: to be found out
  std::vector<std::string> known_names;  ///< more names (lower case) that mark a header, such as a task's keys
};

/// Judges by the first records of `sample` (whole lines): the separator that cuts them into the same number of cells,
/// most cells first; a header if the first record's cells are short, filled and different from one another, none is a
/// number, and either one is a name that datasets use or the cells below are longer.
CsvDialect detect_csv(std::string_view sample, const CsvWishes& wishes = {});

/// One record: its cells, unquoted.
struct CsvRecord {
  std::int64_t line = 0;  ///< 1-based line it begins on
  std::vector<std::string> cells;
  std::string problem;  ///< a sentence when it can't be read; then `raw` has the line
  std::string raw;
};

/// Records of a table, one by one. A quote that never closes costs only the line it stands on: reading goes on with the
/// next. Blank lines are passed over. One thread at a time.
class CsvReader {
 public:
  CsvReader(TextLines lines, char separator) : lines_(std::move(lines)), separator_(separator) {}
  bool next(CsvRecord& record);  ///< false at the end
  const TextStream& stream() const { return lines_.stream(); }

 private:
  TextLines lines_;
  char separator_;
};

}  // namespace minnow
