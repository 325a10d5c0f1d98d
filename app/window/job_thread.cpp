// A thread and its queue.
#include "app/window/job_thread.h"

#include <cstdio>
#include <exception>

namespace minnow {

struct JobHandle::State {
  std::stop_source stop;
  mutable std::mutex mutex;
  mutable std::condition_variable done_changed;
  bool begun = false;
  bool done = false;

  /// False when it was dropped.
  bool begin() {
    const std::lock_guard lock(mutex);
    begun = true;
    return !done;
  }

  void finish() {
    {
      const std::lock_guard lock(mutex);
      done = true;
    }
    done_changed.notify_all();
  }
};

void JobHandle::requestStop() {
  if (m_state) m_state->stop.request_stop();
}

bool JobHandle::drop() {
  if (!m_state) return false;
  m_state->stop.request_stop();
  {
    const std::lock_guard lock(m_state->mutex);
    if (m_state->begun || m_state->done) return false;
    m_state->done = true;
  }
  m_state->done_changed.notify_all();
  return true;
}

bool JobHandle::isDone() const {
  if (!m_state) return true;
  const std::lock_guard lock(m_state->mutex);
  return m_state->done;
}

void JobHandle::wait() const {
  if (!m_state) return;
  std::unique_lock lock(m_state->mutex);
  m_state->done_changed.wait(lock, [this] { return m_state->done; });
}

JobThread::JobThread() : m_thread([this](std::stop_token stop) { loop(stop); }) {}

JobThread::~JobThread() { shutDown(); }

void JobThread::shutDown() {
  if (!m_thread.joinable()) return;
  {
    const std::lock_guard lock(m_mutex);
    if (m_current) m_current->stop.request_stop();
    for (auto* queue : {&m_jobs, &m_requests}) {
      for (Task& task : *queue) task.state->finish();
      queue->clear();
    }
  }
  m_thread.request_stop();
  m_wake.notify_all();
  m_thread.join();
}

JobHandle JobThread::makeTask(Job job, Task* task) {
  JobHandle handle;
  handle.m_state = std::make_shared<JobHandle::State>();
  *task = {std::move(job), handle.m_state};
  return handle;
}

JobHandle JobThread::run(Job job) {
  Task task;
  JobHandle handle = makeTask(std::move(job), &task);
  {
    const std::lock_guard lock(m_mutex);
    m_jobs.push_back(std::move(task));
  }
  m_wake.notify_all();
  return handle;
}

bool JobThread::isIdle() const {
  const std::lock_guard lock(m_mutex);
  return !m_busy && m_jobs.empty() && m_requests.empty();
}

void JobThread::serve(Task task) {
  if (!task.state->begin()) return;
  try {
    task.job(task.state->stop.get_token());
  } catch (const std::exception& e) {
    std::fprintf(stderr, "minnow: a job ended by an exception that it should have caught: %s\n", e.what());
  }
  task.job = nullptr;  // what it captured goes before anyone who waits goes on
  task.state->finish();
}

void JobThread::loop(std::stop_token stop) {
  std::unique_lock lock(m_mutex);
  while (m_wake.wait(lock, stop, [this] { return !m_jobs.empty() || !m_requests.empty(); })) {
    auto& queue = m_requests.empty() ? m_jobs : m_requests;
    Task task = std::move(queue.front());
    queue.pop_front();
    m_busy = true;
    m_current = task.state;
    lock.unlock();
    serve(std::move(task));
    lock.lock();
    m_busy = false;
    m_current.reset();
    if (stop.stop_requested()) return;
  }
}

}  // namespace minnow
