// Built in place of charts.cpp where cairo was not found: the engine works, its images are left out.
#include "core/report/charts.h"
#include "core/types/error.h"

namespace minnow {

bool charts_available() { return false; }

std::string figure_png(const Figure& figure) {
  throw Error(ErrorKind::unsupported,
              "the chart " + figure.label + " can't be drawn: this Minnow was built without cairo", figure.label);
}

}  // namespace minnow
