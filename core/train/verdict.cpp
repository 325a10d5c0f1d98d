// Measures the curves, then asks the rules of verdict.h in their order.
#include "core/train/verdict.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/train/curve_fit.h"
#include "core/train/few_steps.h"
#include "core/train/verdict_text.h"

namespace minnow {
namespace {

constexpr std::int64_t kEvaluationsNeeded = 5;  // fewer say little about a slope
constexpr double kSlopeCertain = 2.3;           // standard errors, one-sided 1 %
constexpr double kSlopeBeyondDoubt = 3.5;       // where one curve alone has to carry the verdict
constexpr double kGuessing = 12.0;              // nats; ln 151936 = 11.93 is guessing over Qwen3's whole vocabulary

// Everything the rules look at, measured once.
struct Measured {
  Curve train, eval, score;
  std::vector<double> train_epoch;  // epoch of each train point
  double train_noise = 0.0, eval_noise = 0.0;
  Ending train_end, eval_end;
  std::size_t train_width = 1, eval_width = 1;  // points that are averaged into a level
  double train_level = 0.0, eval_level = 0.0;   // at the end
  double start = 0.0;                           // the loss the run began with; the first evaluation may come late
  LowPoint train_low, eval_low;
  std::int64_t bad_step = -1;
};

double end_level(const Curve& curve, std::size_t width) {
  return mean_of(curve, curve.size() - std::min(width, curve.size()), curve.size());
}

void take(Curve& curve, const CurvePoint& point, double value) {
  if (!std::isfinite(value)) return;
  curve.x.push_back(static_cast<double>(point.step));
  curve.y.push_back(value);
}

Measured measure(const VerdictInput& input) {
  Measured m;
  std::vector<CurvePoint> points = input.points;
  std::stable_sort(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.step < b.step; });
  for (const CurvePoint& point : points) {
    const bool nothing = std::isnan(point.train_loss) && std::isnan(point.eval_loss) && std::isnan(point.exact_rows);
    if ((nothing || std::isinf(point.train_loss) || std::isinf(point.eval_loss)) && m.bad_step < 0) {
      m.bad_step = point.step;
    }
    take(m.train, point, point.train_loss);
    if (std::isfinite(point.train_loss)) m.train_epoch.push_back(point.epoch);
    take(m.eval, point, point.eval_loss);
    take(m.score, point, point.exact_rows);
  }
  if (input.non_finite && m.bad_step < 0) m.bad_step = 0;
  m.train_noise = noise_of(m.train);
  m.eval_noise = noise_of(m.eval);
  m.train_end = ending_of(m.train, m.train_noise);
  m.eval_end = ending_of(m.eval, m.eval_noise);
  m.train_width = std::clamp<std::size_t>(m.train.size() / 8, 1, 50);
  m.eval_width = m.eval.size() < 8 ? 1 : m.eval.size() < 20 ? 3 : 5;
  m.start = std::max(m.train_end.start, m.eval_end.start);
  m.train_level = end_level(m.train, m.train_width);
  m.eval_level = end_level(m.eval, m.eval_width);
  m.train_low = lowest(m.train, m.train_width);
  m.eval_low = lowest(m.eval, m.eval_width);
  return m;
}

// Would going on bring enough to matter? `start`: the loss that the run began with.
bool worth_more(const Ending& ending, double level, double start) {
  const double gain = ending.projected_fall;
  const double fallen = start - level;
  if (gain <= 0.0 || level <= 0.0) return false;
  if (fallen <= 0.0) return gain >= 0.04 * level;
  return (gain >= 0.04 * level && gain >= 0.01 * fallen) || (gain >= 0.04 * fallen && gain >= 0.01 * level);
}

bool eval_falling(const Measured& m, double certain) {
  return m.eval_end.z < -certain && worth_more(m.eval_end, m.eval_level, m.start);
}

bool train_falling(const Measured& m) {
  return !m.train.y.empty() && m.train_end.z < -kSlopeCertain && worth_more(m.train_end, m.train_level, m.start);
}

// Train loss ended well above its best level and isn't on its way back; or above all that guessing would give.
bool train_blew_up(const Measured& m, bool few_evaluations) {
  if (m.train.size() < 6) return false;
  if (m.train_level > kGuessing || m.train_level > 3.0 * m.train.y.front()) return true;
  const double rise = m.train_level - m.train_low.level;
  const double error = m.train_noise * std::sqrt(2.0 / static_cast<double>(m.train_width));
  const double share = few_evaluations ? 0.5 : 0.15;  // a run that has just begun may wobble
  if (rise <= 5.0 * error || rise < share * m.train_low.level) return false;
  const bool near_the_start = m.train_level >= m.train_low.level + 0.5 * (m.train_end.start - m.train_low.level);
  const bool coming_back = m.train_end.z < -kSlopeCertain;
  return !coming_back || near_the_start;
}

bool eval_blew_up(const Measured& m) {
  const bool train_fell = !m.train.y.empty() && m.train_level < 0.9 * m.train_end.start;
  if (m.eval_level > kGuessing) return true;
  return m.eval.size() >= 3 && m.eval_level > 1.5 * m.eval_end.start && !train_fell;
}

// The mean fall of train loss at the last two epoch borders, beyond what the trend within the epochs explains.
struct EpochJump {
  double fall = 0.0;
  bool clear = false;
};

EpochJump epoch_jump(const Measured& m) {
  std::vector<std::size_t> borders;  // index of an epoch's first point
  for (std::size_t i = 1; i < m.train_epoch.size(); ++i) {
    // A point at epoch 2.0 exactly closes the second epoch.
    if (std::ceil(m.train_epoch[i] - 1e-9) > std::ceil(m.train_epoch[i - 1] - 1e-9) && m.train_epoch[i - 1] > 0.0) {
      borders.push_back(i);
    }
  }
  EpochJump jump;
  double error = 0.0;
  int counted = 0;
  for (std::size_t b = borders.size(); b-- > 0 && counted < 2;) {
    const std::size_t at = borders[b];
    const std::size_t before = at - (b == 0 ? 0 : borders[b - 1]);
    const std::size_t after = (b + 1 < borders.size() ? borders[b + 1] : m.train.size()) - at;
    const std::size_t width = std::max<std::size_t>(1, std::min(before, after) / 3);
    if (before < 4 || after < 4) continue;
    // Three windows: the trend within the epoch, from the one before the last to the last, is taken off.
    const double last = mean_of(m.train, at - width, at);
    const double earlier = mean_of(m.train, at - 2 * width, at - width);
    jump.fall += (last - mean_of(m.train, at, at + width)) - (earlier - last);
    error += 6.0 * m.train_noise * m.train_noise / static_cast<double>(width);
    ++counted;
  }
  if (counted == 0) return jump;
  jump.fall /= counted;
  error = std::sqrt(error) / counted;
  jump.clear = jump.fall > 3.0 * error && jump.fall > 0.05 * m.train_level;
  return jump;
}

// Eval loss ended above its best by more than noise and by enough to matter.
bool eval_rose(const Measured& m, std::int64_t validation_rows, bool jumps) {
  const double rise = m.eval_level - m.eval_low.level, best = m.eval_low.level;
  double relevant = jumps ? 0.02 : 0.03;
  if (validation_rows > 0 && validation_rows < 50) {
    relevant = std::min(0.12, relevant * std::sqrt(50.0 / static_cast<double>(validation_rows)));
  }
  if (rise < relevant * best || rise <= 0.003 * (m.start - best)) return false;
  const double error = m.eval_noise * std::sqrt(2.0 / static_cast<double>(m.eval_width));
  if (rise > 4.0 * error) return true;  // the best of many is low by chance, too
  // Few evaluations bend too much for a noise estimate: rises in a row speak too.
  std::size_t rises = 0;
  for (std::size_t i = m.eval.size(); i-- > 1 && m.eval.y[i] > m.eval.y[i - 1];) ++rises;
  return (rises >= 3 && rise > 0.05 * best) || (rises >= 2 && rise > 0.15 * best);
}

// Since eval loss was best, train loss rose too: that isn't memorising.
bool train_rose_too(const Measured& m, std::int64_t best_step) {
  const auto it = std::lower_bound(m.train.x.begin(), m.train.x.end(), static_cast<double>(best_step));
  const auto first = static_cast<std::size_t>(it - m.train.x.begin());
  if (m.train.size() - first < 4) return false;
  const LineFit fit = fit_line(m.train, first, m.train.size(), m.train_noise);
  const double rise = fit.slope * fit.span / std::max(m.train_level, 1e-12);
  return (fit.slope > kSlopeCertain * fit.slope_error && rise > 0.05) ||
         (fit.slope > 1.5 * fit.slope_error && rise > 0.10);
}

bool learned_nothing(const Measured& m) {
  const auto stayed = [](const Ending& ending, double level, double noise) {
    return level > 0.95 * ending.start - 2.0 * noise;
  };
  if (!stayed(m.eval_end, m.eval_level, m.eval_noise)) return false;
  if (!m.train.y.empty() && !stayed(m.train_end, m.train_level, m.train_noise)) return false;
  // Flat from the start is fine for a run that went on from a good adapter. At 0.5 nats a token most answers are wrong.
  return m.score.y.empty() ? m.eval_level > 0.5 : end_level(m.score, 3) < 0.5;
}

// What eval loss fell by in the second half of the run, where that is a good part of all it fell and answers are mostly
// wrong; else 0.
double late_fall(const Measured& m) {
  if (m.score.y.empty() || end_level(m.score, 3) >= 0.5) return 0.0;
  const auto half = std::lower_bound(m.eval.x.begin(), m.eval.x.end(), 0.5 * (m.eval.x.front() + m.eval.x.back()));
  const auto middle = static_cast<std::size_t>(half - m.eval.x.begin());
  const std::size_t first = middle - std::min(middle, m.eval_width / 2);
  const double fall = mean_of(m.eval, first, std::min(first + m.eval_width, m.eval.size())) - m.eval_level;
  const double error = m.eval_noise * std::sqrt(2.0 / static_cast<double>(m.eval_width));
  return fall > 2.0 * error && fall >= 0.1 * (m.eval_end.start - m.eval_level) ? fall : 0.0;
}

bool both_falling(const Measured& m) {
  const bool train_rising = m.train_end.z > kSlopeCertain &&
                            m.train_end.last.slope * m.train_end.last.span > 0.04 * m.train_level;
  if (eval_falling(m, kSlopeBeyondDoubt)) return !train_rising;
  // Eval not beyond doubt by itself: a train loss that surely falls must point the same way.
  return train_falling(m) && eval_falling(m, 1.6);
}

double train_near(const Measured& m, double step) {
  const auto it = std::lower_bound(m.train.x.begin(), m.train.x.end(), step);
  const auto middle = static_cast<std::size_t>(it - m.train.x.begin());
  const std::size_t first = middle > m.train_width / 2 ? middle - m.train_width / 2 : 0;
  return mean_of(m.train, first, std::min(first + m.train_width, m.train.size()));
}

Fit choose(const Measured& m, const VerdictInput& input, bool jumps, VerdictFigures& figures) {
  const bool few = static_cast<std::int64_t>(m.eval.size()) < kEvaluationsNeeded;
  if (m.bad_step >= 0 || train_blew_up(m, few) || eval_blew_up(m)) return Fit::diverging;
  if (few) return Fit::too_early;
  if (eval_rose(m, input.validation_rows, jumps)) {
    return train_rose_too(m, figures.best_step) ? Fit::diverging : Fit::overfitting;
  }
  figures.learned_nothing = learned_nothing(m);
  if (figures.learned_nothing || both_falling(m)) return Fit::underfitting;
  return Fit::good;
}

std::vector<Remedy> remedies_for(const Verdict& v, const VerdictFigures& f) {
  switch (v.fit) {
    case Fit::underfitting:
      if (f.learned_nothing) return {Remedy::higher_learning_rate, Remedy::more_epochs, Remedy::higher_rank};
      return {Remedy::more_epochs, Remedy::higher_rank};
    case Fit::overfitting: return {Remedy::restore_best, Remedy::fewer_epochs, Remedy::lower_rank};
    case Fit::diverging:
      if (v.best_step > 0) return {Remedy::lower_learning_rate, Remedy::restore_best};
      return {Remedy::lower_learning_rate};
    case Fit::good:
      if (f.exact_rows < 0.5) return {Remedy::higher_rank};  // flat, but not good enough: false for NaN
      return {Remedy::none};
    case Fit::too_early: break;
  }
  return {Remedy::none};
}

VerdictFigures figures_of(const Measured& m, const VerdictInput& input) {
  VerdictFigures f;
  f.evaluations = static_cast<std::int64_t>(m.eval.size());
  f.validation_rows = input.validation_rows;
  f.bad_step = m.bad_step;
  f.projected_fall = m.eval_end.projected_fall;
  f.start_loss = m.eval_end.start;  // not m.start: the sentence compares eval with eval
  f.train_loss = m.train_level;
  f.train_best = m.train_low.level;
  f.train_still_falling = train_falling(m);
  if (!m.train.y.empty()) {
    f.train_best_step = static_cast<std::int64_t>(m.train.x[m.train_low.index]);
    f.last_step = static_cast<std::int64_t>(m.train.x.back());
  }
  if (!m.score.y.empty()) f.exact_rows = m.score.y.back();
  if (!m.eval.y.empty()) {
    const auto best = std::min_element(m.eval.y.begin(), m.eval.y.end()) - m.eval.y.begin();
    f.best_step = static_cast<std::int64_t>(m.eval.x[static_cast<std::size_t>(best)]);
    f.eval_best = m.eval.y[static_cast<std::size_t>(best)];
    f.eval_loss = m.eval.y.back();
    f.last_part_steps = static_cast<std::int64_t>(m.eval_end.last.span);
    f.last_step = std::max(f.last_step, static_cast<std::int64_t>(m.eval.x.back()));
    if (!m.train.y.empty()) f.train_at_best = train_near(m, static_cast<double>(f.best_step));
  }
  return f;
}

}  // namespace

Verdict verdict(const VerdictInput& input) {
  const Measured m = measure(input);
  VerdictFigures figures = figures_of(m, input);
  const EpochJump jump = epoch_jump(m);
  figures.jumps = jump.clear;

  Verdict v;
  v.epoch_jump = jump.clear ? jump.fall : 0.0;
  v.best_step = figures.best_step;
  v.train_slope = m.train_end.last.slope;
  v.train_slope_error = m.train_end.last.slope_error;
  v.eval_slope = m.eval_end.last.slope;
  v.eval_slope_error = m.eval_end.last.slope_error;
  v.gap = m.train.y.empty() || m.eval.y.empty() ? not_measured : figures.eval_loss - figures.train_loss;
  v.rise_from_best = m.eval.y.empty() ? 0.0 : figures.eval_loss - figures.eval_best;
  v.fit = choose(m, input, figures.jumps, figures);
  if (v.fit == Fit::good) v.late_fall = late_fall(m);
  if (v.late_fall > 0.0) v.fit = Fit::underfitting;
  v.remedies = remedies_for(v, figures);
  // In a few steps nothing is learned, whatever the epochs and the rank are.
  const bool learned = v.fit == Fit::good && !(figures.exact_rows < 0.5);
  if (figures.last_step > 0 && figures.last_step < kFewSteps && !learned && v.fit != Fit::overfitting &&
      v.fit != Fit::diverging) {
    std::erase(v.remedies, Remedy::none);
    v.remedies.insert(v.remedies.begin(), Remedy::fewer_rows_per_step);
  }
  v.sentence = verdict_sentence(v, figures);
  return v;
}

}  // namespace minnow
