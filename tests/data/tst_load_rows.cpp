// Rows of every shape as the trainer and the evaluator load them.
#include <QtTest>

#include "core/data/left_out.h"
#include "core/data/load.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using minnow::Conversation;
using minnow::load_conversations;
using minnow::Problem;

namespace {

/// "system:S user:Q assistant:A"; an answer that isn't to be learnt stands in brackets.
std::string shown(const Conversation& conversation) {
  std::string text;
  for (const auto& message : conversation.messages) {
    text += (text.empty() ? "" : " ") + message.role + ":" + (message.learnt ? message.content : "[" + message.content + "]");
  }
  return text;
}

/// What a file is to those who learn from it or judge by it.
struct Used {
  std::vector<Problem> aside;
  minnow::LeftOut outside;
  std::vector<Conversation> rows;
  explicit Used(const std::filesystem::path& path) { rows = load_conversations(path, &aside, {}, &outside); }
  QString said() const {
    QString text;
    for (const std::string& sentence : outside.sentences("")) text += QString::fromStdString(sentence) + "\n";
    return text;
  }
};

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
    add("roles of other tools",
        R"({"messages":[{"role":"developer","content":"S"},{"role":"Human:","content":"Q"},)"
        R"({"role":"model","content":"A"}]})",
        "system:S user:Q assistant:A");
    add("Chinese roles",
        R"({"messages":[{"role":"系统","content":"S"},{"role":"用户","content":"Q"},{"role":"助手","content":"A"}]})",
        "system:S user:Q assistant:A");
    add("answer of a message as an object",
        R"({"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":{"a":"1"}}]})",
        R"(user:Q assistant:{"a": "1"})");
    add("answer of a sharegpt message as an object",
        R"({"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":{"a":"1"}}]})",
        R"(user:Q assistant:{"a": "1"})");
    add("answer of a pair as an object", R"({"conversation":[{"human":"Q","assistant":{"a":"1"}}]})",
        R"(user:Q assistant:{"a": "1"})");
    add("answer of a turn as an object", R"({"query":"Q","response":"A","history":[["q1",{"a":"1"}]]})",
        R"(user:q1 assistant:{"a": "1"} user:Q assistant:A)");
    add("answer as a list of objects", R"({"query":"Q","response":[{"a":"1"},{"a":"2"}]})",
        R"(user:Q assistant:[{"a": "1"}, {"a": "2"}])");
    add("history as messages",
        R"({"query":"Q","response":"A","history":[{"role":"user","content":"q1"},{"role":"assistant","content":"a1"}]})",
        "user:q1 assistant:a1 user:Q assistant:A");
    add("Minnow's row, label as a list", R"({"input":"Q","label":["a","b"]})", R"(user:Q assistant:["a", "b"])");
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
    add("question as an object", R"({"messages":[{"role":"user","content":{"a":1}}]})", "its content is an object");
    add("a picture", R"({"messages":[{"role":"user","content":[{"type":"image_url","image_url":"x"}]}]})", "'image_url'");
    add("query as a list", R"({"query":[{"a":1}],"response":"A"})", "'query' is a list");
    add("instruction as an object", R"({"instruction":{"a":1},"input":"X","output":"A"})", "'instruction' is an object");
    add("system as an object", R"({"query":"Q","response":"A","system":{"a":1}})", "'system' is an object");
    add("a call of a tool", R"({"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":null,)"
        R"("tool_calls":[{"id":1}]}]})", "call of a tool");
    add("a mark on parts of an answer", R"({"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A",)"
        R"("train_detail":[{"begin_offset":0,"end_offset":1,"train":false}]}]})", "train_detail");
    add("a mark in words", R"({"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A",)"
        R"("weight":"heavy"}]})", "'weight'");
    add("marks for another number of messages", R"({"messages":[{"role":"user","content":"Q"},)"
        R"({"role":"assistant","content":"A"}],"loss_mask":[0,1,1]})", "loss_mask");
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

  void answersMarkedNotToBeLearntAreContextOnly_data() {
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("messages");
    const auto add = [](const char* name, const char* row, const char* messages) {
      QTest::newRow(name) << QByteArray(row) << QByteArray(messages);
    };
    const char* const two = "user:Q1 assistant:[A1] user:Q2 assistant:A2";
    add("loss of a message",
        R"({"messages":[{"role":"user","content":"Q1"},{"role":"assistant","content":"A1","loss":false},)"
        R"({"role":"user","content":"Q2"},{"role":"assistant","content":"A2","loss":true}]})",
        two);
    add("weight of a message",
        R"({"messages":[{"role":"user","content":"Q1"},{"role":"assistant","content":"A1","weight":0},)"
        R"({"role":"user","content":"Q2"},{"role":"assistant","content":"A2","weight":1}]})",
        two);
    add("train of a sharegpt message",
        R"({"conversations":[{"from":"human","value":"Q1"},{"from":"gpt","value":"A1","train":false},)"
        R"({"from":"human","value":"Q2"},{"from":"gpt","value":"A2"}]})",
        two);
    add("a mask", R"({"conversation":[{"human":"Q1","assistant":"A1","mask":true},{"human":"Q2","assistant":"A2"}]})", two);
    add("a list of one per answer",
        R"({"messages":[{"role":"user","content":"Q1"},{"role":"assistant","content":"A1"},)"
        R"({"role":"user","content":"Q2"},{"role":"assistant","content":"A2"}],"loss_mask":[0,1]})",
        two);
    add("a list of one per message",
        R"({"messages":[{"role":"user","content":"Q1"},{"role":"assistant","content":"A1"},)"
        R"({"role":"user","content":"Q2"},{"role":"assistant","content":"A2"}],"loss":[false,false,false,true]})",
        two);
    add("what stands behind the last learnt answer is cut off",
        R"({"messages":[{"role":"user","content":"Q1"},{"role":"assistant","content":"A1"},)"
        R"({"role":"user","content":"Q2"},{"role":"assistant","content":"A2","loss":0}]})",
        "user:Q1 assistant:A1");
    add("a weight that is only less", R"({"query":"Q","response":"A","weight":0.5})", "user:Q assistant:A");
    add("null is no mark", R"({"query":"Q","response":"A","loss":null})", "user:Q assistant:A");
    add("a label that praises", R"({"query":"Q","response":"A","label":true})", "user:Q assistant:A");
    add("a class is no mark", R"({"query":"Q","response":"A","label":3})", "user:Q assistant:A");
    add("a column that happens to have the name", R"({"query":"Q","response":"A","weight":"2.5 kg"})", "user:Q assistant:A");
  }
  void answersMarkedNotToBeLearntAreContextOnly() {
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, messages);
    const Scratch scratch;
    const Used used(scratch.file("rows.jsonl", row.toStdString() + "\n"));
    QCOMPARE(used.rows.size(), std::size_t{1});
    QCOMPARE(QByteArray::fromStdString(shown(used.rows[0])), messages);
    QVERIFY(used.outside.marked.empty());
  }

  void rowsWithNothingToLearnAreLeftOutByTheirMark_data() {
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("mark");
    const auto add = [](const char* row, const char* mark) { QTest::newRow(mark) << QByteArray(row) << QString(mark); };
    add(R"({"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A","loss":false}]})", "'loss': false");
    add(R"({"query":"Q","response":"A","weight":0})", "'weight': 0");
    add(R"({"query":"Q","response":"A","weight":"0.0"})", "'weight': \"0.0\"");
    add(R"({"query":"Q","response":"A","train":"false"})", "'train': \"false\"");
    add(R"({"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A"}],"label":false})", "'label': false");
    add(R"({"prompt":"Q","completion":"A","label":"rejected"})", "'label': \"rejected\"");
    add(R"({"instruction":"Q","input":"","output":"A","kto_tag":false})", "'kto_tag': false");
    add(R"({"input":"Q","label":"A","ignore":true})", "'ignore': true");
    add(R"({"conversation":[{"human":"Q","assistant":"A"}],"loss_scale":0})", "'loss_scale': 0");
    add(R"({"query":"Q","response":"A","Loss":false})", "'Loss': false");
  }
  void rowsWithNothingToLearnAreLeftOutByTheirMark() {
    QFETCH(QByteArray, row);
    QFETCH(QString, mark);
    const Scratch scratch;
    const Used used(scratch.file("rows.jsonl", row.toStdString() + "\n"));
    QVERIFY(used.rows.empty());
    QVERIFY2(used.said().contains("1 row is marked not to be learnt and left out: " + mark), qPrintable(used.said()));
  }

  void rolesThatNoPromptHasAPlaceForAreNamedInTheFilesOwnWords() {
    const Scratch scratch;
    const Used used(scratch.file(
        "rows.jsonl",
        R"({"conversations":[{"from":"human","value":"Q"},{"from":"function_call","value":"f"},{"from":"gpt","value":"A"}]})"
        "\n"
        R"({"query":"Q","response":"A"})"
        "\n"));
    QCOMPARE(used.rows.size(), std::size_t{1});
    QCOMPARE(used.aside.size(), std::size_t{1});
    QVERIFY2(used.aside[0].sentence.find("message 2 has the role 'function_call'") != std::string::npos,
             used.aside[0].sentence.c_str());
  }

  void partsOfRowsThatAreNotUsedAreSaidOnceAFile() {
    const Scratch scratch;
    const std::string talk = R"("conversations":[{"from":"system","value":"inner"},{"from":"human","value":"Q"},)"
                             R"({"from":"gpt","value":"A","reasoning_content":"hm"}])";
    const Used used(scratch.file("rows.jsonl", "{\"id\":\"x1\",\"system\":\"outer\"," + talk + "}\n{\"images\":[\"a.png\"]," +
                                                   talk + "}\n" + "{\"system\":\"inner\"," + talk + "}\n" +
                                                   R"({"query":"Q","question":"other","response":"A","context":"C","split":"train","n":3})"
                                                   "\n"));
    QCOMPARE(used.rows.size(), std::size_t{4});
    const QString said = used.said();
    for (const char* part : {"'system' of a row whose messages begin with a system prompt of their own (1 row)",
                             "'reasoning_content' of a message (3 rows)", "'images' (1 row)", "'question' (1 row)",
                             "'context' (1 row)"}) {
      QVERIFY2(said.contains(part), qPrintable(said));
    }
    QVERIFY2(!said.contains("'id'") && !said.contains("'split'") && !said.contains("'n'"), qPrintable(said));
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
