// Figures as PNG files, painted by cairo. Where cairo was not found at configure time they are left out: charts_available()
// is false and painting is refused.
#pragma once

#include <string>

#include "core/types/figure.h"

namespace minnow {

bool charts_available();

/// The file's bytes, a pixel for each of the figure's units. Throws Error(unsupported) in a Minnow without cairo,
/// Error(memory) when cairo finds none.
std::string figure_png(const Figure& figure);

}  // namespace minnow
