// A drawing as data: marks in the drawing's own units, each with a role that says what it stands for. core/report
// paints it as SVG and with cairo, widgets/evaluate with Qt; all three take the roles' looks from the one table here.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace minnow {

enum class MarkRole {
  base,
  grid,
  tick,
  title,
  value,
  track,
  bar_before,
  bar_after,
  whisker,
  whisker_after,
  range_before,
  range_after,
  dot_before,
  dot_after,
  train_raw,
  train,
  train_name,
  eval,
  eval_point,
  eval_name,
  score,
  score_name,
  best,
  scalar_raw,
  scalar,
  scalar_end
};

/// How a role looks on white paper. Colours are 0xRRGGBB.
struct MarkLook {
  const char* css;                      ///< its class in SVG
  std::int64_t fill = -1, stroke = -1;  ///< < 0: none
  double width = 1.0;                   ///< of the stroke
  double opacity = 1.0;
  bool dashed = false, round_ends = false;
  double font_size = 0.0;  ///< of texts
  bool bold = false;
};
const MarkLook& look_of(MarkRole role);
/// All roles, in order: for the style sheet.
const std::vector<MarkRole>& mark_roles();

struct Mark {
  enum class Shape { line, rect, circle, curve, text };
  Shape shape = Shape::line;
  MarkRole role = MarkRole::base;
  std::vector<std::pair<double, double>> points;  ///< line: both ends; rect: a corner and its size; circle: its middle;
                                                  ///< curve: all of them; text: where its base line begins or ends
  double radius = 0.0;                            ///< of a circle
  double anchor = 0.0;  ///< text: 0 the point is its left end, 0.5 its middle, 1 its right end
  std::string text;
};

struct Figure {
  double width = 0.0, height = 0.0;
  std::string label;  ///< for whoever can't see it
  std::vector<Mark> marks;

  void line(MarkRole role, double x1, double y1, double x2, double y2) {
    marks.push_back({Mark::Shape::line, role, {{x1, y1}, {x2, y2}}, 0.0, 0.0, {}});
  }
  void rect(MarkRole role, double x, double y, double w, double h) {
    marks.push_back({Mark::Shape::rect, role, {{x, y}, {w, h}}, 0.0, 0.0, {}});
  }
  void circle(MarkRole role, double x, double y, double radius) {
    marks.push_back({Mark::Shape::circle, role, {{x, y}}, radius, 0.0, {}});
  }
  void write(MarkRole role, double x, double y, double anchor, std::string text) {
    marks.push_back({Mark::Shape::text, role, {{x, y}}, 0.0, anchor, std::move(text)});
  }
};

}  // namespace minnow
