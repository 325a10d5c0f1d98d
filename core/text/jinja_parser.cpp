// Cuts the source into text and tags with Jinja's rules for blanks, then parses the tags by precedence climbing in the
// order of Jinja's own parser.
#include <cctype>
#include <cstdlib>

#include "core/text/jinja_tree.h"
#include "core/types/error.h"

namespace minnow::jinja {
namespace {

struct Token {
  enum class Kind { name, text, number, sign, end };
  Kind kind = Kind::end;
  std::string text;
  int line = 0;
};

/// Text between tags, or a tag's inside.
struct Piece {
  enum class Kind { text, block, output };
  Kind kind = Kind::text;
  std::string text;
  int line = 1;
};

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

/// Jinja's lexer with trim_blocks (a line break behind a block or comment goes) and lstrip_blocks (blanks in front of
/// one that begins its line go).
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

ExpressionPtr make(Expression::Kind kind, int line, std::string text = {}) {
  auto e = std::make_unique<Expression>();
  e->kind = kind;
  e->line = line;
  e->text = std::move(text);
  return e;
}

template <typename... Parts>
ExpressionPtr make_of(Expression::Kind kind, int line, const std::string& text, Parts... parts) {
  auto e = make(kind, line, text);
  (e->parts.push_back(std::move(parts)), ...);
  return e;
}

/// The tokens of one tag.
class TagParser {
 public:
  explicit TagParser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  const Token& now() const { return tokens_[at_]; }
  int line() const { return now().line; }
  Token take() { return at_ + 1 < tokens_.size() ? tokens_[at_++] : tokens_[at_]; }
  bool is(std::string_view text) const {
    return (now().kind == Token::Kind::sign || now().kind == Token::Kind::name) && now().text == text;
  }
  bool skip(std::string_view text) {
    if (!is(text)) return false;
    take();
    return true;
  }
  void need(std::string_view text) {
    if (!skip(text)) jinja_unknown(line(), "'" + now().text + "' where '" + std::string(text) + "' was expected");
  }
  std::string name() {
    if (now().kind != Token::Kind::name) jinja_unknown(line(), "'" + now().text + "' where a name was expected");
    return take().text;
  }
  void finish() const {
    if (now().kind != Token::Kind::end) jinja_unknown(line(), "'" + now().text + "' behind an expression");
  }

  ExpressionPtr expression() {
    ExpressionPtr then = either();
    while (is("if")) {
      const int at = line();
      take();
      ExpressionPtr condition = either(), otherwise;
      if (skip("else")) otherwise = expression();
      then = make_of(Expression::Kind::choice, at, "", std::move(then), std::move(condition), std::move(otherwise));
    }
    return then;
  }

 private:
  ExpressionPtr either() {
    ExpressionPtr left = both();
    while (skip("or")) left = make_of(Expression::Kind::either, line(), "", std::move(left), both());
    return left;
  }
  ExpressionPtr both() {
    ExpressionPtr left = negation();
    while (skip("and")) left = make_of(Expression::Kind::both, line(), "", std::move(left), negation());
    return left;
  }
  ExpressionPtr negation() {
    if (skip("not")) return make_of(Expression::Kind::negation, line(), "", negation());
    return comparison();
  }
  ExpressionPtr comparison() {
    ExpressionPtr left = sum();
    int count = 0;
    while (true) {
      std::string op;
      if (is("not") && tokens_[at_ + 1].text == "in") {
        take();
        op = "not in";
      } else {
        for (const char* known : {"==", "!=", "<", "<=", ">", ">=", "in"})
          if (is(known)) op = known;
      }
      if (op.empty()) return left;
      const int at = line();
      take();
      if (++count > 1) jinja_unknown(at, "comparisons in a chain");
      left = make_of(Expression::Kind::operation, at, op, std::move(left), sum());
    }
  }
  ExpressionPtr sum() {
    ExpressionPtr left = joined();
    while (is("+") || is("-")) {
      const Token op = take();
      left = make_of(Expression::Kind::operation, op.line, op.text, std::move(left), joined());
    }
    return left;
  }
  ExpressionPtr joined() {
    ExpressionPtr left = product();
    while (is("~")) {
      const Token op = take();
      left = make_of(Expression::Kind::operation, op.line, op.text, std::move(left), product());
    }
    return left;
  }
  ExpressionPtr product() {
    ExpressionPtr left = unary(true);
    while (is("*") || is("%") || is("//")) {
      const Token op = take();
      left = make_of(Expression::Kind::operation, op.line, op.text, std::move(left), unary(true));
    }
    if (is("/") || is("**")) jinja_unknown(line(), "the operator " + now().text);
    return left;
  }
  ExpressionPtr unary(bool filters) {
    const int at = line();
    ExpressionPtr e = skip("-") ? make_of(Expression::Kind::minus, at, "", unary(false)) : primary();
    e = postfix(std::move(e));
    return filters ? filtered(std::move(e)) : std::move(e);
  }
  ExpressionPtr primary() {
    const Token token = take();
    switch (token.kind) {
      case Token::Kind::text: {
        auto e = make(Expression::Kind::literal, token.line);
        std::string all = token.text;
        while (now().kind == Token::Kind::text) all += take().text;
        e->value = all;
        return e;
      }
      case Token::Kind::number: {
        auto e = make(Expression::Kind::literal, token.line);
        if (token.text.size() > 15 || token.text.find_first_not_of("0123456789") != token.text.npos)
          jinja_unknown(token.line, "the number " + token.text);
        e->value = static_cast<std::int64_t>(std::stoll(token.text));
        return e;
      }
      case Token::Kind::name: return named(token);
      case Token::Kind::sign:
        if (token.text == "(") {
          ExpressionPtr e = expression();
          need(")");
          return e;
        }
        if (token.text == "[") {
          auto e = make(Expression::Kind::list, token.line);
          while (!skip("]")) {
            e->parts.push_back(expression());
            if (!is("]")) need(",");
          }
          return e;
        }
        [[fallthrough]];
      case Token::Kind::end: break;
    }
    jinja_unknown(token.line, token.kind == Token::Kind::end ? "the end of a tag where a value was expected"
                                                             : "'" + token.text + "' where a value was expected");
  }
  ExpressionPtr named(const Token& token) {
    auto e = make(Expression::Kind::literal, token.line);
    if (token.text == "true" || token.text == "True") e->value = true;
    else if (token.text == "false" || token.text == "False") e->value = false;
    else if (token.text == "none" || token.text == "None") e->value = nullptr;
    else e = make(Expression::Kind::name, token.line, token.text);
    return e;
  }
  ExpressionPtr postfix(ExpressionPtr e) {
    while (true) {
      const int at = line();
      if (skip(".")) {
        e = make_of(Expression::Kind::attribute, at, name(), std::move(e));
      } else if (skip("[")) {
        e = subscript(std::move(e), at);
      } else if (is("(")) {
        e = call(make_of(Expression::Kind::call, at, "", std::move(e)));
      } else {
        return e;
      }
    }
  }
  ExpressionPtr subscript(ExpressionPtr of, int at) {
    ExpressionPtr bounds[3];
    int colons = 0;
    while (!is("]")) {
      if (skip(":")) {
        if (++colons > 2) jinja_unknown(at, "a slice of more than three parts");
      } else {
        if (bounds[colons]) jinja_unknown(at, "'" + now().text + "' in a subscript");
        bounds[colons] = expression();
      }
    }
    need("]");
    if (colons == 0) {
      if (!bounds[0]) jinja_unknown(at, "an empty subscript");
      return make_of(Expression::Kind::item, at, "", std::move(of), std::move(bounds[0]));
    }
    return make_of(Expression::Kind::slice, at, "", std::move(of), std::move(bounds[0]), std::move(bounds[1]), std::move(bounds[2]));
  }
  /// Arguments in parentheses, by place and by name.
  ExpressionPtr call(ExpressionPtr e) {
    need("(");
    while (!skip(")")) {
      if (now().kind == Token::Kind::name && tokens_[at_ + 1].kind == Token::Kind::sign && tokens_[at_ + 1].text == "=") {
        const std::string key = name();
        take();
        e->named.emplace_back(key, expression());
      } else {
        e->parts.push_back(expression());
      }
      if (!is(")")) need(",");
    }
    return e;
  }
  ExpressionPtr filtered(ExpressionPtr e) {
    while (true) {
      const int at = line();
      if (skip("|")) {
        e = make_of(Expression::Kind::filter, at, name(), std::move(e));
        if (is("(")) e = call(std::move(e));
      } else if (skip("is")) {
        const bool negated = skip("not");
        e = make_of(Expression::Kind::test, at, name(), std::move(e));
        const bool argument = now().kind == Token::Kind::text || now().kind == Token::Kind::number || is("(") || is("[") ||
                              (now().kind == Token::Kind::name && !is("and") && !is("or") && !is("else"));
        if (argument) jinja_unknown(at, "the test '" + e->text + "' with an argument");
        if (negated) e = make_of(Expression::Kind::negation, at, "", std::move(e));
      } else {
        return e;
      }
    }
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

/// The pieces in their nesting.
class TreeParser {
 public:
  explicit TreeParser(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}

  Nodes all() {
    Nodes nodes = until({});
    return nodes;
  }

 private:
  /// Up to a block that begins with one of `ends`, which stays for the caller.
  Nodes until(std::initializer_list<std::string_view> ends) {
    Nodes nodes;
    for (; at_ < pieces_.size(); ++at_) {
      const Piece& piece = pieces_[at_];
      auto node = std::make_unique<Node>();
      node->line = piece.line;
      if (piece.kind == Piece::Kind::text) {
        node->text = piece.text;
        nodes.push_back(std::move(node));
        continue;
      }
      TagParser tag(tokens_of(piece));
      if (piece.kind == Piece::Kind::output) {
        node->kind = Node::Kind::output;
        node->expression = tag.expression();
        tag.finish();
        nodes.push_back(std::move(node));
        continue;
      }
      const std::string word = tag.name();
      for (const std::string_view end : ends)
        if (word == end) return nodes;
      if (word == "generation" || word == "endgeneration") continue;  // marks for training masks; they write nothing
      block(word, tag, *node);
      nodes.push_back(std::move(node));
    }
    if (ends.size() > 0) jinja_unknown(pieces_.empty() ? 1 : pieces_.back().line, "the end where a block should be closed");
    return nodes;
  }

  void block(const std::string& word, TagParser& tag, Node& node) {
    if (word == "set") return set(tag, node);
    if (word == "if") return branch(tag, node);
    if (word == "for") return loop(tag, node);
    if (word == "break" || word == "continue") {
      node.kind = word == "break" ? Node::Kind::leave : Node::Kind::next;
      return tag.finish();
    }
    jinja_unknown(node.line, "the block '" + word + "'");
  }

  static void set(TagParser& tag, Node& node) {
    node.kind = Node::Kind::set;
    node.text = tag.name();
    if (tag.skip(".")) {
      node.kind = Node::Kind::set_member;
      node.member = tag.name();
    }
    if (!tag.is("=")) jinja_unknown(node.line, "a set without =");
    tag.take();
    node.expression = tag.expression();
    tag.finish();
  }

  void branch(TagParser& tag, Node& node) {
    node.kind = Node::Kind::branch;
    ExpressionPtr condition = tag.expression();
    tag.finish();
    while (true) {
      ++at_;
      Nodes body = until({"elif", "else", "endif"});
      node.branches.emplace_back(std::move(condition), std::move(body));
      TagParser next(tokens_of(pieces_[at_]));
      const std::string word = next.name();
      if (word == "endif") return next.finish();
      condition = word == "elif" ? next.expression() : nullptr;
      next.finish();
    }
  }

  void loop(TagParser& tag, Node& node) {
    node.kind = Node::Kind::loop;
    node.text = tag.name();
    if (tag.is(",")) jinja_unknown(node.line, "a loop over pairs");
    tag.need("in");
    node.expression = tag.expression();
    tag.finish();
    if (node.expression->kind == Expression::Kind::choice) jinja_unknown(node.line, "a loop with a condition");
    ++at_;
    node.body = until({"endfor", "else"});
    TagParser end(tokens_of(pieces_[at_]));
    if (end.name() == "else") jinja_unknown(node.line, "a loop with else");
  }

  std::vector<Piece> pieces_;
  std::size_t at_ = 0;
};

}  // namespace

[[noreturn]] void jinja_unknown(int line, const std::string& what) {
  throw Error(ErrorKind::unsupported, "line " + std::to_string(line) + ": " + what);
}

Nodes parse_jinja(std::string_view text) {
  const std::string plain = with_plain_line_ends(text);
  return TreeParser(cut(plain)).all();
}

}  // namespace minnow::jinja
