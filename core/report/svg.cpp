// SVG 1.1 by hand: a few elements, their looks by class.
#include "core/report/svg.h"

#include <cstdio>

#include "core/report/html_text.h"
#include "core/types/number_text.h"

namespace minnow {
namespace {

std::string n(double value) { return fixed_text(value, 1); }

std::string attribute(const char* name, double value) { return " " + std::string(name) + "=\"" + n(value) + "\""; }

std::string element(const Mark& mark) {
  std::string css = std::string(" class=\"") + look_of(mark.role).css;
  if (mark.shape == Mark::Shape::text && mark.anchor > 0.0) css += mark.anchor < 1.0 ? " middle" : " end";
  css += "\"";
  const auto [x, y] = mark.points.front();
  switch (mark.shape) {
    case Mark::Shape::line:
      return "<line" + css + attribute("x1", x) + attribute("y1", y) + attribute("x2", mark.points[1].first) +
             attribute("y2", mark.points[1].second) + "/>";
    case Mark::Shape::rect:
      return "<rect" + css + attribute("x", x) + attribute("y", y) + attribute("width", mark.points[1].first) +
             attribute("height", mark.points[1].second) + " rx=\"1.5\"/>";
    case Mark::Shape::circle:
      return "<circle" + css + attribute("cx", x) + attribute("cy", y) + attribute("r", mark.radius) + "/>";
    case Mark::Shape::curve: {
      std::string points;
      for (const auto& [px, py] : mark.points) points += n(px) + "," + n(py) + " ";
      return "<polyline" + css + " points=\"" + points + "\"/>";
    }
    case Mark::Shape::text:
      return "<text" + css + attribute("x", x) + attribute("y", y) + ">" + escape_html(mark.text) + "</text>";
  }
  return {};
}

std::string colour(std::int64_t code) {
  if (code < 0) return "none";
  char text[8];
  std::snprintf(text, sizeof text, "#%06llx", static_cast<unsigned long long>(code) & 0xFFFFFFull);
  return text;
}

}  // namespace

std::string svg_element(const Figure& figure) {
  std::string svg = "<svg viewBox=\"0 0 " + n(figure.width) + " " + n(figure.height) + "\" role=\"img\" aria-label=\"" +
                    escape_html(figure.label) + "\">";
  for (const Mark& mark : figure.marks) svg += element(mark);
  return svg + "</svg>";
}

std::string figure_style() {
  std::string css = "svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }\n";
  for (const MarkRole role : mark_roles()) {
    const MarkLook& look = look_of(role);
    css += "svg ." + std::string(look.css) + " { fill: " + colour(look.fill) + "; stroke: " + colour(look.stroke) + ";";
    if (look.stroke >= 0) css += " stroke-width: " + n(look.width) + "; stroke-linejoin: round;";
    if (look.round_ends) css += " stroke-linecap: round;";
    if (look.dashed) css += " stroke-dasharray: 6 3;";
    if (look.opacity < 1.0) css += " opacity: " + n(look.opacity) + ";";
    if (look.font_size > 0.0) css += " font-size: " + n(look.font_size) + "px;";
    if (look.bold) css += " font-weight: 600;";
    css += " }\n";
  }
  return css;
}

}  // namespace minnow
