// A few lines, rectangles and texts each, positions from Axis.
#include "core/report/figures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/report/axis.h"
#include "core/types/number_text.h"
#include "core/types/smoothing.h"

namespace minnow {
namespace {

std::string whole_percent(double share) { return fixed_text(100.0 * share, 0) + "%"; }

std::string label_of(const Share* before, const Share* after, Language language) {
  const Phrases& p = phrases(language);
  std::string label;
  if (before) label += std::string(p.before) + " " + share_text(before->value(), language);
  if (before && after) label += ", ";
  if (after) label += std::string(p.after) + " " + share_text(after->value(), language);
  return label;
}

struct Box {
  double left, top, right, bottom;
};

struct PlainCurve {
  std::vector<double> step, value;
};

/// Two axes in a box of a figure, and what is drawn between them.
class Plot {
 public:
  Plot(Figure& figure, const Axis& x, const Axis& y, const Box& box) : figure_(figure), x_(x), y_(y), box_(box) {}

  double px(double step) const { return box_.left + x_.position(step) * (box_.right - box_.left); }
  double py(double value) const { return box_.bottom - y_.position(value) * (box_.bottom - box_.top); }

  void axes(bool percent = false) {
    for (std::size_t i = 0; i < y_.ticks.size(); ++i) {
      const double y = py(y_.ticks[i]);
      figure_.line(MarkRole::grid, box_.left, y, box_.right, y);
      figure_.write(MarkRole::tick, box_.left - 8.0, y + 4.0, 1.0, percent ? whole_percent(y_.ticks[i]) : y_.labels[i]);
    }
    figure_.line(MarkRole::base, box_.left, box_.bottom, box_.right, box_.bottom);
    for (std::size_t i = 0; i < x_.ticks.size(); ++i) {
      const double x = px(x_.ticks[i]);
      figure_.line(MarkRole::base, x, box_.bottom, x, box_.bottom + 4.0);
      figure_.write(MarkRole::tick, x, box_.bottom + 18.0, 0.5, x_.labels[i]);
    }
    if (y_.exponent != 0) {
      figure_.write(MarkRole::tick, box_.left - 8.0, box_.top - 8.0, 1.0, "× " + power_of_ten(y_.exponent));
    }
  }

  /// Cut where a value isn't finite. More points than pixels are thinned to each pixel's extremes.
  void curve(MarkRole role, const std::vector<double>& step, const std::vector<double>& value) {
    const bool thin = static_cast<double>(step.size()) > 2.0 * (box_.right - box_.left);
    std::vector<std::pair<double, double>> points;
    double column = -1.0, low = 0.0, high = 0.0;
    const auto flush = [&] {
      if (column < 0.0) return;
      points.emplace_back(column, py(low));
      if (high != low) points.emplace_back(column, py(high));
      column = -1.0;
    };
    const auto end = [&] {
      flush();
      if (points.size() > 1) figure_.marks.push_back({Mark::Shape::curve, role, points, 0.0, 0.0, {}});
      points.clear();
    };
    for (std::size_t i = 0; i < step.size(); ++i) {
      if (!std::isfinite(value[i])) {
        end();
        continue;
      }
      const double x = thin ? std::floor(px(step[i])) : px(step[i]);
      if (!thin || x != column) {
        flush();
        column = x, low = high = value[i];
      }
      low = std::min(low, value[i]), high = std::max(high, value[i]);
    }
    end();
  }

  void name_at_end(MarkRole role, const PlainCurve& curve, const std::string& name, double shift) {
    figure_.write(role, box_.right + 10.0, py(curve.value.back()) + shift, 0.0, name);
  }

 private:
  Figure& figure_;
  const Axis &x_, &y_;
  Box box_;
};

/// Without what wasn't measured: the curve goes on over it.
PlainCurve measured(const std::vector<CurvePoint>& points, double CurvePoint::*member) {
  PlainCurve curve;
  for (const CurvePoint& point : points) {
    if (!std::isfinite(point.*member)) continue;
    curve.step.push_back(static_cast<double>(point.step));
    curve.value.push_back(point.*member);
  }
  return curve;
}

/// Mean over neighbours on both sides, so that a falling curve isn't drawn too high as a running mean would.
PlainCurve centred_mean(const PlainCurve& curve) {
  const std::size_t half = std::max<std::size_t>(1, curve.value.size() / 30);
  PlainCurve smoothed{curve.step, {}};
  for (std::size_t i = 0; i < curve.value.size(); ++i) {
    const std::size_t reach = std::min({half, i, curve.value.size() - 1 - i});
    double sum = 0.0;
    for (std::size_t j = i - reach; j <= i + reach; ++j) sum += curve.value[j];
    smoothed.value.push_back(sum / static_cast<double>(2 * reach + 1));
  }
  return smoothed;
}

struct Extent {
  double first = std::numeric_limits<double>::infinity(), last = -first, low = first, high = last;

  void take(const std::vector<double>& step, const std::vector<double>& value) {
    for (std::size_t i = 0; i < step.size(); ++i) {
      if (!std::isfinite(value[i])) continue;
      first = std::min(first, step[i]), last = std::max(last, step[i]);
      low = std::min(low, value[i]), high = std::max(high, value[i]);
    }
  }
};

}  // namespace

Figure share_bars(const Share* before, const Share* after, Language language) {
  constexpr double width = 240.0, bar = 8.0, gap = 4.0;
  Figure figure{width, (before && after ? 2.0 * bar + gap : bar) + 4.0, label_of(before, after, language), {}};
  double y = 2.0;
  for (const Share* share : {before, after}) {
    if (!share) continue;
    const bool is_after = share == after, drawn = share->k > 0;
    figure.rect(MarkRole::track, 0.0, y, width, bar);
    if (drawn) figure.rect(is_after ? MarkRole::bar_after : MarkRole::bar_before, 0.0, y, width * share->value(), bar);
    if (share->n > 0) {
      figure.line(is_after && drawn ? MarkRole::whisker_after : MarkRole::whisker, width * share->low, y + bar / 2.0,
                  width * share->high, y + bar / 2.0);
    }
    y += bar + gap;
  }
  return figure;
}

Figure headline_scale(const Share* before, const Share* after, Language language) {
  constexpr double width = 420.0, left = 14.0, right = 406.0, base = 34.0;
  Figure figure{width, 58.0, label_of(before, after, language), {}};
  const auto x_of = [&](double share) { return left + (right - left) * share; };
  figure.line(MarkRole::base, left, base, right, base);
  for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    figure.line(MarkRole::base, x_of(tick), base, x_of(tick), base + 5.0);
    figure.write(MarkRole::tick, x_of(tick), base + 19.0, 0.5, whole_percent(tick));
  }
  for (const Share* share : {before, after}) {
    if (!share || share->n == 0) continue;
    const bool is_after = share == after;
    figure.line(is_after ? MarkRole::range_after : MarkRole::range_before, x_of(share->low), base - 12.0,
                x_of(share->high), base - 12.0);
    figure.circle(is_after ? MarkRole::dot_after : MarkRole::dot_before, x_of(share->value()), base - 12.0, 6.0);
  }
  return figure;
}

Figure count_bar(std::int64_t count, std::int64_t largest, bool is_after) {
  constexpr double width = 180.0;
  const double share = largest > 0 ? static_cast<double>(count) / static_cast<double>(largest) : 0.0;
  Figure figure{width, 10.0, std::to_string(count), {}};
  if (count > 0) {
    figure.rect(is_after ? MarkRole::bar_after : MarkRole::bar_before, 0.0, 1.0, std::max(2.0, width * share), 8.0);
  }
  return figure;
}

std::optional<Figure> training_curves(const std::vector<CurvePoint>& points, std::int64_t best_step,
                                      Language language) {
  const Phrases& p = phrases(language);
  const PlainCurve train = measured(points, &CurvePoint::train_loss), eval = measured(points, &CurvePoint::eval_loss),
                   score = measured(points, &CurvePoint::exact_rows);
  if (train.step.size() + eval.step.size() < 2) return std::nullopt;
  Extent extent;
  extent.take(train.step, train.value);
  extent.take(eval.step, eval.value);
  const Axis x = make_axis(extent.first, extent.last, 8, AxisKind::whole),
             y = make_axis(extent.low, extent.high, 5, AxisKind::values);
  constexpr double width = 760.0, left = 52.0, right = width - 92.0, top = 14.0, bottom = top + 210.0,
                   score_height = 64.0;
  const bool has_score = score.step.size() >= 2;
  Figure figure{width, bottom + 28.0 + (has_score ? score_height + 34.0 : 0.0), p.training, {}};
  Plot plot(figure, x, y, {left, top, right, bottom});
  plot.axes();
  // Names at the curves' ends, moved apart where the ends lie close together.
  double train_shift = 4.0, eval_shift = 4.0;
  if (!train.step.empty() && !eval.step.empty()) {
    const double train_end = plot.py(train.value.back()), eval_end = plot.py(eval.value.back());
    const double distance = train_end - eval_end;
    if (std::fabs(distance) < 14.0) (distance >= 0.0 ? train_shift : eval_shift) += 14.0 - std::fabs(distance);
    const double lowest = std::max(train_end + train_shift, eval_end + eval_shift);
    if (lowest > bottom + 2.0) train_shift -= lowest - bottom - 2.0, eval_shift -= lowest - bottom - 2.0;
  }
  if (!train.step.empty()) {
    plot.curve(MarkRole::train_raw, train.step, train.value);
    plot.curve(MarkRole::train, train.step, train.step.size() >= 20 ? centred_mean(train).value : train.value);
    plot.name_at_end(MarkRole::train_name, train, p.train_loss, train_shift);
  }
  if (!eval.step.empty()) {
    plot.curve(MarkRole::eval, eval.step, eval.value);
    for (std::size_t i = 0; i < eval.step.size(); ++i) {
      const double at = plot.px(eval.step[i]), height = plot.py(eval.value[i]);
      if (eval.step.size() <= 60) figure.circle(MarkRole::eval_point, at, height, 2.5);
      if (best_step <= 0 || eval.step[i] != static_cast<double>(best_step)) continue;
      figure.write(MarkRole::best, at, height - 10.0, 0.5, "★");
      figure.write(MarkRole::tick, at, height - 26.0, 0.5, fill(p.best, {std::to_string(best_step)}));
    }
    plot.name_at_end(MarkRole::eval_name, eval, p.eval_loss, eval_shift);
  }
  if (has_score) {
    const Axis share{0.0, 1.0, {0.0, 0.5, 1.0}, {}, 0};
    Plot below(figure, x, share, {left, bottom + 34.0, right, bottom + 34.0 + score_height});
    below.axes(true);
    below.curve(MarkRole::score, score.step, score.value);
    below.name_at_end(MarkRole::score_name, score, p.score, 4.0);
  }
  figure.write(MarkRole::tick, right + 24.0, figure.height - 11.0, 0.0, p.step);
  return figure;
}

Figure chart_figure(const Chart& chart) {
  constexpr double width = 800.0, height = 500.0, left = 72.0, right = width - 64.0, top = 64.0, bottom = height - 56.0;
  Figure figure{width, height, chart.title, {}};
  Extent extent;
  extent.take(chart.step, chart.value);
  const Axis x = make_axis(extent.first, extent.last, 8, AxisKind::whole),
             y = make_axis(extent.low, extent.high, 6, AxisKind::values);
  Plot plot(figure, x, y, {left, top, right, bottom});
  plot.axes();
  figure.write(MarkRole::tick, right, bottom + 42.0, 1.0, "step");
  const std::vector<double> curve = chart.smoothed ? smooth(chart.value) : chart.value;
  if (chart.smoothed) plot.curve(MarkRole::scalar_raw, chart.step, chart.value);
  plot.curve(MarkRole::scalar, chart.step, curve);
  for (std::size_t i = curve.size(); i-- > 0;) {  // a dot where the curve ends: all there is of a single point
    if (!std::isfinite(curve[i])) continue;
    const double at = plot.px(chart.step[i]), y_of = plot.py(curve[i]);
    figure.circle(MarkRole::scalar_end, at, y_of, 4.0);
    figure.write(MarkRole::value, at + 10.0, y_of + 4.5, 0.0, short_text(curve[i], 3));
    break;
  }
  figure.write(MarkRole::title, left, 32.0, 0.0, chart.title);
  if (!chart.smoothed) return figure;
  double legend = right - 176.0;
  for (const auto& [role, name] :
       {std::pair{MarkRole::scalar_raw, "raw"}, std::pair{MarkRole::scalar, "smoothed 0.9"}}) {
    figure.line(role, legend, 27.0, legend + 20.0, 27.0);
    figure.write(MarkRole::tick, legend + 27.0, 31.5, 0.0, name);
    legend += 68.0;
  }
  return figure;
}

}  // namespace minnow
