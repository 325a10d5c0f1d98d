// TrainOptions out and back in: every setting survives, wrong values are refused by name.
#include <QtTest>

#include "core/data/options_json.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using minnow::Json;
using minnow::train_options_from_json;
using minnow::train_options_to_json;
using minnow::TrainOptions;

class TestOptionsJson : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everySettingSurvives() {
    // Each value moved away from its default by its type, so that a setting which isn't read shows.
    const Json defaults = train_options_to_json(TrainOptions{});
    Json changed = defaults;
    for (auto& [key, value] : changed.items()) {
      if (value.is_boolean()) {
        value = !value.get<bool>();
      } else if (value.is_number_integer()) {
        value = value.get<std::int64_t>() + 3;
      } else if (value.is_number_float()) {
        value = value.get<double>() + 0.125;
      } else if (value.is_array()) {
        value = Json::array({"甲", "b"});
      } else if (value.is_null()) {
        value = "some/where";
      }
    }
    changed["train_type"] = "full";
    changed["prompt_style"] = "swift-3.5";
    changed["lr_scheduler_type"] = "constant";
    changed["best_metric"] = "exact_rows";
    changed["model"] = "模型";
    changed["output_dir"] = "out";
    changed["system"] = "S";
    changed["torch_dtype"] = "bfloat16";
    changed["device"] = "cpu";
    changed["chat_template"] = "builtin";
    for (const auto& [key, value] : changed.items()) QVERIFY2(value != defaults[key], key.c_str());
    std::vector<std::string> unknown;
    QCOMPARE(train_options_to_json(train_options_from_json(changed, "args.json", &unknown)), changed);
    QVERIFY(unknown.empty());
  }

  void missingSettingsKeepTheirDefaults() {
    TrainOptions defaults;
    defaults.lora_rank = 77;
    const auto options = train_options_from_json(Json{{"seed", 1}}, "args.json", nullptr, defaults);
    QCOMPARE(options.lora_rank, 77);
    QCOMPARE(options.seed, std::int64_t{1});
  }

  void unknownKeysAreNamed() {
    std::vector<std::string> unknown;
    train_options_from_json(Json{{"seed", 1}, {"deepspeed", nullptr}}, "args.json", &unknown);
    QCOMPARE(unknown, std::vector<std::string>{"deepspeed"});
  }

  void formsThatOtherToolsWriteAreRead() {
    const auto options = train_options_from_json(Json{{"num_train_epochs", 10},
                                                      {"max_steps", -1.0},
                                                      {"dataset", "a.jsonl"},
                                                      {"val_dataset", nullptr},
                                                      {"system", nullptr}},
                                                 "args.json");
    QCOMPARE(options.num_train_epochs, 10.0);
    QCOMPARE(options.max_steps, std::int64_t{-1});
    QCOMPARE(options.dataset.size(), std::size_t{1});
    QVERIFY(options.val_dataset.empty());
    QVERIFY(options.system.empty());
  }

  void wrongValuesAreRefusedByName_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("text for a number") << QByteArray(R"({"lora_rank":"8"})")
                                       << QByteArray("args.json: 'lora_rank' is \"8\", it must be a whole number");
    QTest::newRow("fraction") << QByteArray(R"({"lora_rank":8.5})") << QByteArray("'lora_rank' is 8.5");
    QTest::newRow("too large") << QByteArray(R"({"lora_rank":99999999999})") << QByteArray("99999999999");
    QTest::newRow("word") << QByteArray(R"({"train_type":"qlora"})") << QByteArray("it must be lora or full");
    QTest::newRow("number for a switch") << QByteArray(R"({"shuffle":1})") << QByteArray("true or false");
    QTest::newRow("list of numbers") << QByteArray(R"({"target_modules":[1]})") << QByteArray("it must be text");
    QTest::newRow("no object") << QByteArray("[]") << QByteArray("must be a JSON object");
  }
  void wrongValuesAreRefusedByName() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, sentence);
    const Json json = minnow::parse_json(text.toStdString(), "test");
    const std::string said = sentence_of([&] { train_options_from_json(json, "args.json"); });
    QVERIFY2(QByteArray::fromStdString(said).contains(sentence), said.c_str());
  }
};

QTEST_GUILESS_MAIN(TestOptionsJson)
#include "tst_options_json.moc"
