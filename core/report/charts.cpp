// Mark by mark.
#include "core/report/charts.h"

#include <cairo.h>

#include <cmath>
#include <memory>
#include <new>

#include "core/types/error.h"

namespace minnow {
namespace {

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

void check(cairo_status_t status, const Figure& figure) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  throw Error(ErrorKind::memory, "the chart " + figure.label + " could not be drawn: " + cairo_status_to_string(status),
              figure.label);
}

void set_colour(cairo_t* cairo, std::int64_t code, double opacity) {
  cairo_set_source_rgba(cairo, ((code >> 16) & 255) / 255.0, ((code >> 8) & 255) / 255.0, (code & 255) / 255.0,
                        opacity);
}

void paint_text(cairo_t* cairo, const Mark& mark, const MarkLook& look) {
  cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                         look.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(cairo, look.font_size);
  cairo_text_extents_t extents;
  cairo_text_extents(cairo, mark.text.c_str(), &extents);
  set_colour(cairo, look.fill, look.opacity);
  cairo_move_to(cairo, mark.points[0].first - mark.anchor * extents.x_advance, mark.points[0].second);
  cairo_show_text(cairo, mark.text.c_str());
}

void outline(cairo_t* cairo, const Mark& mark) {
  switch (mark.shape) {
    case Mark::Shape::line:  // on whole pixels, or a line of one pixel is two pale ones
      cairo_move_to(cairo, std::round(mark.points[0].first) + 0.5, std::round(mark.points[0].second) + 0.5);
      cairo_line_to(cairo, std::round(mark.points[1].first) + 0.5, std::round(mark.points[1].second) + 0.5);
      break;
    case Mark::Shape::rect:
      cairo_rectangle(cairo, mark.points[0].first, mark.points[0].second, mark.points[1].first, mark.points[1].second);
      break;
    case Mark::Shape::circle:
      cairo_arc(cairo, mark.points[0].first, mark.points[0].second, mark.radius, 0.0, 2.0 * M_PI);
      break;
    case Mark::Shape::curve:
      for (const auto& [x, y] : mark.points) cairo_line_to(cairo, x, y);  // the first moves there
      break;
    case Mark::Shape::text:
      break;
  }
}

void paint(cairo_t* cairo, const Mark& mark) {
  const MarkLook& look = look_of(mark.role);
  if (mark.shape == Mark::Shape::text) return paint_text(cairo, mark, look);
  cairo_new_path(cairo);
  outline(cairo, mark);
  if (look.fill >= 0) {
    set_colour(cairo, look.fill, look.opacity);
    cairo_fill_preserve(cairo);
  }
  if (look.stroke >= 0) {
    set_colour(cairo, look.stroke, look.opacity);
    cairo_set_line_width(cairo, look.width);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, look.round_ends ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    constexpr double dashes[] = {6.0, 3.0};
    cairo_set_dash(cairo, dashes, look.dashed ? 2 : 0, 0.0);
    cairo_stroke_preserve(cairo);
  }
}

}  // namespace

bool charts_available() { return true; }

std::string figure_png(const Figure& figure) {
  const Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(figure.width), static_cast<int>(figure.height)),
      &cairo_surface_destroy);
  check(cairo_surface_status(surface.get()), figure);
  const Context cairo(cairo_create(surface.get()), &cairo_destroy);
  check(cairo_status(cairo.get()), figure);
  set_colour(cairo.get(), 0xFFFFFF, 1.0);
  cairo_paint(cairo.get());
  for (const Mark& mark : figure.marks) paint(cairo.get(), mark);
  check(cairo_status(cairo.get()), figure);
  std::string bytes;
  check(cairo_surface_write_to_png_stream(surface.get(), &append_bytes, &bytes), figure);
  return bytes;
}

}  // namespace minnow
