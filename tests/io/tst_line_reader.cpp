// Lines of every ending and length, offsets, and memory that stays flat.
#include <QtTest>

#include "core/io/line_reader.h"
#include "tests/io/scratch.h"

using namespace minnow;
using Lines = std::vector<std::string>;

class TestLineReader : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void linesComeWithoutTheirEndings_data();
  void linesComeWithoutTheirEndings();
  void linesAcrossBlocksAreWhole();
  void lineOverTheLimitIsRefusedAndPassedOver();
  void defaultLimitHolds();
  void seekGoesOnAtALine();
  void missingFileIsNotFound();
};

static Lines lines_of(const std::filesystem::path& path) {
  LineReader reader(path);
  Lines lines;
  for (std::string line; reader.next(line);) lines.push_back(line);
  return lines;
}

void TestLineReader::linesComeWithoutTheirEndings_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QStringList>("lines");
  const auto row = [](const char* name, const QByteArray& text, const QStringList& lines) {
    QTest::newRow(name) << text << lines;
  };
  row("empty file", "", {});
  row("one line", "a\n", {"a"});
  row("no final line break", "a\nb", {"a", "b"});
  row("empty lines", "\n\na\n\n", {"", "", "a", ""});
  row("CR LF", "a\r\nb\r\n", {"a", "b"});
  row("CR LF without the last", "a\r\nb\r", {"a", "b"});
  row("CR inside stays", "a\rb\n\r\r\n", {"a\rb", "\r"});
  row("byte order mark",
      "\xef\xbb\xbf"
      "a\nb\n",
      {"a", "b"});
  row("only a byte order mark", "\xef\xbb\xbf", {});
  row("byte order mark and line break", "\xef\xbb\xbf\n", {""});
  row("part of a byte order mark", "\xef\xbb", {QString::fromLatin1("\xef\xbb")});
  row("byte order mark in line two stays",
      "a\n\xef\xbb\xbf"
      "b\n",
      {"a", QString::fromLatin1("\xef\xbb\xbf"
                                "b")});
  row("NUL bytes stay", QByteArray("a\0b\n\0", 5), {QString::fromLatin1("a\0b", 3), QString(QChar(0))});
}

void TestLineReader::linesComeWithoutTheirEndings() {
  QFETCH(QByteArray, text);
  QFETCH(QStringList, lines);
  const Scratch scratch;
  scratch.put("file", text.toStdString());
  Lines expected;
  for (const QString& line : lines) expected.push_back(line.toLatin1().toStdString());
  QCOMPARE(lines_of(scratch.path("file")), expected);
}

void TestLineReader::linesAcrossBlocksAreWhole() {
  const Scratch scratch;
  constexpr std::size_t block = 256 << 10;
  for (const std::size_t length : {block - 2, block - 1, block, block + 1, 2 * block, 5 * block + 3}) {
    for (const char* ending : {"\n", "\r\n"}) {
      const std::string first(length, 'a');
      const std::string second(length / 2, 'b');
      scratch.put("file", first + ending + second + ending + "c");
      QVERIFY(lines_of(scratch.path("file")) == (Lines{first, second, "c"}));
    }
  }
}

void TestLineReader::lineOverTheLimitIsRefusedAndPassedOver() {
  const Scratch scratch;
  for (const char* ending : {"\n", "\r\n"}) {
    scratch.put("file", std::string("ok") + ending + std::string(10, 'x') + ending + std::string(11, 'y') + ending +
                            std::string(1'000'000, 'z') + ending + "end");
    LineReader reader(scratch.path("file"), 10);
    std::string line;
    QVERIFY(reader.next(line));
    QVERIFY(reader.next(line));
    QCOMPARE(line, std::string(10, 'x'));
    const auto by_one = error_of([&] { reader.next(line); });
    QVERIFY(by_one);
    QCOMPARE(by_one->kind(), ErrorKind::format);
    QVERIFY2(QString(by_one->what()).contains("line 3 has 11 bytes, the limit is 10"), by_one->what());
    const auto by_far = error_of([&] { reader.next(line); });
    QVERIFY(by_far);
    QCOMPARE(reader.line_number(), std::int64_t(4));
    QVERIFY(line.capacity() < 100'000);
    QVERIFY(reader.next(line));
    QCOMPARE(line, std::string("end"));
    QCOMPARE(reader.line_number(), std::int64_t(5));
    QVERIFY(!reader.next(line));
    QVERIFY(!reader.next(line));
  }
}

void TestLineReader::defaultLimitHolds() {
  const Scratch scratch;
  scratch.put("file", std::string(LineReader::default_limit, 'x') + "\n" +
                          std::string(LineReader::default_limit + 1, 'x') + "\nend\n");
  LineReader reader(scratch.path("file"));
  std::string line;
  QVERIFY(reader.next(line));
  QCOMPARE(line.size(), LineReader::default_limit);
  QVERIFY(error_of([&] { reader.next(line); }));
  QVERIFY(reader.next(line));
  QCOMPARE(line, std::string("end"));
}

void TestLineReader::seekGoesOnAtALine() {
  const Scratch scratch;
  std::string text = "\xef\xbb\xbf";
  for (int i = 1; i <= 100'000; ++i) text += "line " + std::to_string(i) + (i % 2 ? "\n" : "\r\n");
  scratch.put("file", text);
  LineReader reader(scratch.path("file"));
  std::vector<std::uint64_t> offsets;
  for (std::string line; reader.next(line);) {
    offsets.push_back(reader.line_offset());
    QVERIFY(text.compare(offsets.back(), line.size(), line) == 0);
  }
  QCOMPARE(reader.next_offset(), std::uint64_t(text.size()));
  for (const std::size_t number : {1, 2, 77'777, 100'000, 5}) {
    reader.seek(offsets[number - 1], static_cast<std::int64_t>(number) - 1);
    std::string line;
    QVERIFY(reader.next(line));
    QCOMPARE(line, "line " + std::to_string(number));
    QCOMPARE(reader.line_number(), static_cast<std::int64_t>(number));
    QCOMPARE(reader.line_offset(), offsets[number - 1]);
    if (number < offsets.size()) QCOMPARE(reader.next_offset(), offsets[number]);
  }
  reader.seek(0, 0);
  std::string line;
  QVERIFY(reader.next(line));
  QCOMPARE(line, std::string("line 1"));
}

void TestLineReader::missingFileIsNotFound() {
  const Scratch scratch;
  QVERIFY(error_of([&] { LineReader(scratch.path("absent")); })->kind() == ErrorKind::not_found);
  QVERIFY(error_of([&] { LineReader(scratch.path()); })->kind() == ErrorKind::io);
}

QTEST_APPLESS_MAIN(TestLineReader)
#include "tst_line_reader.moc"
