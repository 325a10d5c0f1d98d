// One reader per container; each turns its own troubles into a record with a problem.
#include "core/data/record_reader.h"

#include <algorithm>
#include <utility>

#include "core/data/column_names.h"
#include "core/data/json_values.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t sample_bytes = std::size_t{256} << 10;

std::string encoding_problem(std::string_view text, Encoding encoding) {
  const std::size_t at = invalid_utf8_at(text);
  if (at == std::string_view::npos) return {};
  return "not " + std::string(to_string(encoding)) + ": a byte sequence it doesn't have, at byte " +
         std::to_string(at) + " of the row";
}

/// Parses one row's text into the record, or says why not.
void parse_into(Record& record, std::string_view text, Encoding encoding, bool single_line) {
  const auto set_aside = [&](std::string why) {
    record.problem = std::move(why);
    record.raw = beginning_of(text);
  };
  if (auto problem = encoding_problem(text, encoding); !problem.empty()) return set_aside(std::move(problem));
  try {
    record.value = parse_json(text, "row");
  } catch (const Error& error) {
    std::string why = error.what();
    if (why.rfind("row: ", 0) == 0) why.erase(0, 5);
    const std::string line = "line 1, ";  // the record's own line number says more
    if (const auto at = why.find(line); single_line && at != std::string::npos) why.erase(at, line.size());
    return set_aside(std::move(why));
  }
  if (!record.value.is_object()) {
    record.value = nullptr;
    set_aside("a row must be a JSON object with named values");
  }
}

class JsonLinesReader final : public RecordReader {
 public:
  JsonLinesReader(TextStream stream, Encoding encoding) : lines_(std::move(stream)), encoding_(encoding) {}

  bool next(Record& record) override {
    record = {};
    do {
      if (!lines_.next(line_)) return false;
    } while (trimmed(line_).empty());
    record.line = lines_.line_number();
    if (lines_.too_long()) {
      record.problem = "the line is longer than " + std::to_string(TextLines::default_limit >> 20) + " MiB";
      record.raw = beginning_of(line_);
      return true;
    }
    parse_into(record, line_, encoding_, true);
    return true;
  }
  std::uint64_t bytes_read() const override { return lines_.stream().bytes_read(); }
  std::uint64_t bytes_total() const override { return lines_.stream().bytes_total(); }

 private:
  TextLines lines_;
  Encoding encoding_;
  std::string line_;
};

class JsonValuesReader final : public RecordReader {
 public:
  JsonValuesReader(TextStream stream, Encoding encoding) : values_(std::move(stream)), encoding_(encoding) {}

  bool next(Record& record) override {
    record = {};
    JsonValues::Value value;
    if (!values_.next(value)) return false;
    record.line = value.line;
    switch (value.cut) {
      case JsonValues::Cut::whole:
        parse_into(record, value.text, encoding_, false);
        return true;
      case JsonValues::Cut::broken:
        record.problem = "a bracket or quotation mark is missing: the next row begins before this one ends";
        break;
      case JsonValues::Cut::unfinished:
        record.problem = "a bracket is missing: the file ends before this row does";
        break;
      case JsonValues::Cut::too_long:
        record.problem = "the row is longer than 64 MiB, or a bracket is missing";
        break;
    }
    record.raw = beginning_of(value.text);
    return true;
  }
  std::uint64_t bytes_read() const override { return values_.stream().bytes_read(); }
  std::uint64_t bytes_total() const override { return values_.stream().bytes_total(); }

 private:
  JsonValues values_;
  Encoding encoding_;
};

class TableReader final : public RecordReader {
 public:
  TableReader(TextStream stream, const FileFormat& format)
      : csv_(TextLines(std::move(stream)), format.csv.separator), format_(format), skip_header_(format.csv.header) {}

  bool next(Record& record) override {
    record = {};
    CsvRecord cells;
    if (!csv_.next(cells)) return false;
    if (std::exchange(skip_header_, false) && !csv_.next(cells)) return false;
    record.line = cells.line;
    record.problem = cells.problem;
    record.raw = beginning_of(cells.raw);
    if (!record.problem.empty()) return true;
    const auto& columns = format_.csv.columns;
    if (cells.cells.size() > columns.size()) {
      record.problem = "the row has " + std::to_string(cells.cells.size()) + " cells, the table has " +
                       std::to_string(columns.size()) + " columns";
    }
    for (const auto& cell : cells.cells) {
      if (record.problem.empty()) record.problem = encoding_problem(cell, format_.encoding);
    }
    if (!record.problem.empty()) {
      record.raw = joined(cells.cells);
      return true;
    }
    record.value = Json::object();
    for (std::size_t i = 0; i < cells.cells.size(); ++i) record.value[columns[i]] = std::move(cells.cells[i]);
    return true;
  }
  std::uint64_t bytes_read() const override { return csv_.stream().bytes_read(); }
  std::uint64_t bytes_total() const override { return csv_.stream().bytes_total(); }

 private:
  std::string joined(const std::vector<std::string>& cells) const {
    std::string text;
    for (const auto& cell : cells) text += (text.empty() ? "" : std::string(1, format_.csv.separator)) + cell;
    return beginning_of(text);
  }

  CsvReader csv_;
  FileFormat format_;
  bool skip_header_;
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
    record.problem = lines_.too_long() ? "the line is longer than 64 MiB" : encoding_problem(line, encoding_);
    if (!record.problem.empty()) {
      record.raw = beginning_of(line);
    } else {
      record.value["line"] = std::move(line);
    }
    return true;
  }
  std::uint64_t bytes_read() const override { return lines_.stream().bytes_read(); }
  std::uint64_t bytes_total() const override { return lines_.stream().bytes_total(); }

 private:
  TextLines lines_;
  Encoding encoding_;
};

std::string file_sample(const std::filesystem::path& path, Encoding encoding) {
  TextStream stream(path, encoding);
  std::string sample;
  while (sample.size() < sample_bytes && stream.read(sample)) {
  }
  // Only whole lines, unless there is but one.
  if (stream.bytes_read() < stream.bytes_total()) {
    if (const auto end = sample.rfind('\n'); end != std::string::npos) sample.resize(end + 1);
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
  const std::string_view first_line = trimmed(text.substr(0, text.find('\n')));
  if (text.starts_with('[')) {
    const std::string_view inside = trimmed(text.substr(1));
    const bool array = inside.empty() || std::string_view("{[\"]").find(inside.front()) != std::string_view::npos;
    return array ? std::optional(Container::json_values) : std::nullopt;
  }
  if (!text.starts_with('{')) return std::nullopt;
  const std::string_view inside = trimmed(text.substr(1));
  if (!inside.empty() && inside.front() != '"' && inside.front() != '}') return std::nullopt;
  // An object over several lines doesn't end on its first line; a broken JSON line nearly always does.
  if (is_whole_json(first_line) || first_line.ends_with('}') || first_line.size() > 200) return Container::json_lines;
  return Container::json_values;
}

/// Lines of people's writing are full of commas: a table only if the first record names columns that are known.
bool names_columns(std::string_view sample, const CsvWishes& wishes) {
  const CsvDialect dialect = detect_csv(sample, wishes);
  if (dialect.columns.size() < 2 || !dialect.header) return false;
  return std::any_of(dialect.columns.begin(), dialect.columns.end(), [&](const std::string& column) {
    const std::string name = lower_case(column);
    const auto& known = wishes.known_names;
    return is_known_column(name) || std::find(known.begin(), known.end(), name) != known.end();
  });
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

FileFormat detect_format(const std::filesystem::path& path, const FormatWishes& wishes) {
  FileFormat format;
  format.encoding = wishes.encoding ? *wishes.encoding : detect_encoding(path);
  const std::string sample = file_sample(path, format.encoding);
  const std::string ending = lower_case(path.extension().string());
  CsvWishes csv = wishes.csv;
  if (csv.separator == 0 && ending == ".tsv") csv.separator = '\t';
  std::optional<Container> container = wishes.container;
  if (!container) container = json_container(sample);
  if (!container && (ending == ".jsonl" || ending == ".ndjson")) container = Container::json_lines;
  if (!container && ending == ".json") container = Container::json_values;
  if (!container && (ending == ".csv" || ending == ".tsv")) container = Container::table;
  if (!container) container = names_columns(sample, csv) ? Container::table : Container::plain_lines;
  format.container = *container;
  if (*container == Container::table) format.csv = detect_csv(sample, csv);
  return format;
}

std::unique_ptr<RecordReader> open_records(const std::filesystem::path& path, const FileFormat& format) {
  TextStream stream(path, format.encoding);
  switch (format.container) {
    case Container::json_lines:
      return std::make_unique<JsonLinesReader>(std::move(stream), format.encoding);
    case Container::json_values:
      return std::make_unique<JsonValuesReader>(std::move(stream), format.encoding);
    case Container::table:
      return std::make_unique<TableReader>(std::move(stream), format);
    case Container::plain_lines:
      break;
  }
  return std::make_unique<PlainLinesReader>(std::move(stream), format.encoding);
}

}  // namespace minnow
