// RowEditor: a person's changes of rows, one after another on a thread of their own: each waits for the disk, so none
// may hold up the window.
#pragma once

#include <QList>
#include <QObject>
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/window/job_thread.h"
#include "core/project/task_change.h"
#include "core/types/row.h"
#include "core/types/row_source.h"
#include "widgets/common/user_message.h"

namespace minnow {

class Project;

class RowEditor final : public QObject {
  Q_OBJECT

 public:
  enum class Act { put, remove, split, task, undo, redo };

  explicit RowEditor(QObject* parent = nullptr);
  ~RowEditor() override;  ///< what was asked is done first

  void setProject(std::shared_ptr<Project> project);
  void put(std::vector<Row> rows);
  /// Rows by their places in a source.
  void remove(std::shared_ptr<const RowSource> source, QList<qint64> places);
  void removeIds(std::vector<std::string> ids);
  void setSplit(std::shared_ptr<const RowSource> source, QList<qint64> places, Split split);
  /// The labels follow the task's fields.
  void changeTask(TaskChange change);
  void undo();
  void redo();
  /// A row as it was `before`, unless somebody has changed it since it became `after` (none: it was removed).
  void takeBack(const Row& before, const std::optional<Row>& after);

 Q_SIGNALS:
  /// `ids`: rows that were put; `count`: whether there are more or fewer rows than before.
  void changed(const QStringList& ids, bool count);
  /// It was done, before changed(); `rows`: how many it was about, for undo and redo how many more there are now.
  void acted(minnow::RowEditor::Act act, qint64 rows);
  void workingChanged(bool working);
  void undoChanged(bool canUndo, bool canRedo);
  void failed(const minnow::UserMessage& message);

 private:
  /// Returns the ids that were put.
  using Work = std::function<std::vector<std::string>(Project& project)>;
  void run(Act act, qint64 rows, Work work);

  std::shared_ptr<Project> m_project;
  int m_waiting = 0;  ///< asked for and not done yet
  JobThread m_thread;
};

}  // namespace minnow
