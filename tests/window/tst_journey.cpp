// The whole way as a newcomer goes it, in the real window on the bundled model, offscreen: from Start to an exported
// model by the primary buttons alone; a run that is left and gone on with; what else works while it trains.
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "app/window/activity.h"
#include "app/window/evaluate_stage.h"
#include "app/window/train_stage.h"
#include "app/window/window_app.h"
#include "core/evaluate/report_file.h"
#include "core/io/data_dir.h"
#include "core/project/project.h"
#include "core/train/run_record.h"
#include "widgets/charts/run_curves_model.h"
#include "widgets/common/badge.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/stage_page.h"
#include "widgets/data/row_table_model.h"
#include "widgets/data/rows_view.h"
#include "widgets/evaluate/evaluate_page.h"
#include "widgets/train/train_page.h"
#include "widgets/try/try_page.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

constexpr int patience = 120000;  // ms; a loaded machine is slow, a finished step is not

}  // namespace

class TestJourney : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> m_home;
  std::unique_ptr<WindowApp> m_app;

  template <class T>
  T* child(StageId id, const char* name) {
    T* found = m_app->window().stage(id)->page()->findChild<T*>(QString::fromLatin1(name));
    if (found == nullptr) qFatal("no %s", name);
    return found;
  }
  template <class T>
  T* pageOf(StageId id) {
    return qobject_cast<T*>(m_app->window().stage(id)->page());
  }
  TrainSession& training() { return static_cast<TrainStage*>(m_app->window().stage(StageId::train))->session(); }
  const std::vector<StepDone>& steps() { return pageOf<TrainPage>(StageId::train)->curves()->steps(); }

  /// Whether the primary button of the stage that is shown can be pressed and says `text`.
  bool offers(StageId id, const char* text) {
    if (m_app->window().current() != id) return false;
    auto* button = child<QPushButton>(id, "primaryButton");
    return button->isVisible() && button->isEnabled() && button->text() == QLatin1String(text);
  }
  void press(StageId id) { QTest::mouseClick(child<QPushButton>(id, "primaryButton"), Qt::LeftButton); }
  void waitUntilIdle() { QTRY_VERIFY_WITH_TIMEOUT(m_app->isIdle(), patience); }

  void startApp(int trainRows) {
    m_app = std::make_unique<WindowApp>(*qApp, m_home->filePath(QStringLiteral("settings.ini")));
    DemoRowsOptions& rows = m_app->context().demo.rows;
    rows.train = trainRows;
    rows.validation = 12;
    rows.test = 8;
    rows.wild_test = 2;
    m_app->show();
  }
  /// Opens a demo project by the start page's button and starts to train it.
  void trainDemo(int rows) {
    startApp(rows);
    QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::start, "Open the demo project"), patience);
    press(StageId::start);
    QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::train, "Train"), patience);
    QCOMPARE(m_app->workspace().name(), QStringLiteral("Delivery addresses"));  // in the window's language
    press(StageId::train);
    QTRY_VERIFY_WITH_TIMEOUT(steps().size() >= 2, patience);
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(!data_file("demo").empty());
    m_home = std::make_unique<QTemporaryDir>();
  }
  void init() {
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("HOME", m_home->path().toUtf8());  // projects are made below it
    qputenv("XDG_CONFIG_HOME", m_home->path().toUtf8());
  }
  void cleanup() { m_app.reset(); }

  void theWholeWayByThePrimaryButtons() {
    startApp(64);
    QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::start, "Open the demo project"), patience);
    press(StageId::start);
    QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::train, "Train"), patience);
    QVERIFY(m_app->workspace().folder().startsWith(m_home->path()));
    QCOMPARE(m_app->workspace().rowCount(), 64 + 12 + 8 + 2);

    press(StageId::train);
    QVERIFY(m_app->window().stage(StageId::train)->isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::train, "Evaluate"), patience);
    QVERIFY(steps().size() >= 4);
    QVERIFY(!pageOf<TrainPage>(StageId::train)->curves()->evals().empty());
    QTRY_VERIFY_WITH_TIMEOUT(m_app->workspace().currentRun() != nullptr, patience);
    const fs::path run = m_app->workspace().currentRun()->folder;
    QCOMPARE(static_cast<std::int64_t>(steps().size()), read_run(run).max_steps);

    press(StageId::train);
    QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::evaluate, "Evaluate"), patience);
    press(StageId::evaluate);
    // Eight steps teach nothing: the page says so and leads back, and Try is open all the same.
    QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::evaluate, "Try it") || offers(StageId::evaluate, "Back to Train"), patience);
    QCOMPARE(pageOf<EvaluatePage>(StageId::evaluate)->rows()->rowCount(), 8);
    const EvaluateReport report = read_report(run / "report.json");
    QVERIFY(report.before.present && report.after.present);
    QCOMPARE(report.details.size(), std::size_t{8});
    QVERIFY(fs::exists(run / "report.html"));

    m_app->window().showStage(StageId::try_out);
    QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::try_out, "Ask"), patience);  // unseen rows are proposed
    QList<std::int64_t> done{0}, totals;                                  // both sides are one job for who waits
    const auto telling = connect(&m_app->activity(), &Activity::changed, this, [&] {
      if (m_app->activity().isEmpty() || m_app->activity().entries().constLast().total <= 0) return;
      done += m_app->activity().entries().constLast().done;
      totals += m_app->activity().entries().constLast().total;
    });
    child<QCheckBox>(StageId::try_out, "eachLineCheckBox")->setChecked(true);
    child<QPlainTextEdit>(StageId::try_out, "tryInputEdit")
        ->setPlainText(QStringLiteral("广州市天河区体育西路1号 张三 13800000000\n李四 13900000000 成都市武侯区科华北路2号"));
    press(StageId::try_out);
    TryResultsModel* answers = pageOf<TryPage>(StageId::try_out)->results();
    QTRY_COMPARE_WITH_TIMEOUT(answers->rowCount(), 2, patience);
    for (int row = 0; row < 2; ++row)  // the shorter answer is done first
      QTRY_VERIFY_WITH_TIMEOUT(answers->row(row).after.state == TryAnswer::State::done, patience);
    QVERIFY(answers->row(0).before.tokens > 0 && answers->row(0).after.tokens > 0);
    waitUntilIdle();
    disconnect(telling);
    QVERIFY(std::is_sorted(done.cbegin(), done.cend()));
    QCOMPARE(done.constLast(), std::int64_t{4});
    QCOMPARE(totals.count(4), totals.size());

    m_app->window().showStage(StageId::export_out);
    QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::export_out, "Export"), patience);
    press(StageId::export_out);
    // Eight steps make no model that is sure of its answers: whether rounding changed one isn't the question here.
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>(StageId::export_out, "exportAgreementFigure")->isVisible(), patience);
    const bool passed = child<Badge>(StageId::export_out, "exportVerdictBadge")->tone() == Tone::good;
    QCOMPARE(m_app->window().stage(StageId::export_out)->mark(), passed ? StageMark::done : StageMark::ready);
    const fs::path exports = fs::path(m_app->workspace().folder().toStdString()) / "exports";
    QVERIFY(fs::exists(exports / (run.filename().string() + "-merged") / "model.safetensors"));
    for (const StageId id : {StageId::train, StageId::evaluate})
      QCOMPARE(m_app->window().stage(id)->mark(), StageMark::done);
    for (int i = 0; i < stageCount; ++i) {
      const auto* bar = m_app->window().stage(static_cast<StageId>(i))->page()->messageBar();
      QVERIFY2(bar->message().isEmpty(), qPrintable(bar->message().title + bar->message().details));
    }
  }

  void closingDuringARunKeepsItAndTheNextStartOffersToResume() {
    trainDemo(1600);
    QVERIFY(!m_app->window().close());
    auto* question = m_app->window().findChild<QMessageBox*>(QStringLiteral("closeQuestion"));
    QVERIFY(question != nullptr);
    QVERIFY(question->text().contains(QStringLiteral("Training")));
    QTest::mouseClick(question->findChild<QPushButton*>(QStringLiteral("stopAndCloseButton")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!m_app->window().isVisible(), patience);
    const fs::path runs = m_app->workspace().project()->runs_folder();
    const qsizetype done = static_cast<qsizetype>(steps().size());
    m_app.reset();
    const auto kept = read_runs(runs);
    QCOMPARE(kept.size(), std::size_t{1});
    QCOMPARE(kept[0].checkpoints.back(), kept[0].last_step());
    QVERIFY(kept[0].last_step() >= done && kept[0].last_step() < kept[0].max_steps);
    resumesFromTheStartPage(kept[0]);
  }

  void aKilledRunIsOfferedAndGoesOnFromItsCheckpoint() {
    trainDemo(1600);
    const fs::path folder = m_app->workspace().folder().toStdString();
    const fs::path runs = m_app->workspace().project()->runs_folder();
    QTRY_VERIFY_WITH_TIMEOUT(!read_runs(runs).front().checkpoints.empty(), patience);
    const int checkpoint = static_cast<int>(read_runs(runs).front().checkpoints.back());
    QTRY_VERIFY_WITH_TIMEOUT(static_cast<int>(steps().size()) > checkpoint + 1, patience);
    // What a kill leaves is what lies on the disk at some moment.
    const fs::path killed = m_home->filePath(QStringLiteral("killed")).toStdString();
    fs::copy(folder, killed, fs::copy_options::recursive);
    training().stopRun();
    QTRY_VERIFY_WITH_TIMEOUT(!training().isRunning(), patience);
    waitUntilIdle();
    m_app->settings().addRecentProject(QString::fromStdString(killed.string()), {});
    m_app.reset();
    const auto left = read_runs(killed / "runs");
    QVERIFY(left.front().last_step() >= left.front().checkpoints.back());
    resumesFromTheStartPage(left.front());
  }

  void theRestOfTheWindowWorksWhileItTrains() {
    trainDemo(1600);
    // Rows are read and edited.
    m_app->window().showStage(StageId::data);
    RowTableModel* rows = m_app->window().stage(StageId::data)->page()->findChild<RowsView*>()->model();
    QTRY_VERIFY_WITH_TIMEOUT(rows->rowCount() > 1600 && rows->row(0) != nullptr, patience);
    const std::string id = rows->row(0)->id;
    int field = 0;
    while (rows->fieldOf(field) < 0) ++field;
    QVERIFY(rows->setData(rows->index(0, field), QStringLiteral("edited meanwhile")));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_app->workspace().project()->find(id)->label.find("edited meanwhile") != std::string::npos, patience);
    QVERIFY(training().isRunning());
    // Try answers between steps, and while the run is paused.
    m_app->window().showStage(StageId::try_out);
    TryResultsModel* answers = pageOf<TryPage>(StageId::try_out)->results();
    for (const bool paused : {false, true}) {
      training().setPaused(paused);
      child<QPlainTextEdit>(StageId::try_out, "tryInputEdit")->setPlainText(QStringLiteral("张三 13800000000"));
      QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::try_out, "Ask"), patience);
      press(StageId::try_out);
      QTRY_VERIFY_WITH_TIMEOUT(answers->rowCount() == 1 && answers->row(0).before.state == TryAnswer::State::done,
                               patience);
      QTRY_VERIFY_WITH_TIMEOUT(offers(StageId::try_out, "Ask"), patience);
      QVERIFY(training().isRunning() && training().isPaused() == paused);
    }
    training().stopRun();
    QTRY_VERIFY_WITH_TIMEOUT(!training().isRunning(), patience);
    waitUntilIdle();
    // The run was given its rows before the edit.
    const RunRecord run = read_runs(m_app->workspace().project()->runs_folder()).front();
    QFile trained(QString::fromStdString(run.options.dataset.front().string()));
    QVERIFY(trained.open(QIODevice::ReadOnly));
    QVERIFY(!trained.readAll().contains("edited meanwhile"));
  }

 private:
  /// A new window opens the last project, says that `run` stopped, and one click goes on with it.
  void resumesFromTheStartPage(const RunRecord& run) {
    startApp(1600);
    auto* resume = child<QPushButton>(StageId::start, "resumeRunButton");
    QTRY_VERIFY_WITH_TIMEOUT(resume->isVisible() && resume->isEnabled(), patience);
    QVERIFY(child<QLabel>(StageId::start, "unfinishedRunLabel")->text().contains(QString::fromStdString(run.name)));
    waitUntilIdle();
    QSignalSpy started(&training(), &TrainSession::runStarted);
    QTest::mouseClick(resume, Qt::LeftButton);
    QCOMPARE(m_app->window().current(), StageId::train);
    QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, patience);
    const auto begun = started[0][0].value<RunStarted>();
    QCOMPARE(begun.first_step, run.checkpoints.back() + 1);
    QCOMPARE(begun.run_dir.filename(), run.folder.filename());
    QTRY_VERIFY_WITH_TIMEOUT(!steps().empty() && steps().back().step > run.checkpoints.back() + 1, patience);
    // The curve has what came before, and no step twice.
    for (std::size_t i = 0; i < steps().size(); ++i) QCOMPARE(steps()[i].step, static_cast<std::int64_t>(i + 1));
    training().stopRun();
    QTRY_VERIFY_WITH_TIMEOUT(!training().isRunning(), patience);
    waitUntilIdle();
  }
};

QTEST_MAIN(TestJourney)
#include "tst_journey.moc"
