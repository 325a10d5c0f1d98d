// JobThread: one long-lived thread and its queue. Opening projects, imports and audits run on one ("files"), everything
// that computes on another (EngineThread), so that data stay editable while a model trains.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace minnow {

/// What a job's owner holds. Any thread; copies mean the same job.
class JobHandle {
 public:
  JobHandle() = default;
  void requestStop();   ///< seen by a busy thread at once, by a waiting job when its turn comes
  bool isDone() const;  ///< true for an empty handle
  void wait() const;    ///< until it is done; the thread that runs the job must not call it
  /// Like requestStop(), and a job whose turn hasn't come is taken out of the queue: true where it was, and it never
  /// runs.
  bool drop();

 private:
  friend class JobThread;
  friend class EngineThread;
  struct State;
  std::shared_ptr<State> m_state;
};

class JobThread {
 public:
  /// A job is to catch what it may throw; what escapes is written to stderr.
  using Job = std::function<void(std::stop_token stop)>;

  JobThread();
  virtual ~JobThread();  ///< asks every job to stop, waits for the one that runs, drops the others
  JobThread(const JobThread&) = delete;
  JobThread& operator=(const JobThread&) = delete;

  /// Behind the jobs there are. Any thread.
  JobHandle run(Job job);
  bool isIdle() const;
  /// Whether the caller runs on this thread. Tests hold the engine's calls to it.
  bool isCurrent() const { return std::this_thread::get_id() == m_thread.get_id(); }
  std::thread::id id() const { return m_thread.get_id(); }

 protected:
  struct Task;
  static JobHandle makeTask(Job job, Task* task);
  void serve(Task task);  ///< runs one task on this thread
  void shutDown();        ///< derived destructors call it first

  struct Task {
    Job job;
    std::shared_ptr<JobHandle::State> state;
  };
  mutable std::mutex m_mutex;
  std::condition_variable_any m_wake;
  std::deque<Task> m_jobs;
  std::deque<Task> m_requests;  ///< come before m_jobs; EngineThread's

 private:
  void loop(std::stop_token stop);
  bool m_busy = false;
  std::shared_ptr<JobHandle::State> m_current;
  std::jthread m_thread;
};

}  // namespace minnow
