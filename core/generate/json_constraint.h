// Which tokens keep an answer the task's JSON: JsonAutomaton over the tokenizer's bytes.
// For each state the allowed tokens are found once, by one walk over the sorted vocabulary that passes over everything
// behind a dead beginning, and kept as a bit per token: 151,936 tokens are 19 kB.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/generate/json_automaton.h"
#include "core/types/task.h"

namespace minnow {

class Tokenizer;

/// A bit per token id.
class TokenMask {
 public:
  explicit TokenMask(std::int32_t size) : words_((static_cast<std::size_t>(size) + 63) / 64) {}
  void allow(std::int32_t id) { words_[static_cast<std::size_t>(id) / 64] |= std::uint64_t{1} << (id % 64); }
  bool allows(std::int32_t id) const {
    const auto word = static_cast<std::size_t>(id) / 64;
    return word < words_.size() && (words_[word] >> (id % 64) & 1u);
  }
  /// The only id that is allowed; -1 when there are others.
  std::int32_t only() const;
  /// The allowed id with the highest of `logits` [V]; the lowest id of equal ones; -1 if none is allowed.
  std::int32_t best(const float* logits, std::int32_t vocab_size) const;
  /// What isn't allowed becomes -infinity in `logits` [V].
  void apply(float* logits, std::int32_t vocab_size) const;

 private:
  std::vector<std::uint64_t> words_;
};

/// A task's constraint; rows that are held to it share the masks. One thread.
class JsonConstraint {
 public:
  using State = JsonAutomaton::State;

  /// `stop_ids`: what ends an answer; ids from `vocab_size` on are never allowed. Throws Error(usage) for a task without
  /// fields, Error(unsupported) for a tokenizer that can't write every answer or has no end.
  JsonConstraint(const Task& task, const Tokenizer& tokenizer, std::vector<std::int32_t> stop_ids, std::int32_t vocab_size);

  State start() const { return automaton_.start(); }
  /// The fewest tokens that end an answer from `state`, the stop token included.
  std::int64_t fewest(State state) const;
  /// What may come next when the row has room for `room` tokens, the next included: after any of them the answer can
  /// still end within the room. Where even the fewest don't fit, as if there were room. Valid as long as this object.
  const TokenMask& allowed(State state, std::int64_t room);
  /// The state after an allowed token; a stop token leaves it as it is.
  State after(State state, std::int32_t id) const;
  /// The tokens in which the task's own text goes on from `state`, as the tokenizer writes it: what an answer most likely
  /// has there, not all that it may have. Empty inside a value.
  const std::vector<std::int32_t>& skeleton(State state);
  std::size_t masks() const { return masks_.size(); }  ///< how many were made, for tests

 private:
  struct Entry {
    std::int32_t id = 0;
    std::uint32_t shared = 0;  ///< bytes that it begins with as the entry before
  };
  void sort_vocabulary();
  void count_fewest();
  TokenMask walk(State state, std::int64_t room) const;

  JsonAutomaton automaton_;
  const Tokenizer& tokenizer_;
  std::vector<std::int32_t> stop_ids_;
  std::int32_t vocab_size_;
  std::vector<Entry> sorted_;                ///< tokens by their bytes
  std::vector<std::int64_t> fewest_at_;      ///< by place in automaton_.shortest()
  std::int64_t plenty_ = 0;                  ///< with so much room, room doesn't matter
  std::unordered_map<std::uint64_t, std::unique_ptr<TokenMask>> masks_;
  std::unordered_map<State, std::vector<std::int32_t>> skeletons_;
};

}  // namespace minnow
