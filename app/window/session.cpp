// A job of the window.
#include "app/window/session.h"

#include <QMetaObject>
#include <chrono>

#include "app/window/engine_thread.h"
#include "app/window/error_text.h"
#include "app/window/stage.h"

namespace minnow {

Session::Session(WindowContext& context, QObject* parent) : QObject(parent), m_context(context) {}

Session::~Session() { stopAndWait(); }

void Session::stopAndWait() {
  m_job.drop();
  m_job.wait();
  if (m_activityId != 0) m_context.activity.end(m_activityId, Activity::End::cancelled);
  m_activityId = 0;
}

const Activity::Entry* Session::activity() const { return m_context.activity.entry(m_activityId); }

void Session::requestStop() {
  if (!m_running) return;
  if (!m_job.drop()) {
    Q_EMIT stopping();
    return;
  }
  end(Activity::End::cancelled);
  Q_EMIT cancelled();
  Q_EMIT ended();
}

void Session::start(Where where, std::function<QString()> what, JobThread::Job work, std::function<void()> finished) {
  Q_ASSERT(!m_running);
  const JobThread& thread = where == Where::files ? m_context.files : m_context.engine;
  m_running = true;
  m_waiting = !thread.isIdle();
  if (what) {
    m_activityId = m_context.activity.begin(
        std::move(what), [this] { requestStop(); }, [this] { return stopText(); });
    m_context.activity.setWaiting(m_activityId, m_waiting);
  }
  auto job = [this, work = std::move(work), finished = std::move(finished)](std::stop_token stop) {
    post([this] {
      m_waiting = false;
      if (m_activityId != 0) m_context.activity.setWaiting(m_activityId, false);
      Q_EMIT begun();
    });
    try {
      work(stop);
    } catch (...) {
      const UserMessage message = errorText(std::current_exception());
      post([this, message] {
        end(Activity::End::failed);
        Q_EMIT failed(message);
        Q_EMIT ended();
      });
      return;
    }
    post([this, finished] {
      end(Activity::End::done);
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

ProgressSink Session::serving(ProgressSink sink, EngineThread& engine, std::stop_token stop) {
  return [sink = std::move(sink), &engine, stop = std::move(stop)](const Progress& progress) {
    sink(progress);
    engine.pausePoint(stop);
  };
}

void Session::end(Activity::End how) {
  m_running = m_waiting = false;
  if (m_activityId != 0) m_context.activity.end(m_activityId, how);
  m_activityId = 0;
}

}  // namespace minnow
