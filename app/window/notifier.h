// Notifier: tells the desktop when a long job ended while the window wasn't the one in front. Silent on a desktop that
// shows no notifications.
#pragma once

#include <QObject>
#include <functional>

#include "app/window/activity.h"

namespace minnow {

class Notifier final : public QObject {
  Q_OBJECT

 public:
  using Send = std::function<void(const QString& title, const QString& text)>;
  /// `project` names the open project, which is the notification's text. Jobs shorter than `seconds` aren't told of.
  Notifier(Activity& activity, std::function<bool()> inFront, std::function<QString()> project, Send send,
           double seconds = 10.0, QObject* parent = nullptr);

  /// By D-Bus, org.freedesktop.Notifications; doesn't wait for an answer.
  static void sendToDesktop(const QString& title, const QString& text);

 private:
  void jobEnded(const Activity::Entry& entry, Activity::End end);
  std::function<bool()> m_inFront;
  std::function<QString()> m_project;
  Send m_send;
  double m_seconds;
};

}  // namespace minnow
