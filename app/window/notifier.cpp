// One message a job.
#include "app/window/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDir>
#include <QFileInfo>

namespace minnow {
namespace {

/// Asking Qt for a bus that isn't there may start one, and wait for it.
bool hasSessionBus() {
  if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")) return true;
  const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
  return !runtime.isEmpty() && QFileInfo::exists(QDir(runtime).filePath(QStringLiteral("bus")));
}

}  // namespace

Notifier::Notifier(Activity& activity, std::function<bool()> inFront, std::function<QString()> project, Send send,
                   double seconds, QObject* parent)
    : QObject(parent),
      m_inFront(std::move(inFront)),
      m_project(std::move(project)),
      m_send(std::move(send)),
      m_seconds(seconds) {
  connect(&activity, &Activity::jobEnded, this, &Notifier::jobEnded);
}

void Notifier::jobEnded(const Activity::Entry& entry, Activity::End end) {
  const double ran = static_cast<double>(entry.began.elapsed()) / 1000.0;
  if (end == Activity::End::cancelled || ran < m_seconds || m_inFront()) return;
  //: a notification; %1 is a job, e.g. Training
  const QString title = end == Activity::End::done ? tr("%1: done") : tr("%1: ended with an error");
  m_send(title.arg(entry.what()), m_project());
}

void Notifier::sendToDesktop(const QString& title, const QString& text) {
  if (!hasSessionBus()) return;
  const QString service = QStringLiteral("org.freedesktop.Notifications");
  QDBusMessage call = QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/Notifications"), service,
                                                     QStringLiteral("Notify"));
  const QString application = QStringLiteral("io.github.minnow.Minnow");  // its desktop file and icon
  constexpr int asTheDesktopLikes = -1;                                   // how long it stays, in ms
  // Name, the notification it replaces, icon, summary, body, actions, hints, time.
  call << QStringLiteral("Minnow") << 0U << application << title << text.toHtmlEscaped() << QStringList()
       << QVariantMap{{QStringLiteral("desktop-entry"), application}} << asTheDesktopLikes;
  QDBusConnection::sessionBus().asyncCall(call);
}

}  // namespace minnow
