// A scanner over JSON that is known to be valid.
#include "core/data/value_ranges.h"

#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

bool is_json_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Positions in a text that parse_json accepted; never reads past its end.
struct Scanner {
  std::string_view text;
  std::size_t at = 0;

  bool done() const { return at >= text.size(); }
  char peek() const { return done() ? '\0' : text[at]; }
  void skip_blanks() {
    while (!done() && is_json_blank(text[at])) ++at;
  }
  /// From the opening quote to behind the closing one.
  void skip_string() {
    for (++at; !done() && text[at] != '"'; ++at) {
      if (text[at] == '\\') ++at;
    }
    ++at;
  }
  /// Any value; nested ones by counting brackets outside of strings.
  void skip_value() {
    int depth = 0;
    do {
      const char c = peek();
      if (c == '"') {
        skip_string();
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') {
        if (depth == 0) return;  // the object's own end
        --depth;
      } else if (depth == 0 && (c == ',' || is_json_blank(c))) {
        return;
      }
      ++at;
    } while (!done() && (depth > 0 || (peek() != ',' && peek() != '}' && !is_json_blank(peek()))));
  }
};

}  // namespace

std::vector<ValueRange> value_ranges(std::string_view text) {
  std::vector<ValueRange> ranges;
  try {
    if (!parse_json(text, "the answer").is_object()) return ranges;
  } catch (const Error&) {
    return ranges;  // an ordinary "no": the answer isn't JSON
  }
  Scanner scan{text};
  scan.skip_blanks();
  if (scan.peek() != '{') return ranges;
  ++scan.at;
  for (;;) {
    scan.skip_blanks();
    if (scan.peek() != '"') return ranges;
    const std::size_t key_begin = scan.at;
    scan.skip_string();
    ValueRange range;
    range.key = parse_json(text.substr(key_begin, scan.at - key_begin), "a key").get<std::string>();
    scan.skip_blanks();
    ++scan.at;  // the colon
    scan.skip_blanks();
    range.begin = scan.at + (scan.peek() == '"' ? 1 : 0);
    scan.skip_value();
    range.end = scan.at;
    ranges.push_back(std::move(range));
    scan.skip_blanks();
    if (scan.peek() != ',') return ranges;
    ++scan.at;
  }
}

}  // namespace minnow
