// TrainSession: one training run at a time, from settings to report. The engine's events become signals on the GUI
// thread; between two steps the engine thread serves Try and waits while the run is paused.
#pragma once

#include <functional>
#include <stop_token>

#include "app/window/session.h"
#include "core/project/project_run.h"
#include "core/types/run_record.h"
#include "core/types/train_event.h"
#include "core/types/train_options.h"
#include "core/types/verdict.h"

namespace minnow {

class TrainSession final : public Session {
  Q_OBJECT

 public:
  using Session::Session;
  ~TrainSession() override;

  /// Starts a run (or resumes one, when options.resume_from_checkpoint is set). Needs an open project.
  void run(const TrainOptions& options);
  void setPaused(bool on);
  bool isPaused() const { return m_paused; }
  void stopRun();  ///< also a paused one

  /// The work that completes `options` from the open project: student, task's prompt style, run folder, and, for a new
  /// run without rows of its own, the project's rows as files. To be called on another thread; stopped, what it returns
  /// has no dataset.
  static std::function<ProjectRun(std::stop_token)> preparation(WindowContext& context, const TrainOptions& options);

 Q_SIGNALS:
  void rateTried(const minnow::RateTried& event);
  void settingsChosen(const minnow::AutoChoice& choice);
  void runStarted(const minnow::RunStarted& event);
  void stepDone(const minnow::StepDone& event);
  void evalDone(const minnow::EvalDone& event);
  /// Within a step too. `share` of the whole run, 0..1; seconds without the time it was paused, < 0: unknown yet.
  void progressMade(qint64 step, qint64 maxSteps, double share, double secondsLeft);
  void verdictChanged(const minnow::Verdict& verdict, qint64 validationRows);
  void checkpointSaved();
  void noted(const minnow::Notice& notice);
  void pausedChanged(bool on);
  /// `record.folder` is empty where it was stopped before there was a run folder.
  void finished(const minnow::TrainReport& report, const minnow::RunRecord& record);

 private:
  QString stopText() const override { return tr("Stop and keep"); }

  class Sink;
  bool m_paused = false;
};

}  // namespace minnow
