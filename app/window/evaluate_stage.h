// EvaluateStage: connects the Evaluate page with evaluations and the reports that lie in the project's runs.
#pragma once

#include "app/window/evaluate_session.h"
#include "app/window/files_session.h"
#include "app/window/stage.h"

#include <QElapsedTimer>

namespace minnow {

class EvaluatePage;

class EvaluateStage final : public Stage {
  Q_OBJECT

 public:
  explicit EvaluateStage(WindowContext& context);
  StagePage* page() override;
  StageMark mark() const override;
  void retranslate() override {
    updateReason();
    readReports();
  }
  bool isBusy() const override { return m_session.isRunning(); }
  EvaluateSession& session() { return m_session; }

 private:
  void projectChanged();
  void readSources();
  void readReports();
  void updateReason();
  void openReport(const QString& path);
  void show(const ShownReport& shown);
  void askForFile();
  void showProgress(const Progress& progress);

  EvaluatePage* m_page;
  EvaluateSession m_session;
  FilesSession m_files;
  ShownReport m_shown;
  QStringList m_ownFiles;  ///< files a person chose to evaluate on
  qint64 m_testRows = -1, m_validationRows = -1;
  QElapsedTimer m_since;
  std::string m_side;
  bool m_openNewest = false;
};

}  // namespace minnow
