// Two ways to the same tokens: arrays for the short pieces that text consists of, a queue over a linked list for long
// ones. Ranks are looked up in one flat hash table of 64-bit slots, so a look-up is one cache line as a rule.
#include "core/text/bpe.h"

#include <algorithm>
#include <cassert>
#include <queue>

namespace minnow {
namespace {

constexpr std::uint64_t kFree = ~0ULL;
constexpr int kRankBits = 20;
constexpr int kIdBits = 22;
constexpr std::uint64_t kRankMask = (1ULL << kRankBits) - 1;
constexpr std::size_t kShort = 64;  // bytes; up to here a scan for the lowest rank is faster than a queue

std::uint64_t pair_key(std::int32_t left, std::int32_t right) {
  return static_cast<std::uint64_t>(left) << kIdBits | static_cast<std::uint64_t>(right);
}

std::uint64_t hash(std::uint64_t key) { return key * 0x9E3779B97F4A7C15ULL; }  // Fibonacci hashing, Knuth vol. 3, 6.4

}  // namespace

Bpe::Bpe(const std::array<std::int32_t, 256>& byte_ids, const std::vector<Merge>& merges) : byte_ids_(byte_ids) {
  assert(merges.size() <= kMaxMerges);
  std::size_t capacity = 16;
  while (capacity < merges.size() * 2) capacity *= 2;
  slots_.assign(capacity, kFree);
  shift_ = 64;
  for (std::size_t c = capacity; c > 1; c /= 2) --shift_;

  merged_.reserve(merges.size());
  for (const Merge& merge : merges) {
    assert(merge.left >= 0 && merge.left <= kMaxId && merge.right >= 0 && merge.right <= kMaxId);
    const std::uint64_t key = pair_key(merge.left, merge.right);
    std::size_t slot = hash(key) >> shift_;
    while (slots_[slot] != kFree && slots_[slot] >> kRankBits != key) slot = (slot + 1) & (capacity - 1);
    slots_[slot] = key << kRankBits | merged_.size();
    merged_.push_back(merge.merged);
  }
  byte_ranks_.resize(std::size_t{256} * 256);
  for (std::size_t left = 0; left < 256; ++left) {
    for (std::size_t right = 0; right < 256; ++right) {
      byte_ranks_[left * 256 + right] = rank(byte_ids_[left], byte_ids_[right]);
    }
  }
}

std::uint32_t Bpe::rank(std::int32_t left, std::int32_t right) const {
  const std::uint64_t key = pair_key(left, right);
  std::size_t slot = hash(key) >> shift_;
  for (;;) {
    const std::uint64_t entry = slots_[slot];
    if (entry >> kRankBits == key) return static_cast<std::uint32_t>(entry & kRankMask);
    if (entry == kFree) return kNone;
    slot = (slot + 1) & (slots_.size() - 1);
  }
}

void Bpe::encode(std::string_view piece, std::vector<std::int32_t>& ids) const {
  if (piece.size() <= 1) {
    if (!piece.empty()) ids.push_back(byte_ids_[static_cast<unsigned char>(piece[0])]);
    return;
  }
  if (piece.size() <= kShort) {
    encode_short(piece, ids);
  } else {
    encode_long(piece, ids);
  }
}

void Bpe::encode_short(std::string_view piece, std::vector<std::int32_t>& ids) const {
  std::array<std::int32_t, kShort> tokens;  // the tokens so far
  std::array<std::uint32_t, kShort> ranks;  // ranks[i]: of tokens[i] with tokens[i + 1]
  std::size_t n = piece.size();
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(piece[i])); };
  for (std::size_t i = 0; i < n; ++i) tokens[i] = byte_ids_[byte(i)];
  for (std::size_t i = 0; i + 1 < n; ++i) ranks[i] = byte_ranks_[byte(i) * 256 + byte(i + 1)];

  while (n > 1) {
    std::size_t best = 0;
    for (std::size_t i = 1; i + 1 < n; ++i) {
      if (ranks[i] < ranks[best]) best = i;
    }
    if (ranks[best] == kNone) break;
    tokens[best] = merged_[ranks[best]];
    --n;
    std::copy(tokens.begin() + static_cast<std::ptrdiff_t>(best) + 2,
              tokens.begin() + static_cast<std::ptrdiff_t>(n) + 1,
              tokens.begin() + static_cast<std::ptrdiff_t>(best) + 1);
    if (best + 1 < n) {
      std::copy(ranks.begin() + static_cast<std::ptrdiff_t>(best) + 2, ranks.begin() + static_cast<std::ptrdiff_t>(n),
                ranks.begin() + static_cast<std::ptrdiff_t>(best) + 1);
      ranks[best] = rank(tokens[best], tokens[best + 1]);
    }
    if (best > 0) ranks[best - 1] = rank(tokens[best - 1], tokens[best]);
  }
  ids.insert(ids.end(), tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(n));
}

void Bpe::encode_long(std::string_view piece, std::vector<std::int32_t>& ids) const {
  struct Node {
    std::int32_t token = 0;
    std::int32_t previous = -1, next = -1;  // -1: none
  };
  struct Candidate {
    std::uint32_t rank = 0;
    std::int32_t position = 0;         // of the left node
    std::int32_t left = 0, right = 0;  // the tokens it was made for; others stand there now if it is stale
    bool operator>(const Candidate& other) const {
      return rank != other.rank ? rank > other.rank : position > other.position;
    }
  };
  std::vector<Node> nodes(piece.size());
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
  const auto node = [&](std::int32_t i) -> Node& { return nodes[static_cast<std::size_t>(i)]; };
  const auto offer = [&](std::int32_t position) {
    if (position < 0 || node(position).next < 0) return;
    const std::int32_t left = node(position).token;
    const std::int32_t right = node(node(position).next).token;
    const std::uint32_t found = rank(left, right);
    if (found != kNone) queue.push({found, position, left, right});
  };

  const auto count = static_cast<std::int32_t>(piece.size());
  for (std::int32_t i = 0; i < count; ++i) {
    node(i) = {byte_ids_[static_cast<unsigned char>(piece[static_cast<std::size_t>(i)])], i - 1,
               i + 1 < count ? i + 1 : -1};
  }
  for (std::int32_t i = 0; i < count; ++i) offer(i);
  while (!queue.empty()) {
    const Candidate candidate = queue.top();
    queue.pop();
    Node& left = node(candidate.position);
    if (left.token != candidate.left || left.next < 0 || node(left.next).token != candidate.right) continue;  // stale
    Node& right = node(left.next);
    left.token = merged_[candidate.rank];
    right.token = -1;
    left.next = right.next;
    if (left.next >= 0) node(left.next).previous = candidate.position;
    offer(candidate.position);
    offer(left.previous);
  }
  for (std::int32_t i = 0; i >= 0; i = node(i).next) ids.push_back(node(i).token);
}

void Bpe::encode_by_definition(std::string_view piece, std::vector<std::int32_t>& ids) const {
  std::vector<std::int32_t> tokens;
  for (const char c : piece) tokens.push_back(byte_ids_[static_cast<unsigned char>(c)]);
  for (;;) {
    std::uint32_t best_rank = kNone;
    std::size_t best = 0;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      const std::uint32_t found = rank(tokens[i], tokens[i + 1]);
      if (found < best_rank) {
        best_rank = found;
        best = i;
      }
    }
    if (best_rank == kNone) break;
    tokens[best] = merged_[best_rank];
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(best) + 1);
  }
  ids.insert(ids.end(), tokens.begin(), tokens.end());
}

}  // namespace minnow
