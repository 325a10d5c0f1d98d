// Trigrams are 32-bit hashes of three code points: with fifty a row, a chance collision moves a similarity once in a
// million comparisons, by a fiftieth.
#include "core/data/near_duplicates.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <span>
#include <unordered_map>
#include <utility>

namespace minnow {
namespace {

using Trigrams = std::span<const std::uint32_t>;

constexpr std::size_t frequency_bits = 22;  // 4 M counters: enough to tell rare trigrams from common ones
constexpr std::size_t crowded_list = 2000;  // rows under one trigram, from which on grouped rows pass the list over
constexpr std::size_t most_looks = 16384;   // at others' signatures, for one row: a bound where all rows are alike
constexpr std::size_t rows_per_stop = 256;  // between two looks at the stop token

/// SplitMix64's finaliser: every bit of the input moves every bit of the output.
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

/// The next code point; bytes that aren't UTF-8 count as themselves.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned lead = byte(at);
  const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  std::uint32_t code = length == 1 ? lead : lead & (0x7fu >> length);
  for (std::size_t k = 1; k < length; ++k) code = (code << 6) | (byte(at + k) & 0x3fu);
  at += length;
  return code;
}

/// The text's code points without what people vary freely: blanks and punctuation go, full-width forms and ASCII
/// capitals become plain small ones.
void normalise(std::string_view text, std::vector<std::uint32_t>& codes) {
  codes.clear();
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t code = next_code_point(text, at);
    if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
    if (code >= 'A' && code <= 'Z') code += 'a' - 'A';
    const bool ascii_kept = (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z');
    const bool punctuation = (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f) ||
                             code == 0xfeff || code == 0xa0 || code == 0xb7;
    if (code < 0x80 ? ascii_kept : !punctuation) codes.push_back(code);
  }
}

std::uint64_t digest_of(const std::vector<std::uint32_t>& codes) {
  std::uint64_t digest = codes.size();
  for (const std::uint32_t code : codes) digest = mixed(digest + 0x9e3779b97f4a7c15u + code);
  return digest;
}

/// Appends the set of trigrams, ascending. Texts shorter than three have themselves as their only one.
void append_trigrams(const std::vector<std::uint32_t>& codes, std::vector<std::uint32_t>& trigrams) {
  const auto first = static_cast<std::ptrdiff_t>(trigrams.size());
  if (codes.size() < 3) {
    trigrams.push_back(static_cast<std::uint32_t>(digest_of(codes)));
    return;
  }
  for (std::size_t i = 0; i + 2 < codes.size(); ++i) {
    // Code points have 21 bits: three fit into 63.
    const std::uint64_t three = (std::uint64_t{codes[i]} << 42) | (std::uint64_t{codes[i + 1]} << 21) | codes[i + 2];
    trigrams.push_back(static_cast<std::uint32_t>(mixed(three) >> 32));
  }
  std::sort(trigrams.begin() + first, trigrams.end());
  trigrams.erase(std::unique(trigrams.begin() + first, trigrams.end()), trigrams.end());
}

/// Whether the sets share at least `needed`; stops counting once that can't be.
bool share_at_least(Trigrams a, Trigrams b, std::size_t needed) {
  std::size_t i = 0, j = 0, shared = 0;
  while (shared + std::min(a.size() - i, b.size() - j) >= needed) {
    if (shared >= needed) return true;
    if (a[i] == b[j]) {
      ++shared;
      ++i;
      ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return false;
}

/// Smallest whole number not below x, forgiving what doubles add to exact products (0.8 * 45 = 36.000000000000004).
std::size_t at_least(double x) { return static_cast<std::size_t>(std::max(std::ceil(x - 1e-9), 0.0)); }

/// Disjoint sets of rows, with path halving.
class Forest {
 public:
  explicit Forest(std::size_t rows) : parent_(rows) { std::iota(parent_.begin(), parent_.end(), 0u); }
  std::uint32_t root(std::uint32_t row) {
    while (parent_[row] != row) row = parent_[row] = parent_[parent_[row]];
    return row;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t x = root(a), y = root(b);
    parent_[std::max(x, y)] = std::min(x, y);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

DuplicateGroups numbered(Forest& forest, std::size_t rows) {
  DuplicateGroups result;
  result.group.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::uint32_t root = forest.root(static_cast<std::uint32_t>(row));  // the smallest row of the group
    if (root == row) {
      result.group[row] = result.groups++;
      result.sizes.push_back(1);
    } else {
      result.group[row] = result.group[root];
      ++result.sizes[static_cast<std::size_t>(result.group[row])];
    }
  }
  return result;
}

/// 128 bits, one per trigram: sets that differ in d trigrams have signatures that differ in at most d bits.
struct Signature {
  std::uint64_t low = 0, high = 0;
  void add(std::uint32_t trigram) {
    const std::uint64_t bit = std::uint64_t{1} << (trigram & 63);
    ((trigram & 64) != 0 ? high : low) |= bit;
  }
  int difference(const Signature& other) const {
    return std::popcount(low ^ other.low) + std::popcount(high ^ other.high);
  }
};

/// Rows by trigram, for the few trigrams that a row is indexed under: one array, cut into lists that fill up as rows
/// come, smallest sets first.
class Index {
 public:
  struct Entry {
    std::uint32_t row, size;  // of its set
    Signature signature;
  };

  /// `keys`: every trigram that will be added for, with repeats: a list's capacity is its number.
  explicit Index(std::vector<std::uint32_t> keys) : keys_(std::move(keys)) {
    std::sort(keys_.begin(), keys_.end());
    starts_.reserve(keys_.size());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (i > 0 && keys_[i] == keys_[kept - 1]) continue;
      keys_[kept++] = keys_[i];
      starts_.push_back(static_cast<std::uint32_t>(i));
    }
    entries_.resize(keys_.size());
    keys_.resize(kept);
    filled_.resize(kept);
    uniform_.resize(kept, true);
  }
  /// The list's number, or npos.
  std::size_t find(std::uint32_t trigram) const {
    const auto at = std::lower_bound(keys_.begin(), keys_.end(), trigram);
    return at == keys_.end() || *at != trigram ? npos : static_cast<std::size_t>(at - keys_.begin());
  }
  std::span<const Entry> entries(std::size_t list) const { return {entries_.data() + starts_[list], filled_[list]}; }
  void add(std::size_t list, const Entry& entry) { entries_[starts_[list] + filled_[list]++] = entry; }
  /// Whether all rows of the list are in one group, as far as is known.
  bool is_uniform(std::size_t list) const { return uniform_[list]; }
  void set_uniform(std::size_t list, bool uniform) { uniform_[list] = uniform; }

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  std::vector<std::uint32_t> keys_, starts_, filled_;
  std::vector<Entry> entries_;
  std::vector<bool> uniform_;
};

/// Every row's set of trigrams, by row.
struct Sets {
  const std::vector<std::uint32_t>& trigrams;
  const std::vector<std::uint64_t>& starts;
  Trigrams operator[](std::uint32_t row) const {
    return Trigrams(trigrams).subspan(starts[row], starts[row + 1] - starts[row]);
  }
};

/// One pass over the rows, smallest sets first: each looks for equal or smaller partners among those before it.
class Search {
 public:
  Search(Sets sets, double similarity, Forest& forest, std::vector<std::uint32_t> rows)
      : sets_(sets), similarity_(similarity), forest_(forest), order_(std::move(rows)), index_({}) {}

  /// False if it was stopped.
  bool run(const ProgressSink& progress, const std::stop_token& stop) {
    if (!prepare(stop)) return false;
    for (std::size_t at = 0; at < order_.size(); ++at) {
      if (at % 4096 == 0) tell(progress, at);
      if (at % rows_per_stop == 0 && stop.stop_requested()) return false;
      place(order_[at]);
    }
    tell(progress, order_.size());
    return true;
  }

 private:
  static constexpr std::uint32_t nobody = 0xffffffffu;

  void tell(const ProgressSink& progress, std::size_t done) const {
    if (!progress) return;
    progress({"looking for near-duplicates", "rows", static_cast<std::int64_t>(done),
              static_cast<std::int64_t>(order_.size())});
  }
  std::uint32_t& count_of(std::uint32_t trigram) { return frequency_[trigram >> (32 - frequency_bits)]; }

  // Of n trigrams a row must share n*s with an equal or smaller partner, so the partner has one of its n - n*s + 1
  // rarest; and that one is among the m - m*2s/(1+s) + 1 rarest of the partner's m.
  std::size_t asked(std::size_t n) const { return n - at_least(similarity_ * static_cast<double>(n)) + 1; }
  std::size_t indexed(std::size_t n) const {
    return n - at_least(2 * similarity_ / (1 + similarity_) * static_cast<double>(n)) + 1;
  }
  /// What sets of n and m trigrams must share.
  std::size_t shared(std::size_t n, std::size_t m) const {
    return at_least(similarity_ / (1 + similarity_) * static_cast<double>(n + m));
  }
  /// The largest partner that a row of n trigrams can have if the first that they share is its `at`-th rarest: n - at is
  /// all that they can share.
  std::size_t largest(std::size_t n, std::size_t at) const {
    const double most = static_cast<double>(n - at) * (1 + similarity_) / similarity_ - static_cast<double>(n);
    return static_cast<std::size_t>(std::max(most + 1e-9, 0.0));
  }

  /// Counts trigrams, orders rows and makes the index's lists. False if it was stopped.
  bool prepare(const std::stop_token& stop) {
    std::stable_sort(order_.begin(), order_.end(),
                     [this](std::uint32_t a, std::uint32_t b) { return sets_[a].size() < sets_[b].size(); });
    std::size_t done = 0;
    for (const std::uint32_t row : order_) {
      if (++done % 4096 == 0 && stop.stop_requested()) return false;
      for (const std::uint32_t trigram : sets_[row]) ++count_of(trigram);
    }
    std::vector<std::uint32_t> keys;
    for (const std::uint32_t row : order_) {
      if (++done % 4096 == 0 && stop.stop_requested()) return false;
      for (const std::uint32_t trigram : rarest(row, indexed(sets_[row].size()))) keys.push_back(trigram);
    }
    index_ = Index(std::move(keys));
    met_by_.assign(sets_.starts.size(), nobody);
    return true;
  }

  /// The `count` rarest trigrams of a row, in one order for all rows: by frequency, then by value.
  const std::vector<std::uint32_t>& rarest(std::uint32_t row, std::size_t count) {
    keys_.clear();
    for (const std::uint32_t trigram : sets_[row]) keys_.push_back(std::uint64_t{count_of(trigram)} << 32 | trigram);
    count = std::min(count, keys_.size());
    std::partial_sort(keys_.begin(), keys_.begin() + static_cast<std::ptrdiff_t>(count), keys_.end());
    rarest_.clear();
    for (std::size_t i = 0; i < count; ++i) rarest_.push_back(static_cast<std::uint32_t>(keys_[i]));
    return rarest_;
  }

  /// Joins a row with its partners and puts it into the index.
  void place(std::uint32_t row) {
    const auto size = static_cast<std::uint32_t>(sets_[row].size());
    Index::Entry entry{row, size, {}};
    for (const std::uint32_t trigram : sets_[row]) entry.signature.add(trigram);
    const auto& trigrams = rarest(row, std::max(asked(size), indexed(size)));
    lists_.clear();
    for (const std::uint32_t trigram : trigrams) lists_.push_back(index_.find(trigram));
    grouped_ = false;
    looks_ = 0;
    for (std::size_t at = 0; at < std::min(asked(size), lists_.size()); ++at) {
      if (lists_[at] != Index::npos) search(lists_[at], entry, largest(size, at));
    }
    for (std::size_t at = 0; at < std::min(indexed(size), lists_.size()); ++at) {
      const auto entries = index_.entries(lists_[at]);
      if (grouped_ && entries.size() >= crowded_list) continue;
      if (!entries.empty() && index_.is_uniform(lists_[at]) && forest_.root(entries[0].row) != forest_.root(row))
        index_.set_uniform(lists_[at], false);
      index_.add(lists_[at], entry);
    }
  }

  /// Looks through a list from its largest sets, those like the row's own, down to the smallest that can be similar.
  void search(std::size_t list, const Index::Entry& row, std::size_t largest) {
    const auto entries = index_.entries(list);
    if (entries.empty() || (grouped_ && entries.size() >= crowded_list)) return;
    if (index_.is_uniform(list) && forest_.root(entries[0].row) == forest_.root(row.row)) return;
    const std::size_t smallest = at_least(similarity_ * static_cast<double>(row.size));
    bool uniform = true;
    const auto end = std::partition_point(entries.begin(), entries.end(),
                                          [largest](const Index::Entry& other) { return other.size <= largest; });
    for (auto other = end; other != entries.begin();) {
      --other;
      if (other->size < smallest || ++looks_ > most_looks) return;
      const std::size_t differing = row.size + other->size - 2 * shared_of(row.size, other->size);
      const bool near = row.signature.difference(other->signature) <= static_cast<int>(differing);
      uniform = uniform && near && forest_.root(other->row) == forest_.root(row.row);
      if (!near || std::exchange(met_by_[other->row], row.row) == row.row) continue;
      if (forest_.root(other->row) == forest_.root(row.row) || !similar(row.row, other->row)) continue;
      forest_.join(row.row, other->row);
      grouped_ = true;
      if (index_.is_uniform(list) || entries.size() >= crowded_list) return;  // the rest is in this group too
    }
    if (uniform && end == entries.end()) index_.set_uniform(list, true);
  }

  bool similar(std::uint32_t a, std::uint32_t b) const {
    return share_at_least(sets_[a], sets_[b], shared(sets_[a].size(), sets_[b].size()));
  }

  /// shared(), which is asked for the same two sizes again and again.
  std::size_t shared_of(std::uint32_t n, std::uint32_t m) {
    if (n != last_n_ || m != last_m_) {
      last_n_ = n;
      last_m_ = m;
      last_shared_ = shared(n, m);
    }
    return last_shared_;
  }

  Sets sets_;
  double similarity_;
  Forest& forest_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> frequency_ = std::vector<std::uint32_t>(std::size_t{1} << frequency_bits);
  Index index_;
  std::vector<std::uint32_t> met_by_;  // the row that last looked at this one
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> rarest_;
  std::vector<std::size_t> lists_;  // of the row at hand
  std::size_t looks_ = 0;
  bool grouped_ = false;
  std::uint32_t last_n_ = 0, last_m_ = 0;
  std::size_t last_shared_ = 0;
};

}  // namespace

double text_similarity(std::string_view a, std::string_view b) {
  std::vector<std::uint32_t> codes, first, second, both;
  normalise(a, codes);
  append_trigrams(codes, first);
  normalise(b, codes);
  append_trigrams(codes, second);
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(first.size() + second.size() - both.size());
}

NearDuplicates::NearDuplicates(double similarity) : similarity_(std::clamp(similarity, 0.1, 1.0)) {}

void NearDuplicates::add(std::string_view text) {
  std::vector<std::uint32_t> codes;
  codes.reserve(text.size());
  normalise(text, codes);
  append_trigrams(codes, trigrams_);
  starts_.push_back(trigrams_.size());
  digests_.push_back(digest_of(codes));
}

DuplicateGroups NearDuplicates::groups(const ProgressSink& progress, std::stop_token stop) const {
  Forest forest(digests_.size());
  // The same text (but for spaces and the like) needs no comparing: its first row stands for all of them.
  std::vector<std::uint32_t> distinct;
  std::unordered_map<std::uint64_t, std::uint32_t> first_with;
  first_with.reserve(digests_.size());
  for (std::uint32_t row = 0; row < digests_.size(); ++row) {
    const auto [found, is_new] = first_with.emplace(digests_[row], row);
    if (is_new) {
      distinct.push_back(row);
    } else {
      forest.join(found->second, row);
    }
  }
  first_with.clear();
  const bool whole = Search({trigrams_, starts_}, similarity_, forest, std::move(distinct)).run(progress, stop);
  DuplicateGroups result = numbered(forest, digests_.size());
  result.stopped = !whole;
  return result;
}

}  // namespace minnow
