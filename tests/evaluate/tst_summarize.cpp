// From judged rows to figures, on rows small enough to count by hand.
#include <QtTest>

#include "core/evaluate/score.h"
#include "core/evaluate/statistics.h"
#include "core/evaluate/summarize.h"
#include "core/io/json.h"
#include "core/types/error.h"
#include "delivery_task.h"

using namespace minnow;

class TestSummarize : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void figuresAreCounted();
  void oneSideAloneHasNoPairs();
  void noRowsAreNoFigures();
  void rowsOfAnotherTaskAreRefused();
  void predictedLinesHoldTheAnswerAsItCame();
};

// Four rows of the invoice task: fixed, broken, right on both sides, wrong on both.
static EvaluateReport four_rows() {
  const Task task = test::invoice_task();
  const std::string label = R"({"seller": "东风", "total": 12, "day": ""})";
  const std::string right = label, no_json = "东风", slip = R"({"seller": "东风", "total": 13, "day": ""})",
                    extra = R"({"seller": "东风", "total": 12, "day": "", "x": 1})";
  EvaluateReport report;
  report.before.present = report.after.present = true;
  const auto add = [&](const char* id, const std::string& before, const std::string& after) {
    EvaluatedRow row{id, "东风 12", label, {}, {}};
    row.before = {before, judge(task, row.input, label, before), false};
    row.after = {after, judge(task, row.input, label, after), after == extra};
    report.details.push_back(row);
  };
  add("a", no_json, right);
  add("b", right, slip);
  add("c", right, right);
  add("d", slip, extra);
  return report;
}

void TestSummarize::figuresAreCounted() {
  const EvaluateReport report = summarize(test::invoice_task(), four_rows());
  QCOMPARE(report.field_keys.size(), std::size_t{3});
  QCOMPARE(report.before.exact.k, 2);
  QCOMPARE(report.before.exact.n, 4);
  QCOMPARE(report.before.exact.low, wilson(2, 4).low);
  QCOMPARE(report.before.valid_json.k, 3);
  QCOMPARE(report.after.exact.k, 2);
  QCOMPARE(report.after.valid_json.k, 4);
  QCOMPARE(report.after.extra_keys, 1);
  QCOMPARE(report.after.cut_at_limit, 1);
  QCOMPARE(report.before.fields[0].k, 3);
  QCOMPARE(report.before.fields[1].k, 2);
  QCOMPARE(report.after.fields[1].k, 3);
  const std::map<FieldError, std::int64_t> before{{FieldError::bad_json, 3}, {FieldError::digit_slip, 1}};
  QVERIFY(report.before.errors == before);
  QCOMPARE(report.rows.fixed, 1);
  QCOMPARE(report.rows.broken, 1);
  QCOMPARE(report.rows.p_value, 1.0);
  QCOMPARE(report.fields[0].fixed, 1);  // seller: wrong without JSON only
  QCOMPARE(report.fields[0].broken, 0);
  QCOMPARE(report.fields[1].fixed, 2);  // total: a and d
  QCOMPARE(report.fields[1].broken, 1);
  QCOMPARE(original_counts(report.after), std::string("样本数: 4 条\n响应正确: 2 条\n响应错误: 2 条\n"));
}

void TestSummarize::oneSideAloneHasNoPairs() {
  EvaluateReport report = four_rows();
  report.before.present = false;
  for (auto& row : report.details) row.before = {};
  report = summarize(test::invoice_task(), report);
  QVERIFY(report.fields.empty());
  QVERIFY(report.before.fields.empty());
  QCOMPARE(report.rows.fixed, 0);
  QCOMPARE(report.after.exact.k, 2);
}

void TestSummarize::noRowsAreNoFigures() {
  EvaluateReport report;
  report.before.present = report.after.present = true;
  report = summarize(test::invoice_task(), report);
  QCOMPARE(report.after.exact.n, 0);
  QCOMPARE(report.after.exact.high, 1.0);
  QCOMPARE(report.rows.p_value, 1.0);
}

void TestSummarize::rowsOfAnotherTaskAreRefused() {
  QVERIFY_EXCEPTION_THROWN(summarize(test::delivery_task(), four_rows()), Error);
}

void TestSummarize::predictedLinesHoldTheAnswerAsItCame() {
  const EvaluateReport report = summarize(test::invoice_task(), four_rows());
  const std::string line = predicted_line(report, report.details[1], report.details[1].after);
  QVERIFY(line.find('\n') == std::string::npos);
  const Json json = parse_json(line, "line");
  QCOMPARE(json["id"].get<std::string>(), std::string("b"));
  QCOMPARE(json["predicted"].get<std::string>(), report.details[1].after.text);
  QCOMPARE(json["expected"]["total"].get<int>(), 12);
  QCOMPARE(json["errors"].dump(), std::string(R"({"total":"digit_slip"})"));
  QVERIFY(!json["exact"].get<bool>());
}

QTEST_APPLESS_MAIN(TestSummarize)
#include "tst_summarize.moc"
