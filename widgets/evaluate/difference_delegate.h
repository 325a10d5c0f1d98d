// DifferenceDelegate: draws a cell of the side-by-side table: one line per field, so that fields stand beside one
// another; in an answer what was added and what is missing is marked by colour and by underline or strike-through.
#pragma once

#include <QStyledItemDelegate>

namespace minnow {

class ComparedRowsModel;

class DifferenceDelegate final : public QStyledItemDelegate {
  Q_OBJECT

 public:
  explicit DifferenceDelegate(ComparedRowsModel* rows, QObject* parent = nullptr);

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  /// Height of every row: a line per field.
  static int rowHeight(const QFont& font, int fields);

 private:
  ComparedRowsModel* m_rows;
};

}  // namespace minnow
