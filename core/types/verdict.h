// The verdict on a run's fit, with the figures it rests on (design section 7).
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace minnow {

enum class Fit { too_early, underfitting, good, overfitting, diverging };
enum class Remedy {
  none, more_epochs, fewer_epochs, higher_rank, lower_rank, lower_learning_rate, restore_best, higher_learning_rate,
  fewer_rows_per_step
};

/// What a curve has where nothing was measured.
inline constexpr double not_measured = std::numeric_limits<double>::quiet_NaN();

/// One point of the curves; NaN marks what wasn't measured at that step.
struct CurvePoint {
  std::int64_t step = 0;
  double epoch = 0.0;
  double train_loss = not_measured;
  double eval_loss = not_measured;
  double exact_rows = not_measured;  ///< share of decoded validation rows that are wholly right
};

struct VerdictInput {
  std::vector<CurvePoint> points;    ///< by ascending step; a step may have several points
  std::int64_t validation_rows = 0;  ///< 0 = unknown
  bool non_finite = false;           ///< a loss or gradient was NaN or infinite (infinities in points count too)
};

struct Verdict {
  Fit fit = Fit::too_early;
  std::string sentence;                ///< English, with figures
  std::vector<Remedy> remedies;        ///< best first
  std::int64_t best_step = 0;          ///< lowest eval loss; 0 = none
  double train_slope = 0.0;            ///< nats per step over the last part
  double train_slope_error = 0.0;      ///< standard error of it
  double eval_slope = 0.0;
  double eval_slope_error = 0.0;
  double gap = 0.0;                    ///< last eval loss - last train loss
  double rise_from_best = 0.0;         ///< last eval loss - best eval loss
  /// Of eval loss over the second half of the run; > 0 where that makes a flat end underfitting: most decoded rows are
  /// wrong and learning came late. A learning rate that runs out flattens any curve.
  double late_fall = 0.0;
  double epoch_jump = 0.0;             ///< mean fall of train loss at the last epoch borders, nats; 0 = none seen
};

const char* to_string(Fit fit);
const char* to_string(Remedy remedy);

}  // namespace minnow
