// DataPage: the rows that the student learns from: five views of them (rows, where they come from, checks, split, the
// task), each with its own primary button. Asks by signals, shows what sessions hand over.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/types/progress.h"
#include "core/types/row_query.h"
#include "core/types/row_source.h"
#include "core/types/task.h"
#include "widgets/common/stage_page.h"
#include "widgets/data/data_types.h"

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QProgressBar)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QStackedWidget)
QT_FORWARD_DECLARE_CLASS(QTabBar)

namespace minnow {

class ChecksView;
class EmptyState;
class ImportView;
class RowsView;
class SplitView;
class TaskView;

class DataPage final : public StagePage {
  Q_OBJECT

 public:
  enum class View { rows, import, checks, split, task };
  /// Where the rows as they are lead to.
  enum class Next { none, rows, label, split, train };

  explicit DataPage(QWidget* parent = nullptr);
  RowsView* rowsView() const { return m_rows; }
  ImportView* importView() const { return m_import; }
  ChecksView* checksView() const { return m_checks; }
  SplitView* splitView() const { return m_split; }
  TaskView* taskView() const { return m_task; }

  void setState(const DataState& state);
  void setTask(const Task& task);
  View view() const;
  void showView(View view);

  /// Work that holds up other changes of the rows: shown in the footer with a Cancel.
  void setBusy(std::function<QString()> what);  ///< asked again when the language changes
  void setProgress(const Progress& progress);
  void setIdle();

 Q_SIGNALS:
  void importFileWanted();
  void importFileGiven(const QString& file);
  void importConfirmed(const minnow::ImportWish& wish);
  void checkRequested();
  void splitWanted(const minnow::SplitRequest& request);
  /// `origins`: per field its key in the task as it was; "" for a new one.
  void taskSaved(const minnow::Task& task, const QStringList& origins);
  void cancelRequested();
  void undoRequested();
  void redoRequested();
  void labelWanted();  ///< on to the stage Label
  void trainWanted();

 protected:
  void retranslateUi() override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void makeUndoKeys();
  void primary();
  void present();
  Next next() const;
  void goOn();
  bool isEmpty() const { return m_state.open && m_state.rows == 0; }

  DataState m_state;
  Task m_taskShown;
  bool m_hasTask = false, m_busy = false;
  std::function<QString()> m_busyWith;
  QTabBar* m_tabs;
  QStackedWidget* m_stack;
  EmptyState* m_empty;
  RowsView* m_rows;
  ImportView* m_import;
  ChecksView* m_checks;
  SplitView* m_split;
  TaskView* m_task;
  QLabel* m_progressText;
  QProgressBar* m_progress;
  QPushButton* m_cancel;
};

}  // namespace minnow
