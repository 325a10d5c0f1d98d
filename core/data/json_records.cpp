// A queue of records in front of two ways to cut a text into values; a document that is all of its file may hold its
// rows in another layout.
#include "core/data/json_records.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "core/data/column_names.h"
#include "core/data/json_layout.h"
#include "core/data/json_values.h"
#include "core/data/python_literal.h"
#include "core/io/json_brackets.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t max_value_lines = 500;  // of one row that was broken over lines in a file of lines

constexpr const char* lenient =
    "the row isn't strict JSON (a comma too many, Python's quotes, a line break in a string) but can be read";
constexpr const char* key_twice = "a key stands in the row twice; the last value counts";
constexpr const char* first_too_long =
    "the file's first value is longer than 64 MiB, the limit of a row and of an object that holds the rows in a list; "
    "give that list alone in a file of its own, or one row a line";
constexpr const char* same_line = "the row stands on a line with others";

/// Where the first value of `text` ends, which begins with a bracket; npos if its brackets aren't closed.
std::size_t value_end(std::string_view text) {
  JsonBrackets brackets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int before = brackets.depth();
    brackets.pass(text[i]);
    if (brackets.depth() < before && brackets.depth() <= 0) return i + 1;
  }
  return std::string_view::npos;
}

/// Text without blanks and without commas behind it.
std::string_view without_comma(std::string_view text) {
  text = trimmed(text);
  while (text.ends_with(',')) text = trimmed(text.substr(0, text.size() - 1));
  return text;
}

/// A byte order mark that JSON's escapes wrote into a value is no part of it either.
void erase_marks(Json& value) {
  if (value.is_string()) {
    auto& text = value.get_ref<std::string&>();
    for (std::size_t at = text.find("\xef\xbb\xbf"); at != text.npos; at = text.find("\xef\xbb\xbf", at)) text.erase(at, 3);
  } else {
    for (Json& item : value) {
      if (value.is_structured()) erase_marks(item);
    }
  }
}

bool has_escaped_mark(std::string_view text) {
  for (const char* mark : {"\\ufeff", "\\uFEFF", "\\uFeff", "\\ufEFF"}) {
    if (text.find(mark) != text.npos) return true;
  }
  return false;
}

class JsonReader : public RecordReader {
 public:
  explicit JsonReader(Encoding encoding) : encoding_(encoding) {}

  bool next(Record& record) final {
    if (records_.empty() && !more()) return false;
    if (!std::exchange(begun_, true)) look_inside();
    record = std::move(records_.front());
    records_.pop_front();
    if (record.problem.empty()) make_row(record);
    return true;
  }

 protected:
  /// Reads on until there is another record; false at the end.
  virtual bool more() = 0;

  /// Adds the value that `text` is, or else why it is none.
  void add(std::string_view text, std::int64_t line, bool single_line) {
    std::string why;
    if (add_strict(text, line, &why)) return;
    if (auto literal = parse_python_literal(without_comma(text))) {
      notes_.count(lenient, line);
      return add_value(std::move(*literal), text, line);
    }
    if (why.rfind("row: ", 0) == 0) why.erase(0, 5);
    const std::string first_line = "line 1, ";  // the record's own line number says more
    if (const auto at = why.find(first_line); single_line && at != why.npos) why.erase(at, first_line.size());
    add_problem(std::move(why), text, line);
  }
  /// Adds it if it is strict JSON, or no text at all; else `why` it isn't.
  bool add_strict(std::string_view text, std::int64_t line, std::string* why) {
    if (auto problem = text_problem(text, encoding_); !problem.empty()) {
      add_problem(std::move(problem), text, line);
      return true;
    }
    try {
      add_value(parse_json(text, "row", {.reject_duplicates = true}), text, line);
      return true;
    } catch (const Error& error) {
      *why = error.what();
    }
    if (why->find("occurs twice in one object") == why->npos) return false;
    add_value(parse_json(text, "row"), text, line);
    notes_.count(key_twice, line);
    return true;
  }
  void add_problem(std::string problem, std::string_view text, std::int64_t line) {
    records_.push_back({line, {}, std::move(problem), beginning_of(text)});
  }
  static bool is_json(std::string_view text) {
    try {
      parse_json(text, "row");
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  std::deque<Record> records_;
  ReadingNotes notes_;

 private:
  void add_value(Json&& value, std::string_view text, std::int64_t line) {
    if (has_escaped_mark(text)) erase_marks(value);
    records_.push_back({line, std::move(value), {}, {}});
  }

  /// An object stays; a text that holds one is it, any other one is a plain line; a list takes its names from the first
  /// list.
  void make_row(Record& record) const {
    Json& value = record.value;
    if (value.is_object()) return;
    if (value.is_string()) {
      std::string text = value.get<std::string>();
      Json inner;
      if (trimmed(text).starts_with('{') && is_json(text)) inner = parse_json(text, "row");
      if (!inner.is_object()) inner = Json{{"line", std::move(text)}};
      value = std::move(inner);
    } else if (value.is_array() && !columns_.empty() && value.size() == columns_.size()) {
      Json row = Json::object();
      for (std::size_t i = 0; i < columns_.size(); ++i) row[columns_[i]] = std::move(value[i]);
      value = std::move(row);
    } else {
      record.problem = std::string("a row must be a JSON object with named values, this is ") + type_words(value);
      record.raw = beginning_of(dump_json(value));
    }
  }

  /// What the first value says of the file.
  void look_inside() {
    Record& first = records_.front();
    if (!first.problem.empty()) return;
    if (first.value.is_array()) return take_names(first.value);
    if (records_.size() > 1) return;
    auto layout = rows_inside(first.value);
    if (!layout || more()) return;  // rows one by one after all
    if (!layout->problem.empty()) {
      first.raw = beginning_of(dump_json(first.value));
      first.problem = layout->problem;
      return;
    }
    notes_.say(layout->note);
    records_.clear();
    std::int64_t number = 0;
    for (Json& row : layout->rows) records_.push_back({++number, std::move(row), {}, {}});
  }

  /// A list of known names in front of lists names the columns.
  void take_names(const Json& list) {
    bool known = false;
    for (const Json& name : list) {
      if (!name.is_string()) return;
      known = known || is_known_column(lower_case(trimmed(name.get<std::string>())));
    }
    if (!known) return;
    for (const Json& name : list) columns_.push_back(name.get<std::string>());
    notes_.say("its rows are lists, named by the first of them");
    records_.pop_front();
    if (records_.empty() && !more()) records_.push_back({1, {}, "the file holds the columns' names and no row", {}});
  }

  Encoding encoding_;
  bool begun_ = false;
  std::vector<std::string> columns_;
};

class JsonLinesReader final : public JsonReader {
 public:
  JsonLinesReader(TextStream stream, Encoding encoding) : JsonReader(encoding), lines_(std::move(stream)) {}

  std::uint64_t bytes_read() const override { return lines_.stream().bytes_read(); }
  std::uint64_t bytes_total() const override { return lines_.stream().bytes_total(); }
  std::vector<std::string> notes() const override { return with_nuls(notes_, lines_); }

 private:
  bool more() override {
    std::string line;
    std::string_view text;
    do {
      if (!lines_.next(line)) return false;
      text = without_comma(line);
    } while (text.empty() || text == "[" || text == "]");
    const std::int64_t number = lines_.line_number();
    if (lines_.too_long()) {
      add_problem(number == 1 ? first_too_long
                              : "the line is longer than " + std::to_string(TextLines::default_limit >> 20) + " MiB",
                  line, number);
      return true;
    }
    std::string why;
    if (add_strict(text, number, &why)) {
      if (text.size() < trimmed(line).size()) notes_.count("a comma stands behind the row", number);
      return true;
    }
    const std::size_t end = value_end(text);
    if (!text.starts_with('{') || end == text.size() || parse_python_literal(text)) {
      add(text, number, true);
    } else if (end < text.size()) {
      add_pieces(text, number);
    } else {
      add_broken(line, number);
    }
    return true;
  }

  /// Values one after another on a line: each by itself.
  void add_pieces(std::string_view text, std::int64_t number) {
    while (!text.empty()) {
      const std::size_t end = std::min(value_end(text), text.size());
      add(text.substr(0, end), number, true);
      notes_.count(same_line, number);
      text = trimmed(text.substr(end));
      while (text.starts_with(',')) text = trimmed(text.substr(1));
    }
  }

  /// A row that was broken over lines, if the next ones complete it; else this line alone can't be read.
  void add_broken(const std::string& line, std::int64_t number) {
    std::string text = line, next;
    std::vector<std::string> gathered;
    while (value_end(text) == text.npos && gathered.size() < max_value_lines && text.size() < TextLines::default_limit &&
           lines_.next(next)) {
      gathered.push_back(next);
      if (next.starts_with('{')) break;
      text += '\n' + next;
    }
    const std::size_t end = value_end(text);
    const bool complete = end != text.npos && without_comma(std::string_view(text).substr(end)).empty() &&
                          (is_json(without_comma(text)) || parse_python_literal(without_comma(text)));
    if (complete && !gathered.empty()) {
      notes_.count("the row is broken over several lines", number);
      return add(without_comma(text), number, false);
    }
    for (auto it = gathered.rbegin(); it != gathered.rend(); ++it) lines_.push_back(std::move(*it));
    add(line, number, true);
  }

  TextLines lines_;
};

class JsonValuesReader final : public JsonReader {
 public:
  JsonValuesReader(TextStream stream, Encoding encoding) : JsonReader(encoding), values_(std::move(stream)) {}

  std::uint64_t bytes_read() const override { return values_.stream().bytes_read(); }
  std::uint64_t bytes_total() const override { return values_.stream().bytes_total(); }
  std::vector<std::string> notes() const override { return notes_.sentences(); }

 private:
  bool more() override {
    JsonValues::Value value;
    if (!values_.next(value)) return false;
    switch (value.cut) {
      case JsonValues::Cut::whole:
        add(value.text, value.line, false);
        break;
      case JsonValues::Cut::broken:
        add_problem("a bracket or quotation mark is missing: the next row begins before this one ends", value.text,
                    value.line);
        break;
      case JsonValues::Cut::unfinished:
        add_problem("a bracket is missing: the file ends before this row does", value.text, value.line);
        break;
      case JsonValues::Cut::too_long:
        add_problem(first_ ? first_too_long : "the row is longer than 64 MiB, or a bracket is missing",
                    value.text, value.line);
        break;
    }
    first_ = false;
    return true;
  }

  JsonValues values_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<RecordReader> open_json_records(TextStream stream, const FileFormat& format) {
  if (format.container == Container::json_lines)
    return std::make_unique<JsonLinesReader>(std::move(stream), format.encoding);
  return std::make_unique<JsonValuesReader>(std::move(stream), format.encoding);
}

}  // namespace minnow
