// Newest wish first.
#include "widgets/data/row_page_loader.h"

#include <algorithm>
#include <exception>

namespace minnow {
namespace {

constexpr std::size_t waiting = 8;  // pages a view can show at once, and some to scroll into

}  // namespace

RowPageLoader::RowPageLoader(qint64 pageRows, QObject* parent)
    : QObject(parent), m_pageRows(pageRows), m_thread([this] { work(); }) {}

RowPageLoader::~RowPageLoader() {
  {
    const std::lock_guard guard(m_mutex);
    m_ending = true;
    m_wishes.clear();
  }
  m_wake.notify_all();
  m_thread.join();
}

void RowPageLoader::setSource(std::shared_ptr<const RowSource> source) {
  const std::lock_guard guard(m_mutex);
  m_source = std::move(source);
  m_wishes.clear();
}

void RowPageLoader::request(qint64 page, quint64 generation) {
  {
    const std::lock_guard guard(m_mutex);
    if (m_source == nullptr) return;
    std::erase_if(m_wishes, [page](const Wish& wish) { return wish.page == page; });
    m_wishes.push_back({m_source, page, generation});
    if (m_wishes.size() > waiting) m_wishes.pop_front();
  }
  m_wake.notify_one();
}

void RowPageLoader::work() {
  std::unique_lock lock(m_mutex);
  for (;;) {
    m_wake.wait(lock, [this] { return m_ending || !m_wishes.empty(); });
    if (m_ending) return;
    const Wish wish = std::move(m_wishes.back());
    m_wishes.pop_back();
    lock.unlock();
    auto page = std::make_shared<Page>(read(wish));
    QMetaObject::invokeMethod(
        this, [this, page] { Q_EMIT loaded(page); }, Qt::QueuedConnection);
    lock.lock();
  }
}

RowPageLoader::Page RowPageLoader::read(const Wish& wish) const {
  Page page{wish.generation, wish.page, {}, {}};
  try {
    page.rows = wish.source->rows(wish.page * m_pageRows, m_pageRows);
  } catch (const std::exception& error) {
    page.failure = QString::fromUtf8(error.what());
  }
  return page;
}

}  // namespace minnow
