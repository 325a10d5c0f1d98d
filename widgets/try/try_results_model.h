// TryResultsModel: the rows of one Try as a table: input, whether each side's answer is valid and sure, the values of
// one side's fields. Exports itself as TSV, CSV or JSONL.
#pragma once

#include <QAbstractTableModel>

#include "widgets/try/try_types.h"

namespace minnow {

class TryResultsModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum class Format { tsv, csv, jsonl };
  using QAbstractTableModel::QAbstractTableModel;

  void start(const QStringList& inputs, const QStringList& keys, bool before, bool after);
  void appendText(int row, TrySide side, const QString& characters);
  void setAnswer(int row, TrySide side, const TryAnswer& answer);
  void markCancelled();  ///< what isn't done
  const TryRow& row(int row) const { return m_rows[row]; }
  const QStringList& keys() const { return m_keys; }
  bool has(TrySide side) const { return side == TrySide::before ? m_before : m_after; }
  /// The side whose values the table shows: the tuned one where it was asked.
  TrySide shown() const { return m_after ? TrySide::after : TrySide::before; }
  QString exported(Format format) const;
  void retranslate();

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  static QString stateText(const TryAnswer& answer);
  /// A value's problem in a word; its tooltip says it whole. Empty: none.
  static QString problemText(const TryField& field);

 private:
  enum Column { inputColumn, beforeColumn, afterColumn, firstFieldColumn };
  QString separated(QChar separator) const;
  QString lines() const;
  QStringList values(const TryRow& row) const;
  const TryField* field(int row, int column) const;  ///< null: that cell holds no value

  QList<TryRow> m_rows;
  QStringList m_keys;
  bool m_before = true, m_after = true;
};

}  // namespace minnow
