// SVG by hand: a few lines, rectangles and texts, positions from Axis. Colours come from the page's style sheet.
#include "core/report/html_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/report/axis.h"
#include "core/text/number_text.h"

namespace minnow {
namespace {

std::string n(double value) { return fixed_text(value, 1); }

std::string svg_open(double width, double height, const std::string& label) {
  return "<svg viewBox=\"0 0 " + n(width) + " " + n(height) + "\" role=\"img\" aria-label=\"" + escape_html(label) + "\">";
}

std::string line(double x1, double y1, double x2, double y2, const char* css) {
  return "<line class=\"" + std::string(css) + "\" x1=\"" + n(x1) + "\" y1=\"" + n(y1) + "\" x2=\"" + n(x2) + "\" y2=\"" +
         n(y2) + "\"/>";
}

std::string rect(double x, double y, double width, double height, const char* css) {
  return "<rect class=\"" + std::string(css) + "\" x=\"" + n(x) + "\" y=\"" + n(y) + "\" width=\"" + n(width) +
         "\" height=\"" + n(height) + "\" rx=\"1.5\"/>";
}

std::string text(double x, double y, const char* css, const std::string& what) {
  return "<text class=\"" + std::string(css) + "\" x=\"" + n(x) + "\" y=\"" + n(y) + "\">" + escape_html(what) + "</text>";
}

std::string whole_percent(double share) { return fixed_text(100.0 * share, 0) + "%"; }

std::string label_of(const Share* before, const Share* after, ReportLanguage language) {
  const Phrases& p = phrases(language);
  std::string label;
  if (before) label += std::string(p.before) + " " + share_text(before->value(), language);
  if (before && after) label += ", ";
  if (after) label += std::string(p.after) + " " + share_text(after->value(), language);
  return label;
}

// One curve as polylines, cut where nothing was measured. More points than pixels are thinned to each pixel's extremes.
class CurvePath {
 public:
  CurvePath(const Axis& x, const Axis& y, double left, double top, double width, double height)
      : x_(x), y_(y), left_(left), top_(top), width_(width), height_(height) {}

  double px(double step) const { return left_ + x_.position(step) * width_; }
  double py(double value) const { return top_ + (1.0 - y_.position(value)) * height_; }

  std::string polyline(const std::vector<double>& step, const std::vector<double>& value, const char* css) const {
    std::string points;
    double column = -1.0, low = 0.0, high = 0.0;
    const auto flush = [&] {
      if (column < 0.0) return;
      points += n(column) + "," + n(py(low)) + " ";
      if (high != low) points += n(column) + "," + n(py(high)) + " ";
      column = -1.0;
    };
    const bool thin = step.size() > static_cast<std::size_t>(2.0 * width_);
    for (std::size_t i = 0; i < step.size(); ++i) {
      const double x = thin ? std::floor(px(step[i])) : px(step[i]);
      if (!thin || x != column) {
        flush();
        column = x, low = high = value[i];
      }
      low = std::min(low, value[i]), high = std::max(high, value[i]);
    }
    flush();
    return "<polyline class=\"" + std::string(css) + "\" points=\"" + points + "\"/>";
  }

 private:
  const Axis &x_, &y_;
  double left_, top_, width_, height_;
};

struct PlainCurve {
  std::vector<double> step, value;
};

PlainCurve curve_of(const std::vector<CurvePoint>& points, double CurvePoint::*member) {
  PlainCurve curve;
  for (const CurvePoint& point : points) {
    if (!std::isfinite(point.*member)) continue;
    curve.step.push_back(static_cast<double>(point.step));
    curve.value.push_back(point.*member);
  }
  return curve;
}

// Mean over neighbours on both sides, so that a falling curve isn't drawn too high as a running mean would.
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

constexpr double kFigureWidth = 760.0, kFigureLeft = 52.0, kFigureRight = 92.0, kFigureTop = 14.0;

std::string axes(const Axis& x, const Axis& y, const CurvePath& path, double bottom, bool percent) {
  std::string svg;
  for (std::size_t i = 0; i < y.ticks.size(); ++i) {
    svg += line(kFigureLeft, path.py(y.ticks[i]), kFigureWidth - kFigureRight, path.py(y.ticks[i]), "grid");
    svg += text(kFigureLeft - 8.0, path.py(y.ticks[i]) + 4.0, "tick end",
                percent ? whole_percent(y.ticks[i]) : y.labels[i]);
  }
  svg += line(kFigureLeft, bottom, kFigureWidth - kFigureRight, bottom, "base");
  for (std::size_t i = 0; i < x.ticks.size(); ++i) {
    svg += line(path.px(x.ticks[i]), bottom, path.px(x.ticks[i]), bottom + 4.0, "base");
    svg += text(path.px(x.ticks[i]), bottom + 17.0, "tick middle", x.labels[i]);
  }
  return svg;
}

}  // namespace

std::string share_bars(const Share* before, const Share* after, ReportLanguage language) {
  constexpr double width = 240.0, bar = 8.0, gap = 4.0;
  const double height = (before && after ? 2.0 * bar + gap : bar) + 4.0;
  std::string svg = svg_open(width, height, label_of(before, after, language));
  double y = 2.0;
  for (const auto& [share, css] : {std::pair{before, "bar before"}, std::pair{after, "bar after"}}) {
    if (!share) continue;
    svg += rect(0.0, y, width, bar, "track");
    if (share->k > 0) svg += rect(0.0, y, width * share->value(), bar, css);
    if (share->n > 0) svg += line(width * share->low, y + bar / 2.0, width * share->high, y + bar / 2.0, "whisker");
    y += bar + gap;
  }
  return svg + "</svg>";
}

std::string headline_scale(const Share* before, const Share* after, ReportLanguage language) {
  constexpr double width = 420.0, left = 14.0, right = 406.0, base = 34.0;
  std::string svg = svg_open(width, 58.0, label_of(before, after, language));
  const auto x_of = [&](double share) { return left + (right - left) * share; };
  svg += line(left, base, right, base, "base");
  for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    svg += line(x_of(tick), base, x_of(tick), base + 5.0, "base");
    svg += text(x_of(tick), base + 19.0, "tick middle", whole_percent(tick));
  }
  for (const auto& [share, css] : {std::pair{before, "before"}, std::pair{after, "after"}}) {
    if (!share || share->n == 0) continue;
    const std::string side = css;
    svg += line(x_of(share->low), base - 12.0, x_of(share->high), base - 12.0, ("range " + side).c_str());
    svg += "<circle class=\"dot " + side + "\" cx=\"" + n(x_of(share->value())) + "\" cy=\"" + n(base - 12.0) +
           "\" r=\"6\"/>";
  }
  return svg + "</svg>";
}

std::string count_bar(std::int64_t count, std::int64_t largest, bool is_after) {
  constexpr double width = 180.0;
  const double share = largest > 0 ? static_cast<double>(count) / static_cast<double>(largest) : 0.0;
  std::string svg = svg_open(width, 10.0, std::to_string(count));
  if (count > 0) svg += rect(0.0, 1.0, std::max(2.0, width * share), 8.0, is_after ? "bar after" : "bar before");
  return svg + "</svg>";
}

std::string training_curves(const std::vector<CurvePoint>& points, std::int64_t best_step, ReportLanguage language) {
  const Phrases& p = phrases(language);
  const PlainCurve train = curve_of(points, &CurvePoint::train_loss), eval = curve_of(points, &CurvePoint::eval_loss),
                   score = curve_of(points, &CurvePoint::exact_rows);
  if (train.step.size() + eval.step.size() < 2) return {};
  double first = std::numeric_limits<double>::infinity(), last = -first, low = first, high = last;
  for (const PlainCurve* curve : {&train, &eval}) {
    for (const double step : curve->step) first = std::min(first, step), last = std::max(last, step);
    for (const double value : curve->value) low = std::min(low, value), high = std::max(high, value);
  }
  const Axis x = make_axis(first, last, 8, AxisKind::whole), y = make_axis(low, high, 5, AxisKind::values);
  constexpr double height = 210.0, score_height = 64.0;
  const double bottom = kFigureTop + height, plot = kFigureWidth - kFigureLeft - kFigureRight;
  const CurvePath path(x, y, kFigureLeft, kFigureTop, plot, height);
  const bool has_score = score.step.size() >= 2;
  const double total = bottom + 28.0 + (has_score ? score_height + 34.0 : 0.0);

  std::string svg = svg_open(kFigureWidth, total, p.training) + axes(x, y, path, bottom, false);
  if (y.exponent != 0) svg += text(kFigureLeft - 8.0, kFigureTop - 4.0, "tick end", "× " + power_of_ten(y.exponent));
  const auto end_label = [&](const PlainCurve& curve, const CurvePath& on, const char* css, const std::string& name,
                             double shift) {
    svg += text(kFigureWidth - kFigureRight + 10.0, on.py(curve.value.back()) + shift, css, name);
  };
  // Names at the curves' ends, moved apart where the ends lie close together.
  double train_shift = 4.0, eval_shift = 4.0;
  if (!train.step.empty() && !eval.step.empty()) {
    const double distance = path.py(train.value.back()) - path.py(eval.value.back());
    if (std::fabs(distance) < 14.0) (distance >= 0.0 ? train_shift : eval_shift) += 14.0 - std::fabs(distance);
    const double lowest = std::max(path.py(train.value.back()) + train_shift, path.py(eval.value.back()) + eval_shift);
    if (lowest > bottom + 2.0) train_shift -= lowest - bottom - 2.0, eval_shift -= lowest - bottom - 2.0;
  }
  if (!train.step.empty()) {
    svg += path.polyline(train.step, train.value, "curve train raw");
    if (train.step.size() >= 20) {
      svg += path.polyline(train.step, centred_mean(train).value, "curve train");
    } else {
      svg += path.polyline(train.step, train.value, "curve train");
    }
    end_label(train, path, "name train", p.train_loss, train_shift);
  }
  if (!eval.step.empty()) {
    svg += path.polyline(eval.step, eval.value, "curve eval");
    for (std::size_t i = 0; i < eval.step.size(); ++i) {
      if (eval.step.size() <= 60) {
        svg += "<circle class=\"point eval\" cx=\"" + n(path.px(eval.step[i])) + "\" cy=\"" + n(path.py(eval.value[i])) +
               "\" r=\"2.5\"/>";
      }
      if (best_step > 0 && eval.step[i] == static_cast<double>(best_step)) {
        svg += text(path.px(eval.step[i]), path.py(eval.value[i]) - 10.0, "star middle", "★");
        svg += text(path.px(eval.step[i]), path.py(eval.value[i]) - 26.0, "tick middle",
                    fill(p.best, {std::to_string(best_step)}));
      }
    }
    end_label(eval, path, "name eval", p.eval_loss, eval_shift);
  }
  if (has_score) {
    const Axis share{0.0, 1.0, {0.0, 0.5, 1.0}, {}, 0};
    const double top = bottom + 34.0;
    const CurvePath below(x, share, kFigureLeft, top, plot, score_height);
    svg += axes(x, share, below, top + score_height, true);
    svg += below.polyline(score.step, score.value, "curve score");
    end_label(score, below, "name score", p.score, 4.0);
  }
  svg += text(kFigureWidth - kFigureRight + 24.0, total - 11.0, "tick", p.step);
  return svg + "</svg>";
}

}  // namespace minnow
