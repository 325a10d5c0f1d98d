// What counts as a right answer: whole JSON, exactly the keys, values equal after NFC, nothing else forgiven.
#include <QtTest>

#include "core/evaluate/score.h"
#include "core/types/error.h"
#include "delivery_task.h"

using namespace minnow;

class TestScore : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void answersAreJudgedStrictly_data();
  void answersAreJudgedStrictly();
  void fieldsAreJudgedInTheTasksOrder();
  void labelsThatCannotJudgeAreRefused_data();
  void labelsThatCannotJudgeAreRefused();
  void deepOrHugeAnswersAreOnlyWrong();
};

static const char* label = R"({"seller": "Café Nord", "total": 12.5, "day": "2026-03-01"})";

void TestScore::answersAreJudgedStrictly_data() {
  QTest::addColumn<QByteArray>("answer");
  QTest::addColumn<bool>("valid");
  QTest::addColumn<bool>("exact");
  const auto row = [](const char* name, const char* answer, bool valid, bool exact) {
    QTest::newRow(name) << QByteArray(answer) << valid << exact;
  };
  row("the label itself", label, true, true);
  row("other spacing and order", R"({"day":"2026-03-01","total":12.5,"seller":"Café Nord"})", true, true);
  row("white space around", " \n\t{\"seller\": \"Café Nord\", \"total\": 12.5, \"day\": \"2026-03-01\"}\r\n ", true,
      true);
  row("decomposed accent", "{\"seller\": \"Cafe\u0301 Nord\", \"total\": 12.5, \"day\": \"2026-03-01\"}", true, true);
  row("escaped letters", R"({"seller": "Caf\u00e9 Nord", "total": 12.5, "day": "2026-03-01"})", true, true);
  row("the same number", R"({"seller": "Café Nord", "total": 1.25e1, "day": "2026-03-01"})", true, true);
  row("number as string", R"({"seller": "Café Nord", "total": "12.5", "day": "2026-03-01"})", true, false);
  row("blank inside a value", R"({"seller": "Café  Nord", "total": 12.5, "day": "2026-03-01"})", true, false);
  row("full-width digit", R"({"seller": "Café Nord", "total": 12.5, "day": "2026-03-0１"})", true, false);
  row("key missing", R"({"seller": "Café Nord", "total": 12.5})", true, false);
  row("key too many", R"({"seller": "Café Nord", "total": 12.5, "day": "2026-03-01", "note": ""})", true, false);
  row("key twice", R"({"seller": "X", "seller": "Café Nord", "total": 12.5, "day": "2026-03-01"})", true, false);
  row("key in other case", R"({"Seller": "Café Nord", "total": 12.5, "day": "2026-03-01"})", true, false);
  row("markdown fence", "```json\n{\"seller\": \"Café Nord\", \"total\": 12.5, \"day\": \"2026-03-01\"}\n```", false,
      false);
  row("leading prose", R"(Here: {"seller": "Café Nord", "total": 12.5, "day": "2026-03-01"})", false, false);
  row("trailing prose", R"({"seller": "Café Nord", "total": 12.5, "day": "2026-03-01"} done)", false, false);
  row("two objects", "{} {}", false, false);
  row("trailing comma", R"({"seller": "Café Nord", "total": 12.5, "day": "2026-03-01",})", false, false);
  row("single quotes", R"({'seller': 'Café Nord', 'total': 12.5, 'day': '2026-03-01'})", false, false);
  row("cut off", R"({"seller": "Café Nord", "tot)", false, false);
  row("a list", R"(["Café Nord", 12.5, "2026-03-01"])", false, false);
  row("a string", R"("Café Nord")", false, false);
  row("empty", "", false, false);
  row("blank", "  \n", false, false);
  row("byte order mark", "\xEF\xBB\xBF{\"seller\": \"Café Nord\", \"total\": 12.5, \"day\": \"2026-03-01\"}", false,
      false);
  row("ideographic space before", "\u3000{\"seller\": \"Café Nord\", \"total\": 12.5, \"day\": \"2026-03-01\"}", false,
      false);
  row("not UTF-8", "{\"seller\": \"Caf\xE9 Nord\", \"total\": 12.5, \"day\": \"2026-03-01\"}", false, false);
  row("half a surrogate pair", R"({"seller": "\ud83d", "total": 12.5, "day": "2026-03-01"})", false, false);
}

void TestScore::answersAreJudgedStrictly() {
  QFETCH(QByteArray, answer);
  QFETCH(bool, valid);
  QFETCH(bool, exact);
  const RowJudgement judged = judge(test::invoice_task(), "", label, answer.toStdString());
  QCOMPARE(judged.valid_json, valid);
  QCOMPARE(judged.exact, exact);
  QCOMPARE(judged.field_errors.size(), std::size_t{3});
  if (!valid) {
    for (const FieldError error : judged.field_errors) QCOMPARE(error, FieldError::bad_json);
  }
}

void TestScore::fieldsAreJudgedInTheTasksOrder() {
  const RowJudgement judged =
      judge(test::invoice_task(), "Café Nord 12.5", R"({"day": "", "total": 12.5, "seller": "Café Nord"})",
            R"({"total": 12.7, "extra": 1, "day": "2026-03-01", "seller": "Café"})");
  QVERIFY(judged.valid_json && judged.extra_keys && !judged.exact);
  const std::vector<FieldError> kinds{FieldError::cut_short, FieldError::digit_slip, FieldError::invented};
  QVERIFY(judged.field_errors == kinds);
}

void TestScore::labelsThatCannotJudgeAreRefused_data() {
  QTest::addColumn<QByteArray>("bad_label");
  QTest::newRow("not JSON") << QByteArray("seller: Café");
  QTest::newRow("empty") << QByteArray("");
  QTest::newRow("a list") << QByteArray("[]");
  QTest::newRow("key missing") << QByteArray(R"({"seller": "", "total": 1})");
  QTest::newRow("key too many") << QByteArray(R"({"seller": "", "total": 1, "day": "", "x": 1})");
}

void TestScore::labelsThatCannotJudgeAreRefused() {
  QFETCH(QByteArray, bad_label);
  try {
    judge(test::invoice_task(), "", bad_label.toStdString(), "{}");
    QFAIL("no refusal");
  } catch (const Error& error) {
    QCOMPARE(error.kind(), ErrorKind::data);
    QVERIFY(QString(error.what()).contains("label"));
  }
}

void TestScore::deepOrHugeAnswersAreOnlyWrong() {
  const Task task = test::invoice_task();
  QVERIFY(!judge(task, "", label, "{\"seller\":" + std::string(200000, '[')).valid_json);
  const std::string page(300000, 'x');
  const auto judged = judge(task, "", label, R"({"seller": ")" + page + R"(", "total": 1, "day": ""})");
  QVERIFY(judged.valid_json);
  QCOMPARE(judged.field_errors[0], FieldError::invented);
}

QTEST_APPLESS_MAIN(TestScore)
#include "tst_score.moc"
