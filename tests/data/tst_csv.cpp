// Tables: separators, headers, quotes, and what becomes of broken rows.
#include <QtTest>

#include "core/data/csv.h"
#include "tests/data/scratch.h"

using minnow::CsvRecord;
using minnow::detect_csv;
using Cells = std::vector<std::string>;

namespace {

std::vector<CsvRecord> records_of(const std::string& text, char separator = ',') {
  const Scratch scratch;
  minnow::CsvReader reader(minnow::TextLines(minnow::TextStream(scratch.file("f", text), minnow::Encoding::utf8)),
                           separator);
  std::vector<CsvRecord> records;
  CsvRecord record;
  while (reader.next(record)) records.push_back(record);
  return records;
}

}  // namespace

class TestCsv : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cellsAreCutAndUnquoted_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArrayList>("cells");
    const auto add = [](const char* name, const char* line, const QByteArrayList& cells) {
      QTest::newRow(name) << QByteArray(line) << cells;
    };
    add("plain", "a,b,c", {"a", "b", "c"});
    add("one cell", "a", {"a"});
    add("empty cells", ",,", {"", "", ""});
    add("quoted separator", "\"a,b\",c", {"a,b", "c"});
    add("doubled quote", "\"say \"\"hi\"\"\",c", {"say \"hi\"", "c"});
    add("empty quotes", "\"\",c", {"", "c"});
    add("quote within a cell", "5\" pipe,c", {"5\" pipe", "c"});
    add("blank after the quote", "\"a\" ,b", {"a", "b"});
    add("text after the quote", "\"a\"x,b", {"\"a\"x", "b"});
    add("blank before the quote", "a, \"b,c\"", {"a", "b,c"});
    add("backslash before the quote", "\"say \\\"hi\\\"\",c", {"say \"hi\"", "c"});
    add("line break", "\"a\nb\",c", {"a\nb", "c"});
    add("Windows line break", "\"a\r\nb\",c\r", {"a\nb", "c"});
    add("JSON", "x,\"{\"\"a\"\": \"\"1,2\"\"}\"", {"x", "{\"a\": \"1,2\"}"});
  }
  void cellsAreCutAndUnquoted() {
    QFETCH(QByteArray, line);
    QFETCH(QByteArrayList, cells);
    const auto records = records_of(line.toStdString() + "\n");
    QCOMPARE(records.size(), std::size_t{1});
    QByteArrayList found;
    for (const auto& cell : records[0].cells) found.append(QByteArray::fromStdString(cell));
    QCOMPARE(found, cells);
    QVERIFY(records[0].problem.empty());
  }

  void recordsKnowTheLineTheyBeginOn() {
    const auto records = records_of("a,b\n\n\"x\ny\nz\",c\nd,e\n");
    QCOMPARE(records.size(), std::size_t{3});
    QCOMPARE(records[1].line, std::int64_t{3});
    QCOMPARE(records[2].line, std::int64_t{6});
  }

  void aQuoteThatNeverClosesCostsOneLine() {
    const auto records = records_of("a,b\n\"open,c\nd,e\nf,g\n");
    QCOMPARE(records.size(), std::size_t{4});
    QVERIFY(!records[1].problem.empty());
    QCOMPARE(records[1].line, std::int64_t{2});
    QCOMPARE(records[1].raw, std::string("\"open,c"));
    QCOMPARE(records[2].cells, (Cells{"d", "e"}));
    QCOMPARE(records[2].line, std::int64_t{3});
    QCOMPARE(records[3].line, std::int64_t{4});
  }

  void anOpenQuoteFarFromTheEndIsGivenUpToo() {
    std::string text = "\"open,c\n";
    for (int i = 0; i < 1000; ++i) text += "d,e\n";
    const auto records = records_of(text);
    QCOMPARE(records.size(), std::size_t{1001});
    QCOMPARE(records[1].line, std::int64_t{2});
    QCOMPARE(records[1000].line, std::int64_t{1001});
  }

  void separatorsAreFound_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<char>("separator");
    QTest::newRow("comma") << QByteArray("query,response\na,b\nc,d\n") << ',';
    QTest::newRow("tab") << QByteArray("query\tresponse\na, b\tc\nd\te\n") << '\t';
    QTest::newRow("semicolon") << QByteArray("query;response\n1,5;2,5\n3,5;4\n") << ';';
    QTest::newRow("bar") << QByteArray("query|response\na|b\nc|d\n") << '|';
    QTest::newRow("commas in quotes") << QByteArray("query;response\n\"a,b\";c\n\"d,e\";f\n") << ';';
    QTest::newRow("one column") << QByteArray("query\na\nb\n") << ',';
  }
  void separatorsAreFound() {
    QFETCH(QByteArray, text);
    QFETCH(char, separator);
    QCOMPARE(detect_csv(text.toStdString()).separator, separator);
  }

  void headersAreTold_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("header");
    QTest::newRow("known name") << QByteArray("Query,x\na,b\n") << true;
    QTest::newRow("the task's key") << QByteArray("colour,x\na,b\n") << true;
    QTest::newRow("short names above long cells")
        << QByteArray("地址,备注\n云南省大理市古城人民路一号,无此人\n北京市海淀区中关村大街二号,没有\n") << true;
    QTest::newRow("data from the first line")
        << QByteArray("云南省大理市古城人民路一号,张三\n北京市海淀区中关村大街二号,李四\n上海市徐汇区,王五\n") << false;
    QTest::newRow("a number among them") << QByteArray("query,17\na,b\n") << false;
    QTest::newRow("the same twice") << QByteArray("a,a\nb,c\n") << false;
    QTest::newRow("an empty one") << QByteArray("query,\na,b\n") << false;
  }
  void headersAreTold() {
    QFETCH(QByteArray, text);
    QFETCH(bool, header);
    const auto dialect = detect_csv(text.toStdString(), {0, std::nullopt, {"colour"}});
    QCOMPARE(dialect.header, header);
    QCOMPARE(dialect.columns.size(), std::size_t{2});
    if (!header) QCOMPARE(dialect.columns, (Cells{"column 1", "column 2"}));
  }

  void whatIsGivenIsNotAskedAgain() {
    const auto dialect = detect_csv("query,response\na,b\n", {';', false, {}});
    QCOMPARE(dialect.separator, ';');
    QVERIFY(!dialect.header);
    QCOMPARE(dialect.columns, Cells{"column 1"});
  }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
