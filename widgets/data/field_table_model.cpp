// Fields in place.
#include "widgets/data/field_table_model.h"

#include <algorithm>

#include "widgets/common/row_words.h"

namespace minnow {

void FieldTableModel::setFields(std::vector<Field> fields) {
  beginResetModel();
  m_fields = std::move(fields);
  endResetModel();
}

void FieldTableModel::addField() {
  const int row = rowCount();
  beginInsertRows({}, row, row);
  Field field;
  for (int n = row + 1;; ++n) {
    field.key = "field_" + std::to_string(n);
    const bool taken =
        std::any_of(m_fields.begin(), m_fields.end(), [&](const Field& f) { return f.key == field.key; });
    if (!taken) break;
  }
  m_fields.push_back(std::move(field));
  endInsertRows();
  Q_EMIT fieldsChanged();
}

void FieldTableModel::removeField(int row) {
  if (row < 0 || row >= rowCount()) return;
  beginRemoveRows({}, row, row);
  m_fields.erase(m_fields.begin() + row);
  endRemoveRows();
  Q_EMIT fieldsChanged();
}

void FieldTableModel::moveField(int row, int by) {
  const int to = row + by;
  if (row < 0 || row >= rowCount() || to < 0 || to >= rowCount() || by == 0) return;
  beginMoveRows({}, row, row, {}, by > 0 ? to + 1 : to);
  Field field = std::move(m_fields[static_cast<std::size_t>(row)]);
  m_fields.erase(m_fields.begin() + row);
  m_fields.insert(m_fields.begin() + to, std::move(field));
  endMoveRows();
  Q_EMIT fieldsChanged();
}

int FieldTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_fields.size());
}

int FieldTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : 4; }

QVariant FieldTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Field& field = m_fields[static_cast<std::size_t>(index.row())];
  const bool shown = role == Qt::DisplayRole || role == Qt::EditRole;
  switch (index.column()) {
    case KeyColumn:
      return shown ? QVariant(QString::fromStdString(field.key)) : QVariant();
    case KindColumn:
      if (role == Qt::DisplayRole) return kindWord(field.kind);
      return role == Qt::EditRole ? QVariant(static_cast<int>(field.kind)) : QVariant();
    case EmptyColumn:
      return role == Qt::CheckStateRole ? QVariant(field.may_be_empty ? Qt::Checked : Qt::Unchecked) : QVariant();
    case DescriptionColumn:
      return shown ? QVariant(QString::fromStdString(field.description)) : QVariant();
    default:
      return {};
  }
}

bool FieldTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || m_readOnly) return false;
  Field& field = m_fields[static_cast<std::size_t>(index.row())];
  if (index.column() == EmptyColumn && role == Qt::CheckStateRole) {
    field.may_be_empty = value.toInt() == Qt::Checked;
  } else if (role != Qt::EditRole) {
    return false;
  } else if (index.column() == KeyColumn) {
    const std::string key = value.toString().trimmed().toStdString();
    const bool taken =
        std::any_of(m_fields.begin(), m_fields.end(), [&](const Field& f) { return &f != &field && f.key == key; });
    if (key.empty() || taken) return false;
    field.key = key;
  } else if (index.column() == KindColumn) {
    field.kind = static_cast<FieldKind>(std::clamp(value.toInt(), 0, static_cast<int>(FieldKind::date)));
  } else if (index.column() == DescriptionColumn) {
    field.description = value.toString().toStdString();
  } else {
    return false;
  }
  Q_EMIT dataChanged(index, index);
  Q_EMIT fieldsChanged();
  return true;
}

QVariant FieldTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) return int(Qt::AlignLeft | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole) {
    switch (section) {
      case KeyColumn:
        return tr("The field's name in the answer");
      case KindColumn:
        return tr("What the field holds; brings the checks of its values");
      case EmptyColumn:
        return tr("Whether an empty value is right where the text doesn't say");
      case DescriptionColumn:
        return tr("What it means, for people and for imports that look for its column");
      default:
        return {};
    }
  }
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case KeyColumn:
      return tr("Key");
    case KindColumn:
      return tr("Kind");
    case EmptyColumn:
      return tr("May be empty");
    case DescriptionColumn:
      return tr("Meaning");
    default:
      return {};
  }
}

Qt::ItemFlags FieldTableModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  if (!index.isValid() || m_readOnly) return flags;
  return flags | (index.column() == EmptyColumn ? Qt::ItemIsUserCheckable : Qt::ItemIsEditable);
}

}  // namespace minnow
