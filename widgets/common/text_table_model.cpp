// Lines of text in columns.
#include "widgets/common/text_table_model.h"

namespace minnow {

void TextTableModel::setHeaders(const QStringList& headers) {
  beginResetModel();
  m_headers = headers;
  endResetModel();
}

void TextTableModel::setLines(const QList<QStringList>& lines) {
  beginResetModel();
  m_lines = lines;
  endResetModel();
}

int TextTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int TextTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_headers.size());
}

QVariant TextTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const QString text = m_lines.at(index.row()).value(index.column());
  if (role == Qt::DisplayRole) return text.simplified();
  if (role == Qt::ToolTipRole) return text;
  return {};
}

QVariant TextTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::DisplayRole) return m_headers.value(section);
  if (role == Qt::TextAlignmentRole) return int(Qt::AlignLeft | Qt::AlignVCenter);
  return {};
}

}  // namespace minnow
