// Whole runs on the golden tiny model: the folder, exact resume, stopping, refusals.
#include <QtTest>

#include <cmath>
#include <fstream>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/train/checkpoint_state.h"
#include "core/train/forecast.h"
#include "core/train/microbatch.h"
#include "core/train/resume_settings.h"
#include "core/train/run_folder.h"
#include "core/train/run_list.h"
#include "core/train/run_record.h"
#include "core/train/run_upkeep.h"
#include "core/train/train.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

class TestTrain : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { dir_ = std::make_unique<QTemporaryDir>(); }

  void aRunWritesTheFolderThatSwiftWrites() {
    const TrainReport report = train(options(), {}, {});
    QVERIFY(report.outcome == TrainReport::Outcome::finished);
    QVERIFY(report.run_dir.filename().string().rfind("v0-", 0) == 0);
    for (const char* name : {"args.json", "logging.jsonl", "manifest.json", "val_dataset.jsonl"})
      QVERIFY2(fs::exists(report.run_dir / name), name);
    for (const char* name :
         {"adapter_config.json", "adapter_model.safetensors", "optimizer.safetensors", "trainer_state.json"}) {
      QVERIFY2(fs::exists(report.last_checkpoint / name), name);
    }
    std::int64_t train_lines = 0, eval_lines = 0;
    for (const LoggedPoint& p : read_log(report.run_dir)) (p.is_eval ? eval_lines : train_lines)++;
    QCOMPARE(train_lines, report.steps);
    QVERIFY(eval_lines >= 2);
    QVERIFY(fs::exists(report.best_checkpoint / "adapter_model.safetensors"));
    const TrainReport second = train(options(), {}, {});
    QVERIFY(second.run_dir.filename().string().rfind("v1-", 0) == 0);
  }

  void theLossFalls() {
    TrainOptions o = options();
    o.learning_rate = 1e-2;
    o.num_train_epochs = 6;
    const TrainReport report = train(o, {}, {});
    const auto log = read_log(report.run_dir);
    double first = 0.0, last = 0.0;
    for (const LoggedPoint& p : log) {
      if (p.is_eval) continue;
      if (first == 0.0) first = p.loss;
      last = p.loss;
    }
    QVERIFY2(last < 0.8 * first, qPrintable(QString("%1 → %2").arg(first).arg(last)));
  }

  void theSameSeedGivesTheSameBits() { QCOMPARE(losses(train(options(), {}, {})), losses(train(options(), {}, {}))); }

  void stoppedWhileRowsAreReadNothingIsWritten() {
    TrainOptions o = options();
    o.output_dir /= "never";
    std::stop_source source;
    source.request_stop();
    const TrainReport report = train(o, {}, source.get_token());
    QVERIFY(report.outcome == TrainReport::Outcome::stopped);
    QVERIFY(report.run_dir.empty());
    QVERIFY(!fs::exists(o.output_dir));
    QCOMPARE(forecast(o, source.get_token()).max_steps, std::int64_t{0});
  }

  void stoppedAndResumedIsNeverStoppedBitForBit() {
    TrainOptions o = options();
    o.save_steps = 2;
    o.save_total_limit = 0;
    const TrainReport whole = train(o, {}, {});
    for (const std::int64_t stop_at : {1, 3, 4, 7}) {
      std::stop_source source;
      const TrainReport part = train(
          o,
          [&](const TrainEvent& event) {
            if (const auto* step = std::get_if<StepDone>(&event); step && step->step == stop_at) source.request_stop();
          },
          source.get_token());
      QVERIFY(part.outcome == TrainReport::Outcome::stopped);
      QCOMPARE(part.steps, stop_at);
      TrainOptions again = o;
      again.resume_from_checkpoint = checkpoint_to_resume(part.run_dir);
      QVERIFY(again.resume_from_checkpoint.has_value());
      const TrainReport rest = train(again, {}, {});
      QCOMPARE(rest.run_dir, part.run_dir);
      QCOMPARE(losses(rest), losses(whole));
      QCOMPARE(adapter(rest), adapter(whole));
    }
  }

  void aKilledRunRepeatsOnlyWhatFollowsItsCheckpoint() {
    TrainOptions o = options();
    o.save_steps = 3;
    o.save_total_limit = 0;
    const TrainReport whole = train(o, {}, {});
    // As a kill leaves it: log lines beyond the checkpoint, half a line, a half-written checkpoint.
    const fs::path copy = fs::path(dir_->path().toStdString()) / "killed";
    fs::copy(whole.run_dir, copy, fs::copy_options::recursive);
    for (const auto& entry : fs::directory_iterator(copy)) {
      const std::string name = entry.path().filename().string();
      if (name.rfind("checkpoint-", 0) == 0 && name != "checkpoint-3") fs::remove_all(entry.path());
    }
    fs::create_directories(copy / ".writing-checkpoint-6");
    std::ofstream(copy / "logging.jsonl", std::ios::app) << "{\"loss\": 1.2, \"tok";
    TrainOptions again = o;
    again.resume_from_checkpoint = checkpoint_to_resume(copy);
    QCOMPARE(again.resume_from_checkpoint->filename().string(), std::string("checkpoint-3"));
    const TrainReport rest = train(again, {}, {});
    QCOMPARE(losses(rest), losses(whole));
    QCOMPARE(adapter(rest), adapter(whole));
  }

  void theCutIntoMicroBatchesDoesNotMatter() {
    TrainOptions o = options();
    const auto whole = losses(train(o, {}, {}));
    o.token_budget = 64;
    const auto cut = losses(train(o, {}, {}));
    QCOMPARE(whole.size(), cut.size());
    for (std::size_t i = 0; i < whole.size(); ++i) QVERIFY(std::abs(whole[i] - cut[i]) < 1e-4 * whole[i]);
  }

  void lanesChangeNothingButRounding() {
    TrainOptions o = options();
    o.threads = 1;
    const auto one = losses(train(o, {}, {}));
    o.threads = 3;
    const TrainReport side_by_side = train(o, {}, {});
    const auto three = losses(side_by_side);
    QCOMPARE(three.size(), one.size());
    for (std::size_t i = 0; i < one.size(); ++i) QVERIFY(std::abs(three[i] - one[i]) < 1e-4 * one[i]);
    QCOMPARE(adapter(train(o, {}, {})), adapter(side_by_side));
  }

  void lanesGetAboutTheSame() {
    std::vector<TokenizedExample> rows(16);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      rows[r].input_ids.assign(40, 7);  // shared by all
      for (std::size_t t = 0; t < 100 + 3 * r; ++t) rows[r].input_ids.push_back(static_cast<std::int32_t>(r + t));
    }
    std::vector<const TokenizedExample*> all;
    for (const auto& row : rows) all.push_back(&row);
    CutOptions cut;
    cut.lanes = 4;
    const auto groups = cut_micro_batches(all, cut);
    QCOMPARE(groups.size(), std::size_t{4});
    for (const auto& group : groups) QVERIFY(group.size() >= 3 && group.size() <= 5);
  }

  void dropoutIsAppliedInTrainingAloneAndResumesToTheSameBits() {
    TrainOptions o = options();
    const auto without = losses(train(o, {}, {}));
    o.lora_dropout = 0.2;
    o.save_steps = 2;
    o.save_total_limit = 0;
    const TrainReport whole = train(o, {}, {});
    // B is zero at first: nothing to drop yet.
    QVERIFY(std::abs(losses(whole).front() - without.front()) < 1e-5 * without.front());
    QVERIFY(std::abs(losses(whole).back() - without.back()) > 1e-6);
    TrainOptions cut = o;
    cut.token_budget = 64;
    const auto in_parts = losses(train(cut, {}, {}));
    for (std::size_t i = 0; i < in_parts.size(); ++i)
      QVERIFY(std::abs(in_parts[i] - losses(whole)[i]) < 1e-4 * in_parts[i]);
    std::stop_source source;
    const TrainReport part = train(
        o,
        [&](const TrainEvent& event) {
          if (const auto* step = std::get_if<StepDone>(&event); step && step->step == 3) source.request_stop();
        },
        source.get_token());
    TrainOptions again = o;
    again.resume_from_checkpoint = checkpoint_to_resume(part.run_dir);
    const TrainReport rest = train(again, {}, {});
    QCOMPARE(losses(rest), losses(whole));
    QCOMPARE(adapter(rest), adapter(whole));
  }

  void packedAndPaddedAgree() {
    TrainOptions o = options();
    const auto packed = losses(train(o, {}, {}));
    o.pack = false;
    const auto padded = losses(train(o, {}, {}));
    for (std::size_t i = 0; i < packed.size(); ++i) QVERIFY(std::abs(packed[i] - padded[i]) < 1e-4 * packed[i]);
  }

  void aLossThatIsNoNumberStopsTheRunAndKeepsTheLastGoodCheckpoint() {
    TrainOptions o = options();
    o.learning_rate = 1e30;
    o.warmup_steps = 3;
    o.save_steps = 1;
    o.max_grad_norm = 1e30;
    const TrainReport report = train(o, {}, {});
    QVERIFY(report.outcome == TrainReport::Outcome::diverged);
    QVERIFY(report.verdict.fit == Fit::diverging);
    QVERIFY(fs::exists(report.last_checkpoint / "adapter_model.safetensors"));
    QCOMPARE(report.checkpoint_in_use.empty(), false);
  }

  void aDivergedRunNeverNamesACheckpointWithoutNumbers_data() {
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("eval_steps");
    for (const double rate : {1e2, 1e6, 1e20, 1e38}) {
      for (const int eval_steps : {1, 2, 100})
        QTest::addRow("rate %g, every %d", rate, eval_steps) << rate << eval_steps;
    }
  }
  void aDivergedRunNeverNamesACheckpointWithoutNumbers() {
    QFETCH(double, rate);
    QFETCH(int, eval_steps);
    TrainOptions o = options();
    o.learning_rate = rate;
    o.warmup_ratio = 0.0;
    o.score_rows = 0;
    o.save_steps = 1;
    o.save_total_limit = 0;
    o.eval_steps = eval_steps;
    o.max_steps = 6;
    std::vector<std::string> notes;
    const TrainReport report = train(
        o,
        [&](const TrainEvent& event) {
          if (const auto* note = std::get_if<Note>(&event)) notes.push_back(text_of(note->notice));
        },
        {});
    const RunRecord run = read_run(report.run_dir);
    QCOMPARE(checkpoint_in_use(run), report.checkpoint_in_use);
    const bool good_one = !report.checkpoint_in_use.empty();
    if (report.outcome == TrainReport::Outcome::diverged) {
      QVERIFY(run.verdict.fit == Fit::diverging);
      QVERIFY(!notes.empty());
      QCOMPARE(notes.back().find("is kept") != std::string::npos, good_one);
      QVERIFY(!run.finished());
    }
    for (const LoggedPoint& p : read_log(report.run_dir)) {
      if (good_one && !std::isfinite(p.is_eval ? p.eval_loss : p.loss))
        QVERIFY(run.step_in_use < (p.is_eval ? p.step : p.step - 1));
    }
    if (!good_one) return;
    const auto file = SafetensorsFile::open(report.checkpoint_in_use / "adapter_model.safetensors");
    for (const auto& info : file->tensors()) {
      const auto* values = reinterpret_cast<const float*>(file->bytes(info));
      for (std::size_t i = 0; i < info.size_bytes() / sizeof(float); ++i) QVERIFY(std::isfinite(values[i]));
    }
  }

  void stoppedInTheLastEvaluationTheWeightsAreThereAndItGoesOn() {
    TrainOptions o = options();
    o.save_steps = 100;
    const TrainReport whole = train(o, {}, {});
    std::stop_source source;
    const TrainReport part = train(
        o,
        [&](const TrainEvent& event) {
          if (const auto* step = std::get_if<StepDone>(&event); step && step->step == step->max_steps)
            source.request_stop();
        },
        source.get_token());
    QVERIFY(part.outcome == TrainReport::Outcome::stopped);
    QCOMPARE(part.steps, whole.steps);
    QCOMPARE(adapter(part), adapter(whole));
    QVERIFY(!read_run(part.run_dir).finished());
    QVERIFY(list_runs(o.output_dir).front().can_resume());
    TrainOptions again = o;
    again.resume_from_checkpoint = checkpoint_to_resume(part.run_dir);
    const TrainReport rest = train(again, {}, {});
    QVERIFY(rest.outcome == TrainReport::Outcome::finished);
    QCOMPARE(losses(rest), losses(whole));
    QCOMPARE(adapter(rest), adapter(whole));
    QVERIFY(read_run(part.run_dir).finished());
    QVERIFY(!list_runs(o.output_dir).front().can_resume());
    const std::string log = read_file(rest.run_dir / "logging.jsonl");
    QVERIFY2(log.find("/0\"") == std::string::npos, log.c_str());
  }

  void aMaxGradNormOfZeroMeansOff() {
    TrainOptions o = options();
    o.max_grad_norm = 0.0;
    const auto off = losses(train(o, {}, {}));
    o.max_grad_norm = 1e30;
    QCOMPARE(losses(train(o, {}, {})), off);
    o.max_grad_norm = 1e-3;
    QVERIFY(losses(train(o, {}, {})) != off);
  }

  void goingBackToAnEarlierStepTheLaterOnesAreGone() {
    TrainOptions o = options();
    o.save_steps = 2;
    o.save_total_limit = 0;
    const TrainReport whole = train(o, {}, {});
    const auto wanted = losses(whole);
    const std::string weights = adapter(whole);
    choose_checkpoint(whole.run_dir, 2);
    TrainOptions again = o;
    again.resume_from_checkpoint = checkpoint_to_resume(whole.run_dir);
    QCOMPARE(again.resume_from_checkpoint->filename().string(), std::string("checkpoint-2"));
    std::stop_source source;
    const TrainReport part = train(
        again,
        [&](const TrainEvent& event) {
          if (const auto* step = std::get_if<StepDone>(&event); step && step->step == 3) source.request_stop();
        },
        source.get_token());
    QCOMPARE(checkpoints_of(whole.run_dir), (std::vector<std::int64_t>{2, 3}));
    QCOMPARE(part.checkpoint_in_use.filename().string(), std::string("checkpoint-3"));  // the choice is made use of
    again.resume_from_checkpoint = checkpoint_to_resume(whole.run_dir);
    const TrainReport rest = train(again, {}, {});
    QCOMPARE(losses(rest), wanted);
    QCOMPARE(adapter(rest), weights);
  }

  void aRunThatIsTrainedElsewhereIsRefused() {
    TrainOptions o = options();
    const TrainReport report = train(o, {}, {});
    o.resume_from_checkpoint = report.last_checkpoint;
    const FileLock elsewhere = lock_run(report.run_dir);
    const std::string log = read_file(report.run_dir / "logging.jsonl");
    try {
      train(o, {}, {});
      QFAIL("not refused");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::busy);
    }
    QCOMPARE(read_file(report.run_dir / "logging.jsonl"), log);
  }

  void twoRunsDontShareAFolder() {
    TrainOptions o = options();
    o.add_version = false;
    const TrainReport report = train(o, {}, {});
    QCOMPARE(report.run_dir, o.output_dir);
    o.learning_rate = 1e-2;
    QVERIFY_EXCEPTION_THROWN(train(o, {}, {}), Error);
    QCOMPARE(losses(report), losses(train([&] {
               TrainOptions same = options();
               same.output_dir /= "other";
               return same;
             }(), {}, {})));
  }

  void whatARunWritesAboutItselfHoldsFromAnywhere() {
    const fs::path before = fs::current_path();
    TrainOptions o = options();
    fs::current_path(dir_->path().toStdString());
    o.output_dir = "here";
    o.dataset = {"train.jsonl"};
    TrainReport report;
    try {
      report = train(o, {}, {});
    } catch (const Error& error) {
      fs::current_path(before);
      QFAIL(error.what());
    }
    fs::current_path(before);
    QVERIFY(report.run_dir.is_absolute());
    const Json state = read_json_file(report.last_checkpoint / "trainer_state.json");
    QVERIFY(fs::exists(state["best_model_checkpoint"].get<std::string>()));
    TrainOptions flags;
    flags.resume_from_checkpoint = report.last_checkpoint;
    std::vector<std::string> notes;
    const TrainOptions own = resumed_settings(flags, {"resume_from_checkpoint"}, notes);
    QVERIFY(fs::exists(own.dataset.at(0)) && fs::exists(own.model));
    QVERIFY(notes.empty());
    QCOMPARE(own.learning_rate, o.learning_rate);
    QCOMPARE(own.system, std::string("take the number and the road"));
    QCOMPARE(train(own, {}, {}).run_dir, report.run_dir);
  }

  void otherWeightsDontGoOnWithARun() {
    TrainOptions o = options();
    o.model = fs::path(dir_->path().toStdString()) / "model";
    fs::copy(fs::path(MINNOW_GOLDEN_DIR) / "tiny-qwen3", o.model, fs::copy_options::recursive);
    const TrainReport report = train(o, {}, {});
    std::fstream weights(o.model / "model.safetensors", std::ios::in | std::ios::out | std::ios::binary);
    weights.seekp(-4, std::ios::end);
    weights.write("\0\0\x40\x3f", 4);
    weights.close();
    o.resume_from_checkpoint = report.last_checkpoint;
    QVERIFY_EXCEPTION_THROWN(train(o, {}, {}), Error);
  }

  void moreThreadsThanProcessorsAreSaid() {
    TrainOptions o = options();
    o.threads = 1000000;
    o.max_steps = 1;
    int threads = 0;
    std::string said;
    train(
        o,
        [&](const TrainEvent& event) {
          if (const auto* started = std::get_if<RunStarted>(&event)) threads = started->threads;
          if (const auto* note = std::get_if<Note>(&event)) said += text_of(note->notice);
        },
        {});
    QVERIFY(threads > 0 && threads <= QThread::idealThreadCount());
    QVERIFY2(said.find("threads is 1000000") != std::string::npos, said.c_str());
  }

  void earlyStoppingEndsARunThatNoLongerImproves() {
    TrainOptions o = options();
    o.learning_rate = 0.0;
    o.save_steps = 1;
    o.early_stopping_patience = 2;
    o.num_train_epochs = 20;
    const TrainReport report = train(o, {}, {});
    QVERIFY(report.outcome == TrainReport::Outcome::early_stopped);
    QVERIFY(report.steps <= 4);
    QVERIFY(read_run(report.run_dir).finished());  // nothing waits to be resumed
  }

  void theTimeLimitEndsARunThatKeepsWhatIsDone() {
    TrainOptions o = options();
    o.num_train_epochs = 2000;
    o.time_limit_minutes = 1.0 / 60.0;
    const TrainReport report = train(o, {}, {});
    QVERIFY(report.outcome == TrainReport::Outcome::time_limit);
    QVERIFY(report.steps > 0 && report.steps < 10000);
    QCOMPARE(report.last_checkpoint.filename().string(), "checkpoint-" + std::to_string(report.steps));
    QVERIFY(read_log(report.run_dir).back().is_eval);
  }

  void recipeAutoChoosesMeasuresAndRecords() {
    TrainOptions o = options();
    o.auto_settings.assign(std::begin(auto_setting_names), std::end(auto_setting_names));
    o.best_metric = BestMetric::exact_rows;
    o.max_steps = 30;
    o.auto_settings.erase(o.auto_settings.begin() + 1);  // epochs: the steps are given
    AutoChoice told;
    std::size_t tried = 0;
    const auto run = [&] {
      return train(
          o,
          [&](const TrainEvent& event) {
            if (const auto* chosen = std::get_if<SettingsChosen>(&event)) told = chosen->choice;
            tried += std::holds_alternative<RateTried>(event);
          },
          {});
    };
    const TrainReport report = run();
    QCOMPARE(told.settings.size(), std::size_t{3});
    QCOMPARE(told.tried.size(), tried);
    QVERIFY(tried >= 3 && tried <= 32);
    const RunRecord record = read_run(report.run_dir);
    QVERIFY(record.chosen.settings == told.settings);
    QVERIFY(record.options.auto_settings.empty());
    QCOMPARE(record.options.learning_rate, told.settings.back().value);
    QCOMPARE(record.options.per_device_train_batch_size, 4);  // 36 rows
    const auto first = losses(report);
    QCOMPARE(losses(run()), first);
    // Resumed, a run has its settings already.
    tried = 0;
    TrainOptions again = record.options;
    again.auto_settings = o.auto_settings;
    again.max_steps = 34;
    again.resume_from_checkpoint = report.last_checkpoint;
    QCOMPARE(train(again, [&](const TrainEvent& e) { tried += std::holds_alternative<RateTried>(e); }, {}).steps,
             std::int64_t{34});
    QCOMPARE(tried, std::size_t{0});
  }

  void aForecastOfRecipeAutoHasItsPlan() {
    TrainOptions o = recipe("auto");
    const TrainOptions files = options();
    o.model = files.model;
    o.dataset = files.dataset;
    o.torch_dtype = files.torch_dtype;
    const TrainForecast f = forecast(o);
    QCOMPARE(f.chosen.settings.size(), std::size_t{3});
    QCOMPARE(f.rows_per_step, std::int64_t{4});
    QVERIFY2(f.max_steps >= 350, qPrintable(QString::number(f.max_steps)));
    QVERIFY(f.few_steps.empty());
    QVERIFY(!forecast(files).few_steps.empty());  // 10 steps
  }

  void rowsThatArentToBeLearntCountAsNone() {
    const TrainOptions o = options();
    append("{\"query\": \"road 900\", \"response\": \"{\\\"n\\\": \\\"900\\\"}\", \"weight\": 0}", 3);
    append(R"({"messages": [{"role": "user", "content": "road 901"}, {"role": "assistant", "content": "no", "loss": false}]})", 5);
    append(R"({"conversations": [{"from": "human", "value": "road 902"}, {"from": "function_call", "value": "f"}]})", 7);
    append(R"({"query": "road 903", "response": "{'n': '903'}"})", 9);
    append("{\"query\": \"road 904\", \"response\": \"{\\\"m\\\": \\\"904\\\"}\"}", 11);
    append("{\"query\": \"road 905\", \"response\": \"<think>hm</think>{\\\"n\\\": \\\"905\\\"}\"}", 13);
    std::int64_t rows = 0;
    QString notes;
    train(
        o,
        [&](const TrainEvent& event) {
          if (const auto* started = std::get_if<RunStarted>(&event)) rows = started->train_rows + started->validation_rows;
          if (const auto* note = std::get_if<Note>(&event)) notes += QString::fromStdString(text_of(note->notice)) + "\n";
        },
        {});
    QCOMPARE(rows, std::int64_t{42});
    for (const char* words : {"2 rows are marked not to be learnt and left out: 'loss': false (1), 'weight': 0 (1)",
                              "2 rows can't be read or used and are left out; the first: train.jsonl:8",
                              "'function_call'", "1 of 42 labels aren't JSON objects: 1 is a Python dict",
                              "1 of 42 labels have other keys"}) {
      QVERIFY2(notes.contains(words), qPrintable(notes));
    }
  }

  void aFileOfNothingToLearnIsRefusedByItsReason_data() {
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("words");
    QTest::newRow("marked") << R"({"query": "road", "response": "no", "loss": false})"
                            << "2 rows are marked not to be learnt and left out: 'loss': false (2)";
    QTest::newRow("empty answers")
        << R"({"messages": [{"role": "user", "content": "road"}, {"role": "assistant", "content": ""}]})"
        << "all 2 answers to learn are empty";
    QTest::newRow("tools") << R"({"messages": [{"role": "user", "content": "Q"}, {"role": "observation", "content": "x"}]})"
                           << "'observation'";
  }
  void aFileOfNothingToLearnIsRefusedByItsReason() {
    QFETCH(QString, row);
    QFETCH(QString, words);
    write((row + "\n" + row + "\n").toStdString());
    TrainOptions o = options();
    try {
      train(o, {}, {});
      QFAIL("not refused");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::data);
      QVERIFY2(QString::fromUtf8(error.what()).contains(words), error.what());
    }
    QVERIFY(!fs::exists(o.output_dir));
  }

  void theGateRefusesWithTheRowsNamed_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("words");
    QTest::newRow("too long") << "long"
                              << "max_length";
    QTest::newRow("all too long") << "all long"
                                  << "all 37 rows to train on are longer than max_length 20";
    QTest::newRow("no answer") << "question"
                               << "train.jsonl:4";
    QTest::newRow("validation row in training") << "leak"
                                                << "stand in the training rows";
    QTest::newRow("no rows") << "empty"
                             << "no rows";
    QTest::newRow("no end token") << "noend"
                                  << "end token";
  }
  void theGateRefusesWithTheRowsNamed() {
    QFETCH(QString, what);
    QFETCH(QString, words);
    TrainOptions o = options();
    if (what == "long") o.max_length = 20;
    if (what == "all long") {
      o.max_length = 20;
      o.drop_long_rows = true;
      o.split_dataset_ratio = 0.075;
    }
    if (what == "question") append(dump_json(row({{"user", "who?"}})), 3);
    if (what == "empty") write("");
    if (what == "leak") o.val_dataset = o.dataset;
    if (what == "noend")
      write(
          "{\"input_ids\": [1, 2, 3, 4], \"labels\": [-100, -100, 3, 4]}\n{\"input_ids\": [1, 6, 5, 4], \"labels\": "
          "[-100, -100, 5, 4]}\n");
    try {
      train(o, {}, {});
      QFAIL("not refused");
    } catch (const Error& error) {
      QVERIFY2(QString::fromUtf8(error.what()).contains(words), error.what());
    }
    QVERIFY(!fs::exists(o.output_dir));  // nothing was begun
  }

  void tooLittleMemoryIsAFigure() {
    const Qwen3Config c = half_billion();
    try {
      plan_memory(c, {}, true, 230, std::int64_t{1} << 30);
      QFAIL("not refused");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::memory);
      QVERIFY(QString::fromUtf8(error.what()).contains("GB"));
    }
  }

  void memoryIsPlannedForTheTokensThatAreThere() {
    const Qwen3Config c = half_billion();
    const std::int64_t plenty = std::int64_t{1} << 40;
    const MemoryPlan unknown = plan_memory(c, {}, true, 230, plenty), few = plan_memory(c, {}, true, 230, plenty, 500);
    QCOMPARE(few.token_budget, unknown.token_budget);
    QCOMPARE(few.activation_bytes * unknown.token_budget, unknown.activation_bytes * 500);
    QCOMPARE(plan_memory(c, {}, true, 230, plenty, plenty).peak_bytes(), unknown.peak_bytes());
    // What a step of 16 rows of 230 tokens, 95 of them shared, takes: `minnow-cli bench --only estimate`.
    const auto peak = static_cast<double>(plan_memory(c, {}, true, 230, plenty, 2255).peak_bytes());
    QVERIFY2(std::abs(peak / 3.90e9 - 1.0) < 0.2, qPrintable(QString::number(peak)));
  }

 private:
  /// Qwen3-0.6B (facts 1.2).
  static Qwen3Config half_billion() {
    Qwen3Config c;
    c.hidden_size = 1024;
    c.intermediate_size = 3072;
    c.num_hidden_layers = 28;
    c.num_attention_heads = 16;
    c.num_key_value_heads = 8;
    c.head_dim = 128;
    c.vocab_size = 151936;
    c.tie_word_embeddings = true;
    return c;
  }
  fs::path file() const { return fs::path(dir_->path().toStdString()) / "train.jsonl"; }
  void write(const std::string& text) const { std::ofstream(file()) << text; }
  /// The usual rows with one more at line `after` + 1.
  void append(const std::string& line, int after) const {
    std::string text;
    int n = 0;
    LineReader reader(file());
    for (std::string old; reader.next(old);) {
      text += old + "\n";
      if (++n == after) text += line + "\n";
    }
    write(text);
  }

  static Json row(const std::vector<std::pair<std::string, std::string>>& messages) {
    Json list = Json::array();
    for (const auto& [role, content] : messages) list.push_back(Json{{"role", role}, {"content", content}});
    return Json{{"messages", list}};
  }

  TrainOptions options() const {
    if (!fs::exists(file())) {
      std::string text;
      for (int i = 0; i < 40; ++i) {
        const std::string n = std::to_string(i * 37 % 101);
        text += dump_json(row({{"system", "take the number and the road"},
                               {"user", "road " + n},
                               {"assistant", "{\"n\": \"" + n + "\"}"}})) +
                "\n";
      }
      write(text);
    }
    TrainOptions o;
    o.model = fs::path(MINNOW_GOLDEN_DIR) / "tiny-qwen3";
    o.dataset = {file()};
    o.output_dir = fs::path(dir_->path().toStdString()) / "output";
    o.torch_dtype = "float32";
    o.num_train_epochs = 2;
    o.per_device_train_batch_size = 4;
    o.gradient_accumulation_steps = 2;
    o.learning_rate = 1e-3;
    o.warmup_ratio = 0.1;
    o.save_steps = 4;
    o.score_rows = 2;
    return o;
  }

  static std::vector<double> losses(const TrainReport& report) {
    std::vector<double> all;
    for (const LoggedPoint& p : read_log(report.run_dir)) all.push_back(p.is_eval ? p.eval_loss : p.loss);
    return all;
  }
  static std::string adapter(const TrainReport& report) {
    return sha256_file(report.last_checkpoint / "adapter_model.safetensors");
  }

  std::unique_ptr<QTemporaryDir> dir_;
};

QTEST_GUILESS_MAIN(TestTrain)
#include "tst_train.moc"
