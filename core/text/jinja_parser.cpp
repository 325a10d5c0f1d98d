// Parses the lexer's tags by precedence climbing in the order of Jinja's own parser.
#include <cstdlib>

#include "core/text/jinja_lexer.h"
#include "core/text/jinja_tree.h"
#include "core/types/error.h"

namespace minnow::jinja {
namespace {

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
