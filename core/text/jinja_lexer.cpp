// Blanks as Jinja's lexer treats them; escapes as Python's.
#include "core/text/jinja_lexer.h"

#include <cctype>
#include <cstdlib>

#include "core/text/jinja_tree.h"

namespace minnow::jinja {
namespace {

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

/// The place of `close` after `from`, quotes skipped inside code. npos if there is none.
std::size_t end_of_tag(std::string_view text, std::size_t from, std::string_view close, bool code) {
  char quote = 0;
  for (std::size_t i = from; i + 1 < text.size(); ++i) {
    if (quote != 0) {
      if (text[i] == '\\') ++i;
      else if (text[i] == quote) quote = 0;
    } else if (code && (text[i] == '\'' || text[i] == '"')) {
      quote = text[i];
    } else if (text.substr(i, 2) == close) {
      return i;
    }
  }
  return text.npos;
}

void append_utf8(std::string& out, unsigned long code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 63));
  } else {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 63));
    out += static_cast<char>(0x80 | (code & 63));
  }
}

/// A text's escapes as Python's unicode-escape reads them.
std::string unescaped(std::string_view text, int line) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    switch (c) {
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case 'r': out += '\r'; break;
      case '\\': case '\'': case '"': out += c; break;
      case '\n': break;
      case 'x': case 'u': {
        const std::string digits(text.substr(i + 1, c == 'x' ? 2 : 4));
        char* end = nullptr;
        const unsigned long code = std::strtoul(digits.c_str(), &end, 16);
        if (digits.size() != (c == 'x' ? 2U : 4U) || *end != '\0' || (code >= 0xD800 && code < 0xE000))
          jinja_unknown(line, "the escape \\" + std::string(1, c) + digits);
        append_utf8(out, code);
        i += digits.size();
        break;
      }
      default: jinja_unknown(line, std::string("the escape \\") + c);
    }
  }
  return out;
}

}  // namespace

std::string with_plain_line_ends(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') out += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
    else continue;
  }
  if (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

std::vector<Piece> cut(std::string_view text) {
  std::vector<Piece> pieces;
  std::size_t at = 0;
  int line = 1;
  bool line_starts = true;
  while (at < text.size()) {
    std::size_t open = at;
    while (open < text.size() && !(text[open] == '{' && open + 1 < text.size() &&
                                   (text[open + 1] == '{' || text[open + 1] == '%' || text[open + 1] == '#')))
      ++open;
    std::string before(text.substr(at, open - at));
    const int text_line = line;
    for (const char c : before) line += c == '\n';
    if (open >= text.size()) {
      pieces.push_back({Piece::Kind::text, before, text_line});
      break;
    }
    const char what = text[open + 1];
    const std::string_view close = what == '{' ? "}}" : what == '%' ? "%}" : "#}";
    const std::size_t end = end_of_tag(text, open + 2, close, what != '#');
    if (end == text.npos) jinja_unknown(line, "a tag that isn't closed");
    std::string inside(text.substr(open + 2, end - open - 2));
    const char mark = inside.empty() ? ' ' : inside.front(), last = inside.empty() ? ' ' : inside.back();
    if (mark == '-') {
      while (!before.empty() && is_blank(before.back())) before.pop_back();
    } else if (mark != '+' && what != '{') {
      const std::size_t line_begin = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
      if ((line_begin > 0 || line_starts) && before.find_first_not_of(" \t\v\f", line_begin) == before.npos) before.resize(line_begin);
    }
    if (mark == '-' || mark == '+') inside.erase(0, 1);
    if (!inside.empty() && (last == '-' || (last == '+' && what != '{'))) inside.pop_back();
    if (!before.empty()) pieces.push_back({Piece::Kind::text, before, text_line});
    if (what != '#') pieces.push_back({what == '{' ? Piece::Kind::output : Piece::Kind::block, inside, line});
    for (const char c : text.substr(open, end + 2 - open)) line += c == '\n';
    at = end + 2;
    line_starts = false;
    if (last == '-') {
      while (at < text.size() && is_blank(text[at])) {
        line += text[at] == '\n';
        line_starts = text[at++] == '\n';
      }
    } else if (last != '+' && what != '{' && at < text.size() && text[at] == '\n') {
      ++at;
      ++line;
      line_starts = true;
    }
  }
  return pieces;
}

std::vector<Token> tokens_of(const Piece& piece) {
  std::vector<Token> tokens;
  const std::string& text = piece.text;
  int line = piece.line;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (is_blank(c)) {
      line += c == '\n';
      ++i;
      continue;
    }
    const std::size_t begin = i;
    if (std::isalpha(static_cast<unsigned char>(c)) || c == '_') {
      while (i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) || text[i] == '_')) ++i;
      tokens.push_back({Token::Kind::name, text.substr(begin, i - begin), line});
    } else if (std::isdigit(static_cast<unsigned char>(c))) {
      while (i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) || text[i] == '.' || text[i] == '_')) ++i;
      tokens.push_back({Token::Kind::number, text.substr(begin, i - begin), line});
    } else if (c == '\'' || c == '"') {
      for (++i; i < text.size() && text[i] != c; ++i)
        if (text[i] == '\\') ++i;
      if (i >= text.size()) jinja_unknown(line, "a text that isn't closed");
      tokens.push_back({Token::Kind::text, unescaped(std::string_view(text).substr(begin + 1, i - begin - 1), line), line});
      ++i;
    } else {
      std::size_t length = 1;
      for (const std::string_view two : {"==", "!=", "<=", ">=", "//", "**"})
        if (text.compare(i, 2, two) == 0) length = 2;
      tokens.push_back({Token::Kind::sign, text.substr(i, length), line});
      i += length;
    }
  }
  tokens.push_back({Token::Kind::end, "", line});
  return tokens;
}

}  // namespace minnow::jinja
