// Parsing goes through nlohmann's SAX interface, which keeps its own stack on the heap, so nesting can't exhaust ours;
// the tree is built here because ordered_json's own builder is quadratic in the number of keys.
#include "core/io/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "core/io/file.h"
#include "core/io/file_kind.h"
#include "core/io/json_brackets.h"
#include "core/io/shown.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t linear_search_limit = 16;  // up to here comparing keys beats hashing them

/// "line 3, column 5 (byte 41)" of a byte in the text; all but the byte 1-based.
std::string place_in(std::string_view text, std::size_t byte) {
  byte = std::min(byte, text.size());
  const std::string_view before = text.substr(0, byte);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(byte - line_start + 1) + " (byte " +
         std::to_string(byte) + ")";
}

[[noreturn]] void refuse(std::string_view text, const std::string& subject, std::size_t byte, const std::string& why) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    throw Error(ErrorKind::format, subject + ": JSON is wanted in UTF-8, this is UTF-16", subject, "Save it as UTF-8.");
  if (const FileKind other = file_kind(text.substr(0, 512)))
    throw Error(ErrorKind::format, subject + ": JSON is wanted, this is " + other.what, subject, other.way_to_file);
  throw Error(ErrorKind::format, subject + ": not valid JSON at " + place_in(text, byte) + ": " + why, subject);
}

/// What is wrong, in the program's own words; the parser's are for programmers, and quote what may be megabytes. All of
/// them are whole phrases, so that a window can translate them.
const char* reason_of(std::string_view what) {
  // "…; last read: '<the token>'; expected <what>"
  const std::string_view head = what.substr(0, what.find("; last read: '"));
  const std::string_view expected = what.substr(std::min(what.rfind("; expected "), what.size()));
  const auto says = [head](std::string_view words) { return head.find(words) != head.npos; };
  if (says("missing closing quote")) return "a text's closing quotation mark is missing";
  if (says("control character")) return "a line break, tab or other control character stands in a text as it is";
  if (says("forbidden character after backslash")) return "a backslash stands before a character that needs none";
  if (says("4 hex digits")) return "\\u isn't followed by four hexadecimal digits";
  if (says("surrogate")) return "half of a character is written with \\u, without its other half";
  if (says("ill-formed UTF-8")) return "bytes stand there that aren't UTF-8";
  if (says("invalid number")) return "a number isn't complete";
  if (says("number overflow")) return "a number is too large";
  if (says("invalid comment")) return "a comment stands there, which JSON doesn't have";
  if (says("BOM")) return "the byte order mark isn't complete";
  if (says("unexpected end of input")) return "the text ends before the value does";
  if (expected.starts_with("; expected end of input")) return "something stands behind the value";
  if (says("parsing object key")) return "a key in quotation marks is missing";
  if (says("parsing object separator")) return "a colon is missing behind a key";
  if (says("invalid literal")) return "a word or sign stands there that JSON doesn't have";
  if (says("parsing object") || says("parsing array")) return "a comma or a closing bracket is missing";
  return "a value is missing";
}

/// Where the text first nests deeper than `max_depth`; what comes before is known to be valid JSON.
std::size_t first_too_deep(std::string_view text, int max_depth) {
  JsonBrackets brackets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    brackets.pass(text[i]);
    if (brackets.depth() > max_depth) return i;
  }
  return text.size();
}

/// Between nlohmann's callbacks and a JsonHandler: counts the depth, turns errors into sentences.
class Adapter final : public nlohmann::json_sax<Json> {
 public:
  Adapter(std::string_view text, const std::string& subject, const JsonLimits& limits, JsonHandler& handler)
      : text_(text), subject_(subject), limits_(limits), handler_(handler) {}

  bool null() override { return handler_.on_null(), true; }
  bool boolean(bool value) override { return handler_.on_boolean(value), true; }
  bool number_integer(number_integer_t value) override { return handler_.on_integer(value), true; }
  bool number_unsigned(number_unsigned_t value) override { return handler_.on_unsigned(value), true; }
  bool number_float(number_float_t value, const string_t&) override { return handler_.on_float(value), true; }
  bool string(string_t& value) override { return handler_.on_string(value), true; }
  bool binary(binary_t&) override { return false; }
  bool key(string_t& value) override { return handler_.on_key(value), true; }
  bool start_object(std::size_t) override { return enter(), handler_.on_start_object(), true; }
  bool end_object() override { return --depth_, handler_.on_end_object(), true; }
  bool start_array(std::size_t) override { return enter(), handler_.on_start_array(), true; }
  bool end_array() override { return --depth_, handler_.on_end_array(), true; }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    refuse(text_, subject_, position == 0 ? 0 : position - 1, reason_of(error.what()));
  }

 private:
  void enter() {
    if (++depth_ > limits_.max_depth) {
      refuse(text_, subject_, first_too_deep(text_, limits_.max_depth),
             "nested deeper than " + std::to_string(limits_.max_depth) + " levels");
    }
  }

  std::string_view text_;
  const std::string& subject_;
  const JsonLimits& limits_;
  JsonHandler& handler_;
  int depth_ = 0;
};

/// Finds a key among an object's items; a hash table of item numbers once there are many.
class KeyIndex {
 public:
  /// The item that has `key`, or object.size().
  std::size_t find(const Json::object_t& object, const std::string& key) {
    if (object.size() <= linear_search_limit) {
      std::size_t i = 0;
      while (i < object.size() && object.data()[i].first != key) ++i;
      return i;
    }
    if (slots_.size() < 2 * (object.size() + 1)) rebuild(object);
    for (; hashed_ < object.size(); ++hashed_) insert(object.data()[hashed_].first, hashed_);
    std::size_t at = std::hash<std::string>{}(key) & (slots_.size() - 1);
    while (slots_[at] != 0 && object.data()[slots_[at] - 1].first != key) at = (at + 1) & (slots_.size() - 1);
    return slots_[at] == 0 ? object.size() : slots_[at] - 1;
  }

 private:
  void rebuild(const Json::object_t& object) {
    std::size_t size = 64;
    while (size < 4 * object.size()) size *= 2;
    slots_.assign(size, 0);
    hashed_ = 0;
  }
  void insert(const std::string& key, std::size_t item) {
    std::size_t at = std::hash<std::string>{}(key) & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = static_cast<std::uint32_t>(item + 1);
  }

  std::vector<std::uint32_t> slots_;  // 0 = free, else item number + 1; a power of two, at most half full
  std::size_t hashed_ = 0;            // how many items are in slots_
};

/// Builds the tree. Only the innermost container grows, so pointers to the outer ones stay valid.
class TreeBuilder final : public JsonHandler {
 public:
  TreeBuilder(Json& root, const std::string& subject, bool reject_duplicates)
      : root_(root), subject_(subject), reject_duplicates_(reject_duplicates) {}

  void on_null() override { place(Json(nullptr)); }
  void on_boolean(bool value) override { place(Json(value)); }
  void on_integer(std::int64_t value) override { place(Json(value)); }
  void on_unsigned(std::uint64_t value) override { place(Json(value)); }
  void on_float(double value) override { place(Json(value)); }
  void on_string(std::string& value) override { place(Json(std::move(value))); }
  void on_start_object() override { open_.push_back({place(Json(Json::value_t::object)), {}}); }
  void on_start_array() override { open_.push_back({place(Json(Json::value_t::array)), {}}); }
  void on_end_object() override { open_.pop_back(); }
  void on_end_array() override { open_.pop_back(); }

  void on_key(std::string& key) override {
    auto& object = open_.back().container->get_ref<Json::object_t&>();
    const std::size_t at = open_.back().keys.find(object, key);
    if (at == object.size()) {
      static_cast<Json::object_t::Container&>(object).emplace_back(std::move(key), Json(nullptr));
    } else if (reject_duplicates_) {
      throw Error(ErrorKind::format, subject_ + ": the key " + shown(key) + " occurs twice in one object", subject_);
    }
    slot_ = &object.data()[at].second;
  }

 private:
  struct Open {
    Json* container;
    KeyIndex keys;
  };

  Json* place(Json&& value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (open_.back().container->is_array()) {
      auto& array = open_.back().container->get_ref<Json::array_t&>();
      array.push_back(std::move(value));
      return &array.back();
    }
    *slot_ = std::move(value);
    return slot_;
  }

  Json& root_;
  const std::string& subject_;
  bool reject_duplicates_;
  std::vector<Open> open_;
  Json* slot_ = nullptr;  // where the last key's value goes
};

/// As Python's repr(float): the shortest digits that read back, an exponent below 1e-4 and from 1e16 on.
void append_python_float(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value < 0 ? "-Infinity" : "Infinity";
    return;
  }
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));  // -d.ddde-05
  const std::size_t e = text.find('e');
  int exponent = 0;
  std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), end, exponent);
  if (exponent < -4 || exponent >= 16) {
    out += text;
    return;
  }
  std::string digits;
  for (const char c : text.substr(0, e)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (text[0] == '-') out += '-';
  if (exponent < 0) {
    out += "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    return;
  }
  const std::size_t whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  out += digits.substr(0, whole) + "." + (digits.size() > whole ? digits.substr(whole) : "0");
}

void append_python(std::string& out, const Json& value) {
  switch (value.type()) {
    case Json::value_t::object: {
      const char* between = "";
      out += '{';
      for (const auto& [key, item] : value.get_ref<const Json::object_t&>()) {
        out += between;
        out += dump_json(Json(key)) + ": ";
        append_python(out, item);
        between = ", ";
      }
      out += '}';
      return;
    }
    case Json::value_t::array: {
      const char* between = "";
      out += '[';
      for (const auto& item : value) {
        out += between;
        append_python(out, item);
        between = ", ";
      }
      out += ']';
      return;
    }
    case Json::value_t::number_float:
      append_python_float(out, value.get<double>());
      return;
    default:
      out += dump_json(value);  // both escape strings alike: short forms, \u001f in lower case
  }
}

}  // namespace

void parse_json_events(std::string_view text, const std::string& subject, const JsonLimits& limits,
                       JsonHandler& handler) {
  if (text.size() > limits.max_bytes) {
    throw Error(ErrorKind::format,
                subject + ": " + std::to_string(text.size()) + " bytes of JSON, the limit is " +
                    std::to_string(limits.max_bytes),
                subject);
  }
  // nlohmann takes a NUL byte for the end of the text and would pass over what follows.
  if (const std::size_t nul = text.find('\0'); nul != text.npos) refuse(text, subject, nul, "a NUL byte");
  Adapter adapter(text, subject, limits, handler);
  Json::sax_parse(text.data(), text.data() + text.size(), &adapter);
}

Json parse_json(std::string_view text, const std::string& subject, const JsonLimits& limits) {
  Json root;
  TreeBuilder builder(root, subject, limits.reject_duplicates);
  parse_json_events(text, subject, limits, builder);
  return root;
}

Json read_json_file(const std::filesystem::path& path, const JsonLimits& limits) {
  return parse_json(read_file(path, limits.max_bytes), path.string(), limits);
}

std::string dump_json(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string shown_json(const Json& value) { return value.is_string() ? value.get<std::string>() : dump_json(value); }

std::string dump_json_python(const Json& value) {
  std::string out;
  append_python(out, value);
  return out;
}

}  // namespace minnow
