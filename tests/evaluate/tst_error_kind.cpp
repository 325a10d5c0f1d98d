// Every error kind has examples for it and against it: near misses that another rule must take.
#include <QtTest>

#include <set>

#include "core/data/gazetteer.h"
#include "core/evaluate/score.h"
#include "core/io/json.h"
#include "delivery_task.h"

using namespace minnow;

class TestErrorKind : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyWrongFieldHasItsKind_data();
  void everyWrongFieldHasItsKind();
  void numbersAndDatesHaveTheirKinds_data();
  void numbersAndDatesHaveTheirKinds();
  void choicesAndListsHaveTheirKinds_data();
  void choicesAndListsHaveTheirKinds();
  void withoutGazetteerTheLabelDecides();
  void anyAnswerGetsOneKindPerField();
};

static const char* input = "大理市大理市喜洲镇城北村12号3栋,欧阳娜娜;电话13812345678";
static const char* label =
    R"({"province": "云南省", "city": "大理市", "district": "大理市", "specific_location": "喜洲镇城北村12号3栋", )"
    R"("name": "欧阳娜娜", "phone": "13812345678"})";

void TestErrorKind::everyWrongFieldHasItsKind_data() {
  QTest::addColumn<QString>("field");
  QTest::addColumn<QString>("given");  // as JSON; empty: the key is left out
  QTest::addColumn<QString>("kind");
  const auto row = [](const char* kind, const char* field, const char* given, const char* why) {
    QTest::addRow("%s: %s %s (%s)", kind, field, given, why) << field << given << kind;
  };
  row("none", "name", R"("欧阳娜娜")", "equal");

  row("missing", "name", "", "no key");
  row("missing", "name", "null", "null");
  row("missing", "name", R"("")", "empty");
  row("missing", "name", "\"\u3000 \"", "blanks only");
  row("other", "name", "[]", "a list is given, if an empty one");

  row("suffix_form", "province", R"("云南")", "ending left out");
  row("suffix_form", "city", R"("大理")", "ending left out");
  row("suffix_form", "city", R"("大理白族自治州")", "same stem, a unit of the field's own level");
  row("suffix_form", "district", R"("大理县")", "another ending");
  row("cut_short", "specific_location", R"("喜洲镇城北村12号3")", "no region field");
  row("invented", "province", R"("贵州")", "another unit");

  row("wrong_level", "city", R"("云南省")", "the label's province");
  row("wrong_level", "city", R"("云南")", "the label's province, short");
  row("wrong_level", "district", R"("大理白族自治州")", "known as a city only");
  row("wrong_level", "province", R"("昆明市")", "known as a city only");
  row("wrong_level", "province", R"("大理市")", "the label's city");
  row("invented", "province", R"("四川省")", "the right level, the wrong unit");
  row("invented", "city", R"("昆明市")", "the right level, the wrong unit");

  row("swapped", "name", R"("13812345678")", "the label's phone");
  row("swapped", "phone", R"("欧阳娜娜")", "the label's name");
  row("swapped", "specific_location", R"("大理市")", "the label's city in a field that is no region");
  row("too_long", "name", R"("欧阳娜娜13812345678")", "its own value is there too");

  row("digit_slip", "phone", R"("13812345679")", "one digit replaced");
  row("digit_slip", "phone", R"("1381234567")", "one digit lost");
  row("digit_slip", "phone", R"("138123456788")", "one digit too many");
  row("digit_slip", "phone", R"("13812345687")", "two digits the other way round");
  row("digit_slip", "phone", R"("138-1234-5679")", "separators don't count");
  row("digit_slip", "specific_location", R"("喜洲镇城北村21号3栋")", "a house number");
  row("too_long", "phone", R"("138-1234-5678")", "all digits right, separators added");
  row("other", "phone", "13812345678", "a number, no string");
  row("other", "phone", R"("１３８１２３４５６７８")", "all digits right, full-width");
  row("other", "phone", R"("13887654678")", "four digits wrong: no slip, but more than half is right");
  row("invented", "phone", R"("02044556699")", "another number altogether");
  row("cut_short", "specific_location", R"("喜洲镇城北村12号栋")", "a whole group of digits lost");
  row("other", "specific_location", R"("喜州镇城北村21号3栋")", "a letter differs too");

  row("cut_short", "name", R"("娜娜")", "the end");
  row("cut_short", "name", R"("欧阳")", "the beginning");
  row("cut_short", "specific_location", R"("喜洲镇城北村")", "the beginning");
  row("cut_short", "specific_location", R"("喜洲镇12号3栋")", "the middle left out");
  row("cut_short", "phone", R"("13812345")", "three digits lost are no slip");
  row("other", "specific_location", R"("喜洲镇 城北村12号3栋")", "only a blank too many");
  row("other", "name", R"("欧洋娜娜")", "a letter replaced");

  row("too_long", "name", R"("欧阳娜娜女士")", "something added");
  row("too_long", "city", R"("云南省大理市")", "the level above added");
  row("too_long", "specific_location", R"("大理市喜洲镇城北村12号3栋")", "something before");
  row("too_long", "specific_location", R"("喜洲镇的城北村12号内3栋")", "something in between");
  row("too_long", "phone", R"("电话13812345678")", "its label added");

  row("invented", "name", R"("李明")", "nowhere in the input");
  row("invented", "specific_location", R"("人民路")", "nowhere in the input");
  row("other", "name", R"("城北村")", "the wrong piece of the input");
  row("other", "name", R"("城 北村")", "blanks don't make it invented");
  row("other", "name", "true", "neither string nor number");
  row("other", "name", R"({"first": "娜娜"})", "neither string nor number");
}

void TestErrorKind::everyWrongFieldHasItsKind() {
  QFETCH(QString, field);
  QFETCH(QString, given);
  QFETCH(QString, kind);
  const Task task = test::delivery_task();
  Json answer = parse_json(label, "label");
  if (given.isEmpty())
    answer.erase(field.toStdString());
  else
    answer[field.toStdString()] = parse_json(given.toStdString(), "given");
  const RowJudgement judged = judge(task, input, label, dump_json(answer), &Gazetteer::china());
  for (std::size_t i = 0; i < task.fields.size(); ++i) {
    const bool meant = task.fields[i].key == field.toStdString();
    QCOMPARE(QString(to_string(judged.field_errors[i])), meant ? kind : QString("none"));
  }
  QCOMPARE(judged.exact, kind == "none");
}

void TestErrorKind::numbersAndDatesHaveTheirKinds_data() {
  QTest::addColumn<QString>("field");
  QTest::addColumn<QString>("given");
  QTest::addColumn<QString>("kind");
  const auto row = [](const char* kind, const char* field, const char* given) {
    QTest::addRow("%s: %s %s", kind, field, given) << field << given << kind;
  };
  row("digit_slip", "total", "1280");
  row("digit_slip", "total", "120");
  row("other", "total", "\"1208\"");
  row("invented", "total", "97735");
  row("digit_slip", "day", R"("2026-03-02")");
  row("other", "day", R"("2026/03/01")");
  row("cut_short", "day", R"("2026-03")");
  row("cut_short", "seller", R"("东风")");
  row("too_long", "seller", R"("东风超市有限公司")");
  row("swapped", "seller", R"("2026-03-01")");
}

void TestErrorKind::numbersAndDatesHaveTheirKinds() {
  QFETCH(QString, field);
  QFETCH(QString, given);
  QFETCH(QString, kind);
  const Task task = test::invoice_task();
  const std::string wanted = R"({"seller": "东风超市", "total": 1208, "day": "2026-03-01"})";
  Json answer = parse_json(wanted, "label");
  answer[field.toStdString()] = parse_json(given.toStdString(), "given");
  const RowJudgement judged = judge(task, "东风超市 2026-03-01 合计1208元", wanted, dump_json(answer));
  for (std::size_t i = 0; i < task.fields.size(); ++i) {
    if (task.fields[i].key != field.toStdString()) continue;
    QCOMPARE(QString(to_string(judged.field_errors[i])), kind);
  }
}

void TestErrorKind::choicesAndListsHaveTheirKinds_data() {
  QTest::addColumn<QByteArray>("field");
  QTest::addColumn<QByteArray>("given");
  QTest::addColumn<QByteArray>("kind");
  const auto row = [](const char* kind, const char* field, const char* given, const char* why) {
    QTest::addRow("%s: %s %s (%s)", kind, field, given, why) << QByteArray(field) << QByteArray(given) << QByteArray(kind);
  };
  row("none", "urgency", R"("high")", "equal");
  row("other", "urgency", R"("low")", "another of the values, though another field's too");
  row("invented", "urgency", R"("very high")", "none of them");
  row("invented", "solved", R"("true")", "the word instead of JSON's true");
  row("other", "solved", "false", "the other one");
  row("missing", "urgency", R"("")", "nothing");
  row("none", "parts", R"(["fan", "belt"])", "equal");
  row("other", "parts", R"(["belt", "fan"])", "another order");
  row("cut_short", "parts", R"(["belt"])", "an item left out");
  row("missing", "parts", "[]", "all left out");
  row("too_long", "parts", R"(["fan", "belt", "fan"])", "an item more");
  row("invented", "parts", R"(["fan", "wheel"])", "one that stands nowhere");
  row("other", "parts", R"(["fan", "motor"])", "another piece of the input");
  row("other", "parts", R"("fan, belt")", "no list");
  row("invented", "colours", R"(["red"])", "nothing was wanted");
}

void TestErrorKind::choicesAndListsHaveTheirKinds() {
  QFETCH(QByteArray, field);
  QFETCH(QByteArray, given);
  Task task;
  task.fields = {{"urgency", FieldKind::choice, "", false, {"high", "low"}},
                 {"risk", FieldKind::choice, "", false, {"high", "low"}},
                 {"solved", FieldKind::yes_no, "", false, {"true", "false"}},
                 {"parts", FieldKind::list},
                 {"colours", FieldKind::list, "", true}};
  const std::string wanted =
      R"({"urgency": "high", "risk": "low", "solved": true, "parts": ["fan", "belt"], "colours": []})";
  Json answer = parse_json(wanted, "the label");
  answer[field.toStdString()] = parse_json(given.toStdString(), "the value");
  const RowJudgement judged = judge(task, "Fan and belt of the motor", wanted, dump_json(answer));
  for (std::size_t i = 0; i < task.fields.size(); ++i) {
    if (task.fields[i].key == field.toStdString()) QTEST(QByteArray(to_string(judged.field_errors[i])), "kind");
  }
  QCOMPARE(judged.exact, judged.field_errors == std::vector<FieldError>(5, FieldError::none));
}

void TestErrorKind::withoutGazetteerTheLabelDecides() {
  const Task task = test::delivery_task();
  const auto kind_of = [&](const char* key, const char* value, std::size_t index) {
    Json answer = parse_json(label, "label");
    answer[key] = value;
    return judge(task, input, label, dump_json(answer)).field_errors[index];
  };
  QCOMPARE(kind_of("city", "云南省", 1), FieldError::wrong_level);   // the label says so
  QCOMPARE(kind_of("city", "大理", 1), FieldError::suffix_form);     // rules about endings need no list
  QCOMPARE(kind_of("province", "昆明市", 0), FieldError::invented);  // nobody told that it's a city
}

// Random answers: every field gets a kind, it is none exactly for equal values, and exact means no errors and no more
// keys.
void TestErrorKind::anyAnswerGetsOneKindPerField() {
  const Task task = test::delivery_task();
  const Json wanted = parse_json(label, "label");
  const std::vector<Json> values{"",         " ",    nullptr,      7,        true, "云南", "大理市",
                                 "欧阳娜娜", "娜娜", "1381234567", "喜洲镇", "x"};
  std::uint32_t state = 11;
  const auto next = [&](std::size_t below) {
    state = state * 1664525u + 1013904223u;
    return static_cast<std::size_t>(state >> 8) % below;
  };
  for (int round = 0; round < 3000; ++round) {
    Json answer = Json::object();
    for (const Field& field : task.fields) {
      const std::size_t choice = next(values.size() + 3);
      if (choice < values.size())
        answer[field.key] = values[choice];
      else if (choice > values.size())
        answer[field.key] = wanted[field.key];
    }
    if (next(4) == 0) answer["more"] = "";
    const RowJudgement judged = judge(task, input, label, dump_json(answer), &Gazetteer::china());
    QCOMPARE(judged.field_errors.size(), task.fields.size());
    bool all_right = true;
    for (std::size_t i = 0; i < task.fields.size(); ++i) {
      const auto& key = task.fields[i].key;
      const bool equal = answer.contains(key) && answer[key] == wanted[key];
      QCOMPARE(judged.field_errors[i] == FieldError::none, equal);
      QVERIFY(judged.field_errors[i] != FieldError::bad_json);
      all_right &= equal;
    }
    QCOMPARE(judged.exact, all_right && !answer.contains("more"));
  }
}

QTEST_APPLESS_MAIN(TestErrorKind)
#include "tst_error_kind.moc"
