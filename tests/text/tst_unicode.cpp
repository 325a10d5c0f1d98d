// UTF-8 repair by the WHATWG rule, and NFC.
#include <QtTest>
#include <random>

#include "core/text/unicode.h"

using namespace minnow;

class TestUnicode : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void eachMaximalInvalidPartIsOneReplacement_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* bytes, const char* text) {
      QTest::newRow(name) << QByteArray(bytes) << QString::fromUtf8(text);
    };
    row("plain", "aé大👍", "aé大👍");
    row("lone continuation bytes", "\x80\xBFx", "\uFFFD\uFFFDx");
    row("overlong", "\xC0\xAF\xE0\x80\xAF", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    row("surrogate", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD");
    row("past U+10FFFF", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD");
    row("cut three-byte character", "\xE4\xBD", "\uFFFD");
    row("cut four-byte character, then text", "\xF0\x9F\x91z", "\uFFFDz");
    row("cut character, then a whole one", "\xE4\xBD\xE5\xA4\xA7", "\uFFFD大");
    row("F5 and FF", "\xF5\xFF", "\uFFFD\uFFFD");
    row("the example of Unicode 3.9", "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64",
        "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
  }
  void eachMaximalInvalidPartIsOneReplacement() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    const std::string input = bytes.toStdString();
    QCOMPARE(QString::fromStdString(repair_utf8(input)), text);
    QCOMPARE(is_valid_utf8(input), repair_utf8(input) == input);
  }

  void repairedBytesAreAlwaysValid() {
    std::mt19937 random(2);
    for (int i = 0; i < 20000; ++i) {
      std::string bytes;
      for (auto n = random() % 12; n > 0; --n)
        bytes += static_cast<char>(random() % 3 == 0 ? random() % 128 : 128 + random() % 128);
      const std::string text = repair_utf8(bytes);
      QVERIFY(is_valid_utf8(text));
      QCOMPARE(repair_utf8(text), text);
    }
  }

  void textIsComposed() {
    QCOMPARE(nfc("e\u0301"), std::string("é"));
    QCOMPARE(nfc("\u212B \u2126"), std::string("\u00C5 \u03A9"));
    QCOMPARE(nfc("\u1100\u1161\u11A8"), std::string("\uAC01"));
    QCOMPARE(nfc("a\u0315\u0300\u05AE\u0300b"), std::string("\u00E0\u05AE\u0300\u0315b"));  // marks in canonical order
    QCOMPARE(nfc("\u0958"), std::string("\u0915\u093C"));                                   // never composed again
    QCOMPARE(nfc("\uFB01 \uFF11 ½"), std::string("\uFB01 \uFF11 ½"));                       // compatibility forms stay
    QCOMPARE(nfc(std::string("e\0\u0301", 4)), std::string("e\0\u0301", 4));
    QCOMPARE(nfc(""), std::string());
  }

  void theQuickLookIsRight() {
    for (char32_t c = 1; c < 0x30000; ++c) {
      if (c >= 0xD800 && c < 0xE000) continue;
      const std::string one = QString::fromUcs4(&c, 1).toStdString();
      if (!surely_nfc(one)) continue;
      QVERIFY(nfc("a\u0301" + one) == "á" + one);  // the long way leaves it alone, too
    }
    QVERIFY(surely_nfc("电话:0871-1234567 Zoë 👍 한국"));
    QVERIFY(!surely_nfc("e\u0301"));
  }

  void manyMarksTakeNoQuadraticTime() {
    std::string marks = "a";
    for (int i = 0; i < 250000; ++i) marks += "\u0301\u0316";
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(nfc(marks).size(), marks.size() - 1);  // "a" and the first accent are á
    QVERIFY(timer.elapsed() < 5000);
  }
};

QTEST_APPLESS_MAIN(TestUnicode)
#include "tst_unicode.moc"
