// TextTableModel: lines of text in columns, for lists that a session hands over whole (set-aside lines, counts,
// previews).
#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QStringList>

namespace minnow {

class TextTableModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;
  void setHeaders(const QStringList& headers);
  void setLines(const QList<QStringList>& lines);
  const QList<QStringList>& lines() const { return m_lines; }
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  QStringList m_headers;
  QList<QStringList> m_lines;
};

}  // namespace minnow
