// A state is (node << 16 | detail): the byte of a literal, the blanks of a gap, or where inside a string we are.
#include "core/generate/json_automaton.h"

#include "core/io/json.h"

namespace minnow {
namespace {

/// Inside a string: what the bytes so far demand next. UTF-8 as Unicode's table 3-7 has it: no overlong forms, no
/// surrogates. Escapes \uD800 to \uDFFF are left out too: half a pair isn't a character, and UTF-8 writes them all.
enum Inside : std::uint32_t {
  plain, backslash, hex4, hex3, hex3_below_surrogates, hex2, hex1, tail1, tail2, tail3, after_e0, after_ed, after_f0, after_f4
};

constexpr int kRepair[] = {0, 1, 4, 3, 3, 2, 1, 1, 2, 3, 2, 2, 3, 3};  // bytes until `plain`, by Inside

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

JsonAutomaton::JsonAutomaton(const std::vector<std::string>& keys) {
  literal("{");
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0) {
      gap("");
      literal(",");
    }
    gap(i > 0 ? " " : "");
    literal(dump_json(keys[i]));
    gap("");
    literal(":");
    gap(" ");
    literal("\"");
    nodes_.push_back({Kind::value, "", shortest_.size(), 0});
    shortest_ += '"';
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

std::optional<JsonAutomaton::State> JsonAutomaton::after(State state, unsigned char byte) const {
  std::size_t node = state >> 16;
  std::uint32_t detail = state & 0xffff;
  if (nodes_[node].kind == Kind::gap) {
    if (is_blank(byte)) return detail < kMaxBlanks ? std::optional(state_of(node, detail + 1)) : std::nullopt;
    ++node;  // a gap is always followed by a literal
    detail = 0;
  }
  const Node& here = nodes_[node];
  switch (here.kind) {
    case Kind::literal:
      if (static_cast<unsigned char>(here.text[detail]) != byte) return std::nullopt;
      return detail + 1 < here.text.size() ? state_of(node, detail + 1) : state_of(node + 1, 0);
    case Kind::value: {
      if (detail == plain && byte == '"') return state_of(node + 1, 0);
      const auto next = inside_after(detail, byte);
      return next ? std::optional(state_of(node, *next)) : std::nullopt;
    }
    default: return std::nullopt;
  }
}

std::size_t JsonAutomaton::closing_place(State state) const {
  const Node& node = nodes_[state >> 16];
  const std::size_t detail = state & 0xffff;
  if (node.kind == Kind::literal) return node.place + detail;
  if (node.kind == Kind::gap) return node.place + (detail < node.blanks ? detail : node.blanks);
  return node.place;
}

int JsonAutomaton::repair_bytes(State state) const {
  return nodes_[state >> 16].kind == Kind::value ? kRepair[state & 0xffff] : 0;
}

}  // namespace minnow
