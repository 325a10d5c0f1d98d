// The tree between the parser (jinja_parser.cpp) and the interpreter (jinja.cpp). Inner header.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/io/json.h"

namespace minnow::jinja {

struct Expression {
  /// parts: literal none; name none (text); attribute {of} (text); item {of, key}; slice {of, from, to, step}, null where
  /// left out; call {callee, arguments…} and named; filter and test {of, arguments…} (text, named); list {items…};
  /// both, either {left, right}; negation, minus {of}; operation {left, right} (text is the operator); choice {then,
  /// condition, else}, else null where left out.
  enum class Kind {
    literal, name, attribute, item, slice, call, filter, test, list, both, either, negation, minus, operation, choice
  };
  Kind kind = Kind::literal;
  std::string text;
  Json value;
  std::vector<std::unique_ptr<Expression>> parts;
  std::vector<std::pair<std::string, std::unique_ptr<Expression>>> named;
  int line = 0;
};
using ExpressionPtr = std::unique_ptr<Expression>;

struct Node;
using Nodes = std::vector<std::unique_ptr<Node>>;

struct Node {
  enum class Kind { text, output, set, set_member, branch, loop, leave, next };
  Kind kind = Kind::text;
  std::string text;            ///< of text; the name that set, set_member and loop give a value
  std::string member;          ///< of set_member
  ExpressionPtr expression;    ///< of output, set, set_member; the loop's list
  std::vector<std::pair<ExpressionPtr, Nodes>> branches;  ///< of branch: conditions in order, null for else
  Nodes body;                                             ///< of loop
  int line = 0;
};

/// Throws Error(unsupported).
Nodes parse_jinja(std::string_view text);

[[noreturn]] void jinja_unknown(int line, const std::string& what);

}  // namespace minnow::jinja
