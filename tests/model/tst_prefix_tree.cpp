// Packing rows as a tree of shared prefixes.
#include <QtTest>

#include <random>

#include "core/model/prefix_tree.h"

using Row = std::vector<std::int32_t>;

class TestPrefixTree : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyRowReadsBackFromItsPath_data() {
    QTest::addColumn<int>("minShared");
    for (const int min : {0, 1, 2, 5, 100}) QTest::addRow("at least %d", min) << min;
  }
  void everyRowReadsBackFromItsPath() {
    QFETCH(int, minShared);
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
      const std::vector<Row> rows = randomRows(random);
      const auto batch = packed(rows, minShared);
      for (std::size_t r = 0; r < rows.size(); ++r) {
        Row back;
        for (const std::int32_t n : batch.paths[r]) {
          const auto& node = batch.nodes[static_cast<std::size_t>(n)];
          QCOMPARE(node.depth, static_cast<std::int64_t>(back.size()));
          back.insert(back.end(), batch.ids.begin() + node.begin, batch.ids.begin() + node.begin + node.length);
        }
        QCOMPARE(back, rows[r]);
        for (std::size_t t = 0; t < rows[r].size(); ++t) {
          const auto i = static_cast<std::size_t>(batch.index_of(r, static_cast<std::int64_t>(t)));
          QCOMPARE(batch.ids[i], rows[r][t]);
          QCOMPARE(batch.positions[i], static_cast<std::int32_t>(t));
        }
      }
      for (std::size_t n = 0; n < batch.nodes.size(); ++n) QVERIFY(batch.nodes[n].parent < static_cast<int>(n));
    }
  }

  void sharedPrefixesStandOnce() {
    const std::vector<Row> rows{{1, 2, 3, 4}, {1, 2, 3, 5, 6}, {1, 2, 9}, {7, 8}, {7, 8}, {7}};
    QCOMPARE(packed(rows, 1).tokens(), std::int64_t{3 + 1 + 2 + 1 + 2});  // 1 2 | 3 | 4 | 5 6 | 9 | 7 | 8
    QCOMPARE(packed(rows, 0).tokens(), std::int64_t{4 + 5 + 3 + 2 + 2 + 1});
  }

  void equalRowsShareEverything() {
    const auto batch = packed({{4, 5, 6}, {4, 5, 6}, {4, 5, 6}}, 1);
    QCOMPARE(batch.tokens(), std::int64_t{3});
    QCOMPARE(batch.paths[0], batch.paths[2]);
  }

  void shortPrefixesAreNotWorthANode() {
    const std::vector<Row> rows{{1, 2, 3, 4}, {1, 2, 5, 6}};
    QCOMPARE(packed(rows, 3).nodes.size(), std::size_t{2});
    QCOMPARE(packed(rows, 2).nodes.size(), std::size_t{3});
  }

 private:
  static minnow::PackedBatch packed(const std::vector<Row>& rows, std::int64_t min) {
    const std::vector<std::span<const std::int32_t>> spans(rows.begin(), rows.end());
    return minnow::pack_rows(spans, min);
  }
  static std::vector<Row> randomRows(std::mt19937& random) {
    std::vector<Row> rows(1 + random() % 7);
    for (Row& row : rows) {
      row.resize(1 + random() % 6);
      for (auto& id : row) id = static_cast<std::int32_t>(random() % 2);
    }
    return rows;
  }
};

QTEST_GUILESS_MAIN(TestPrefixTree)
#include "tst_prefix_tree.moc"
