// The flags of training: the original command line, every setting, and what is refused.
#include <QtTest>

#include "core/data/options_json.h"
#include "core/io/json.h"
#include "core/train/train_flags.h"
#include "core/types/error.h"

using namespace minnow;

namespace {

std::vector<std::string> words(const QString& line) {
  std::vector<std::string> list;
  for (const QString& word : line.split(' ', Qt::SkipEmptyParts)) list.push_back(word.toStdString());
  return list;
}

const QString original =
    "--model Qwen/Qwen3-0.6B --train_type lora --dataset train.jsonl --torch_dtype bfloat16 --num_train_epochs 10 "
    "--per_device_train_batch_size 20 --per_device_eval_batch_size 20 --learning_rate 1e-4 --lora_rank 8 --lora_alpha "
    "32 "
    "--target_modules all-linear --gradient_accumulation_steps 16 --save_steps 1 --save_total_limit 2 --logging_steps "
    "2 "
    "--max_length 2048 --output_dir output --warmup_ratio 0.05 --dataloader_num_workers 4";

}  // namespace

class TestTrainFlags : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theOriginalLineIsTakenWordForWord() {
    const TrainFlags flags = parse_sft_flags(words(original));
    const TrainOptions& o = flags.options;
    QCOMPARE(o.model.string(), std::string("Qwen/Qwen3-0.6B"));
    QCOMPARE(o.dataset.size(), std::size_t{1});
    QVERIFY(o.train_type == TrainType::lora);
    QCOMPARE(o.torch_dtype, std::string("bfloat16"));
    QCOMPARE(o.num_train_epochs, 10.0);
    QCOMPARE(o.per_device_train_batch_size, 20);
    QCOMPARE(o.gradient_accumulation_steps, 16);
    QCOMPARE(o.learning_rate, 1e-4);
    QCOMPARE(o.target_modules, std::vector<std::string>{"all-linear"});
    QCOMPARE(o.save_steps, std::int64_t{1});
    QCOMPARE(o.save_total_limit, 2);
    QCOMPARE(o.warmup_ratio, 0.05);
    QCOMPARE(o.adam_beta2, 0.95);
    QCOMPARE(o.weight_decay, 0.1);
    QCOMPARE(o.split_dataset_ratio, 0.01);
    QVERIFY(o.drop_long_rows && o.prompt_style == PromptStyle::swift_3_5);
    QCOMPARE(flags.notes.size(), std::size_t{1});
    QVERIFY(flags.notes[0].starts_with("--dataloader_num_workers 4 changes nothing"));
  }

  void swiftsDefaultsHoldWhereNothingIsGiven() {
    const TrainOptions o = parse_sft_flags(words("--model m --dataset d --per_device_train_batch_size 3")).options;
    QCOMPARE(o.gradient_accumulation_steps, 6);
    QCOMPARE(o.num_train_epochs, 3.0);
    QCOMPARE(o.save_steps, std::int64_t{500});
    QCOMPARE(o.logging_steps, std::int64_t{5});
    QCOMPARE(o.save_total_limit, 0);
    QCOMPARE(parse_sft_flags({}).options.gradient_accumulation_steps, 16);
  }

  void everySettingHasAFlagOfItsName() {
    const Json defaults = train_options_to_json(TrainOptions());
    for (const auto& item : defaults.items()) {
      std::vector<std::string> arguments{"--" + item.key()};
      const Json& value = item.value();
      if (value.is_boolean())
        arguments.push_back(value.get<bool>() ? "false" : "true");
      else if (value.is_number())
        arguments.push_back("7");
      else if (item.key() == "train_type")
        arguments.push_back("full");
      else if (item.key() == "prompt_style")
        arguments.push_back("swift-3.5");
      else if (item.key() == "lr_scheduler_type")
        arguments.push_back("linear");
      else if (item.key() == "best_metric")
        arguments.push_back("exact_rows");
      else if (item.key() == "torch_dtype")
        arguments.push_back("float32");
      else
        arguments.push_back("other");
      const Json changed = train_options_to_json(parse_train_flags(arguments, TrainOptions()).options);
      QVERIFY2(changed[item.key()] != value, item.key().c_str());
      for (const auto& other : defaults.items()) {
        if (other.key() != item.key()) QVERIFY2(changed[other.key()] == other.value(), item.key().c_str());
      }
      const QStringList help = QString::fromStdString(train_flags_help(TrainOptions())).split('\n');
      const QStringList line = help.filter("  --" + QString::fromStdString(item.key()) + " ");
      QVERIFY2(line.size() == 1 && line.front().mid(44).trimmed().size() > 15, item.key().c_str());  // what it's for
    }
  }

  void formsOfAFlag_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("json");
    QTest::newRow("equals") << "--learning_rate=2e-4"
                            << "learning_rate"
                            << "0.0002";
    QTest::newRow("dashes") << "--learning-rate 2e-4"
                            << "learning_rate"
                            << "0.0002";
    QTest::newRow("negative number") << "--split_dataset_ratio -1"
                                     << "split_dataset_ratio"
                                     << "-1.0";
    QTest::newRow("list") << "--dataset a b --model m"
                          << "dataset"
                          << R"(["a","b"])";
    QTest::newRow("bare switch") << "--use_rslora --model m"
                                 << "use_rslora"
                                 << "true";
    QTest::newRow("no-shuffle") << "--no-shuffle"
                                << "shuffle"
                                << "false";
    QTest::newRow("dataset_shuffle") << "--dataset_shuffle False"
                                     << "shuffle"
                                     << "false";
    QTest::newRow("init-adapter") << "--init-adapter dir"
                                  << "init_adapter"
                                  << R"("dir")";
    QTest::newRow("adapters") << "--adapters dir"
                              << "init_adapter"
                              << R"("dir")";
    QTest::newRow("dtype") << "--dtype f32"
                           << "torch_dtype"
                           << R"("float32")";
    QTest::newRow("delete") << "--truncation_strategy delete"
                            << "drop_long_rows"
                            << "true";
    QTest::newRow("right") << "--truncation_strategy right"
                           << "allow_truncation"
                           << "true";
    QTest::newRow("recipe") << "--recipe Tutorial"
                            << "num_train_epochs"
                            << "10.0";
    QTest::newRow("flag over recipe") << "--num_train_epochs 4 --recipe Tutorial"
                                      << "num_train_epochs"
                                      << "4.0";
    QTest::newRow("recipe keeps the rest") << "--recipe Tutorial --model m"
                                           << "model"
                                           << R"("m")";
  }
  void formsOfAFlag() {
    QFETCH(QString, line);
    QFETCH(QString, key);
    QFETCH(QString, json);
    const Json got = train_options_to_json(parse_train_flags(words(line), TrainOptions()).options);
    QCOMPARE(dump_json(got[key.toStdString()]), json.toStdString());
  }

  void refusals_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("part");
    QTest::addColumn<int>("kind");
    const int usage = static_cast<int>(ErrorKind::usage), unsupported = static_cast<int>(ErrorKind::unsupported);
    QTest::newRow("typo") << "--learning_rat 1"
                          << "'--learning_rat'; the closest is --learning_rate" << usage;
    QTest::newRow("nothing near") << "--zzzzzzzzzzzz 1"
                                  << "there is no flag '--zzzzzzzzzzzz'" << usage;
    QTest::newRow("not a number") << "--lora_rank eight"
                                  << "'eight'; it must be a number" << usage;
    QTest::newRow("not whole") << "--lora_rank 8.5"
                               << "whole number" << usage;
    QTest::newRow("twice") << "--lora_rank 8 --lora-rank 9"
                           << "given twice" << usage;
    QTest::newRow("no value") << "--model"
                              << "--model needs a value" << usage;
    QTest::newRow("two values") << "--model a b"
                                << "takes one value" << usage;
    QTest::newRow("word in front") << "train.jsonl --model a"
                                   << "before any flag" << usage;
    QTest::newRow("scheduler") << "--lr_scheduler_type polynomial"
                               << "cosine or linear or constant" << usage;
    QTest::newRow("boolean") << "--shuffle perhaps"
                             << "true or false" << usage;
    QTest::newRow("recipe") << "--recipe Slow"
                            << "'Slow' is not a recipe" << usage;
    QTest::newRow("dora") << "--use_dora true"
                          << "--use_dora is 'true'; Minnow takes false only" << unsupported;
    QTest::newRow("optimiser") << "--optim sgd"
                               << "adamw_torch or" << unsupported;
    QTest::newRow("half") << "--torch_dtype float16"
                          << "float16 isn't offered" << unsupported;
    QTest::newRow("part of a file") << "--dataset rows.jsonl#500"
                                    << "'#500' rows of a file" << unsupported;
    QTest::newRow("cut left") << "--truncation_strategy left"
                              << "delete, right and raise" << unsupported;
  }
  void refusals() {
    QFETCH(QString, line);
    QFETCH(QString, part);
    QFETCH(int, kind);
    try {
      parse_train_flags(words(line), TrainOptions());
      QFAIL("accepted");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains(part), error.what());
      QCOMPARE(static_cast<int>(error.kind()), kind);
    }
  }

  void flagsWithoutMeaningAreNoted() {
    const TrainFlags flags =
        parse_sft_flags(words("--report_to tensorboard wandb --deepspeed zero2 --use_dora false --packing"));
    QCOMPARE(flags.notes.size(), std::size_t{4});
    QVERIFY(flags.notes[0].starts_with("--report_to tensorboard wandb changes nothing"));
  }

  void theCallersFlagsComeBack() {
    const TrainFlags flags =
        parse_train_flags(words("--json --task minnow.json --lora_rank 4"), TrainOptions(), {"json", "task"});
    QCOMPARE(flags.own.at("task"), std::vector<std::string>{"minnow.json"});
    QVERIFY(flags.own.count("json") == 1);
    QCOMPARE(flags.given, std::vector<std::string>{"lora_rank"});
  }
};

QTEST_APPLESS_MAIN(TestTrainFlags)
#include "tst_train_flags.moc"
