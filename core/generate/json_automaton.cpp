// A state is (node << 16 | detail): the byte of a literal, the blanks of a gap, the branch of a choice, or where inside a
// string or number we are.
#include "core/generate/json_automaton.h"

#include <algorithm>

#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// Inside a string: what the bytes so far demand next. UTF-8 as Unicode's table 3-7 has it: no overlong forms, no
/// surrogates. Escapes \uD800 to \uDFFF are left out too: half a pair isn't a character, and UTF-8 writes them all.
enum Inside : std::uint32_t {
  plain, backslash, hex4, hex3, hex3_below_surrogates, hex2, hex1, tail1, tail2, tail3, after_e0, after_ed, after_f0, after_f4,
  opening,  ///< before the quote, or before a number
  minus, zero, digits, dot, decimals  ///< of a number; it ends where what follows it begins
};

// By Inside: bytes until `plain`, or until a number may end.
constexpr int kRepair[] = {0, 1, 4, 3, 3, 2, 1, 1, 2, 3, 2, 2, 3, 3, 0, 1, 0, 0, 1, 0};
constexpr int kMostStringRepair = 4 + 1;  // and the quote that closes a list's item

bool is_hex(unsigned char b) { return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F'); }
bool is_between(unsigned char b, int low, int high) { return b >= low && b <= high; }

std::optional<std::uint32_t> if_so(bool good, std::uint32_t next) {
  return good ? std::optional<std::uint32_t>(next) : std::nullopt;
}

std::optional<std::uint32_t> after_plain(unsigned char b) {
  if (b == '\\') return backslash;
  if (b < 0x80) return if_so(b >= 0x20, plain);
  if (is_between(b, 0xc2, 0xdf)) return tail1;
  if (is_between(b, 0xe0, 0xef)) return b == 0xe0 ? after_e0 : b == 0xed ? after_ed : tail2;
  if (is_between(b, 0xf0, 0xf4)) return b == 0xf0 ? after_f0 : b == 0xf4 ? after_f4 : tail3;
  return std::nullopt;
}

/// Inside a number, without exponent: nobody writes one in such an answer.
std::optional<std::uint32_t> number_after(std::uint32_t inside, unsigned char b) {
  const bool digit = is_between(b, '0', '9');
  switch (inside) {
    case opening: if (b == '-') return minus; [[fallthrough]];
    case minus: return if_so(digit, b == '0' ? zero : digits);
    case zero: return if_so(b == '.', dot);
    case digits: return b == '.' ? std::optional<std::uint32_t>(dot) : if_so(digit, digits);
    case dot:
    case decimals: return if_so(digit, decimals);
    default: return std::nullopt;
  }
}

/// The closing quote is the caller's.
std::optional<std::uint32_t> inside_after(std::uint32_t inside, unsigned char b) {
  switch (inside) {
    case plain: return after_plain(b);
    case backslash: return b == 'u' ? hex4 : if_so(std::string_view("\"\\/bfnrt").find(static_cast<char>(b)) != std::string_view::npos, plain);
    case hex4: return if_so(is_hex(b), b == 'd' || b == 'D' ? hex3_below_surrogates : hex3);
    case hex3: return if_so(is_hex(b), hex2);
    case hex3_below_surrogates: return if_so(is_between(b, '0', '7'), hex2);
    case hex2: return if_so(is_hex(b), hex1);
    case hex1: return if_so(is_hex(b), plain);
    case tail1: return if_so(is_between(b, 0x80, 0xbf), plain);
    case tail2: return if_so(is_between(b, 0x80, 0xbf), tail1);
    case tail3: return if_so(is_between(b, 0x80, 0xbf), tail2);
    case after_e0: return if_so(is_between(b, 0xa0, 0xbf), tail1);
    case after_ed: return if_so(is_between(b, 0x80, 0x9f), tail1);
    case after_f0: return if_so(is_between(b, 0x90, 0xbf), tail2);
    case after_f4: return if_so(is_between(b, 0x80, 0x8f), tail2);
    default: return std::nullopt;
  }
}

bool is_blank(unsigned char b) { return b == ' ' || b == '\n' || b == '\t' || b == '\r'; }

}  // namespace

JsonAutomaton::JsonAutomaton(const std::vector<Field>& fields) : most_repair_bytes_(kMostStringRepair) {
  literal("{");
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) {
      gap("");
      literal(",");
    }
    gap(i > 0 ? " " : "");
    literal(dump_json(fields[i].key));
    gap("");
    literal(":");
    gap(" ");
    value(fields[i]);
  }
  gap("");
  literal("}");
  nodes_.push_back({Kind::end, "", shortest_.size(), 0});
}

void JsonAutomaton::literal(const std::string& text) {
  nodes_.push_back({Kind::literal, text, shortest_.size(), 0});
  shortest_ += text;
}

void JsonAutomaton::gap(const std::string& usual) {
  nodes_.push_back({Kind::gap, "", shortest_.size(), usual.size()});
  shortest_ += usual;
}

void JsonAutomaton::value(const Field& field) {
  const bool list = field.kind == FieldKind::list;
  std::vector<std::string> texts;
  for (const std::string& one : allowed_values(field)) texts.push_back(is_boolean(field) ? one : dump_json(one));
  if (!texts.empty() && field.may_be_empty && !list) texts.push_back("\"\"");
  if (list) {
    literal("[");
    nodes_.push_back({Kind::list_open, "", shortest_.size(), 0});
  }
  if (!texts.empty()) {
    choice(texts, list);
  } else {
    const Kind kind = field.kind == FieldKind::number ? Kind::number : Kind::string;
    nodes_.push_back({kind, "", shortest_.size(), 0, {}, list});
    if (!list) shortest_ += "\"\"";
  }
  if (list) {
    repairs_ += '"';
    nodes_.push_back({Kind::list_next, "", shortest_.size(), 0});
    nodes_.push_back({Kind::list_more, "", shortest_.size(), 0});
    shortest_ += ']';
  }
}

void JsonAutomaton::choice(const std::vector<std::string>& texts, bool item) {
  const std::string shortest = *std::min_element(texts.begin(), texts.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  Node node{Kind::choice, "", shortest_.size(), 0, std::vector<Branch>(1), item};
  for (const std::string& text : texts) {
    std::size_t at = 0;
    for (std::size_t i = 0;; ++i) {
      Branch& here = node.branches[at];
      const int rest = static_cast<int>(text.size() - i);
      here.rest = here.depth == i && here.rest > 0 ? std::min(here.rest, rest) : rest;
      here.depth = i;
      here.on_shortest = here.on_shortest || (!item && text == shortest);
      if (i == text.size()) break;
      const auto byte = static_cast<unsigned char>(text[i]);
      const auto next = std::find_if(here.next.begin(), here.next.end(), [&](const auto& one) { return one.first == byte; });
      if (next != here.next.end()) {
        at = next->second;
        continue;
      }
      if (node.branches.size() > 0xffff) {
        throw Error(ErrorKind::usage, "answers can't be held to the task's JSON: a field has too many values", "task");
      }
      at = node.branches.size();
      here.next.emplace_back(byte, static_cast<std::uint16_t>(at));
      node.branches.emplace_back();
    }
    most_repair_bytes_ = std::max(most_repair_bytes_, static_cast<int>(text.size()));
    repairs_ += text;
  }
  nodes_.push_back(std::move(node));
  if (!item) shortest_ += shortest;
}

std::optional<JsonAutomaton::State> JsonAutomaton::after(State state, unsigned char byte) const {
  const std::size_t node = state >> 16;
  const std::uint32_t detail = state & 0xffff;
  const Node& here = nodes_[node];
  switch (here.kind) {
    case Kind::literal:
      if (static_cast<unsigned char>(here.text[detail]) != byte) return std::nullopt;
      return detail + 1 < here.text.size() ? state_of(node, detail + 1) : state_of(node + 1, 0);
    case Kind::string:
    case Kind::number: return after_text(node, detail, byte);
    case Kind::choice: return after_branch(node, detail, byte);
    case Kind::gap:
    case Kind::list_open:
    case Kind::list_next:
    case Kind::list_more: return after_gap(node, detail, byte);
    case Kind::end: break;
  }
  return std::nullopt;
}

/// A gap and the gaps of a list: blanks, then what may follow.
std::optional<JsonAutomaton::State> JsonAutomaton::after_gap(std::size_t node, std::uint32_t blanks, unsigned char byte) const {
  if (is_blank(byte)) return blanks < kMaxBlanks ? std::optional(state_of(node, blanks + 1)) : std::nullopt;
  const std::size_t item = nodes_[node].kind == Kind::list_more ? node - 2 : node + 1;
  if (nodes_[node].kind == Kind::list_open && byte == ']') return state_of(node + 4, 0);
  if (nodes_[node].kind == Kind::list_next) {
    if (byte == ']') return state_of(node + 2, 0);
    return byte == ',' ? std::optional(state_of(node + 1, 0)) : std::nullopt;
  }
  return after(entered(item), byte);
}

std::optional<JsonAutomaton::State> JsonAutomaton::after_text(std::size_t node, std::uint32_t detail, unsigned char byte) const {
  if (detail == opening && byte == '"') return state_of(node, plain);
  if (detail == plain && byte == '"') return state_of(node + 1, 0);
  if (detail < opening) {
    const auto next = inside_after(detail, byte);
    return next ? std::optional(state_of(node, *next)) : std::nullopt;
  }
  if (nodes_[node].kind != Kind::number) return std::nullopt;
  if (const auto next = number_after(detail, byte)) return state_of(node, *next);
  const bool may_end = detail == zero || detail == digits || detail == decimals;
  return may_end ? after(state_of(node + 1, 0), byte) : std::nullopt;
}

std::optional<JsonAutomaton::State> JsonAutomaton::after_branch(std::size_t node, std::uint32_t detail, unsigned char byte) const {
  const auto& branches = nodes_[node].branches;
  for (const auto& [next, branch] : branches[detail].next) {
    if (next == byte) return branches[branch].next.empty() ? state_of(node + 1, 0) : state_of(node, branch);
  }
  return std::nullopt;
}

/// Before the first byte of a node.
JsonAutomaton::State JsonAutomaton::entered(std::size_t node) const {
  const bool text = nodes_[node].kind == Kind::string || nodes_[node].kind == Kind::number;
  return state_of(node, text ? static_cast<std::uint32_t>(opening) : 0u);
}

std::string JsonAutomaton::skeleton(State state) const {
  std::string text;
  std::size_t detail = state & 0xffff;
  for (std::size_t n = state >> 16; n < nodes_.size(); ++n, detail = 0) {
    const Node& node = nodes_[n];
    if (node.kind == Kind::literal) {
      text += node.text.substr(detail);
    } else if (node.kind == Kind::gap) {
      text += shortest_.substr(node.place + std::min(detail, node.blanks), node.blanks - std::min(detail, node.blanks));
    } else {
      // Only the quote of a text is known; `opening` is where a state before one stands.
      if (node.kind == Kind::string && (detail == opening || n > state >> 16)) text += '"';
      break;
    }
  }
  return text;
}

std::size_t JsonAutomaton::closing_place(State state) const {
  const Node& node = nodes_[state >> 16];
  const std::size_t detail = state & 0xffff;
  switch (node.kind) {
    case Kind::literal: return node.place + detail;
    case Kind::gap: return node.place + std::min(detail, node.blanks);
    case Kind::string:
    case Kind::number: return node.item || detail == opening ? node.place : node.place + (detail < opening ? 1 : 2);
    case Kind::choice: {
      const Branch& branch = node.branches[detail];
      if (branch.on_shortest) return node.place + branch.depth;
      return node.item ? node.place : nodes_[(state >> 16) + 1].place;
    }
    default: return node.place;
  }
}

int JsonAutomaton::repair_bytes(State state) const {
  const Node& node = nodes_[state >> 16];
  const std::size_t detail = state & 0xffff;
  switch (node.kind) {
    case Kind::string:
    case Kind::number: return kRepair[detail] + (node.item && detail < opening ? 1 : 0);
    case Kind::choice: return node.branches[detail].on_shortest ? 0 : node.branches[detail].rest;
    case Kind::list_more: {  // one more item: an empty text, or the shortest choice
      const Node& item = nodes_[(state >> 16) - 2];
      return item.kind == Kind::choice ? item.branches.front().rest : 2;
    }
    default: return 0;
  }
}

}  // namespace minnow
