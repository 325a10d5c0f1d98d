// Rows made ready to be seen: fields aligned, differences by grapheme clusters, answers that aren't JSON as they came.
#include <QTest>

#include "core/evaluate/compare.h"

using namespace minnow;
using Kind = MarkedPiece::Kind;

namespace {

EvaluateReport report(const std::string& before, const std::string& after) {
  EvaluateReport r;
  r.field_keys = {"city", "phone"};
  r.before.present = r.after.present = true;
  EvaluatedRow row;
  row.id = "1";
  row.input = "大理市 1380";
  row.expected = R"({"city":"大理市","phone":"1380"})";
  row.before.text = before;
  row.after.text = after;
  row.after.judgement.valid_json = true;
  row.after.judgement.field_errors = {FieldError::none, FieldError::digit_slip};
  row.after.judgement.confidence = {0.9, 0.4};
  row.before.judgement.field_errors = {FieldError::bad_json, FieldError::bad_json};
  r.details = {row};
  return r;
}

}  // namespace

class TestCompare : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void fieldsAreAlignedByKeyWhateverTheOrder() {
    const auto rows = compared_rows(report("nonsense", R"({"phone":"1390","city":"大理市"})"));
    QCOMPARE(rows.size(), std::size_t{1});
    QCOMPARE(rows[0].fields[0].expected, std::string("大理市"));
    QCOMPARE(rows[0].fields[0].after.text(), std::string("大理市"));
    QCOMPARE(rows[0].fields[1].after.text(), std::string("1390"));
    QCOMPARE(rows[0].fields[1].after.confidence, 0.4);
    const std::vector<MarkedPiece> pieces{
        {Kind::same, "13"}, {Kind::left_out, "8"}, {Kind::added, "9"}, {Kind::same, "0"}};
    QVERIFY(rows[0].fields[1].after.pieces == pieces);
  }

  void anAnswerThatIsNoJsonStaysAsItCame() {
    const auto rows = compared_rows(report("Sure! {", "{}"));
    QCOMPARE(rows[0].before_text, std::string("Sure! {"));
    QVERIFY(rows[0].fields[0].before.absent);
    QVERIFY(rows[0].fields[0].before.error == FieldError::bad_json);
    QVERIFY(rows[0].fields[0].after.absent);
    QVERIFY(rows[0].after_text.empty());
  }

  void aLabelThatIsTextStandsInTheFirstField() {
    EvaluateReport r = report("a", "b");
    r.details[0].expected = "just words";
    QCOMPARE(compared_rows(r)[0].fields[0].expected, std::string("just words"));
  }

  void valuesThatAreNoTextAreShownAsJson() {
    const auto rows = compared_rows(report("x", R"({"city":["a"],"phone":1380})"));
    QVERIFY(rows[0].fields[0].after.text() == R"(["a"])");
    QCOMPARE(rows[0].fields[1].after.text(), std::string("1380"));
  }
};

QTEST_APPLESS_MAIN(TestCompare)
#include "tst_compare.moc"
