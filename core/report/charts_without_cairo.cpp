// Built in place of charts.cpp where cairo was not found: the engine works, its images are left out.
#include "core/report/charts.h"
#include "core/types/error.h"

namespace minnow {
namespace {

Error refusal(const Chart& chart) {
  return Error(ErrorKind::unsupported, "the chart " + chart.title + " can't be drawn: this Minnow was built without cairo",
               chart.title);
}

}  // namespace

bool charts_available() { return false; }
std::string chart_png(const Chart& chart) { throw refusal(chart); }
std::string chart_svg(const Chart& chart) { throw refusal(chart); }

}  // namespace minnow
