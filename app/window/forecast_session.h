// ForecastSession: what a run with these settings would take. Opens the model and the rows, so it runs on the engine
// thread; a newer question makes an older answer stale.
#pragma once

#include "app/window/session.h"
#include "core/types/train_forecast.h"
#include "core/types/train_options.h"

namespace minnow {

class ForecastSession final : public Session {
  Q_OBJECT

 public:
  using Session::Session;
  ~ForecastSession() override { stopAndWait(); }
  /// Needs an open project. While a question is being answered the next one waits; only the newest is kept.
  void ask(const TrainOptions& options);
  void cancel();

 Q_SIGNALS:
  void answered(const minnow::TrainForecast& forecast);

 private:
  void begin(const TrainOptions& options);
  TrainOptions m_next;
  bool m_waiting = false;
};

}  // namespace minnow
