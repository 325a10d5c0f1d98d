// report.json: written, read back, refused when it isn't one, never half written.
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>

#include "core/data/conversation.h"
#include "core/evaluate/report_file.h"
#include "core/evaluate/score.h"
#include "core/evaluate/summarize.h"
#include "core/io/file.h"
#include "core/types/error.h"
#include "delivery_task.h"

using namespace minnow;

class TestReportFile : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void readingGivesBackWhatWasWritten();
  void rowsAreNamedByTheirIds();
  void oneSidedReportsSurvive();
  void otherFilesAreRefused_data();
  void otherFilesAreRefused();
  void cutFilesAreRefusedAtEveryLength();
  void failedWritesLeaveTheOldFile();
  void predictedLabelsHaveALineForEachRow();
};

static EvaluateReport sample() {
  const Task task = test::invoice_task();
  EvaluateReport report;
  report.before.present = report.after.present = true;
  report.before.model = "tiny";
  report.after.model = "tiny";
  report.after.adapter = "checkpoint-50";
  report.after.model_hash = "abc", report.after.adapter_hash = "def";
  report.after.prompt = "抽取 \"<b>\"";
  report.after.seconds = 12.5, report.after.tokens_per_second = 101.25;
  report.data_name = "test.jsonl", report.created = "2026-11-23T16:45:00Z", report.machine = "CPU, f32";
  report.bf16_row_differences = 2;
  const std::string label = R"({"seller": "东风", "total": 12, "day": ""})";
  for (int i = 0; i < 3; ++i) {
    EvaluatedRow row{"r" + std::to_string(i), "in\tput " + std::to_string(i), label, {}, {}};
    row.before.text = "no JSON \xFF";  // a byte that isn't UTF-8 becomes U+FFFD in the file
    row.before.judgement = judge(task, row.input, label, row.before.text);
    row.after.text = i == 0 ? R"({"seller": "东", "total": 12, "day": ""})" : label;
    row.after.judgement = judge(task, row.input, label, row.after.text);
    row.after.judgement.confidence = {0.5, 0.25, 1.0};
    row.after.cut_at_limit = i == 2;
    report.details.push_back(row);
  }
  return summarize(task, report);
}

void TestReportFile::readingGivesBackWhatWasWritten() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.filePath("report.json").toStdString();
  const EvaluateReport report = sample();
  write_report(path, report);
  const EvaluateReport back = read_report(path);
  QCOMPARE(report_json(back), report_json(report));
  QCOMPARE(back.after.exact.k, 2);
  QCOMPARE(back.after.errors.at(FieldError::cut_short), 1);
  QCOMPARE(back.details[0].after.judgement.confidence[1], 0.25);
  QCOMPARE(back.details[0].before.text, std::string("no JSON \uFFFD"));
  QCOMPARE(back.rows.fixed, 2);
  QCOMPARE(back.bf16_row_differences, 2);
}

void TestReportFile::rowsAreNamedByTheirIds() {
  EvaluateReport report = sample();
  report.details[0].id = "row r7";  // as earlier reports have it
  report.details[1].id = "rows.jsonl:3";
  const EvaluateReport back = parse_report_json(report_json(report), "report.json");
  QCOMPARE(back.details[0].id, std::string("r7"));
  QCOMPARE(back.details[1].id, std::string("rows.jsonl:3"));
  Row row;
  row.id = "r12";
  QCOMPARE(row_id_of(conversation_of(row, Task()).source), row.id);
}

void TestReportFile::oneSidedReportsSurvive() {
  EvaluateReport report = sample();
  report.before = {};
  for (auto& row : report.details) row.before = {};
  report = summarize(test::invoice_task(), report);
  const EvaluateReport back = parse_report_json(report_json(report), "report.json");
  QVERIFY(!back.before.present && back.after.present && back.fields.empty());
  QCOMPARE(report_json(back), report_json(report));
}

void TestReportFile::otherFilesAreRefused_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QString>("word");
  QTest::newRow("a list") << QByteArray("[]") << "format";
  QTest::newRow("another format") << QByteArray(R"({"format": "x", "version": 1})") << "format";
  QTest::newRow("no version") << QByteArray(R"({"format": "minnow-report"})") << "version";
  QTest::newRow("a later version") << QByteArray(R"({"format": "minnow-report", "version": 9})") << "version 9";
  QTest::newRow("nothing in it") << QByteArray(R"({"format": "minnow-report", "version": 1})") << "task";
  QByteArray wrong_kind(report_json(sample()).c_str());
  QTest::newRow("unknown error kind") << wrong_kind.replace("\"cut_short\"", "\"cut\"") << "'cut'";
}

void TestReportFile::otherFilesAreRefused() {
  QFETCH(QByteArray, text);
  QFETCH(QString, word);
  try {
    parse_report_json(text.toStdString(), "report.json");
    QFAIL("no refusal");
  } catch (const Error& error) {
    QVERIFY2(QString(error.what()).contains(word), error.what());
  }
}

void TestReportFile::cutFilesAreRefusedAtEveryLength() {
  const std::string text = report_json(sample());
  for (std::size_t length = 0; length + 2 < text.size(); ++length) {
    QVERIFY_EXCEPTION_THROWN(parse_report_json(text.substr(0, length), "report.json"), Error);
  }
}

void TestReportFile::failedWritesLeaveTheOldFile() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.filePath("report.json").toStdString();
  write_file_atomic(path, "old");
  bool finished = false;
  for (std::int64_t failing = 1; !finished; ++failing) {
    QVERIFY(failing < 100);
    io::set_write_fault([&](const std::filesystem::path&, std::int64_t nth) { return nth == failing ? ENOSPC : 0; });
    try {
      write_report(path, sample());
      finished = true;
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::disk_full);
      QCOMPARE(read_file(path), std::string("old"));
    }
    io::set_write_fault({});
  }
  QCOMPARE(read_file(path), report_json(sample()));
}

void TestReportFile::predictedLabelsHaveALineForEachRow() {
  QTemporaryDir folder;
  const std::filesystem::path path = folder.filePath("predicted_labels.jsonl").toStdString();
  const EvaluateReport report = sample();
  write_predicted_labels(path, report, ReportSide::after);
  LineReader reader(path);
  std::string line;
  for (const auto& row : report.details) {
    QVERIFY(reader.next(line));
    QCOMPARE(line, predicted_line(report, row, row.after));
  }
  QVERIFY(!reader.next(line));
}

QTEST_APPLESS_MAIN(TestReportFile)
#include "tst_report_file.moc"
