// Painting and finding bars.
#include "widgets/evaluate/comparison_bars.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "widgets/look/colors.h"
#include "widgets/look/look.h"

namespace minnow {
namespace {

constexpr int kBar = 9, kBetween = 3, kGap = 6;  // heights of a bar, between the two, between rows

}  // namespace

ComparisonBars::ComparisonBars(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
}

void ComparisonBars::setRows(std::vector<Row> rows, double maximum) {
  m_rows = std::move(rows);
  m_maximum = std::max(1e-9, maximum);
  m_hovered.reset();
  m_focused.reset();
  QStringList words;
  for (const Row& row : m_rows)
    words << row.label + QStringLiteral(": ") + (row.before ? row.before->text : QStringLiteral("–")) +
                 QStringLiteral(" → ") + (row.after ? row.after->text : QStringLiteral("–"));
  setAccessibleDescription(words.join(QStringLiteral("; ")));
  updateGeometry();
  update();
}

int ComparisonBars::rowHeight() const { return 2 * kBar + kBetween + kGap; }

int ComparisonBars::labelWidth() const {
  const QFontMetrics metrics(font());
  int width = 40;
  for (const Row& row : m_rows) width = std::max(width, metrics.horizontalAdvance(row.label));
  return std::min(width + 12, std::max(60, this->width() / 3));
}

int ComparisonBars::figureWidth() const {
  const QFontMetrics metrics(captionFont());
  int width = 20;
  for (const Row& row : m_rows) {
    if (row.before) width = std::max(width, metrics.horizontalAdvance(row.before->text));
    if (row.after) width = std::max(width, metrics.horizontalAdvance(row.after->text));
  }
  return width + 10;
}

QSize ComparisonBars::sizeHint() const { return {320, std::max(1, static_cast<int>(m_rows.size())) * rowHeight() + 4}; }

QSize ComparisonBars::minimumSizeHint() const { return {200, sizeHint().height()}; }

QRect ComparisonBars::barRect(int row, Side side) const {
  const int left = labelWidth(), top = row * rowHeight() + kGap / 2 + (side == Side::after ? kBar + kBetween : 0);
  return {left, top, std::max(10, width() - left - figureWidth()), kBar};
}

std::optional<ComparisonBars::Place> ComparisonBars::placeAt(const QPoint& point) const {
  const int row = point.y() / rowHeight();
  if (point.y() < 0 || row >= static_cast<int>(m_rows.size())) return std::nullopt;
  const bool lower = point.y() - row * rowHeight() >= rowHeight() / 2;
  const Row& r = m_rows[static_cast<std::size_t>(row)];
  Place place{row, lower ? Side::after : Side::before};
  if (!(place.side == Side::after ? r.after : r.before)) place.side = r.after ? Side::after : Side::before;
  if (!(place.side == Side::after ? r.after : r.before)) return std::nullopt;
  return place;
}

void ComparisonBars::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Colors& c = colors(this);
  for (int i = 0; i < static_cast<int>(m_rows.size()); ++i) {
    const Row& row = m_rows[static_cast<std::size_t>(i)];
    painter.setFont(font());
    painter.setPen(c.text);
    const QRect label(0, i * rowHeight(), labelWidth() - 8, rowHeight());
    painter.drawText(label, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(row.label, Qt::ElideRight, label.width()));
    for (const Side side : {Side::before, Side::after}) {
      const auto& bar = side == Side::before ? row.before : row.after;
      if (!bar) continue;
      const Place here{i, side};
      const QRectF track = barRect(i, side);
      const auto x = [&](double value) {
        return track.left() + track.width() * std::clamp(value / m_maximum, 0.0, 1.0);
      };
      painter.setPen(Qt::NoPen);
      painter.setBrush(c.grid);
      painter.drawRoundedRect(track, 2, 2);
      const QRectF filled(track.left(), track.top(), x(bar->value) - track.left(), track.height());
      // Before is an outline with stripes, after is solid: apart without colour too.
      if (filled.width() > 0.5) {
        if (side == Side::before) {
          painter.setBrush(QBrush(c.muted, Qt::BDiagPattern));
          painter.setPen(QPen(c.muted, 1));
          painter.drawRect(filled.adjusted(0.5, 0.5, -0.5, -0.5));
        } else {
          painter.setBrush(c.accent);
          painter.drawRoundedRect(filled, 2, 2);
        }
      }
      if (bar->hasInterval) {
        painter.setPen(QPen(c.text, 1));
        const double middle = track.center().y();
        painter.drawLine(QPointF(x(bar->low), middle), QPointF(x(bar->high), middle));
        for (const double end : {bar->low, bar->high})
          painter.drawLine(QPointF(x(end), middle - 3), QPointF(x(end), middle + 3));
      }
      const bool lit = m_hovered == here || (hasFocus() && m_focused == here);
      QFont small = captionFont();
      small.setUnderline(lit);
      painter.setFont(small);
      painter.setPen(lit ? c.accent : side == Side::after ? c.text : c.muted);
      const QRect figure(width() - figureWidth() + 4, static_cast<int>(track.top()) - 4, figureWidth() - 4, kBar + 8);
      painter.drawText(figure, Qt::AlignRight | Qt::AlignVCenter, bar->text);
    }
  }
}

void ComparisonBars::mouseMoveEvent(QMouseEvent* event) {
  const auto place = placeAt(event->pos());
  if (place == m_hovered) return;
  m_hovered = place;
  setCursor(place ? Qt::PointingHandCursor : Qt::ArrowCursor);
  update();
}

void ComparisonBars::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (const auto place = placeAt(event->pos())) Q_EMIT barChosen(place->row, place->side);
}

void ComparisonBars::leaveEvent(QEvent*) {
  m_hovered.reset();
  update();
}

void ComparisonBars::keyPressEvent(QKeyEvent* event) {
  if (m_rows.empty()) return QWidget::keyPressEvent(event);
  Place place = m_focused.value_or(Place{0, m_rows.front().after ? Side::after : Side::before});
  const int last = static_cast<int>(m_rows.size()) - 1;
  switch (event->key()) {
    case Qt::Key_Up:
      place.row = m_focused ? std::max(0, place.row - 1) : 0;
      break;
    case Qt::Key_Down:
      place.row = m_focused ? std::min(last, place.row + 1) : 0;
      break;
    case Qt::Key_Left:
      place.side = Side::before;
      break;
    case Qt::Key_Right:
      place.side = Side::after;
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      Q_EMIT barChosen(place.row, place.side);
      return;
    default:
      return QWidget::keyPressEvent(event);
  }
  const Row& row = m_rows[static_cast<std::size_t>(place.row)];
  if (!(place.side == Side::after ? row.after : row.before)) place.side = row.after ? Side::after : Side::before;
  m_focused = place;
  update();
}

bool ComparisonBars::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const auto place = placeAt(help->pos()))
      QToolTip::showText(help->globalPos(), m_rows[static_cast<std::size_t>(place->row)].tip, this);
    else
      QToolTip::hideText();
    return true;
  }
  return QWidget::event(event);
}

}  // namespace minnow
