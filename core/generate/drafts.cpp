// Guesses and how many of them pay.
#include "core/generate/drafts.h"

#include <algorithm>

namespace minnow {
namespace {

constexpr double kLeast = 0.05;               // a chain of guesses ends where it is likelier wrong than this
constexpr std::int64_t kPlainFirst = 2;       // plain steps of a size before drafts are tried with it
constexpr std::int64_t kPlainEvery = 64;      // and again after so many passes, for machines change
constexpr double kGain = 1.04;                // over plain steps, or drafts aren't worth the doubt in the times
constexpr double kNewest = 0.25;              // weight of the newest time in the average
constexpr double kFreshTokenCost = 1.0 / 32;  // of a step, for each token more, where nothing is measured yet

std::uint64_t key_of(const std::array<std::int32_t, 3>& last) {
  std::uint64_t key = 0;
  for (const std::int32_t id : last) {
    key = (key ^ static_cast<std::uint32_t>(id)) * 0x9e3779b97f4a7c15ull;  // Knuth's golden ratio, 64 bits
    key ^= key >> 29;
  }
  return key;
}

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

Guess Drafter::from_answers(const Row& row) const {
  const auto found = answers_.find(key_of(row.last));
  if (found == answers_.end()) return {};
  const Seen& seen = found->second;
  return {seen.id, (seen.right + 0.5) / (seen.right + seen.wrong + 1.0)};
}

Guess Drafter::from_source(const Row& row) const {
  if (row.next >= row.source.size()) return {};
  return {row.source[row.next], copies_[static_cast<std::size_t>(std::min(row.run, kRuns - 1))].share()};
}

void Drafter::advance(Row& row, std::int32_t id) {
  row.last = {row.last[1], row.last[2], id};
  if (row.next < row.source.size() && row.source[row.next] == id) {
    ++row.next;
    ++row.run;
    return;
  }
  // Not copied on: the place in the source whose end fits best, the one after the last copied place among equals. A
  // single token must be the only one of its kind there. One that stands nowhere in the source is skeleton, after which
  // copying often goes on where it stopped.
  int best = 0, places = 0;
  std::size_t where = row.next;
  for (std::size_t i = 0; i < row.source.size(); ++i) {
    const std::size_t end = (row.next + i) % row.source.size() + 1;
    const int n = common_end(row.source, end, row.last);
    places += n == 1;
    if (n > best) best = n, where = end;
  }
  const bool found = best >= 2 || (best == 1 && places == 1);
  row.run = found ? best : 0;
  if (found) row.next = where;
}

std::vector<Guess> Drafter::guess(const Row& row, int most) const {
  std::vector<Guess> guesses;
  Row ahead = row;
  double chain = 1.0;
  while (static_cast<int>(guesses.size()) < most) {
    const Guess a = from_answers(ahead), s = from_source(ahead);
    const Guess better = a.probability >= s.probability ? a : s;
    chain *= better.probability;
    if (chain < kLeast) break;
    guesses.push_back(better);
    advance(ahead, better.id);
  }
  return guesses;
}

void Drafter::chosen(Row& row, std::int32_t id) {
  if (const Guess s = from_source(row); s.probability > 0.0) {
    Tally& tally = copies_[static_cast<std::size_t>(std::min(row.run, kRuns - 1))];
    tally.all += 1.0;
    tally.right += s.id == id;
    if (tally.all > 256.0) tally.all *= 0.5, tally.right *= 0.5;  // what was lately seen counts most
  }
  Seen& seen = answers_[key_of(row.last)];
  if (seen.id == id || seen.id < 0) {
    seen.id = id;
    seen.right += 1.0f;
  } else if ((seen.wrong += 1.0f) > seen.right) {
    seen.id = id;  // where what follows varies, the guess is the latest, and unlikely
    seen.right = 0.0f;
  }
  advance(row, id);
}

void DraftPace::took(std::int64_t tokens, double seconds) {
  Time& time = times_[tokens];
  // The first pass of a size may have met cold memory: the second replaces it.
  time.seconds = time.count < 2 ? seconds : time.seconds + kNewest * (seconds - time.seconds);
  ++time.count;
}

double DraftPace::cost(std::int64_t tokens) const {
  const auto above = times_.lower_bound(tokens);
  if (above != times_.end() && (above->first == tokens || above == times_.begin())) return above->second.seconds;
  const auto below = std::prev(above);
  if (above == times_.end()) {
    return below->second.seconds * (1.0 + kFreshTokenCost * static_cast<double>(tokens - below->first));
  }
  const double part = static_cast<double>(tokens - below->first) / static_cast<double>(above->first - below->first);
  return below->second.seconds + part * (above->second.seconds - below->second.seconds);
}

void DraftPace::cut(std::vector<std::vector<Guess>>& guesses, std::int64_t most) {
  const auto rows = static_cast<std::int64_t>(guesses.size());
  const auto plain = times_.find(rows);
  if (plain == times_.end() || plain->second.count < kPlainFirst || ++since_plain_ > kPlainEvery) {
    since_plain_ = 0;
    for (auto& row : guesses) row.clear();
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
  for (std::size_t i = 0; i < offers.size() && static_cast<std::int64_t>(i) < most; ++i) {
    tokens += offers[i].chance;
    const double rate = tokens / cost(rows + static_cast<std::int64_t>(i) + 1);
    if (rate > best) best = rate, keep = i + 1;
  }
  std::vector<std::size_t> kept(guesses.size());
  for (std::size_t i = 0; i < keep; ++i) ++kept[offers[i].row];
  for (std::size_t r = 0; r < guesses.size(); ++r) guesses[r].resize(kept[r]);
}

}  // namespace minnow
