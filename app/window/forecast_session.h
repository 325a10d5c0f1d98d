// ForecastSession: what a run with these settings would take. Opens the model and the rows, so it runs on the engine
// thread; a newer question makes an older answer stale.
#pragma once

#include "app/window/session.h"
#include "core/types/train_forecast.h"
#include "core/types/train_options.h"

namespace minnow {

class Project;

class ForecastSession final : public Session {
  Q_OBJECT

 public:
  explicit ForecastSession(WindowContext& context, QObject* parent = nullptr);
  ~ForecastSession() override { stopAndWait(); }
  /// Needs an open project. While a question is being answered the next one waits; only the newest is kept.
  void ask(const TrainOptions& options);
  void cancel();

 Q_SIGNALS:
  void answered(const minnow::TrainForecast& forecast);
  /// It couldn't be worked out; of the newest question only, as `answered`.
  void refused(const minnow::UserMessage& message);

 private:
  void begin(const TrainOptions& options);
  bool isStale() const;  ///< the question being answered is no longer the newest, or its project was left
  TrainOptions m_next;
  std::shared_ptr<Project> m_project;  ///< whose question is being answered
  bool m_waiting = false, m_dropped = false;
};

}  // namespace minnow
