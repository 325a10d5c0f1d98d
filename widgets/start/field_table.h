// FieldTable: the fields of a task as rows that can be edited: key, kind, description, may be empty.
#pragma once

#include <QWidget>

#include "core/types/task.h"

QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QTableWidget)

namespace minnow {

class FieldTable final : public QWidget {
  Q_OBJECT

 public:
  explicit FieldTable(QWidget* parent = nullptr);
  void setFields(const std::vector<Field>& fields);
  /// Rows with a key, in order.
  std::vector<Field> fields() const;
  /// Why they can't be used (two of the same key), or empty.
  QString fault() const;

  static QString kindText(FieldKind kind);

 Q_SIGNALS:
  void changed();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void addRow(const Field& field);
  QTableWidget* m_table;
  QPushButton* m_add;
  QPushButton* m_remove;
};

}  // namespace minnow
