// Grapheme clusters, and numbers as text.
#include <QtTest>

#include "core/text/graphemes.h"
#include "core/types/number_text.h"

using namespace minnow;

class TestGraphemes : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void clustersAreWhatAReaderCounts_data();
  void clustersAreWhatAReaderCounts();
  void joinedClustersAreTheText();
  void numbersKnowNoLocale();
};

void TestGraphemes::clustersAreWhatAReaderCounts_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QList<QByteArray>>("clusters");
  const auto row = [](const char* name, QByteArray text, QList<QByteArray> clusters) {
    QTest::newRow(name) << text << clusters;
  };
  row("empty", "", {});
  row("Chinese", "大理市", {"大", "理", "市"});
  row("combining accent", "e\u0301a", {"e\u0301", "a"});
  row("CR LF", "a\r\nb", {"a", "\r\n", "b"});
  row("family emoji", "👨‍👩‍👧!", {"👨‍👩‍👧", "!"});
  row("flags", "🇨🇳🇫🇷", {"🇨🇳", "🇫🇷"});
  row("Hangul parts", "\u1112\u1161\u11AB\u1100", {"\u1112\u1161\u11AB", "\u1100"});
  row("bytes that aren't UTF-8", QByteArray("a\xFF\xFE\u4E2D", 6), {"a", "\xFF", "\xFE", "\u4E2D"});
  row("a character cut in two", QByteArray("a\xE4\xB8", 3), {"a", "\xE4", "\xB8"});
}

void TestGraphemes::clustersAreWhatAReaderCounts() {
  QFETCH(QByteArray, text);
  QFETCH(QList<QByteArray>, clusters);
  const std::string kept = text.toStdString();  // the clusters point into it
  QList<QByteArray> found;
  for (const auto cluster : graphemes(kept)) found << QByteArray(cluster.data(), qsizetype(cluster.size()));
  QCOMPARE(found, clusters);
}

void TestGraphemes::joinedClustersAreTheText() {
  std::uint32_t state = 7;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      state = state * 1664525u + 1013904223u;
      text += static_cast<char>(state >> 24);
    }
    std::string joined;
    for (const auto cluster : graphemes(text)) {
      QVERIFY(!cluster.empty());
      joined += cluster;
    }
    QCOMPARE(joined, text);
  }
}

void TestGraphemes::numbersKnowNoLocale() {
  for (const char* locale : {"C", "de_DE.UTF-8", "C.UTF-8"}) {
    setlocale(LC_ALL, locale);  // where it isn't installed nothing changes
    QCOMPARE(fixed_text(0.0414, 3), std::string("0.041"));
    QCOMPARE(fixed_text(-0.0004, 2), std::string("0.00"));
    QCOMPARE(fixed_text(-1.5, 1), std::string("-1.5"));
    QCOMPARE(fixed_text(1e300, 0).size(), std::size_t{301});
    QCOMPARE(fixed_text(std::nan(""), 2), std::string("nan"));
    QCOMPARE(short_text(0.00004217, 2), std::string("0.000042"));
    QCOMPARE(minutes_text(15.0), std::string("15"));
    QCOMPARE(minutes_text(0.6), std::string("0.6"));
    QCOMPARE(minutes_text(1.25), std::string("1.25"));
    QCOMPARE(minutes_text(100.4), std::string("100"));
    QCOMPARE(short_text(1234.5, 2), std::string("1234"));
    QCOMPARE(short_text(4.2e-11, 2), std::string("4.2e-11"));
    QCOMPARE(short_text(0.0, 3), std::string("0"));
    QCOMPARE(percent_text(0.9804), std::string("98.0\u00A0%"));
    QCOMPARE(percent_text(1.0), std::string("100\u00A0%"));
    QCOMPARE(percent_text(0.9996), std::string("100.0\u00A0%"));
  }
  setlocale(LC_ALL, "C");
}

QTEST_APPLESS_MAIN(TestGraphemes)
#include "tst_graphemes.moc"
