// Paints the pill: a disc for neutral, a tick for good, a triangle for a warning, a cross for bad.
#include "widgets/common/badge.h"

#include <QPainter>

#include "widgets/look/colors.h"
#include "widgets/look/icons.h"
#include "widgets/look/look.h"

namespace minnow {
namespace {

constexpr int pillHeight = 22, iconSize = 14, padding = 8, gap = 4;

struct Dress {
  QColor back, ink;
  const char* icon;
};

Dress dressOf(Tone tone, const Colors& c) {
  switch (tone) {
    case Tone::neutral:
      return {c.grid, c.muted, "info"};
    case Tone::accent:
      return {c.accentSoft, c.accent, "star"};
    case Tone::good:
      return {c.goodSoft, c.good, "check"};
    case Tone::warning:
      return {c.warningSoft, c.warning, "warning"};
    case Tone::bad:
      return {c.badSoft, c.bad, "cross"};
  }
  return {c.grid, c.muted, "info"};
}

}  // namespace

Badge::Badge(QWidget* parent) : QWidget(parent) {
  setFont(captionFont());
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::setState(Tone tone, const QString& word) {
  m_tone = tone;
  m_word = word;
  setAccessibleName(word);
  updateGeometry();
  update();
}

QSize Badge::sizeHint() const {
  return {2 * padding + iconSize + gap + QFontMetrics(captionFont()).horizontalAdvance(m_word), pillHeight};
}

void Badge::paintEvent(QPaintEvent*) {
  if (m_word.isEmpty()) return;
  const Dress dress = dressOf(m_tone, colors(this));
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(dress.back);
  painter.drawRoundedRect(rect(), pillHeight / 2.0, pillHeight / 2.0);
  painter.drawPixmap(padding, (this->height() - iconSize) / 2,
                     iconPixmap(QString::fromLatin1(dress.icon), iconSize, dress.ink, devicePixelRatioF()));
  painter.setPen(dress.ink);
  painter.setFont(captionFont());
  painter.drawText(rect().adjusted(padding + iconSize + gap, 0, -padding / 2, 0), Qt::AlignVCenter | Qt::AlignLeft,
                   m_word);
}

}  // namespace minnow
