// One after the other.
#include "app/window/files_session.h"

namespace minnow {

FilesSession::FilesSession(WindowContext& context, QObject* parent) : Session(context, parent) {
  // Queued: what asks within `finished` has had its turn by then.
  connect(
      this, &Session::ended, this,
      [this] {
        if (!m_waiting.empty() && !isRunning()) next();
      },
      Qt::QueuedConnection);
}

void FilesSession::ask(std::function<void()> work, std::function<void()> finished) {
  m_waiting.emplace_back(std::move(work), std::move(finished));
  if (isRunning()) return;
  next();
}

void FilesSession::next() {
  auto [work, finished] = std::move(m_waiting.front());
  m_waiting.pop_front();
  start(
      Where::files, {},
      [work = std::move(work)](std::stop_token stop) {
        if (!stop.stop_requested()) work();
      },
      std::move(finished));
}

}  // namespace minnow
