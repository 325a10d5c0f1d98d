// The readers of tables and plain lines, and which reader a file gets; each turns its own troubles into a record with a
// problem.
#include "core/data/record_reader.h"

#include <algorithm>
#include <utility>

#include "core/data/column_names.h"
#include "core/data/json_records.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t sample_bytes = std::size_t{256} << 10;

class TableReader final : public RecordReader {
 public:
  TableReader(TextStream stream, const FileFormat& format)
      : csv_(TextLines(std::move(stream)), format.csv.separator, format.csv.columns.size(), format.csv.lines_before),
        format_(format),
        skip_header_(format.csv.header) {}

  bool next(Record& record) override {
    record = {};
    CsvRecord cells;
    do {
      if (!csv_.next(cells)) return false;
    } while (passes_over(cells));
    record.line = cells.line;
    record.problem = cells.problem;
    record.raw = beginning_of(cells.raw);
    if (!record.problem.empty()) return true;
    const auto& columns = format_.csv.columns;
    while (cells.cells.size() > columns.size() && trimmed(cells.cells.back()).empty()) cells.cells.pop_back();
    if (cells.cells.size() > columns.size()) {
      record.problem = "the row has " + std::to_string(cells.cells.size()) + " cells, the table has " +
                       std::to_string(columns.size()) + " columns";
    }
    for (const auto& cell : cells.cells) {
      if (record.problem.empty()) record.problem = text_problem(cell, format_.encoding);
    }
    if (!record.problem.empty()) {
      record.raw = joined(cells.cells);
      return true;
    }
    if (cells.cells.size() < columns.size())
      notes_.count("the row has fewer cells than the table has columns; the rest are taken as empty", cells.line);
    record.value = Json::object();
    for (std::size_t i = 0; i < cells.cells.size(); ++i) record.value[columns[i]] = plain(cells.cells[i], cells.line);
    return true;
  }
  std::uint64_t bytes_read() const override { return csv_.lines().stream().bytes_read(); }
  std::uint64_t bytes_total() const override { return csv_.lines().stream().bytes_total(); }
  std::vector<std::string> notes() const override { return with_nuls(notes_, csv_.lines()); }

 private:
  /// The header, where files were put one behind the other also each further one, and records without any text.
  bool passes_over(CsvRecord& record) {
    if (!record.problem.empty()) return false;
    const auto& cells = record.cells;
    if (std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return trimmed(cell).empty(); }))
      return true;
    if (!format_.csv.header) return false;
    if (std::exchange(skip_header_, false)) {
      header_ = cells;
      return true;
    }
    if (cells != header_) return false;
    notes_.count("the table's header comes again, which is no row", record.line);
    return true;
  }

  std::string plain(const std::string& cell, std::int64_t line) {
    std::string text = unguarded(cell);
    if (text != cell) {
      notes_.count("what spreadsheets put around numbers (=\"…\", an apostrophe, a tab) is taken away", line);
    }
    return text;
  }

  std::string joined(const std::vector<std::string>& cells) const {
    std::string text;
    for (const auto& cell : cells) text += (text.empty() ? "" : std::string(1, format_.csv.separator)) + cell;
    return beginning_of(text);
  }

  CsvReader csv_;
  FileFormat format_;
  bool skip_header_;
  std::vector<std::string> header_;
  ReadingNotes notes_;
};

class PlainLinesReader final : public RecordReader {
 public:
  PlainLinesReader(TextStream stream, Encoding encoding) : lines_(std::move(stream)), encoding_(encoding) {}

  bool next(Record& record) override {
    record = {};
    std::string line;
    do {
      if (!lines_.next(line)) return false;
    } while (trimmed(line).empty());
    record.line = lines_.line_number();
    record.problem = lines_.too_long() ? "the line is longer than 64 MiB" : text_problem(line, encoding_);
    if (!record.problem.empty()) {
      record.raw = beginning_of(line);
    } else {
      record.value["line"] = std::move(line);
    }
    return true;
  }
  std::uint64_t bytes_read() const override { return lines_.stream().bytes_read(); }
  std::uint64_t bytes_total() const override { return lines_.stream().bytes_total(); }
  std::vector<std::string> notes() const override { return with_nuls({}, lines_); }

 private:
  TextLines lines_;
  Encoding encoding_;
};

std::string file_sample(const InputFile& file, Encoding encoding) {
  TextStream stream(file, encoding);
  std::string sample;
  while (sample.size() < sample_bytes && stream.read(sample)) {
  }
  // Only whole lines, unless there is but one.
  if (stream.bytes_read() < stream.bytes_total()) {
    if (const auto end = sample.find_last_of("\r\n"); end != std::string::npos) sample.resize(end + 1);
  }
  return sample;
}

bool is_whole_json(std::string_view text) {
  try {
    parse_json(text, "row");
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// What a text that begins with a bracket is.
std::optional<Container> json_container(std::string_view sample) {
  const std::string_view text = trimmed(sample);
  const std::size_t line_end = std::min(text.find_first_of("\r\n"), text.size());
  std::string_view first_line = trimmed(text.substr(0, line_end));
  if (first_line.ends_with("},")) first_line.remove_suffix(1);
  if (text.starts_with('[')) {
    const std::string_view inside = trimmed(text.substr(1));
    const bool array = inside.empty() || std::string_view("{[\"]").find(inside.front()) != std::string_view::npos;
    // A list on each line, rather than one of lists.
    const bool lists = is_whole_json(first_line) && trimmed(text.substr(line_end)).starts_with('[');
    if (array && lists) return Container::json_lines;
    return array ? std::optional(Container::json_values) : std::nullopt;
  }
  if (text.starts_with("\"{") && is_whole_json(first_line)) return Container::json_lines;  // rows as JSON's strings
  if (!text.starts_with('{')) return std::nullopt;
  const std::string_view inside = trimmed(text.substr(1));
  if (!inside.empty() && std::string_view("\"'}").find(inside.front()) == std::string_view::npos) return std::nullopt;
  // An object over several lines doesn't end on its first line; a broken JSON line nearly always does.
  if (is_whole_json(first_line) || first_line.ends_with('}') || first_line.size() > 200) return Container::json_lines;
  return Container::json_values;
}

/// What the table's first records leave to say.
std::vector<std::string> table_notes(const CsvDialect& csv) {
  std::vector<std::string> notes;
  if (csv.lines_before > 0) {
    notes.push_back("lines before the table that are no part of it: " + std::to_string(csv.lines_before));
  }
  for (const std::string& name : csv.columns) {
    const std::size_t at = name.rfind(" (2)");
    const bool twice = at != name.npos && at + 4 == name.size() &&
                       std::find(csv.columns.begin(), csv.columns.end(), name.substr(0, at)) != csv.columns.end();
    if (twice) notes.push_back("two columns are called '" + name.substr(0, at) + "'; the second is '" + name + "' here");
  }
  return notes;
}

}  // namespace

std::string beginning_of(std::string_view text) {
  std::size_t end = 4096;
  if (text.size() <= end) return std::string(text);
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

const char* to_string(Container container) {
  switch (container) {
    case Container::json_lines:
      return "JSON Lines";
    case Container::json_values:
      return "JSON";
    case Container::table:
      return "table";
    case Container::plain_lines:
      return "plain lines";
  }
  return "";
}

void ReadingNotes::count(const char* what, std::int64_t line) {
  for (Counted& counted : counted_) {
    if (counted.what != what) continue;
    ++counted.count;
    return;
  }
  counted_.push_back({what, 1, line});
}

std::vector<std::string> ReadingNotes::sentences() const {
  std::vector<std::string> sentences = said_;
  for (const Counted& counted : counted_) {
    sentences.push_back("in " + std::to_string(counted.count) + (counted.count == 1 ? " row" : " rows") +
                        ", the first in line " + std::to_string(counted.first_line) + ": " + counted.what);
  }
  return sentences;
}

std::string text_problem(std::string_view text, Encoding encoding) {
  if (text.find('\0') != text.npos) return "a NUL byte stands in the row";
  const std::size_t at = invalid_utf8_at(text);
  if (at == std::string_view::npos) return {};
  return "not " + std::string(to_string(encoding)) + ": a byte sequence it doesn't have, at byte " +
         std::to_string(at) + " of the row";
}

std::vector<std::string> with_nuls(ReadingNotes notes, const TextLines& lines) {
  if (lines.nuls() > 0) {
    notes.say(std::to_string(lines.nuls()) +
              " NUL bytes stand at the ends of lines, as a power cut leaves them; rows may be missing there");
  }
  return notes.sentences();
}

FileFormat detect_format(const InputFile& file, const FormatWishes& wishes) {
  FileFormat format;
  std::string note;
  format.encoding = wishes.encoding ? *wishes.encoding : detect_encoding(file, &note);
  if (!note.empty()) format.notes.push_back(note);
  const std::string sample = file_sample(file, format.encoding);
  const std::string ending = lower_case(file.path().extension().string());
  CsvWishes csv = wishes.csv;
  std::optional<Container> container = wishes.container;
  if (!container && csv.separator != 0) container = Container::table;  // only a table has one
  if (!container) container = json_container(sample);
  if (!container && is_table(sample, csv)) container = Container::table;
  if (!container && (ending == ".jsonl" || ending == ".ndjson")) container = Container::json_lines;
  if (!container && ending == ".json") container = Container::json_values;
  if (!container && (ending == ".csv" || ending == ".tsv")) container = Container::table;
  format.container = container.value_or(Container::plain_lines);
  if (format.container != Container::table) return format;
  if (csv.separator == 0 && ending == ".tsv" && sample.find('\t') != std::string::npos) csv.separator = '\t';
  format.csv = detect_csv(sample, csv);
  for (std::string& said : table_notes(format.csv)) format.notes.push_back(std::move(said));
  return format;
}

std::unique_ptr<RecordReader> open_records(const InputFile& file, const FileFormat& format) {
  TextStream stream(file, format.encoding);
  switch (format.container) {
    case Container::json_lines:
    case Container::json_values:
      return open_json_records(std::move(stream), format);
    case Container::table:
      return std::make_unique<TableReader>(std::move(stream), format);
    case Container::plain_lines:
      break;
  }
  return std::make_unique<PlainLinesReader>(std::move(stream), format.encoding);
}

std::string no_rows_sentence(const std::filesystem::path& path) {
  std::error_code none;
  const bool empty = std::filesystem::is_regular_file(path, none) && std::filesystem::file_size(path, none) == 0;
  return path.string() + (empty ? " is empty: there are no rows in it" : " has no row that can be read");
}

}  // namespace minnow
