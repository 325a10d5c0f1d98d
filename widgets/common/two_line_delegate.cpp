// A list entry with two lines.
#include "widgets/common/two_line_delegate.h"

#include <QPainter>

#include "widgets/look/colors.h"
#include "widgets/look/icons.h"
#include "widgets/look/look.h"
#include "widgets/look/metrics.h"

namespace minnow {

void TwoLineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Colors& c = colors(option.widget);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const QRect box = option.rect.adjusted(4, 2, -4, -2);
  const bool hot = option.state.testFlag(QStyle::State_Selected) || option.state.testFlag(QStyle::State_MouseOver);
  if (hot) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(c.accentSoft);
    painter->drawRoundedRect(box, metrics::controlRadius, metrics::controlRadius);
  }
  int x = box.x() + metrics::unit;
  const QString icon = index.data(iconRole).toString();
  if (!icon.isEmpty()) {
    painter->drawPixmap(x, box.y() + (box.height() - metrics::icon) / 2,
                        iconPixmap(icon, metrics::icon, c.muted, painter->device()->devicePixelRatioF()));
    x += metrics::icon + metrics::unit + metrics::half;
  }
  const int width = box.right() - x - metrics::unit;
  QFont title = bodyFont();
  title.setWeight(QFont::DemiBold);
  const QFontMetrics titleMetrics(title), captionMetrics(captionFont());
  painter->setPen(c.text);
  painter->setFont(title);
  painter->drawText(QRect(x, box.y() + 6, width, titleMetrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                    titleMetrics.elidedText(index.data().toString(), Qt::ElideRight, width));
  painter->setPen(c.muted);
  painter->setFont(captionFont());
  painter->drawText(QRect(x, box.bottom() - 5 - captionMetrics.height(), width, captionMetrics.height()),
                    Qt::AlignLeft | Qt::AlignVCenter,
                    captionMetrics.elidedText(index.data(captionRole).toString(), Qt::ElideMiddle, width));
  painter->restore();
}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const { return {200, 56}; }

}  // namespace minnow
