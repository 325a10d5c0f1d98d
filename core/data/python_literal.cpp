// A recursive descent parser: one function per kind of value.
#include "core/data/python_literal.h"

#include <charconv>
#include <string>

#include "core/data/encoding.h"

namespace minnow {
namespace {

constexpr int max_depth = 64;  // as io's JSON reader

void append_utf8(std::uint32_t code, std::string& text) {
  if (code < 0x80) {
    text.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    text.push_back(static_cast<char>(0xc0 | (code >> 6)));
    text.push_back(static_cast<char>(0x80 | (code & 0x3f)));
  } else if (code < 0x10000) {
    text.push_back(static_cast<char>(0xe0 | (code >> 12)));
    text.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3f)));
    text.push_back(static_cast<char>(0x80 | (code & 0x3f)));
  } else {
    text.push_back(static_cast<char>(0xf0 | (code >> 18)));
    text.push_back(static_cast<char>(0x80 | ((code >> 12) & 0x3f)));
    text.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3f)));
    text.push_back(static_cast<char>(0x80 | (code & 0x3f)));
  }
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<Json> whole() {
    auto parsed = value(0);
    skip_blanks();
    if (at_ != text_.size()) return std::nullopt;
    return parsed;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    skip_blanks();
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  std::optional<Json> value(int depth) {
    if (depth > max_depth) return std::nullopt;
    skip_blanks();
    switch (peek()) {
      case '[':
        return list(']', depth);
      case '(':
        return list(')', depth);
      case '{':
        return dict(depth);
      case '\'':
      case '"':
        return string();
      case 'T':
      case 't':
        return take_word("True") || take_word("true") ? std::optional<Json>(true) : std::nullopt;
      case 'F':
      case 'f':
        return take_word("False") || take_word("false") ? std::optional<Json>(false) : std::nullopt;
      case 'N':
      case 'n':
        return take_word("None") || take_word("null") || take_word("NaN") ? std::optional<Json>(nullptr) : std::nullopt;
      default:
        return number();
    }
  }

  std::optional<Json> list(char close, int depth) {
    ++at_;
    Json result = Json::array();
    while (!take(close)) {
      auto item = value(depth + 1);
      if (!item) return std::nullopt;
      result.push_back(std::move(*item));
      if (take(',')) continue;
      if (!take(close)) return std::nullopt;
      break;
    }
    return result;
  }

  std::optional<Json> dict(int depth) {
    ++at_;
    Json result = Json::object();
    while (!take('}')) {
      skip_blanks();
      const auto key = peek() == '\'' || peek() == '"' ? string() : std::nullopt;
      if (!key || !take(':')) return std::nullopt;
      auto item = value(depth + 1);
      if (!item) return std::nullopt;
      result[key->get<std::string>()] = std::move(*item);
      if (take(',')) continue;
      if (!take('}')) return std::nullopt;
      break;
    }
    return result;
  }

  std::optional<std::uint32_t> hex(std::size_t digits) {
    if (at_ + digits > text_.size()) return std::nullopt;
    std::uint32_t code = 0;
    const char* end = text_.data() + at_ + digits;
    const auto [stop, error] = std::from_chars(text_.data() + at_, end, code, 16);
    if (error != std::errc{} || stop != end) return std::nullopt;
    at_ += digits;
    return code;
  }

  /// After the backslash. Unknown escapes keep their backslash, as in Python.
  bool escape(std::string& result) {
    const char c = peek();
    ++at_;
    switch (c) {
      case 'n':
        result += '\n';
        return true;
      case 't':
        result += '\t';
        return true;
      case 'r':
        result += '\r';
        return true;
      case 'b':
        result += '\b';
        return true;
      case 'f':
        result += '\f';
        return true;
      case '\n':
        return true;
      case '\\':
      case '\'':
      case '"':
      case '/':
        result += c;
        return true;
      case 'x':
      case 'u':
      case 'U': {
        auto code = hex(c == 'x' ? 2 : c == 'u' ? 4 : 8);
        if (code && *code >= 0xd800 && *code < 0xdc00 && take_word("\\u")) {
          const auto low = hex(4);
          if (!low || *low < 0xdc00 || *low > 0xdfff) return false;
          code = 0x10000 + ((*code - 0xd800) << 10) + (*low - 0xdc00);
        }
        if (!code || *code > 0x10ffff || (*code >= 0xd800 && *code <= 0xdfff)) return false;
        append_utf8(*code, result);
        return true;
      }
      default:
        result += '\\';
        result += c;
        return true;
    }
  }

  std::optional<Json> string() {
    const char quote = peek();
    ++at_;
    std::string result;
    while (at_ < text_.size() && peek() != quote) {
      const char c = peek();
      ++at_;
      if (c != '\\') {
        result += c;
      } else if (at_ >= text_.size() || !escape(result)) {
        return std::nullopt;
      }
    }
    if (at_ >= text_.size()) return std::nullopt;
    ++at_;
    return result;
  }

  std::optional<Json> number() {
    const std::size_t end = std::min(text_.find_first_not_of("+-0123456789.eE", at_), text_.size());
    const char* from = text_.data() + at_;
    const char* to = text_.data() + end;
    at_ = end;
    std::int64_t whole = 0;
    if (const auto [stop, error] = std::from_chars(from, to, whole); error == std::errc{} && stop == to) return whole;
    double real = 0.0;
    if (const auto [stop, error] = std::from_chars(from, to, real); error == std::errc{} && stop == to) return real;
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Json> parse_python_literal(std::string_view text) {
  if (invalid_utf8_at(text) != std::string_view::npos) return std::nullopt;
  return Parser(text).whole();
}

}  // namespace minnow
