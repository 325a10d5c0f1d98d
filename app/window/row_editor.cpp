// An edit that meets a short write of somebody else (an answer being recorded) waits for its turn.
#include "app/window/row_editor.h"

#include <QMetaObject>
#include <chrono>
#include <thread>

#include "app/window/error_text.h"
#include "core/project/project.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr auto patience = std::chrono::seconds(2);  // an import or a split takes longer, and is told

std::vector<Row> rowsAt(const RowSource& source, const QList<qint64>& places) {
  std::vector<Row> rows;
  for (qsizetype i = 0; i < places.size();) {
    qsizetype end = i + 1;
    while (end < places.size() && places.at(end) == places.at(end - 1) + 1) ++end;
    for (Row& row : source.rows(places.at(i), end - i)) rows.push_back(std::move(row));
    i = end;
  }
  return rows;
}

UserMessage busyMessage(const Error& error) {
  return {RowEditor::tr("The rows are being written just now"),
          RowEditor::tr("Try again once the import, check or split is done."), QString::fromUtf8(error.what())};
}

/// A row isn't any more what an undo would take back.
struct ChangedSince {
  QString id;
  UserMessage message() const {
    return {RowEditor::tr("Row %1 was changed since").arg(id),
            RowEditor::tr("It is left as it is; change it by hand."),
            {},
            [*this] { return message(); }};
  }
};

}  // namespace

RowEditor::RowEditor(QObject* parent) : QObject(parent) {}

RowEditor::~RowEditor() {
  m_thread.run([](std::stop_token) {}).wait();
}

void RowEditor::setProject(std::shared_ptr<Project> project) {
  m_project = std::move(project);
  if (!m_project) {
    Q_EMIT undoChanged(false, false);
    return;
  }
  m_thread.run([this, project = m_project](std::stop_token) {
    const bool canUndo = project->can_undo(), canRedo = project->can_redo();
    QMetaObject::invokeMethod(
        this, [this, canUndo, canRedo] { Q_EMIT undoChanged(canUndo, canRedo); }, Qt::QueuedConnection);
  });
}

void RowEditor::run(Act act, qint64 rows, Work work) {
  if (!m_project) return;
  if (m_waiting++ == 0) Q_EMIT workingChanged(true);
  m_thread.run([this, project = m_project, act, rows, work = std::move(work)](std::stop_token stop) {
    UserMessage message;
    QStringList ids;
    const std::int64_t before = project->count();
    const auto begun = std::chrono::steady_clock::now();
    for (;;) {
      try {
        for (const std::string& id : work(*project)) ids += QString::fromStdString(id);
        break;
      } catch (const Error& error) {
        const bool turn = error.kind() == ErrorKind::busy && !project->is_read_only();
        if (turn && std::chrono::steady_clock::now() - begun < patience && !stop.stop_requested()) {
          std::this_thread::sleep_for(std::chrono::milliseconds(10));
          continue;
        }
        message = turn ? busyMessage(error) : errorText(std::current_exception());
        break;
      } catch (const ChangedSince& changed) {
        message = changed.message();
        break;
      } catch (...) {
        message = errorText(std::current_exception());
        break;
      }
    }
    const std::int64_t more = project->count() - before;
    const bool back = act == Act::undo || act == Act::redo;
    const bool canUndo = project->can_undo(), canRedo = project->can_redo();
    QMetaObject::invokeMethod(
        this,
        [this, message, act, rows = back ? more : rows, ids, more, canUndo, canRedo] {
          if (--m_waiting == 0) Q_EMIT workingChanged(false);
          if (!message.isEmpty())
            Q_EMIT failed(message);
          else
            Q_EMIT acted(act, rows);
          Q_EMIT changed(ids, more != 0);
          Q_EMIT undoChanged(canUndo, canRedo);
        },
        Qt::QueuedConnection);
  });
}

void RowEditor::put(std::vector<Row> rows) {
  const auto count = static_cast<qint64>(rows.size());
  run(Act::put, count, [rows = std::move(rows)](Project& project) { return project.edit(rows); });
}

void RowEditor::remove(std::shared_ptr<const RowSource> source, QList<qint64> places) {
  const qint64 count = places.size();
  run(Act::remove, count, [source = std::move(source), places = std::move(places)](Project& project) {
    std::vector<std::string> ids;
    ids.reserve(static_cast<std::size_t>(places.size()));
    for (qsizetype i = 0; i < places.size(); i += kRowsPerPage)  // a million rows aren't held at once
      for (const Row& row : rowsAt(*source, places.mid(i, kRowsPerPage))) ids.push_back(row.id);
    return project.edit({}, ids);
  });
}

void RowEditor::removeIds(std::vector<std::string> ids) {
  const auto count = static_cast<qint64>(ids.size());
  run(Act::remove, count, [ids = std::move(ids)](Project& project) { return project.edit({}, ids); });
}

void RowEditor::setSplit(std::shared_ptr<const RowSource> source, QList<qint64> places, Split split) {
  const qint64 count = places.size();
  run(Act::split, count, [source = std::move(source), places = std::move(places), split](Project& project) {
    std::vector<Row> rows = rowsAt(*source, places);
    for (Row& row : rows) row.split = split;
    return project.edit(std::move(rows));
  });
}

void RowEditor::changeTask(TaskChange change) {
  run(Act::task, 0, [change = std::move(change)](Project& project) {
    project.change_task(change);
    return std::vector<std::string>();
  });
}

void RowEditor::undo() {
  run(Act::undo, 0, [](Project& project) { return project.undo(); });
}

void RowEditor::takeBack(const Row& before, const std::optional<Row>& after) {
  run(Act::put, 1, [before, after](Project& project) {
    const std::optional<Row> now = project.find(before.id);
    const bool same =
        now.has_value() == after.has_value() &&
        (!now || (now->input == after->input && now->label == after->label && now->state == after->state));
    if (!same) throw ChangedSince{QString::fromStdString(before.id)};
    return project.edit({before});
  });
}

void RowEditor::redo() {
  run(Act::redo, 0, [](Project& project) { return project.redo(); });
}

}  // namespace minnow
