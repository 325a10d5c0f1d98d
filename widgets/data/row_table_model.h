// RowTableModel: any number of rows as a table, a page at a time. Pages are read off the GUI thread; until one arrives
// its rows are placeholders. What is kept in memory is bounded, whatever the number of rows.
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QList>
#include <memory>
#include <optional>
#include <vector>

#include "core/types/row_query.h"
#include "core/types/row_source.h"
#include "core/types/task.h"
#include "widgets/data/row_page_loader.h"

namespace minnow {

class RowTableModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role {
    LoadedRole = Qt::UserRole,  ///< bool: false for a placeholder
    StateRole,                  ///< int: RowState
    ProblemsRole,               ///< QStringList: the problems' sentences
    ProblemFieldRole,           ///< bool: a problem is about this column's field
  };
  /// The columns that are no fields of the task. Fields stand between Input and Split.
  enum class Column { number, state, input, field, split, problems };
  static constexpr qint64 pageRows = 128;
  static constexpr int keptPages = 64;  ///< 8,192 rows

  explicit RowTableModel(QObject* parent = nullptr);

  void setFields(std::vector<Field> fields);
  const std::vector<Field>& fields() const { return m_fields; }
  /// Shows another source from its beginning; null shows nothing.
  void setSource(std::shared_ptr<const RowSource> source);
  const std::shared_ptr<const RowSource>& source() const { return m_source; }
  void setReadOnly(bool readOnly) { m_readOnly = readOnly; }

  /// The row, if it is in memory; otherwise it is asked for.
  const Row* row(int row) const;
  Column columnKind(int column) const;
  int fieldOf(int column) const;  ///< index of the task's field, or -1
  /// How rows are ordered by a column; nothing for those that can't be ordered by.
  std::optional<RowOrder> orderOf(int column) const;
  int pagesInMemory() const { return static_cast<int>(m_pages.size()); }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 public Q_SLOTS:
  /// The source has other rows now, or more of them, or fewer.
  void sourceChanged();
  /// The source has more rows at its end; those shown stay as they are.
  void sourceGrew();

 Q_SIGNALS:
  /// A person changed a cell: the row as it is to be. Shown at once; it stands once the source says so.
  void editRequested(const minnow::Row& row);
  void rowsArrived(int first, int last);
  void readFailed(const QString& sentence);

 private:
  struct Page {
    std::vector<Row> rows;
    mutable std::vector<QList<QString>> values;  // per row, once asked for
    quint64 generation = 0;
    quint64 used = 0;
  };
  void take(const std::shared_ptr<RowPageLoader::Page>& page);
  void resize(int rows);
  void dropUnused();
  const Page* page(int row) const;
  QString fieldValue(int row, int field) const;
  QVariant display(const Row& row, const QModelIndex& index) const;

  std::vector<Field> m_fields;
  std::shared_ptr<const RowSource> m_source;
  RowPageLoader* m_loader;
  mutable QHash<qint64, Page> m_pages;
  mutable quint64 m_clock = 0;
  quint64 m_generation = 1;
  int m_rows = 0;
  bool m_readOnly = false;
};

}  // namespace minnow
