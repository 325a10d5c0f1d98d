// Confidence of values: where a value lies in an answer, and which tokens it is made of.
#include <QtTest>

#include <cmath>

#include "core/data/value_ranges.h"
#include "core/answer/confidence.h"

using namespace minnow;

namespace {

Task two_fields() {
  Task task;
  task.fields = {{"a", FieldKind::text, "", false}, {"b", FieldKind::number, "", false}};
  return task;
}

}  // namespace

class TestConfidence : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void findsEveryValueWhateverItsType() {
    const std::string text = " {\"a\" : \"x,}\\\"y\" ,\"b\":12, \"c\":{\"d\":[1,\"]\"]},\"e\":\"\",\"f\":null } ";
    const auto ranges = value_ranges(text);
    QCOMPARE(ranges.size(), std::size_t{5});
    const char* values[] = {"x,}\\\"y\"", "12", "{\"d\":[1,\"]\"]}", "\"", "null"};
    const char* keys[] = {"a", "b", "c", "e", "f"};
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      QCOMPARE(ranges[i].key, std::string(keys[i]));
      QCOMPARE(text.substr(ranges[i].begin, ranges[i].end - ranges[i].begin), std::string(values[i]));
    }
  }

  void whatIsNoObjectHasNoValues() {
    for (const char* text : {"", "{}", "[1]", "\"a\"", "{\"a\":1", "{\"a\":1} x", "7"}) QVERIFY(value_ranges(text).empty());
  }

  void multipliesTheTokensThatTouchTheValue() {
    // "a"'s value is made of the tokens 'sh', 'ort' and the one with its closing quote; "b"'s of '42'.
    const std::vector<std::string> tokens{"{\"", "a", "\":\"", "sh", "ort", "\",\"", "b", "\":", "42", "}"};
    std::vector<float> logprobs(tokens.size(), std::log(0.5f));
    logprobs[3] = std::log(0.9f);
    logprobs[8] = std::log(0.25f);
    const auto confidence = value_confidence(two_fields(), R"({"a":"short","b":42})", tokens, logprobs);
    QCOMPARE(confidence.size(), std::size_t{2});
    QVERIFY(std::abs(confidence[0] - 0.9 * 0.5 * 0.5) < 1e-6);
    QVERIFY(std::abs(confidence[1] - 0.25) < 1e-6);
  }

  void anAbsentKeyHasNone() {
    const auto confidence = value_confidence(two_fields(), R"({"a":"x"})", {"{\"a\":\"x\"", "}"}, {0.0f, 0.0f});
    QCOMPARE(confidence, (std::vector<double>{1.0, 0.0}));
    QVERIFY(value_confidence(two_fields(), "not json", {"not", " json"}, {0.0f, 0.0f}).empty());
  }
};

QTEST_APPLESS_MAIN(TestConfidence)
#include "tst_confidence.moc"
