// The language of one task's answers, byte by byte: an object with exactly the task's keys in their order and values as
// the kinds of its fields have them (RFC 8259), keys spelled as the task spells them, blanks between the parts bounded.
// A choice is one of its values, a list an array of strings, a number a string or a JSON number, all else a string. No
// tokens here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/types/task.h"

namespace minnow {

/// Immutable after construction. A state is a small number; the same bytes lead to the same one.
class JsonAutomaton {
 public:
  using State = std::uint32_t;
  static constexpr int kMaxBlanks = 16;  ///< in a row between two parts: a line break and an indent, never endless

  /// Throws Error(usage) when a field's values are too many: 65,535 bytes of them can be told apart.
  explicit JsonAutomaton(const std::vector<Field>& fields);

  State start() const { return 0; }
  /// The state after one more byte; nothing when no answer goes on like that.
  std::optional<State> after(State state, unsigned char byte) const;
  /// The object is whole: nothing but the end may follow.
  bool is_whole(State state) const { return (state >> 16) + 1 == nodes_.size(); }

  /// What the task alone says about how an answer goes on from `state`, up to the next value and with its opening quote,
  /// with Python's separators; empty inside a value.
  std::string skeleton(State state) const;

  /// The shortest answer, every value empty or its shortest choice, with Python's separators; what bounds how long it
  /// takes to end from any state: from `state` first repair_bytes() more bytes inside a value, then what stands behind
  /// closing_place() of this text.
  const std::string& shortest() const { return shortest_; }
  std::size_t closing_place(State state) const;
  int repair_bytes(State state) const;
  int most_repair_bytes() const { return most_repair_bytes_; }
  /// Bytes that a repair may take one by one, beside those of shortest().
  const std::string& repairs() const { return repairs_; }

 private:
  /// string, number, choice: a value. A list is a literal "[" and four nodes: list_open, the value that its items are,
  /// list_next (behind an item) and list_more (behind a comma).
  enum class Kind { literal, gap, string, number, choice, list_open, list_next, list_more, end };
  /// Of a choice: a place in the tree of its values' JSON texts.
  struct Branch {
    std::vector<std::pair<unsigned char, std::uint16_t>> next;  ///< byte and branch; none: the value is whole
    std::size_t depth = 0;                                      ///< bytes so far
    int rest = 0;                                               ///< bytes until the nearest end
    bool on_shortest = false;                                   ///< it leads to the value that shortest_ has
  };
  struct Node {
    Kind kind = Kind::end;
    std::string text;                ///< of a literal
    std::size_t place = 0;           ///< where it begins in shortest_; of a list's items: where the list's end does
    std::size_t blanks = 0;          ///< of a gap: how many shortest_ has there
    std::vector<Branch> branches{};  ///< of a choice; the first is the tree's root
    bool item = false;               ///< a value of a list, which shortest_ doesn't have
  };
  void literal(const std::string& text);
  void gap(const std::string& usual);
  void value(const Field& field);
  void choice(const std::vector<std::string>& texts, bool item);
  std::optional<State> after_gap(std::size_t node, std::uint32_t blanks, unsigned char byte) const;
  std::optional<State> after_text(std::size_t node, std::uint32_t detail, unsigned char byte) const;
  std::optional<State> after_branch(std::size_t node, std::uint32_t detail, unsigned char byte) const;
  State entered(std::size_t node) const;
  static State state_of(std::size_t node, std::uint32_t detail) { return static_cast<State>(node << 16 | detail); }

  std::vector<Node> nodes_;
  std::string shortest_, repairs_;
  int most_repair_bytes_ = 0;
};

}  // namespace minnow
