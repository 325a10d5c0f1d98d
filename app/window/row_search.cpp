// Results are posted with the number of their search.
#include "app/window/row_search.h"

#include <QMetaObject>
#include <chrono>

#include "app/window/error_text.h"
#include "core/project/position_rows.h"
#include "core/project/project.h"
#include "core/project/row_query.h"

namespace minnow {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto tellEvery = std::chrono::milliseconds(80);

}  // namespace

RowSearch::RowSearch(QObject* parent) : QObject(parent) {}

RowSearch::~RowSearch() {
  m_job.requestStop();
  m_job.wait();
}

void RowSearch::start(const std::shared_ptr<const Project>& project, const Task& task, const RowQuery& query) {
  forget();
  // All rows in their own order need no positions: they are the project's.
  const bool all = query.is_everything() && query.order == RowOrder::position && !query.descending;
  const auto found = all ? nullptr : std::make_shared<PositionRows>(project);
  Q_EMIT sourceReady(all ? std::static_pointer_cast<const RowSource>(project)
                         : std::static_pointer_cast<const RowSource>(found));
  run(project, task, query, found, true);
}

void RowSearch::recount(const std::shared_ptr<const Project>& project, const Task& task, const RowQuery& query) {
  if (m_running) return;  // it will count anyway
  forget();
  run(project, task, query, nullptr, false);
}

void RowSearch::stop() { m_job.requestStop(); }

void RowSearch::forget() {
  m_job.requestStop();
  ++m_search;
  m_running = false;
}

void RowSearch::post(quint64 search, std::function<void()> deed) {
  QMetaObject::invokeMethod(
      this,
      [this, search, deed = std::move(deed)] {
        if (search == m_search) deed();
      },
      Qt::QueuedConnection);
}

void RowSearch::run(const std::shared_ptr<const Project>& project, const Task& task, const RowQuery& query,
                    const std::shared_ptr<PositionRows>& found, bool telling) {
  m_running = true;
  m_job = m_thread.run([this, project, task, query, found, telling, search = m_search](std::stop_token stop) {
    Clock::time_point told = Clock::now();
    bool grown = false;
    const auto due = [&told] {
      const auto now = Clock::now();
      if (now - told < tellEvery) return false;
      told = now;
      return true;
    };
    try {
      const RowQueryResult result = query_rows(
          *project, task, query,
          [&](std::span<const std::uint32_t> positions) {
            if (!found) return;
            found->append(positions);
            grown = true;
          },
          [&](const Progress& progress) {
            if (!telling || !due()) return;
            post(search, [this, progress, grown] {
              if (grown) Q_EMIT grew();
              Q_EMIT progressed(progress);
            });
            grown = false;
          },
          stop);
      post(search, [this, result] {
        m_running = false;
        Q_EMIT grew();
        Q_EMIT ended(result);
      });
    } catch (...) {
      const UserMessage message = errorText(std::current_exception());
      post(search, [this, message] {
        m_running = false;
        Q_EMIT failed(message);
      });
    }
  });
}

}  // namespace minnow
