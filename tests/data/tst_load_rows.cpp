// Rows of every shape as the trainer and the evaluator load them.
#include <QtTest>

#include "core/data/load.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using minnow::Conversation;
using minnow::load_conversations;
using minnow::Problem;

namespace {

/// "system:S user:Q assistant:A"
std::string shown(const Conversation& conversation) {
  std::string text;
  for (const auto& message : conversation.messages) {
    text += (text.empty() ? "" : " ") + message.role + ":" + message.content;
  }
  return text;
}

}  // namespace

class TestLoadRows : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyShapeReadsAsMessages_data() {
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("messages");
    const auto add = [](const char* name, const char* row, const char* messages) {
      QTest::newRow(name) << QByteArray(row) << QByteArray(messages);
    };
    add("messages",
        R"({"messages":[{"role":"system","content":"S"},{"role":"user","content":"问"},)"
        R"({"role":"assistant","content":"答"}]})",
        "system:S user:问 assistant:答");
    add("sharegpt", R"({"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"A"}],"system":"S"})",
        "system:S user:Q assistant:A");
    add("upper-case column", R"({"Messages":[{"role":"USER","content":"Q"},{"role":"bot","content":"A"}]})",
        "user:Q assistant:A");
    add("first message is a system message already",
        R"({"messages":[{"role":"system","content":"own"},{"role":"user","content":"Q"}],"system":"column"})",
        "system:own user:Q");
    add("messages as Python text",
        "{\"messages\":\"[{'role': 'user', 'content': 'it\\\\'s'}, {'role': 'assistant', 'content': 'A'}]\"}",
        "user:it's assistant:A");
    add("tools",
        R"({"messages":[{"role":"user","content":"Q"},{"role":"function_call","content":"f"},)"
        R"({"role":"observations","content":"3"},{"role":"assistant","content":"A"}]})",
        "user:Q tool_call:f tool_response:3 assistant:A");
    add("content in parts",
        R"({"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]})",
        "user:ab");
    add("sharegpt pairs",
        R"({"conversation":[{"human":"Q1","assistant":"A1"},{"human":"Q2","assistant":"A2"}],"system_prompt":"S"})",
        "system:S user:Q1 assistant:A1 user:Q2 assistant:A2");
    add("alpaca", R"({"instruction":"I","input":"X","output":"A"})", "user:I\nX assistant:A");
    add("alpaca without input", R"({"instruction":"I","input":"","output":"A"})", "user:I assistant:A");
    add("instruction alone", R"({"instruction":"I","output":"A"})", "user:I assistant:A");
    add("query and response", R"({"query":"Q","response":"A","system":"S"})", "system:S user:Q assistant:A");
    add("prompt and completion", R"({"prompt":"Q","completion":"A"})", "user:Q assistant:A");
    add("the role's own name wins", R"({"query":"Q","question":"other","text":"x","response":"A"})",
        "user:Q assistant:A");
    add("history", R"({"query":"Q","response":"A","history":[["q1","a1"],["q2","a2"]]})",
        "user:q1 assistant:a1 user:q2 assistant:a2 user:Q assistant:A");
    add("history as Python text", R"({"query":"Q","response":"A","history":"[('q1', 'a1')]"})",
        "user:q1 assistant:a1 user:Q assistant:A");
    add("answer as an object", R"({"query":"Q","response":{"name":"张三","n":1}})",
        R"(user:Q assistant:{"name": "张三", "n": 1})");
    add("one answer in a list", R"({"query":"Q","response":["A"]})", "user:Q assistant:A");
    add("text to go on from", R"({"text":"once upon a time"})", "assistant:once upon a time");
    add("question without answer", R"({"query":"Q"})", "user:Q");
    add("Minnow's row", "{\"id\":\"7\",\"input\":\"Q\",\"label\":\"{\\\"a\\\": 1}\",\"state\":\"labelled\"}",
        R"(user:Q assistant:{"a": 1})");
    add("Minnow's row, label as object", R"({"input":"Q","label":{"a":"1"}})", R"(user:Q assistant:{"a": "1"})");
    add("Minnow's row, unlabelled", R"({"input":"Q","label":""})", "user:Q");
  }
  void everyShapeReadsAsMessages() {
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, messages);
    const Scratch scratch;
    const auto rows = load_conversations(scratch.file("rows.jsonl", row.toStdString() + "\n"));
    QCOMPARE(rows.size(), std::size_t{1});
    QCOMPARE(QByteArray::fromStdString(shown(rows[0])), messages);
    QCOMPARE(rows[0].source, std::string("rows.jsonl:1"));
  }

  void badRowsAreSetAsideWithLineAndReason_data() {
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("reason");
    const auto add = [](const char* name, const char* row, const char* reason) {
      QTest::newRow(name) << QByteArray(row) << QByteArray(reason);
    };
    add("cut JSON", R"({"query":"Q","response")", "not valid JSON");
    add("a number", "17", "must be a JSON object");
    add("unknown columns", R"({"a":1,"b":2})", "'a', 'b'");
    add("unknown role", R"({"messages":[{"role":"narrator","content":"x"}]})", "narrator");
    add("null content", R"({"messages":[{"role":"user","content":null}]})", "message 1 (user) has no content");
    add("late system message", R"({"messages":[{"role":"user","content":"x"},{"role":"system","content":"y"}]})",
        "message 2");
    add("messages that aren't a list", R"({"messages":"hello"})", "isn't a list of messages");
    add("two possible questions", R"({"prompt":"a","question":"b","response":"c"})", "'prompt' and 'question'");
    add("two possible answers", R"({"query":"a","answer":"b","text":"c"})", "'answer' and 'text'");
    add("pair without answer", R"({"conversation":[{"human":"Q"}]})", "pair 1 lacks its answer");
    add("bad history", R"({"query":"a","response":"b","history":[["only one"]]})", "'history'");
    add("neither question nor answer", R"({"query":null})", "neither");
    add("not UTF-8", "{\"query\":\"\xff\",\"response\":\"A\"}", "not UTF-8");
  }
  void badRowsAreSetAsideWithLineAndReason() {
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, reason);
    const Scratch scratch;
    const std::string good = R"({"query":"Q","response":"A"})"
                             "\n";
    const auto path = scratch.file("rows.jsonl", good + "\n" + row.toStdString() + "\n" + good);
    std::vector<Problem> set_aside;
    const auto rows = load_conversations(path, &set_aside);
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[1].source, std::string("rows.jsonl:4"));
    QCOMPARE(set_aside.size(), std::size_t{1});
    QCOMPARE(set_aside[0].line, std::int64_t{3});
    QVERIFY2(QByteArray::fromStdString(set_aside[0].sentence).contains(reason), set_aside[0].sentence.c_str());
    const std::string thrown = sentence_of([&] { load_conversations(path); });
    QVERIFY2(thrown.find("rows.jsonl:3") != std::string::npos, thrown.c_str());
  }

  void oneOfSeveralAnswersIsChosenTheSameEveryTime() {
    const Scratch scratch;
    std::string text;
    for (int i = 0; i < 100; ++i)
      text += R"({"query":"Q","response":["0","1","2"]})"
              "\n";
    const auto path = scratch.file("rows.jsonl", text);
    std::map<std::string, int> counts;
    const auto rows = load_conversations(path);
    const auto again = load_conversations(path);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ++counts[rows[i].messages.back().content];
      QCOMPARE(rows[i].messages.back().content, again[i].messages.back().content);
    }
    for (const char* answer : {"0", "1", "2"}) QVERIFY(counts[answer] > 20);
  }

  void columnsCanBeRenamed() {
    const Scratch scratch;
    const auto path = scratch.file("rows.jsonl", R"({"frage":"Q","antwort":"A"})");
    const auto rows = load_conversations(path, nullptr, {{"frage", "query"}, {"antwort", "response"}});
    QCOMPARE(shown(rows.at(0)), std::string("user:Q assistant:A"));
  }

  void deepNestingIsSetAsideNotACrash() {
    const Scratch scratch;
    const std::string deep = "{\"query\":" + std::string(200000, '[') + std::string(200000, ']') + "}\n";
    const std::string python = "{\"messages\":\"" + std::string(200000, '[') + "\"}\n";
    std::vector<Problem> set_aside;
    QVERIFY(load_conversations(scratch.file("rows.jsonl", deep + python), &set_aside).empty());
    QCOMPARE(set_aside.size(), std::size_t{2});
  }

  void aMissingFileIsNamed() {
    const std::string sentence = sentence_of([] { load_conversations("/nonexistent/rows.jsonl"); });
    QVERIFY2(sentence.find("/nonexistent/rows.jsonl") != std::string::npos, sentence.c_str());
  }

  void anEmptyFileHasNoRows() {
    const Scratch scratch;
    QVERIFY(load_conversations(scratch.file("rows.jsonl", "")).empty());
    QVERIFY(!minnow::is_pretokenised(scratch.file("rows.jsonl")));
  }

  void pretokenisedRowsLoadAsTheyAre() {
    const Scratch scratch;
    const auto path = scratch.file("rows.jsonl", R"({"input_ids":[1,2,3],"labels":[-100,-100,3]})"
                                                 "\n"
                                                 R"({"input_ids":[5],"attention_mask":[1],"labels":[5]})"
                                                 "\n");
    QVERIFY(minnow::is_pretokenised(path));
    const auto examples = minnow::load_pretokenised(path);
    QCOMPARE(examples.size(), std::size_t{2});
    QCOMPARE(examples[0].input_ids, (std::vector<std::int32_t>{1, 2, 3}));
    QCOMPARE(examples[0].labels, (std::vector<std::int32_t>{-100, -100, 3}));
    QCOMPARE(examples[1].source, std::string("rows.jsonl:2"));
    const std::string sentence = sentence_of([&] { load_conversations(path); });
    QVERIFY2(sentence.find("pre-tokenised") != std::string::npos, sentence.c_str());
  }

  void wrongPretokenisedRowsAreRefusedWithBothValues_data() {
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("lengths") << QByteArray(R"({"input_ids":[1,2],"labels":[2]})")
                             << QByteArray("'labels' has 1 entries, 'input_ids' has 2");
    QTest::newRow("empty") << QByteArray(R"({"input_ids":[],"labels":[]})") << QByteArray("empty");
    QTest::newRow("no labels") << QByteArray(R"({"input_ids":[1]})") << QByteArray("'labels'");
    QTest::newRow("text") << QByteArray(R"({"input_ids":["a"],"labels":[1]})")
                          << QByteArray("holds \"a\" at position 0");
    QTest::newRow("too large") << QByteArray(R"({"input_ids":[4294967296],"labels":[1]})") << QByteArray("4294967296");
    QTest::newRow("fraction") << QByteArray(R"({"input_ids":[1.5],"labels":[1]})") << QByteArray("1.5");
    QTest::newRow("negative id") << QByteArray(R"({"input_ids":[-1],"labels":[-100]})") << QByteArray("holds -1");
    QTest::newRow("shifted labels") << QByteArray(R"({"input_ids":[1,2],"labels":[2,-100]})")
                                    << QByteArray("not shifted");
  }
  void wrongPretokenisedRowsAreRefusedWithBothValues() {
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, reason);
    const Scratch scratch;
    const auto path = scratch.file("rows.jsonl", R"({"input_ids":[1],"labels":[1]})"
                                                 "\n" +
                                                     row.toStdString());
    const std::string sentence = sentence_of([&] { minnow::load_pretokenised(path); });
    QVERIFY2(QByteArray::fromStdString(sentence).contains(reason), sentence.c_str());
    QVERIFY2(sentence.find("rows.jsonl:2") != std::string::npos, sentence.c_str());
  }
};

QTEST_GUILESS_MAIN(TestLoadRows)
#include "tst_load_rows.moc"
