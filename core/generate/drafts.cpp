// Guesses and how many of them pay.
#include "core/generate/drafts.h"

#include <algorithm>
#include <limits>

namespace minnow {
namespace {

constexpr std::size_t kLatest = 512;          // tokens of an answer that are counted through
constexpr std::int64_t kPlainFirst = 2;       // plain steps of a size before drafts are tried with it
constexpr std::int64_t kPlainEvery = 64;      // and again after so many passes, for machines change
constexpr std::int64_t kOld = 256;            // passes after which a time says nothing more: an engine lives for days
constexpr std::int64_t kIdle = 16;            // passes whose guesses didn't pay before most are spared them
constexpr double kGain = 1.04;                // over plain steps, or drafts aren't worth the doubt in the times
constexpr double kNewest = 0.25;              // weight of the newest time in the average
constexpr double kFreshTokenCost = 1.0 / 32;  // of a step, for each token more, where nothing is measured yet

std::uint64_t key_of(std::initializer_list<std::int64_t> numbers) {
  std::uint64_t key = 0;
  for (const std::int64_t number : numbers) {
    key = (key ^ static_cast<std::uint64_t>(number)) * 0x9e3779b97f4a7c15ull;  // Knuth's golden ratio, 64 bits
    key ^= key >> 29;
  }
  return key;
}

std::uint32_t upper_half(std::uint64_t key) { return static_cast<std::uint32_t>(key >> 32) | 1u; }

/// Length of the longest common end of source[0, end) and the three last tokens.
int common_end(std::span<const std::int32_t> source, std::size_t end, const std::array<std::int32_t, 3>& last) {
  int n = 0;
  while (n < 3 && static_cast<std::size_t>(n) < end && source[end - 1 - static_cast<std::size_t>(n)] == last[2 - n])
    ++n;
  return n;
}

}  // namespace

Drafter::Row Drafter::begin(std::span<const std::int32_t> source, std::span<const std::int32_t> prompt) {
  Row row;
  row.source = source;
  const std::size_t n = std::min<std::size_t>(3, prompt.size());
  std::copy(prompt.end() - static_cast<std::ptrdiff_t>(n), prompt.end(),
            row.last.end() - static_cast<std::ptrdiff_t>(n));
  return row;
}

Drafter::Contexts Drafter::contexts(const Row& row) {
  const std::int64_t next = row.next < row.source.size() ? row.source[row.next] : -1;
  return {key_of({1, row.last[0], row.last[1], row.last[2]}), key_of({2, row.last[2], row.nth}),
          key_of({3, next, row.run > 0 ? -1 : row.last[2]})};
}

const Drafter::Seen* Drafter::seen(std::uint64_t key) const {
  const Seen& slot = answers_[key % answers_.size()];
  return slot.context == upper_half(key) ? &slot : nullptr;
}

Guess Drafter::from_answers(const Contexts& at) const {
  Guess best;
  for (const std::uint64_t key : at) {
    const Seen* found = seen(key);
    if (!found) continue;
    const double probability = (found->right + 0.5) / (found->right + found->wrong + 1.0);
    if (probability > best.probability) best = {found->id, probability};
  }
  return best;
}

/// The source's next token. That it is copied depends on the run it would be part of, at a run's begin on the place in
/// the answer, and on what became of this token before: a separator ends a run.
Guess Drafter::from_source(const Row& row, const Contexts& at) const {
  if (row.next >= row.source.size()) return {};
  const std::int32_t id = row.source[row.next];
  double p = copies_[static_cast<std::size_t>(std::min(row.run, kRuns - 1))].expect(0.5, 2.0);
  if (row.run == 0) {
    if (const auto start = starts_.find(at[1]); start != starts_.end()) p = start->second.expect(p, 1.0);
  }
  if (const Seen* found = seen(at[2])) {
    p = Tally{found->id == id ? found->right : found->wrong, found->right + found->wrong}.expect(p, 2.0);
  }
  return {id, p};
}

void Drafter::Tally::add(bool was_right) {
  all += 1.0;
  right += was_right;
  if (all > 256.0) all *= 0.5, right *= 0.5;  // what was lately seen counts most
}

void Drafter::advance(Row& row, std::int32_t id) {
  row.last = {row.last[1], row.last[2], id};
  row.answer.push_back(id);
  const auto latest = static_cast<std::ptrdiff_t>(std::min(row.answer.size(), kLatest));
  row.nth = std::count(row.answer.end() - latest, row.answer.end(), id);
  if (row.next < row.source.size() && row.source[row.next] == id) {
    ++row.next;
    ++row.run;
    return;
  }
  // Not copied on: the place in the source whose end fits best, the one after the last copied place among equals. A
  // single token must be the only one of its kind there. One that stands nowhere in the source is skeleton, after which
  // copying often goes on where it stopped.
  int best = 0, places = 0;
  std::size_t where = row.next, end = std::min(row.next, row.source.size());
  for (std::size_t i = 0; i < row.source.size(); ++i) {
    end = end < row.source.size() ? end + 1 : 1;
    if (row.source[end - 1] != id) continue;
    const int n = common_end(row.source, end, row.last);
    places += n == 1;
    if (n > best) best = n, where = end;
  }
  const bool found = best >= 2 || (best == 1 && places == 1);
  row.run = found ? best : 0;
  if (found) row.next = where;
}

Guess Drafter::next_guess(const Row& row) const {
  const Contexts at = contexts(row);
  const Guess a = from_answers(at), s = from_source(row, at);
  return a.probability >= s.probability ? a : s;
}

std::vector<Guess> Drafter::guess(const Row& row, int most) const {
  std::vector<Guess> guesses;
  Row ahead = row;
  double chain = 1.0;
  while (static_cast<int>(guesses.size()) < most) {
    const Guess likeliest = next_guess(ahead);
    chain *= likeliest.probability;
    if (chain < kLeastChance) break;
    guesses.push_back(likeliest);
    advance(ahead, likeliest.id);
  }
  return guesses;
}

void Drafter::chosen(Row& row, std::int32_t id) {
  const Contexts at = contexts(row);
  if (row.next < row.source.size()) {
    const bool copied = row.source[row.next] == id;
    copies_[static_cast<std::size_t>(std::min(row.run, kRuns - 1))].add(copied);
    if (row.run == 0) starts_[at[1]].add(copied);
  }
  for (const std::uint64_t key : at) {
    Seen& seen = answers_[key % answers_.size()];
    if (seen.context != upper_half(key)) seen = {upper_half(key), id, 0.0f, 0.0f};
    if (seen.id == id) {
      seen.right += 1.0f;
    } else if ((seen.wrong += 1.0f) > seen.right) {
      seen.id = id;  // where what follows varies, the guess is the latest, and unlikely
      seen.right = 0.0f;
    }
  }
  advance(row, id);
}

void DraftPace::took(std::int64_t tokens, double seconds) {
  ++passes_;
  std::erase_if(times_, [&](const auto& one) { return passes_ - one.second.last > kOld; });
  Time& time = times_[tokens];
  time.last = passes_;
  // The first pass of a size may have met cold memory: the second replaces it. What is far beyond the average was
  // disturbed, or the machine has changed, which will be seen again.
  time.seconds =
      time.count < 2 ? seconds : time.seconds + kNewest * (std::min(seconds, 2.0 * time.seconds) - time.seconds);
  ++time.count;
}

/// Fewer tokens never cost more, so a time that a disturbance made long is bounded by those above it. Sizes that were
/// met once only don't count, or one that met cold memory would never be tried again.
double DraftPace::cost(std::int64_t tokens) const {
  std::int64_t least = 0, most = 0;  // the sizes around it
  double from = 0.0, to = std::numeric_limits<double>::infinity();
  for (const auto& [size, time] : times_) {
    if (time.count < 2) continue;
    if (size <= tokens) least = size, from = time.seconds;
    if (size < tokens) continue;
    if (most == 0) most = size;
    to = std::min(to, time.seconds);
  }
  if (most == 0) return from * (1.0 + kFreshTokenCost * static_cast<double>(tokens - least));
  if (least == 0 || most == tokens || to <= from) return to;
  return from + (to - from) * static_cast<double>(tokens - least) / static_cast<double>(most - least);
}

bool DraftPace::wants_guesses(std::int64_t rows) {
  idle_ = rows < rows_ ? 0 : idle_ + 1;
  rows_ = rows;
  return idle_ <= kIdle || idle_ % kIdle == 0;
}

void DraftPace::keep_certain(std::vector<std::vector<Guess>>& guesses, std::int64_t most) {
  for (auto& row : guesses) {
    const auto doubtful = std::find_if(row.begin(), row.end(), [](const Guess& g) { return g.probability < 1.0; });
    row.resize(static_cast<std::size_t>(std::min<std::int64_t>(doubtful - row.begin(), std::max<std::int64_t>(0, most))));
    most -= std::ssize(row);
  }
}

void DraftPace::cut(std::vector<std::vector<Guess>>& guesses, std::int64_t most) {
  const auto rows = static_cast<std::int64_t>(guesses.size());
  const auto plain = times_.find(rows);
  if (plain == times_.end() || plain->second.count < kPlainFirst || ++since_plain_ > kPlainEvery) {
    since_plain_ = 0;
    keep_certain(guesses, most);
    return;
  }
  struct Offer {
    double chance;  // that this guess and all before it in its row are accepted: what it adds to the pass
    std::size_t row;
  };
  std::vector<Offer> offers;
  for (std::size_t r = 0; r < guesses.size(); ++r) {
    double chain = 1.0;
    for (const Guess& guess : guesses[r]) offers.push_back({chain *= guess.probability, r});
  }
  // A row's chances never rise, so in falling order every guess comes after those that it builds on.
  std::stable_sort(offers.begin(), offers.end(), [](const Offer& a, const Offer& b) { return a.chance > b.chance; });
  double tokens = static_cast<double>(rows), best = kGain * tokens / cost(rows);
  std::size_t keep = 0;
  const auto certain = static_cast<std::size_t>(
      std::count_if(offers.begin(), offers.end(), [](const Offer& offer) { return offer.chance >= 1.0; }));
  for (std::size_t i = 0; i < offers.size() && static_cast<std::int64_t>(i) < most; ++i) {
    tokens += offers[i].chance;
    const double rate = tokens / cost(rows + static_cast<std::int64_t>(i) + 1);
    if (rate > best) best = rate, keep = i + 1;
  }
  if (keep > 0) idle_ = 0;
  keep = std::max(keep, std::min(certain, static_cast<std::size_t>(std::max<std::int64_t>(0, most))));
  std::vector<std::size_t> kept(guesses.size());
  for (std::size_t i = 0; i < keep; ++i) ++kept[offers[i].row];
  for (std::size_t r = 0; r < guesses.size(); ++r) guesses[r].resize(kept[r]);
}

}  // namespace minnow
