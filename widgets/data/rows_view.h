// RowsView: the table of rows with its filter, facets and tools, and the chosen row in full beside it.
#pragma once

#include <QList>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/types/progress.h"
#include "core/types/row_query.h"
#include "core/types/row_source.h"
#include "core/types/task.h"
#include "widgets/data/data_types.h"
#include "widgets/data/row_tools.h"
#include "widgets/data/token_strip.h"

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QLineEdit)
QT_FORWARD_DECLARE_CLASS(QProgressBar)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QTableView)
QT_FORWARD_DECLARE_CLASS(QTimer)

namespace minnow {

class FacetBar;
class RowPanel;
class RowTableModel;

class RowsView final : public QWidget {
  Q_OBJECT

 public:
  using SaveFormat = RowTools::SaveFormat;

  explicit RowsView(QWidget* parent = nullptr);
  RowTableModel* model() const { return m_model; }
  QTableView* table() const { return m_table; }
  RowPanel* panel() const { return m_panel; }
  const RowQuery& query() const { return m_query; }

  void setTask(const Task& task);
  void setState(const DataState& state);
  /// What the query found so far (it may grow; say so by grow()), or all rows.
  void setSource(std::shared_ptr<const RowSource> source);
  void grow();
  /// Certain rows, and why, until the filter changes or all are wanted again.
  void showChosen(std::shared_ptr<const RowSource> source, const QString& why);
  /// Rows of the source changed: in content, number or both.
  void refresh();
  void setFacets(const std::vector<Facet>& facets);
  void setSearching(const Progress& progress);
  void endSearching(bool stopped);
  void setUndo(bool canUndo, bool canRedo);
  void setTokens(const TokenizedRow& tokens);
  /// Shows what a query says, as if it had been typed and ticked.
  void showQuery(const RowQuery& query);
  /// Chooses the row at this place of the source.
  void chooseRow(int row);

 Q_SIGNALS:
  void queryChanged(const minnow::RowQuery& query);
  void searchCancelled();
  void editRequested(const minnow::Row& row);
  void addRequested();
  /// Rows by their places in the model's source.
  void deleteRequested(const QList<qint64>& places);
  void splitRequested(const QList<qint64>& places, minnow::Split split);
  void copyRequested(const QList<qint64>& places);
  void saveRequested(minnow::RowTools::SaveFormat format);
  void nothingChosen();  ///< something was to be done with the chosen rows, and there are none
  void undoRequested();
  void redoRequested();
  void tokensWanted(const minnow::Row& row);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void makeTable();
  void connectTools();
  void retranslateUi();
  void emitQuery();
  void showCount();
  void currentChanged();
  void chooseFirst();
  void deleteSelected();
  void setColumnWidths();
  QList<qint64> selectedPlaces() const;
  /// The same; says so where there are none.
  QList<qint64> placesToUse();

  Task m_task;
  DataState m_state;
  RowQuery m_query;
  RowTableModel* m_model;
  QTableView* m_table;
  RowPanel* m_panel;
  QLineEdit* m_search;
  FacetBar* m_facets;
  RowTools* m_tools;
  QLabel* m_count;
  QProgressBar* m_progress;
  QPushButton* m_cancel;
  QPushButton* m_clear;
  QString m_why;  ///< these rows are shown; empty: the query's
  QTimer* m_typing;
  bool m_searching = false, m_quiet = false;
};

}  // namespace minnow
