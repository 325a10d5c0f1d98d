// EngineThread: the one thread on which the engine computes (libgomp keeps a pool of workers per calling thread). Long
// jobs queue; short requests (Try) are served at once when it is idle, between two steps of a job that calls
// pausePoint(), and while such a job is paused.
#pragma once

#include "app/window/job_thread.h"

namespace minnow {

class EngineThread final : public JobThread {
 public:
  EngineThread() = default;
  ~EngineThread() override;

  /// A short job that doesn't wait for the long one. Any thread.
  JobHandle request(Job job);

  /// Called on this thread by a job between its steps (a training sink, at StepDone and MicroBatchDone): serves what
  /// was requested, and while paused blocks until resume or stop.
  void pausePoint(std::stop_token stop);

  void setPaused(bool paused);  ///< any thread; a job that is started later isn't paused by it unless it is still set
  bool isPaused() const;

 private:
  bool m_paused = false;
};

}  // namespace minnow
