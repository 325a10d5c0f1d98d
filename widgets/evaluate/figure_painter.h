// Figures (core/types/figure.h) painted by Qt.
#pragma once

#include <QtGlobal>

#include "core/types/figure.h"

QT_FORWARD_DECLARE_CLASS(QPainter)

namespace minnow {

/// In the figure's units, on white paper.
void paintFigure(QPainter& painter, const Figure& figure);

}  // namespace minnow
