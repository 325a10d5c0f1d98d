// RowSearch: runs a RowQuery over a project's rows on a thread of its own, so that a filter neither waits for an import
// nor holds up an edit. A new query ends the one before it.
#pragma once

#include <QObject>
#include <atomic>
#include <memory>
#include <vector>

#include "app/window/job_thread.h"
#include "core/types/progress.h"
#include "core/types/row_query.h"
#include "core/types/row_source.h"
#include "core/types/task.h"
#include "widgets/common/user_message.h"

namespace minnow {

class PositionRows;
class Project;

class RowSearch final : public QObject {
  Q_OBJECT

 public:
  explicit RowSearch(QObject* parent = nullptr);
  ~RowSearch() override;

  /// Starts anew; sourceReady() comes at once, grew() and progressed() while it runs, and ended() at its end, unless
  /// another start() or forget() came first.
  void start(const std::shared_ptr<const Project>& project, const Task& task, const RowQuery& query);
  /// Counts the facets again, without progress, and leaves the rows found as they are.
  void recount(const std::shared_ptr<const Project>& project, const Task& task, const RowQuery& query);
  void stop();    ///< keeps what was found
  void forget();  ///< nothing more comes of it
  bool isRunning() const { return m_running; }

 Q_SIGNALS:
  void sourceReady(const std::shared_ptr<const minnow::RowSource>& source);
  void grew();
  void progressed(const minnow::Progress& progress);
  void ended(const minnow::RowQueryResult& result);
  void failed(const minnow::UserMessage& message);

 private:
  void run(const std::shared_ptr<const Project>& project, const Task& task, const RowQuery& query,
           const std::shared_ptr<PositionRows>& found, bool telling);
  void post(quint64 search, std::function<void()> deed);

  quint64 m_search = 0;  ///< number of the newest one; what older ones still say is dropped
  bool m_running = false;
  JobHandle m_job;
  JobThread m_thread;  // last: it ends before what its jobs speak to
};

}  // namespace minnow
