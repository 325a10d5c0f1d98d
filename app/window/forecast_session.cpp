// Forecasts.
#include "app/window/forecast_session.h"

#include <memory>

#include "app/window/stage.h"
#include "app/window/train_session.h"
#include "app/window/workspace.h"
#include "core/project/project.h"
#include "core/train/forecast.h"

namespace minnow {
namespace {

bool hasTestRows(const Project& project, std::stop_token stop) {
  bool found = false;
  project.for_each(
      [&found](std::int64_t, const Row& row) {
        found = row.split == Split::test && !row.label.empty();
        return !found;
      },
      std::move(stop));
  return found;
}

}  // namespace

ForecastSession::ForecastSession(WindowContext& context, QObject* parent) : Session(context, parent) {
  connect(this, &Session::failed, this, [this](const UserMessage& message) {
    if (!isStale()) Q_EMIT refused(message);
  });
}

bool ForecastSession::isStale() const { return m_dropped || m_waiting || m_project != context().workspace.project(); }

void ForecastSession::ask(const TrainOptions& options) {
  if (!isRunning()) return begin(options);
  m_next = options;
  if (!m_waiting) {
    m_waiting = true;
    connect(
        this, &Session::ended, this,
        [this] {
          if (!m_waiting) return;
          m_waiting = false;
          if (context().workspace.isOpen()) begin(m_next);
        },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
  }
  requestStop();
}

void ForecastSession::cancel() {
  m_waiting = false;
  m_dropped = true;
  requestStop();
}

void ForecastSession::begin(const TrainOptions& options) {
  m_dropped = false;
  m_project = context().workspace.project();
  const auto result = std::make_shared<TrainForecast>();
  auto prepare = TrainSession::preparation(context(), options);
  start(
      Where::engine, {},
      [result, prepare = std::move(prepare), project = context().workspace.project()](std::stop_token stop) {
        const ProjectRun run = prepare(stop);
        if (stop.stop_requested()) return;
        *result = forecast(run.options, stop);
        result->has_test_rows = hasTestRows(*project, stop);
        result->unreviewed_rows = run.left_out.needs_review;
        if (stop.stop_requested()) result->max_steps = 0;
      },
      [this, result] {
        if (result->max_steps > 0 && !isStale()) Q_EMIT answered(*result);
      });
}

}  // namespace minnow
