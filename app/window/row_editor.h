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
#include "core/types/row.h"
#include "core/types/row_source.h"
#include "widgets/common/user_message.h"

namespace minnow {

class Project;

class RowEditor final : public QObject {
  Q_OBJECT

 public:
  explicit RowEditor(QObject* parent = nullptr);
  ~RowEditor() override;  ///< what was asked is done first

  void setProject(std::shared_ptr<Project> project);
  void put(std::vector<Row> rows);
  /// Rows by their places in a source.
  void remove(std::shared_ptr<const RowSource> source, QList<qint64> places);
  void removeIds(std::vector<std::string> ids);
  void setSplit(std::shared_ptr<const RowSource> source, QList<qint64> places, Split split);
  void undo();
  void redo();
  /// A row as it was `before`, unless somebody has changed it since it became `after` (none: it was removed).
  void takeBack(const Row& before, const std::optional<Row>& after);

 Q_SIGNALS:
  /// `ids`: rows that were put; `count`: whether there are more or fewer rows than before.
  void changed(const QStringList& ids, bool count);
  void undoChanged(bool canUndo, bool canRedo);
  void failed(const minnow::UserMessage& message);

 private:
  using Deed = std::function<std::vector<std::string>(Project& project)>;
  void run(Deed deed);

  std::shared_ptr<Project> m_project;
  JobThread m_thread;
};

}  // namespace minnow
