// Activity: what runs now, for the status bar: name, progress, rate, time left, how to cancel it. GUI thread only.
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>
#include <functional>

#include "core/types/progress.h"

namespace minnow {

class Activity final : public QObject {
  Q_OBJECT

 public:
  struct Entry {
    int id = 0;
    std::function<QString()> what;  ///< "Training", in the language of now
    QString unit;                   ///< "rows", translated; empty: the total is a share
    qint64 done = 0, total = 0;     ///< total 0: unknown
    qint64 first = -1;              ///< what was done when `since` began; < 0: not told yet
    double remainingSeconds = -1;   ///< < 0: unknown
    double perSecond = 0;           ///< units; 0: unknown
    bool paused = false;
    std::function<void()> cancel;
    QElapsedTimer since;
  };

  using QObject::QObject;
  /// Returns the entry's id. `cancel` may be empty.
  int begin(std::function<QString()> what, std::function<void()> cancel);
  void advance(int id, const Progress& progress);  ///< rate and time left are worked out from the progress
  void setRemaining(int id, double seconds);       ///< where the job itself knows better
  void setPaused(int id, bool paused);
  void end(int id);
  const QList<Entry>& entries() const { return m_entries; }  ///< oldest first
  bool isEmpty() const { return m_entries.isEmpty(); }

  /// "rows", "tokens", "steps", "files" and such in the window's language; another word as it is.
  static QString unitText(const std::string& unit);

 Q_SIGNALS:
  void changed();

 private:
  Entry* find(int id);
  QList<Entry> m_entries;
  int m_last = 0;
};

}  // namespace minnow
