// Measures the event loop.
#include "app/window/stall_log.h"

namespace minnow {

StallLog::StallLog(const QString& file, QObject* parent) : QObject(parent), m_file(file) {
  if (!m_file.open(QIODevice::WriteOnly | QIODevice::Text)) return;
  m_timer.setTimerType(Qt::PreciseTimer);
  m_timer.setInterval(tick);
  connect(&m_timer, &QTimer::timeout, this, &StallLog::look);
  m_start.start();
  m_since.start();
  m_timer.start();
}

StallLog::~StallLog() {
  if (!m_file.isOpen()) return;
  m_file.write(QStringLiteral("# %1 s, %2 ticks, %3 stalls over %4 ms, longest %5 ms\n")
                   .arg(static_cast<double>(m_start.elapsed()) / 1000.0, 0, 'f', 1)
                   .arg(m_ticks)
                   .arg(m_count)
                   .arg(worthALine)
                   .arg(m_longest)
                   .toUtf8());
}

void StallLog::look() {
  const qint64 late = m_since.restart() - tick;
  ++m_ticks;
  m_longest = std::max(m_longest, late);
  if (late <= worthALine) return;
  ++m_count;
  const QString context = m_context ? m_context() : QString();
  m_file.write(QStringLiteral("%1\t%2\t%3\n")
                   .arg(static_cast<double>(m_start.elapsed()) / 1000.0, 0, 'f', 3)
                   .arg(late)
                   .arg(context)
                   .toUtf8());
  m_file.flush();
}

}  // namespace minnow
