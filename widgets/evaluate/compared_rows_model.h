// ComparedRowsModel: the evaluated rows side by side, and the filter that every figure of the page leads to.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <optional>
#include <vector>

#include "core/types/compared_row.h"

namespace minnow {

enum class RowOutcomeKind {
  fixed,
  broken,
  wrong,
  right
};  ///< wrong → right, right → wrong, wrong both times, right both

/// Of one side alone, a wrong row is `wrong` and a right one `right`.
RowOutcomeKind outcomeOf(const ComparedRow& row);

class ComparedRowsModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { OutcomeColumn, InputColumn, FieldColumn, ExpectedColumn, BeforeColumn, AfterColumn, ColumnCount };

  explicit ComparedRowsModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

  void setRows(std::vector<ComparedRow> rows, std::vector<std::string> fieldKeys);
  const std::vector<ComparedRow>& rows() const { return m_rows; }
  const ComparedRow& row(int row) const { return m_rows.at(static_cast<std::size_t>(row)); }
  const std::vector<std::string>& fieldKeys() const { return m_keys; }
  int fieldCount() const { return static_cast<int>(m_keys.size()); }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  /// Display: the cell's lines as plain text, one per field.
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  static QString outcomeWord(RowOutcomeKind kind);
  static QString outcomeSign(RowOutcomeKind kind);

 private:
  std::vector<ComparedRow> m_rows;
  std::vector<std::string> m_keys;
};

/// Which rows to show. All parts that are set must hold.
struct RowFilter {
  enum class Side { before, after };
  std::optional<RowOutcomeKind> outcome;
  std::optional<int> field;         ///< wrong in this field on `side` (with `error`: in this way)
  std::optional<FieldError> error;  ///< some field wrong in this way on `side`
  std::optional<bool> exact, validJson;
  Side side = Side::after;
  QString text;  ///< stands in the input, a wanted or a given value; case doesn't matter
  bool operator==(const RowFilter&) const = default;
};

class ComparedRowsFilter final : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  explicit ComparedRowsFilter(ComparedRowsModel* rows, QObject* parent = nullptr);
  void setFilter(const RowFilter& filter);
  const RowFilter& filter() const { return m_filter; }
  static bool accepts(const RowFilter& filter, const ComparedRow& row);

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  ComparedRowsModel* m_rows;
  RowFilter m_filter;
};

/// Rows as tab-separated lines (for the clipboard), as CSV, or as JSONL; one line per row, a column per field and side.
QByteArray comparedRowsTable(const ComparedRowsModel& rows, const std::vector<int>& which, char separator);
QByteArray comparedRowsJsonl(const ComparedRowsModel& rows, const std::vector<int>& which);

}  // namespace minnow
