// JSON arrays cut into rows while they stream: whole, broken, nested, of any spelling.
#include <QtTest>

#include "core/data/json_values.h"
#include "core/io/json.h"
#include "tests/data/scratch.h"

using minnow::JsonValues;

namespace {

std::vector<JsonValues::Value> values_of(const std::string& text) {
  const Scratch scratch;
  JsonValues values(minnow::TextStream(scratch.file("f", text), minnow::Encoding::utf8));
  std::vector<JsonValues::Value> result;
  JsonValues::Value value;
  while (values.next(value)) result.push_back(value);
  return result;
}

QByteArrayList texts_of(const std::string& text) {
  QByteArrayList result;
  for (const auto& value : values_of(text)) result.append(QByteArray::fromStdString(value.text));
  return result;
}

}  // namespace

class TestJsonValues : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void arraysAreCutIntoTheirElements_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("elements");
    const auto add = [](const char* name, const char* text, const QByteArrayList& elements) {
      QTest::newRow(name) << QByteArray(text) << elements;
    };
    add("empty", "[]", {});
    add("nothing", "", {});
    add("compact", "[{\"a\":1},{\"b\":[2,{}]}]", {"{\"a\":1}", "{\"b\":[2,{}]}"});
    add("brackets in strings", "[{\"a\":\"]}{[\"},{\"b\":\"\\\"}\"}]", {"{\"a\":\"]}{[\"}", "{\"b\":\"\\\"}\"}"});
    add("one a line", "[\n{\"a\":1},\n{\"a\":2}\n]\n", {"{\"a\":1}", "{\"a\":2}"});
    add("no outer array", "{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n", {"{\n \"a\": 1\n}", "{\n \"a\": 2\n}"});
    add("scalars", "[1, \"a,b\", null]", {"1", "\"a,b\"", "null"});
    add("array in the array", "[[1,2],{\"a\":1}]", {"[1,2]", "{\"a\":1}"});
    add("unindented lines", "[\n{\n\"a\":\n{\n\"b\": 1\n}\n},\n{\n\"a\": 2\n}\n]",
        {"{\n\"a\":\n{\n\"b\": 1\n}\n}", "{\n\"a\": 2\n}"});
  }
  void arraysAreCutIntoTheirElements() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, elements);
    QCOMPARE(texts_of(text.toStdString()), elements);
  }

  void linesAreCounted() {
    const auto values = values_of("[\n  {\n    \"a\": 1\n  },\n\n  {\"a\": 2}, {\"a\": 3}\n]");
    QCOMPARE(values.size(), std::size_t{3});
    QCOMPARE(values[0].line, std::int64_t{2});
    QCOMPARE(values[1].line, std::int64_t{6});
    QCOMPARE(values[2].line, std::int64_t{6});
  }

  void aBrokenElementDoesNotTakeTheNextOnesAlong_data() {
    QTest::addColumn<QByteArray>("broken");
    QTest::newRow("missing brace") << QByteArray("  {\n    \"a\": {\"b\": 1\n  },\n");
    QTest::newRow("missing bracket") << QByteArray("  {\n    \"a\": [1, 2\n  },\n");
    QTest::newRow("missing quote") << QByteArray("  {\n    \"a\": \"open,\n    \"b\": 2\n  },\n");
    QTest::newRow("missing end") << QByteArray("  {\n    \"a\": 1,\n");
  }
  void aBrokenElementDoesNotTakeTheNextOnesAlong() {
    QFETCH(QByteArray, broken);
    const std::string good = "  {\n    \"a\": {\n      \"c\": 1\n    }\n  },\n";
    const auto values = values_of("[\n" + good + broken.toStdString() + good + good + "]\n");
    std::size_t whole = 0;
    for (const auto& value : values) {
      try {
        whole += minnow::parse_json(value.text, "t")["a"]["c"] == 1;
      } catch (const std::exception&) {
      }
    }
    QCOMPARE(whole, std::size_t{3});
    QCOMPARE(values.back().line, std::int64_t{7} + std::count(broken.begin(), broken.end(), '\n') + 5);
  }

  void anArrayThatIsCutOffEndsUnfinished() {
    const auto values = values_of("[{\"a\":1},{\"a\":");
    QCOMPARE(values.size(), std::size_t{2});
    QVERIFY(values[0].cut == JsonValues::Cut::whole);
    QVERIFY(values[1].cut == JsonValues::Cut::unfinished);
  }

  void anArrayCutAnywhereEndsWithoutACrash() {
    const std::string text = "[\n  {\n    \"a\": \"x\\\"y\"\n  },\n  {\"b\": [1, {\"c\": null}]}\n]";
    for (std::size_t end = 0; end <= text.size(); ++end) QVERIFY(values_of(text.substr(0, end)).size() <= 2);
  }

  void elementsAcrossPiecesStayWhole() {
    // Pieces are 256 KiB; elements of odd sizes straddle their borders.
    std::string text = "[";
    for (int i = 0; i < 9000; ++i) {
      text += "{\"n\":" + std::to_string(i) + ",\"s\":\"" + std::string(static_cast<std::size_t>(i % 211), 'x') +
              "\\\\\"},";
    }
    text.back() = ']';
    int n = 0;
    for (const auto& value : values_of(text)) QCOMPARE(minnow::parse_json(value.text, "t")["n"].get<int>(), n++);
    QCOMPARE(n, 9000);
  }

  void anElementTooLongIsPassedOver() {
    const auto values = values_of("[{\"a\":\"" + std::string((std::size_t{64} << 20) + 500000, 'x') + "\"},{\"b\":2}]");
    QCOMPARE(values.size(), std::size_t{2});
    QVERIFY(values[0].cut == JsonValues::Cut::too_long);
    QCOMPARE(values[1].text, std::string("{\"b\":2}"));
  }
};

QTEST_GUILESS_MAIN(TestJsonValues)
#include "tst_json_values.moc"
