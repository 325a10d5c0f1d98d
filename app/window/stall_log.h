// StallLog: how long the event loop was kept from running, written down while the window is used (--stall-log FILE).
#pragma once

#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QTimer>
#include <functional>

namespace minnow {

/// A timer ticks every 10 ms on the GUI thread; what a tick comes too late by is the stall. Stalls over 50 ms become a
/// line "seconds since start<TAB>milliseconds<TAB>what was running"; the end adds a summary.
class StallLog final : public QObject {
  Q_OBJECT

 public:
  static constexpr int tick = 10, worthALine = 50;  // ms
  explicit StallLog(const QString& file, QObject* parent = nullptr);
  ~StallLog() override;
  bool isOpen() const { return m_file.isOpen(); }
  /// Asked when a stall is written.
  void setContext(std::function<QString()> context) { m_context = std::move(context); }
  int count() const { return m_count; }
  qint64 longest() const { return m_longest; }

 private:
  void look();
  QFile m_file;
  QTimer m_timer;
  QElapsedTimer m_start, m_since;
  std::function<QString()> m_context;
  int m_count = 0;
  qint64 m_ticks = 0, m_longest = 0;
};

}  // namespace minnow
