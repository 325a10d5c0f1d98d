// Session: one job of the window at a time, from the click to its end. Lives on the GUI thread; the work runs on a
// JobThread. Every start() ends in exactly one call of `finished` or one signal failed(), on the GUI thread, followed
// by ended(). Stopping is an outcome of the work, not a failure.
#pragma once

#include <QObject>
#include <functional>

#include "app/window/job_thread.h"
#include "core/types/progress.h"
#include "widgets/common/user_message.h"

namespace minnow {

struct WindowContext;

class Session : public QObject {
  Q_OBJECT

 public:
  explicit Session(WindowContext& context, QObject* parent = nullptr);
  ~Session() override;
  bool isRunning() const { return m_running; }
  void requestStop();  ///< seen by the busy thread; the session ends a moment later

 Q_SIGNALS:
  void started();
  void progressed(const minnow::Progress& progress);
  void failed(const minnow::UserMessage& message);
  void ended();

 protected:
  enum class Where { engine, engineSoon, files };  ///< engineSoon: a request, served between the steps of a run
  /// `work` captures values only, never members: it may outlive nothing but `this`. `what` is for the status bar, in
  /// the language of the moment it is asked; an empty one keeps it out of there. Not while isRunning().
  void start(Where where, std::function<QString()> what, JobThread::Job work, std::function<void()> finished);

  /// For work: runs `deed` on the GUI thread. Thread: any, while the work runs.
  void post(std::function<void()> deed);
  /// A sink for the engine's progress: thinned to about ten a second, posted as progressed() and to the status bar.
  ProgressSink progressSink();

  /// Derived destructors call it first.
  void stopAndWait();

  WindowContext& context() const { return m_context; }
  int activityId() const { return m_activityId; }

 private:
  void end();
  WindowContext& m_context;
  JobHandle m_job;
  bool m_running = false;
  int m_activityId = 0;
};

}  // namespace minnow
