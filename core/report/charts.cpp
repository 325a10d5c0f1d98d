// Draws a Chart with cairo: axes first, then the curve, then the value it ends with.
#include "core/report/charts.h"

#include <cairo-svg.h>
#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "core/report/axis.h"
#include "core/text/number_text.h"
#include "core/types/error.h"

namespace minnow {
namespace {

// Sizes in pixels of the 800 by 500 image.
constexpr double kWidth = 800.0, kHeight = 500.0;
constexpr double kLeft = 72.0, kRight = 64.0, kTop = 64.0, kBottom = 56.0;

struct Colour {
  double red, green, blue;
};

constexpr Colour rgb(unsigned code) {
  return {((code >> 16) & 255u) / 255.0, ((code >> 8) & 255u) / 255.0, (code & 255u) / 255.0};
}

constexpr Colour kPaper = rgb(0xFFFFFF), kGrid = rgb(0xEBE7E1), kBase = rgb(0xC9C2B8), kText = rgb(0x2B2825),
                 kCaption = rgb(0x6F6860);
constexpr Colour kRaw = rgb(0xFFE2D9), kLine = rgb(0xFF7043);  // the reference run's two colours

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned int length) {
  try {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  } catch (const std::bad_alloc&) {  // must not pass through cairo's C frames
    return CAIRO_STATUS_NO_MEMORY;
  }
  return CAIRO_STATUS_SUCCESS;
}

void check(cairo_status_t status, const Chart& chart) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  throw Error(ErrorKind::memory, "the chart " + chart.title + " could not be drawn: " + cairo_status_to_string(status),
              chart.title);
}

class Painter {
 public:
  Painter(cairo_t* cairo, const Chart& chart) : cairo_(cairo), chart_(chart) {
    double first = std::numeric_limits<double>::infinity(), last = -first, low = first, high = last;
    for (std::size_t i = 0; i < chart.step.size(); ++i) {
      if (!std::isfinite(chart.value[i])) continue;
      first = std::min(first, chart.step[i]), last = std::max(last, chart.step[i]);
      low = std::min(low, chart.value[i]), high = std::max(high, chart.value[i]);
    }
    x_axis_ = make_axis(first, last, 8, AxisKind::whole);
    y_axis_ = make_axis(low, high, 6, AxisKind::values);
  }

  void paint() {
    set(kPaper);
    cairo_paint(cairo_);
    paint_axes();
    if (chart_.smoothed) paint_curve(chart_.value, kRaw, 1.5);
    const auto curve = chart_.smoothed ? smooth(chart_.value) : chart_.value;
    paint_curve(curve, kLine, 2.0);
    paint_end(curve);
    paint_title();
  }

 private:
  void set(const Colour& colour) { cairo_set_source_rgb(cairo_, colour.red, colour.green, colour.blue); }
  double x_of(double step) const { return kLeft + x_axis_.position(step) * (kWidth - kLeft - kRight); }
  double y_of(double value) const { return kHeight - kBottom - y_axis_.position(value) * (kHeight - kTop - kBottom); }

  // `anchor` 0: x is the text's left end, 0.5: its middle, 1: its right end. y is the base line.
  void text(double x, double y, const std::string& what, double size, const Colour& colour, double anchor,
            bool bold = false) {
    cairo_select_font_face(cairo_, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo_, size);
    cairo_text_extents_t extents;
    cairo_text_extents(cairo_, what.c_str(), &extents);
    set(colour);
    cairo_move_to(cairo_, x - anchor * extents.x_advance, y);
    cairo_show_text(cairo_, what.c_str());
  }

  void line(double x1, double y1, double x2, double y2, const Colour& colour) {
    set(colour);
    cairo_set_line_width(cairo_, 1.0);
    cairo_move_to(cairo_, std::round(x1) + 0.5, std::round(y1) + 0.5);
    cairo_line_to(cairo_, std::round(x2) + 0.5, std::round(y2) + 0.5);
    cairo_stroke(cairo_);
  }

  void paint_axes() {
    for (std::size_t i = 0; i < y_axis_.ticks.size(); ++i) {
      const double y = y_of(y_axis_.ticks[i]);
      line(kLeft, y, kWidth - kRight, y, kGrid);
      text(kLeft - 10.0, y + 4.5, y_axis_.labels[i], 12.5, kCaption, 1.0);
    }
    const double bottom = kHeight - kBottom;
    line(kLeft, bottom, kWidth - kRight, bottom, kBase);
    for (std::size_t i = 0; i < x_axis_.ticks.size(); ++i) {
      const double x = x_of(x_axis_.ticks[i]);
      line(x, bottom, x, bottom + 5.0, kBase);
      text(x, bottom + 20.0, x_axis_.labels[i], 12.5, kCaption, 0.5);
    }
    text(kWidth - kRight, bottom + 42.0, "step", 12.5, kCaption, 1.0);
    if (y_axis_.exponent != 0) text(kLeft - 10.0, kTop - 12.0, "× " + power_of_ten(y_axis_.exponent), 12.5, kCaption, 1.0);
  }

  void paint_curve(const std::vector<double>& values, const Colour& colour, double width) {
    set(colour);
    cairo_set_line_width(cairo_, width);
    cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_ROUND);
    bool drawing = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!std::isfinite(values[i])) {
        drawing = false;
        continue;
      }
      const double x = x_of(chart_.step[i]), y = y_of(values[i]);
      if (drawing) cairo_line_to(cairo_, x, y);
      else cairo_move_to(cairo_, x, y);
      drawing = true;
    }
    cairo_stroke(cairo_);
  }

  // A dot where the curve ends (all there is of a single point), with its value beside it.
  void paint_end(const std::vector<double>& values) {
    for (std::size_t i = values.size(); i-- > 0;) {
      if (!std::isfinite(values[i])) continue;
      const double x = x_of(chart_.step[i]), y = y_of(values[i]);
      set(kLine);
      cairo_arc(cairo_, x, y, 4.0, 0.0, 2.0 * M_PI);
      cairo_fill(cairo_);
      text(x + 10.0, y + 4.5, short_text(values[i], 3), 12.5, kText, 0.0);
      return;
    }
  }

  void paint_title() {
    text(kLeft, 32.0, chart_.title, 17.0, kText, 0.0, true);
    if (!chart_.smoothed) return;
    const double y = 27.0;
    double x = kWidth - kRight - 176.0;
    for (const auto& [colour, name] : {std::pair{kRaw, "raw"}, std::pair{kLine, "smoothed 0.9"}}) {
      set(colour);
      cairo_set_line_width(cairo_, 3.0);
      cairo_move_to(cairo_, x, y);
      cairo_line_to(cairo_, x + 20.0, y);
      cairo_stroke(cairo_);
      text(x + 27.0, y + 4.5, name, 12.5, kCaption, 0.0);
      x += 68.0;
    }
  }

  cairo_t* cairo_;
  const Chart& chart_;
  Axis x_axis_, y_axis_;
};

void paint_on(cairo_surface_t* surface, const Chart& chart) {
  const Context cairo(cairo_create(surface), &cairo_destroy);
  check(cairo_status(cairo.get()), chart);
  Painter(cairo.get(), chart).paint();
  check(cairo_status(cairo.get()), chart);
}

}  // namespace

bool charts_available() { return true; }

std::string chart_png(const Chart& chart) {
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, int(kWidth), int(kHeight)),
                        &cairo_surface_destroy);
  check(cairo_surface_status(surface.get()), chart);
  paint_on(surface.get(), chart);
  std::string bytes;
  check(cairo_surface_write_to_png_stream(surface.get(), &append_bytes, &bytes), chart);
  return bytes;
}

std::string chart_svg(const Chart& chart) {
  std::string bytes;
  const Surface surface(cairo_svg_surface_create_for_stream(&append_bytes, &bytes, kWidth, kHeight),
                        &cairo_surface_destroy);
  check(cairo_surface_status(surface.get()), chart);
  paint_on(surface.get(), chart);
  cairo_surface_finish(surface.get());
  check(cairo_surface_status(surface.get()), chart);
  return bytes;
}

}  // namespace minnow
