// A job of the window.
#include "app/window/session.h"

#include <QMetaObject>
#include <chrono>

#include "app/window/activity.h"
#include "app/window/engine_thread.h"
#include "app/window/error_text.h"
#include "app/window/stage.h"

namespace minnow {

Session::Session(WindowContext& context, QObject* parent) : QObject(parent), m_context(context) {}

Session::~Session() { stopAndWait(); }

void Session::stopAndWait() {
  m_job.drop();
  m_job.wait();
  if (m_activityId != 0) m_context.activity.end(m_activityId);
  m_activityId = 0;
}

void Session::requestStop() { m_job.requestStop(); }

void Session::start(Where where, std::function<QString()> what, JobThread::Job work, std::function<void()> finished) {
  Q_ASSERT(!m_running);
  m_running = true;
  if (what) m_activityId = m_context.activity.begin(std::move(what), [this] { requestStop(); });
  auto job = [this, work = std::move(work), finished = std::move(finished)](std::stop_token stop) {
    try {
      work(stop);
    } catch (...) {
      const UserMessage message = errorText(std::current_exception());
      post([this, message] {
        end();
        Q_EMIT failed(message);
        Q_EMIT ended();
      });
      return;
    }
    post([this, finished] {
      end();
      if (finished) finished();
      Q_EMIT ended();
    });
  };
  switch (where) {
    case Where::engine:
      m_job = m_context.engine.run(std::move(job));
      break;
    case Where::engineSoon:
      m_job = m_context.engine.request(std::move(job));
      break;
    case Where::files:
      m_job = m_context.files.run(std::move(job));
      break;
  }
  Q_EMIT started();
}

void Session::post(std::function<void()> deed) {
  QMetaObject::invokeMethod(this, std::move(deed), Qt::QueuedConnection);
}

// Figures that change faster can't be read, and each lays out lines of text beside the engine's work.
constexpr auto betweenPosts = std::chrono::milliseconds(100);

ProgressSink Session::progressSink() {
  using Clock = std::chrono::steady_clock;
  return [this, last = Clock::time_point()](const Progress& progress) mutable {
    const auto now = Clock::now();
    if (now - last < betweenPosts && progress.done != progress.total) return;
    last = now;
    post([this, progress] {
      if (m_activityId != 0) m_context.activity.advance(m_activityId, progress);
      Q_EMIT progressed(progress);
    });
  };
}

void Session::end() {
  m_running = false;
  if (m_activityId != 0) m_context.activity.end(m_activityId);
  m_activityId = 0;
}

}  // namespace minnow
