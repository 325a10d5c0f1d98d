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
    qint64 first = 0;               ///< what was done at `since`
    qint64 since = 0, last = 0;     ///< ms after `began`: from when the rate counts, and the last advance
    bool restarts = false;          ///< the rate counts from the next advance on
    double remainingSeconds = -1;   ///< < 0: unknown
    double perSecond = 0;           ///< units; 0: unknown
    bool paused = false;
    bool waiting = false;  ///< for its turn, behind others
    std::function<void()> cancel;
    QElapsedTimer began;                  ///< when it began to run, after any waiting
    std::function<QString()> cancelText;  ///< "Cancel", or what stopping it means
  };

  using QObject::QObject;
  /// Returns the entry's id. `cancel` and `cancelText` may be empty.
  int begin(std::function<QString()> what, std::function<void()> cancel, std::function<QString()> cancelText = {});
  void advance(int id, const Progress& progress);  ///< rate and time left are worked out from the progress
  /// What the next advance tells as done was done before, and is no work of this job: a run that is resumed.
  void startHere(int id);
  void setRemaining(int id, double seconds);  ///< where the job itself knows better
  void setPaused(int id, bool paused);
  void setWaiting(int id, bool waiting);
  enum class End { done, failed, cancelled };  ///< one that was asked to stop and ended is done
  void end(int id, End how = End::done);
  const QList<Entry>& entries() const { return m_entries; }  ///< oldest first
  bool isEmpty() const { return m_entries.isEmpty(); }
  /// The one to show: the newest of those that run; where all wait, the first of them. Null when nothing runs.
  const Entry* front() const;
  const Entry* entry(int id) const;  ///< null: it is over

  /// "rows", "tokens", "steps", "files" and such in the window's language; another word as it is.
  static QString unitText(const std::string& unit);

 Q_SIGNALS:
  void changed();
  void jobEnded(const minnow::Activity::Entry& entry, minnow::Activity::End end);

 private:
  Entry* find(int id);
  QList<Entry> m_entries;
  int m_last = 0;
};

}  // namespace minnow
