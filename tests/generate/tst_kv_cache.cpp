// Places of the key/value cache: what is shared, what is taken, what goes when there is no room.
#include <QtTest>

#include <random>
#include <set>

#include "core/generate/kv_cache.h"

using namespace minnow;
using Ids = std::vector<std::int32_t>;

namespace {

constexpr std::int64_t kAlways = 1 << 20;

Ids count_from(std::int32_t first, std::int32_t count) {
  Ids ids;
  for (std::int32_t i = 0; i < count; ++i) ids.push_back(first + i);
  return ids;
}

/// Computes what the table misses, as passes of `piece` tokens would.
std::int64_t compute(KvCache& cache, std::int32_t table, std::int64_t path, std::int64_t piece = 100) {
  std::int64_t computed = 0;
  for (std::int64_t from; (from = cache.missing_from(table)) < path;) {
    const std::int64_t now = std::min(piece, path - from);
    cache.plan(table, now);
    cache.end_pass(true);
    computed += now;
  }
  return computed;
}

/// Every place of the first `count` tokens.
std::vector<std::int64_t> places(const KvCache& cache, std::int32_t table, std::int64_t count) {
  std::vector<std::int64_t> all;
  for (const TokenRun& run : cache.runs(table, count)) {
    for (std::int64_t t = 0; t < run.length; ++t) all.push_back(run.begin + t);
  }
  return all;
}

}  // namespace

class TestKvCache : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void promptsShareToTheTokenAlsoWhileTheyAreComputed() {
    KvCache cache(32);
    const Ids a = count_from(0, 50);
    Ids b = count_from(0, 21);
    b.push_back(200);
    const auto first = *cache.open(0, a, 0, 0);
    const auto second = *cache.open(0, b, 0, 0);  // nothing is computed yet
    QCOMPARE(cache.found(second), 21);
    QCOMPARE(cache.computed(second), 0);
    QCOMPARE(compute(cache, first, 50, 7), 50);
    QCOMPARE(compute(cache, second, 22), 1);
    const auto of_a = places(cache, first, 50), of_b = places(cache, second, 22);
    QCOMPARE(of_a.size(), std::size_t{50});
    QVERIFY(std::equal(of_b.begin(), of_b.begin() + 21, of_a.begin()));
    QVERIFY(std::find(of_a.begin(), of_a.end(), of_b.back()) == of_a.end());
    const auto other = *cache.open(1, a, 0, 0);  // another adapter's keys are others
    QCOMPARE(cache.found(other), 0);
  }

  void aRowThatLeavesMidwayLeavesWhatIsComputed() {
    KvCache cache(32);
    const Ids a = count_from(0, 60);
    const auto first = *cache.open(0, a, 0, 0);
    cache.plan(first, 37);
    cache.end_pass(true);
    cache.plan(first, 10);
    cache.end_pass(false);  // a stopped pass
    cache.close(first, {}, kAlways);
    QCOMPARE(cache.taken(), 0);
    const auto second = *cache.open(0, a, 0, 0);
    QCOMPARE(cache.computed(second), 37);
    QCOMPARE(compute(cache, second, 60), 23);
  }

  void answersAreFoundByTheNextTurn() {
    KvCache cache(32);
    const Ids prompt = count_from(0, 20), answer = count_from(100, 30);
    const auto first = *cache.open(0, prompt, 40, 0);
    compute(cache, first, 20);
    QVERIFY(cache.fit(first, 33));                           // with drafts
    QVERIFY(cache.fit(first, 30));                           // three of them were wrong
    QCOMPARE(cache.runs(first, 50).size(), std::size_t{1});  // kept together
    cache.close(first, answer, kAlways);
    Ids next = prompt;
    next.insert(next.end(), answer.begin(), answer.end());
    next.push_back(7);
    const auto second = *cache.open(0, next, 0, 0);
    QCOMPARE(cache.computed(second), 50);
    cache.close(second, {}, 10);  // what others don't need and nobody keeps goes; what is in work stays
    QCOMPARE(cache.taken(), 0);
  }

  void theLeastRecentlyUsedGoesFirst() {
    KvCache cache(6);
    const auto ask = [&](std::int32_t first) {
      const auto table = *cache.open(0, count_from(first, 32), 0, 0);
      const auto before = cache.computed(table);
      compute(cache, table, 32);
      cache.close(table, {}, kAlways);
      return before;
    };
    QCOMPARE(ask(0), 0);
    QCOMPARE(ask(100), 0);
    QCOMPARE(ask(0), 32);
    QCOMPARE(ask(200), 0);
    QCOMPARE(ask(300), 0);  // for which 100's blocks went
    QCOMPARE(ask(0), 32);
    QCOMPARE(ask(100), 0);
    cache.clear();
    QCOMPARE(cache.unused(), 6);
  }

  void thereIsRoomOrThereIsNone() {
    KvCache cache(4);
    const auto first = *cache.open(0, count_from(0, 30), 200, 0);
    QVERIFY(!cache.open(0, count_from(100, 33), 0, 0));
    QVERIFY(!cache.open(0, count_from(100, 31), 0, 1));  // one block was to stay
    const auto second = *cache.open(0, count_from(100, 31), 0, 0);
    QVERIFY(cache.fit(first, 2));
    QVERIFY(!cache.fit(first, 3));
    QVERIFY(cache.fit(first, 2));
    cache.close(second, {}, 0);
    QVERIFY(cache.fit(first, 34));
    QVERIFY(cache.fit(first, 0));
    cache.close(first, {}, 0);  // nothing of it was computed
    QCOMPARE(cache.unused(), 4);
  }

  /// A row's places are its own from where it parts from others, whatever happens to these.
  void noPlaceIsEverGivenTwice() {
    KvCache cache(40);
    struct Row {
      std::int32_t table;
      Ids ids;  // of its path
      std::int64_t end = 0;
    };
    std::vector<Row> rows;
    std::mt19937 random(5);
    std::int64_t opened = 0;
    for (int i = 0; i < 1000; ++i) {
      const auto dice = random() % 10;
      if (dice < 3) {
        Ids ids = count_from(0, static_cast<std::int32_t>(random() % 40));
        const auto own =
            count_from(1000 + static_cast<std::int32_t>(random() % 3) * 100, static_cast<std::int32_t>(random() % 60));
        ids.insert(ids.end(), own.begin(), own.end());
        const auto table = cache.open(static_cast<std::int32_t>(random() % 2), ids, random() % 50, random() % 3);
        if (table) rows.push_back({*table, ids}), ++opened;
      } else if (!rows.empty() && dice < 8) {
        Row& row = rows[random() % rows.size()];
        const auto path = static_cast<std::int64_t>(row.ids.size());
        if (cache.missing_from(row.table) < path) {
          cache.plan(row.table, 1 + random() % 20);
          cache.end_pass(random() % 4 > 0);
        } else {
          const std::int64_t end = std::max<std::int64_t>(0, row.end + random() % 12 - 3);
          if (cache.fit(row.table, end)) row.end = end;
          QVERIFY(cache.fit(row.table, std::min(row.end, end)));
          row.end = std::min(row.end, end);
        }
      } else if (!rows.empty()) {
        const std::size_t at = random() % rows.size();
        const Ids answer =
            count_from(5000 + static_cast<std::int32_t>(random() % 2), static_cast<std::int32_t>(rows[at].end));
        cache.close(rows[at].table, answer, random() % 3 ? kAlways : random() % 30);
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
      }
      std::set<std::int64_t> ends;
      std::int64_t end_places = 0;
      for (const Row& row : rows) {
        const auto path = static_cast<std::int64_t>(row.ids.size());
        const auto all = places(cache, row.table, path + row.end);
        QCOMPARE(static_cast<std::int64_t>(all.size()), path + row.end);
        QCOMPARE(std::set(all.begin(), all.end()).size(), all.size());
        ends.insert(all.begin() + path, all.end());
        end_places += row.end;
        for (const Row& other : rows) {  // paths share their common beginning at most
          if (&other == &row) continue;
          const auto theirs = places(cache, other.table, static_cast<std::int64_t>(other.ids.size()));
          for (std::size_t t = 0; t < all.size(); ++t) {
            const auto found = std::find(theirs.begin(), theirs.end(), all[t]);
            if (found == theirs.end()) continue;
            const auto place = static_cast<std::size_t>(found - theirs.begin());
            QVERIFY(
                place == t && t < row.ids.size() &&
                std::equal(row.ids.begin(), row.ids.begin() + static_cast<std::ptrdiff_t>(t) + 1, other.ids.begin()));
          }
        }
      }
      QCOMPARE(static_cast<std::int64_t>(ends.size()), end_places);
      QVERIFY(cache.taken() + cache.cached() + cache.unused() == 40 && cache.cached() >= 0);
    }
    QVERIFY(opened > 80);
    for (const Row& row : rows) cache.close(row.table, count_from(5000, static_cast<std::int32_t>(row.end)), kAlways);
    QCOMPARE(cache.taken(), 0);
    QVERIFY(cache.cached() > 0);
    cache.forget(0);
    cache.forget(1);
    QCOMPARE(cache.unused(), 40);
  }
};

QTEST_GUILESS_MAIN(TestKvCache)
#include "tst_kv_cache.moc"
