// The verdict's sentences: what was found, in figures.
#pragma once

#include <cstdint>
#include <string>

#include "core/types/verdict.h"

namespace minnow {

/// What the rules measured; the sentences' material.
struct VerdictFigures {
  std::int64_t evaluations = 0, validation_rows = 0;
  std::int64_t last_step = 0, best_step = 0;
  std::int64_t last_part_steps = 0;   ///< steps from the last part's first evaluation to its last
  double train_loss = 0.0;            ///< at the end, smoothed
  double train_at_best = 0.0;         ///< where eval loss was best, smoothed
  double train_best = 0.0;            ///< lowest smoothed level
  std::int64_t train_best_step = 0;
  double eval_loss = 0.0, eval_best = 0.0;
  double projected_fall = 0.0;        ///< of eval loss, over as many steps again as the last part has
  double start_loss = 0.0;
  double exact_rows = not_measured;   ///< the last score
  std::int64_t bad_step = -1;         ///< where a loss was not finite; < 0: nowhere
  bool learned_nothing = false;
  bool train_still_falling = false;
  bool jumps = false;                 ///< train loss drops at epoch borders beyond its noise
};

std::string verdict_sentence(const Verdict& verdict, const VerdictFigures& figures);

}  // namespace minnow
