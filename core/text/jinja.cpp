// Walks the tree as Jinja's compiled templates run, with Python's rules for values.
#include "core/text/jinja.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/text/jinja_tree.h"
#include "core/types/error.h"

namespace minnow {
namespace jinja {
namespace {

constexpr std::int64_t kMostSteps = 200000;  // a template that loops for ever over what it made itself

using Members = std::map<std::string, Json>;

/// A variable's value: JSON, nothing at all (Jinja's Undefined), or a namespace, which is shared.
struct Value {
  bool defined = true;
  Json json;
  std::shared_ptr<Members> members;
};

Value undefined() {
  Value value;
  value.defined = false;
  return value;
}
Value of(Json json) { return {true, std::move(json), nullptr}; }

[[noreturn]] void fail(int line, const std::string& why) {
  throw Error(ErrorKind::data, "line " + std::to_string(line) + ": " + why);
}

bool truth(const Value& v) {
  if (!v.defined) return false;
  if (v.members) return true;
  switch (v.json.type()) {
    case Json::value_t::null: return false;
    case Json::value_t::boolean: return v.json.get<bool>();
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float: return v.json.get<double>() != 0.0;
    default: return v.json.is_string() ? !v.json.get_ref<const std::string&>().empty() : !v.json.empty();
  }
}

/// str() of Python.
std::string text_of(const Value& v, int line) {
  if (!v.defined) return {};
  if (v.members) jinja_unknown(line, "a namespace that is written out");
  if (v.json.is_string()) return v.json.get<std::string>();
  if (v.json.is_null()) return "None";
  if (v.json.is_boolean()) return v.json.get<bool>() ? "True" : "False";
  if (v.json.is_number()) return dump_json_python(v.json);
  jinja_unknown(line, "a list or an object that is written out as Python writes it");
}

bool is_text(const Value& v) { return v.defined && !v.members && v.json.is_string(); }
const std::string& text(const Value& v) { return v.json.get_ref<const std::string&>(); }

std::string stripped(std::string s, std::string_view characters, bool left, bool right) {
  const auto in = [&](char c) { return characters.find(c) != characters.npos; };
  std::size_t begin = 0, end = s.size();
  while (left && begin < end && in(s[begin])) ++begin;
  while (right && end > begin && in(s[end - 1])) --end;
  return s.substr(begin, end - begin);
}
constexpr std::string_view kBlanks = " \t\n\r\v\f";

Json pieces_of(const std::string& s, const std::string& separator) {
  Json list = Json::array();
  std::size_t at = 0;
  while (true) {
    const std::size_t next = s.find(separator, at);
    list.push_back(s.substr(at, next == s.npos ? s.npos : next - at));
    if (next == s.npos) return list;
    at = next + separator.size();
  }
}

std::string replaced_in(std::string s, const std::string& what, const std::string& by) {
  for (std::size_t at = 0; (at = s.find(what, at)) != s.npos; at += by.size()) s.replace(at, what.size(), by);
  return s;
}

class Interpreter {
 public:
  explicit Interpreter(const Json& variables) : scopes_(1) {
    for (const auto& [name, value] : variables.items()) scopes_[0][name] = of(value);
  }
  std::string run(const Nodes& nodes) {
    walk(nodes);
    return std::move(out_);
  }

 private:
  enum class Flow { on, leave, next };

  Flow walk(const Nodes& nodes) {
    for (const auto& node : nodes) {
      if (++steps_ > kMostSteps) fail(node->line, "too many steps");
      switch (node->kind) {
        case Node::Kind::text: out_ += node->text; break;
        case Node::Kind::output: out_ += text_of(value(*node->expression), node->line); break;
        case Node::Kind::set: {
          Value v = value(*node->expression);
          scopes_.back()[node->text] = std::move(v);
          break;
        }
        case Node::Kind::set_member: {
          const Value v = value(*node->expression);
          const Value* space = find(node->text);
          if (!space || !space->members) fail(node->line, node->text + " is no namespace");
          if (!v.defined || v.members) jinja_unknown(node->line, "a member without a value");
          (*space->members)[node->member] = v.json;
          break;
        }
        case Node::Kind::branch:
          for (const auto& [condition, body] : node->branches) {
            if (condition && !truth(value(*condition))) continue;
            if (const Flow flow = walk(body); flow != Flow::on) return flow;
            break;
          }
          break;
        case Node::Kind::loop: loop(*node); break;
        case Node::Kind::leave: return Flow::leave;
        case Node::Kind::next: return Flow::next;
      }
    }
    return Flow::on;
  }

  void loop(const Node& node) {
    const Value list = value(*node.expression);
    if (!list.defined) return;
    if (list.members || !list.json.is_array()) {
      if (list.json.is_null() || list.json.is_number() || list.json.is_boolean()) fail(node.line, "a loop over no list");
      jinja_unknown(node.line, "a loop over what isn't a list");
    }
    const std::size_t count = list.json.size();
    for (std::size_t i = 0; i < count; ++i) {
      scopes_.emplace_back();
      scopes_.back()[node.text] = of(list.json[i]);
      Json state{{"index", i + 1},      {"index0", i},          {"revindex", count - i}, {"revindex0", count - i - 1},
                 {"first", i == 0},     {"last", i + 1 == count}, {"length", count}};
      if (i > 0) state["previtem"] = list.json[i - 1];
      if (i + 1 < count) state["nextitem"] = list.json[i + 1];
      scopes_.back()["loop"] = of(std::move(state));
      const Flow flow = walk(node.body);
      scopes_.pop_back();
      if (flow == Flow::leave) return;
    }
  }

  const Value* find(const std::string& name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope)
      if (const auto found = scope->find(name); found != scope->end()) return &found->second;
    return nullptr;
  }

  Value value(const Expression& e) {
    if (++steps_ > kMostSteps) fail(e.line, "too many steps");
    switch (e.kind) {
      case Expression::Kind::literal: return of(e.value);
      case Expression::Kind::name: return named(e);
      case Expression::Kind::attribute: return attribute(value(*e.parts[0]), e.text, e.line);
      case Expression::Kind::item: return item(value(*e.parts[0]), value(*e.parts[1]), e.line);
      case Expression::Kind::slice: return slice(e);
      case Expression::Kind::call: return call(e);
      case Expression::Kind::filter: return filter(e);
      case Expression::Kind::test: return of(test(e));
      case Expression::Kind::list: {
        Json list = Json::array();
        for (const auto& part : e.parts) list.push_back(plain(value(*part), e.line));
        return of(std::move(list));
      }
      case Expression::Kind::both: {
        Value left = value(*e.parts[0]);
        return truth(left) ? value(*e.parts[1]) : left;
      }
      case Expression::Kind::either: {
        Value left = value(*e.parts[0]);
        return truth(left) ? left : value(*e.parts[1]);
      }
      case Expression::Kind::negation: return of(!truth(value(*e.parts[0])));
      case Expression::Kind::minus: {
        const Value v = value(*e.parts[0]);
        if (!v.defined || !v.json.is_number_integer()) fail(e.line, "minus something that is no number");
        return of(-v.json.get<std::int64_t>());
      }
      case Expression::Kind::operation: return of(operation(e));
      case Expression::Kind::choice:
        if (truth(value(*e.parts[1]))) return value(*e.parts[0]);
        return e.parts[2] ? value(*e.parts[2]) : undefined();
    }
    return undefined();
  }

  Value named(const Expression& e) const {
    if (const Value* found = find(e.text)) return *found;
    // What transformers hands over from the tokenizer or makes a function; not known here.
    for (const char* given : {"bos_token", "eos_token", "pad_token", "unk_token", "sep_token", "cls_token", "mask_token",
                              "additional_special_tokens", "strftime_now", "range", "dict", "lipsum", "cycler", "joiner",
                              "namespace", "raise_exception"})
      if (e.text == given) jinja_unknown(e.line, "'" + e.text + "'");
    return undefined();
  }

  static Json plain(const Value& v, int line) {
    if (!v.defined || v.members) jinja_unknown(line, "something without a value in a list or call");
    return v.json;
  }

  /// Jinja looks for a Python attribute first: an object's methods hide members of the same name.
  static Value attribute(const Value& v, const std::string& name, int line) {
    if (!v.defined) fail(line, "nothing has no '" + name + "'");
    if (v.members) {
      const auto found = v.members->find(name);
      return found == v.members->end() ? undefined() : of(found->second);
    }
    if (!v.json.is_object()) return undefined();
    for (const char* method : {"items", "keys", "values", "get", "pop", "update", "copy", "clear", "setdefault", "fromkeys", "popitem"})
      if (name == method) jinja_unknown(line, "the method '" + name + "'");
    const auto found = v.json.find(name);
    return found == v.json.end() ? undefined() : of(*found);
  }

  static Value item(const Value& v, const Value& key, int line) {
    if (!v.defined) fail(line, "nothing has no items");
    if (v.members || !key.defined) jinja_unknown(line, "a subscript of this kind");
    if (v.json.is_object() && key.json.is_string()) {
      const auto found = v.json.find(key.json.get<std::string>());
      return found == v.json.end() ? undefined() : of(*found);
    }
    if (v.json.is_array() && key.json.is_number_integer()) {
      std::int64_t at = key.json.get<std::int64_t>();
      const auto size = static_cast<std::int64_t>(v.json.size());
      if (at < 0) at += size;
      return at < 0 || at >= size ? undefined() : of(v.json[static_cast<std::size_t>(at)]);
    }
    if (v.json.is_null() || v.json.is_number() || v.json.is_boolean()) return undefined();
    jinja_unknown(line, "a subscript of this kind");
  }

  Value slice(const Expression& e) {
    const Value list = value(*e.parts[0]);
    if (!list.defined || list.members || !list.json.is_array()) jinja_unknown(e.line, "a slice of what isn't a list");
    const auto bound = [&](std::size_t part) -> std::optional<std::int64_t> {
      if (!e.parts[part]) return std::nullopt;
      const Value v = value(*e.parts[part]);
      if (!v.defined || !v.json.is_number_integer()) jinja_unknown(e.line, "a slice without a whole number");
      return v.json.get<std::int64_t>();
    };
    const std::int64_t step = bound(3).value_or(1), size = static_cast<std::int64_t>(list.json.size());
    if (step == 0) fail(e.line, "a slice with step 0");
    const auto clamped = [&](std::optional<std::int64_t> at, std::int64_t fallback) {
      if (!at) return fallback;
      if (*at < 0) *at += size;
      return step > 0 ? std::clamp<std::int64_t>(*at, 0, size) : std::clamp<std::int64_t>(*at, -1, size - 1);
    };
    const std::int64_t from = clamped(bound(1), step > 0 ? 0 : size - 1), to = clamped(bound(2), step > 0 ? size : -1);
    Json result = Json::array();
    for (std::int64_t i = from; step > 0 ? i < to : i > to; i += step) result.push_back(list.json[static_cast<std::size_t>(i)]);
    return of(std::move(result));
  }

  Value call(const Expression& e) {
    const Expression& callee = *e.parts[0];
    if (callee.kind == Expression::Kind::name) {
      if (callee.text == "namespace" && e.parts.size() == 1) {
        Value space;
        space.members = std::make_shared<Members>();
        for (const auto& [name, part] : e.named) (*space.members)[name] = plain(value(*part), e.line);
        return space;
      }
      if (callee.text == "raise_exception" && e.parts.size() == 2) fail(e.line, text_of(value(*e.parts[1]), e.line));
      jinja_unknown(e.line, "the function '" + callee.text + "'");
    }
    if (callee.kind != Expression::Kind::attribute || !e.named.empty()) jinja_unknown(e.line, "a call of this kind");
    const Value self = value(*callee.parts[0]);
    std::vector<Value> arguments;
    for (std::size_t i = 1; i < e.parts.size(); ++i) arguments.push_back(value(*e.parts[i]));
    if (!self.defined) fail(e.line, "nothing has no '" + callee.text + "'");
    if (!self.members && self.json.is_object() && callee.text == "get" && !arguments.empty() && is_text(arguments[0])) {
      const auto found = self.json.find(text(arguments[0]));
      if (found != self.json.end()) return of(*found);
      return arguments.size() > 1 ? arguments[1] : of(nullptr);
    }
    if (!is_text(self)) {
      if (self.members || self.json.is_structured()) jinja_unknown(e.line, "the method '" + callee.text + "'");
      fail(e.line, "what has no '" + callee.text + "'");
    }
    return method(text(self), callee.text, arguments, e.line);
  }

  static Value method(const std::string& self, const std::string& name, const std::vector<Value>& arguments, int line) {
    const bool texts = std::all_of(arguments.begin(), arguments.end(), is_text);
    if (!texts) jinja_unknown(line, "the method '" + name + "' with such arguments");
    if (arguments.size() == 1 && name == "startswith") return of(self.starts_with(text(arguments[0])));
    if (arguments.size() == 1 && name == "endswith") return of(self.ends_with(text(arguments[0])));
    if (arguments.size() == 1 && name == "split" && !text(arguments[0]).empty()) return of(pieces_of(self, text(arguments[0])));
    if (arguments.size() == 2 && name == "replace" && !text(arguments[0]).empty())
      return of(replaced_in(self, text(arguments[0]), text(arguments[1])));
    if (arguments.size() <= 1 && (name == "strip" || name == "lstrip" || name == "rstrip")) {
      const std::string_view characters = arguments.empty() ? kBlanks : std::string_view(text(arguments[0]));
      return of(stripped(self, characters, name != "rstrip", name != "lstrip"));
    }
    jinja_unknown(line, "the method '" + name + "'");
  }

  Value filter(const Expression& e) {
    const Value self = value(*e.parts[0]);
    const std::string& name = e.text;
    const std::size_t arguments = e.parts.size() - 1;
    if (name == "default" || name == "d") {
      if (arguments != 1 || !e.named.empty()) jinja_unknown(e.line, "the filter 'default' with such arguments");
      return self.defined ? self : value(*e.parts[1]);
    }
    if (arguments > 0 || !e.named.empty()) jinja_unknown(e.line, "the filter '" + name + "' with arguments");
    if (name == "safe") return self;
    if (name == "string") return of(text_of(self, e.line));
    if (name == "trim") return of(stripped(text_of(self, e.line), kBlanks, true, true));
    if (name == "tojson") return of(dump_json_python(plain(self, e.line)));
    if (name == "length" || name == "count") {
      if (!self.defined) return of(0);
      if (self.members || !(self.json.is_array() || self.json.is_object())) {
        if (is_text(self)) jinja_unknown(e.line, "the length of a text");
        fail(e.line, "what has no length");
      }
      return of(static_cast<std::int64_t>(self.json.size()));
    }
    if ((name == "first" || name == "last") && self.defined && !self.members && self.json.is_array()) {
      if (self.json.empty()) return undefined();
      return of(name == "first" ? self.json.front() : self.json.back());
    }
    jinja_unknown(e.line, "the filter '" + name + "'");
  }

  bool test(const Expression& e) {
    const Value v = value(*e.parts[0]);
    const std::string& name = e.text;
    if (name == "defined") return v.defined;
    if (name == "undefined") return !v.defined;
    const bool json = v.defined && !v.members;
    if (name == "none") return json && v.json.is_null();
    if (name == "string") return json && v.json.is_string();
    if (name == "mapping") return json && v.json.is_object();
    if (name == "boolean") return json && v.json.is_boolean();
    if (name == "number") return json && (v.json.is_number() || v.json.is_boolean());
    if (name == "integer") return json && v.json.is_number_integer();
    if (name == "true") return json && v.json == Json(true);
    if (name == "false") return json && v.json == Json(false);
    if (name == "iterable" || name == "sequence")
      return !v.defined || (json && (v.json.is_string() || v.json.is_structured()));
    jinja_unknown(e.line, "the test '" + name + "'");
  }

  static bool equal(const Value& a, const Value& b) {
    if (!a.defined || !b.defined) return a.defined == b.defined;
    if (a.members || b.members) return a.members == b.members;
    const auto as_number = [](const Json& j) { return j.is_boolean() ? Json(j.get<bool>() ? 1 : 0) : j; };  // True == 1
    return as_number(a.json) == as_number(b.json);
  }

  Json operation(const Expression& e) {
    const Value a = value(*e.parts[0]), b = value(*e.parts[1]);
    const std::string& op = e.text;
    if (op == "==") return equal(a, b);
    if (op == "!=") return !equal(a, b);
    if (op == "~") return text_of(a, e.line) + text_of(b, e.line);
    if (op == "in" || op == "not in") return contains(b, a, e.line) == (op == "in");
    if (!a.defined || !b.defined) fail(e.line, "'" + op + "' with nothing");
    if (a.members || b.members) fail(e.line, "'" + op + "' with a namespace");
    if (op == "+" && a.json.is_string() && b.json.is_string()) return text(a) + text(b);
    if (op == "+" && a.json.is_array() && b.json.is_array()) {
      Json list = a.json;
      list.insert(list.end(), b.json.begin(), b.json.end());
      return list;
    }
    const auto whole = [](const Value& v) { return v.json.is_number_integer() || v.json.is_boolean(); };
    if (!whole(a) || !whole(b)) {
      if (a.json.is_number_float() || b.json.is_number_float() || op == "*" || op == "%" ||
          (a.json.is_string() && b.json.is_string()))
        jinja_unknown(e.line, "'" + op + "' of such values");
      fail(e.line, "'" + op + "' of values that don't go together");
    }
    const auto number = [](const Value& v) { return v.json.is_boolean() ? std::int64_t{v.json.get<bool>()} : v.json.get<std::int64_t>(); };
    const std::int64_t x = number(a), y = number(b);
    if (op == "+") return x + y;
    if (op == "-") return x - y;
    if (op == "<") return x < y;
    if (op == "<=") return x <= y;
    if (op == ">") return x > y;
    if (op == ">=") return x >= y;
    if (y == 0 && (op == "%" || op == "//")) fail(e.line, "a division by 0");
    if (op == "%") return ((x % y) + y) % y;
    if (op == "//") return x / y - (x % y != 0 && (x < 0) != (y < 0));
    if (op == "*") return x * y;
    jinja_unknown(e.line, "the operator " + op);
  }

  static bool contains(const Value& in, const Value& what, int line) {
    if (!in.defined) return false;
    if (in.members) fail(line, "'in' of a namespace");
    if (in.json.is_string()) {
      if (!is_text(what)) fail(line, "'in' of a text with what is none");
      return text(in).find(text(what)) != std::string::npos;
    }
    if (in.json.is_array())
      return std::any_of(in.json.begin(), in.json.end(), [&](const Json& item) { return equal(of(item), what); });
    if (in.json.is_object()) return is_text(what) && in.json.contains(text(what));
    fail(line, "'in' of what holds nothing");
  }

  std::vector<std::map<std::string, Value>> scopes_;
  std::string out_;
  std::int64_t steps_ = 0;
};

}  // namespace
}  // namespace jinja

JinjaTemplate::JinjaTemplate(std::string_view text)
    : nodes_(std::make_shared<const jinja::Nodes>(jinja::parse_jinja(text))) {}

std::string JinjaTemplate::render(const Json& variables) const { return jinja::Interpreter(variables).run(*nodes_); }

}  // namespace minnow
