// Mark by mark.
#include "widgets/evaluate/figure_painter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPolygonF>

#include "widgets/look/look.h"

namespace minnow {
namespace {

QColor colorOf(std::int64_t code, double opacity) {
  QColor color = QColor::fromRgb(static_cast<QRgb>(code));
  color.setAlphaF(static_cast<float>(opacity));
  return color;
}

QPen penOf(const MarkLook& look) {
  if (look.stroke < 0) return QPen(Qt::NoPen);
  QPen pen(colorOf(look.stroke, look.opacity), look.width, Qt::SolidLine, look.round_ends ? Qt::RoundCap : Qt::FlatCap,
           Qt::RoundJoin);
  if (look.dashed) pen.setDashPattern({6.0 / look.width, 3.0 / look.width});
  return pen;
}

void paintText(QPainter& painter, const Mark& mark, const MarkLook& look) {
  QFont font = bodyFont();
  font.setPixelSize(qRound(look.font_size));
  font.setBold(look.bold);
  painter.setFont(font);
  painter.setPen(colorOf(look.fill, look.opacity));
  const QString text = QString::fromStdString(mark.text);
  const double width = QFontMetricsF(font).horizontalAdvance(text);
  painter.drawText(QPointF(mark.points[0].first - mark.anchor * width, mark.points[0].second), text);
}

}  // namespace

void paintFigure(QPainter& painter, const Figure& figure) {
  for (const Mark& mark : figure.marks) {
    const MarkLook& look = look_of(mark.role);
    QPolygonF points;
    for (const auto& [x, y] : mark.points) points << QPointF(x, y);
    painter.setPen(penOf(look));
    painter.setBrush(look.fill < 0 ? QBrush(Qt::NoBrush) : QBrush(colorOf(look.fill, look.opacity)));
    switch (mark.shape) {
      case Mark::Shape::line:
        painter.drawLine(points[0], points[1]);
        break;
      case Mark::Shape::rect:
        painter.drawRect(QRectF(points[0].x(), points[0].y(), points[1].x(), points[1].y()));
        break;
      case Mark::Shape::circle:
        painter.drawEllipse(points[0], mark.radius, mark.radius);
        break;
      case Mark::Shape::curve:
        painter.drawPolyline(points);
        break;
      case Mark::Shape::text:
        paintText(painter, mark, look);
        break;
    }
  }
}

}  // namespace minnow
