// Runs read back, remedies, and which checkpoint is used, on a made folder.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "core/data/options_json.h"
#include "core/evaluate/report_file.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/train/checkpoint_state.h"
#include "core/train/remedies.h"
#include "core/train/resume_settings.h"
#include "core/train/run_folder.h"
#include "core/train/run_record.h"
#include "core/train/run_upkeep.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

/// A run folder of 40 steps, evaluated every 4, best at step 20, with checkpoints 20 and 40.
/// 40 steps whose eval loss is least at step 20 and `rise` a step above it on both sides.
fs::path makeRun(const QTemporaryDir& folder, const TrainOptions& options = {}, double rise = 0.01) {
  const fs::path run = fs::path(folder.path().toStdString()) / "runs" / "v3-20260101-120000";
  fs::create_directories(run);
  write_file_atomic(run / "args.json", train_options_to_json(options).dump());
  std::string log;
  for (int i = 1; i <= 40; ++i) {
    StepDone s;
    s.step = i;
    s.max_steps = 40;
    s.epoch = i / 10.0;
    s.loss = 2.0 / i;
    s.learning_rate = 1e-4;
    s.grad_norm = 0.5;
    s.tokens_per_second = 1234.5;
    s.elapsed_seconds = 3631 + i;
    log += dump_json(train_line(s, 1.0)) + "\n";
    if (i % 4) continue;
    EvalDone e;
    e.step = i;
    e.epoch = s.epoch;
    e.eval_loss = 0.3 + rise * std::abs(i - 20);
    log += dump_json(eval_line(e, 50, s)) + "\n";
  }
  write_file_atomic(run / "logging.jsonl", log);
  for (const int step : {20, 40}) {
    const fs::path checkpoint = run / ("checkpoint-" + std::to_string(step));
    fs::create_directories(checkpoint);
    for (const char* name :
         {"adapter_config.json", "adapter_model.safetensors", "optimizer.safetensors", "trainer_state.json"})
      write_file_atomic(checkpoint / name, std::to_string(step));
  }
  return run;
}

}  // namespace

class TestRunRecord : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void logAndFolderGiveStepsEvalsAndBest() {
    QTemporaryDir folder;
    const RunRecord run = read_run(makeRun(folder));
    QCOMPARE(run.steps.size(), std::size_t{40});
    QCOMPARE(run.evals.size(), std::size_t{10});
    QCOMPARE(run.max_steps, 40);
    QCOMPARE(run.best_step, 20);
    QCOMPARE(run.steps[4].tokens_per_second, 1234.5);
    QCOMPARE(run.checkpoints, (std::vector<std::int64_t>{20, 40}));
    QVERIFY(run.finished());
  }

  void anUnfinishedLastLineIsPassedOver() {
    QTemporaryDir folder;
    const fs::path path = makeRun(folder);
    std::ofstream(path / "logging.jsonl", std::ios::app) << "{\"loss\": 0.1, \"gr";
    const RunRecord run = read_run(path);
    QVERIFY2(run.problem.empty(), run.problem.c_str());
    QCOMPARE(run.steps.size(), std::size_t{40});
  }

  void aBrokenLineInTheMiddleIsNamed() {
    QTemporaryDir folder;
    const fs::path path = makeRun(folder);
    const std::string log = read_file(path / "logging.jsonl");
    write_file_atomic(path / "logging.jsonl", "{oops\n" + log);
    QVERIFY(read_run(path).problem.find("logging.jsonl") != std::string::npos);
  }

  void runsComeNewestFirstAndOthersAreNoRuns() {
    QTemporaryDir folder;
    const fs::path runs = makeRun(folder).parent_path();
    for (const char* name : {"v10-20260102-120000", "v9-20260103-120000"}) {
      fs::create_directories(runs / name);
      write_file_atomic(runs / name / "args.json", "{}");
    }
    fs::create_directories(runs / "notes");
    const auto all = read_runs(runs);
    QCOMPARE(all.size(), std::size_t{3});
    QCOMPARE(all[0].name, std::string("v10-20260102-120000"));
    QCOMPARE(all[2].name, std::string("v3-20260101-120000"));
    QVERIFY(read_runs(runs / "nowhere").empty());
  }

  void theBestCheckpointIsUsedUntilAnotherIsChosen() {
    QTemporaryDir folder;
    const fs::path path = makeRun(folder);
    QCOMPARE(checkpoint_in_use(read_run(path)).filename().string(), std::string("checkpoint-20"));
    choose_checkpoint(path, 40);
    QCOMPARE(checkpoint_in_use(read_run(path)).filename().string(), std::string("checkpoint-40"));
    const fs::path restored = choose_checkpoint(path, 20);
    QCOMPARE(checkpoint_in_use(read_run(path)), restored);
    QVERIFY_EXCEPTION_THROWN(choose_checkpoint(path, 24), Error);
    QCOMPARE(checkpoint_in_use(read_run(path)), restored);
    fs::remove_all(path / "checkpoint-20");  // a choice whose checkpoint is gone falls back to what there is
    QCOMPARE(checkpoint_in_use(read_run(path)).filename().string(), std::string("checkpoint-40"));
  }

  void resumingGoesOnFromTheCheckpointThatOneWentBackTo() {
    QTemporaryDir folder;
    const fs::path path = makeRun(folder);
    QCOMPARE(resumed_options(read_run(path))->resume_from_checkpoint->filename().string(), std::string("checkpoint-40"));
    choose_checkpoint(path, 20);
    QCOMPARE(resumed_options(read_run(path))->resume_from_checkpoint->filename().string(), std::string("checkpoint-20"));
    QCOMPARE(step_to_resume(path), std::int64_t{20});
    write_chosen_step(path, 0);
    QCOMPARE(step_to_resume(path), std::int64_t{40});
  }

  void aRunGoesOnWithItsOwnSettings() {
    QTemporaryDir folder;
    TrainOptions own;
    own.model = "m";
    own.dataset = {"rows.jsonl"};
    own.learning_rate = 3e-4;
    own.lora_rank = 16;
    const fs::path path = makeRun(folder, own);
    TrainOptions flags;
    flags.resume_from_checkpoint = path / "checkpoint-20";
    flags.num_train_epochs = 9;
    flags.max_length = 2048;
    std::vector<std::string> notes;
    const TrainOptions o = resumed_settings(flags, {"resume_from_checkpoint", "num_train_epochs", "max_length"}, notes);
    QCOMPARE(o.learning_rate, 3e-4);
    QCOMPARE(o.lora_rank, 16);
    QCOMPARE(o.num_train_epochs, 9.0);
    QCOMPARE(notes, std::vector<std::string>{"num_train_epochs is 9.0 from here on; before it was 3.0"});
    for (const char* flag : {"lora_rank", "recipe", "no_shuffle", "truncation_strategy"}) {
      TrainOptions other = flags;
      other.shuffle = false;
      other.drop_long_rows = true;
      try {
        resumed_settings(other, {flag}, notes);
        QFAIL("accepted");
      } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::usage);
        QVERIFY2(QString(error.what()).contains("own settings: --"), error.what());
      }
    }
  }

  void aRunOfAMovedProjectFindsItsRows() {
    QTemporaryDir folder;
    TrainOptions own;
    own.dataset = {"/gone/data/train-1.jsonl"};
    const fs::path path = makeRun(folder, own), data = path.parent_path().parent_path() / "data";
    fs::create_directories(data);
    write_file_atomic(data / "train-1.jsonl", "{}\n");
    TrainOptions flags;
    flags.resume_from_checkpoint = path / "checkpoint-20";
    std::vector<std::string> notes;
    QCOMPARE(resumed_settings(flags, {}, notes).dataset.at(0), data / "train-1.jsonl");
  }

  void weightsWhoseLossIsNoNumberArentUsed() {
    QTemporaryDir folder;
    const fs::path path = makeRun(folder, {}, 0.0001);
    StepDone bad;
    bad.step = 41;
    bad.max_steps = 80;
    bad.loss = std::nan("");
    std::ofstream(path / "logging.jsonl", std::ios::app) << dump_json(train_line(bad, 1.0)) << "\n";
    const RunRecord run = read_run(path);
    QCOMPARE(run.unsound_from, std::int64_t{40});
    QCOMPARE(run.last_step(), std::int64_t{40});
    QVERIFY(run.verdict.fit == Fit::diverging);
    QCOMPARE(run.step_in_use, std::int64_t{20});
    fs::remove_all(path / "checkpoint-20");
    QVERIFY(checkpoint_in_use(read_run(path)).empty());
  }

  void titleAndNoteStayWithTheRun() {
    QTemporaryDir folder;
    const fs::path path = makeRun(folder);
    QCOMPARE(read_run(path).notes, RunNotes());
    write_run_notes(path, {"lower\nrate", "half of v2's,\nfor Friday"});
    QCOMPARE(read_run(path).notes, (RunNotes{"lower rate", "half of v2's,\nfor Friday"}));
    write_file_atomic(path / "notes.json", "[oops");
    QCOMPARE(read_run(path).notes, RunNotes());
    QVERIFY_EXCEPTION_THROWN(write_run_notes(path / "gone", {}), Error);
  }

  void aDeletedRunIsGoneAndOneInUseStays() {
    QTemporaryDir folder;
    const fs::path path = makeRun(folder);
    {
      const FileLock training = lock_run(path);
      QVERIFY(is_run_locked(path));
      QVERIFY_EXCEPTION_THROWN(lock_run(path), Error);
      QVERIFY_EXCEPTION_THROWN(delete_run(path), Error);
    }
    QVERIFY(!is_run_locked(path));
    {
      const auto evaluating = keep_checkpoint(path / "checkpoint-20");
      QVERIFY(evaluating.has_value());
      QVERIFY_EXCEPTION_THROWN(delete_run(path), Error);
    }
    QVERIFY(fs::exists(path / "checkpoint-40" / "adapter_model.safetensors"));
    fs::create_directories(path.parent_path() / ".deleting-v1");
    delete_run(path);
    QVERIFY(fs::is_empty(path.parent_path()));
    QVERIFY_EXCEPTION_THROWN(delete_run(path), Error);
    QVERIFY(!keep_checkpoint(path / "checkpoint-20"));
  }

  void pruningSparesTheChosenTheBestAndWhatIsInUse_data() {
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("best");
    QTest::addColumn<int>("chosen");
    QTest::addColumn<int>("used");
    QTest::addColumn<QString>("left");
    QTest::newRow("one, the best is the last") << 1 << 50 << 0 << 0 << "50";
    QTest::newRow("one, the best is earlier") << 1 << 20 << 0 << 0 << "20 50";
    QTest::newRow("one, no best yet") << 1 << 0 << 0 << 0 << "50";
    QTest::newRow("two, the best is the last") << 2 << 50 << 0 << 0 << "40 50";
    QTest::newRow("two, the best is earlier") << 2 << 10 << 0 << 0 << "10 50";
    QTest::newRow("three") << 3 << 10 << 0 << 0 << "10 40 50";
    QTest::newRow("a chosen one stays besides") << 1 << 50 << 30 << 0 << "30 50";
    QTest::newRow("one in use stays besides") << 1 << 20 << 0 << 40 << "20 40 50";
    QTest::newRow("all") << 0 << 20 << 0 << 0 << "10 20 30 40 50";
    QTest::newRow("all, as swift says it") << -1 << 20 << 0 << 0 << "10 20 30 40 50";
  }
  void pruningSparesTheChosenTheBestAndWhatIsInUse() {
    QFETCH(int, limit);
    QFETCH(int, best);
    QFETCH(int, chosen);
    QFETCH(int, used);
    QFETCH(QString, left);
    QTemporaryDir folder;
    const fs::path run = fs::path(folder.path().toStdString());
    for (int step = 10; step <= 50; step += 10) {
      fs::create_directories(checkpoint_dir(run, step));
      for (const char* name : {"adapter_config.json", "adapter_model.safetensors", "trainer_state.json"})
        write_file_atomic(checkpoint_dir(run, step) / name, "{}");
    }
    if (chosen > 0) choose_checkpoint(run, chosen);
    const auto kept = keep_checkpoint(checkpoint_dir(run, used));
    QCOMPARE(kept.has_value(), used > 0);
    rotate_checkpoints(run, best, limit);
    QStringList steps;
    for (const std::int64_t step : checkpoints_of(run)) steps << QString::number(step);
    QCOMPARE(steps.join(' '), left);
  }

  void aTableOfRunsNamesTheSettingsThatDiffer() {
    QTemporaryDir first, second;
    TrainOptions a, b;
    a.dataset = {"data/train-1.jsonl"};
    b.dataset = {"data/train-2.jsonl"};
    a.output_dir = "here";
    b.output_dir = "there";
    b.lora_rank = 16;
    const std::vector<RunRecord> runs{read_run(makeRun(first, a)), read_run(makeRun(second, b))};
    const std::vector<SettingColumn> wanted{{"dataset", {"[\"train-1.jsonl\"]", "[\"train-2.jsonl\"]"}},
                                            {"lora_rank", {"8", "16"}}};
    QCOMPARE(differing_settings(runs), wanted);
    QVERIFY(differing_settings({runs[0]}).empty());
    QVERIFY(differing_settings({}).empty());
    QCOMPARE(runs[0].step_in_use, std::int64_t{20});
    QCOMPARE(runs[0].seconds, 3671.0);
  }

  void theScoreOfARunIsItsReports() {
    QTemporaryDir folder;
    const fs::path path = makeRun(folder);
    EvaluateReport report;
    report.after.present = true;
    report.after.exact = {41, 60, 0.5, 0.8};
    report.details.resize(60);
    write_report(path / "report.json", report);
    QCOMPARE(read_run(path).report_rows, std::int64_t{60});
    QCOMPARE(read_run(path).report_right, std::int64_t{41});
    write_file_atomic(path / "report.json", "{}");
    QVERIFY(read_run(path).problem.find("report") != std::string::npos);
  }

  void whereEvalLossOnlyWaversTheNewestIsUsed() {
    QTemporaryDir folder, scored;
    const RunRecord run = read_run(makeRun(folder, {}, 0.0001));
    QCOMPARE(run.best_step, std::int64_t{20});
    QCOMPARE(checkpoint_in_use(run).filename().string(), std::string("checkpoint-40"));
    TrainOptions by_rows;
    by_rows.best_metric = BestMetric::exact_rows;  // whoever says what best means gets it
    QCOMPARE(checkpoint_in_use(read_run(makeRun(scored, by_rows, 0.0001))).filename().string(),
             std::string("checkpoint-20"));
  }

  void aRemedyChangesExactlyItsSetting_data() {
    QTest::addColumn<int>("remedy");
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("then");
    QTest::newRow("more epochs") << int(Remedy::more_epochs) << "num_train_epochs"
                                 << "8.0";
    QTest::newRow("fewer epochs") << int(Remedy::fewer_epochs) << "num_train_epochs"
                                  << "2.0";
    QTest::newRow("higher rank") << int(Remedy::higher_rank) << "lora_rank"
                                 << "16";
    QTest::newRow("lower rank") << int(Remedy::lower_rank) << "lora_rank"
                                << "4";
    QTest::newRow("lower rate") << int(Remedy::lower_learning_rate) << "learning_rate"
                                << "6.7e-05";
    QTest::newRow("higher rate") << int(Remedy::higher_learning_rate) << "learning_rate"
                                 << "0.0006";
  }
  void aRemedyChangesExactlyItsSetting() {
    QFETCH(int, remedy);
    QFETCH(QString, setting);
    QFETCH(QString, then);
    QTemporaryDir folder;
    TrainOptions options;
    options.num_train_epochs = 4;
    options.learning_rate = 2e-4;
    const RunRecord run = read_run(makeRun(folder, options));
    const auto remedied = remedied_options(run, static_cast<Remedy>(remedy));
    QVERIFY(remedied.has_value());
    const auto differences = setting_differences(run.options, *remedied);
    QCOMPARE(differences.size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(differences[0].name), setting);
    QCOMPARE(QString::fromStdString(differences[0].there), then);
    QVERIFY(!remedied->resume_from_checkpoint);
  }

  void whereNothingCanBeChangedNoRemedyIsOffered() {
    QTemporaryDir folder;
    TrainOptions options;
    options.lora_rank = 1;
    const RunRecord run = read_run(makeRun(folder, options));
    QVERIFY(!remedied_options(run, Remedy::lower_rank));
    QVERIFY(!remedied_options(run, Remedy::none));
    QVERIFY(!remedied_options(run, Remedy::restore_best));
  }

  void continuingStretchesTheSchedule() {
    QTemporaryDir folder;
    TrainOptions options;
    options.num_train_epochs = 4;
    options.per_device_train_batch_size = 10;
    options.gradient_accumulation_steps = 1;
    const RunRecord run = read_run(makeRun(folder, options));
    const auto more = continued(run, 2.0);
    QVERIFY(more.has_value());
    QCOMPARE(more->what.from_step, 40);
    QCOMPARE(more->what.to_step, 60);
    QCOMPARE(more->options.num_train_epochs, 6.0);
    QCOMPARE(more->options.resume_from_checkpoint->filename().string(), std::string("checkpoint-40"));
    // cosine over 60 steps at step 40: 1e-4 * (1 + cos(2 pi / 3)) / 2 = 2.5e-5, up from nearly 0
    QVERIFY(std::abs(more->what.rate_after - 2.5e-5) < 1e-9);
    QVERIFY(more->what.rate_before < 1e-6);
    fs::remove(run.folder / "checkpoint-40" / "optimizer.safetensors");
    QCOMPARE(continued(run, 2.0)->options.resume_from_checkpoint->filename().string(), std::string("checkpoint-20"));
  }
};

QTEST_APPLESS_MAIN(TestRunRecord)
#include "tst_run_record.moc"
