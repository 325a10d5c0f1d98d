// Import: what each kind of file becomes, what is set aside, and that memory doesn't grow with the file.
#include <sys/resource.h>

#include <QtTest>

#include "core/data/import.h"
#include "core/data/row_json.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using minnow::import_rows;
using minnow::ImportOptions;
using minnow::ImportReport;
using minnow::Row;
using minnow::RowState;

namespace {

struct Imported {
  ImportReport report;
  std::vector<Row> rows;
};

Imported imported(const std::filesystem::path& path, const ImportOptions& options = {}) {
  Imported result;
  result.report = import_rows(path, options, [&](Row&& row) { result.rows.push_back(std::move(row)); });
  return result;
}

minnow::Task order_task() {
  minnow::Task task;
  task.name = "orders";
  task.fields = {{"dish", minnow::FieldKind::verbatim, "菜名"},
                 {"count", minnow::FieldKind::number, "份数"},
                 {"table", minnow::FieldKind::text, "桌号", true}};
  task.concise_prompt = "concise";
  task.detailed_prompt = "detailed";
  return task;
}

long peak_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

class TestImport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void messagesBecomeRows() {
    const Scratch scratch;
    const auto [report, rows] = imported(
        scratch.file("r.jsonl", R"({"messages":[{"role":"system","content":"S"},{"role":"user","content":"问"},)"
                                "{\"role\":\"assistant\",\"content\":\"{\\\"a\\\": 1}\"}]}\n"));
    QCOMPARE(rows.size(), std::size_t{1});
    QCOMPARE(rows[0].input, std::string("问"));
    QCOMPARE(rows[0].label, std::string("{\"a\": 1}"));
    QCOMPARE(rows[0].system, std::string("S"));
    QVERIFY(rows[0].state == RowState::labelled);
    QCOMPARE(rows[0].provenance, std::string("import:r.jsonl:1"));
    QVERIFY(report.shape == minnow::RowShape::messages);
    QCOMPARE(report.labelled, std::int64_t{1});
  }

  void rowsWithinAnObjectThatIsTooLargeSayTheLimitAndTheWayOut_data() {
    QTest::addColumn<QByteArray>("between");
    QTest::newRow("on one line") << QByteArray(", ");
    QTest::newRow("indented") << QByteArray(",\n    ");
  }
  void rowsWithinAnObjectThatIsTooLargeSayTheLimitAndTheWayOut() {
    QFETCH(QByteArray, between);
    const Scratch scratch;
    std::string text = between.contains('\n') ? "{\n  \"data\": [\n    " : "{\"data\": [";
    const std::string within = between.contains('\n') ? "\n      " : "";
    const std::string row = "{" + within + "\"query\": \"" + std::string(1000, 'q') + "\"," + within +
                            "\"response\": \"{}\"" + (within.empty() ? "" : "\n    ") + "}" + between.toStdString();
    while (text.size() <= (std::size_t{68} << 20)) text += row;
    text += "{\"query\": \"last\", \"response\": \"{}\"}]}";
    const auto [report, rows] = imported(scratch.file("wrapped.json", text));
    QVERIFY(rows.empty());
    QCOMPARE(report.set_aside.size(), std::size_t{1});
    const std::string& why = report.set_aside[0].sentence;
    QVERIFY2(why.find("64 MiB") != std::string::npos && why.find("that list alone") != std::string::npos, why.c_str());
  }

  void theTasksOwnPromptIsNotKeptWithTheRow() {
    const Scratch scratch;
    const auto task = order_task();
    ImportOptions options;
    options.task = &task;
    const auto [report, rows] = imported(scratch.file("r.jsonl", R"({"query":"Q","response":"A","system":"concise"})"
                                                                 "\n"
                                                                 R"({"query":"Q","response":"A","system":"other"})"
                                                                 "\n"),
                                         options);
    QVERIFY(rows.at(0).system.empty());
    QCOMPARE(rows.at(1).system, std::string("other"));
  }

  void plainLinesBecomeUnlabelledRows() {
    const Scratch scratch;
    const auto [report, rows] =
        imported(scratch.file("r.txt", "电话:23204753945,大理市\n\n 张三，北京 \n[不是JSON]\n"));
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[1].input, std::string(" 张三，北京 "));
    QCOMPARE(rows[2].provenance, std::string("import:r.txt:4"));
    QVERIFY(rows[0].state == RowState::unlabelled);
    QVERIFY(report.format.container == minnow::Container::plain_lines);
  }

  void minnowsOwnRowsKeepWhatTheyKnow() {
    const Scratch scratch;
    Row row;
    row.id = "r7";
    row.input = "in";
    row.label = "{\"a\": \"b\"}";
    row.state = RowState::needs_review;
    row.split = minnow::Split::test;
    row.system = "S";
    row.provenance = "teacher:x";
    const auto [report, rows] = imported(scratch.file("rows.jsonl", minnow::row_line(row) + "\n"));
    QCOMPARE(QByteArray::fromStdString(minnow::row_line(rows.at(0))), QByteArray::fromStdString(minnow::row_line(row)));
    QVERIFY(report.shape == minnow::RowShape::own_row);
  }

  void jsonArraysAreRead() {
    const Scratch scratch;
    const auto [report, rows] =
        imported(scratch.file("r.json",
                              "[\n {\"instruction\":\"I\",\"input\":\"X\",\"output\":\"A\"},\n {\"broken\": ,\n "
                              "{\"instruction\":\"I\",\"input\":\"\",\"output\":\"A\"}\n]"));
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0].input, std::string("I\nX"));
    QCOMPARE(report.set_aside_count, std::int64_t{1});
    QCOMPARE(report.set_aside.at(0).line, std::int64_t{3});
  }

  void tablesAreReadByTheirColumnsNames() {
    const Scratch scratch;
    const auto [report, rows] = imported(scratch.file("r.csv",
                                                      "\xef\xbb\xbf"
                                                      "Question,Answer\n\"多行\n文本\",\"{\"\"a\"\": 1}\"\nq2,\n"));
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0].input, std::string("多行\n文本"));
    QCOMPARE(rows[0].label, std::string("{\"a\": 1}"));
    QVERIFY(rows[1].state == RowState::unlabelled);
    QCOMPARE(rows[1].provenance, std::string("import:r.csv:4"));
  }

  void columnsNamedAfterTheTaskBecomeTheLabel() {
    const Scratch scratch;
    const auto task = order_task();
    ImportOptions options;
    options.task = &task;
    const auto [report, rows] = imported(scratch.file("r.tsv",
                                                      "id\t原文\tDish\t份数\t桌号\tsplit\n"
                                                      "9\t三号桌来两份宫保鸡丁\t宫保鸡丁\t2\t三号\ttrain\n"
                                                      "10\t再来一份\t\t\t\tval\n"),
                                         options);
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0].input, std::string("三号桌来两份宫保鸡丁"));
    QCOMPARE(rows[0].label, std::string("{\"dish\": \"宫保鸡丁\", \"count\": \"2\", \"table\": \"三号\"}"));
    QCOMPARE(rows[0].id, std::string("9"));
    QVERIFY(rows[0].split == minnow::Split::train);
    QVERIFY(rows[1].split == minnow::Split::validation);
    QVERIFY(rows[1].label.empty());
    QCOMPARE(report.mapping.input, std::string("原文"));
    QCOMPARE(report.mapping.fields.size(), std::size_t{3});
  }

  void fieldColumnsInJsonBecomeTheLabelToo() {
    const Scratch scratch;
    const auto task = order_task();
    ImportOptions options;
    options.task = &task;
    const auto [report, rows] =
        imported(scratch.file("r.jsonl", R"({"text":"两份宫保鸡丁","dish":"宫保鸡丁","count":2,"table":""})"
                                         "\n"),
                 options);
    QCOMPARE(rows.at(0).input, std::string("两份宫保鸡丁"));
    QCOMPARE(rows.at(0).label, std::string("{\"dish\": \"宫保鸡丁\", \"count\": \"2\", \"table\": \"\"}"));
  }

  void cellsStandInTheLabelAsTheirKindsHaveThem() {
    const Scratch scratch;
    minnow::Task task;
    task.fields = {{"parts", minnow::FieldKind::list},
                   {"solved", minnow::FieldKind::yes_no, "", false, {"true", "false"}},
                   {"urgent", minnow::FieldKind::yes_no, "", false, {"yes", "no"}},
                   {"urgency", minnow::FieldKind::choice, "", false, {"high", "low"}}};
    ImportOptions options;
    options.task = &task;
    const std::string wanted = R"({"parts": ["fan", "belt"], "solved": true, "urgent": "no", "urgency": "high"})";
    const auto table = imported(scratch.file("r.csv", "text,parts,solved,urgent,urgency\n"
                                                      "fan and belt,fan; belt,TRUE,no,high\n"
                                                      "nothing,,False,yes,low\n"),
                                options);
    QCOMPARE(table.rows.at(0).label, wanted);
    QCOMPARE(table.rows.at(1).label,
             std::string(R"({"parts": [], "solved": false, "urgent": "yes", "urgency": "low"})"));
    const auto json = imported(
        scratch.file("r.jsonl",
                     R"({"text":"fan and belt","parts":["fan","belt"],"solved":true,"urgent":"no","urgency":"high"})"
                     "\n"),
        options);
    QCOMPARE(json.rows.at(0).label, wanted);
  }

  void aSingleColumnIsTheInput() {
    const Scratch scratch;
    QCOMPARE(imported(scratch.file("r.csv", "text\nhello there\nagain\n")).rows.at(0).input,
             std::string("hello there"));
    QCOMPARE(imported(scratch.file("r.jsonl", "{\"text\":\"hello\"}\n")).rows.at(0).input, std::string("hello"));
    const auto [report, rows] = imported(scratch.file(
        "two.csv", "云南省大理市,\"{\"\"a\"\": \"\"云南省\"\"}\"\n北京市海淀区,\"{\"\"a\"\": \"\"北京市\"\"}\"\n"));
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[1].label, std::string("{\"a\": \"北京市\"}"));
  }

  void unclearColumnsAreAskedAboutNotGuessed() {
    const Scratch scratch;
    const auto path = scratch.file(
        "r.csv", "备注,内容\n无,云南省大理市古城一号张三\n急,北京市海淀区中关村李四\n无,上海市徐汇区王五\n");
    const std::string said = sentence_of([&] { imported(path); });
    QVERIFY2(said.find("'备注', '内容'") != std::string::npos, said.c_str());
    const auto preview = minnow::preview_import(path, {});
    QVERIFY(!preview.unclear.empty());
    QCOMPARE(preview.mapping.input, std::string("内容"));
    QCOMPARE(preview.rows.size(), std::size_t{3});
    ImportOptions options;
    options.mapping.input = "内容";
    QCOMPARE(imported(path, options).rows.at(0).input, std::string("云南省大理市古城一号张三"));
    options.mapping.label = "标签";
    const std::string wrong = sentence_of([&] { imported(path, options); });
    QVERIFY2(wrong.find("no column '标签'") != std::string::npos, wrong.c_str());
  }

  void everyBadLineIsCountedAndKept() {
    const Scratch scratch;
    std::string text = R"({"query":"Q","response":"A"})"
                       "\n";
    for (int i = 0; i < 50; ++i) text += "{broken\n";
    ImportOptions options;
    options.set_aside_kept = 10;
    std::vector<std::string> texts;
    options.on_set_aside = [&](const minnow::Problem& problem, const std::string& raw) {
      QVERIFY(problem.line >= 2);
      texts.push_back(raw);
    };
    const auto [report, rows] = imported(scratch.file("r.jsonl", text), options);
    QCOMPARE(report.rows, std::int64_t{1});
    QCOMPARE(report.set_aside_count, std::int64_t{50});
    QCOMPARE(report.set_aside.size(), std::size_t{10});
    QCOMPARE(texts.size(), std::size_t{50});
    QCOMPARE(texts.back(), std::string("{broken"));
  }

  void rowsThatNoRowCanHoldAreSetAside_data() {
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("several turns") << QByteArray(R"({"query":"Q","response":"A","history":[["q","a"]]})")
                                   << QByteArray("4 messages");
    QTest::newRow("no text") << QByteArray(R"({"query":"  ","response":"A"})") << QByteArray("no text");
    QTest::newRow("unknown split") << QByteArray(R"({"input":"Q","label":"A","split":"gold"})") << QByteArray("gold");
  }
  void rowsThatNoRowCanHoldAreSetAside() {
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, reason);
    const Scratch scratch;
    const auto [report, rows] = imported(scratch.file("r.jsonl", row.toStdString() + "\n"));
    QVERIFY(rows.empty());
    QCOMPARE(report.set_aside.size(), std::size_t{1});
    QVERIFY2(QByteArray::fromStdString(report.set_aside[0].sentence).contains(reason),
             report.set_aside[0].sentence.c_str());
  }

  void preTokenisedFilesAreRefused() {
    const Scratch scratch;
    const auto path = scratch.file("r.jsonl", R"({"input_ids":[1],"labels":[1]})");
    const std::string said = sentence_of([&] { imported(path); });
    QVERIFY2(said.find("pre-tokenised") != std::string::npos, said.c_str());
  }

  void emptyFilesAreNoRows() {
    const Scratch scratch;
    for (const char* name : {"r.jsonl", "r.json", "r.csv", "r.txt"})
      QCOMPARE(imported(scratch.file(name, "")).report.rows, std::int64_t{0});
  }

  void stoppingKeepsWhatWasRead() {
    const Scratch scratch;
    std::string text;
    for (int i = 0; i < 100; ++i) text += "line\n";
    std::stop_source stop;
    std::int64_t rows = 0;
    const auto report = import_rows(
        scratch.file("r.txt", text), {},
        [&](Row&&) {
          if (++rows == 7) stop.request_stop();
        },
        {}, stop.get_token());
    QVERIFY(report.stopped);
    QCOMPARE(report.rows, std::int64_t{7});
    QCOMPARE(rows, std::int64_t{7});
  }

  void memoryDoesNotGrowWithTheFile_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("JSON Lines") << QByteArray("big.jsonl");
    QTest::newRow("JSON array") << QByteArray("big.json");
    QTest::newRow("table") << QByteArray("big.csv");
    QTest::newRow("plain lines") << QByteArray("big.txt");
  }
  void memoryDoesNotGrowWithTheFile() {
    QFETCH(QByteArray, name);
    const Scratch scratch;
    const std::string kind = name.toStdString();
    const std::int64_t count = 150000;
    {
      std::ofstream out(scratch.file(kind));
      if (kind == "big.json") out << "[\n";
      if (kind == "big.csv") out << "query,response\n";
      for (std::int64_t i = 0; i < count; ++i) {
        const std::string q =
            std::to_string(i) + " 云南省大理白族自治州大理市古城街道人民路一百二十三号，电话一二三四五六七八九十";
        if (kind == "big.jsonl") out << "{\"query\":\"" << q << "\",\"response\":\"" << q << "\"}\n";
        if (kind == "big.json")
          out << "{\"query\":\"" << q << "\",\"response\":\"" << q << (i + 1 < count ? "\"},\n" : "\"}\n]");
        if (kind == "big.csv") out << q << ",\"" << q << "\"\n";
        if (kind == "big.txt") out << q << q << "\n";
      }
    }
    QVERIFY(std::filesystem::file_size(scratch.file(kind)) > (std::size_t{30} << 20));
    [[maybe_unused]] const long before = peak_kilobytes();
    std::int64_t rows = 0;
    std::int64_t told = 0;
    const auto report = import_rows(
        scratch.file(kind), {}, [&](Row&&) { ++rows; },
        [&](const minnow::Progress& p) {
          QVERIFY(p.done <= p.total);
          told = p.done;
        });
    QCOMPARE(rows, count);
    QCOMPARE(told, static_cast<std::int64_t>(std::filesystem::file_size(scratch.file(kind))));
#ifndef __SANITIZE_ADDRESS__  // which keeps what was freed for a while
    QVERIFY2(peak_kilobytes() - before < 8 * 1024, std::to_string(peak_kilobytes() - before).c_str());
#endif
    QCOMPARE(report.set_aside_count, std::int64_t{0});
  }
};

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
