// EarlierRunsView: the runs of a project in a table, to be opened or ticked to stand behind the curves.
#pragma once

#include <QWidget>
#include <vector>

#include "core/types/run_record.h"

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QModelIndex)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QTableView)

namespace minnow {

class EarlierRunsModel;

class EarlierRunsView final : public QWidget {
  Q_OBJECT

 public:
  explicit EarlierRunsView(QWidget* parent = nullptr);
  EarlierRunsModel* model() const { return m_model; }
  /// While a run is on its curves are those that are shown: others can be ticked, not opened.
  void setCanOpen(bool on);

 Q_SIGNALS:
  void openRequested(const minnow::RunRecord& run);
  void compareRequested(const minnow::RunRecord& run, bool on);
  void tableWanted();  ///< all columns, on a page of their own

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void updateButton();
  void hideColumns();
  void open(const QModelIndex& index);

  EarlierRunsModel* m_model;
  QTableView* m_table;
  QLabel* m_hint;
  QPushButton *m_open, *m_all;
  bool m_canOpen = true;
};

}  // namespace minnow
