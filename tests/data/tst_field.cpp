// Files as people bring them (tests/field): how many rows each has, what is set aside, what is said.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QtTest>
#include <thread>

#include "core/data/import.h"
#include "core/data/load.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using minnow::import_rows;
using minnow::ImportReport;
using minnow::Row;

namespace {

struct Read {
  ImportReport report;
  std::vector<Row> rows;
  QByteArray said;  // set-aside sentences and notes
};

std::filesystem::path field(const std::string& name) {
  return std::filesystem::path(MINNOW_SOURCE_DIR) / "tests" / "field" / name;
}

Read read(const std::filesystem::path& path, minnow::ImportOptions options = {}) {
  Read result;
  const bool table = path.extension() == ".csv" || path.filename() == "unicode_text.txt";
  if (table && options.mapping.empty()) options.mapping.input = "原文";
  result.report = import_rows(path, options, [&](Row&& row) { result.rows.push_back(std::move(row)); });
  for (const auto& problem : result.report.set_aside) result.said += QByteArray::fromStdString(problem.sentence) + "\n";
  for (const auto& note : result.report.notes)  // the tables' other columns aren't asked for here
    if (!note.starts_with("read as neither")) result.said += QByteArray::fromStdString(note) + "\n";
  return result;
}

}  // namespace

class TestField : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatCanBeReadIsReadAndTheRestIsNamed_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("aside");
    QTest::addColumn<QByteArray>("says");  // empty: nothing at all
    const auto add = [](const char* file, int rows, int aside, const char* says) {
      QTest::newRow(file) << rows << aside << QByteArray(says);
    };
    add("a02/columns.json", 3, 0, "column by column");
    add("a02/wrapped.json", 3, 0, "'data'");
    add("a02/nested.json", 3, 0, "'rows'");
    add("a02/by_number.json", 3, 0, "column by column");
    add("a02/index.json", 3, 0, "under their numbers");
    add("a02/split.json", 3, 0, "list of columns");
    add("a02/viewer.json", 3, 0, "'rows'");
    add("a02/lists.json", 3, 0, "named by the first of them");
    add("a02/lists.jsonl", 3, 0, "named by the first of them");
    add("a02/texts.json", 3, 0, "");
    add("a02/strings.jsonl", 3, 0, "");
    add("a02/parts.json", 3, 0, "parts of a split");
    add("a02/two_lists.json", 0, 1, "'orders', 'guests'");
    add("a03/commas.jsonl", 3, 0, "a comma stands behind the row");
    add("a03/same_line.jsonl", 3, 0, "on a line with others");
    add("a03/broken_neighbour.jsonl", 3, 1, "not valid JSON");
    add("a03/python.jsonl", 3, 0, "isn't strict JSON");
    add("a03/trailing_comma.jsonl", 3, 0, "isn't strict JSON");
    add("a03/raw_break.jsonl", 3, 0, "broken over several lines");
    add("a03/spread.jsonl", 3, 0, "broken over several lines");
    add("a03/nan.jsonl", 3, 0, "isn't strict JSON");
    add("a03/array_lines.jsonl", 3, 0, "");
    add("a03/key_twice.jsonl", 3, 0, "a key stands in the row twice");
    add("a10/unicode_text.txt", 3, 0, "");
    add("a10/no_mark.csv", 3, 0, "looks like UTF-16LE");
    add("a10/no_mark_big.csv", 3, 0, "looks like UTF-16BE");
    add("a10/utf32.csv", 3, 0, "");
    add("a10/tabs.csv", 3, 0, "");
    add("a10/sep.csv", 3, 0, "no part of it: 1");
    add("a10/sep_quoted.csv", 3, 0, "no part of it: 1");
    add("a10/title.csv", 3, 0, "no part of it: 3");
    add("a10/index_column.csv", 3, 0, "");
    add("a10/same_name.csv", 3, 0, "two columns are called '备注'");
    add("a10/empty_tail.csv", 3, 0, "");
    add("a10/extra_separators.csv", 3, 0, "");
    add("a10/spaces.csv", 3, 0, "");
    add("a10/big5.txt", 3, 0, "look like Big5");
    add("a12/cr.txt", 3, 0, "");
    add("a12/cr.csv", 3, 0, "");
    add("a12/cr.jsonl", 3, 0, "");
    add("a12/mixed.txt", 3, 0, "");
    add("a12/double.jsonl", 3, 0, "");
    add("a14/guards.csv", 5, 0, "put around numbers");
    add("a15/joined.csv", 3, 0, "header comes again");
    add("a15/joined.jsonl", 3, 0, "");
    add("a15/joined.txt", 3, 0, "");
    add("a15/escaped.jsonl", 3, 0, "");
    add("a16/nul_tail.jsonl", 3, 0, "300 NUL bytes");
    add("a16/nul_tail.csv", 3, 0, "300 NUL bytes");
    add("a16/nul_tail.json", 3, 0, "");
    add("a16/nul_between.txt", 3, 0, "64 NUL bytes");
    add("a16/nul_inside.jsonl", 2, 1, "NUL byte");
    add("a28/empty.jsonl", 0, 0, "");
  }
  void whatCanBeReadIsReadAndTheRestIsNamed() {
    QFETCH(int, rows);
    QFETCH(int, aside);
    QFETCH(QByteArray, says);
    const Read result = read(field(QTest::currentDataTag()));
    QVERIFY2(static_cast<int>(result.rows.size()) == rows, result.said);
    QCOMPARE(result.report.set_aside_count, std::int64_t{aside});
    QVERIFY2(says.isEmpty() ? result.said.isEmpty() : result.said.contains(says), result.said);
    for (const Row& row : result.rows) {
      QVERIFY2(row.input.find("\ufeff") == std::string::npos && row.input.find('\0') == std::string::npos, row.input.c_str());
      QVERIFY2(!row.input.empty() && row.input != "原文", row.input.c_str());
    }
  }

  void partsOfASplitAreKept() {
    const Read result = read(field("a02/parts.json"));
    QVERIFY(result.rows.at(0).split == minnow::Split::train);
    QVERIFY(result.rows.at(2).split == minnow::Split::test);
  }

  void trainingReadsWhatImportReads() {
    for (const char* name : {"a02/wrapped.json", "a02/columns.json", "a03/commas.jsonl", "a03/same_line.jsonl",
                             "a12/cr.jsonl", "a15/joined.jsonl", "a16/nul_tail.jsonl"}) {
      std::vector<minnow::Problem> aside;
      std::vector<std::string> notes;
      const auto rows = minnow::load_conversations(field(name), &aside, {}, nullptr, {}, &notes);
      QCOMPARE(rows.size(), std::size_t{3});
      QCOMPARE(rows[1].messages.at(0).content, std::string("一碗牛肉面"));
      QVERIFY(aside.empty());
    }
  }

  void guardsAroundNumbersAreUndone() {
    minnow::ImportOptions options;
    options.mapping.input = "原文";
    options.mapping.label = "电话";
    const Read result = read(field("a14/guards.csv"), options);
    const QList<QByteArray> numbers{"01012345678", "013812345678", "13812345679", "13812345670", "13812345671"};
    for (qsizetype i = 0; i < numbers.size(); ++i)
      QCOMPARE(QByteArray::fromStdString(result.rows.at(static_cast<std::size_t>(i)).label), numbers[i]);
  }

  void otherTextKeepsItsApostrophesAndBlanks() {
    for (const char* text : {"'tis", "'", " 5 ", "it's", "=A1", "`code`", ""}) QCOMPARE(minnow::unguarded(text), std::string(text));
    QCOMPARE(minnow::unguarded("'-1+1"), std::string("-1+1"));
    QCOMPARE(minnow::unguarded("=\"abc\""), std::string("abc"));
  }

  void aWesternSpreadsheetIsNotReadAsChinese() {
    minnow::ImportOptions options;
    options.mapping.input = "text";
    const Read result = read(field("a10/windows.csv"), options);
    QVERIFY(result.report.format.encoding == minnow::Encoding::windows_1252);
    QCOMPARE(result.rows.at(0).input, std::string("Deux crèmes brûlées"));
    QVERIFY(read(field("a10/big5.txt")).report.format.encoding == minnow::Encoding::big5);
  }

  void aTableIsKnownByItsContent() {
    for (const char* name : {"a10/unicode_text.txt", "a10/table.jsonl", "a10/tabs.csv"}) {
      const auto format = minnow::detect_format(field(name));
      QVERIFY2(format.container == minnow::Container::table, name);
      QVERIFY2(format.csv.header && format.csv.columns.size() == 3, name);
    }
    const Scratch scratch;  // people's writing has commas too, as many on each line as it happens
    const auto lines = minnow::detect_format(scratch.file("f.txt", "张三,在家\n李四,出门了\n王五,在公司\n"));
    QVERIFY(lines.container == minnow::Container::plain_lines);
  }

  void aHeaderIsNoRowEvenInATableOfOneRow() {
    const Scratch scratch;
    const auto format = minnow::detect_format(scratch.file("f.csv", "原文,电话\n两份宫保鸡丁送到三号桌,01012345678\n"));
    QVERIFY(format.csv.header);
    const auto bare = minnow::detect_format(scratch.file("g.csv", "张三,01012345678\n李四,01012345679\n"));
    QVERIFY(!bare.csv.header);
  }

  void aQuotationMarkInsideACellIsKept() {
    minnow::ImportOptions options;
    options.mapping.input = "原文";
    options.mapping.label = "菜名";
    Read result = read(field("a30/inner_quote.csv"), options);
    QCOMPARE(result.rows.size(), std::size_t{3});
    QCOMPARE(result.rows[0].input, std::string("\"一根 5\" 长的油条"));
    QCOMPARE(result.rows[0].label, std::string("油条"));
    QCOMPARE(result.report.set_aside_count, std::int64_t{1});
    QVERIFY2(result.said.contains("inner_quote.csv:4: a cell opens"), result.said);
    result = read(field("a30/merged.csv"), options);  // an open quote doesn't swallow the next row's opening one
    QCOMPARE(result.rows.size(), std::size_t{2});
    QCOMPARE(result.rows[0].input, std::string("两份宫保鸡丁"));
  }

  void quotesEscapedWithBackslashesAreRead() {
    minnow::ImportOptions options;
    options.mapping.input = "原文";
    options.mapping.label = "答案";
    const Read result = read(field("a30/backslash.csv"), options);
    QCOMPARE(result.rows.size(), std::size_t{3});
    QCOMPARE(result.rows[0].label, std::string("{\"菜名\": \"宫保鸡丁\"}"));
    QCOMPARE(result.rows[1].label, std::string("{\"菜名\": \"牛肉面\"}"));
    QCOMPARE(result.rows[2].input, std::string("三杯\n豆浆"));
    QCOMPARE(result.rows[2].label, std::string("{\"菜名\": \"豆浆\"}"));
  }

  void whatIsNoFileOfRowsIsCalledByItsName_data() {
    QTest::addColumn<QByteArray>("what");
    QTest::newRow("a28/login_page.json") << QByteArray("a web page");
    QTest::newRow("a28/pointer.jsonl") << QByteArray("a Git LFS pointer");
    QTest::newRow("a28/parquet.jsonl") << QByteArray("a Parquet file");
    QTest::newRow("a28/workbook.csv") << QByteArray("a workbook (.xlsx)");
    QTest::newRow("a28/zstd.jsonl") << QByteArray("compressed with zstd");
  }
  void whatIsNoFileOfRowsIsCalledByItsName() {
    QFETCH(QByteArray, what);
    const std::string said = sentence_of([] { read(field(QTest::currentDataTag())); });
    QVERIFY2(QByteArray::fromStdString(said).contains(what), said.c_str());
    QVERIFY(minnow::no_rows_sentence(field("a28/empty.jsonl")).find("is empty") != std::string::npos);
  }

  void wordsThatLookLikeASignatureAreText() {
    const Scratch scratch;
    QCOMPARE(read(scratch.file("f.txt", "ORCID 7 is a number\nBZh\nRar! he said\n")).rows.size(), std::size_t{3});
  }

  void previewsCountTheRows() {
    QCOMPARE(minnow::preview_import(field("a02/wrapped.json"), {}, 1).records, std::int64_t{3});
    const Scratch scratch;
    std::string text;
    for (int i = 0; i < 300000; ++i) text += "这一行有四十个字节左右的文本内容不多\n";
    const auto preview = minnow::preview_import(scratch.file("f.txt", text), {});
    QVERIFY(preview.records_estimated);
    QVERIFY2(std::abs(preview.records - 300000) < 15000, std::to_string(preview.records).c_str());
  }

  void aPipeIsReadOnceAndWhole() {
    const Scratch scratch;
    const auto pipe = scratch.file("pipe");
    QVERIFY(::mkfifo(pipe.c_str(), 0600) == 0);
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "{\"query\": \"第 " + std::to_string(i) + " 行\", \"response\": \"x\"}\n";
    std::thread writer([&] {
      const int fd = ::open(pipe.c_str(), O_WRONLY);
      for (std::size_t at = 0; at < text.size();) {
        const ssize_t put = ::write(fd, text.data() + at, text.size() - at);
        if (put <= 0) break;
        at += static_cast<std::size_t>(put);
      }
      ::close(fd);
    });
    const Read result = read(pipe);
    writer.join();
    QCOMPARE(result.rows.size(), std::size_t{20000});
    QCOMPARE(result.rows[0].provenance, std::string("import:pipe:1"));
  }

  void whatNeverEndsIsRefused() {
    const std::string zeros = sentence_of([] { read("/dev/zero"); });
    QVERIFY2(zeros.find("/dev/zero: is a device") != std::string::npos, zeros.c_str());
    const Scratch scratch;
    const auto pipe = scratch.file("pipe");
    QVERIFY(::mkfifo(pipe.c_str(), 0600) == 0);
    std::stop_source stop;  // nobody writes: a stop ends the waiting
    std::thread stopper([&stop] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      stop.request_stop();
    });
    const auto report = import_rows(pipe, {}, [](Row&&) {}, {}, stop.get_token());
    stopper.join();
    QVERIFY(report.stopped);
    const std::string training = sentence_of([&] {
      std::thread writer([&pipe] { ::close(::open(pipe.c_str(), O_WRONLY)); });
      writer.detach();
      minnow::is_pretokenised(pipe);
    });
    QVERIFY2(training.find("is a pipe") != std::string::npos, training.c_str());
  }

  void messagesOfSeveralRoundsAreKept() {
    const Scratch scratch;
    const auto path = scratch.file("r.jsonl", R"({"query":"Q","response":"A","history":[["q","a"]]})"
                                              "\n"
                                              R"({"query":"Q2","response":"A2"})"
                                              "\n");
    std::vector<minnow::Conversation> read;
    const auto report = minnow::import_conversations(
        path, {}, [&](minnow::Conversation&& c, minnow::RowState) { read.push_back(std::move(c)); });
    QCOMPARE(report.rows, std::int64_t{2});
    QCOMPARE(read.at(0).messages.size(), std::size_t{4});
    QCOMPARE(read.at(0).source, std::string("r.jsonl:1"));
  }
};

QTEST_GUILESS_MAIN(TestField)
#include "tst_field.moc"
