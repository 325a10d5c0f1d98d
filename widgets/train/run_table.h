// RunTable: all runs of a project side by side: what they scored, how long they took, the settings in which they
// differ; to be named, noted, opened, put to use and deleted.
#pragma once

#include <QWidget>

#include "core/types/run_record.h"

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QTableView)

namespace minnow {

class EarlierRunsModel;

class RunTable final : public QWidget {
  Q_OBJECT

 public:
  /// `model` must outlive it.
  explicit RunTable(EarlierRunsModel* model, QWidget* parent = nullptr);
  /// `open`: no run is on; `write`: the project isn't for reading only.
  void setAllowed(bool open, bool write);

 Q_SIGNALS:
  void closed();
  void openRequested(const minnow::RunRecord& run);
  void useRequested(const minnow::RunRecord& run);
  void deleteRequested(const minnow::RunRecord& run);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void updateButtons();
  const RunRecord* chosen() const;  ///< null: none
  void copyTable() const;

  EarlierRunsModel* m_model;
  QTableView* m_table;
  QLabel *m_title, *m_lead;
  QPushButton *m_back, *m_open, *m_use, *m_delete, *m_copy;
  bool m_mayOpen = true, m_mayWrite = false;
};

}  // namespace minnow
