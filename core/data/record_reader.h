// Rows as a foreign file has them, before anybody asks what they mean: JSON Lines, a JSON array (or objects one after
// another), a separated table, or plain lines, all streamed as one JSON object per record. The readers of JSON are in
// json_records.*.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/csv.h"
#include "core/data/encoding.h"
#include "core/io/json.h"

namespace minnow {

enum class Container { json_lines, json_values, table, plain_lines };
const char* to_string(Container container);  ///< "JSON Lines", "JSON", "table", "plain lines"

/// How a file is built.
struct FileFormat {
  Encoding encoding = Encoding::utf8;
  Container container = Container::json_lines;
  CsvDialect csv;                  ///< for a table
  std::vector<std::string> notes;  ///< sentences on what was guessed or passed over, for people
};

/// What is known about a file already; the rest is found out.
struct FormatWishes {
  std::optional<Container> container;
  std::optional<Encoding> encoding;
  CsvWishes csv;
};

/// Judges by content; the name's ending only settles what the content leaves open. An empty file is plain lines, unless
/// its name says otherwise. Throws as detect_encoding.
FileFormat detect_format(const InputFile& file, const FormatWishes& wishes = {});

/// One record, or why it can't be one.
struct Record {
  std::int64_t line = 0;  ///< 1-based line it begins on; its number where a document holds rows in another layout
  Json value;             ///< an object: a table's cells under their columns' names, a plain line under "line"
  std::string problem;    ///< a sentence when the record must be set aside; `raw` then is its text (at most 4 KiB)
  std::string raw;
};

/// `text` up to 4 KiB and "…", not cutting a character in two: what is kept of a record that is set aside.
std::string beginning_of(std::string_view text);

/// Counts what was read otherwise than it stands, to say it once a file.
class ReadingNotes {
 public:
  /// `what` completes "in 3 rows, the first in line 7: …".
  void count(const char* what, std::int64_t line);
  void say(std::string sentence) { said_.push_back(std::move(sentence)); }
  std::vector<std::string> sentences() const;

 private:
  struct Counted {
    const char* what;
    std::int64_t count, first_line;
  };
  std::vector<Counted> counted_;
  std::vector<std::string> said_;
};

/// Streams records in flat memory; blank lines are passed over. One thread at a time.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  /// The next record, good or set aside; false at the end. Throws Error(io) only.
  virtual bool next(Record& record) = 0;
  virtual std::uint64_t bytes_read() const = 0;
  virtual std::uint64_t bytes_total() const = 0;
  /// What was read otherwise than it stands, so far; a sentence each.
  virtual std::vector<std::string> notes() const = 0;
};

std::unique_ptr<RecordReader> open_records(const InputFile& file, const FileFormat& format);

/// Why a file has no rows, where that can be seen in it: "rows.csv is empty: there are no rows in it"; else that none can be read.
std::string no_rows_sentence(const std::filesystem::path& path);

}  // namespace minnow
