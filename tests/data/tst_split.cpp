// Splits: sizes, seeds, groups that stay together, rows that have a side already.
#include <QtTest>
#include <numeric>
#include <random>

#include "core/data/split.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using minnow::Split;
using minnow::split_rows;
using minnow::SplitOptions;

namespace {

std::vector<std::int64_t> singles(std::int64_t rows) {
  std::vector<std::int64_t> groups(static_cast<std::size_t>(rows));
  std::iota(groups.begin(), groups.end(), std::int64_t{0});
  return groups;
}

}  // namespace

class TestSplit : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void countsAndSharesAreMet_data() {
    QTest::addColumn<qint64>("validation_count");
    QTest::addColumn<double>("validation_share");
    QTest::addColumn<qint64>("test_count");
    QTest::addColumn<double>("test_share");
    QTest::addColumn<qint64>("validation");
    QTest::addColumn<qint64>("test");
    QTest::newRow("counts") << qint64(100) << 0.0 << qint64(400) << 0.0 << qint64(100) << qint64(400);
    QTest::newRow("shares") << qint64(-1) << 0.05 << qint64(-1) << 0.2 << qint64(100) << qint64(400);
    QTest::newRow("count and share") << qint64(7) << 0.9 << qint64(-1) << 0.5 << qint64(7) << qint64(1000);
    QTest::newRow("nothing") << qint64(0) << 0.0 << qint64(-1) << 0.0 << qint64(0) << qint64(0);
    QTest::newRow("everything") << qint64(0) << 0.0 << qint64(-1) << 1.0 << qint64(0) << qint64(2000);
  }
  void countsAndSharesAreMet() {
    QFETCH(qint64, validation_count);
    QFETCH(double, validation_share);
    QFETCH(qint64, test_count);
    QFETCH(double, test_share);
    QFETCH(qint64, validation);
    QFETCH(qint64, test);
    SplitOptions options;
    options.validation = {validation_count, validation_share};
    options.test = {test_count, test_share};
    const auto result = split_rows(singles(2000), options);
    QCOMPARE(qint64(result.validation), validation);
    QCOMPARE(qint64(result.test), test);
    QCOMPARE(qint64(result.train), 2000 - validation - test);
    QCOMPARE(result.splits.size(), std::size_t{2000});
  }

  void theSeedDecides() {
    SplitOptions options;
    const auto first = split_rows(singles(500), options).splits;
    QVERIFY(split_rows(singles(500), options).splits == first);
    options.seed = 43;
    QVERIFY(split_rows(singles(500), options).splits != first);
  }

  void groupsStayTogetherAndPartsAreStillExact() {
    std::mt19937 random(5);
    for (unsigned seed = 0; seed < 20; ++seed) {
      std::vector<std::int64_t> groups;
      for (std::int64_t group = 0; groups.size() < 1000; ++group) {
        const std::size_t size = random() % 3 == 0 ? 1 + random() % 9 : 1;
        groups.insert(groups.end(), size, group);
      }
      std::shuffle(groups.begin(), groups.end(), random);
      SplitOptions options;
      options.seed = seed;
      options.validation = {50, 0.0};
      options.test = {150, 0.0};
      const auto result = split_rows(groups, options);
      QCOMPARE(result.validation, std::int64_t{50});
      QCOMPARE(result.test, std::int64_t{150});
      std::map<std::int64_t, Split> side;
      for (std::size_t row = 0; row < groups.size(); ++row) {
        QVERIFY(side.try_emplace(groups[row], result.splits[row]).first->second == result.splits[row]);
      }
    }
  }

  void aLargeGroupTrains() {
    std::vector<std::int64_t> groups = singles(900);
    groups.insert(groups.end(), 100, 900);
    SplitOptions options;
    options.test = {120, 0.0};
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      options.seed = seed;
      QVERIFY(split_rows(groups, options).splits.back() == Split::train);
    }
  }

  void aPartThatOnlyALargeGroupFitsGetsIt() {
    SplitOptions options;
    options.validation = {0, 0.0};
    options.test = {4, 0.0};
    const auto result = split_rows({0, 0, 0, 0, 0, 1, 1, 1, 1}, options);
    QCOMPARE(result.test, std::int64_t{4});
    QVERIFY(result.splits[5] == Split::test);
  }

  void trainCanBeLimitedToo() {
    SplitOptions options;
    options.train_count = 300;
    const auto result = split_rows(singles(1000), options);
    QCOMPARE(result.train, std::int64_t{300});
    QCOMPARE(result.none, std::int64_t{500});
  }

  void rowsThatHaveASideKeepItAndTheirGroupFollows() {
    std::vector<std::int64_t> groups{0, 0, 1, 1, 2, 2, 3, 4, 5, 6};
    std::vector<Split> fixed(10, Split::none);
    fixed[0] = Split::test;
    fixed[2] = Split::train;
    fixed[4] = Split::train;
    fixed[5] = Split::test;  // both sides already: not ours to change
    SplitOptions options;
    options.validation = {1, 0.0};
    options.test = {5, 0.0};
    const auto result = split_rows(groups, options, fixed);
    QVERIFY(result.splits[1] == Split::test);
    QVERIFY(result.splits[3] == Split::train);
    QVERIFY(result.splits[4] == Split::train && result.splits[5] == Split::test);
    QCOMPARE(result.validation, std::int64_t{1});
    QCOMPARE(result.train + result.validation + result.test, std::int64_t{10});
  }

  void impossibleWishesAreRefusedWithFigures() {
    SplitOptions options;
    options.validation = {60, 0.0};
    options.test = {50, 0.0};
    const std::string said = sentence_of([&] { split_rows(singles(100), options); });
    QVERIFY2(said.find("100 rows") != std::string::npos && said.find("60") != std::string::npos, said.c_str());
    options.test = {-1, 1.5};
    QVERIFY(sentence_of([&] { split_rows(singles(100), options); }).find("1.5") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestSplit)
#include "tst_split.moc"
