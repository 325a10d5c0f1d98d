// FieldTableModel: the fields of a task, one a line, edited in place.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/types/task.h"

namespace minnow {

class FieldTableModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { KeyColumn, KindColumn, EmptyColumn, DescriptionColumn };

  using QAbstractTableModel::QAbstractTableModel;
  void setFields(std::vector<Field> fields);
  const std::vector<Field>& fields() const { return m_fields; }
  void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
  void addField();
  void removeField(int row);
  void moveField(int row, int by);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 Q_SIGNALS:
  void fieldsChanged();  ///< by a person

 private:
  std::vector<Field> m_fields;
  bool m_readOnly = false;
};

}  // namespace minnow
