// Masks by state and room; most states are never visited, so none is made before it is asked for.
#include "core/generate/json_constraint.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "core/text/tokenizer.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t kLongestToken = 64;         // bytes of a token that is tried for the shortest ending
constexpr std::int64_t kNever = 1 << 20;          // more tokens than any answer has

const std::vector<Field>& fields_of(const Task& task) {
  if (task.fields.empty()) throw Error(ErrorKind::usage, "answers can't be held to the task's JSON: the task has no fields", "task");
  return task.fields;
}

std::uint32_t shared_bytes(std::string_view a, std::string_view b) {
  std::uint32_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  return n;
}

/// The first eight bytes as a number that sorts as they do.
std::uint64_t head_of(std::string_view bytes) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < 8; ++i) head = head << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u);
  return head;
}

}  // namespace

std::int32_t TokenMask::only() const {
  std::int32_t only = -1;
  for (std::size_t w = 0; w < words_.size(); ++w) {
    if (words_[w] == 0) continue;
    if (only >= 0 || !std::has_single_bit(words_[w])) return -1;
    only = static_cast<std::int32_t>(w * 64) + std::countr_zero(words_[w]);
  }
  return only;
}

std::int32_t TokenMask::best(const float* logits, std::int32_t vocab_size) const {
  std::int32_t best = -1;
  for (std::size_t w = 0; w < words_.size(); ++w) {
    for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1) {
      const auto id = static_cast<std::int32_t>(w * 64) + std::countr_zero(rest);
      if (id < vocab_size && (best < 0 || logits[id] > logits[best])) best = id;
    }
  }
  return best;
}

void TokenMask::apply(float* logits, std::int32_t vocab_size) const {
  for (std::int32_t id = 0; id < vocab_size; ++id) {
    if (!allows(id)) logits[id] = -std::numeric_limits<float>::infinity();
  }
}

JsonConstraint::JsonConstraint(const Task& task, const Tokenizer& tokenizer, std::vector<std::int32_t> stop_ids, std::int32_t vocab_size)
    : automaton_(fields_of(task)), tokenizer_(tokenizer), stop_ids_(std::move(stop_ids)), vocab_size_(vocab_size) {
  std::erase_if(stop_ids_, [&](std::int32_t id) { return id < 0 || id >= vocab_size_; });
  if (stop_ids_.empty()) {
    throw Error(ErrorKind::unsupported, "answers can't be held to the task's JSON: the model has no token that ends an answer");
  }
  sort_vocabulary();
  count_fewest();
}

/// Added tokens stay out: a control token inside a value would be no text.
void JsonConstraint::sort_vocabulary() {
  std::vector<bool> added(static_cast<std::size_t>(std::max(vocab_size_, tokenizer_.size())), false);
  for (const AddedToken& token : tokenizer_.added_tokens()) added[static_cast<std::size_t>(token.id)] = true;
  struct Key {
    std::uint64_t head;
    std::int32_t id;
  };
  std::vector<Key> keys;
  for (std::int32_t id = 0; id < std::min(vocab_size_, tokenizer_.size()); ++id) {
    const std::string_view bytes = tokenizer_.token_view(id);
    if (!bytes.empty() && !added[static_cast<std::size_t>(id)]) keys.push_back({head_of(bytes), id});
  }
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    return a.head != b.head ? a.head < b.head : tokenizer_.token_view(a.id) < tokenizer_.token_view(b.id);
  });
  std::string_view before;
  for (const Key& key : keys) {
    const std::string_view bytes = tokenizer_.token_view(key.id);
    sorted_.push_back({key.id, shared_bytes(before, bytes)});
    before = bytes;
  }
}

/// From the end of the shortest answer backwards: one token and the fewest from where it leads.
void JsonConstraint::count_fewest() {
  const std::string& text = automaton_.shortest();
  const auto is_token = [&](std::string_view bytes) {
    const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), bytes,
                                     [&](const Entry& e, std::string_view b) { return tokenizer_.token_view(e.id) < b; });
    return at != sorted_.end() && tokenizer_.token_view(at->id) == bytes;
  };
  fewest_at_.assign(text.size() + 1, kNever);
  fewest_at_[text.size()] = 1;
  for (std::size_t place = text.size(); place-- > 0;) {
    for (std::size_t length = 1; length <= std::min(kLongestToken, text.size() - place); ++length) {
      if (fewest_at_[place + length] + 1 >= fewest_at_[place]) continue;
      if (is_token(std::string_view(text).substr(place, length))) fewest_at_[place] = fewest_at_[place + length] + 1;
    }
  }
  bool able = fewest_at_[0] < kNever;
  for (const char* repair : {"0", "n", "\x80", "\x90", "\xa0"}) able = able && is_token(repair);
  for (const char& repair : automaton_.repairs()) able = able && is_token(std::string_view(&repair, 1));
  if (!able) {
    throw Error(ErrorKind::unsupported, "answers can't be held to the task's JSON: the tokenizer lacks tokens for some single bytes");
  }
  plenty_ = *std::max_element(fewest_at_.begin(), fewest_at_.end()) + automaton_.most_repair_bytes() + 1;
}

std::int64_t JsonConstraint::fewest(State state) const {
  return fewest_at_[automaton_.closing_place(state)] + automaton_.repair_bytes(state);
}

JsonConstraint::State JsonConstraint::after(State state, std::int32_t id) const {
  if (automaton_.is_whole(state)) return state;
  for (const char c : tokenizer_.token_view(id)) {
    const auto next = automaton_.after(state, static_cast<unsigned char>(c));
    if (!next) return state;
    state = *next;
  }
  return state;
}

const TokenMask& JsonConstraint::allowed(State state, std::int64_t room) {
  room = std::min(room, plenty_);
  if (room < fewest(state)) room = plenty_;
  std::unique_ptr<TokenMask>& mask = masks_[static_cast<std::uint64_t>(state) << 32 | static_cast<std::uint64_t>(room)];
  if (!mask) mask = std::make_unique<TokenMask>(walk(state, room));
  return *mask;
}

const std::vector<std::int32_t>& JsonConstraint::skeleton(State state) {
  const auto [at, is_new] = skeletons_.try_emplace(state);
  if (is_new) {
    const std::string text = automaton_.skeleton(state);
    if (!text.empty()) at->second = tokenizer_.encode(text, false);
  }
  return at->second;
}

TokenMask JsonConstraint::walk(State state, std::int64_t room) const {
  TokenMask mask(vocab_size_);
  if (automaton_.is_whole(state)) {
    for (const std::int32_t id : stop_ids_) mask.allow(id);
    return mask;
  }
  std::vector<State> path{state};  // after each byte of the entry walked last, as far as it lived
  for (const Entry& entry : sorted_) {
    if (entry.shared + 1 > path.size()) continue;  // begins as one that died
    path.resize(entry.shared + 1);
    const std::string_view bytes = tokenizer_.token_view(entry.id);
    while (path.size() <= bytes.size()) {
      const auto next = automaton_.after(path.back(), static_cast<unsigned char>(bytes[path.size() - 1]));
      if (!next) break;
      path.push_back(*next);
    }
    if (path.size() == bytes.size() + 1 && fewest(path.back()) < room) mask.allow(entry.id);
  }
  return mask;
}

}  // namespace minnow
