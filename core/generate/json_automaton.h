// The language of one task's answers, byte by byte: an object with exactly the task's keys in their order and strings
// as values (RFC 8259), keys spelled as the task spells them, blanks between the parts bounded. No tokens here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace minnow {

/// Immutable after construction. A state is a small number; the same bytes lead to the same one.
class JsonAutomaton {
 public:
  using State = std::uint32_t;
  static constexpr int kMaxBlanks = 16;  ///< in a row between two parts: a line break and an indent, never endless

  explicit JsonAutomaton(const std::vector<std::string>& keys);

  State start() const { return 0; }
  /// The state after one more byte; nothing when no answer goes on like that.
  std::optional<State> after(State state, unsigned char byte) const;
  /// The object is whole: nothing but the end may follow.
  bool is_whole(State state) const { return (state >> 16) + 1 == nodes_.size(); }

  /// The shortest answer, every value empty, with Python's separators; what bounds how long it takes to end from any
  /// state: from `state` first repair_bytes() more bytes inside a character or an escape, then what stands behind
  /// closing_place() of this text.
  const std::string& shortest() const { return shortest_; }
  std::size_t closing_place(State state) const;
  int repair_bytes(State state) const;

 private:
  enum class Kind { literal, gap, value, end };
  struct Node {
    Kind kind = Kind::end;
    std::string text;       ///< of a literal
    std::size_t place = 0;  ///< where it begins in shortest_
    std::size_t blanks = 0; ///< of a gap: how many shortest_ has there
  };
  void literal(const std::string& text);
  void gap(const std::string& usual);
  static State state_of(std::size_t node, std::uint32_t detail) { return static_cast<State>(node << 16 | detail); }

  std::vector<Node> nodes_;
  std::string shortest_;
};

}  // namespace minnow
