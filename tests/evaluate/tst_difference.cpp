// Differences marked by grapheme clusters.
#include <QtTest>

#include "core/evaluate/difference.h"

using namespace minnow;

class TestDifference : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void piecesAreMarked_data();
  void piecesAreMarked();
  void piecesRebuildBothTexts();
  void longTextsTakeTheCoarseWay();
};

// "=same +added -left out", one after the other.
static std::string spelled(const std::vector<DiffPiece>& pieces) {
  std::string text;
  for (const auto& piece : pieces) {
    text += piece.kind == DiffPiece::Kind::same ? "=" : piece.kind == DiffPiece::Kind::added ? "+" : "-";
    text += piece.text + " ";
  }
  return text;
}

void TestDifference::piecesAreMarked_data() {
  QTest::addColumn<QString>("wanted");
  QTest::addColumn<QString>("given");
  QTest::addColumn<QString>("pieces");
  QTest::newRow("equal") << "大理市"
                         << "大理市"
                         << "=大理市 ";
  QTest::newRow("both empty") << ""
                              << ""
                              << "";
  QTest::newRow("all missing") << "张三"
                               << ""
                               << "-张三 ";
  QTest::newRow("a digit replaced") << "1381245678"
                                    << "1381295678"
                                    << "=13812 -4 +9 =5678 ";
  QTest::newRow("cut short") << "欧阳娜娜"
                             << "欧阳"
                             << "=欧阳 -娜娜 ";
  QTest::newRow("added in front") << "大理市"
                                  << "云南省大理市"
                                  << "+云南省 =大理市 ";
  QTest::newRow("one letter") << "喜洲镇"
                              << "喜州镇"
                              << "=喜 -洲 +州 =镇 ";
  QTest::newRow("unrelated words") << "compressor"
                                   << "pump"
                                   << "-compressor +pump ";
  QTest::newRow("unrelated names") << "段红英"
                                   << "杨素英子"
                                   << "-段红英 +杨素英子 ";
  QTest::newRow("unrelated numbers") << "13812345678"
                                     << "15999002211"
                                     << "-13812345678 +15999002211 ";
  QTest::newRow("a word within another place") << "云南省昆明市五华区"
                                               << "五华区人民路"
                                               << "-云南省昆明市 =五华区 +人民路 ";
  QTest::newRow("two letters swapped") << "Meier"
                                       << "Meire"
                                       << "=Mei -e =r +e ";
  QTest::newRow("an accent is part of its letter") << "cafe\u0301"
                                                   << "cafe"
                                                   << "=caf -e\u0301 +e ";
  QTest::newRow("an emoji stays whole") << "a👨‍👩‍👧b"
                                        << "a👨b"
                                        << "=a -👨‍👩‍👧 +👨 =b ";
}

void TestDifference::piecesAreMarked() {
  QFETCH(QString, wanted);
  QFETCH(QString, given);
  QFETCH(QString, pieces);
  QCOMPARE(QString::fromStdString(spelled(difference(wanted.toStdString(), given.toStdString()))), pieces);
}

void TestDifference::piecesRebuildBothTexts() {
  const QStringList letters{"a", "b", "市", "e\u0301", "1"};
  std::uint32_t state = 5;
  const auto word = [&] {
    std::string text;
    for (int i = 0; i < 9; ++i) {
      state = state * 1664525u + 1013904223u;
      if ((state >> 28) < 12) text += letters[int((state >> 8) % 5)].toStdString();
    }
    return text;
  };
  for (int round = 0; round < 3000; ++round) {
    const std::string wanted = word(), given = word();
    std::string left, right;
    const DiffPiece* last = nullptr;
    const auto pieces = difference(wanted, given);
    for (const auto& piece : pieces) {
      QVERIFY(!piece.text.empty());
      if (last) QVERIFY(last->kind != piece.kind);
      if (last && piece.kind == DiffPiece::Kind::left_out) QCOMPARE(last->kind, DiffPiece::Kind::same);
      if (piece.kind != DiffPiece::Kind::added) left += piece.text;
      if (piece.kind != DiffPiece::Kind::left_out) right += piece.text;
      last = &piece;
    }
    QCOMPARE(left, wanted);
    QCOMPARE(right, given);
  }
}

void TestDifference::longTextsTakeTheCoarseWay() {
  const std::string wanted = "from" + std::string(5000, 'a') + "here", given = "from" + std::string(5000, 'b') + "here";
  const auto pieces = difference(wanted, given);
  QCOMPARE(pieces.size(), std::size_t{4});
  QCOMPARE(pieces[1].text.size(), std::size_t{5000});
  QCOMPARE(pieces[3].text, std::string("here"));
}

QTEST_APPLESS_MAIN(TestDifference)
#include "tst_difference.moc"
