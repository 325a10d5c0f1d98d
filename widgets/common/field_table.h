// FieldTable: the fields of a task as lines that can be edited, added, removed and moved; Tab goes from cell to cell.
#pragma once

#include <QWidget>
#include <vector>

#include "widgets/common/field_table_model.h"

QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QTableView)
QT_FORWARD_DECLARE_CLASS(QToolButton)

namespace minnow {

class FieldTable final : public QWidget {
  Q_OBJECT

 public:
  explicit FieldTable(QWidget* parent = nullptr);
  void setRows(std::vector<FieldRow> rows);
  std::vector<FieldRow> rows() const { return m_model->rows(); }
  void setReadOnly(bool readOnly);
  /// Whether the column is shown that says where in a file a field comes from.
  void setFileShown(bool shown);
  /// Why such fields can't be a task's, in the window's language: two of one key, a choice without values …; empty: they
  /// can.
  static QString fault(const std::vector<Field>& fields);

 Q_SIGNALS:
  void changed();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();

  FieldTableModel* m_model;
  QTableView* m_table;
  QPushButton *m_add, *m_remove;
  QToolButton *m_up, *m_down;
};

}  // namespace minnow
