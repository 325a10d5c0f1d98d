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
  void saveTask(const Task& task);
  void busy(std::function<QString()> what);

  DataPage* m_page;
  RowSearch m_search;
  RowEditor m_editor;
  TokenReader m_tokens;
  ImportSession m_import;
  CheckSession m_check;
  SaveSession m_save;
  RowQuery m_query;
  bool m_quietChange = false;  ///< rows changed in content only: those found stay
  bool m_countChanged = false;
  qint64 m_split = -1, m_leaking = -1;  ///< rows in a part, rows that leak; -1: not known
  QTimer* m_settle;
  QString m_folder;  ///< where files of rows were last read or written
};

}  // namespace minnow
