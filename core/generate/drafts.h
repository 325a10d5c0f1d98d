// Drafts: guesses of the next tokens, checked by the model in one pass (Leviathan et al. 2023 with a free drafter, as
// in prompt look-up decoding). Extraction repeats its input, and answers to one task share their skeleton, so the
// guesses come from two places: the row's own input, read on from where the answer last copied it, and what followed
// the same three tokens in the job's other answers. Drafts never change an answer: a guess stands only where the model
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
  double probability = 0.0;
};

/// Guesses for the rows of one job; learns from every token that is chosen.
class Drafter {
 public:
  /// A row's text so far and where it stands in its source. Values only: a copy may be run ahead.
  struct Row {
    std::span<const std::int32_t> source;          ///< what is copied from; outlives the row
    std::array<std::int32_t, 3> last{-1, -1, -1};  ///< the last tokens, oldest first
    std::size_t next = 0;                          ///< place in the source after what was last copied
    int run = 0;                                   ///< tokens copied in a row
  };

  /// A row whose prompt is in: the context of its first token is the end of the prompt.
  static Row begin(std::span<const std::int32_t> source, std::span<const std::int32_t> prompt);
  /// Up to `most` guesses for what follows, none of less than a few per cent.
  std::vector<Guess> guess(const Row& row, int most) const;
  /// The model chose `id` for the row.
  void chosen(Row& row, std::int32_t id);

 private:
  static constexpr int kRuns = 4;  ///< run lengths told apart: 0, 1, 2, 3 and more
  struct Seen {
    std::int32_t id = -1;
    float right = 0.0f, wrong = 0.0f;  ///< how often it was what followed
  };
  struct Tally {
    double right = 1.0, all = 2.0;
    double share() const { return right / all; }
  };
  Guess from_answers(const Row& row) const;
  Guess from_source(const Row& row) const;
  static void advance(Row& row, std::int32_t id);

  std::unordered_map<std::uint64_t, Seen> answers_;  ///< three tokens → the one that followed them
  std::array<Tally, kRuns> copies_;                  ///< how often copying on was right, by run length
};

/// How many of the guesses to check: as many as pay. Pass times are measured as they come, so whatever checking costs
/// on this machine, for this model and at this batch size, drafts are used only where they gain.
class DraftPace {
 public:
  /// Tells what a pass of `tokens` tokens took.
  void took(std::int64_t tokens, double seconds);
  /// Rows that decode, each with its guesses: keeps of each as many as pay, all in all at most `most`.
  void cut(std::vector<std::vector<Guess>>& guesses, std::int64_t most);

 private:
  double cost(std::int64_t tokens) const;
  struct Time {
    double seconds = 0.0;
    std::int64_t count = 0;
  };
  std::map<std::int64_t, Time> times_;  ///< by tokens of the pass
  std::int64_t since_plain_ = 0;        ///< passes since the cost of a plain step was last measured
};

}  // namespace minnow
