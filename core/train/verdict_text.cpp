// One sentence per verdict, then what a reader should know beside it.
#include "core/train/verdict_text.h"

#include <algorithm>
#include <cmath>

#include "core/types/number_text.h"

namespace minnow {
namespace {

// Losses with three decimals, small ones with two significant digits.
std::string loss_text(double loss) {
  return std::fabs(loss) >= 0.0995 || loss == 0.0 ? fixed_text(loss, 3) : short_text(loss, 2);
}

std::string slope_text(double slope, double error) {
  const std::string sign = slope < 0.0 ? "\u2212" : "+";
  return sign + short_text(std::fabs(slope), 2) + " ± " + short_text(error, 1) + " a step";
}

std::string steps_text(std::int64_t steps) { return std::to_string(steps) + (steps == 1 ? " step" : " steps"); }

std::string too_early_text(const VerdictFigures& f) {
  if (f.evaluations == 0 && f.validation_rows == 0) return "Too early to say: nothing was evaluated yet.";
  return "Too early to say: " + std::to_string(f.evaluations) + " of the 5 evaluations that a verdict needs.";
}

std::string diverging_text(const VerdictFigures& f) {
  if (f.bad_step >= 0) {
    return "Diverging: a loss or gradient was not a finite number" +
           (f.bad_step > 0 ? " at step " + std::to_string(f.bad_step) : std::string()) + ".";
  }
  return "Diverging: train loss rose from " + loss_text(f.train_best) + " around step " +
         std::to_string(f.train_best_step) + " to " + loss_text(f.train_loss) + " at step " +
         std::to_string(f.last_step) + ".";
}

std::string overfitting_text(const Verdict& v, const VerdictFigures& f) {
  std::string text = "Overfitting: eval loss rose from its best, " + loss_text(f.eval_best) + " at step " +
                     std::to_string(f.best_step) + ", to " + loss_text(f.eval_loss) + " at step " +
                     std::to_string(f.last_step);
  if (f.eval_best > 0.0) text += " (+" + percent_text(v.rise_from_best / f.eval_best, 0) + ")";
  if (f.train_loss < f.train_at_best) {
    text += " while train loss fell from " + loss_text(f.train_at_best) + " to " + loss_text(f.train_loss);
  }
  text += ". Train for fewer epochs, or take the best step.";
  if (f.jumps) {
    text += " Train loss drops by " + loss_text(v.epoch_jump) + " when an epoch begins: rows are being memorised.";
  }
  return text;
}

std::string underfitting_text(const Verdict& v, const VerdictFigures& f) {
  if (f.learned_nothing) {
    return "Underfitting: almost nothing was learned; eval loss is " + loss_text(f.eval_loss) + " after " +
           loss_text(f.start_loss) + " at the start.";
  }
  if (v.late_fall > 0.0) {
    return "Underfitting: eval loss, " + loss_text(f.eval_loss) + ", is flat at the end, but fell by " +
           loss_text(v.late_fall) + " in the second half of the run: more steps would go on from there.";
  }
  return "Underfitting: train and eval loss were still falling at the end (eval " + loss_text(f.eval_loss) + ", " +
         slope_text(v.eval_slope, v.eval_slope_error) + " over the last " + steps_text(f.last_part_steps) +
         "); as many steps again would bring about " + loss_text(f.projected_fall) +
         ". It hasn't converged: train for more epochs or with a higher rank.";
}

std::string good_text(const Verdict& v, const VerdictFigures& f) {
  std::string text = "Good fit: eval loss " + loss_text(f.eval_loss) + ", flat over the last " +
                     steps_text(f.last_part_steps) + " (" + slope_text(v.eval_slope, v.eval_slope_error) + ")";
  if (!std::isnan(v.gap)) text += "; gap to train loss " + loss_text(v.gap);
  text += ".";
  if (f.train_still_falling) text += " Train loss still falls: more epochs would only widen the gap.";
  return text;
}

std::string main_text(const Verdict& v, const VerdictFigures& f) {
  switch (v.fit) {
    case Fit::too_early: return too_early_text(f);
    case Fit::diverging: return diverging_text(f);
    case Fit::overfitting: return overfitting_text(v, f);
    case Fit::underfitting: return underfitting_text(v, f);
    case Fit::good: return good_text(v, f);
  }
  return {};
}

}  // namespace

std::string verdict_sentence(const Verdict& v, const VerdictFigures& f) {
  std::string text = main_text(v, f);
  const bool judged = v.fit != Fit::too_early && v.fit != Fit::diverging;
  if (judged && !std::isnan(f.exact_rows)) {
    text += " " + percent_text(f.exact_rows, 0) + " of the decoded validation rows are exact.";
  }
  if (judged && f.validation_rows > 0 && f.validation_rows < 30) {
    text += " Only " + std::to_string(f.validation_rows) +
            (f.validation_rows == 1 ? " validation row: " : " validation rows: ") + "take this with care.";
  }
  return text;
}

}  // namespace minnow
