// RowDelegate: draws the data table's cells: the input with its values marked, states as shape and word, placeholders
// while a page is on its way.
#pragma once

#include <QStyledItemDelegate>

namespace minnow {

class RowDelegate final : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  void paintInput(QPainter* painter, const QStyleOptionViewItem& option, const QRect& room,
                  const QModelIndex& index) const;
  void paintState(QPainter* painter, const QStyleOptionViewItem& option, const QRect& room,
                  const QModelIndex& index) const;
};

/// The icon that goes with a row's state: a shape as well as a colour.
struct StateSign {
  QString icon;
  QColor color;
};
StateSign stateSign(int state, const QWidget* widget);

}  // namespace minnow
