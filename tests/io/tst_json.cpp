// JSON: what is refused and how it is said, limits, key order, and both writers.
#include <QElapsedTimer>
#include <QtTest>
#include <cmath>
#include <limits>

#include "core/io/json.h"
#include "tests/io/scratch.h"

using namespace minnow;

class TestJson : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void malformedTextIsRefusedWithItsPlace_data();
  void malformedTextIsRefusedWithItsPlace();
  void theReasonIsInPlainWords();
  void everyPrefixOfATextIsRefused();
  void nestingUpToTheLimitIsReadAndOneMoreIsNot();
  void bracketsInStringsAreNoNesting();
  void hugeNestingIsRefusedWithoutHarm();
  void textOverTheSizeLimitIsRefused();
  void repeatedKeyIsRefusedOrTheLastOneCounts();
  void keysKeepTheirOrder();
  void objectsWithManyKeysTakeLinearTime();
  void byteOrderMarkIsPassedOver();
  void numbersKeepTheirKind();
  void missingFileIsNotFound();
  void fileOverTheLimitIsNotRead();
  void compactWriterKeepsUtf8AndNeverThrows();
  void pythonWriterSpellsFloatsAsRepr_data();
  void pythonWriterSpellsFloatsAsRepr();
  void pythonWriterSeparatesAndEscapesAsPython();
};

void TestJson::malformedTextIsRefusedWithItsPlace_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QString>("place");
  const auto row = [](const char* name, const QByteArray& text, const char* place) {
    QTest::newRow(name) << text << place;
  };
  row("empty", "", "line 1, column 1 (byte 0)");
  row("only blanks", " \n ", "line 2, column 2 (byte 3)");
  row("comma before the end", "{\"a\": 1,\n}", "line 2, column 1 (byte 9)");
  row("two values", "{} {}", "line 1, column 4 (byte 3)");
  row("single quotes", "{'a': 1}", "line 1, column 2 (byte 1)");
  row("comment", "[1, /* two */ 2]", "line 1, column 5 (byte 4)");
  row("bare word", "[yes]", "line 1, column 2 (byte 1)");
  row("NaN", "[NaN]", "line 1, column 2 (byte 1)");
  row("leading zero", "[03]", "line 1, column 3 (byte 2)");
  row("NUL after the value", QByteArray("{}\0", 3), "line 1, column 3 (byte 2)");
  row("NUL inside", QByteArray("[\0]", 3), "line 1, column 2 (byte 1)");
  row("raw line break in a string", "[\"a\nb\"]", "(byte 3)");
  row("lone surrogate", "[\"\\ud800\"]", "line 1");
  row("invalid UTF-8 byte", "[\"\xff\"]", "line 1, column 3 (byte 2)");
  row("overlong UTF-8", "[\"\xc0\xaf\"]", "line 1, column 3 (byte 2)");
  row("UTF-8 surrogate", "[\"\xed\xa0\x80\"]", "(byte 3)");
  row("UTF-8 beyond U+10FFFF", "[\"\xf4\x90\x80\x80\"]", "(byte 3)");
  row("UTF-8 cut short", "[\"\xe4\xb8\"]", "(byte 4)");
  row("number too large", "[1e999]", "line 1");
  row("UTF-16", QByteArray("{\0}\0", 4), "line 1, column 2 (byte 1)");
}

void TestJson::malformedTextIsRefusedWithItsPlace() {
  QFETCH(QByteArray, text);
  QFETCH(QString, place);
  const auto error = error_of([&] { parse_json(text.toStdString(), "config.json"); });
  QVERIFY(error);
  QCOMPARE(error->kind(), ErrorKind::format);
  QCOMPARE(error->subject(), std::string("config.json"));
  const QString sentence = error->what();
  QVERIFY2(sentence.startsWith("config.json: not valid JSON at ") && sentence.contains(place), error->what());
  for (const char* parsers_word : {"json.exception", "last read", "syntax error", "while parsing", "literal"})
    QVERIFY2(!sentence.contains(parsers_word), error->what());
}

void TestJson::theReasonIsInPlainWords() {
  const auto reason = [](const char* text) {
    const auto error = error_of([text] { parse_json(text, "t"); });
    const QString sentence = error ? error->what() : "";
    return sentence.mid(sentence.lastIndexOf("): ") + 3);
  };
  QCOMPARE(reason("{\"a\": 1"), "the text ends before the value does");
  QCOMPARE(reason("{} {}"), "something stands behind the value");
  QCOMPARE(reason("{'a': 1}"), "a key in quotation marks is missing");
  QCOMPARE(reason("{\"a\" 1}"), "a colon is missing behind a key");
  QCOMPARE(reason("[1 2]"), "a comma or a closing bracket is missing");
  QCOMPARE(reason("[surrogate]"), "a word or sign stands there that JSON doesn't have");
  QCOMPARE(reason("[\"a\nb\"]"), "a line break, tab or other control character stands in a text as it is");
  QCOMPARE(reason("[\"a"), "a text's closing quotation mark is missing");
  QCOMPARE(reason("[1,]"), "a value is missing");
  QCOMPARE(reason("[1e999]"), "a number is too large");
}

void TestJson::everyPrefixOfATextIsRefused() {
  const std::string text = R"({"a": [1, -2.5e3, true, null, "\u00e9 \ud83d\ude00 )"
                           "\xe4\xb8\xad"
                           R"("], "b": {"c": {}}})";
  QVERIFY(!error_of([&] { parse_json(text, "t"); }));
  for (std::size_t length = 0; length < text.size(); ++length) {
    const auto error = error_of([&] { parse_json(std::string_view(text).substr(0, length), "t"); });
    QVERIFY2(error && error->kind() == ErrorKind::format, std::to_string(length).c_str());
  }
}

void TestJson::nestingUpToTheLimitIsReadAndOneMoreIsNot() {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  QVERIFY(!error_of([&] { parse_json(nested(64), "t"); }));
  const auto error = error_of([&] { parse_json(nested(65), "t"); });
  QVERIFY(error);
  QCOMPARE(error->what(), "t: not valid JSON at line 1, column 65 (byte 64): nested deeper than 64 levels");
  QVERIFY(!error_of([&] { parse_json("[{\"a\": [1]}, [[2]]]", "t", {.max_depth = 3}); }));
  QVERIFY(error_of([&] { parse_json("[{\"a\": [{}]}]", "t", {.max_depth = 3}); }));
}

void TestJson::bracketsInStringsAreNoNesting() {
  const auto error = error_of([] { parse_json(R"(["[[[[\"[[", [[1]]])", "t", {.max_depth = 2}); });
  QVERIFY(error);
  QVERIFY2(QString(error->what()).contains("(byte 14)"), error->what());
}

void TestJson::hugeNestingIsRefusedWithoutHarm() {
  for (const char* unit : {"[", "{\"a\":", "[{\"a\":"}) {
    std::string text;
    while (text.size() < (8u << 20)) text += unit;
    QVERIFY(error_of([&] { parse_json(text, "t"); }));
  }
}

void TestJson::textOverTheSizeLimitIsRefused() {
  QVERIFY(!error_of([] { parse_json("[1,2]", "t", {.max_bytes = 5}); }));
  const auto error = error_of([] { parse_json("[1,2] ", "t", {.max_bytes = 5}); });
  QVERIFY(error);
  QCOMPARE(error->what(), "t: 6 bytes of JSON, the limit is 5");
}

void TestJson::repeatedKeyIsRefusedOrTheLastOneCounts() {
  std::string many = "{";
  for (int i = 0; i < 100; ++i) many += "\"" + std::to_string(i) + "\": " + std::to_string(i) + ", ";
  for (const std::string& start : {std::string("{\"x\": 0, "), many}) {
    const std::string text = start + "\"b\": {\"deep\": 1}, \"b\": 2, \"c\": 3}";
    const Json value = parse_json(text, "t");
    QCOMPARE(value["b"], Json(2));
    QCOMPARE(value["c"], Json(3));
    const auto error = error_of([&] { parse_json(text, "t", {.reject_duplicates = true}); });
    QVERIFY(error);
    QCOMPARE(error->what(), "t: the key 'b' occurs twice in one object");
  }
  QVERIFY(!error_of([] { parse_json(R"([{"a": {"a": 1}}, {"a": 2}])", "t", {.reject_duplicates = true}); }));
}

void TestJson::keysKeepTheirOrder() {
  const std::string text = R"({"z":1,"a":{"y":2,"b":3},"m":[{"q":1,"c":2}]})";
  QCOMPARE(dump_json(parse_json(text, "t")), text);
}

void TestJson::objectsWithManyKeysTakeLinearTime() {
  std::string text = "{";
  for (int i = 0; i < 151'643; ++i) text += "\"token" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  text.back() = '}';
  QElapsedTimer timer;
  timer.start();
  const Json value = parse_json(text, "vocab.json");
  QVERIFY2(timer.elapsed() < 10'000,
           "a vocabulary takes some 50 ms; comparing every key with every other takes minutes");
  QCOMPARE(value.size(), std::size_t(151'643));
  QVERIFY(dump_json(value) == text);
}

void TestJson::byteOrderMarkIsPassedOver() { QCOMPARE(parse_json("\xef\xbb\xbf[1]", "t"), Json::array({1})); }

void TestJson::numbersKeepTheirKind() {
  const Json value = parse_json("[0, -1, 18446744073709551615, 18446744073709551616, 1.0, 1e2, -0.0]", "t");
  QVERIFY(value[0].is_number_unsigned() && value[1].is_number_integer() && value[2].is_number_unsigned());
  QVERIFY(value[2].get<std::uint64_t>() == std::numeric_limits<std::uint64_t>::max());
  QVERIFY(value[3].is_number_float() && value[4].is_number_float() && value[5].is_number_float());
  QVERIFY(std::signbit(value[6].get<double>()));
}

void TestJson::missingFileIsNotFound() {
  const Scratch scratch;
  const auto error = error_of([&] { read_json_file(scratch.path("config.json")); });
  QVERIFY(error);
  QCOMPARE(error->kind(), ErrorKind::not_found);
}

void TestJson::fileOverTheLimitIsNotRead() {
  const Scratch scratch;
  scratch.put("a.json", "{\"a\": 1}");
  QCOMPARE(read_json_file(scratch.path("a.json"))["a"], Json(1));
  const auto error = error_of([&] { read_json_file(scratch.path("a.json"), {.max_bytes = 7}); });
  QVERIFY(error);
  QCOMPARE(error->kind(), ErrorKind::format);
}

void TestJson::compactWriterKeepsUtf8AndNeverThrows() {
  QCOMPARE(dump_json({{"a", {1, 2}}, {"中", "é\n\x1f"}}), std::string("{\"a\":[1,2],\"中\":\"é\\n\\u001f\"}"));
  QCOMPARE(dump_json("a\xff"
                     "b"),
           std::string("\"a\xef\xbf\xbd"
                       "b\""));
  QCOMPARE(dump_json(std::nan("")), std::string("null"));
}

void TestJson::pythonWriterSpellsFloatsAsRepr_data() {
  QTest::addColumn<double>("value");
  // Printed by Python 3's repr().
  const std::vector<std::pair<const char*, double>> rows{{"2.0", 2.0},
                                                         {"1e-05", 1e-5},
                                                         {"0.0001", 1e-4},
                                                         {"0.00012345", 0.00012345},
                                                         {"9.999e-05", 9.999e-5},
                                                         {"1e+16", 1e16},
                                                         {"1000000000000000.0", 1e15},
                                                         {"9007199254740992.0", 9007199254740993.0},
                                                         {"1.2345678901234568e+16", 12345678901234567.0},
                                                         {"1.2345678901234568e+17", 123456789012345680.0},
                                                         {"1e+21", 1e21},
                                                         {"1e+22", 1e22},
                                                         {"1.5e+300", 1.5e300},
                                                         {"5e-324", 5e-324},
                                                         {"0.1", 0.1},
                                                         {"0.3333333333333333", 1.0 / 3},
                                                         {"-0.0", -0.0},
                                                         {"100.0", 100.0},
                                                         {"1.7976931348623157e+308", 1.7976931348623157e308},
                                                         {"123456.789", 123456.789},
                                                         {"-2.5e-07", -2.5e-7},
                                                         {"NaN", std::nan("")},
                                                         {"Infinity", std::numeric_limits<double>::infinity()},
                                                         {"-Infinity", -std::numeric_limits<double>::infinity()}};
  for (const auto& [name, value] : rows) QTest::newRow(name) << value;
}

void TestJson::pythonWriterSpellsFloatsAsRepr() {
  QFETCH(double, value);
  QCOMPARE(dump_json_python(value), std::string(QTest::currentDataTag()));
}

void TestJson::pythonWriterSeparatesAndEscapesAsPython() {
  const Json value = parse_json(
      R"({"b": [1, -2, 2.0, true, null], "a": {}, "c": [], "t": "\"\\/\b\f\n\r\t\u0001\u001f\u007f<é😀"})", "t");
  QCOMPARE(dump_json_python(value), std::string("{\"b\": [1, -2, 2.0, true, null], \"a\": {}, \"c\": [], "
                                                "\"t\": \"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f<é😀\"}"));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
