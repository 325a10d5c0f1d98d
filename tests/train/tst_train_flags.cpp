// The flags of training: the original command line, every setting, and what is refused.
#include <QtTest>

#include <cmath>

#include "core/data/options_json.h"
#include "core/data/options_limits.h"
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
    const QStringList fractions{"lora_dropout", "warmup_ratio", "adam_beta1", "adam_beta2", "split_dataset_ratio"};
    for (const auto& item : defaults.items()) {
      if (item.key() == "train_type") continue;  // there is one
      std::vector<std::string> arguments{"--" + item.key()};
      const Json& value = item.value();
      if (value.is_boolean())
        arguments.push_back(value.get<bool>() ? "false" : "true");
      else if (value.is_number())
        arguments.push_back(fractions.contains(QString::fromStdString(item.key())) ? "0.25" : "7");
      else if (item.key() == "prompt_style")
        arguments.push_back("swift-3.5");
      else if (item.key() == "lr_scheduler_type")
        arguments.push_back("linear");
      else if (item.key() == "best_metric")
        arguments.push_back("exact_rows");
      else if (item.key() == "chat_template")
        arguments.push_back("builtin");
      else if (item.key() == "torch_dtype")
        arguments.push_back("float32");
      else
        arguments.push_back(item.key() == "auto_settings" ? "lora_rank" : "other");
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
  void whatAFlagSetsIsntChosenByMeasuring_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("left");
    QTest::newRow("nothing given") << "--recipe auto"
                                   << "per_device_train_batch_size num_train_epochs learning_rate lora_rank";
    QTest::newRow("rate") << "--recipe Auto --lr 1e-3"
                          << "per_device_train_batch_size num_train_epochs lora_rank";
    QTest::newRow("accumulation") << "--recipe auto --gradient_accumulation_steps 2"
                                  << "num_train_epochs learning_rate lora_rank";
    QTest::newRow("step limit") << "--max_steps 90 --recipe auto"
                                << "per_device_train_batch_size learning_rate lora_rank";
    QTest::newRow("another recipe") << "--recipe quick"
                                    << "";
  }
  void whatAFlagSetsIsntChosenByMeasuring() {
    QFETCH(QString, line);
    QFETCH(QString, left);
    QStringList names;
    for (const std::string& name : parse_train_flags(words(line), TrainOptions()).options.auto_settings)
      names << QString::fromStdString(name);
    QCOMPARE(names.join(' '), left);
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
    const int usage = static_cast<int>(ErrorKind::usage);
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
                          << "--use_dora is 'true'; Minnow takes false only" << usage;
    QTest::newRow("optimiser") << "--optim sgd"
                               << "adamw_torch or" << usage;
    QTest::newRow("half") << "--torch_dtype float16"
                          << "float16 isn't offered" << usage;
    QTest::newRow("part of a file") << "--dataset rows.jsonl#500"
                                    << "'#500' rows of a file" << usage;
    QTest::newRow("full") << "--sft_type full"
                          << "give --train_type lora" << usage;
    QTest::newRow("epochs as a rhythm") << "--save_strategy epoch"
                                        << "give --save_steps N" << usage;
    QTest::newRow("no evaluation") << "--eval_strategy no"
                                   << "--split_dataset_ratio 0" << usage;
    QTest::newRow("quantised") << "--quant_bits 4"
                               << "--quant_bits is '4'" << usage;
    QTest::newRow("all checkpoints") << "--save_total_limit -1"
                                     << "0 or more (0: every checkpoint is kept)" << usage;
    QTest::newRow("endless") << "--num_train_epochs 1e300"
                             << "--num_train_epochs is 1e+300" << usage;
    QTest::newRow("no rate") << "--learning_rate nan"
                             << "--learning_rate is 'nan'; it must be a number" << usage;
    QTest::newRow("endless rate") << "--learning_rate inf"
                                  << "must be a number" << usage;
    for (const char* line :
         {"--learning_rate -1e-4", "--lora_alpha 0", "--lora_alpha -8", "--lora_rank 0", "--lora_dropout 1",
          "--warmup_ratio 1.5", "--warmup_ratio -0.1", "--warmup_steps -1", "--weight_decay -0.1", "--save_steps -1",
          "--eval_steps -5", "--logging_steps 0", "--token_budget -1", "--adam_beta1 1", "--adam_beta2 1.1",
          "--adam_beta1 -0.1", "--adam_epsilon 0", "--max_grad_norm -1", "--threads -1", "--num_train_epochs 0",
          "--num_train_epochs -3", "--max_steps -2", "--per_device_train_batch_size 0",
          "--gradient_accumulation_steps 0", "--split_dataset_ratio 1", "--split_dataset_ratio -7", "--max_length 0",
          "--seed -1", "--data_seed 4294967296", "--score_rows -1", "--early_stopping_patience -1",
          "--save_minutes -1"}) {
      const QString flag = QString(line).section(' ', 0, 0);
      QTest::newRow(line) << line << flag + " is " << usage;
    }
    QTest::newRow("cut left") << "--truncation_strategy left"
                              << "delete, right and raise" << usage;
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

  void whatOtherVersionsWriteIsUnderstood_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("json");
    const auto row = [](const char* line, const char* key, const char* json) { QTest::newRow(line) << line << key << json; };
    row("--model_id_or_path m", "model", R"("m")");
    row("--sft_type lora", "train_type", R"("lora")");
    row("--tuner_type lora", "train_type", R"("lora")");
    row("--batch_size 2", "per_device_train_batch_size", "2");
    row("--eval_batch_size 2", "per_device_eval_batch_size", "2");
    row("--lora_target_modules ALL", "target_modules", R"(["all-linear"])");
    row("--lora_target_modules q_proj v_proj", "target_modules", R"(["q_proj","v_proj"])");
    row("--lora_dropout_p 0.05", "lora_dropout", "0.05");
    row("--dataset_test_ratio 0.01", "split_dataset_ratio", "0.01");
    row("--custom_train_dataset_path a b", "dataset", R"(["a","b"])");
    row("--dtype AUTO", "torch_dtype", R"("auto")");
    row("--dtype bf16", "torch_dtype", R"("bfloat16")");
    row("--lr_scheduler_type constant_with_warmup", "lr_scheduler_type", R"("constant")");
    row("--use_gradient_checkpointing true", "gradient_checkpointing", "true");
    row("--early_stop_interval 3", "early_stopping_patience", "3");
    row("--dataset_seed 7", "data_seed", "7");
  }
  void whatOtherVersionsWriteIsUnderstood() {
    QFETCH(QString, line);
    QFETCH(QString, key);
    QFETCH(QString, json);
    const TrainFlags flags = parse_train_flags(words(line), TrainOptions());
    QCOMPARE(dump_json(train_options_to_json(flags.options)[key.toStdString()]), json.toStdString());
    QVERIFY(flags.notes.empty());
  }

  void everydayLinesOfOtherVersionsRun_data() {
    QTest::addColumn<QString>("line");
    QTest::newRow("2") << "--model_type qwen3 --model_id_or_path m --sft_type lora --dataset d --output_dir o "
                          "--batch_size 2 --num_train_epochs 1 --eval_steps 1 --save_total_limit 2 --dtype AUTO "
                          "--check_dataset_strategy none --preprocess_num_proc 1 --use_flash_attn false --self_cognition_sample 0 "
                          "--model_cache_dir c --hub_model_id h --neftune_noise_alpha None --train_dataset_sample -1";
    QTest::newRow("3") << "--model m --train_type lora --dataset d --packing true --attn_impl flash_attn --deepspeed "
                          "zero2 --use_liger_kernel true --freeze_vit true --quant_bits None --max_new_tokens 512 "
                          "--model_author a --model_name b --gradient_checkpointing_kwargs {} --lorap_lr_ratio None";
    QTest::newRow("4") << "--model m --tuner_type lora --dataset d --torch_dtype bfloat16 --padding_free true "
                          "--load_from_cache_file true --add_non_thinking_prefix true --report_to tensorboard";
  }
  void everydayLinesOfOtherVersionsRun() {
    QFETCH(QString, line);
    parse_sft_flags(words(line));
  }

  void settingsThatComeFromAFileAreCheckedToo() {
    TrainOptions o;
    check_train_options(o);
    o.warmup_ratio = std::nan("");
    try {
      check_train_options(o);
      QFAIL("accepted");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::usage);
      QCOMPARE(QString(error.what()), QString("warmup_ratio is nan; it must be between 0 and 1"));
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
