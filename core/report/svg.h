// Figures as SVG inside a page, whose style sheet has the marks' looks.
#pragma once

#include <string>

#include "core/types/figure.h"

namespace minnow {

/// The element; its marks have the classes of figure_style().
std::string svg_element(const Figure& figure);

/// CSS rules for every role.
std::string figure_style();

}  // namespace minnow
