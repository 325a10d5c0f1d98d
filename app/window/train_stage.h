// TrainStage: connects the Train page with forecasts, runs, their folders and the verdict's remedies.
#pragma once

#include <QTimer>

#include "app/window/files_session.h"
#include "app/window/forecast_session.h"
#include "app/window/stage.h"
#include "app/window/train_session.h"
#include "core/types/run_record.h"
#include "widgets/common/user_message.h"

namespace minnow {

class TrainPage;

class TrainStage final : public Stage {
  Q_OBJECT

 public:
  explicit TrainStage(WindowContext& context);
  StagePage* page() override;
  StageMark mark() const override;
  void retranslate() override;
  bool isBusy() const override { return m_session.isRunning(); }

  TrainSession& session() { return m_session; }
  /// The run whose curves and verdict are shown.
  const RunRecord& shown() const { return m_shown; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void connectPage();
  void connectSession();
  void projectChanged();
  void rowsChanged();
  void readRuns();
  /// `settings`: those in which they differ. `underWay`: another process trains the newest.
  void takeRuns(std::vector<RunRecord> runs, std::vector<SettingColumn> settings, bool underWay);
  void askBeforeDeleting(const RunRecord& run);
  void updateReason();
  void forecastAnew();  ///< what it rested on has changed: what is shown no longer holds
  void askForecast();
  void showForecastProblem();
  bool workspaceWrites() const;  ///< a project is open, and not for reading only
  void start(const TrainOptions& options);
  void resume();
  void show(const RunRecord& run);
  void showEarlierRun();  ///< where the new one ended before its first step
  void showVerdict(const Verdict& verdict, qint64 validationRows);
  void showRemedies();
  void remedy(Remedy remedy);
  void keepOptions(const QString& recipe, const TrainOptions& options);

  TrainPage* m_page;
  TrainSession m_session;
  ForecastSession m_forecast;
  FilesSession m_files;
  QTimer m_forecastTimer, m_lookTimer;  ///< the latter: for runs that another process writes
  int m_forecastWaits = 0;
  UserMessage m_forecastProblem;  ///< empty: it could be worked out
  RunRecord m_shown;
  std::vector<RunRecord> m_runs;
  qint64 m_stepInUse = 0;
  bool m_keeping = false;   ///< the settings that change are the page's own
  bool m_underWay = false;  ///< the newest run is being trained elsewhere
  bool m_showNewest = false, m_resumeWanted = false;
};

}  // namespace minnow
