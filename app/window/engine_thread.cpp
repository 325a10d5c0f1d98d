// Requests and pausing.
#include "app/window/engine_thread.h"

#include <cassert>

namespace minnow {

EngineThread::~EngineThread() {
  setPaused(false);
  shutDown();
}

JobHandle EngineThread::request(Job job) {
  Task task;
  JobHandle handle = makeTask(std::move(job), &task);
  {
    const std::lock_guard lock(m_mutex);
    m_requests.push_back(std::move(task));
  }
  m_wake.notify_all();
  return handle;
}

void EngineThread::pausePoint(std::stop_token stop) {
  assert(isCurrent());
  std::unique_lock lock(m_mutex);
  for (;;) {
    if (stop.stop_requested()) return;
    if (!m_requests.empty()) {
      Task task = std::move(m_requests.front());
      m_requests.pop_front();
      lock.unlock();
      serve(std::move(task));
      lock.lock();
    } else if (m_paused) {
      m_wake.wait(lock, stop, [this] { return !m_paused || !m_requests.empty(); });
    } else {
      return;
    }
  }
}

void EngineThread::setPaused(bool paused) {
  {
    const std::lock_guard lock(m_mutex);
    m_paused = paused;
  }
  m_wake.notify_all();
}

bool EngineThread::isPaused() const {
  const std::lock_guard lock(m_mutex);
  return m_paused;
}

}  // namespace minnow
