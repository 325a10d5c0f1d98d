// TwoLineDelegate: a list entry with an icon, a title and a caption below it.
#pragma once

#include <QStyledItemDelegate>

namespace minnow {

class TwoLineDelegate final : public QStyledItemDelegate {
  Q_OBJECT

 public:
  static constexpr int captionRole = Qt::UserRole + 100;
  static constexpr int iconRole = Qt::UserRole + 101;  ///< name of a line icon
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace minnow
