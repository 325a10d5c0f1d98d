// FilesSession: reading and writing small things off the GUI thread, one after the other on the files thread.
#pragma once

#include <deque>

#include "app/window/session.h"

namespace minnow {

class FilesSession final : public Session {
  Q_OBJECT

 public:
  explicit FilesSession(WindowContext& context, QObject* parent = nullptr);
  ~FilesSession() override { stopAndWait(); }

  /// `work` on the files thread, then `finished` on the GUI thread; behind what was asked for before. What `work`
  /// throws is told by failed().
  void ask(std::function<void()> work, std::function<void()> finished);

 private:
  void next();
  std::deque<std::pair<std::function<void()>, std::function<void()>>> m_waiting;
};

}  // namespace minnow
