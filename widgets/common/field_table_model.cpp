// Fields in place.
#include "widgets/common/field_table_model.h"

#include <algorithm>

#include "widgets/common/label_json.h"
#include "widgets/common/row_words.h"

namespace minnow {
namespace {

QString valuesText(const Field& field) {
  QStringList values;
  for (const std::string& value : field.values) values += QString::fromStdString(value);
  return listText(values);
}

}  // namespace

void FieldTableModel::setRows(std::vector<FieldRow> rows) {
  beginResetModel();
  m_rows = std::move(rows);
  endResetModel();
}

std::vector<FieldRow> FieldTableModel::rows() const {
  std::vector<FieldRow> rows = m_rows;
  for (FieldRow& row : rows) {
    if (!has_values(row.field.kind)) row.field.values.clear();
  }
  return rows;
}

void FieldTableModel::addField() {
  const int row = rowCount();
  beginInsertRows({}, row, row);
  Field field;
  for (int n = row + 1;; ++n) {
    field.key = "field_" + std::to_string(n);
    const bool taken =
        std::any_of(m_rows.begin(), m_rows.end(), [&](const FieldRow& one) { return one.field.key == field.key; });
    if (!taken) break;
  }
  m_rows.push_back({std::move(field), {}, {}});
  endInsertRows();
  Q_EMIT fieldsChanged();
}

void FieldTableModel::removeField(int row) {
  if (row < 0 || row >= rowCount()) return;
  beginRemoveRows({}, row, row);
  m_rows.erase(m_rows.begin() + row);
  endRemoveRows();
  Q_EMIT fieldsChanged();
}

void FieldTableModel::moveField(int row, int by) {
  const int to = row + by;
  if (row < 0 || row >= rowCount() || to < 0 || to >= rowCount() || by == 0) return;
  beginMoveRows({}, row, row, {}, by > 0 ? to + 1 : to);
  FieldRow moved = std::move(m_rows[static_cast<std::size_t>(row)]);
  m_rows.erase(m_rows.begin() + row);
  m_rows.insert(m_rows.begin() + to, std::move(moved));
  endMoveRows();
  Q_EMIT fieldsChanged();
}

void FieldTableModel::retranslate() {
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
  if (!m_rows.empty()) Q_EMIT dataChanged(index(0, KindColumn), index(rowCount() - 1, KindColumn));
}

int FieldTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FieldTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : FileColumn + 1; }

QVariant FieldTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const FieldRow& row = m_rows[static_cast<std::size_t>(index.row())];
  const Field& field = row.field;
  const bool shown = role == Qt::DisplayRole || role == Qt::EditRole;
  switch (index.column()) {
    case KeyColumn:
      return shown ? QVariant(QString::fromStdString(field.key)) : QVariant();
    case KindColumn:
      if (role == Qt::DisplayRole) return kindWord(field.kind);
      return role == Qt::EditRole ? QVariant(static_cast<int>(field.kind)) : QVariant();
    case ValuesColumn:
      if (!has_values(field.kind)) return {};
      return shown || role == Qt::ToolTipRole ? QVariant(valuesText(field)) : QVariant();
    case EmptyColumn:
      return role == Qt::CheckStateRole ? QVariant(field.may_be_empty ? Qt::Checked : Qt::Unchecked) : QVariant();
    case DescriptionColumn:
      return shown ? QVariant(QString::fromStdString(field.description)) : QVariant();
    case FileColumn:
      if (!shown && role != Qt::ToolTipRole) return {};
      if (row.origin.isEmpty()) return row.examples;
      return row.examples.isEmpty() ? row.origin : tr("%1: %2").arg(row.origin, row.examples);
    default:
      return {};
  }
}

bool FieldTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || !(flags(index) & (Qt::ItemIsEditable | Qt::ItemIsUserCheckable))) return false;
  Field& field = m_rows[static_cast<std::size_t>(index.row())].field;
  const Field before = field;
  if (index.column() == EmptyColumn && role == Qt::CheckStateRole) {
    field.may_be_empty = value.toInt() == Qt::Checked;
  } else if (role != Qt::EditRole) {
    return false;
  } else if (index.column() == KeyColumn) {
    field.key = value.toString().trimmed().toStdString();
  } else if (index.column() == KindColumn) {
    field.kind = static_cast<FieldKind>(value.toInt());
    //: the two words of a field of the kind "Yes or no", as the answer has them
    if (field.kind == FieldKind::yes_no && field.values.size() != 2)
      field.values = {tr("yes").toStdString(), tr("no").toStdString()};
  } else if (index.column() == ValuesColumn) {
    field.values.clear();
    for (const QString& one : listItems(value.toString())) field.values.push_back(one.toStdString());
  } else if (index.column() == DescriptionColumn) {
    field.description = value.toString().trimmed().toStdString();
  } else {
    return false;
  }
  if (field == before) return true;
  Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(columnCount() - 1));
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
      case ValuesColumn:
        return tr("The values that a choice can have, the two words of yes or no, or what a list's items can be; "
                  "a semicolon between them");
      case EmptyColumn:
        return tr("Whether an empty value is right where the text doesn't say");
      case DescriptionColumn:
        return tr("What it means, for people, for the prompts and for imports that look for its column");
      case FileColumn:
        return tr("The field's column in the file, and some of its values");
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
    case ValuesColumn:
      return tr("Values");
    case EmptyColumn:
      return tr("May be empty");
    case DescriptionColumn:
      return tr("Meaning");
    case FileColumn:
      return tr("In the file");
    default:
      return {};
  }
}

Qt::ItemFlags FieldTableModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  if (!index.isValid() || m_readOnly || index.column() == FileColumn) return flags;
  if (index.column() == EmptyColumn) return flags | Qt::ItemIsUserCheckable;
  const bool values = has_values(m_rows[static_cast<std::size_t>(index.row())].field.kind);
  return index.column() == ValuesColumn && !values ? flags : flags | Qt::ItemIsEditable;
}

}  // namespace minnow
