// Lines of pieces.
#include "widgets/evaluate/difference_delegate.h"

#include <QAbstractProxyModel>
#include <QApplication>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>

#include "widgets/evaluate/compared_rows_model.h"
#include "widgets/look/colors.h"

namespace minnow {
namespace {

constexpr int kPad = 8, kLineGap = 4;

int lineHeight(const QFont& font) { return QFontMetrics(font).height() + kLineGap; }

QString oneLine(const std::string& utf8) {
  QString text = QString::fromStdString(utf8);
  return text.replace(QLatin1Char('\n'), QStringLiteral("↵"));
}

/// Pieces from left to right; what doesn't fit is cut with an ellipsis.
void drawPieces(QPainter& painter, QRect line, const std::vector<MarkedPiece>& pieces, const Colors& c,
                const QFont& font) {
  const QFontMetrics metrics(font);
  int x = line.left();
  for (const MarkedPiece& piece : pieces) {
    const QString text = oneLine(piece.text);
    const int room = line.right() - x;
    if (room <= 0) return;
    const QString shown =
        metrics.horizontalAdvance(text) <= room ? text : metrics.elidedText(text, Qt::ElideRight, room);
    const int width = metrics.horizontalAdvance(shown);
    QFont styled = font;
    QColor color = c.text;
    if (piece.kind != MarkedPiece::Kind::same) {
      const bool added = piece.kind == MarkedPiece::Kind::added;
      painter.fillRect(QRect(x, line.top() + 1, width, line.height() - 2), added ? c.added : c.removed);
      styled.setUnderline(added);
      styled.setStrikeOut(!added);
      if (!added) color = c.muted;
    }
    painter.setFont(styled);
    painter.setPen(color);
    painter.drawText(QRect(x, line.top(), width + 2, line.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    x += width;
  }
}

void drawLine(QPainter& painter, const QRect& line, const QString& text, const QColor& color, const QFont& font) {
  painter.setFont(font);
  painter.setPen(color);
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                   QFontMetrics(font).elidedText(text, Qt::ElideRight, line.width()));
}

/// Text over several lines, the last one cut with an ellipsis.
void drawWrapped(QPainter& painter, const QRect& area, const QString& text, const QColor& color, const QFont& font,
                 int lines) {
  QTextLayout layout(text, font);
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(option);
  layout.beginLayout();
  const int height = lineHeight(font);
  for (int i = 0; i < lines; ++i) {
    QTextLine line = layout.createLine();
    if (!line.isValid()) break;
    line.setLineWidth(area.width());
    const QRect place(area.left(), area.top() + i * height, area.width(), height);
    if (i == lines - 1) {
      drawLine(painter, place, text.mid(line.textStart()), color, font);
    } else {  // it fits, but for the space at its end
      painter.setFont(font);
      painter.setPen(color);
      painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                       text.mid(line.textStart(), line.textLength()));
    }
  }
  layout.endLayout();
}

}  // namespace

DifferenceDelegate::DifferenceDelegate(ComparedRowsModel* rows, QObject* parent)
    : QStyledItemDelegate(parent), m_rows(rows) {}

int DifferenceDelegate::rowHeight(const QFont& font, int fields) {
  return std::max(2, fields) * lineHeight(font) + 2 * kPad;
}

QSize DifferenceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
  return {120, rowHeight(option.font, m_rows->fieldCount())};
}

void DifferenceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QStyleOptionViewItem base = option;
  initStyleOption(&base, index);
  base.text.clear();
  const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &base, painter, option.widget);

  const auto* proxy = qobject_cast<const QAbstractProxyModel*>(index.model());
  const QModelIndex source = proxy ? proxy->mapToSource(index) : index;
  const ComparedRow& row = m_rows->row(source.row());
  const Colors& c = colors(option.widget);
  const int height = lineHeight(option.font);
  const QRect area = option.rect.adjusted(kPad, kPad, -kPad, -kPad);
  const int lines = std::max(1, area.height() / height);
  painter->save();
  painter->setClipRect(option.rect);
  painter->setPen(c.grid);
  painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
  const auto line = [&](int i) { return QRect(area.left(), area.top() + i * height, area.width(), height); };
  switch (source.column()) {
    case ComparedRowsModel::OutcomeColumn: {
      const RowOutcomeKind kind = outcomeOf(row);
      const QColor color = kind == RowOutcomeKind::fixed || kind == RowOutcomeKind::right ? c.good
                           : kind == RowOutcomeKind::broken                               ? c.bad
                                                                                          : c.warning;
      drawLine(*painter, line(0),
               ComparedRowsModel::outcomeSign(kind) + QLatin1Char(' ') + ComparedRowsModel::outcomeWord(kind), color,
               option.font);
      break;
    }
    case ComparedRowsModel::InputColumn:
      drawWrapped(*painter, area, QString::fromStdString(row.input), c.text, option.font, lines);
      break;
    case ComparedRowsModel::FieldColumn:
      for (int i = 0; i < m_rows->fieldCount(); ++i)
        drawLine(*painter, line(i), oneLine(m_rows->fieldKeys()[static_cast<std::size_t>(i)]), c.muted, option.font);
      break;
    case ComparedRowsModel::ExpectedColumn:
      for (int i = 0; i < static_cast<int>(row.fields.size()); ++i) {
        const std::string& value = row.fields[static_cast<std::size_t>(i)].expected;
        drawLine(*painter, line(i), value.empty() ? QStringLiteral("–") : oneLine(value),
                 value.empty() ? c.disabled : c.text, option.font);
      }
      break;
    default: {
      const bool after = source.column() == ComparedRowsModel::AfterColumn;
      if (!(after ? row.after_present : row.before_present)) break;
      const std::string& raw = after ? row.after_text : row.before_text;
      if (!(after ? row.after_json : row.before_json) && !raw.empty()) {
        drawWrapped(*painter, area, QString::fromStdString(raw).simplified(), c.bad, option.font, lines);
        break;
      }
      for (int i = 0; i < static_cast<int>(row.fields.size()); ++i) {
        const ComparedField& field = row.fields[static_cast<std::size_t>(i)];
        const ComparedValue& value = after ? field.after : field.before;
        if (value.absent)
          drawLine(*painter, line(i), tr("(no such key)"), value.error == FieldError::none ? c.disabled : c.bad,
                   option.font);
        else if (value.pieces.empty() || (value.error == FieldError::none && value.text().empty()))
          drawLine(*painter, line(i), value.error == FieldError::none ? QStringLiteral("–") : tr("(empty)"),
                   value.error == FieldError::none ? c.disabled : c.bad, option.font);
        else
          drawPieces(*painter, line(i), value.pieces, c, option.font);
      }
    }
  }
  painter->restore();
}

}  // namespace minnow
