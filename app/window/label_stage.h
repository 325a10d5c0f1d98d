// LabelStage: a teacher answers raw rows; a person reviews what is doubtful.
#pragma once

#include <memory>

#include "app/window/label_session.h"
#include "app/window/row_editor.h"
#include "app/window/stage.h"
#include "core/types/progress.h"

QT_FORWARD_DECLARE_CLASS(QTimer)

namespace minnow {

class LabelPage;
class Project;

class LabelStage final : public Stage {
  Q_OBJECT

 public:
  explicit LabelStage(WindowContext& context);
  ~LabelStage() override;
  StagePage* page() override;
  StageMark mark() const override;
  void retranslate() override { showState(); }
  bool isBusy() const override { return m_label.isRunning(); }

 private:
  void connectPage();
  void connectSession();
  void openProject();
  void closeProject();
  /// Counts the states and finds the doubtful rows; `queue`: shows them as the new queue.
  void look(bool queue);
  void showState();
  void tellProgress(const Progress& progress);
  void askNext();

  LabelPage* m_page;
  LabelSession m_label;
  RowEditor m_editor;
  LabelState m_state;
  QStringList m_again;  ///< rows that wait to be asked once more
  QTimer* m_settle;
  bool m_asking = false, m_trying = false, m_wantsQueue = true;
  quint64 m_looked = 0;
  std::shared_ptr<Project> m_lookedAt;
  JobHandle m_look;
  JobThread m_thread;  // last: it ends before what its jobs speak to
};

}  // namespace minnow
