// Labelling by a local teacher: what becomes of an answer, and what the journal saves.
#include <QtTest>

#include "core/io/file.h"
#include "core/teach/label.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

Task invoice_task() {
  Task task;
  task.fields = {{"seller", FieldKind::verbatim, "", false}, {"total", FieldKind::number, "", false}};
  task.detailed_prompt = "Read the invoice.";
  return task;
}

Row row_of(const std::string& input) {
  Row row;
  row.id = input;
  row.input = input;
  return row;
}

std::size_t lines_of(const fs::path& path) {
  const std::string text = read_file(path);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

class TestLabel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void answersBecomeStates_data() {
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("cut");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("label");
    const QString good = R"({"seller": "ACME", "total": "42"})";
    QTest::newRow("good") << good << false << "labelled" << good;
    QTest::newRow("other order and spacing") << R"({"total":"42","seller":"ACME"})" << false << "labelled" << good;
    QTest::newRow("in a fence") << "```json\n" + good + "\n```" << false << "labelled" << good;
    QTest::newRow("not in the input") << R"({"seller": "EMCA", "total": "42"})" << false << "needs_review"
                                      << R"({"seller": "EMCA", "total": "42"})";
    QTest::newRow("a key is missing") << R"({"seller": "ACME"})" << false << "failed" << R"({"seller": "ACME"})";
    QTest::newRow("a key twice") << R"({"seller":"A","seller":"ACME","total":"42"})" << false << "failed"
                                 << R"({"seller":"A","seller":"ACME","total":"42"})";
    QTest::newRow("words") << "It is ACME." << false << "failed" << "It is ACME.";
    QTest::newRow("cut") << good << true << "failed" << good;
  }
  void answersBecomeStates() {
    QFETCH(QString, answer);
    QFETCH(bool, cut);
    QFETCH(QString, state);
    QFETCH(QString, label);
    Row row = row_of("ACME, to pay 42");
    const auto reason = cut ? FinishReason::length : FinishReason::stop;
    apply_answer(row, read_answer(invoice_task(), answer.toStdString(), reason), invoice_task(), "big");
    QCOMPARE(QString(to_string(row.state)), state);
    QCOMPARE(QString::fromStdString(row.label), label);
    QCOMPARE(row.problems.empty(), state == "labelled");
    QCOMPARE(row.provenance, std::string("teacher:big"));
  }

  void rowsAnsweredBeforeAreNotAskedAgain() {
    QTemporaryDir scratch;
    LabelOptions options = options_in(scratch);
    std::vector<Row> rows{row_of("one"), row_of("two"), row_of("one"), row_of("kept")};
    rows[3].state = RowState::labelled;
    const LabelReport first = label_rows(rows, options);
    QCOMPARE(first.asked, std::int64_t{2});  // equal inputs once, labelled rows never
    QCOMPARE(first.failed, std::int64_t{3});  // random weights write no JSON
    QVERIFY(rows[3].provenance.empty());
    QCOMPARE(lines_of(options.journal), std::size_t{2});

    std::vector<Row> again{row_of("one"), row_of("three"), row_of("two")};
    const LabelReport second = label_rows(again, options);
    QCOMPARE(second.asked, std::int64_t{1});
    QCOMPARE(second.from_journal, std::int64_t{2});
    QCOMPARE(again[0].label, rows[0].label);
    QCOMPARE(lines_of(options.journal), std::size_t{3});

    options.task.detailed_prompt = "Read it well.";
    std::vector<Row> asked_otherwise{row_of("one")};
    QCOMPARE(label_rows(asked_otherwise, options).asked, std::int64_t{1});
  }

  void aTornLineIsAskedAgain() {
    QTemporaryDir scratch;
    const LabelOptions options = options_in(scratch);
    std::vector<Row> rows{row_of("one"), row_of("two")};
    label_rows(rows, options);
    const std::string text = read_file(options.journal);
    cut_file(options.journal, text.size() - 10);
    std::vector<Row> again{row_of("one"), row_of("two")};
    QCOMPARE(label_rows(again, options).asked, std::int64_t{1});
    QCOMPARE(lines_of(options.journal), std::size_t{2});
  }

  void stoppingLeavesRowsUnlabelled() {
    QTemporaryDir scratch;
    std::stop_source source;
    source.request_stop();
    std::vector<Row> rows{row_of("one")};
    const LabelReport report = label_rows(rows, options_in(scratch), {}, source.get_token());
    QCOMPARE(report.unanswered, std::int64_t{1});
    QVERIFY(rows[0].state == RowState::unlabelled);
  }

  void aTaskWithoutFieldsIsRefused() {
    QTemporaryDir scratch;
    LabelOptions options = options_in(scratch);
    options.task.fields.clear();
    std::vector<Row> rows{row_of("one")};
    QVERIFY_EXCEPTION_THROWN(label_rows(rows, options), Error);
  }

 private:
  static LabelOptions options_in(const QTemporaryDir& scratch) {
    LabelOptions options;
    options.teacher = fs::path(MINNOW_GOLDEN_DIR) / "tiny-qwen3";
    options.dtype = "float32";
    options.threads = 1;
    options.task = invoice_task();
    options.journal = fs::path(scratch.path().toStdString()) / "labels.jsonl";
    options.max_new_tokens = 6;
    return options;
  }
};

QTEST_APPLESS_MAIN(TestLabel)
#include "tst_label.moc"
