// One reader of answers: odd texts are read the same by everything that asks.
#include <QtTest>

#include "core/answer/answer.h"
#include "core/evaluate/score.h"
#include "core/teach/label.h"
#include "core/types/error.h"

using namespace minnow;

namespace {

Task invoice_task() {
  Task task;
  task.fields = {{"seller", FieldKind::verbatim, "", false}, {"total", FieldKind::number, "", false}};
  return task;
}

const QString kGood = QStringLiteral(R"({"seller": "ACME", "total": "42"})");

}  // namespace

class TestAnswer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void oddAnswersAreReadOnce_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");   // strictly, as written
    QTest::addColumn<bool>("fenced");  // the task's JSON, but for a fence or a thinking block
    QTest::addColumn<bool>("exact");   // exactly the task's keys, each once
    const auto add = [](const char* name, const QString& text, bool valid, bool fenced, bool exact) {
      QTest::newRow(name) << text << valid << fenced << exact;
    };
    add("good", kGood, true, false, true);
    add("blanks around it", "\n " + kGood + " \n", true, false, true);
    add("other order", R"({"total": "42", "seller": "ACME"})", true, false, true);
    add("compact", R"({"seller":"ACME","total":"42"})", true, false, true);
    add("number as a number", R"({"seller": "ACME", "total": 42})", true, false, true);
    add("null", R"({"seller": null, "total": "42"})", true, false, true);
    add("escapes", "{\"seller\": \"A\\u0043ME\", \"total\": \"42\"}", true, false, true);
    add("a list", R"({"seller": ["ACME"], "total": "42"})", true, false, true);
    add("an object", R"({"seller": {"name": "ACME"}, "total": "42"})", true, false, true);
    add("a key is missing", R"({"seller": "ACME"})", true, false, false);
    add("a key too many", R"({"seller": "ACME", "total": "42", "x": 1})", true, false, false);
    add("a key twice", R"({"seller": "A", "seller": "ACME", "total": "42"})", true, false, false);
    add("another key", R"({"Seller": "ACME", "total": "42"})", true, false, false);
    add("empty object", "{}", true, false, false);
    add("fence", "```json\n" + kGood + "\n```", false, true, true);
    add("fence without a language", "```\n" + kGood + "\n```", false, true, true);
    add("fence and blanks", "\n```json\n" + kGood + "\n```\n", false, true, true);
    add("fence of other keys", "```json\n{\"a\": 1}\n```", false, true, false);
    add("fence without an end", "```json\n" + kGood, false, false, false);
    add("thinking", "<think>\nACME it is.\n</think>\n\n" + kGood, false, true, true);
    add("empty thinking", "<think>\n\n</think>\n\n" + kGood, false, true, true);
    add("thinking with JSON in it", "<think>" + kGood + "</think>{\"seller\": \"B\", \"total\": \"1\"}", false, true, true);
    add("thinking and a fence", "<think>so</think>\n```json\n" + kGood + "\n```", false, true, true);
    add("only the end of thinking", "so it is\n</think>\n\n" + kGood, false, true, true);
    add("thinking without an end", "<think>\n" + kGood, false, false, false);
    add("byte order mark", QChar(0xFEFF) + kGood, false, false, false);
    add("words before", "Here: " + kGood, false, false, false);
    add("words after", kGood + " That's it.", false, false, false);
    add("two objects", kGood + kGood, false, false, false);
    add("a list of objects", "[" + kGood + "]", false, false, false);
    add("a string of JSON", "\"{\\\"seller\\\": \\\"ACME\\\", \\\"total\\\": \\\"42\\\"}\"", false, false, false);
    add("Python", "{'seller': 'ACME', 'total': '42'}", false, false, false);
    add("a comma too many", R"({"seller": "ACME", "total": "42",})", false, false, false);
    add("cut", "{\"seller\": \"ACME\", \"tot", false, false, false);
    add("single quotes inside", "{\"seller\": \"AC'ME\", \"total\": \"42\"}", true, false, true);
    add("line break in a string", "{\"seller\": \"AC\nME\", \"total\": \"42\"}", false, false, false);
    add("end token as text", kGood + "<|im_end|>", false, false, false);
    add("words", "It is ACME.", false, false, false);
    add("empty", "", false, false, false);
    add("NaN", R"({"seller": "ACME", "total": NaN})", false, false, false);
  }
  void oddAnswersAreReadOnce() {
    QFETCH(QString, text);
    QFETCH(bool, valid);
    QFETCH(bool, fenced);
    QFETCH(bool, exact);
    const Task task = invoice_task();
    const std::string written = text.toStdString();
    const Answer answer = read_answer(task, written, FinishReason::stop);
    QCOMPARE(answer.valid_json, valid);
    QCOMPARE(answer.fenced, fenced);
    QCOMPARE(answer.has_exact_keys, exact);
    QCOMPARE(answer.values.empty(), !valid && !fenced);
    // The judge and the teacher's labels follow the same reading.
    const RowJudgement judged = judge(task, "ACME, to pay 42", kGood.toStdString(), written);
    QCOMPARE(judged.valid_json, valid);
    QVERIFY(!judged.exact || (valid && exact));
    QCOMPARE(label_of(answer, task).has_value(), (valid || fenced) && exact);
    Row row;
    row.input = "ACME, to pay 42";
    apply_answer(row, answer, task, "big");
    QCOMPARE(row.state != RowState::failed, (valid || fenced) && exact);
  }

  void theLastObjectCountsNotTheOneThatWasThought() {
    const Answer answer = read_answer(
        invoice_task(), "<think>" + kGood.toStdString() + "</think>{\"seller\": \"B\", \"total\": \"1\"}",
        FinishReason::stop);
    QCOMPARE(answer.values[0].text, std::string("B"));
  }

  void aLabelWhoseConfidenceIsntKnownGoesToReviewWhereItWasAskedFor() {
    const Task task = invoice_task();
    Row row;
    row.input = "ACME, to pay 42";
    const Answer unknown = read_answer(task, kGood.toStdString(), FinishReason::stop);
    apply_answer(row, unknown, task, "big", 0.0);
    QVERIFY(row.state == RowState::labelled);
    apply_answer(row, unknown, task, "big", 0.5);
    QVERIFY(row.state == RowState::needs_review);
    QCOMPARE(row.problems[0].code, std::string(problem_code::no_confidence));
    apply_answer(row, read_answer(task, "```json\n" + kGood.toStdString() + "\n```", FinishReason::stop, {0.9, 0.9}),
                 task, "big", 0.5);
    QVERIFY(row.state == RowState::labelled);
  }
};

QTEST_APPLESS_MAIN(TestAnswer)
#include "tst_answer.moc"
