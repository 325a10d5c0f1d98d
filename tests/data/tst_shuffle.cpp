// The reference's data order against numbers printed by numpy 1.24.2 (RandomState and default_rng).
#include <QtTest>
#include <algorithm>
#include <set>

#include "core/data/numpy_random.h"
#include "core/data/shuffle.h"
#include "core/types/error.h"

using minnow::numpy_permutation;
using minnow::NumpyRandomState;
using Order = std::vector<std::int64_t>;

namespace {

/// Sum of position-weighted entries modulo a prime: one number that a wrong permutation misses.
std::int64_t fingerprint(const Order& order) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    sum += order[i] * static_cast<std::int64_t>(i + 1) % 1000003;
  }
  return sum;
}

}  // namespace

class TestShuffle : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void seedsAreThoseOfRandomState() {
    NumpyRandomState state(42);
    for (const std::uint32_t seed : {1608637542u, 1273642419u, 1935803228u, 787846414u, 996406378u}) {
      QCOMPARE(state.next_seed(), seed);
    }
  }

  void legacyPermutationIsNumpys() {
    QCOMPARE(NumpyRandomState(42).permutation(10), (Order{8, 1, 5, 0, 7, 2, 9, 4, 3, 6}));
    NumpyRandomState state(42);
    state.next_seed();
    QCOMPARE(state.permutation(13), (Order{9, 11, 0, 12, 5, 8, 2, 1, 6, 4, 7, 10, 3}));
  }

  void generatorPermutationIsNumpys() {
    QCOMPARE(numpy_permutation(1608637542, 10), (Order{8, 0, 3, 5, 6, 7, 2, 9, 1, 4}));
    QCOMPARE(numpy_permutation(1273642419, 10), (Order{1, 6, 7, 9, 0, 3, 5, 8, 2, 4}));
    QCOMPARE(numpy_permutation(1935803228, 10), (Order{5, 2, 9, 6, 0, 1, 3, 7, 4, 8}));
    QCOMPARE(fingerprint(numpy_permutation(1608637542, 1000)), std::int64_t{251520801});
    QCOMPARE(fingerprint(numpy_permutation(7, 100003)), std::int64_t{50056866652});
    QCOMPARE(numpy_permutation((std::uint64_t{1} << 40) + 5, 12), (Order{9, 5, 1, 2, 8, 3, 0, 10, 7, 4, 6, 11}));
    QCOMPARE(numpy_permutation(0, 1), Order{0});
    QVERIFY(numpy_permutation(0, 0).empty());
  }

  void validationIsTheFrontOfTheFirstPermutation() {
    const auto order = minnow::dataset_order(10, 3);
    const auto mixed = numpy_permutation(1608637542, 10);
    const Order front(mixed.begin(), mixed.begin() + 3);
    QVERIFY(std::is_permutation(order.validation.begin(), order.validation.end(), front.begin(), front.end()));
    const auto second = numpy_permutation(1273642419, 7);
    for (std::size_t i = 0; i < 7; ++i) QCOMPARE(order.train[i], mixed[3 + static_cast<std::size_t>(second[i])]);
  }

  void everyRowIsUsedOnce() {
    for (const std::int64_t validation : {0, 1, 37}) {
      const auto order = minnow::dataset_order(100, validation);
      std::set<std::int64_t> all(order.train.begin(), order.train.end());
      all.insert(order.validation.begin(), order.validation.end());
      QCOMPARE(all.size(), std::size_t{100});
      QCOMPARE(order.validation.size(), static_cast<std::size_t>(validation));
    }
  }

  void withoutShufflingTheFileOrderStays() {
    const auto order = minnow::dataset_order(5, 2, 42, false);
    QCOMPARE(order.train, (Order{0, 1, 2}));
    QCOMPARE(order.validation, (Order{3, 4}));
  }

  void sharesAreRoundedAsTheReferenceDoes() {
    QCOMPARE(minnow::swift_validation_rows(1600, 0.01), std::int64_t{16});
    QCOMPARE(minnow::swift_validation_rows(1999, 0.01), std::int64_t{19});
    QCOMPARE(minnow::swift_validation_rows(20, 0.01), std::int64_t{1});
    QCOMPARE(minnow::swift_validation_rows(20, 0.0), std::int64_t{0});
    QCOMPARE(minnow::default_validation_rows(1600), std::int64_t{100});
    QCOMPARE(minnow::default_validation_rows(50000), std::int64_t{500});
    QCOMPARE(minnow::default_validation_rows(200), std::int64_t{20});
    QCOMPARE(minnow::default_validation_rows(3), std::int64_t{1});
  }

  void nothingLeftToTrainOnIsRefused() {
    QVERIFY_EXCEPTION_THROWN(minnow::dataset_order(3, 3), minnow::Error);
    QVERIFY_EXCEPTION_THROWN(minnow::dataset_order(0, 0), minnow::Error);
  }
};

QTEST_GUILESS_MAIN(TestShuffle)
#include "tst_shuffle.moc"
