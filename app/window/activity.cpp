// What runs now.
#include "app/window/activity.h"

#include <algorithm>

namespace minnow {

int Activity::begin(std::function<QString()> what, std::function<void()> cancel, std::function<QString()> cancelText) {
  Entry entry;
  entry.id = ++m_last;
  entry.what = std::move(what);
  entry.cancel = std::move(cancel);
  entry.cancelText = std::move(cancelText);
  entry.began.start();
  m_entries += entry;
  Q_EMIT changed();
  return entry.id;
}

void Activity::advance(int id, const Progress& progress) {
  Entry* entry = find(id);
  if (entry == nullptr) return;
  const qint64 now = entry->began.elapsed();
  if (entry->restarts) {
    entry->restarts = false;
    entry->first = progress.done;
    entry->since = now;
  } else if (progress.done < entry->done) {  // another part of the job, begun when the one before was done
    entry->first = 0;
    entry->since = entry->last;
  }
  entry->last = now;
  entry->unit = unitText(progress.unit);
  entry->done = progress.done;
  entry->total = progress.total;
  const double seconds = static_cast<double>(now - entry->since) / 1000.0;
  entry->perSecond = seconds > 0.5 ? static_cast<double>(progress.done - entry->first) / seconds : 0.0;
  const bool known = entry->perSecond > 0 && progress.total > 0;
  entry->remainingSeconds = known ? static_cast<double>(progress.total - progress.done) / entry->perSecond : -1.0;
  Q_EMIT changed();
}

void Activity::startHere(int id) {
  if (Entry* entry = find(id)) entry->restarts = true;
}

const Activity::Entry* Activity::entry(int id) const {
  const auto at = std::find_if(m_entries.begin(), m_entries.end(), [id](const Entry& e) { return e.id == id; });
  return at == m_entries.end() ? nullptr : &*at;
}

void Activity::setRemaining(int id, double seconds) {
  if (Entry* entry = find(id)) {
    entry->remainingSeconds = seconds;
    Q_EMIT changed();
  }
}

void Activity::setPaused(int id, bool paused) {
  if (Entry* entry = find(id)) {
    if (entry->paused && !paused) entry->restarts = true;  // waiting was no work
    entry->paused = paused;
    Q_EMIT changed();
  }
}

void Activity::setWaiting(int id, bool waiting) {
  Entry* entry = find(id);
  if (entry == nullptr || entry->waiting == waiting) return;
  entry->waiting = waiting;
  entry->began.restart();
  Q_EMIT changed();
}

const Activity::Entry* Activity::front() const {
  for (auto entry = m_entries.crbegin(); entry != m_entries.crend(); ++entry)
    if (!entry->waiting) return &*entry;
  return m_entries.isEmpty() ? nullptr : &m_entries.constFirst();
}

void Activity::end(int id, End how) {
  const Entry* found = find(id);
  if (found == nullptr) return;
  const Entry entry = *found;
  m_entries.removeIf([id](const Entry& other) { return other.id == id; });
  Q_EMIT changed();
  Q_EMIT jobEnded(entry, how);
}

QString Activity::unitText(const std::string& unit) {
  if (unit == "rows") return tr("rows");
  if (unit == "tokens") return tr("tokens");
  if (unit == "steps") return tr("steps");
  if (unit == "files") return tr("files");
  if (unit == "bytes") return tr("bytes");
  if (unit == "lines") return tr("lines");
  if (unit == "tensors") return tr("tensors");
  return QString::fromStdString(unit);
}

Activity::Entry* Activity::find(int id) {
  const auto at = std::find_if(m_entries.begin(), m_entries.end(), [id](const Entry& e) { return e.id == id; });
  return at == m_entries.end() ? nullptr : &*at;
}

}  // namespace minnow
