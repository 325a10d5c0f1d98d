// FieldTableModel: the fields of a task, one a line, edited in place; where a field came from is kept beside it.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <vector>

#include "core/types/task.h"

namespace minnow {

/// A field on its way into a task. `origin`: its key in the task as it was, or its column in a file; empty: a new one.
struct FieldRow {
  Field field;
  QString origin;
  QString examples;  ///< values from the file, for people
};

class FieldTableModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { KeyColumn, KindColumn, ValuesColumn, EmptyColumn, DescriptionColumn, FileColumn };

  using QAbstractTableModel::QAbstractTableModel;
  void setRows(std::vector<FieldRow> rows);
  /// As a person left them; of a kind without values none are handed on.
  std::vector<FieldRow> rows() const;
  void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
  void addField();
  void removeField(int row);
  void moveField(int row, int by);
  void retranslate();

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 Q_SIGNALS:
  void fieldsChanged();  ///< by a person

 private:
  std::vector<FieldRow> m_rows;
  bool m_readOnly = false;
};

}  // namespace minnow
