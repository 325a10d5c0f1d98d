// Drafts: guesses of the next tokens, checked by the model in one pass (Leviathan et al. 2023 with a free drafter, as
// in prompt look-up decoding). Extraction repeats its input, and answers to one task share their skeleton, so the
// guesses come from two places: the row's own input, read on from where the answer last copied it, and what came in
// like places of the engine's other answers. Drafts never change an answer: a guess stands only where the model
// agrees. No tensors.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

namespace minnow {

/// A guessed token and how likely it is to be accepted, given that those before it were.
struct Guess {
  std::int32_t id = 0;
  double probability = 0.0;  ///< 1: nothing else can come
};
/// A row's guesses end where all of them together are less likely than this.
inline constexpr double kLeastChance = 0.05;

/// Guesses for the rows of one engine; learns from every token that is chosen.
class Drafter {
 public:
  /// A row's text so far and where it stands in its source. A copy may be run ahead.
  struct Row {
    std::span<const std::int32_t> source;          ///< what is copied from; outlives the row
    std::array<std::int32_t, 3> last{-1, -1, -1};  ///< the last tokens, oldest first
    std::size_t next = 0;                          ///< place in the source after what was last copied
    int run = 0;                                   ///< tokens copied in a row
    std::vector<std::int32_t> answer;              ///< what was chosen so far
    std::int64_t nth = 0;                          ///< how many of the latest of the answer are like its last one
  };

  /// A row whose prompt is in: the context of its first token is the end of the prompt.
  static Row begin(std::span<const std::int32_t> source, std::span<const std::int32_t> prompt);
  /// Up to `most` guesses for what follows, none of less than a few per cent.
  std::vector<Guess> guess(const Row& row, int most) const;
  /// The likeliest next token; of probability 0 where nothing is known.
  Guess next_guess(const Row& row) const;
  /// Where the row stands after `id`, without learning from it.
  static void advance(Row& row, std::int32_t id);
  /// The model chose `id` for the row.
  void chosen(Row& row, std::int32_t id);

 private:
  static constexpr int kRuns = 4;  ///< run lengths told apart: 0, 1, 2, 3 and more
  struct Seen {
    std::uint32_t context = 0;  ///< upper half of its key; 0 = none was here yet
    std::int32_t id = -1;
    float right = 0.0f, wrong = 0.0f;  ///< how often it was what followed
  };
  struct Tally {
    double right = 0.0, all = 0.0;
    /// Of those to come, when `share` is expected and counts as `weight` cases.
    double expect(double share, double weight) const { return (right + weight * share) / (all + weight); }
    void add(bool was_right);
  };
  using Contexts = std::array<std::uint64_t, 3>;
  /// What a guess goes by: the last three tokens; the last and how many of its kind there are; what
  /// the source goes on with, in a run or after which token.
  static Contexts contexts(const Row& row);
  Guess from_answers(const Contexts& at) const;
  /// What followed a context, or null.
  const Seen* seen(std::uint64_t key) const;
  Guess from_source(const Row& row, const Contexts& at) const;

  std::vector<Seen> answers_ = std::vector<Seen>(1 << 15);  ///< by the lower bits of the key; the latest stays
  std::array<Tally, kRuns> copies_;                         ///< how often copying on was right, by run length
  std::unordered_map<std::uint64_t, Tally> starts_;         ///< and how often beginning to copy, by the second context
};

/// How many of the guesses to check: as many as pay. Pass times are measured as they come and forgotten when they are
/// old, so whatever checking costs on this machine, for this model and at this batch size, drafts are used only where
/// they gain.
class DraftPace {
 public:
  /// Tells what a pass of `tokens` tokens took.
  void took(std::int64_t tokens, double seconds);
  /// Whether guesses are worth making for the next pass of so many rows: where none paid lately, now and then only.
  bool wants_guesses(std::int64_t rows);
  /// Rows that decode, each with its guesses: keeps of each as many as pay, all in all at most `most`. Certain ones save
  /// a step each, so they are always kept.
  void cut(std::vector<std::vector<Guess>>& guesses, std::int64_t most);
  /// Keeps the certain ones only.
  static void keep_certain(std::vector<std::vector<Guess>>& guesses, std::int64_t most);

 private:
  double cost(std::int64_t tokens) const;
  struct Time {
    double seconds = 0.0;
    std::int64_t count = 0;
    std::int64_t last = 0;  ///< pass
  };
  std::map<std::int64_t, Time> times_;  ///< by tokens of the pass
  std::int64_t passes_ = 0;
  std::int64_t idle_ = 0;               ///< passes since a guess paid or there were fewer rows than before
  std::int64_t rows_ = 0;               ///< of the last pass
  std::int64_t since_plain_ = 0;        ///< passes since the cost of a plain step was last measured
};

}  // namespace minnow
