// Cells of one line.
#include "widgets/data/row_delegate.h"

#include <QPainter>
#include <QTextLayout>

#include "widgets/common/value_spans.h"
#include "widgets/data/row_table_model.h"
#include "widgets/look/colors.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

constexpr int signSize = 14;
constexpr qsizetype longestLine = 400;  // characters drawn of an input; the row panel shows the rest

const RowTableModel* modelOf(const QModelIndex& index) { return qobject_cast<const RowTableModel*>(index.model()); }

}  // namespace

StateSign stateSign(int state, const QWidget* widget) {
  const auto& c = colors(widget);
  switch (static_cast<RowState>(state)) {
    case RowState::unlabelled:
      return {QStringLiteral("minus"), c.muted};
    case RowState::labelled:
      return {QStringLiteral("check"), c.good};
    case RowState::needs_review:
      return {QStringLiteral("warning"), c.warning};
    case RowState::failed:
      return {QStringLiteral("cross"), c.bad};
  }
  return {QStringLiteral("minus"), c.muted};
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const auto& c = colors(option.widget);
  if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, c.accentSoft);
  const QRect room = option.rect.adjusted(metrics::unit, 0, -metrics::unit, 0);
  const RowTableModel* model = modelOf(index);
  const bool loaded = index.data(RowTableModel::LoadedRole).toBool();
  const auto kind = model ? model->columnKind(index.column()) : RowTableModel::Column::field;
  if (!loaded && kind != RowTableModel::Column::number) {
    painter->fillRect(QRect(room.left(), room.center().y() - 3, room.width() * 2 / 3, 6), c.grid);
  } else if (kind == RowTableModel::Column::input) {
    paintInput(painter, option, room, index);
  } else if (kind == RowTableModel::Column::state) {
    paintState(painter, option, room, index);
  } else {
    const bool faint = kind == RowTableModel::Column::number;
    const bool doubtful =
        kind == RowTableModel::Column::problems || index.data(RowTableModel::ProblemFieldRole).toBool();
    painter->setPen(faint ? c.muted : doubtful ? c.warning : c.text);
    const QString text =
        option.fontMetrics.elidedText(index.data().toString().simplified(), Qt::ElideRight, room.width());
    painter->drawText(room, faint ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter, text);
  }
  if (option.state & QStyle::State_HasFocus) {
    painter->setPen(QPen(c.accent, 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
  }
}

void RowDelegate::paintInput(QPainter* painter, const QStyleOptionViewItem& option, const QRect& room,
                             const QModelIndex& index) const {
  const auto& c = colors(option.widget);
  const RowTableModel* model = modelOf(index);
  QString text = index.data().toString().left(longestLine);
  // One line: breaks become signs of the same length, so that spans stay where they are.
  text.replace(u'\n', QChar(0x21B5)).replace(u'\t', u' ').replace(u'\r', u' ');
  QList<QString> values;
  for (int i = 0; i < static_cast<int>(model->fields().size()); ++i)
    values.append(index.siblingAtColumn(3 + i).data().toString());
  QList<QTextLayout::FormatRange> formats;
  for (const ValueSpan& span : valueSpans(text, model->fields(), values)) {
    QTextLayout::FormatRange range;
    range.start = static_cast<int>(span.start);
    range.length = static_cast<int>(span.length);
    range.format.setBackground(c.spans[static_cast<std::size_t>(span.field) % c.spans.size()]);
    formats.append(range);
  }
  QTextLayout layout(text, option.font);
  layout.setFormats(formats);
  layout.beginLayout();
  QTextLine line = layout.createLine();
  line.setLineWidth(1e6);
  layout.endLayout();
  painter->save();
  painter->setClipRect(room);
  painter->setPen(c.text);
  layout.draw(painter, QPointF(room.left(), room.center().y() - line.height() / 2 + 0.5));
  painter->restore();
  if (line.naturalTextWidth() > room.width()) {
    // Fades out rather than ends in dots, which would hide under a value's colour.
    QLinearGradient fade(room.right() - 24, 0, room.right(), 0);
    const bool selected = option.state & QStyle::State_Selected;
    QColor end = selected ? c.accentSoft : c.card;
    fade.setColorAt(1, end);
    end.setAlpha(0);
    fade.setColorAt(0, end);
    painter->fillRect(QRect(room.right() - 24, option.rect.top(), 26, option.rect.height()), fade);
  }
}

void RowDelegate::paintState(QPainter* painter, const QStyleOptionViewItem& option, const QRect& room,
                             const QModelIndex& index) const {
  const StateSign sign = stateSign(index.data(RowTableModel::StateRole).toInt(), option.widget);
  const QPixmap picture = iconPixmap(sign.icon, signSize, sign.color, painter->device()->devicePixelRatioF());
  painter->drawPixmap(QPoint(room.left(), room.center().y() - signSize / 2 + 1), picture);
  painter->setPen(sign.color);
  const QRect words = room.adjusted(signSize + 6, 0, 0, 0);
  painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                    option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, words.width()));
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QSize hint = QStyledItemDelegate::sizeHint(option, index);
  hint.setHeight(metrics::controlHeight);
  return hint;
}

}  // namespace minnow
