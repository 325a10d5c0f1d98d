// Where values stand in an input, and labels read and written without losing their order.
#include <QTest>

#include "widgets/common/label_json.h"
#include "widgets/common/value_spans.h"

using namespace minnow;

namespace {

std::vector<Field> fields() {
  return {{"province", FieldKind::province, "", false},
          {"city", FieldKind::city, "", false},
          {"name", FieldKind::person_name, "", false},
          {"phone", FieldKind::phone, "", false}};
}

QStringList marked(const QString& input, const QList<QString>& values) {
  QStringList found;
  for (const ValueSpan& span : valueSpans(input, fields(), values)) {
    found += QStringLiteral("%1=%2").arg(span.field).arg(input.mid(span.start, span.length));
  }
  return found;
}

}  // namespace

class TestValueSpans : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void valuesAreFoundWordForWord() {
    QCOMPARE(marked(QStringLiteral("张三 13800138000 云南省大理市"), {"云南省", "大理市", "张三", "13800138000"}),
             (QStringList{"2=张三", "3=13800138000", "0=云南省", "1=大理市"}));
  }

  void eachValueHasAPlaceOfItsOwn() {
    QCOMPARE(marked(QStringLiteral("北京市北京市海淀区"), {"北京市", "北京市", "无", ""}),
             (QStringList{"0=北京市", "1=北京市"}));
  }

  void placesAreFoundByTheirShortName() {
    QCOMPARE(marked(QStringLiteral("云南大理 李四"), {"云南省", "大理白族自治州", "李四", ""}),
             (QStringList{"0=云南", "1=大理", "2=李四"}));
  }

  void phonesAreFoundThroughBlanksAndDashes() {
    QCOMPARE(marked(QStringLiteral("电话138 0013-8000。"), {"", "", "", "13800138000"}),
             (QStringList{"3=138 0013-8000"}));
  }

  void spansDoNotOverlap() {
    // The city's name stands within the province's; it gets the second place.
    QCOMPARE(marked(QStringLiteral("吉林省吉林市"), {"吉林省", "吉林", "", ""}), (QStringList{"0=吉林省", "1=吉林"}));
  }

  void whatIsNotThereIsNotMarked() {
    QVERIFY(marked(QStringLiteral("abc"), {"云南省", "", "张三", "13800138000"}).isEmpty());
  }

  void aLabelKeepsItsOrder() {
    const QString label =
        QStringLiteral("{\"z\": \"1\", \"a\": \"a \\\"q\\\" \\\\ \\n\", \"n\": 2.50, \"o\": {\"x\": [1, \"}\"]}}");
    const auto values = readLabel(label);
    QVERIFY(values.has_value());
    QCOMPARE(values->size(), 4);
    QCOMPARE(values->at(0).key, QStringLiteral("z"));
    QCOMPARE(values->at(1).text, QStringLiteral("a \"q\" \\ \n"));
    QCOMPARE(values->at(2).text, QStringLiteral("2.50"));
    QVERIFY(!values->at(2).isText);
    QCOMPARE(values->at(3).text, QStringLiteral("{\"x\": [1, \"}\"]}"));
    QCOMPARE(writeLabel(*values), label);
  }

  void aValueIsSetInItsPlace() {
    const QString label = QStringLiteral(R"({"z":"1","n":2})");
    QCOMPARE(labelWithValue(label, {"z"}, QStringLiteral("大理")), QStringLiteral(R"({"z": "大理", "n": 2})"));
    QCOMPARE(labelWithValue(label, {"n"}, QStringLiteral("3")), QStringLiteral(R"({"z": "1", "n": 3})"));
    QCOMPARE(labelWithValue(label, {"n"}, QStringLiteral("x")), QStringLiteral(R"({"z": "1", "n": "x"})"));
    QCOMPARE(labelWithValue(label, {"n"}, QStringLiteral("true")), QStringLiteral(R"({"z": "1", "n": "true"})"));
    QCOMPARE(labelWithValue({}, {"k"}, QStringLiteral("v")), QStringLiteral(R"({"k": "v"})"));
  }

  void listsAndTruthKeepTheirTypesWhenTyped() {
    const Field list{"l", FieldKind::list}, truth{"t", FieldKind::yes_no, "", false, {"true", "false"}};
    const QString label = QStringLiteral(R"({"l": ["a", "b"], "t": true})");
    QCOMPARE(fieldValues(label, {list, truth}), (QList<QString>{"a; b", "true"}));
    QCOMPARE(labelWithValue(label, list, QStringLiteral("a；c;")), QStringLiteral(R"({"l": ["a", "c"], "t": true})"));
    QCOMPARE(labelWithValue(label, list, QString()), QStringLiteral(R"({"l": [], "t": true})"));
    QCOMPARE(labelWithValue(label, truth, QStringLiteral("false")),
             QStringLiteral(R"({"l": ["a", "b"], "t": false})"));
    QCOMPARE(labelWithValue({}, list, QStringLiteral("a、b")), QStringLiteral(R"({"l": ["a", "b"]})"));
    QCOMPARE(labelWithValue({}, truth, QStringLiteral("true")), QStringLiteral(R"({"t": true})"));
  }

  void anItemWithASeparatorInItSurvives_data() {
    QTest::addColumn<QStringList>("items");
    QTest::newRow("none") << QStringList();
    QTest::newRow("plain") << QStringList{"a", "b c"};
    QTest::newRow("semicolon") << QStringList{"a; b"};
    QTest::newRow("enumeration comma") << QStringList{"红、黑", "白"};
    QTest::newRow("quotes") << QStringList{"\"x\"", "[1]"};
    QTest::newRow("empty") << QStringList{"", "a"};
  }
  void anItemWithASeparatorInItSurvives() {
    QFETCH(QStringList, items);
    QCOMPARE(listItems(listText(items)), items);
  }

  void eachItemOfAListIsFound() {
    QStringList found;
    for (const ValueSpan& span : valueSpans("换风扇和皮带", {{"parts", FieldKind::list}}, {"风扇; 皮带; 轮子"}))
      found += QStringLiteral("%1=%2").arg(span.field).arg(span.start);
    QCOMPARE(found, (QStringList{"0=1", "0=4"}));
  }

  void whatIsNoObjectIsRefusedInASentence_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("broken") << R"({"a": )";
    QTest::newRow("a list") << "[1]";
    QTest::newRow("words") << "hello";
    QTest::newRow("empty") << "";
  }
  void whatIsNoObjectIsRefusedInASentence() {
    QFETCH(QString, text);
    QString problem;
    QVERIFY(!readLabel(text, &problem));
    QVERIFY(problem.endsWith(u'.'));
  }
};

QTEST_GUILESS_MAIN(TestValueSpans)
#include "tst_value_spans.moc"
