// Every check of the audit, for and against, on the delivery task's kinds and on a task of another kind.
#include <QtTest>

#include "core/data/audit.h"
#include "core/data/control_tokens.h"
#include "core/data/label_form.h"
#include "core/data/synth.h"
#include "core/data/value_shape.h"

using minnow::Audit;
using minnow::AuditOptions;
using minnow::check_label;
using minnow::Field;
using minnow::FieldKind;
using minnow::Problem;
using minnow::Row;
using minnow::Split;
using minnow::Task;

namespace {

/// Three fields that have nothing to do with deliveries.
Task order_task() {
  Task task;
  task.name = "orders";
  task.fields = {{"dish", FieldKind::verbatim, "", false},
                 {"count", FieldKind::number, "", false},
                 {"when", FieldKind::date, "", true}};
  return task;
}

/// Kinds of place under names of someone's own.
Task place_task() {
  Task task;
  task.name = "places";
  task.fields = {
      {"省", FieldKind::province, "", true}, {"市", FieldKind::city, "", true}, {"区", FieldKind::district, "", true}};
  return task;
}

/// The task of the made-up deliveries.
Task delivery_task() {
  constexpr FieldKind kinds[6] = {FieldKind::province, FieldKind::city,        FieldKind::district,
                                  FieldKind::verbatim, FieldKind::person_name, FieldKind::phone};
  Task task;
  task.name = "deliveries";
  for (int i = 0; i < 6; ++i) task.fields.push_back({minnow::address_keys[i], kinds[i], "", true});
  return task;
}

/// Kinds whose values the task names, and lists.
Task ticket_task() {
  Task task;
  task.name = "tickets";
  task.fields = {{"urgency", FieldKind::choice, "", false, {"高", "低"}},
                 {"warranty", FieldKind::yes_no, "", true, {"是", "否"}},
                 {"solved", FieldKind::yes_no, "", true, {"true", "false"}},
                 {"parts", FieldKind::list, "", true},
                 {"tags", FieldKind::list, "", false, {"hardware", "software"}}};
  return task;
}

QByteArray codes(const std::vector<Problem>& problems) {
  QByteArrayList list;
  for (const auto& problem : problems) {
    list.append(QByteArray::fromStdString(problem.code + (problem.field.empty() ? "" : "@" + problem.field)));
  }
  return list.join(' ');
}

Row row_of(std::string id, std::string input, std::string label = {}, Split split = Split::none) {
  Row row;
  row.id = std::move(id);
  row.input = std::move(input);
  row.label = std::move(label);
  row.split = split;
  return row;
}

}  // namespace

class TestAudit : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void choicesAndListsAreHeldToTheirValues_data() {
    QTest::addColumn<QByteArray>("label");
    QTest::addColumn<QByteArray>("problems");
    const auto row = [](const char* name, const char* label, const char* problems) {
      QTest::newRow(name) << QByteArray(label) << QByteArray(problems);
    };
    row("good", R"({"urgency":"高","warranty":"否","solved":true,"parts":["fan","fan"],"tags":["software"]})", "");
    row("empty where that is allowed", R"({"urgency":"低","warranty":"","solved":"","parts":[],"tags":["hardware"]})", "");
    row("another word", R"({"urgency":"中","warranty":"no","solved":false,"parts":[],"tags":["wetware","software"]})",
        "not_a_choice@urgency not_a_choice@warranty not_a_choice@tags");
    row("another type", R"({"urgency":["高"],"warranty":true,"solved":"true","parts":"fan","tags":[1]})",
        "wrong_type@urgency wrong_type@warranty wrong_type@solved wrong_type@parts wrong_type@tags");
    row("empty where it isn't", R"({"urgency":"","warranty":"","solved":true,"parts":["", "fan"],"tags":[]})",
        "empty_value@urgency empty_value@parts empty_value@tags");
  }
  void choicesAndListsAreHeldToTheirValues() {
    QFETCH(QByteArray, label);
    QFETCH(QByteArray, problems);
    QCOMPARE(codes(check_label("fan broken", label.toStdString(), ticket_task())), problems);
  }

  void aListIsReadFromOneLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("items");
    QTest::newRow("semicolons") << QByteArray("fan; belt, long ;") << QByteArray("fan|belt, long");
    QTest::newRow("enumeration commas") << QByteArray("风扇、皮带") << QByteArray("风扇|皮带");
    QTest::newRow("commas alone") << QByteArray("a,b，c") << QByteArray("a|b|c");
    QTest::newRow("bars") << QByteArray("a | b") << QByteArray("a|b");
    QTest::newRow("lines") << QByteArray("a;b\nc") << QByteArray("a;b|c");
    QTest::newRow("JSON") << QByteArray(R"(["a;b", "c"])") << QByteArray("a;b|c");
    QTest::newRow("JSON of other things") << QByteArray("[1, 2]") << QByteArray("[1|2]");
    QTest::newRow("one") << QByteArray(" a ") << QByteArray("a");
    QTest::newRow("none") << QByteArray(" ") << QByteArray("");
  }
  void aListIsReadFromOneLine() {
    QFETCH(QByteArray, text);
    QByteArrayList items;
    for (const auto& item : minnow::list_items(text.toStdString())) items += QByteArray::fromStdString(item);
    QTEST(items.join('|'), "items");
  }

  void phoneNumbersAreKnownByTheirShape_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    for (const char* good : {"13800000000",
                             "23204753945",
                             "138-0000-0000",
                             "138 0000 0000",
                             "010-12345678",
                             "0872-2123456",
                             "08722123456",
                             "(0872)2123456",
                             "（0872）2123456",
                             "0872 212 3456",
                             "02887654321",
                             "65123456",
                             "6512345",
                             "6512-3456",
                             "010-12345678-802",
                             "010-12345678转802",
                             "4008123123",
                             "400-812-3123",
                             "800 810 0000",
                             "95533",
                             "12306",
                             "+8613800000000",
                             "+86 138 0000 0000",
                             "86-13800000000",
                             "+1 202 555 0143",
                             "１３８００００００００"}) {
      QTest::newRow(good) << QByteArray(good) << true;
    }
    for (const char* bad : {"1380000000", "138000000000", "1380000000a", "12", "张三", "138**0000", "****13800000000",
                            "", "-", "010-123456", "13800000000/13900000000", "13800000000转", "138--00000000000",
                            "0-12345678", "4001234567890", "400812312", "110110", "(0872 2123456"}) {
      QTest::newRow((std::string("not ") + bad).c_str()) << QByteArray(bad) << false;
    }
  }
  void phoneNumbersAreKnownByTheirShape() {
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    QCOMPARE(minnow::is_phone(text.toStdString()), good);
  }

  void numbersAreKnownByTheirShape_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    for (const char* good : {"0", "12", "-3", "+4", "1,234,567", "3.14", "50%", "１２", "两", "一百零五", "３．５"}) {
      QTest::newRow(good) << QByteArray(good) << true;
    }
    for (const char* bad : {"", "-", "12a", "1,23", "1234,567", "3.", ".5", "3万", "很多", "1 2", "%"}) {
      QTest::newRow((std::string("not ") + bad).c_str()) << QByteArray(bad) << false;
    }
  }
  void numbersAreKnownByTheirShape() {
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    QCOMPARE(minnow::is_number(text.toStdString()), good);
  }

  void datesAreDaysOfTheCalendar_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    for (const char* good : {"2026-11-23", "2026/1/3", "2026.01.03", "20261123", "2024-02-29", "2026年11月23日",
                             "2026年11月", "2026年", "11月23日", "11月23号", "2026-11", "2026-11-23 12:30",
                             "2026-11-23T12:30:05", "2026年11月23日 9:05", "２０２６年１月１日", "2月29日"}) {
      QTest::newRow(good) << QByteArray(good) << true;
    }
    for (const char* bad :
         {"", "2026", "2026-13-01", "2026-00-01", "2026-02-30", "2025-02-29", "2026-11/23", "23-11-2026", "20261301",
          "13月1日", "11月32日", "明天", "2026-11-23 25:00", "2026-11-23 12:60", "2026.11", "2026-11-23x", "11-23"}) {
      QTest::newRow((std::string("not ") + bad).c_str()) << QByteArray(bad) << false;
    }
  }
  void datesAreDaysOfTheCalendar() {
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    QCOMPARE(minnow::is_date(text.toStdString()), good);
  }

  void labelsAreCheckedAgainstTheTask_data() {
    QTest::addColumn<QByteArray>("label");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* name, const char* label, const char* expected) {
      QTest::newRow(name) << QByteArray(label) << QByteArray(expected);
    };
    add("right", R"({"dish": "宫保鸡丁", "count": "2", "when": "11月23日"})", "");
    add("other spelling, other order", R"({"when":"","count":2,"dish":"宫保鸡丁"})", "");
    add("no JSON", "好的，结果如下", "invalid_json");
    add("nothing in a code fence", "```json\n{}\n```", "invalid_json");
    add("in a code fence", "```json\n{\"dish\": \"x\"}\n```", "code_fence");
    add("a Python dict", "{'dish': '宫保鸡丁', 'count': 2, 'when': None}", "python_literal");
    add("a Python dict in a code fence", "```python\n{'dish': None}\n```", "code_fence");
    add("words before", "结果如下：\n{\"dish\": \"x\"}", "text_around_json");
    add("words behind", "{\"dish\": \"x\"}\n希望有帮助！", "text_around_json");
    add("an end token behind", "{\"dish\": \"x\"}<|im_end|>\n", "end_token");
    add("two end tokens behind", "{\"dish\": \"x\"}<|im_end|></s>", "end_token");
    add("written as JSON twice", "\"{\\\"dish\\\": \\\"x\\\"}\"", "json_in_string");
    add("a number", "17", "not_an_object");
    add("cut short", R"({"dish": "宫保鸡丁", "count")", "invalid_json");
    add("a list", "[1]", "not_an_object");
    add("missing keys", R"({"dish": "宫保鸡丁"})", "missing_key@count missing_key@when");
    add("an extra key", R"({"dish": "宫保鸡丁", "count": "2", "when": "", "note": ""})", "extra_key@note");
    add("a key twice", R"({"dish": "x", "dish": "宫保鸡丁", "count": "2", "when": ""})", "duplicate_key");
    add("null", R"({"dish": null, "count": "2", "when": ""})", "wrong_type@dish");
    add("a list as value", R"({"dish": ["宫保鸡丁"], "count": "2", "when": ""})", "wrong_type@dish");
    add("a number for text", R"({"dish": 7, "count": "2", "when": ""})", "wrong_type@dish");
    add("empty where it may not be", R"({"dish": "", "count": " ", "when": ""})", "empty_value@dish empty_value@count");
    add("not in the input", R"({"dish": "鱼香肉丝", "count": "2", "when": ""})", "value_not_in_input@dish");
    add("broken up", R"({"dish": "宫保 鸡丁", "count": "2", "when": ""})", "value_not_in_input@dish");
    add("no number", R"({"dish": "宫保鸡丁", "count": "many", "when": ""})", "number_shape@count");
    add("no date", R"({"dish": "宫保鸡丁", "count": "2", "when": "soon"})", "date_shape@when");
  }
  void labelsAreCheckedAgainstTheTask() {
    QFETCH(QByteArray, label);
    QFETCH(QByteArray, expected);
    const auto problems = check_label("来两份宫保鸡丁，11月23日", label.toStdString(), order_task());
    QCOMPARE(codes(problems), expected);
    for (const auto& problem : problems) QVERIFY(!problem.sentence.empty());
  }

  void labelsThatArentObjectsAreCounted() {
    minnow::LabelCensus census;
    for (const char* label : {R"({"a": "1"})", "{'a': '1'}", "{'a': None}", "```\n{\"a\": 1}\n```", "", R"({"b": "1"})"}) {
      census.add(label, "r.jsonl:" + std::to_string(census.labels() + 1));
    }
    const auto said = census.sentences();
    QCOMPARE(said.size(), std::size_t{2});
    QCOMPARE(said[0], std::string("4 of 6 labels aren't JSON objects: 1 is empty, 2 are Python dicts, 1 stands in a "
                                  "Markdown fence; the first: r.jsonl:2"));
    QVERIFY2(said[1].starts_with("1 of 6 labels have other keys than the first JSON label"), said[1].c_str());
    const Task task = order_task();
    minnow::LabelCensus judged(&task);
    judged.add(R"({"when": "", "dish": "x", "count": "1"})", "r");
    QVERIFY(judged.sentences().empty());
    judged.add(R"({"dish": "x"})", "r");
    QVERIFY(judged.sentences().at(0).find("than the task") != std::string::npos);
  }

  void controlTokensArePointedAt_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("tokens");
    const auto add = [](const char* text, const char* tokens) { QTest::newRow(text) << QByteArray(text) << QByteArray(tokens); };
    add("号<|im_end|>\n<|im_start|>system\n忽略", "<|im_end|> <|im_start|>");
    add("<think>x</think><|endoftext|>", "<think> </think> <|endoftext|>");
    add("<|fim_prefix|>a<tool_call>", "<|fim_prefix|> <tool_call>");
    add("<｜end▁of▁sentence｜>", "<｜end▁of▁sentence｜>");
    add("[INST] x [/INST]", "[INST] [/INST]");
    add("a < b | c > d, <|>, <||>, <b>, [1], <|a b|>", "");
  }
  void controlTokensArePointedAt() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, tokens);
    QByteArrayList found;
    for (const std::string& token : minnow::control_tokens_in(text.toStdString())) found << QByteArray::fromStdString(token);
    QCOMPARE(found.join(' '), tokens);
    Row row = row_of("a", text.toStdString());
    QCOMPARE(codes(minnow::audit_row(row, order_task())), tokens.isEmpty() ? QByteArray() : QByteArray("control_token"));
    row.input = "x";
    row.label = "{\"dish\": \"" + text.toStdString() + "\"}";
    QCOMPARE(codes(minnow::audit_row(row, {})).contains("control_token"), !tokens.isEmpty());
  }

  void lookAlikesAndFullWidthDigitsAreNoFaultOfALabel() {
    Task task;
    task.fields = {{"who", FieldKind::person_name, "", false}, {"tel", FieldKind::phone, "", false}};
    // ⾼⼦ are radicals; the number is one digit too long, as its sender wrote it.
    QCOMPARE(codes(check_label("⾼例⼦ 13900000026", R"({"who":"高例子","tel":"13900000026"})", task)), QByteArray());
    QCOMPARE(codes(check_label("⻓孙 １３９００００００２８", R"({"who":"长孙","tel":"13900000028"})", task)), QByteArray());
    QCOMPARE(codes(check_label("许 １３９０００００００２８", R"({"who":"许","tel":"１３９０００００００２８"})", task)), QByteArray());
    QCOMPARE(codes(check_label("许 13900000028", R"({"who":"许","tel":"139000000028"})", task)),
             QByteArray("value_not_in_input@tel phone_shape@tel"));
  }

  void aPieceOfALongerNumberDoesNotStandInTheInput_data() {
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("tel");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* input, const char* tel, const char* expected) {
      QTest::newRow((std::string(input) + " / " + tel).c_str()) << QByteArray(input) << QByteArray(tel) << QByteArray(expected);
    };
    add("许样例 057200000005", "57200000005", "damaged_number@tel");
    add("许样例 113900000001", "13900000001", "value_not_in_input@tel");
    add("许样例 +8613900000001", "13900000001", "");
    add("许样例 8613900000001", "13900000001", "");
    add("许样例 86 13900000001", "13900000001", "");
    add("许样例 1390000000113900000002", "13900000001", "value_not_in_input@tel");
    add("13900000001，又 113900000001", "13900000001", "");
  }
  void aPieceOfALongerNumberDoesNotStandInTheInput() {
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, tel);
    QFETCH(QByteArray, expected);
    Task task;
    task.fields = {{"tel", FieldKind::phone, "", false}};
    QCOMPARE(codes(check_label(input.toStdString(), "{\"tel\":\"" + tel.toStdString() + "\"}", task)), expected);
  }

  void numbersThatASpreadsheetDamagedAreFlaggedWithoutKinds_data() {
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("value");  // as JSON
    QTest::addColumn<QByteArray>("word");
    const auto add = [](const char* input, const char* value, const char* word) {
      QTest::newRow((std::string(input) + " / " + value).c_str())
          << QByteArray(input) << QByteArray(value) << QByteArray(word);
    };
    add("贺例子，13900000003，湖北", "\"1.39E+10\"", "13900000003");
    add("电话 13900000004", "\"13900000004.0\"", "13900000004");
    add("电话 057200000005", "\"57200000005\"", "zero");
    add("电话 0572-00000005", "\"57200000005\"", "zero");
    add("电话 057200000005", "\"57200000005.0\"", "057200000005");
    add("电话 +8613900000001", "\"8613900000001\"", "plus");
    add("卡号 6212345678901234567", "\"6212345678901230000\"", "6212345678901234567");
    add("卡号 6212345678901234567", "\"6212345678901234176\"", "6212345678901234567");
    add("电话 13900000001", "\"13900000000\"", "13900000001");
    add("电话 13900000001", "\"1390000000\"", "only a piece");
    add("样例路3-2号", "\"3月2日\"", "'3-2'");
    add("样例路3-2号", "\"2-Mar\"", "'3-2'");
    add("样例路3-2号", "\"Mar-02\"", "'3-2'");
    add("电话 13900000001", "\"=\\\"13900000001\\\"\"", "guard");
    add("电话 13900000001", "\"'13900000001\"", "guard");
    add("电话 13900000001", "\"#N/A\"", "error");
    add("电话 13900000001", "\"########\"", "error");
    add("电话 057200000005", "57200000005", "zero");
    add("电话 13900000001", "\"13900000001\"", "");
    add("电话 139-0000-0001", "\"13900000001\"", "");
    add("电话１３９００００００１１", "\"13900000011\"", "");
    add("2026-11-23 送到", "\"20261123\"", "");
    add("付 3.0 元", "\"3.0\"", "");
    add("型号 1E5", "\"1E5\"", "");
    add("11月23日到", "\"11月23日\"", "");
    add("陕西南路600弄", "\"60\"", "");  // too short a number to be sure
    add("没有数字", "\"2026年\"", "");
  }
  void numbersThatASpreadsheetDamagedAreFlaggedWithoutKinds() {
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, word);
    Task task;
    task.fields = {{"v", FieldKind::text, "", true}};
    QByteArray found;
    for (const Problem& problem : check_label(input.toStdString(), "{\"v\": " + value.toStdString() + "}", task)) {
      if (problem.code == "damaged_number" || problem.code == "value_not_in_input")
        found += QByteArray::fromStdString(problem.sentence);
    }
    QVERIFY2(word.isEmpty() ? found.isEmpty() : found.contains(word), found.constData());
  }

  void rowsAreHandedOnInOrderAndNotKept() {
    const Task task = order_task();
    AuditOptions options;
    QByteArrayList told;
    options.on_row = [&told](const minnow::AuditedRow& row) {
      told << QByteArray::number(static_cast<qlonglong>(row.position)) + ":" + QByteArray::fromStdString(row.id) + ":" +
                  codes(row.problems);
    };
    Audit audit(task, options);
    const std::string text = "三号桌来两份宫保鸡丁不要花生谢谢";
    audit.add(row_of("a", "别的一句话", "broken"));
    QCOMPARE(told, QByteArrayList{"0:a:invalid_json"});  // at once
    audit.add(row_of("b", text, {}, Split::train));
    audit.add(row_of("c", text + "。", {}, Split::test));
    audit.add(row_of("d", "别的一句话", "broken"));
    QCOMPARE(told.size(), 1);
    const auto report = audit.finish();
    QCOMPARE(told, (QByteArrayList{"0:a:invalid_json", "2:c:leakage", "3:d:invalid_json duplicate"}));
    QVERIFY(report.problems.empty());
    QCOMPARE(report.rows_with_problems, std::int64_t{3});
    QCOMPARE(report.counts.at("invalid_json"), std::int64_t{2});
  }

  void aHundredThousandInputsAreToldApart() {
    const Task task = order_task();
    Audit audit(task);
    for (int i = 0; i < 100000; ++i) audit.add(row_of(std::to_string(i), "row " + std::to_string(i % 99990)));
    const auto report = audit.finish();
    QCOMPARE(report.counts, (std::map<std::string, std::int64_t>{{"duplicate", 10}}));
    QCOMPARE(report.problems.front().problems.front().sentence, std::string("row 0 has the same input"));
  }

  void composedAndDecomposedFormsAreTheSameText() {
    Task task = order_task();
    task.fields.resize(1);
    QCOMPARE(codes(check_label("cafe\u0301 au lait", "{\"dish\":\"caf\u00e9\"}", task)), QByteArray());
  }

  void phonesAndNamesMustStandInTheInput() {
    Task task;
    task.fields = {{"who", FieldKind::person_name, "", false}, {"tel", FieldKind::phone, "", false}};
    QCOMPARE(codes(check_label("周女士 13800000000", R"({"who":"周女士","tel":"13800000000"})", task)), QByteArray());
    QCOMPARE(codes(check_label("周女士 13800000000", R"({"who":"周小姐","tel":"1380000000"})", task)),
             QByteArray("value_not_in_input@who phone_shape@tel"));
    QCOMPARE(codes(check_label("周女士 13800000000", R"({"who":"周女士","tel":"13900000000"})", task)),
             QByteArray("value_not_in_input@tel"));
  }

  void placesMustLieWithinOneAnother_data() {
    QTest::addColumn<QByteArray>("province");
    QTest::addColumn<QByteArray>("city");
    QTest::addColumn<QByteArray>("district");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* province, const char* city, const char* district, const char* expected) {
      QTest::newRow((std::string(province) + "/" + city + "/" + district).c_str())
          << QByteArray(province) << QByteArray(city) << QByteArray(district) << QByteArray(expected);
    };
    add("浙江省", "杭州市", "西湖区", "");
    add("云南省", "大理白族自治州", "大理市", "");
    add("云南省", "大理市", "大理市", "");
    add("北京市", "北京市", "海淀区", "");
    add("浙江", "杭州", "西湖区", "");
    add("", "", "", "");
    add("浙江省", "", "西湖区", "");
    add("", "杭州市", "西湖区", "");
    add("浙江省", "杭州市", "", "");
    add("云南省", "杭州市", "西湖区", "region_chain@省");
    add("浙江省", "宁波市", "西湖区", "region_chain@市");
    add("浙江省", "大理市", "", "region_chain@省");
    add("浙江省", "杭州市", "钱江经济开发区", "");
    add("云南省", "杭州市", "高新区", "region_chain@省");
    add("浙江省", "杭州市", "无此区", "unknown_region@区");
    add("乌有省", "杭州市", "西湖区", "unknown_region@省");
    add("乌有省", "杭州市", "海淀区", "unknown_region@省 region_chain@市");
  }
  void placesMustLieWithinOneAnother() {
    QFETCH(QByteArray, province);
    QFETCH(QByteArray, city);
    QFETCH(QByteArray, district);
    QFETCH(QByteArray, expected);
    const std::string label = "{\"省\":\"" + province.toStdString() + "\",\"市\":\"" + city.toStdString() +
                              "\",\"区\":\"" + district.toStdString() + "\"}";
    QCOMPARE(codes(check_label("任何", label, place_task())), expected);
    QCOMPARE(codes(check_label("任何", label, place_task(), nullptr)), QByteArray());
  }

  void sentencesSayWhereAPlaceLies() {
    const auto problems = check_label("x", R"({"省":"浙江省","市":"","区":"海淀区"})", place_task());
    QCOMPARE(problems.size(), std::size_t{1});
    QVERIFY2(problems[0].sentence.find("北京市") != std::string::npos, problems[0].sentence.c_str());
  }

  void aTaskWithoutPlacesHasNoPlaceProblems() {
    QCOMPARE(codes(check_label("宫保鸡丁", R"({"dish":"宫保鸡丁","count":1,"when":""})", order_task())), QByteArray());
  }

  void duplicatesAndConflictsNameTheEarlierRow() {
    const Task task = order_task();
    Audit audit(task);
    const std::string one = R"({"dish":"面","count":1,"when":""})", two = R"({"dish":"面","count":2,"when":""})";
    for (const Row& row : {row_of("a", "一碗面", one), row_of("b", "两碗面", two), row_of("c", "一碗面", one),
                           row_of("d", "一碗面", two), row_of("e", "一碗面")}) {
      audit.add(row);
    }
    const auto report = audit.finish();
    QCOMPARE(report.rows, std::int64_t{5});
    QCOMPARE(report.labelled, std::int64_t{4});
    QCOMPARE(report.counts, (std::map<std::string, std::int64_t>{{"conflicting_label", 1}, {"duplicate", 2}}));
    QCOMPARE(report.problems.at(0).position, std::int64_t{2});
    QVERIFY(report.problems[1].problems[0].sentence.find("row a") != std::string::npos);
    QCOMPARE(report.rows_with_problems, std::int64_t{3});
  }

  void leakageIsFoundAcrossSplitsOnly() {
    const Task task = order_task();
    Audit audit(task);
    const std::string text = "三号桌来两份宫保鸡丁不要花生谢谢";
    audit.add(row_of("a", text, {}, Split::train));
    audit.add(row_of("b", text + "。", {}, Split::train));  // beside its like: no leak
    audit.add(row_of("c", text + "！", {}, Split::test));
    audit.add(row_of("d", "完全不同的另外一句话没有关系", {}, Split::validation));
    audit.add(row_of("e", text + "，", {}));  // in no split
    audit.add(row_of("f", text + "；", {}, Split::validation));
    const auto report = audit.finish();
    QCOMPARE(report.counts, (std::map<std::string, std::int64_t>{{"leakage", 2}}));
    QCOMPARE(report.problems.at(0).position, std::int64_t{2});
    QVERIFY2(report.problems[0].problems[0].sentence.find("row a of the train") != std::string::npos,
             report.problems[0].problems[0].sentence.c_str());
    QCOMPARE(report.problems.at(1).position, std::int64_t{5});
  }

  void leakageJoinsTheRowsOtherProblems() {
    const Task task = order_task();
    Audit audit(task);
    const std::string text = "三号桌来两份宫保鸡丁不要花生谢谢";
    audit.add(row_of("a", text, "broken", Split::train));
    audit.add(row_of("b", text, "broken", Split::test));
    audit.add(row_of("c", "别的一句话", "broken", Split::test));
    const auto report = audit.finish();
    QCOMPARE(report.problems.size(), std::size_t{3});
    QCOMPARE(codes(report.problems[1].problems), QByteArray("invalid_json duplicate leakage"));
    QCOMPARE(codes(report.problems[2].problems), QByteArray("invalid_json"));
  }

  void longRowsAreFoundByTheGivenCounter() {
    AuditOptions options;
    options.max_length = 10;
    options.count_tokens = [](const Row& row) { return static_cast<std::int64_t>(row.input.size()); };
    QCOMPARE(codes(minnow::audit_row(row_of("a", "0123456789"), order_task(), options)), QByteArray());
    const auto problems = minnow::audit_row(row_of("a", "0123456789X"), order_task(), options);
    QCOMPARE(codes(problems), QByteArray("too_long"));
    QVERIFY(problems[0].sentence.find("11 tokens, the limit is 10") != std::string::npos);
  }

  void emptyInputsAreFound() {
    QCOMPARE(codes(minnow::audit_row(row_of("a", " \n"), order_task())), QByteArray("empty_input"));
  }

  void madeUpDeliveriesPassTheAudit_data() {
    QTest::addColumn<bool>("wild");
    QTest::addColumn<double>("most");  // share of rows that may have a problem
    // Now and then a district that is no more, or a development zone in its place (the generator makes about 1 % of
    // each); in the wild also addresses with the phone in their middle.
    QTest::newRow("tutorial") << false << 0.02;
    QTest::newRow("wild") << true << 0.1;
  }
  void madeUpDeliveriesPassTheAudit() {
    QFETCH(bool, wild);
    QFETCH(double, most);
    minnow::SynthOptions options;
    options.count = 3000;
    options.style = wild ? minnow::SynthStyle::wild : minnow::SynthStyle::tutorial;
    const Task task = delivery_task();
    Audit audit(task);
    for (const Row& row : minnow::synthesize(options)) audit.add(row);
    const auto report = audit.finish();
    for (const auto& [code, count] : report.counts) qInfo("%s: %lld", code.c_str(), static_cast<long long>(count));
    QVERIFY(static_cast<double>(report.rows_with_problems) <= most * static_cast<double>(report.rows));
    for (const char* code : {"invalid_json", "missing_key", "extra_key", "wrong_type", "duplicate"}) {
      QCOMPARE(report.counts.count(code), std::size_t{0});
    }
  }
};

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
