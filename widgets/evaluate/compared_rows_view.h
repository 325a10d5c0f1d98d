// ComparedRowsView: the rows of a report side by side, with filters, search, and what can be copied or saved of them.
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "core/types/compared_row.h"
#include "core/types/evaluate_report.h"
#include "widgets/common/user_message.h"
#include "widgets/evaluate/compared_rows_model.h"

QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QLineEdit)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QTableView)

namespace minnow {

class ComparedRowsView final : public QWidget {
  Q_OBJECT

 public:
  explicit ComparedRowsView(QWidget* parent = nullptr);
  /// Null: no rows.
  void setReport(const EvaluateReport* report, std::vector<ComparedRow> rows);
  void showRows(const RowFilter& filter);
  ComparedRowsModel* rows() const { return m_rows; }
  ComparedRowsFilter* filtered() const { return m_filtered; }

 Q_SIGNALS:
  void countChanged(int shown);
  void rowActivated(const QString& id);
  void noted(const std::function<QString()>& text);
  void failed(const minnow::UserMessage& message);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void showFilter();
  void applyFilterControls();
  QString filterText() const;
  std::vector<int> shownRows() const;
  void copyTable();
  void saveTable();

  ComparedRowsModel* m_rows;
  ComparedRowsFilter* m_filtered;
  std::vector<FieldError> m_kinds;  ///< what m_errorBox offers
  bool m_showing = false;
  QTableView* m_table;
  QLineEdit* m_search;
  QLabel* m_filterLabel;
  QComboBox *m_outcomeBox, *m_fieldBox, *m_errorBox, *m_sideBox;
  QPushButton *m_clear, *m_copy, *m_saveRows;
};

}  // namespace minnow
