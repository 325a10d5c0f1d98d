// Boxes flow like words.
#include "widgets/data/token_strip.h"

#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "widgets/look/colors.h"
#include "widgets/look/look.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

constexpr int boxGap = 2, boxPadding = 3;

/// Blanks and breaks that could not be seen otherwise.
QString shownToken(const QString& text) {
  QString shown = text;
  shown.replace(u' ', QChar(0x00B7)).replace(u'\n', QChar(0x21B5)).replace(u'\t', QChar(0x2192));
  return shown.size() > 40 ? shown.left(39) + QChar(0x2026) : shown;
}

}  // namespace

int TokenizedRow::count(TokenPiece::Part part) const {
  return static_cast<int>(
      std::count_if(pieces.begin(), pieces.end(), [part](const TokenPiece& p) { return p.part == part; }));
}

TokenStrip::TokenStrip(QWidget* parent) : QWidget(parent) {
  setFont(captionFont());
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void TokenStrip::setRow(const TokenizedRow& row) {
  m_row = row;
  updateGeometry();
  update();
}

int TokenStrip::layOut(int width, QList<QRect>* boxes) const {
  const QFontMetrics metrics(font());
  const int height = metrics.height() + 4;
  int x = 0, y = 0;
  for (const TokenPiece& piece : m_row.pieces) {
    const int box = std::min(width, metrics.horizontalAdvance(shownToken(piece.text)) + 2 * boxPadding);
    if (x > 0 && x + box > width) {
      x = 0;
      y += height + boxGap;
    }
    if (boxes) boxes->append(QRect(x, y, box, height));
    x += box + boxGap;
  }
  return y + height + 1;
}

int TokenStrip::heightForWidth(int width) const { return layOut(std::max(width, 40), nullptr); }

QSize TokenStrip::sizeHint() const { return {320, heightForWidth(std::max(320, width()))}; }

void TokenStrip::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  const auto& c = colors(this);
  QList<QRect> boxes;
  layOut(std::max(width(), 40), &boxes);
  for (int i = 0; i < boxes.size(); ++i) {
    if (!boxes.at(i).intersects(event->rect())) continue;
    QColor back = c.grid, text = c.muted;
    Qt::PenStyle frame = Qt::NoPen;
    switch (m_row.pieces.at(i).part) {
      case TokenPiece::Part::prompt:
        break;
      case TokenPiece::Part::target:
        back = c.accentSoft;
        text = c.text;
        break;
      case TokenPiece::Part::end:
        back = c.accent;
        text = c.onAccent;
        break;
      case TokenPiece::Part::cut:
        back = c.badSoft;
        text = c.bad;
        frame = Qt::DashLine;
        break;
    }
    painter.setPen(frame == Qt::NoPen ? QPen(Qt::NoPen) : QPen(text, 1, frame));
    painter.setBrush(back);
    painter.drawRoundedRect(boxes.at(i), 3, 3);
    painter.setPen(text);
    painter.drawText(boxes.at(i), Qt::AlignCenter, shownToken(m_row.pieces.at(i).text));
  }
}

bool TokenStrip::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  auto* help = static_cast<QHelpEvent*>(event);
  QList<QRect> boxes;
  layOut(std::max(width(), 40), &boxes);
  for (int i = 0; i < boxes.size(); ++i) {
    if (!boxes.at(i).contains(help->pos())) continue;
    QToolTip::showText(help->globalPos(), tr("token %1, id %2").arg(i + 1).arg(m_row.pieces.at(i).id), this);
    return true;
  }
  QToolTip::hideText();
  return true;
}

}  // namespace minnow
