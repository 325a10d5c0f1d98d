// Train and Evaluate end to end: page, session and engine on a tiny model. Remedies are judged by their effect on disk.
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <future>
#include <utility>

#include "app/window/activity.h"
#include "app/window/engine_thread.h"
#include "app/window/evaluate_stage.h"
#include "app/window/job_thread.h"
#include "app/window/notifier.h"
#include "app/window/status_panel.h"
#include "app/window/train_stage.h"
#include "app/window/try_session.h"
#include "app/window/window_settings.h"
#include "app/window/workspace.h"
#include "core/evaluate/report_file.h"
#include "core/io/file.h"
#include "core/project/project.h"
#include "core/train/checkpoint_state.h"
#include "core/train/remedies.h"
#include "core/train/run_record.h"
#include "core/train/run_upkeep.h"
#include "core/types/error.h"
#include "widgets/charts/run_curves_model.h"
#include "widgets/common/card.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/run_selector.h"
#include "widgets/evaluate/evaluate_page.h"
#include "widgets/train/earlier_runs_model.h"
#include "widgets/train/train_page.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

constexpr int kPatience = 120000;  // a loaded machine is no failure

/// A project of forty rows for the golden tiny model, and the window's parts around it.
struct Bench {
  QTemporaryDir folder;
  EngineThread engine;
  JobThread files;
  Workspace workspace{files};
  Activity activity;
  WindowSettings settings{folder.filePath(QStringLiteral("settings.ini"))};
  WindowContext context{engine, files, workspace, activity, settings};

  explicit Bench(bool split = true) {
    ProjectSettings wish;
    wish.task.name = "numbers";
    wish.task.fields = {{"n", FieldKind::number, "", false}};
    wish.task.concise_prompt = "take the number";
    wish.task.detailed_prompt = "take the number and the road";
    wish.student = fs::path(MINNOW_GOLDEN_DIR) / "tiny-qwen3";
    wish.recipe = "custom";
    wish.options.torch_dtype = "float32";
    wish.options.num_train_epochs = 4;
    wish.options.per_device_train_batch_size = 4;
    wish.options.gradient_accumulation_steps = 1;
    wish.options.learning_rate = 1e-3;
    wish.options.score_rows = 2;
    wish.options.save_total_limit = 0;
    const fs::path where = fs::path(folder.path().toStdString()) / "project";
    {
      const auto project = Project::create(where, wish);
      std::vector<Row> rows;
      for (int i = 0; i < 40; ++i) {
        const std::string n = std::to_string(i * 37 % 101);
        Row row;
        row.id = "r" + std::to_string(i);
        row.input = "road " + n;
        row.label = "{\"n\": \"" + n + "\"}";
        row.state = RowState::labelled;
        row.split = !split ? Split::none : i < 28 ? Split::train : i < 36 ? Split::validation : Split::test;
        rows.push_back(row);
      }
      project->add_rows(std::move(rows));
    }
    QSignalSpy opened(&workspace, &Workspace::opened);
    workspace.open(QString::fromStdString(where.string()));
    if (!opened.wait(kPatience)) qFatal("the project didn't open");
  }
};

template <typename T>
T* child(QWidget* page, const char* name) {
  T* found = page->findChild<T*>(QLatin1String(name));
  if (found == nullptr) qFatal("no %s", name);
  return found;
}

TrainPage* pageOf(TrainStage& stage) { return static_cast<TrainPage*>(stage.page()); }

/// Clicks Train and waits for the end.
RunRecord trainOnce(TrainStage& stage) {
  QSignalSpy finished(&stage.session(), &TrainSession::finished);
  Q_EMIT pageOf(stage)->trainRequested(pageOf(stage)->options());
  if (finished.isEmpty() && !finished.wait(kPatience)) qFatal("the run didn't finish");
  return finished[0][1].value<RunRecord>();
}

/// Something else that computes for as long as the test wants.
class Occupied final : public Session {
 public:
  explicit Occupied(WindowContext& context) : Session(context) {}
  ~Occupied() override {
    release();
    stopAndWait();
  }
  void run() {
    start(
        Where::engine, [] { return QStringLiteral("Long work"); },
        [free = m_free.get_future().share()](std::stop_token) { free.wait(); }, {});
  }
  void release() {
    if (!std::exchange(m_released, true)) m_free.set_value();
  }

 private:
  std::promise<void> m_free;
  bool m_released = false;
};

/// Waits until the stage has read the runs again and shows `count` of them.
void waitForRuns(TrainStage& stage, int count) {
  QTRY_COMPARE_WITH_TIMEOUT(pageOf(stage)->runs()->rowCount(), count, kPatience);
}

}  // namespace

class TestTrainStage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRunFromTheClickToTheVerdict() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    QVERIFY(page->reason().isEmpty());
    QSignalSpy events(&stage.session(), &TrainSession::stepDone);
    QSignalSpy progress(&stage.session(), &TrainSession::progressMade);
    QSignalSpy finished(&stage.session(), &TrainSession::finished);
    QSignalSpy failed(&stage.session(), &Session::failed);
    child<QPushButton>(page.get(), "primaryButton")->click();
    QVERIFY(stage.isBusy());
    QCOMPARE(stage.mark(), StageMark::running);
    QVERIFY(bench.activity.entries().size() == 1);
    QVERIFY(finished.wait(kPatience));
    QCOMPARE(failed.count(), 0);
    QVERIFY(!stage.isBusy());
    QVERIFY(bench.activity.isEmpty());
    const RunRecord run = finished[0][1].value<RunRecord>();
    QCOMPARE(run.max_steps, 28);
    QCOMPARE(events.count(), 28);
    QVERIFY(progress.count() >= 28);
    QCOMPARE(progress.last()[2].toDouble(), 1.0);
    // What was drawn live is what the folder tells.
    RunCurvesModel opened;
    opened.setRun(read_run(run.folder));
    QCOMPARE(pageOf(stage)->curves()->rowCount(), opened.rowCount());
    QVERIFY(fs::exists(run.folder / "images" / "train_loss.png") || !fs::exists(run.folder / "images"));
    QCOMPARE(child<QPushButton>(page.get(), "primaryButton")->text(), QStringLiteral("Evaluate"));
    QSignalSpy next(&stage, &Stage::goTo);
    child<QPushButton>(page.get(), "primaryButton")->click();
    QCOMPARE(next[0][0].value<StageId>(), StageId::evaluate);
  }

  void theForecastAnswersBeforeTheStart() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    auto* label = child<QLabel>(page.get(), "forecastLabel");
    QTRY_VERIFY_WITH_TIMEOUT(label->text().contains(QLatin1String("28, 4 rows each")), kPatience);
  }

  void aProjectWithoutTestRowsIsWarnedBeforeItTrains() {
    for (const bool split : {true, false}) {
      Bench bench(split);
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      page->show();
      auto* label = child<QLabel>(page.get(), "forecastLabel");
      QTRY_VERIFY_WITH_TIMEOUT(label->text().contains(QLatin1String("rows each")), kPatience);
      QCOMPARE(label->text().contains(QLatin1String("No row is kept for testing")), !split);
    }
  }

  void theForecastWaitsForTheFilesThread() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    std::promise<void> read;
    JobHandle reading = bench.files.run([&](std::stop_token) { read.get_future().wait(); });
    page->show();
    auto* label = child<QLabel>(page.get(), "forecastLabel");
    QTest::qWait(1500);
    QVERIFY(!label->text().contains(QLatin1String("28, 4 rows each")));
    read.set_value();
    QTRY_VERIFY_WITH_TIMEOUT(label->text().contains(QLatin1String("28, 4 rows each")), kPatience);
  }

  void theRateIsThatOfWhatWasDoneSinceTheStart() {
    Activity activity;
    const int id = activity.begin([] { return QStringLiteral("Training"); }, {});
    activity.startHere(id);
    activity.advance(id, {"training", "steps", 1000, 2000});  // resumed there
    QTest::qWait(600);
    activity.advance(id, {"training", "steps", 1001, 2000});
    QVERIFY(activity.entries()[0].perSecond < 2.0);
    QVERIFY(activity.entries()[0].perSecond > 0.0);
    activity.setPaused(id, true);
    activity.setPaused(id, false);
    activity.advance(id, {"training", "steps", 1001, 2000});
    QCOMPARE(activity.entries()[0].perSecond, 0.0);  // not known yet
  }

  void theRateOfAnswersInABatchCountsFromTheStart() {
    Activity activity;
    const int id = activity.begin([] { return QStringLiteral("Evaluating"); }, {});
    QTest::qWait(700);  // the first batch is being answered
    for (const int rows : {1, 16, 32}) activity.advance(id, {"evaluating", "rows", rows, 64});
    QVERIFY2(activity.entries()[0].perSecond < 50.0, qPrintable(QString::number(activity.entries()[0].perSecond)));
    QVERIFY(activity.entries()[0].perSecond > 5.0);
    // Another part counts from the end of the one before.
    QTest::qWait(700);
    activity.advance(id, {"testing", "rows", 8, 8});
    QVERIFY(activity.entries()[0].perSecond < 13.0);
  }

  void aRunThatNobodyHasEvaluatedLeadsOn() {
    Bench bench;
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      trainOnce(stage);
    }
    TrainStage later(bench.context);
    std::unique_ptr<StagePage> page(later.page());
    page->show();
    QTRY_COMPARE_WITH_TIMEOUT(child<QPushButton>(page.get(), "primaryButton")->text(), QStringLiteral("Evaluate"),
                              kPatience);
    QVERIFY(child<QPushButton>(page.get(), "trainAgainButton")->isVisible());
  }

  void aWaitingJobSaysSoIsCancelledAtOnceAndHidesNothing() {
    Bench bench;
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      trainOnce(stage);
    }
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace.currentRun() != nullptr, kPatience);
    TrainStage train(bench.context);
    EvaluateStage evaluate(bench.context);
    std::unique_ptr<StagePage> trainPage(train.page()), page(evaluate.page());
    page->show();
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<EvaluatePage*>(evaluate.page())->rowSource(), QStringLiteral("test"),
                              kPatience);
    StatusPanel bar(bench.activity);
    bar.show();
    QTRY_VERIFY(bench.engine.isIdle());
    Occupied other(bench.context);
    other.run();
    QTRY_VERIFY(!other.isWaiting());
    bench.activity.advance(bench.activity.front()->id, {"", "rows", 3, 10});
    child<QPushButton>(page.get(), "primaryButton")->click();
    Q_EMIT pageOf(train)->trainRequested(pageOf(train)->options());
    QVERIFY(evaluate.session().isWaiting() && train.session().isWaiting());
    QCOMPARE(child<QLabel>(page.get(), "evaluateProgressLabel")->text(), QStringLiteral("Waiting for its turn…"));
    QCOMPARE(child<QLabel>(trainPage.get(), "progressLabel")->text(), QStringLiteral("Waiting for its turn…"));
    QVERIFY(page->messageBar()->message().title.startsWith(QStringLiteral("Long work is still running")));
    QTRY_VERIFY(child<QLabel>(&bar, "activityLabel")->text().startsWith(QStringLiteral("Long work: 3 of 10")));
    auto* waiting = child<QPushButton>(&bar, "waitingJobsButton");
    QCOMPARE(waiting->text(), QStringLiteral("2 waiting"));
    QCOMPARE(waiting->menu()->actions().size(), 2);
    // From the page, and from the status bar.
    child<QPushButton>(page.get(), "cancelEvaluateButton")->click();
    QVERIFY(!evaluate.isBusy());
    QVERIFY(page->messageBar()->message().isEmpty());
    QTRY_COMPARE(waiting->menu()->actions().size(), 1);
    waiting->menu()->actions()[0]->trigger();
    QVERIFY(!train.isBusy());
    QVERIFY(trainPage->messageBar()->message().isEmpty());
    QTRY_VERIFY(!waiting->isVisible());
    QVERIFY(other.isRunning());
    other.release();
    QTRY_VERIFY(bench.activity.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(pageOf(train)->state(), RunState::ended, kPatience);  // the run there was, as before
    QCOMPARE(pageOf(train)->curves()->steps().size(), std::size_t{28});
    QVERIFY(!static_cast<EvaluatePage*>(evaluate.page())->hasReport());
  }

  void theStatusBarSaysThatAStoppedRunIsKept() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    StatusPanel bar(bench.activity);
    bar.show();
    TrainOptions options = pageOf(stage)->options();
    options.num_train_epochs = 200;
    QSignalSpy steps(&stage.session(), &TrainSession::stepDone);
    QSignalSpy finished(&stage.session(), &TrainSession::finished);
    Q_EMIT pageOf(stage)->trainRequested(options);
    QTRY_VERIFY_WITH_TIMEOUT(steps.count() >= 3, kPatience);
    auto* cancel = child<QPushButton>(&bar, "activityCancelButton");
    QTRY_COMPARE(cancel->text(), QStringLiteral("Stop and keep"));
    cancel->click();
    QCOMPARE(pageOf(stage)->state(), RunState::stopping);
    QVERIFY(finished.count() == 1 || finished.wait(kPatience));
    QVERIFY(!finished[0][1].value<RunRecord>().checkpoints.empty());
    // What was kept is there to be judged: that is where the page leads.
    QCOMPARE(child<QPushButton>(page.get(), "primaryButton")->text(), QStringLiteral("Evaluate"));
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>(page.get(), "resumeRunButton")->isVisible(), kPatience);
  }

  void theForecastIsNeverThatOfOtherSettings() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    auto* label = child<QLabel>(page.get(), "forecastLabel");
    QTRY_VERIFY_WITH_TIMEOUT(label->text().contains(QLatin1String("28, 4 rows each")), kPatience);
    const int height = child<QWidget>(page.get(), "forecastCard")->sizeHint().height();
    // From the change on the old figures are gone; the form doesn't move.
    TrainOptions options = pageOf(stage)->options();
    options.per_device_train_batch_size = 2;
    pageOf(stage)->setOptions(QStringLiteral("Custom"), options);
    Q_EMIT pageOf(stage)->optionsEdited(QStringLiteral("Custom"), options);
    QVERIFY(!label->text().contains(QLatin1String("28, 4 rows each")));
    QCOMPARE(child<QWidget>(page.get(), "forecastCard")->sizeHint().height(), height);
    QTRY_VERIFY_WITH_TIMEOUT(label->text().contains(QLatin1String("56, 2 rows each")), kPatience);
    // After a run it is worked out again, not left as pending for ever.
    trainOnce(stage);
    QTRY_VERIFY_WITH_TIMEOUT(label->text().contains(QLatin1String("56, 2 rows each")), kPatience);
    // Behind other work it says what it waits for.
    Occupied other(bench.context);
    other.run();
    bench.workspace.rowsEdited();
    auto* heading = static_cast<Card*>(child<QWidget>(page.get(), "forecastCard"))->heading();
    QTRY_COMPARE(heading->text(), QStringLiteral("This run – after: Long work"));
    other.release();
    QTRY_VERIFY_WITH_TIMEOUT(label->text().contains(QLatin1String("56, 2 rows each")), kPatience);
  }

  void aLongJobThatEndsBehindTheWindowIsTold() {
    Activity activity;
    bool front = false;
    QStringList told;
    const Notifier notifier(
        activity, [&front] { return front; }, [] { return QStringLiteral("tickets"); },
        [&told](const QString& title, const QString& text) { told += title + QLatin1Char('|') + text; }, 0.2);
    const auto job = [&](int ms, Activity::End how) {
      const int id = activity.begin([] { return QStringLiteral("Training"); }, {});
      QTest::qWait(ms);
      activity.end(id, how);
    };
    job(0, Activity::End::done);  // short
    QVERIFY(told.isEmpty());
    job(250, Activity::End::done);
    QCOMPARE(told, QStringList{QStringLiteral("Training: done|tickets")});
    job(250, Activity::End::failed);
    QCOMPARE(told.last(), QStringLiteral("Training: ended with an error|tickets"));
    job(250, Activity::End::cancelled);
    front = true;
    job(250, Activity::End::done);
    QCOMPARE(told.size(), 2);
    Notifier::sendToDesktop(QStringLiteral("a"), QStringLiteral("b"));  // without a bus: silent, at once
  }

  void aProblemInTheRowsIsSaidBesideTheSettings() {
    Bench bench;
    Row twin = *bench.workspace.project()->find("r0");
    twin.id = "twin";
    twin.split = Split::validation;  // stands in train already
    bench.workspace.project()->add_rows({twin});
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    QSignalSpy failed(&stage.session(), &Session::failed);
    Q_EMIT pageOf(stage)->trainRequested(pageOf(stage)->options());
    QVERIFY(failed.wait(kPatience));
    QVERIFY(!page->messageBar()->message().title.isEmpty());
    QVERIFY(!stage.isBusy());
  }

  void aRunThatFailsBeforeItsFirstStepLeavesTheEarlierOneInView() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    QSignalSpy finished(&stage.session(), &TrainSession::finished);
    QSignalSpy failed(&stage.session(), &Session::failed);
    Q_EMIT pageOf(stage)->trainRequested(pageOf(stage)->options());
    QVERIFY(finished.wait(kPatience));
    QTRY_COMPARE_WITH_TIMEOUT(pageOf(stage)->runs()->rowCount(), 1, kPatience);
    TrainOptions options = pageOf(stage)->options();
    options.num_train_epochs = 3;
    options.max_length = 1;  // no row is that short
    Q_EMIT pageOf(stage)->trainRequested(options);
    QCOMPARE(pageOf(stage)->curves()->steps().size(), std::size_t{0});
    QVERIFY(failed.wait(kPatience));
    QTRY_COMPARE_WITH_TIMEOUT(pageOf(stage)->curves()->steps().size(), std::size_t{28}, kPatience);
    QCOMPARE(pageOf(stage)->state(), RunState::ended);
    QVERIFY(!page->messageBar()->message().title.isEmpty());
  }

  void pausingHoldsTheRunAndStoppingKeepsItForLater() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    TrainOptions options = pageOf(stage)->options();
    options.num_train_epochs = 200;
    QSignalSpy steps(&stage.session(), &TrainSession::stepDone);
    QSignalSpy finished(&stage.session(), &TrainSession::finished);
    Q_EMIT pageOf(stage)->trainRequested(options);
    QTRY_VERIFY_WITH_TIMEOUT(steps.count() >= 3, kPatience);
    child<QPushButton>(page.get(), "pauseButton")->click();
    QTRY_VERIFY(stage.session().isPaused());
    QTest::qWait(300);  // a step under way ends
    const int held = steps.count();
    QTest::qWait(400);
    QCOMPARE(steps.count(), held);
    // Others are served while it waits.
    bool served = false;
    bench.engine.request([&served](std::stop_token) { served = true; }).wait();
    QVERIFY(served);
    child<QPushButton>(page.get(), "pauseButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(steps.count() > held, kPatience);
    child<QPushButton>(page.get(), "stopButton")->click();
    QVERIFY(finished.wait(kPatience));
    const RunRecord stopped = finished[0][1].value<RunRecord>();
    QVERIFY(stopped.last_step() < stopped.max_steps);
    QVERIFY(!stopped.checkpoints.empty());
    auto* resume = child<QPushButton>(page.get(), "resumeRunButton");
    QTRY_VERIFY_WITH_TIMEOUT(resume->isVisible(), kPatience);
    finished.clear();
    steps.clear();
    resume->click();
    QTRY_VERIFY_WITH_TIMEOUT(steps.count() >= 1, kPatience);
    QCOMPARE(steps[0][0].value<StepDone>().step, stopped.last_step() + 1);
    stage.session().stopRun();
    QVERIFY(finished.count() == 1 || finished.wait(kPatience));
    QCOMPARE(finished[0][1].value<RunRecord>().folder, stopped.folder);
  }

  void restoringTheBestStepUsesItsVeryWeights() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    const RunRecord run = trainOnce(stage);
    QVERIFY(run.best_step > 0 && run.checkpoints.size() > 1);
    const std::int64_t other =
        run.checkpoints.front() == run.best_step ? run.checkpoints.back() : run.checkpoints.front();
    choose_checkpoint(run.folder, other);
    bench.workspace.refreshRuns();
    auto inUse = [&] { return fs::path(bench.workspace.adapter().toStdString()); };
    QTRY_COMPARE_WITH_TIMEOUT(inUse().filename().string(), "checkpoint-" + std::to_string(other), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(page->findChild<QPushButton*>(QStringLiteral("remedy_restore_bestButton")) != nullptr,
                             kPatience);
    child<QPushButton>(page.get(), "remedy_restore_bestButton")->click();
    const fs::path best = run.folder / ("checkpoint-" + std::to_string(run.best_step));
    QTRY_COMPARE_WITH_TIMEOUT(inUse(), best, kPatience);
    QCOMPARE(sha256_file(inUse() / "adapter_model.safetensors"), sha256_file(best / "adapter_model.safetensors"));
    QVERIFY(sha256_file(best / "adapter_model.safetensors") !=
            sha256_file(run.folder / ("checkpoint-" + std::to_string(other)) / "adapter_model.safetensors"));
  }

  void whatEvaluateUsesIsChosenThere() {
    Bench bench;
    RunRecord run;
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      run = trainOnce(stage);
    }
    QVERIFY(run.checkpoints.size() > 1);
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace.currentRun() != nullptr, kPatience);
    EvaluateStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    auto* selector = child<RunSelector>(page.get(), "runSelector");
    QCOMPARE(selector->count(), static_cast<int>(run.checkpoints.size()));
    const qint64 other = selector->step() == run.checkpoints.front() ? run.checkpoints.back() : run.checkpoints.front();
    Q_EMIT selector->chosen(QString::fromStdString(run.name), other);
    const std::string folder = "checkpoint-" + std::to_string(other);
    QTRY_COMPARE_WITH_TIMEOUT(fs::path(bench.workspace.adapter().toStdString()).filename().string(), folder, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(selector->step(), other, kPatience);
    QCOMPARE(checkpoint_in_use(read_run(run.folder)).filename().string(), folder);  // for the next start too
  }

  void aReportOfAnotherCheckpointSaysSo() {
    Bench bench;
    RunRecord run;
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      run = trainOnce(stage);
    }
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace.currentRun() != nullptr, kPatience);
    EvaluateStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<EvaluatePage*>(stage.page())->rowSource(), QStringLiteral("test"), kPatience);
    QSignalSpy ready(&stage.session(), &EvaluateSession::reportReady);
    child<QPushButton>(page.get(), "primaryButton")->click();
    QVERIFY(ready.wait(kPatience));
    QVERIFY(page->messageBar()->message().isEmpty());
    auto* selector = child<RunSelector>(page.get(), "runSelector");
    const qint64 judged = selector->step();
    const qint64 other = judged == run.checkpoints.front() ? run.checkpoints.back() : run.checkpoints.front();
    const QString name = QString::fromStdString(run.name);
    Q_EMIT selector->chosen(name, other);
    QTRY_VERIFY_WITH_TIMEOUT(
        page->messageBar()->message().title.startsWith(QStringLiteral("This report is of step %1;").arg(judged)),
        kPatience);
    QCOMPARE(child<QPushButton>(page.get(), "primaryButton")->text(), QStringLiteral("Evaluate"));
    Q_EMIT selector->chosen(name, judged);
    QTRY_VERIFY_WITH_TIMEOUT(page->messageBar()->message().isEmpty(), kPatience);
  }

  void anEvaluationThatWaitsKeepsItsCheckpoint() {
    Bench bench;
    RunRecord run;
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      run = trainOnce(stage);
    }
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace.currentRun() != nullptr, kPatience);
    EvaluateStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<EvaluatePage*>(stage.page())->rowSource(), QStringLiteral("test"), kPatience);
    choose_checkpoint(run.folder, run.checkpoints.front());
    bench.workspace.refreshRuns();
    const fs::path used = run.folder / ("checkpoint-" + std::to_string(run.checkpoints.front()));
    QTRY_COMPARE_WITH_TIMEOUT(fs::path(bench.workspace.adapter().toStdString()), used, kPatience);
    Occupied other(bench.context);
    other.run();
    child<QPushButton>(page.get(), "primaryButton")->click();
    choose_checkpoint(run.folder, run.checkpoints.back());  // no choice protects it any more
    rotate_checkpoints(run.folder, run.checkpoints.back(), 1);
    QVERIFY_EXCEPTION_THROWN(delete_run(run.folder), Error);
    QVERIFY(fs::exists(used));
    QSignalSpy ready(&stage.session(), &EvaluateSession::reportReady);
    other.release();
    QVERIFY(ready.wait(kPatience));
    QTRY_VERIFY(!stage.isBusy());
    delete_run(run.folder);  // afterwards nothing holds it
    QVERIFY(!fs::exists(run.folder));
  }

  void aRunIsNamedAndDeletedFromTheTable() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    const RunRecord first = trainOnce(stage);
    waitForRuns(stage, 1);
    auto* model = pageOf(stage)->runs();
    QVERIFY(model->setData(model->index(0, EarlierRunsModel::TitleColumn), QStringLiteral("First"), Qt::EditRole));
    QTRY_COMPARE_WITH_TIMEOUT(read_run_notes(first.folder).title, std::string("First"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(bench.workspace.runs().front().notes.title, std::string("First"), kPatience);
    Q_EMIT pageOf(stage)->deleteRequested(first);
    auto* question = child<QMessageBox>(page.get(), "deleteRunQuestion");
    QVERIFY(fs::exists(first.folder));
    child<QPushButton>(question, "deleteRunButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!fs::exists(first.folder), kPatience);
    waitForRuns(stage, 0);
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace.currentRun() == nullptr, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(pageOf(stage)->curves()->rowCount(), 0, kPatience);
  }

  void aRunThatIsTrainedElsewhereIsUnderWay() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    const RunRecord run = trainOnce(stage);
    waitForRuns(stage, 1);
    {
      const FileLock theirs = lock_run(run.folder);
      bench.workspace.refreshRuns();
      QTRY_VERIFY_WITH_TIMEOUT(
          child<QLabel>(page.get(), "progressLabel")->text().startsWith(QLatin1String("Under way in another Minnow")),
          kPatience);
      QCOMPARE(stage.mark(), StageMark::running);
    }
    // It is looked at again and again, until it is over.
    QTRY_VERIFY_WITH_TIMEOUT(!child<QLabel>(page.get(), "progressLabel")->isVisible(), kPatience);
    QVERIFY(stage.mark() != StageMark::running);
  }

  void aNewRunFromARemedyDiffersInExactlyThatSetting_data() {
    QTest::addColumn<int>("remedy");
    QTest::addColumn<QString>("setting");
    QTest::newRow("rank") << int(Remedy::higher_rank) << "lora_rank";
    QTest::newRow("epochs") << int(Remedy::fewer_epochs) << "num_train_epochs";
    QTest::newRow("learning rate") << int(Remedy::lower_learning_rate) << "learning_rate";
  }
  void aNewRunFromARemedyDiffersInExactlyThatSetting() {
    QFETCH(int, remedy);
    QFETCH(QString, setting);
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    const RunRecord first = trainOnce(stage);
    if (!remedied_options(first, static_cast<Remedy>(remedy))) QSKIP("the best step is in the last epoch of this run");
    QSignalSpy finished(&stage.session(), &TrainSession::finished);
    Q_EMIT pageOf(stage)->remedyChosen(static_cast<Remedy>(remedy));
    QVERIFY(finished.count() == 1 || finished.wait(kPatience));
    const RunRecord second = read_run(finished[0][1].value<RunRecord>().folder);
    QVERIFY(second.folder != first.folder);
    const auto differences = setting_differences(read_run(first.folder).options, second.options);
    QCOMPARE(differences.size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(differences[0].name), setting);
  }

  void continuingGoesOnInTheSameRun() {
    Bench bench;
    TrainStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    const RunRecord first = trainOnce(stage);
    QSignalSpy finished(&stage.session(), &TrainSession::finished);
    QSignalSpy steps(&stage.session(), &TrainSession::stepDone);
    Q_EMIT pageOf(stage)->continueChosen(2.0);
    QVERIFY(finished.count() == 1 || finished.wait(kPatience));
    const RunRecord second = finished[0][1].value<RunRecord>();
    QCOMPARE(second.folder, first.folder);
    QCOMPARE(second.max_steps, 42);
    QCOMPARE(second.options.num_train_epochs, 6.0);
    QCOMPARE(steps.count(), 14);
    // The schedule is that of six epochs: up again from the end of four.
    QVERIFY(steps[0][0].value<StepDone>().learning_rate > 10 * first.steps.back().learning_rate);
    QCOMPARE(second.steps.size(), std::size_t{42});
  }

  void openedLaterARunShowsTheSamePicture() {
    Bench bench;
    QByteArray live;
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      trainOnce(stage);
      live = pageOf(stage)->curves()->csv();
    }
    TrainStage again(bench.context);
    std::unique_ptr<StagePage> page(again.page());
    waitForRuns(again, 1);
    QTRY_COMPARE_WITH_TIMEOUT(pageOf(again)->curves()->csv(), live, kPatience);
  }

  void evaluatingWritesAReportThatOpensAgain() {
    Bench bench;
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      trainOnce(stage);
    }
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace.currentRun() != nullptr, kPatience);
    EvaluateStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    auto* evaluate = static_cast<EvaluatePage*>(stage.page());
    QTRY_COMPARE_WITH_TIMEOUT(evaluate->rowSource(), QStringLiteral("test"), kPatience);
    QVERIFY2(page->reason().isEmpty(), qPrintable(page->reason()));
    QSignalSpy ready(&stage.session(), &EvaluateSession::reportReady);
    child<QPushButton>(page.get(), "primaryButton")->click();
    QVERIFY(ready.wait(kPatience));
    const ShownReport shown = ready[0][0].value<ShownReport>();
    QCOMPARE(shown.report->details.size(), std::size_t{4});
    QVERIFY(shown.report->before.present && shown.report->after.present);
    QCOMPARE(shown.seen, std::int64_t{0});
    QCOMPARE(evaluate->rows()->rowCount(), 4);
    for (const char* name :
         {"report.json", "report.html", "predicted_labels.jsonl", "predicted_labels_without_sft.jsonl"})
      QVERIFY2(fs::exists(shown.path.parent_path() / name), name);
    QCOMPARE(read_report(shown.path).details.size(), std::size_t{4});
    EvaluateStage later(bench.context);
    std::unique_ptr<StagePage> laterPage(later.page());
    QTRY_VERIFY_WITH_TIMEOUT(static_cast<EvaluatePage*>(later.page())->hasReport(), kPatience);
    QCOMPARE(later.mark(), StageMark::done);
  }

  void tryIsAnsweredBesideAnEvaluation() {
    Bench bench;
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      trainOnce(stage);
    }
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace.currentRun() != nullptr, kPatience);
    EvaluateStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<EvaluatePage*>(stage.page())->rowSource(), QStringLiteral("test"), kPatience);
    QTRY_VERIFY(bench.engine.isIdle());
    QSignalSpy ready(&stage.session(), &EvaluateSession::reportReady);
    bench.engine.setPaused(true);  // it stands between two answers
    child<QPushButton>(page.get(), "primaryButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(stage.session().activity()->total > 0, kPatience);
    bool served = false;
    bench.engine.request([&](std::stop_token) { served = true; }).wait();
    QVERIFY(served);
    QCOMPARE(ready.count(), 0);
    bench.engine.setPaused(false);
    QVERIFY(ready.wait(kPatience));
  }

  void aReportThatCantBeWrittenIsShownAllTheSame() {
    Bench bench;
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      trainOnce(stage);
    }
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace.currentRun() != nullptr, kPatience);
    EvaluateStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    auto* evaluate = static_cast<EvaluatePage*>(stage.page());
    QTRY_COMPARE_WITH_TIMEOUT(evaluate->rowSource(), QStringLiteral("test"), kPatience);
    fs::create_directory(bench.workspace.currentRun()->folder / "report.json");  // no file can take its place
    QSignalSpy ready(&stage.session(), &EvaluateSession::reportReady);
    child<QPushButton>(page.get(), "primaryButton")->click();
    QVERIFY(ready.wait(kPatience));
    QVERIFY(ready[0][0].value<ShownReport>().path.empty());
    const auto problem = ready[0][2].value<UserMessage>();
    QVERIFY2(problem.next_step.contains(QLatin1String("report.json: isn't an ordinary file")),
             qPrintable(problem.title + problem.next_step));
    QVERIFY(!page->messageBar()->message().isEmpty());
    QCOMPARE(evaluate->rows()->rowCount(), 4);
  }

  void rowsThatWereLearnedFromAreNoTest() {
    Bench bench(false);
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      trainOnce(stage);
    }
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace.currentRun() != nullptr, kPatience);
    Project::SplitWish wish;
    wish.similarity = 1.0;  // "road 1" and "road 2" are no duplicates here
    bench.workspace.project()->split(wish);
    EvaluateStage stage(bench.context);
    std::unique_ptr<StagePage> page(stage.page());
    page->show();
    auto* evaluate = static_cast<EvaluatePage*>(stage.page());
    QTRY_COMPARE_WITH_TIMEOUT(evaluate->rowSource(), QStringLiteral("test"), kPatience);
    QSignalSpy ready(&stage.session(), &EvaluateSession::reportReady);
    child<QPushButton>(page.get(), "primaryButton")->click();
    QVERIFY(ready.wait(kPatience));
    const ShownReport shown = ready[0][0].value<ShownReport>();
    QVERIFY(!shown.rows.empty());
    QCOMPARE(shown.seen, static_cast<std::int64_t>(shown.rows.size()));
    QVERIFY(page->messageBar()->message().title.contains(QLatin1String("given to learn from")));
  }

  void aProjectThatIsOpenElsewhereIsOnlyRead() {
    Bench bench;
    {
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      trainOnce(stage);
    }
    QTRY_VERIFY_WITH_TIMEOUT(bench.workspace.currentRun() != nullptr, kPatience);
    const fs::path run = bench.workspace.currentRun()->folder;
    EngineThread engine;
    JobThread files;
    Workspace workspace(files);
    Activity activity;
    WindowContext second{engine, files, workspace, activity, bench.settings};
    TrainStage train(second);
    EvaluateStage evaluate(second);
    std::unique_ptr<StagePage> trainPage(train.page()), evaluatePage(evaluate.page());
    evaluatePage->show();
    workspace.open(bench.workspace.folder());
    waitForRuns(train, 1);
    QVERIFY(trainPage->reason().contains(QLatin1String("another Minnow")));
    // A run's remedies write in its folder.
    QVERIFY(!child<QPushButton>(trainPage.get(), "continueButton")->isVisibleTo(trainPage.get()));
    QSignalSpy started(&train.session(), &Session::started);
    Q_EMIT pageOf(train)->continueChosen(2.0);
    QCOMPARE(started.count(), 0);
    // Evaluating is reading; the report is for looking at.
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<EvaluatePage*>(evaluate.page())->rowSource(), QStringLiteral("test"),
                              kPatience);
    QSignalSpy ready(&evaluate.session(), &EvaluateSession::reportReady);
    child<QPushButton>(evaluatePage.get(), "primaryButton")->click();
    QVERIFY(ready.wait(kPatience));
    QVERIFY(ready[0][0].value<ShownReport>().path.empty());
    QVERIFY(evaluatePage->messageBar()->message().title.contains(QLatin1String("Save report")));
    QVERIFY(!fs::exists(run / "report.json"));
  }

  void askingInTryDuringARunChangesNoBitOfIt() {
    QStringList adapters;
    for (const bool asked : {false, true}) {
      Bench bench;
      TrainStage stage(bench.context);
      std::unique_ptr<StagePage> page(stage.page());
      TrySession trying(bench.context);
      TrainOptions options = pageOf(stage)->options();
      options.threads = 1;
      QSignalSpy steps(&stage.session(), &TrainSession::stepDone);
      QSignalSpy finished(&stage.session(), &TrainSession::finished);
      Q_EMIT pageOf(stage)->trainRequested(options);
      QTRY_VERIFY_WITH_TIMEOUT(steps.count() >= 2, kPatience);
      if (asked) {
        bench.engine.setPaused(true);  // so that the run doesn't end before
        QSignalSpy ended(&trying, &Session::ended);
        TrySession::ModelChoice choice;
        choice.student = QString::fromStdString(options.model.string());
        choice.task = bench.workspace.settings().task;
        choice.dtype = QStringLiteral("float32");
        choice.besideOthers = true;
        TryRequest request;
        request.inputs = {QStringLiteral("road 7")};
        request.before = true;
        request.after = false;
        request.maxNewTokens = 8;
        trying.ask(choice, request);
        QVERIFY(ended.wait(kPatience));
        QCOMPARE(finished.count(), 0);
        bench.engine.setPaused(false);
      }
      QVERIFY(finished.count() > 0 || finished.wait(kPatience));
      const RunRecord run = finished[0][1].value<RunRecord>();
      const fs::path last = run.folder / ("checkpoint-" + std::to_string(run.max_steps));
      adapters += QString::fromStdString(sha256_file(last / "adapter_model.safetensors"));
      QCOMPARE(adapters.last().size(), 64);
    }
    QCOMPARE(adapters.at(0), adapters.at(1));
  }

  void withoutAProjectBothPagesSayWhatIsMissing() {
    QTemporaryDir folder;
    EngineThread engine;
    JobThread files;
    Workspace workspace(files);
    Activity activity;
    WindowSettings settings(folder.filePath(QStringLiteral("s.ini")));
    WindowContext context{engine, files, workspace, activity, settings};
    TrainStage train(context);
    EvaluateStage evaluate(context);
    std::unique_ptr<StagePage> one(train.page()), two(evaluate.page());
    QVERIFY(!one->reason().isEmpty());
    QVERIFY(!two->reason().isEmpty());
    QVERIFY(!child<QPushButton>(one.get(), "primaryButton")->isEnabled());
  }
};

QTEST_MAIN(TestTrainStage)
#include "tst_train_stage.moc"
