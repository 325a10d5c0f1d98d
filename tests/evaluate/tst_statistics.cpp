// Wilson, McNemar and Holm against published examples, closed forms and enumeration.
#include <QtTest>

#include <cmath>

#include "core/evaluate/statistics.h"
#include "core/types/number_text.h"
#include "core/types/evaluate_report.h"

using namespace minnow;

class TestStatistics : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void wilsonGivesThePublishedIntervals_data();
  void wilsonGivesThePublishedIntervals();
  void wilsonsEndsSolveTheScoreEquation();
  void wilsonOfNothingIsEverything();
  void mcnemarEqualsEnumeration();
  void mcnemarHoldsForLargeCounts_data();
  void mcnemarHoldsForLargeCounts();
  void holmStepsDown_data();
  void holmStepsDown();
  void pValuesReadAsInAPaper();
  void theGainsIntervalHoldsForFewRows();
  void betterNeedsMoreThanASmallP();
};

// R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), 857-872,
// table I, method 3 (score, without continuity correction).
void TestStatistics::wilsonGivesThePublishedIntervals_data() {
  QTest::addColumn<int>("k");
  QTest::addColumn<int>("n");
  QTest::addColumn<double>("low");
  QTest::addColumn<double>("high");
  QTest::newRow("81 of 263") << 81 << 263 << 0.2553 << 0.3662;
  QTest::newRow("15 of 148") << 15 << 148 << 0.0624 << 0.1605;
  QTest::newRow("0 of 20") << 0 << 20 << 0.0 << 0.1611;
  QTest::newRow("1 of 29") << 1 << 29 << 0.0061 << 0.1718;
}

void TestStatistics::wilsonGivesThePublishedIntervals() {
  QFETCH(int, k);
  QFETCH(int, n);
  QFETCH(double, low);
  QFETCH(double, high);
  const Share share = wilson(k, n);
  QVERIFY(std::fabs(share.low - low) < 5e-5);
  QVERIFY(std::fabs(share.high - high) < 5e-5);
}

// The ends are the two roots p of (k/n - p)^2 = z^2 p (1 - p) / n; with k = 0 the upper one is z^2 / (n + z^2).
void TestStatistics::wilsonsEndsSolveTheScoreEquation() {
  const double z2 = 3.841458820694124;  // 95 % quantile of chi-squared with one degree of freedom
  for (const std::int64_t n : {1, 2, 7, 32, 400, 1000000}) {
    for (const std::int64_t k : {std::int64_t{0}, n / 3, n / 2, n - 1, n}) {
      const Share share = wilson(k, n);
      for (const double p : {share.low, share.high}) {
        const double d = share.value() - p;
        QVERIFY(std::fabs(d * d - z2 * p * (1 - p) / double(n)) < 1e-14);
      }
      QVERIFY(0.0 <= share.low && share.low <= share.value() && share.value() <= share.high && share.high <= 1.0);
      const Share mirrored = wilson(n - k, n);
      QVERIFY(std::fabs(mirrored.low - (1.0 - share.high)) < 1e-12);
    }
    QVERIFY(std::fabs(wilson(0, n).high - z2 / (double(n) + z2)) < 1e-14);
    QCOMPARE(wilson(0, n).low, 0.0);
    QCOMPARE(wilson(n, n).high, 1.0);
  }
}

void TestStatistics::wilsonOfNothingIsEverything() {
  const Share share = wilson(0, 0);
  QCOMPARE(share.low, 0.0);
  QCOMPARE(share.high, 1.0);
  QCOMPARE(share.value(), 0.0);
}

// All 2^n outcomes for small n: those whose split is at least as uneven as the one seen.
void TestStatistics::mcnemarEqualsEnumeration() {
  for (int n = 0; n <= 14; ++n) {
    for (int fixed = 0; fixed <= n; ++fixed) {
      int as_uneven = 0;
      for (int outcome = 0; outcome < (1 << n); ++outcome) {
        const int heads = __builtin_popcount(static_cast<unsigned>(outcome));
        as_uneven += std::abs(2 * heads - n) >= std::abs(2 * fixed - n) ? 1 : 0;
      }
      const double expected = double(as_uneven) / double(1 << n);
      QVERIFY2(std::fabs(mcnemar_exact(fixed, n - fixed) - expected) < 1e-12,
               qPrintable(QString("%1 fixed, %2 broken").arg(fixed).arg(n - fixed)));
    }
  }
}

// Reference: 2 * sum over i <= min of C(n, i) / 2^n with integer binomials and 40 decimal digits; 5 of 5 is 2 / 2^5,
// 900 of 900 is 2^-899.
void TestStatistics::mcnemarHoldsForLargeCounts_data() {
  QTest::addColumn<int>("fixed");
  QTest::addColumn<int>("broken");
  QTest::addColumn<double>("p");
  const auto row = [](int fixed, int broken, double p) {
    QTest::addRow("%d fixed, %d broken", fixed, broken) << fixed << broken << p;
  };
  row(0, 0, 1.0);
  row(1, 0, 1.0);
  row(5, 0, 0.0625);
  row(10, 2, 3.857421875e-02);
  row(25, 11, 2.881671965587884e-02);
  row(338, 2, 5.176572035939435e-98);
  row(378, 2, 5.879172721443749e-110);
  row(300, 100, 2.591886906972077e-24);
  row(5200, 4800, 6.593515598672442e-05);
  row(50600, 49400, 1.496719109143730e-04);
  row(501500, 498500, 2.708655306059757e-03);
  row(900, 0, 2.366104372333549e-271);
}

void TestStatistics::mcnemarHoldsForLargeCounts() {
  QFETCH(int, fixed);
  QFETCH(int, broken);
  QFETCH(double, p);
  for (const double found : {mcnemar_exact(fixed, broken), mcnemar_exact(broken, fixed)}) {
    QVERIFY2(std::fabs(found / p - 1.0) < 2e-9, qPrintable(QString::number(found, 'g', 17)));
  }
}

// By hand: sort, multiply the i-th smallest (from 0) by m - i, never go down, cap at 1.
void TestStatistics::holmStepsDown_data() {
  QTest::addColumn<QList<double>>("p");
  QTest::addColumn<QList<double>>("adjusted");
  using L = QList<double>;
  QTest::newRow("none") << L{} << L{};
  QTest::newRow("one") << L{0.03} << L{0.03};
  QTest::newRow("three") << L{0.01, 0.04, 0.03} << L{0.03, 0.06, 0.06};
  QTest::newRow("capped") << L{0.6, 0.5, 0.01} << L{1.0, 1.0, 0.03};
  QTest::newRow("never going down") << L{0.020, 0.019, 0.5} << L{0.057, 0.057, 0.5};
  QTest::newRow("ties") << L{0.02, 0.02} << L{0.04, 0.04};
}

void TestStatistics::holmStepsDown() {
  QFETCH(QList<double>, p);
  QFETCH(QList<double>, adjusted);
  const std::vector<double> found = holm({p.begin(), p.end()});
  QCOMPARE(found.size(), std::size_t(adjusted.size()));
  for (std::size_t i = 0; i < found.size(); ++i) QVERIFY(std::fabs(found[i] - adjusted[qsizetype(i)]) < 1e-15);
}

void TestStatistics::pValuesReadAsInAPaper() {
  QCOMPARE(p_value_text(5.9e-110), std::string("p < 0.001"));
  QCOMPARE(p_value_text(0.0042), std::string("p = 0.004"));
  QCOMPARE(p_value_text(0.0386), std::string("p = 0.039"));
  QCOMPARE(p_value_text(0.31), std::string("p = 0.31"));
  QCOMPARE(p_value_text(1.0), std::string("p = 1"));
}

// A. Agresti and Y. Min, Simple improved confidence intervals for comparing matched proportions, Statistics in Medicine 24
// (2005), 729-740: half an observation in each of the four cells.
void TestStatistics::theGainsIntervalHoldsForFewRows() {
  const Gain all = gain_of({60, 0, 1e-18}, 60);
  QCOMPARE(all.value, 1.0);
  QVERIFY(all.low > 0.9 && all.high <= 1.0);
  const Gain none = gain_of({0, 0, 1.0}, 20);
  QCOMPARE(none.value, 0.0);
  QVERIFY(none.low < -0.03 && none.high > 0.03);  // 20 rows that agree don't prove that all do
  const Gain some = gain_of({12, 2, 0.013}, 100);
  QVERIFY(std::fabs(some.low - 0.0261) < 5e-4 && std::fabs(some.high - 0.1700) < 5e-4);
  QCOMPARE(gain_of({}, 0).low, -1.0);
}

void TestStatistics::betterNeedsMoreThanASmallP() {
  EvaluateReport report;
  report.before.present = report.after.present = true;
  const auto found = [&](std::int64_t right, std::int64_t rows, PairedTest test) {
    report.details.resize(static_cast<std::size_t>(rows));
    report.after.exact = wilson(right, rows);
    report.rows = test;
    return finding_of(report);
  };
  QCOMPARE(found(90, 100, {40, 2, mcnemar_exact(40, 2)}), Finding::better);
  QCOMPARE(found(50, 100, {2, 40, mcnemar_exact(2, 40)}), Finding::worse);
  QCOMPARE(found(50, 100, {5, 3, mcnemar_exact(5, 3)}), Finding::maybe_chance);
  QCOMPARE(found(50, 100, {}), Finding::no_change);
  QCOMPARE(found(0, 60, {}), Finding::not_learned);
  QCOMPARE(found(2, 100, {2, 0, 0.5}), Finding::not_learned);
  QCOMPARE(found(3, 12, {3, 0, 0.25}), Finding::maybe_chance);
  QCOMPARE(found(0, 0, {}), Finding::no_rows);
}

QTEST_APPLESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
