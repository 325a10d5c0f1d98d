// The three ways of merging agree, and the rules of rank and place hold.
#include <QtTest>
#include <random>

#include "core/text/bpe.h"

using namespace minnow;

namespace {

using Ids = std::vector<std::int32_t>;

std::array<std::int32_t, 256> identity() {
  std::array<std::int32_t, 256> ids{};
  for (int i = 0; i < 256; ++i) ids[static_cast<std::size_t>(i)] = i;
  return ids;
}

Ids encode(const Bpe& bpe, const std::string& piece) {
  Ids ids;
  bpe.encode(piece, ids);
  return ids;
}

/// Merges over the letters a to d and their products, any order of ranks, some pairs twice.
std::vector<Merge> random_merges(std::mt19937& random, int count) {
  std::vector<std::int32_t> tokens{'a', 'b', 'c', 'd'};
  std::vector<Merge> merges;
  for (int i = 0; i < count; ++i) {
    const std::int32_t left = tokens[random() % tokens.size()];
    const std::int32_t right = tokens[random() % tokens.size()];
    merges.push_back({left, right, 256 + i});
    tokens.push_back(256 + i);
  }
  std::shuffle(merges.begin(), merges.end(), random);
  return merges;
}

}  // namespace

class TestBpe : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void lowerRanksMergeFirst() {
    const Bpe bpe(identity(), {{'b', 'c', 256}, {'a', 'b', 257}, {'a', 256, 258}});
    QCOMPARE(encode(bpe, "abc"), (Ids{258}));
    QCOMPARE(encode(bpe, "abd"), (Ids{257, 'd'}));
  }

  void equalRanksMergeFromTheLeft() {
    const Bpe bpe(identity(), {{'a', 'a', 256}});
    QCOMPARE(encode(bpe, "aaaaa"), (Ids{256, 256, 'a'}));
    QCOMPARE(encode(bpe, std::string(301, 'a')).back(), 'a');  // a long piece too
  }

  void ofAPairMergedTwiceTheLaterCounts() {
    const Bpe bpe(identity(), {{'a', 'b', 256}, {'a', 'b', 257}});
    QCOMPARE(encode(bpe, "ab"), (Ids{257}));
  }

  void anyPieceGivesWhatTheDefinitionGives() {
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
      const Bpe bpe(identity(), random_merges(random, 1 + static_cast<int>(random() % 60)));
      for (int i = 0; i < 60; ++i) {
        std::string piece;
        for (auto n = random() % 200; n > 0; --n) piece += "abcde"[random() % (random() % 9 == 0 ? 5 : 3)];
        Ids expected;
        bpe.encode_by_definition(piece, expected);
        QCOMPARE(encode(bpe, piece), expected);
      }
    }
  }

  void theLargestIdsFit() {
    const std::int32_t top = Bpe::kMaxId;
    const Bpe bpe(identity(), {{'a', 'b', top}, {top, top, top - 1}, {top - 1, top - 1, top}});
    QCOMPARE(encode(bpe, "ababcababab"), (Ids{top - 1, 'c', top - 1, top}));
    QCOMPARE(encode(bpe, "abababab"), (Ids{top}));
  }

  void withoutMergesBytesStay() {
    const Bpe bpe(identity(), {});
    QCOMPARE(encode(bpe, "ab"), (Ids{'a', 'b'}));
    QCOMPARE(encode(bpe, ""), Ids{});
  }
};

QTEST_APPLESS_MAIN(TestBpe)
#include "tst_bpe.moc"
