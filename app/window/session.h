// Session: one job of the window at a time, from the click to its end. Lives on the GUI thread; the work runs on a
// JobThread. Every start() ends in exactly one call of `finished` or one signal failed() or cancelled(), on the GUI
// thread, followed by ended(). Stopping is an outcome of the work, not a failure.
#pragma once

#include <QObject>
#include <functional>

#include "app/window/activity.h"
#include "app/window/job_thread.h"
#include "core/types/progress.h"
#include "widgets/common/user_message.h"

namespace minnow {

class EngineThread;
struct WindowContext;

class Session : public QObject {
  Q_OBJECT

 public:
  explicit Session(WindowContext& context, QObject* parent = nullptr);
  ~Session() override;
  bool isRunning() const { return m_running; }
  /// As the status bar shows it: pages that tell rate and time left tell these. Null: not in the status bar.
  const Activity::Entry* activity() const;
  bool isWaiting() const { return m_waiting; }  ///< behind other jobs of its thread
  /// Seen by the busy thread, the session ends a moment later; a job that still waits ends at once.
  void requestStop();

 Q_SIGNALS:
  void started();
  void begun();      ///< its turn has come
  void stopping();   ///< it was asked to stop while it ran
  void cancelled();  ///< it was taken out of the queue: nothing was done
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
  /// The same within work of the engine: whenever it tells progress, what was requested meanwhile (Try) is served.
  static ProgressSink serving(ProgressSink sink, EngineThread& engine, std::stop_token stop);
  /// What the status bar's button says.
  virtual QString stopText() const { return tr("Cancel"); }

  /// Derived destructors call it first.
  void stopAndWait();

  WindowContext& context() const { return m_context; }
  int activityId() const { return m_activityId; }

 private:
  void end(Activity::End how);
  WindowContext& m_context;
  JobHandle m_job;
  bool m_running = false, m_waiting = false;
  int m_activityId = 0;
};

}  // namespace minnow
