// The whole window, offscreen, on a small project and the bundled model: clicked through as a person would, with every
// call of the engine held to its threads.
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QAbstractItemView>
#include <QDir>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QFileInfo>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>
#include <atomic>
#include <future>

#include "app/window/error_text.h"
#include "app/window/machine_probe.h"
#include "app/window/session.h"
#include "app/window/stall_log.h"
#include "app/window/status_panel.h"
#include "app/window/window_app.h"
#include "core/demo/demo_project.h"
#include "core/io/data_dir.h"
#include "core/io/file.h"
#include "core/train/run_upkeep.h"
#include "core/project/project.h"
#include "core/train/inspect_model.h"
#include "core/types/error.h"
#include "tests/window/watched_calls.h"
#include "widgets/common/badge.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/number_text.h"
#include "widgets/common/stage_page.h"
#include "widgets/look/colors.h"
#include "widgets/look/look.h"
#include "widgets/start/start_page.h"
#include "widgets/try/answer_panel.h"
#include "widgets/try/try_page.h"

using namespace minnow;

namespace {

constexpr int patience = 120000;  // ms; a loaded machine is slow, a finished step is not

/// A long job that steps and pauses as training does.
class SteppingSession final : public Session {
 public:
  using Session::Session;
  ~SteppingSession() override { stopAndWait(); }
  std::atomic<int> steps = 0;
  bool done = false;
  void run() {
    auto* engine = &context().engine;
    start(
        Where::engine, [] { return QStringLiteral("Training"); },
        [this, engine](std::stop_token stop) {
          while (!stop.stop_requested()) {
            ++steps;
            engine->pausePoint(stop);
          }
        },
        [this] { done = true; });
  }
};

class FailingSession final : public Session {
 public:
  using Session::Session;
  void run() {
    start(Where::files, {},
          [](std::stop_token) { throw Error(ErrorKind::disk_full, "rows.jsonl: no space left", "rows.jsonl"); }, {});
  }
};

}  // namespace

class TestWindow : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> m_scratch;
  std::unique_ptr<WindowApp> m_app;
  QString m_project;

  QWidget* page(StageId id) { return m_app->window().stage(id)->page(); }
  template <class T>
  T* child(StageId id, const char* name) {
    return page(id)->findChild<T*>(QString::fromLatin1(name));
  }
  void waitUntilIdle() { QTRY_VERIFY_WITH_TIMEOUT(m_app->isIdle(), patience); }

  /// What a person sees or can set on a stage's page, a line each.
  static QStringList shownOn(QWidget* page) {
    QStringList lines;
    for (const QWidget* widget : page->findChildren<QWidget*>()) {
      QString what;
      if (const auto* edit = qobject_cast<const QLineEdit*>(widget)) what = edit->text();
      if (const auto* edit = qobject_cast<const QPlainTextEdit*>(widget)) what = edit->toPlainText();
      if (const auto* box = qobject_cast<const QComboBox*>(widget)) what = box->currentText();
      if (const auto* box = qobject_cast<const QAbstractSpinBox*>(widget)) what = box->text();
      if (const auto* slider = qobject_cast<const QSlider*>(widget)) what = QString::number(slider->value());
      if (const auto* tabs = qobject_cast<const QTabBar*>(widget)) what = QString::number(tabs->currentIndex());
      if (const auto* stack = qobject_cast<const QStackedWidget*>(widget)) what = QString::number(stack->currentIndex());
      if (const auto* table = qobject_cast<const QAbstractItemView*>(widget))
        what = table->model() ? QString::number(table->model()->rowCount()) : QString();
      if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        what = button->text() + (button->isChecked() ? QStringLiteral(" [x]") : QString());
      if (const auto* label = qobject_cast<const QLabel*>(widget)) what = label->text();
      const bool hidden = widget->isHidden(), off = !widget->isEnabled();
      lines += QStringLiteral("%1 %2 “%3”%4%5").arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                                                what, hidden ? QStringLiteral(" hidden") : QString(),
                                                off ? QStringLiteral(" off") : QString());
    }
    return lines;
  }
  /// Fills in, ticks, turns and opens whatever is on a page.
  static void fillIn(QWidget* page) {
    for (QWidget* widget : page->findChildren<QWidget*>()) {
      if (widget->objectName() == QLatin1String("languageComboBox") || !widget->isEnabled()) continue;
      if (auto* line = qobject_cast<QLineEdit*>(widget); line && !line->isReadOnly())
        line->setText(QStringLiteral("left over"));
      auto* edit = qobject_cast<QPlainTextEdit*>(widget);
      if (edit && !edit->isReadOnly() && edit->objectName() != QLatin1String("labelJsonEdit"))  // kept if it is JSON
        edit->setPlainText(QStringLiteral("left over"));
      if (auto* box = qobject_cast<QSpinBox*>(widget)) box->stepUp();
      if (auto* box = qobject_cast<QDoubleSpinBox*>(widget)) box->stepUp();
      if (auto* slider = qobject_cast<QSlider*>(widget)) slider->setValue(slider->maximum());
      if (auto* tabs = qobject_cast<QTabBar*>(widget)) tabs->setCurrentIndex(tabs->count() - 1);
      if (auto* box = qobject_cast<QCheckBox*>(widget)) box->toggle();
    }
    if (auto* stagePage = qobject_cast<StagePage*>(page)) {
      stagePage->messageBar()->showNote([] { return QStringLiteral("left over"); });
      stagePage->setReason(QStringLiteral("left over"));
    }
  }
  static constexpr StageId projectStages[] = {StageId::data,     StageId::label,   StageId::train,
                                              StageId::evaluate, StageId::try_out, StageId::export_out};
  QStringList shownOnAllPages() {
    m_app->window().makeAllStages();
    QStringList lines;
    for (const StageId id : projectStages) lines += shownOn(page(id));
    return lines;
  }
  /// A project with rows, answers and a task of its own.
  QString makeProject(const QString& name, const std::string& task) {
    const QString folder = m_scratch->filePath(name);
    if (QFileInfo::exists(folder)) return folder;
    ProjectSettings settings;
    settings.task.name = task;
    settings.task.fields = {{"part", FieldKind::text, "", false}, {"fault", FieldKind::text, "", true}};
    settings.task.concise_prompt = "Read the ticket of " + task;
    settings.student = data_file("demo");
    const auto project = Project::create(folder.toStdString(), settings);
    std::vector<Row> rows;
    for (int i = 0; i < 12; ++i)
      rows.push_back({"", task + " pump leaks " + std::to_string(i), R"({"part": "pump", "fault": "leaks"})",
                      RowState::labelled, i < 8 ? Split::train : i < 10 ? Split::validation : Split::test, "", {}, ""});
    project->add_rows(std::move(rows));
    return folder;
  }

 private Q_SLOTS:
  void initTestCase() {
    m_scratch = std::make_unique<QTemporaryDir>();
    m_project = m_scratch->filePath(QStringLiteral("demo"));
    DemoProjectOptions options;
    options.rows.train = 24;
    options.rows.validation = 8;
    options.rows.test = 8;
    options.rows.wild_test = 4;
    create_demo_project(m_project.toStdString(), options);
    qputenv("HF_HUB_CACHE", m_scratch->filePath(QStringLiteral("hf")).toUtf8());
    qputenv("MODELSCOPE_CACHE", m_scratch->filePath(QStringLiteral("ms")).toUtf8());
  }

  void init() {
    m_app = std::make_unique<WindowApp>(
        *qApp, m_scratch->filePath(QStringLiteral("settings-%1.ini").arg(QTest::currentTestFunction())));
    m_app->settings().setLanguage(QStringLiteral("en"));
    m_app->show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_app->window()));
    waitUntilIdle();
  }

  void cleanup() { m_app.reset(); }
  void cleanupTestCase() { m_scratch.reset(); }

  void itOpensOnTheStartPageAndKnowsTheMachine() {
    QVERIFY(m_app->window().current() == StageId::start);
    auto* machine = m_app->window().findChild<QLabel*>(QStringLiteral("machineLabel"));
    QTRY_VERIFY_WITH_TIMEOUT(
        machine->text().contains(QStringLiteral("CPU")) || machine->text().contains(QStringLiteral("CUDA")), patience);
  }

  void memoryThatIsForetoldIsTheWholeWindows() {
    const MachineProbe* machine = m_app->context().machine;
    QTRY_VERIFY_WITH_TIMEOUT(machine->windowBytes() > 10'000'000, patience);
    const qint64 window = machine->windowBytes();
    m_app->window().showStage(StageId::model);
    auto* label = m_app->window().stage(StageId::model)->page()->findChild<QLabel*>(QStringLiteral("modelMemoryLabel"));
    // As the engine thread does it: on this thread it would be a call that is watched for.
    const ModelFindings found = std::async(std::launch::async, [] { return inspect_model(data_file("demo")); }).get();
    QTRY_VERIFY_WITH_TIMEOUT(label->text().contains(NumberText::bytes(found.train_bytes + window)), patience);
    QVERIFY(label->text().contains(NumberText::bytes(found.run_bytes + window)));
  }

  void itFitsTheScreen() {
    // The title bar needs room too.
    QVERIFY(m_app->window().height() + 24 <= QGuiApplication::primaryScreen()->availableSize().height());
  }

  void withoutAProjectEveryStageSaysWhatIsMissing() {
    for (const StageId id : {StageId::model, StageId::try_out, StageId::export_out}) {
      m_app->window().showStage(id);
      auto* stage = m_app->window().stage(id)->page();
      QVERIFY(!stage->primaryButton()->isEnabled());
      QVERIFY(stage->reason().contains(QStringLiteral("project")));
    }
  }

  void stagesAreReachedByKey() {
    m_app->window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_app->window()));
    QTest::keyClick(&m_app->window(), Qt::Key_6, Qt::ControlModifier);
    QVERIFY(m_app->window().current() == StageId::try_out);
  }

  void returnPressesTheButtonThatHasTheFocus() {
    m_app->window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_app->window()));
    auto* about = m_app->window().findChild<QPushButton*>(QStringLiteral("aboutButton"));
    QSignalSpy clicked(about, &QPushButton::clicked);
    about->setFocus();
    QTest::keyClick(about, Qt::Key_Return);
    QCOMPARE(clicked.count(), 1);
    for (QDialog* dialog : m_app->window().findChildren<QDialog*>()) dialog->close();
  }

  void aProjectOpensAndTheUntunedModelAnswers() {
    forgetWatchedCalls();
    m_app->workspace().open(m_project);
    QTRY_VERIFY_WITH_TIMEOUT(m_app->workspace().isOpen(), patience);
    QCOMPARE(m_app->workspace().rowCount(), 44);
    QCOMPARE(m_app->settings().lastProject(), m_project);
    waitUntilIdle();
    QVERIFY(m_app->window().windowTitle().contains(m_app->workspace().name()));

    m_app->window().showStage(StageId::try_out);
    auto* input = child<QPlainTextEdit>(StageId::try_out, "tryInputEdit");
    QTRY_VERIFY_WITH_TIMEOUT(!input->toPlainText().isEmpty(), patience);  // an unseen row is proposed
    auto* ask = child<QPushButton>(StageId::try_out, "primaryButton");
    QTRY_VERIFY_WITH_TIMEOUT(ask->isEnabled(), patience);
    child<QSpinBox>(StageId::try_out, "maxNewTokensSpinBox")->setValue(16);
    QTest::mouseClick(ask, Qt::LeftButton);
    auto* tryPage = qobject_cast<TryPage*>(page(StageId::try_out));
    QTRY_VERIFY_WITH_TIMEOUT(tryPage->results()->rowCount() == 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(tryPage->results()->row(0).before.state == TryAnswer::State::done, patience);
    QVERIFY(!tryPage->results()->row(0).before.text.isEmpty());
    QVERIFY(tryPage->results()->row(0).before.tokens > 0);
    waitUntilIdle();
    QTRY_VERIFY_WITH_TIMEOUT(m_app->activity().isEmpty(), patience);
    QVERIFY(!child<QLabel>(StageId::try_out, "tryNoteLabel")->text().contains(QStringLiteral("at work")));

    // What the engine did, it did on its thread; what the disk did, on the other; nothing here.
    QVERIFY(!callsOn(m_app->engine().id()).empty());
    QVERIFY(!callsOn(m_app->files().id()).empty());
    const auto here = callsOn(std::this_thread::get_id());
    QVERIFY2(here.empty(), here.empty() ? "" : here.front().c_str());
    for (const std::string& name : callsOn(m_app->files().id()))
      QVERIFY2(name != "generate" && name != "openModel", name.c_str());
  }

  void nothingOfOneProjectShowsInAnother_data() {
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << QStringLiteral("en");
    QTest::newRow("Chinese") << QStringLiteral("zh_CN");
  }

  void nothingOfOneProjectShowsInAnother() {
    QFETCH(QString, language);
    const QString first = makeProject(QStringLiteral("lathe-") + language, "lathe"),
                  second = makeProject(QStringLiteral("mill-") + language, "mill");
    m_app->settings().setLanguage(language);
    const auto open = [this](const QString& folder) {
      m_app->workspace().open(folder);
      QTRY_COMPARE_WITH_TIMEOUT(m_app->workspace().folder(), folder, patience);
      waitUntilIdle();
      m_app->window().showStage(StageId::data);  // rows are read for whoever looks
      QTRY_VERIFY_WITH_TIMEOUT(!child<QLabel>(StageId::data, "tokenCountsLabel")->text().isEmpty(), patience);
    };
    // What the second project looks like where no other was open before it.
    open(second);
    QStringList fresh = shownOnAllPages();
    const auto settled = [&] {
      waitUntilIdle();
      const QStringList now = shownOnAllPages();
      const bool proposed = !now.contains(QStringLiteral("QPlainTextEdit tryInputEdit “”"));  // Try's example is read too
      return now == std::exchange(fresh, now) && proposed &&
             fresh.join(u'\n').contains(QStringLiteral("mill pump leaks 0"));
    };
    for (int i = 0; i < 3; ++i) QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
    init();

    m_app->settings().setLanguage(language);
    open(first);
    for (const StageId id : projectStages) {
      m_app->window().showStage(id);
      fillIn(page(id));
    }
    QVERIFY(shownOnAllPages().join(u'\n').contains(QStringLiteral("left over")));
    m_app->window().showStage(StageId::start);
    open(second);
    QString difference;
    const auto isFresh = [&] {
      waitUntilIdle();
      const QStringList now = shownOnAllPages();
      difference.clear();
      if (now.size() != fresh.size()) difference = QStringLiteral("%1 widgets, not %2").arg(now.size()).arg(fresh.size());
      for (qsizetype i = 0; i < std::min(now.size(), fresh.size()) && difference.isEmpty(); ++i)
        if (now[i] != fresh[i]) difference = now[i] + QStringLiteral(" instead of ") + fresh[i];
      return difference.isEmpty();
    };
    for (int i = 0; i < 50 && !isFresh(); ++i) QTest::qWait(100);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
    for (const StageId id : projectStages) {
      m_app->window().showStage(id);
      QVERIFY(!shownOn(page(id)).join(u'\n').contains(QStringLiteral("left over")));
    }
    // What was typed into a row of the first stands there.
    const auto kept = Project::open(first.toStdString());
    QCOMPARE(kept->rows(0, 1)[0].input, std::string("left over"));
  }

  void theWheelChangesNoField() {
    m_app->workspace().open(m_project);
    QTRY_VERIFY_WITH_TIMEOUT(m_app->workspace().isOpen(), patience);
    waitUntilIdle();
    m_app->window().makeAllStages();
    for (const StageId id : projectStages) {
      m_app->window().showStage(id);
      const QStringList before = shownOn(page(id));
      for (QWidget* field : page(id)->findChildren<QWidget*>()) {
        const bool isField = qobject_cast<QComboBox*>(field) || qobject_cast<QAbstractSpinBox*>(field) ||
                             qobject_cast<QSlider*>(field) || qobject_cast<QTabBar*>(field);
        if (!isField) continue;
        field->setFocus();
        for (const int turn : {-120, 120, 120}) {
          const QPointF at = QRectF(field->rect()).center();
          QWheelEvent wheel(at, field->mapToGlobal(at), {}, {0, turn}, Qt::NoButton, Qt::NoModifier,
                            Qt::NoScrollPhase, false);
          QApplication::sendEvent(field, &wheel);
        }
      }
      const auto values = [](const QStringList& lines) {
        QStringList kept;
        for (const QString& line : lines)
          if (!line.startsWith(QLatin1String("QLabel")) && !line.contains(QLatin1String("Button"))) kept += line;
        return kept;
      };
      QCOMPARE(values(shownOn(page(id))), values(before));
    }
  }

  void f1ShowsTheShortcuts() {
    for (const int key : {Qt::Key_F1, Qt::Key_Question}) {
      m_app->window().activateWindow();
      QVERIFY(QTest::qWaitForWindowActive(&m_app->window()));
      QTest::keyClick(&m_app->window(), static_cast<Qt::Key>(key));
      auto* dialog = m_app->window().findChild<QDialog*>(QStringLiteral("shortcutsDialog"));
      QVERIFY(dialog != nullptr && dialog->isVisible());
      dialog->close();
      QTRY_VERIFY(m_app->window().findChild<QDialog*>(QStringLiteral("shortcutsDialog")) == nullptr);
    }
  }

  void aSecondWindowIsVisiblyForReadingOnly() {
    const auto first = std::async(std::launch::async, [this] { return Project::open(m_project.toStdString()); }).get();
    m_app->workspace().open(m_project);
    QTRY_VERIFY_WITH_TIMEOUT(m_app->workspace().isOpen(), patience);
    waitUntilIdle();
    auto* card = m_app->window().findChild<QFrame*>(QStringLiteral("projectStateCard"));
    auto* text = m_app->window().findChild<QLabel*>(QStringLiteral("projectStateLabel"));
    for (const StageId id : projectStages) {
      m_app->window().showStage(id);
      QVERIFY(card->isVisible());
    }
    QCOMPARE(text->text(), QStringLiteral("The project is open in another Minnow; here it can only be read."));
    // A run that the other trains is shown as under way, and how far it is.
    const auto run = first->runs_folder() / "v7-20261201-120000";
    std::filesystem::create_directories(run / "checkpoint-4");
    write_file_atomic(run / "args.json", "{}");
    const FileLock training = lock_run(run);
    write_file_atomic(run / "logging.jsonl", R"({"loss": 1.5, "global_step/max_steps": "6/40", "step": 6})" "\n");
    QTRY_VERIFY_WITH_TIMEOUT(text->text().contains(QStringLiteral("v7-20261201-120000, step 6 of 40")), 20000);
    // Opened again it is here, on the page where one was.
    m_app->window().showStage(StageId::train);
    m_app->window().findChild<QPushButton*>(QStringLiteral("projectStateButton"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(!m_app->workspace().isOpening(), patience);
    QVERIFY(m_app->window().current() == StageId::train);
    m_app->settings().setLanguage(QStringLiteral("zh_CN"));
    QTRY_VERIFY(text->text().contains(QStringLiteral("v7-20261201-120000")) &&
                !text->text().contains(QStringLiteral("open in another")));
    std::filesystem::remove_all(run);
  }

  void aProjectThatWasDeletedIsToldOnEveryPage() {
    const QString folder = makeProject(QStringLiteral("press"), "press");
    m_app->workspace().open(folder);
    QTRY_VERIFY_WITH_TIMEOUT(m_app->workspace().isOpen(), patience);
    waitUntilIdle();
    m_app->window().makeAllStages();
    std::filesystem::remove_all(folder.toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(m_app->workspace().isGone(), patience);
    auto* card = m_app->window().findChild<QFrame*>(QStringLiteral("projectStateCard"));
    for (const StageId id : projectStages) {
      m_app->window().showStage(id);
      QVERIFY(card->isVisible());
      if (id == StageId::data) child<QTabBar>(id, "dataTabBar")->setCurrentIndex(1);
      QVERIFY2(page(id)->isVisible() && m_app->window().stage(id)->page()->reason().contains(
                                            QStringLiteral("isn't there any more")),
               qPrintable(m_app->window().stage(id)->page()->reason()));
      QVERIFY(!m_app->window().stage(id)->page()->primaryButton()->isEnabled());
    }
    QVERIFY(!QFileInfo::exists(folder));  // nothing was made anew
    m_app->window().findChild<QPushButton*>(QStringLiteral("projectStateButton"))->click();
    QTRY_VERIFY(!m_app->workspace().isOpen());
    QVERIFY(!card->isVisible());
    QVERIFY(!QFileInfo::exists(folder));
  }

  void anotherProjectIsNotOpenedWhileSomethingRuns() {
    m_app->workspace().open(m_project);
    QTRY_VERIFY_WITH_TIMEOUT(m_app->workspace().isOpen(), patience);
    waitUntilIdle();
    SteppingSession training(m_app->context());
    training.run();
    QTRY_VERIFY(training.steps > 0);
    auto* start = qobject_cast<StartPage*>(page(StageId::start));
    Q_EMIT start->openRequested(makeProject(QStringLiteral("drill"), "drill"));
    QCOMPARE(start->messageBar()->message().title,
             QStringLiteral("Training is still running in this project. Cancel it below, or wait for its end, before you "
                            "open another."));
    QCOMPARE(m_app->workspace().folder(), m_project);
    QVERIFY(training.isRunning());
    training.requestStop();
    QTRY_VERIFY_WITH_TIMEOUT(training.done, patience);
    Q_EMIT start->openRequested(makeProject(QStringLiteral("drill"), "drill"));
    QTRY_VERIFY_WITH_TIMEOUT(m_app->workspace().name() == QLatin1String("drill"), patience);
  }

  void theWatchSeesACallOnTheGuiThread() {
    forgetWatchedCalls();
    Project::open(m_project.toStdString());
    QCOMPARE(callsOn(std::this_thread::get_id()).size(), std::size_t{1});
  }

  void tryAnswersWhileSomethingTrainsAndWhilePaused() {
    m_app->workspace().open(m_project);
    QTRY_VERIFY_WITH_TIMEOUT(m_app->workspace().isOpen(), patience);
    waitUntilIdle();
    m_app->window().showStage(StageId::try_out);
    SteppingSession training(m_app->context());
    training.run();
    QTRY_VERIFY_WITH_TIMEOUT(training.steps > 10, patience);
    child<QPlainTextEdit>(StageId::try_out, "tryInputEdit")->setPlainText(QStringLiteral("张三 13800000000"));
    child<QSpinBox>(StageId::try_out, "maxNewTokensSpinBox")->setValue(16);
    auto* ask = child<QPushButton>(StageId::try_out, "primaryButton");
    auto* tryPage = qobject_cast<TryPage*>(page(StageId::try_out));
    for (const bool paused : {false, true}) {
      m_app->engine().setPaused(paused);
      QTRY_VERIFY_WITH_TIMEOUT(ask->isEnabled(), patience);
      QTest::mouseClick(ask, Qt::LeftButton);
      QTRY_VERIFY_WITH_TIMEOUT(tryPage->results()->row(0).before.state == TryAnswer::State::done, patience);
      QVERIFY(training.isRunning());
    }
    m_app->engine().setPaused(false);
    training.requestStop();
    QTRY_VERIFY_WITH_TIMEOUT(training.done, patience);
  }

  void cancelInTheStatusBarStopsWhatRuns() {
    SteppingSession training(m_app->context());
    training.run();
    auto* cancel = m_app->window().findChild<QPushButton*>(QStringLiteral("activityCancelButton"));
    QTRY_VERIFY(cancel->isVisible());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(training.done, 5000);
    QTRY_VERIFY(!cancel->isVisible());
  }

  void closingWhileSomethingRunsAsksFirst() {
    SteppingSession training(m_app->context());
    training.run();
    QTRY_VERIFY(training.steps > 0);
    QVERIFY(!m_app->window().close());
    auto* question = m_app->window().findChild<QMessageBox*>(QStringLiteral("closeQuestion"));
    QVERIFY(question != nullptr);
    QTest::mouseClick(question->findChild<QPushButton*>(QStringLiteral("keepRunningButton")), Qt::LeftButton);
    QVERIFY(m_app->window().isVisible() && training.isRunning());
    QTRY_VERIFY(m_app->window().findChild<QMessageBox*>(QStringLiteral("closeQuestion")) == nullptr);
    QVERIFY(!m_app->window().close());
    question = m_app->window().findChild<QMessageBox*>(QStringLiteral("closeQuestion"));
    QTest::mouseClick(question->findChild<QPushButton*>(QStringLiteral("stopAndCloseButton")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!m_app->window().isVisible(), 5000);
    QVERIFY(training.done);
  }

  void aFailureIsToldOnceAndInWords() {
    FailingSession session(m_app->context());
    QSignalSpy failed(&session, &Session::failed), ended(&session, &Session::ended);
    session.run();
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(failed.count(), 1);
    const auto message = failed[0][0].value<UserMessage>();
    QVERIFY(message.title.contains(QStringLiteral("disk")));
    QVERIFY(!message.next_step.isEmpty());
    QVERIFY(message.details.contains(QStringLiteral("rows.jsonl")));
  }

  void aFolderWithoutAProjectIsRefusedOnThePage() {
    m_app->workspace().open(m_scratch->filePath(QStringLiteral("nowhere")));
    auto* start = m_app->window().stage(StageId::start)->page();
    QTRY_VERIFY_WITH_TIMEOUT(!start->messageBar()->message().isEmpty(), patience);
    QVERIFY(start->messageBar()->message().details.contains(QStringLiteral("nowhere")));
    // What happened is said without opening the details, in every language.
    QVERIFY(start->messageBar()->message().next_step.contains(QStringLiteral("it has no minnow.json")));
    m_app->settings().setLanguage(QStringLiteral("zh_CN"));
    QTRY_VERIFY(!start->messageBar()->message().next_step.contains(QStringLiteral("it has no")));
    QVERIFY(start->messageBar()->message().next_step.contains(QStringLiteral("minnow.json")));
    QVERIFY(start->primaryButton()->isEnabled());
  }

  void languageAndThemeChangeWithoutARestartAndStay() {
    m_app->settings().setLanguage(QStringLiteral("zh_CN"));
    QCOMPARE(m_app->languages().current(), QStringLiteral("zh_CN"));
    m_app->settings().setTheme(Theme::dark);
    QVERIFY(colors(&m_app->window()).dark);
    m_app->settings().setTheme(Theme::light);
    QVERIFY(!colors(&m_app->window()).dark);
    const WindowSettings again(
        m_scratch->filePath(QStringLiteral("settings-%1.ini").arg(QTest::currentTestFunction())));
    QCOMPARE(again.language(), QStringLiteral("zh_CN"));
    QVERIFY(again.theme() == Theme::light);
  }

  void whatStagesSayFollowsTheLanguage() {
    m_app->workspace().open(m_scratch->filePath(QStringLiteral("nowhere")));
    auto* bar = m_app->window().stage(StageId::start)->page()->messageBar();
    QTRY_VERIFY_WITH_TIMEOUT(!bar->message().isEmpty(), patience);
    m_app->window().makeAllStages();
    bar->showNote([] { return QCoreApplication::translate("minnow::TrainPage", "Pause"); });
    m_app->window().stage(StageId::model)->page()->showError(errorText(ErrorKind::disk_full, QStringLiteral("x")));
    m_app->settings().setLanguage(QStringLiteral("zh_CN"));
    const auto isChinese = [](const QString& text) {
      return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
    };
    for (const StageId id : {StageId::model, StageId::data, StageId::label, StageId::train, StageId::evaluate,
                             StageId::try_out, StageId::export_out}) {
      // The change reaches the widgets as a posted event.
      QTRY_VERIFY2(isChinese(m_app->window().stage(id)->page()->reason()),
                   qPrintable(m_app->window().stage(id)->page()->reason()));
    }
    QTRY_VERIFY(isChinese(bar->message().title));
    const UserMessage error = m_app->window().stage(StageId::model)->page()->messageBar()->message();
    QVERIFY(isChinese(error.title) && isChinese(error.next_step));
    QCOMPARE(error.details, QStringLiteral("x"));
    m_app->settings().setLanguage(QStringLiteral("en"));
    QTRY_VERIFY(!isChinese(bar->message().title));
  }

  void theSystemsThemeIsFollowedWhileTheProgramRuns() {
    m_app->settings().setTheme(Theme::system);
    const bool dark = systemIsDark();
    QCOMPARE(colors(&m_app->window()).dark, dark);
    applyLook(*qApp, dark ? Theme::light : Theme::dark);  // what the window looked like before the desktop changed
    QCOMPARE(systemIsDark(), dark);
    QEvent changed(QEvent::ThemeChange);
    QApplication::sendEvent(&m_app->window(), &changed);
    QCOMPARE(colors(&m_app->window()).dark, dark);
  }

  void everyControlHasANameForScreenReadersAndATooltip() {
    m_app->window().makeAllStages();
    QStringList faults;
    for (const QWidget* widget : m_app->window().findChildren<QWidget*>()) {
      const QString name = widget->objectName();
      if (name.isEmpty() || name.startsWith(QLatin1String("qt_"))) continue;  // Qt's own, inside others
      const auto* button = qobject_cast<const QAbstractButton*>(widget);
      const auto* text = qobject_cast<const QPlainTextEdit*>(widget);
      const bool edited = qobject_cast<const QComboBox*>(widget) != nullptr ||
                          qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
                          qobject_cast<const QAbstractSlider*>(widget) != nullptr ||
                          qobject_cast<const QLineEdit*>(widget) != nullptr || (text != nullptr && !text->isReadOnly());
      if (button == nullptr && !edited) continue;
      if (qobject_cast<const QTabBar*>(widget->parentWidget()) != nullptr) continue;  // its arrows, Qt's own
      if (button && button->text().isEmpty() && button->icon().isNull()) continue;    // says nothing yet and is hidden
      if ((button == nullptr || button->text().isEmpty()) && widget->accessibleName().isEmpty())
        faults += name + QStringLiteral(": no name");
      if (widget->toolTip().isEmpty()) faults += name + QStringLiteral(": no tooltip");
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QStringLiteral("; "))));
  }

  void stallsAreWrittenDown() {
    const QString file = m_scratch->filePath(QStringLiteral("stalls.txt"));
    {
      StallLog log(file);
      QVERIFY(log.isOpen());
      QTest::qWait(30);
      QTest::qSleep(120);  // keeps the event loop from running
      QTRY_VERIFY(log.count() > 0);
      QVERIFY(log.longest() >= 100);
    }
    QFile read(file);
    QVERIFY(read.open(QIODevice::ReadOnly));
    QVERIFY(read.readAll().contains("stalls over 50 ms"));
  }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
