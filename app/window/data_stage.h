// DataStage: the project's rows: searched, edited, imported, checked, split and saved.
#pragma once

#include <QStringList>
#include <functional>
#include <memory>

#include "app/window/check_session.h"
#include "app/window/import_session.h"
#include "app/window/row_editor.h"
#include "app/window/row_search.h"
#include "app/window/save_session.h"
#include "app/window/stage.h"
#include "app/window/token_reader.h"
#include "core/types/row_query.h"

QT_FORWARD_DECLARE_CLASS(QTimer)

namespace minnow {

class DataPage;

class DataStage final : public Stage {
  Q_OBJECT

 public:
  explicit DataStage(WindowContext& context);
  ~DataStage() override;
  StagePage* page() override;
  StageMark mark() const override;
  void retranslate() override { showState(); }
  bool isBusy() const override;

 private:
  void connectPage();
  void connectSearch();
  void connectEditor();
  void connectSessions();
  void openProject();
  void closeProject();
  void showState();
  void search(const RowQuery& query);
  void rowsChanged();
  void showRows(const QStringList& ids, const QString& why);
  void addRow(const QString& input, const QString& label);
  void chooseFile();
  void saveRows(int format);
  void saveTask(const Task& task, const QStringList& origins);
  void changeTask(const TaskChange& change);
  void followTask();
  void busy(std::function<QString()> what);
  bool mayStart();  ///< whether nothing else changes the rows; else the page says so
  void showTask(const Task& task);
  void undo();
  void redo();
  void tellWhatWasDone(RowEditor::Act act, qint64 rows);

  DataPage* m_page;
  RowSearch m_search;
  RowEditor m_editor;
  TokenReader m_tokens;
  ImportSession m_import;
  CheckSession m_check;
  SaveSession m_save;
  RowQuery m_query;
  bool m_quietChange = false;  ///< rows changed in content only: those found stay
  bool m_savingTask = false;   ///< the Task view's, from the click until the rows have followed
  bool m_countChanged = false;
  bool m_canUndo = false, m_canRedo = false;
  qint64 m_split = -1, m_leaking = -1, m_answered = -1;  ///< rows in a split, that leak, with an answer; -1: not known
  int m_editing = 0;  ///< the status bar's entry for a change of rows that takes a while
  QTimer* m_settle;
  QTimer* m_slow;
  QString m_folder;  ///< where files of rows were last read or written
};

}  // namespace minnow
