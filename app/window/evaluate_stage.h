// EvaluateStage: connects the Evaluate page with evaluations and the reports that lie in the project's runs.
#pragma once

#include <QTimer>

#include "app/window/evaluate_session.h"
#include "app/window/files_session.h"
#include "app/window/job_thread.h"
#include "app/window/stage.h"

namespace minnow {

class EvaluatePage;

class EvaluateStage final : public Stage {
  Q_OBJECT

 public:
  explicit EvaluateStage(WindowContext& context);
  ~EvaluateStage() override;
  StagePage* page() override;
  StageMark mark() const override;
  void retranslate() override {
    updateReason();
    readReports();
  }
  bool isBusy() const override { return m_session.isRunning(); }
  EvaluateSession& session() { return m_session; }

 private:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void projectChanged();
  void rowsChanged();
  void countRows();
  void showSources();
  void readReports();
  void updateReason();
  void openReport(const QString& path);
  void openRow(const QString& id);  ///< in Data, where it can be corrected
  void runChanged();                ///< the report shown is that of the run in use
  void tellOtherCheckpoint();       ///< … though perhaps of another of its checkpoints
  void show(const ShownReport& shown);
  void noteAbout(const ShownReport& shown, bool stopped);  ///< what a reader of the figures must know
  void askForFile();
  void showProgress(const Progress& progress);

  EvaluatePage* m_page;
  EvaluateSession m_session;
  FilesSession m_files;
  ShownReport m_shown;
  QStringList m_ownFiles;                         ///< files a person chose to evaluate on
  qint64 m_testRows = -1, m_validationRows = -1;  ///< with an answer; -1: not counted yet
  bool m_uncounted = true;                        ///< rows changed since they were counted
  QTimer m_settle;                                ///< between a change of rows and their counting
  JobHandle m_count;
  bool m_openNewest = false, m_toldOther = false;
  QString m_run;         ///< whose report is shown, or would be
  JobThread m_counting;  // last: it ends before what its jobs speak to
};

}  // namespace minnow
