// What runs now.
#include "app/window/activity.h"

#include <algorithm>

namespace minnow {

int Activity::begin(std::function<QString()> what, std::function<void()> cancel) {
  Entry entry;
  entry.id = ++m_last;
  entry.what = std::move(what);
  entry.cancel = std::move(cancel);
  entry.since.start();
  m_entries += entry;
  Q_EMIT changed();
  return entry.id;
}

void Activity::advance(int id, const Progress& progress) {
  Entry* entry = find(id);
  if (entry == nullptr) return;
  // What was there before is no work of now: a run that is resumed, another part of the job.
  if (entry->first < 0 || progress.done < entry->done) {
    entry->first = progress.done;
    entry->since.restart();
  }
  entry->unit = unitText(progress.unit);
  entry->done = progress.done;
  entry->total = progress.total;
  const double seconds = static_cast<double>(entry->since.elapsed()) / 1000.0;
  entry->perSecond = seconds > 0.5 ? static_cast<double>(progress.done - entry->first) / seconds : 0.0;
  const bool known = entry->perSecond > 0 && progress.total > 0;
  entry->remainingSeconds = known ? static_cast<double>(progress.total - progress.done) / entry->perSecond : -1.0;
  Q_EMIT changed();
}

void Activity::setRemaining(int id, double seconds) {
  if (Entry* entry = find(id)) {
    entry->remainingSeconds = seconds;
    Q_EMIT changed();
  }
}

void Activity::setPaused(int id, bool paused) {
  if (Entry* entry = find(id)) {
    if (entry->paused && !paused) entry->first = -1;  // waiting was no work either
    entry->paused = paused;
    Q_EMIT changed();
  }
}

void Activity::end(int id) {
  m_entries.removeIf([id](const Entry& entry) { return entry.id == id; });
  Q_EMIT changed();
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
