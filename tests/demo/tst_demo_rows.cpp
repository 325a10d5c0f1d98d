// The demo's rows: counts, splits, nothing of the test rows in training, the task's fields.
#include <QtTest>
#include <set>

#include "core/data/synth.h"
#include "core/demo/address_task.h"
#include "core/demo/demo_rows.h"
#include "core/io/json.h"
#include "core/types/error.h"

using namespace minnow;

class TestDemoRows : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void countsAndSplitsAreAsAskedFor() {
    const DemoRows rows = make_demo_rows();
    QCOMPARE(rows.train.size(), std::size_t(8000));
    QCOMPARE(rows.validation.size(), std::size_t(200));
    QCOMPARE(rows.test.size(), std::size_t(400));
    QCOMPARE(rows.wild_test.size(), std::size_t(150));
    std::set<std::string> ids, inputs;
    int wild = 0;
    for (const auto* part : {&rows.train, &rows.validation, &rows.test, &rows.wild_test}) {
      for (const Row& row : *part) {
        QVERIFY(ids.insert(row.id).second);
        QVERIFY(inputs.insert(row.input).second);
        QVERIFY(row.split == (part == &rows.train        ? Split::train
                              : part == &rows.validation ? Split::validation
                                                         : Split::test));
        wild += part == &rows.train && row.provenance == "synth:wild";
      }
    }
    QCOMPARE(wild, 4000);
    for (const Row& row : rows.test) QCOMPARE(row.provenance, std::string("synth:tutorial"));
  }

  void sameSeedSameRowsAndMoreTestRowsMoveNoTrainingRow() {
    DemoRowsOptions options;
    options.train = 50, options.validation = 10, options.test = 10, options.wild_test = 5;
    const DemoRows a = make_demo_rows(options);
    options.test = 20;
    const DemoRows b = make_demo_rows(options);
    for (std::size_t i = 0; i < 50; ++i) QCOMPARE(a.train[i].input, b.train[i].input);
    for (std::size_t i = 0; i < 10; ++i) QCOMPARE(a.test[i].input, b.test[i].input);
  }

  void noValueOfATestRowStandsInATrainingInput() {
    const DemoRows rows = make_demo_rows();
    std::string training;
    for (const auto* part : {&rows.train, &rows.validation})
      for (const Row& row : *part) training += row.input + "\n";
    for (const Row& row : rows.test) {
      const Json label = parse_json(row.label, row.id);
      for (const char* key : {"name", "phone", "specific_location"}) {
        const auto value = label.at(key).get<std::string>();
        QVERIFY2(training.find(value) == std::string::npos, value.c_str());
      }
    }
  }

  void theTaskHasTheSixFieldsAndTheConcisePromptToTheLetter() {
    const Task& task = address_task();
    QCOMPARE(task.fields.size(), std::size_t(6));
    for (std::size_t i = 0; i < 6; ++i) QCOMPARE(task.fields[i].key, std::string(address_keys[i]));
    QVERIFY(task.fields[3].kind == FieldKind::verbatim && task.fields[5].kind == FieldKind::phone);
    QVERIFY(task.concise_prompt.starts_with(
        "你是一个专业的信息抽取助手，专门负责从中文文本中提取收件人的JSON信息，包含的Key有province（省份）、"));
    QVERIFY(task.concise_prompt.ends_with("、name（收件人姓名）、phone（联系电话）"));
    for (const char* key : address_keys) QVERIFY(task.detailed_prompt.find(key) != std::string::npos);
  }

  void impossibleOptionsAreRefused() {
    DemoRowsOptions options;
    options.test = -1;
    QVERIFY_EXCEPTION_THROWN(make_demo_rows(options), Error);
    options.test = 1;
    options.wild_share = -0.1;
    QVERIFY_EXCEPTION_THROWN(make_demo_rows(options), Error);
  }
};

QTEST_APPLESS_MAIN(TestDemoRows)
#include "tst_demo_rows.moc"
