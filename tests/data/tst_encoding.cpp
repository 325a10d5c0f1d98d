// Encodings: which one a file has, and its text as UTF-8 whatever the pieces cut in two.
#include <iconv.h>

#include <QtTest>

#include "core/data/encoding.h"
#include "core/data/load.h"
#include "tests/data/scratch.h"

using minnow::detect_encoding;
using minnow::Encoding;
using minnow::invalid_utf8_at;

namespace {

std::string encoded(std::string text, const char* to) {
  const iconv_t handle = iconv_open(to, "UTF-8");
  std::string out(text.size() * 4 + 8, '\0');
  char* from = text.data();
  char* into = out.data();
  std::size_t left = text.size(), room = out.size();
  iconv(handle, &from, &left, &into, &room);
  iconv_close(handle);
  out.resize(out.size() - room);
  return out;
}

std::string all_of(const std::filesystem::path& path, Encoding encoding) {
  minnow::TextStream stream(path, encoding);
  std::string text;
  while (stream.read(text)) {
  }
  return text;
}

const std::string chinese = "云南省大理白族自治州大理市古城街道，欧阳慕容 13800000000\n";

}  // namespace

class TestEncoding : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void invalidUtf8IsFoundWhereItIs_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("at");
    QTest::newRow("ascii") << QByteArray("abc") << -1;
    QTest::newRow("all lengths") << QByteArray("aé中😀") << -1;
    QTest::newRow("last code point") << QByteArray("\xf4\x8f\xbf\xbf") << -1;
    QTest::newRow("continuation first") << QByteArray("a\x80") << 1;
    QTest::newRow("overlong") << QByteArray("a\xc0\xaf") << 1;
    QTest::newRow("overlong of three") << QByteArray("\xe0\x80\xaf") << 0;
    QTest::newRow("surrogate") << QByteArray("ab\xed\xa0\x80") << 2;
    QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << 0;
    QTest::newRow("cut") << QByteArray("a\xe4\xb8") << 1;
  }
  void invalidUtf8IsFoundWhereItIs() {
    QFETCH(QByteArray, text);
    QFETCH(int, at);
    const std::size_t found = invalid_utf8_at(text.toStdString());
    QCOMPARE(found, at < 0 ? std::string::npos : static_cast<std::size_t>(at));
  }

  void encodingsAreTold_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("encoding");
    const auto add = [](const char* name, const std::string& bytes, Encoding encoding) {
      QTest::newRow(name) << QByteArray::fromStdString(bytes) << static_cast<int>(encoding);
    };
    add("empty", "", Encoding::utf8);
    add("ASCII", "abc\n", Encoding::utf8);
    add("UTF-8", chinese, Encoding::utf8);
    add("UTF-8 with mark", "\xef\xbb\xbf" + chinese, Encoding::utf8);
    add("GB18030", encoded(chinese, "GB18030"), Encoding::gb18030);
    add("GBK after a long ASCII head", std::string(900000, 'a') + "\n" + encoded(chinese, "GBK"), Encoding::gb18030);
    add("GB18030 in one line", encoded(std::string(3000, 'a') + chinese.substr(0, 30), "GB18030"), Encoding::gb18030);
    add("four-byte GB18030", encoded("𠮷野家😀\n", "GB18030"), Encoding::gb18030);
    add("UTF-16 little-endian", "\xff\xfe" + encoded(chinese, "UTF-16LE"), Encoding::utf16_le);
    add("UTF-16 big-endian", "\xfe\xff" + encoded(chinese, "UTF-16BE"), Encoding::utf16_be);
    add("UTF-8 with one broken line", chinese + chinese + "\xb4\xf3\n" + chinese, Encoding::utf8);
    add("mostly GB18030", chinese + encoded(chinese + chinese, "GB18030"), Encoding::gb18030);
  }
  void encodingsAreTold() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, encoding);
    const Scratch scratch;
    QCOMPARE(static_cast<int>(detect_encoding(scratch.file("f", bytes.toStdString()))), encoding);
  }

  void everyEncodingComesOutAsUtf8_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("mark");
    QTest::addColumn<int>("encoding");
    QTest::newRow("UTF-8") << QByteArray("UTF-8") << QByteArray("\xef\xbb\xbf") << static_cast<int>(Encoding::utf8);
    QTest::newRow("GB18030") << QByteArray("GB18030") << QByteArray() << static_cast<int>(Encoding::gb18030);
    QTest::newRow("UTF-16LE") << QByteArray("UTF-16LE") << QByteArray("\xff\xfe")
                              << static_cast<int>(Encoding::utf16_le);
    QTest::newRow("UTF-16BE") << QByteArray("UTF-16BE") << QByteArray("\xfe\xff")
                              << static_cast<int>(Encoding::utf16_be);
  }
  void everyEncodingComesOutAsUtf8() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, mark);
    QFETCH(int, encoding);
    // Longer than a piece, with an odd shift, so that characters straddle the pieces' borders.
    std::string text = "x";
    while (text.size() < 900000) text += chinese + "😀";
    const Scratch scratch;
    const auto path = scratch.file("f", mark.toStdString() + encoded(text, name.constData()));
    QCOMPARE(static_cast<int>(detect_encoding(path)), encoding);
    QVERIFY(all_of(path, static_cast<Encoding>(encoding)) == text);
  }

  void bytesThatTheEncodingLacksShowAsInvalid() {
    const Scratch scratch;
    const auto path = scratch.file("f", encoded(chinese, "GB18030") + "a\xff\n" + encoded(chinese, "GB18030") + "\xb4");
    const std::string text = all_of(path, Encoding::gb18030);
    QCOMPARE(QByteArray::fromStdString(text), QByteArray::fromStdString(chinese + "a\xff\n" + chinese + "\xff"));
  }

  void whatIsNotTextIsRefusedByName_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("spreadsheet") << QByteArray("PK\x03\x04\x00\x00", 6) << QByteArray("a ZIP archive");
    QTest::newRow("gzip") << QByteArray("\x1f\x8b\x08 anything") << QByteArray("gzip");
    QTest::newRow("NUL") << QByteArray("ab\0cd", 5) << QByteArray("NUL byte at offset 2");
  }
  void whatIsNotTextIsRefusedByName() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, sentence);
    const Scratch scratch;
    const auto path = scratch.file("thing", bytes.toStdString());
    const std::string said = sentence_of([&] { detect_encoding(path); });
    QVERIFY2(QByteArray::fromStdString(said).contains(sentence), said.c_str());
    QVERIFY2(said.find("thing") != std::string::npos, said.c_str());
  }

  void aFolderIsNotAFile() {
    const Scratch scratch;
    const std::string said = sentence_of([&] { detect_encoding(scratch.path()); });
    QVERIFY2(said.find("folder") != std::string::npos, said.c_str());
  }

  void linesComeWithTheirNumbers() {
    const Scratch scratch;
    minnow::TextLines lines(minnow::TextStream(scratch.file("f", "a\r\n\nb\nlast"), Encoding::utf8));
    std::string line;
    for (const auto& [text, number] : {std::pair("a", 1), std::pair("", 2), std::pair("b", 3), std::pair("last", 4)}) {
      QVERIFY(lines.next(line));
      QCOMPARE(line, std::string(text));
      QCOMPARE(lines.line_number(), std::int64_t{number});
    }
    QVERIFY(!lines.next(line));
  }

  void aLineBeyondTheLimitIsCutAndSaysSo() {
    const Scratch scratch;
    minnow::TextLines lines(
        minnow::TextStream(scratch.file("f", std::string(1000000, 'x') + "\nnext\n"), Encoding::utf8), 100);
    std::string line;
    QVERIFY(lines.next(line));
    QVERIFY(lines.too_long());
    QCOMPARE(line.size(), std::size_t{100});
    QVERIFY(lines.next(line));
    QVERIFY(!lines.too_long());
    QCOMPARE(line, std::string("next"));
  }

  void rowsLoadFromGb18030() {
    const Scratch scratch;
    const std::string row = R"({"query":"寄给欧阳娜娜","response":"好的"})"
                            "\n";
    const auto rows = minnow::load_conversations(scratch.file("r.jsonl", encoded(row + row, "GB18030")));
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[1].messages[0].content, std::string("寄给欧阳娜娜"));
  }
};

QTEST_GUILESS_MAIN(TestEncoding)
#include "tst_encoding.moc"
