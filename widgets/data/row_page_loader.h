// RowPageLoader: reads pages of a RowSource on a thread of its own, so that no disk and no lock ever holds up the
// window.
#pragma once

#include <QObject>
#include <QString>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/types/row_source.h"

namespace minnow {

/// Lives on the GUI thread; reading happens on its own. What the view asks for last is read first, and requests that
/// nobody waits for any more are dropped.
class RowPageLoader final : public QObject {
  Q_OBJECT

 public:
  struct Page {
    quint64 generation = 0;  ///< of the request
    qint64 number = 0;
    std::vector<Row> rows;
    QString failure;  ///< the engine's sentence when the page couldn't be read
  };

  explicit RowPageLoader(qint64 pageRows, QObject* parent = nullptr);
  ~RowPageLoader() override;

  void setSource(std::shared_ptr<const RowSource> source);
  void request(qint64 page, quint64 generation);

 Q_SIGNALS:
  void loaded(const std::shared_ptr<minnow::RowPageLoader::Page>& page);

 private:
  struct Wish {
    std::shared_ptr<const RowSource> source;
    qint64 page = 0;
    quint64 generation = 0;
  };
  void work();
  Page read(const Wish& wish) const;

  const qint64 m_pageRows;
  std::mutex m_mutex;  // all below
  std::condition_variable m_wake;
  std::shared_ptr<const RowSource> m_source;
  std::deque<Wish> m_wishes;  // newest at the back
  bool m_ending = false;
  std::thread m_thread;
};

}  // namespace minnow
