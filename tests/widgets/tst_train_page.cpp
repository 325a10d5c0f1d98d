// The stage Train, fed by structs: settings, forecast, a live run, the verdict and its remedies, earlier runs.
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "tests/widgets/recorded.h"
#include "widgets/charts/loss_chart.h"
#include "widgets/charts/run_curves_model.h"
#include "widgets/common/run_selector.h"
#include "widgets/look/look.h"
#include "widgets/train/earlier_runs_model.h"
#include "widgets/train/fit_guide.h"
#include "widgets/train/settings_panel.h"
#include "widgets/train/train_page.h"

using namespace minnow;

namespace {

QList<TrainRecipe> recipes() {
  TrainOptions demo;
  demo.learning_rate = 2e-3;
  demo.num_train_epochs = 4;
  return {{QStringLiteral("demo"), demo},
          {QStringLiteral("tutorial"), recipe("tutorial")},
          {QStringLiteral("quick"), recipe("quick")},
          {QStringLiteral("thorough"), recipe("thorough")}};
}

TrainForecast forecast() {
  TrainForecast f;
  f.train_rows = 1600;
  f.validation_rows = 200;
  f.tokens_per_row = 131.4;
  f.supervised_per_row = 62;
  f.max_steps = 500;
  f.rows_per_step = 16;
  f.seconds = 250;
  f.peak_bytes = 912000000;
  f.available_bytes = 21000000000;
  return f;
}

template <typename T>
T* child(QWidget& page, const char* name) {
  T* found = page.findChild<T*>(QLatin1String(name));
  if (found == nullptr) qFatal("no %s", name);
  return found;
}

VerdictFacts factsOf(const RunRecord& run) {
  VerdictFacts f;
  f.step = run.last_step();
  f.best_step = run.best_step;
  f.evaluations = static_cast<std::int64_t>(run.evals.size());
  f.validation_rows = run.validation_rows;
  f.eval_loss = run.evals.back().eval_loss;
  for (const EvalDone& e : run.evals) {
    if (e.step == run.best_step) f.best_eval_loss = e.eval_loss;
    if (e.exact_rows >= 0) f.exact_rows = e.exact_rows;
  }
  f.step_in_use = run.best_step;
  return f;
}

}  // namespace

class TestTrainPage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyLook(*qApp, Theme::light); }

  void choosingARecipeShowsItsSettings() {
    TrainPage page;
    page.setRecipes(recipes());
    page.setOptions(QStringLiteral("demo"), recipes()[0].options);
    QCOMPARE(page.recipe(), QStringLiteral("demo"));
    auto* box = child<QComboBox>(page, "recipeComboBox");
    QSignalSpy edited(&page, &TrainPage::optionsEdited);
    box->setCurrentIndex(3);
    Q_EMIT box->activated(3);
    QCOMPARE(page.recipe(), QStringLiteral("thorough"));
    QCOMPARE(page.options().lora_rank, 16);
    QCOMPARE(page.options().num_train_epochs, 8.0);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(edited[0][0].toString(), QStringLiteral("thorough"));
  }

  void editingASettingMakesTheRecipeCustom() {
    TrainPage page;
    page.setRecipes(recipes());
    page.setOptions(QStringLiteral("quick"), recipe("quick"));
    auto* rate = child<QLineEdit>(page, "learning_rateEdit");
    rate->clear();
    QTest::keyClicks(rate, QStringLiteral("5e-4"));
    QCOMPARE(page.options().learning_rate, 5e-4);
    QCOMPARE(page.recipe(), QStringLiteral("custom"));
    child<QSpinBox>(page, "lora_rankSpinBox")->setValue(4);
    QCOMPARE(page.options().lora_rank, 4);
  }

  void whatRecipeAutoChoosesCantBeEditedAndSurvives() {
    TrainPage page;
    page.setRecipes({{QStringLiteral("auto"), recipe("auto")}, {QStringLiteral("quick"), recipe("quick")}});
    page.setOptions(QStringLiteral("auto"), recipe("auto"));
    auto* rate = child<QLineEdit>(page, "learning_rateEdit");
    auto* rank = child<QSpinBox>(page, "lora_rankSpinBox");
    for (QWidget* editor : {static_cast<QWidget*>(rate), static_cast<QWidget*>(rank)}) QVERIFY(!editor->isEnabled());
    QVERIFY(!child<QSpinBox>(page, "gradient_accumulation_stepsSpinBox")->isEnabled());
    QCOMPARE(rate->placeholderText(), QStringLiteral("by measuring"));
    QCOMPARE(rank->text(), QStringLiteral("by measuring"));
    QVERIFY(child<QPushButton>(page, "primaryButton")->isEnabled());
    QCOMPARE(setting_differences(page.options(), recipe("auto")).size(), std::size_t{0});
    // The time limit is no recipe's.
    auto* limit = child<QLineEdit>(page, "time_limit_minutesEdit");
    limit->clear();
    QTest::keyClicks(limit, QStringLiteral("5"));
    QCOMPARE(page.recipe(), QStringLiteral("auto"));
    QCOMPARE(page.options().time_limit_minutes, 5.0);
    // Custom: by hand.
    auto* box = child<QComboBox>(page, "recipeComboBox");
    box->setCurrentIndex(2);
    Q_EMIT box->activated(2);
    QVERIFY(rate->isEnabled() && rank->isEnabled());
    QCOMPARE(rank->text(), QStringLiteral("8"));
    QVERIFY(page.options().auto_settings.empty());
    QCOMPARE(page.options().time_limit_minutes, 5.0);
  }

  void whatWasChosenIsShownWithItsReasonAndTheRangeTest() {
    TrainPage page;
    page.show();
    auto* card = child<QWidget>(page, "autoCard");
    QVERIFY(card->isHidden());
    AutoChoice choice;
    choice.settings = {{"per_device_train_batch_size", 8, {NoticeCode::auto_few_rows, {"300"}}},
                       {"learning_rate", 0.002, {NoticeCode::auto_rate_seen, {"1.4e-02", "3.2e-02"}}}};
    choice.tried = {{1e-4, 1.2}, {1e-3, 0.9}, {1e-2, 0.3}, {1e-1, 4.0}};
    page.setChoice(choice);
    QVERIFY(!card->isHidden());
    const QString words = child<QLabel>(page, "autoReasonsLabel")->text();
    QVERIFY2(words.contains(QStringLiteral("Rows per step: 8")) && words.contains(QStringLiteral("0.002")) &&
                 words.contains(QStringLiteral("300 rows are few")),
             qPrintable(words));
    QVERIFY(!child<QWidget>(page, "rateChart")->isHidden());
    page.setChoice({});
    QVERIFY(card->isHidden());
  }

  void aShortPlanIsNamedBeforeItStarts() {
    TrainPage page;
    TrainForecast forecast;
    forecast.max_steps = 20;
    forecast.few_steps = {NoticeCode::few_steps_rows, {"20", "16", "320", "340"}};
    page.setForecast(forecast);
    const QString words = child<QLabel>(page, "forecastLabel")->text();
    QVERIFY2(words.contains(QStringLiteral("20 steps are too few")), qPrintable(words));
  }

  void continuingThatCantMoveTheWeightsIsNotOffered() {
    TrainPage page;
    TrainContinuation what;
    what.from_step = 20;
    what.to_step = 24;
    what.rate_before = 1e-6;
    what.rate_after = 8e-6;
    what.reach = 0.01;
    page.setContinuation(what);
    QVERIFY(!child<QPushButton>(page, "continueButton")->isEnabled());
    QVERIFY(child<QLabel>(page, "scheduleLabel")->text().contains(QStringLiteral("1 %")));
    what.reach = 0.5;
    page.setContinuation(what);
    QVERIFY(child<QPushButton>(page, "continueButton")->isEnabled());
  }

  void aSettingThatIsNoNumberIsMarkedAndCantBeStarted() {
    TrainPage page;
    page.setRecipes(recipes());
    page.setOptions(QStringLiteral("quick"), recipe("quick"));
    auto* epochs = child<QLineEdit>(page, "num_train_epochsEdit");
    epochs->clear();
    QTest::keyClicks(epochs, QStringLiteral("many"));
    QVERIFY(epochs->property("invalid").toBool());
    QVERIFY(!child<QPushButton>(page, "primaryButton")->isEnabled());
    epochs->clear();
    QTest::keyClicks(epochs, QStringLiteral("3"));
    QVERIFY(!epochs->property("invalid").toBool());
    QVERIFY(child<QPushButton>(page, "primaryButton")->isEnabled());
  }

  void everySettingSurvivesThePanelAndSaysWhatItDoes() {
    SettingsPanel panel;
    TrainOptions options = recipe("thorough");
    options.max_steps = 77;
    options.warmup_steps = 5;
    options.adam_beta2 = 0.98;
    options.use_rslora = true;
    options.best_metric = BestMetric::exact_rows;
    options.lr_scheduler_type = LrScheduler::linear;
    options.torch_dtype = "float32";
    options.model = "/models/x";
    options.dataset = {"/rows.jsonl"};
    panel.setOptions(options);
    QCOMPARE(setting_differences(panel.options(), options).size(), std::size_t{0});
    int fields = 0;
    for (QWidget* editor : panel.findChildren<QWidget*>()) {
      const QString name = editor->objectName();
      if (!name.endsWith(QLatin1String("SpinBox")) && !name.endsWith(QLatin1String("Edit")) &&
          !name.endsWith(QLatin1String("CheckBox")) && !name.endsWith(QLatin1String("ComboBox")))
        continue;
      if (name.startsWith(QLatin1String("qt_"))) continue;
      ++fields;
      QVERIFY2(editor->toolTip().size() > 20, qPrintable(name));
      QVERIFY2(!editor->accessibleName().isEmpty(), qPrintable(name));
    }
    QVERIFY2(fields > 25, qPrintable(QString::number(fields)));
  }

  void mostSettingsAreFoldedAway() {
    TrainPage page;
    page.resize(1060, 640);
    page.setRecipes(recipes());
    page.show();
    auto* decay = child<QLineEdit>(page, "weight_decayEdit");
    QVERIFY(!decay->isVisible());
    QVERIFY(child<QLineEdit>(page, "learning_rateEdit")->isVisible());
    child<QToolButton>(page, "allSettingsButton")->click();
    QVERIFY(decay->isVisible());
  }

  void theForecastTellsRowsStepsTimeAndMemory() {
    TrainPage page;
    page.resize(1060, 640);
    page.setRecipes(recipes());
    page.setOptions(QStringLiteral("demo"), recipes()[0].options);
    page.setForecast(forecast());
    page.show();
    QTest::qWait(50);
    const QString text = child<QLabel>(page, "forecastLabel")->text();
    for (const char* part : {"1,600", "200", "131", "500", "16 rows each", "912 MB", "21.0 GB"})
      QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
    page.setForecastProblem(QStringLiteral("Rows stand in both splits."));
    QVERIFY(child<QLabel>(page, "forecastLabel")->text().contains(QLatin1String("both splits")));
  }

  void aLiveRunShowsProgressAndItsButtons() {
    TrainPage page;
    page.setRecipes(recipes());
    page.setOptions(QStringLiteral("quick"), recipe("quick"));
    page.show();
    QSignalSpy wanted(&page, &TrainPage::trainRequested);
    child<QPushButton>(page, "primaryButton")->click();
    QCOMPARE(wanted.count(), 1);
    page.setState(RunState::preparing);
    auto* pause = child<QPushButton>(page, "pauseButton");
    auto* stop = child<QPushButton>(page, "stopButton");
    QVERIFY(stop->isVisible() && stop->isEnabled());
    QVERIFY(!pause->isEnabled());
    page.setState(RunState::running);
    page.setProgress(38, 50, 0.76, 42.0);
    const QString progress = child<QLabel>(page, "progressLabel")->text();
    QVERIFY2(progress.contains(QLatin1String("38 of 50")) && progress.contains(QLatin1String("0:42")),
             qPrintable(progress));
    QVERIFY(!child<QPushButton>(page, "primaryButton")->isVisible());
    QVERIFY(!child<SettingsPanel>(page, "settingsPanel")->isEnabled());
    QSignalSpy paused(&page, &TrainPage::pauseRequested);
    pause->click();
    QCOMPARE(paused[0][0].toBool(), true);
    page.setState(RunState::paused);
    pause->click();
    QCOMPARE(paused[1][0].toBool(), false);
    QSignalSpy stopped(&page, &TrainPage::stopRequested);
    stop->click();
    QCOMPARE(stopped.count(), 1);
    page.setState(RunState::ended);
    QVERIFY(!stop->isVisible());
    QVERIFY(child<QPushButton>(page, "primaryButton")->isVisible());
  }

  void aFinishedRunShowsVerdictFiguresAndLeadsToEvaluate() {
    const RunRecord run = recorded::run();
    TrainPage page;
    page.resize(1072, 680);
    page.setRecipes(recipes());
    page.setOptions(QStringLiteral("demo"), recipes()[0].options);
    page.showRun(run);
    page.setVerdict(run.verdict, factsOf(run));
    page.setState(RunState::ended);
    page.setNextIsEvaluate(true);
    page.showSide(TrainPage::Side::verdict);
    TrainContinuation more{4, 6, run.last_step(), run.last_step() * 3 / 2, 1e-6, 5e-4};
    page.setContinuation(more);
    page.show();
    QTest::qWait(120);
    QCOMPARE(page.curves()->steps().size(), run.steps.size());
    auto* badge = child<Badge>(page, "verdictBadge");
    QVERIFY(!badge->word().isEmpty());
    QVERIFY(child<QLabel>(page, "scheduleLabel")->text().contains(QLatin1String("up from")));
    QVERIFY(
        child<QLabel>(page, "inUseLabel")->text().contains(QLocale().toString(static_cast<qlonglong>(run.best_step))));
    auto* primary = child<QPushButton>(page, "primaryButton");
    QCOMPARE(primary->text(), QStringLiteral("Evaluate"));
    QSignalSpy evaluate(&page, &TrainPage::evaluateRequested);
    primary->click();
    QCOMPARE(evaluate.count(), 1);
    QSignalSpy again(&page, &TrainPage::continueChosen);
    child<QDoubleSpinBox>(page, "extraEpochsSpinBox")->setValue(3.0);
    child<QPushButton>(page, "continueButton")->click();
    QCOMPARE(again[0][0].toDouble(), 3.0);
    child<QSlider>(page, "smoothingSlider")->setValue(80);
    QCOMPARE(child<LossChart>(page, "lossChart")->smoothing(), 0.8);
    QTest::qWait(120);
    child<QCheckBox>(page, "logarithmicCheckBox")->click();
    QVERIFY(child<LossChart>(page, "lossChart")->isLogarithmic());
  }

  void thePageFitsALowWindow() {
    const RunRecord run = recorded::run();
    TrainPage page;
    page.resize(1056, 640);
    page.setRuns({run}, {}, true);
    page.showRun(run);
    page.show();
    auto* scroll = child<QScrollArea>(page, "pageScrollArea");
    for (const auto side : {TrainPage::Side::settings, TrainPage::Side::verdict, TrainPage::Side::runs}) {
      page.showSide(side);
      QTest::qWait(30);
      QVERIFY2(scroll->widget()->height() <= scroll->viewport()->height(),
               qPrintable(QString::number(scroll->widget()->height())));
    }
  }

  void aSlopeThatIsNothingHasNoSign() {
    TrainPage page;
    Verdict verdict;
    verdict.fit = Fit::good;
    verdict.eval_slope = -1e-9;
    verdict.eval_slope_error = 1e-6;
    VerdictFacts facts;
    facts.eval_loss = 0.01;
    facts.evaluations = 9;
    page.setVerdict(verdict, facts);
    QStringList shown;
    for (QLabel* label : child<QWidget>(page, "evidenceTable")->findChildren<QLabel*>()) shown << label->text();
    const QString text = shown.join(QLatin1Char(';'));
    QVERIFY2(text.contains(QLocale().toString(0.0, 'f', 4)) &&
                 !text.contains(QChar(0x2212) + QLocale().toString(0.0, 'f', 4)),
             qPrintable(text));
  }

  void eachRemedyIsOneClick() {
    TrainPage page;
    page.show();
    Verdict verdict;
    verdict.fit = Fit::overfitting;
    VerdictFacts facts;
    facts.eval_loss = 0.5;
    facts.best_eval_loss = 0.4;
    facts.best_step = 20;
    facts.step_in_use = 40;
    page.setVerdict(verdict, facts);
    page.setOffers({{Remedy::restore_best, 40, 20}, {Remedy::fewer_epochs, 4, 2}, {Remedy::lower_rank, 8, 4}});
    QSignalSpy chosen(&page, &TrainPage::remedyChosen);
    child<QPushButton>(page, "remedy_restore_bestButton")->click();
    child<QPushButton>(page, "remedy_fewer_epochsButton")->click();
    child<QPushButton>(page, "remedy_lower_rankButton")->click();
    QCOMPARE(chosen.count(), 3);
    QCOMPARE(chosen[0][0].value<Remedy>(), Remedy::restore_best);
    QCOMPARE(chosen[1][0].value<Remedy>(), Remedy::fewer_epochs);
    QVERIFY(child<QPushButton>(page, "remedy_fewer_epochsButton")->text().contains(QLatin1String("2")));
  }

  void everyFitHasAWordAShapeAndAdvice() {
    TrainPage page;
    for (const Fit fit : {Fit::too_early, Fit::underfitting, Fit::good, Fit::overfitting, Fit::diverging}) {
      Verdict verdict;
      verdict.fit = fit;
      page.setVerdict(verdict, {});
      QVERIFY(!child<QLabel>(page, "adviceLabel")->text().isEmpty());
      QCOMPARE(child<Badge>(page, "verdictBadge")->word(), fitWord(fit));
    }
  }

  void earlierRunsAreAModelThatBehaves() {
    EarlierRunsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    RunRecord a = recorded::run(), b = a;
    b.folder = "/runs/v1-x";
    b.name = "v1-x";
    model.setRuns({a, b});
    QCOMPARE(model.rowCount(), 2);
    model.setShown(a.folder);
    QSignalSpy compared(&model, &EarlierRunsModel::comparedChanged);
    QVERIFY(!model.setData(model.index(0, 0), Qt::Checked, Qt::CheckStateRole));  // not with itself
    QVERIFY(model.setData(model.index(1, 0), Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(compared.count(), 1);
    model.setRuns({b});
    QVERIFY(model.isCompared(0));
    model.setShown(b.folder);
    QVERIFY(!model.isCompared(0));
  }

  void comparingListsTheSettingsThatDiffer() {
    RunRecord run = recorded::run();
    RunRecord other = run;
    other.folder = "/runs/v9-other";
    other.name = "v9-other";
    other.options.learning_rate = 1e-3;
    other.options.dataset = {"/elsewhere/data/train-abc.jsonl"};  // the project was moved
    other.options.val_dataset = {"/elsewhere/data/validation-abc.jsonl"};
    run.options.dataset = {"/here/data/train-abc.jsonl"};
    run.options.val_dataset = {"/here/data/validation-def.jsonl"};
    for (StepDone& s : other.steps) s.loss *= 1.3;
    TrainPage page;
    page.resize(1072, 680);
    page.showRun(run);
    page.setRuns({other, run}, {}, true);
    page.showSide(TrainPage::Side::runs);
    page.setOverlay(other, setting_differences(run.options, other.options));
    page.show();
    QTest::qWait(120);
    auto* label = child<QLabel>(page, "overlayLabel");
    QVERIFY(label->isVisible());
    QVERIFY2(label->text().contains(QLatin1String("learning_rate 0.001, here 0.002")), qPrintable(label->text()));
    QVERIFY2(label->text().contains(QLatin1String("val_dataset validation-abc.jsonl, here validation-def.jsonl")),
             qPrintable(label->text()));
    QVERIFY2(!label->text().contains(QLatin1String("train-abc")), qPrintable(label->text()));
    QCOMPARE(child<LossChart>(page, "lossChart")->overlayCount(), std::size_t{1});
    page.removeOverlay(other.folder);
    QVERIFY(!label->isVisible());
    QCOMPARE(child<LossChart>(page, "lossChart")->overlayCount(), std::size_t{0});
  }

  void runsAreNamedNotedUsedAndDeletedInTheTable() {
    RunRecord a = recorded::run(), b = a;
    a.notes.title = "First try";
    a.checkpoints = {20, 40};
    a.report_rows = 80;
    a.report_right = 78;
    a.seconds = 125;
    b.folder = "/runs/v9-other";
    b.name = "v9-other";
    b.checkpoints.clear();
    TrainPage page;
    page.resize(1072, 680);
    page.show();
    page.setRuns({a, b},
                 {{"dataset", {"[\"train-a.jsonl\"]", "[\"train-a.jsonl\"]"}}, {"learning_rate", {"0.002", "0.001"}}},
                 true);
    child<QPushButton>(page, "allRunsButton")->click();
    auto* table = child<QTableView>(page, "allRunsTable");
    QVERIFY(table->isVisible());
    QStringList shown;
    for (int i = 0; i < table->model()->columnCount(); ++i) shown += table->model()->index(0, i).data().toString();
    for (const char* text : {"First try", "97.5 %", "0.002"})
      QVERIFY2(shown.contains(QLatin1String(text)), qPrintable(shown.join(QLatin1Char('|'))));
    QCOMPARE(table->model()->headerData(table->model()->columnCount() - 1, Qt::Horizontal).toString(),
             QStringLiteral("learning_rate"));
    QVERIFY(!shown.contains(QLatin1String("train-a.jsonl")));  // the same, in a project that was moved
    QList<RunNotes> notes;
    connect(&page, &TrainPage::notesEdited, &page, [&](const RunRecord&, const RunNotes& given) { notes += given; });
    QVERIFY(
        table->model()->setData(table->model()->index(1, EarlierRunsModel::TitleColumn), QStringLiteral(" Again ")));
    QCOMPARE(notes.size(), 1);
    QCOMPARE(notes[0].title, std::string("Again"));
    QSignalSpy used(&page, &TrainPage::useRequested), removed(&page, &TrainPage::deleteRequested);
    table->selectRow(1);
    QVERIFY(!child<QPushButton>(page, "runTableUseButton")->isEnabled());  // it left nothing to use
    table->selectRow(0);
    child<QPushButton>(page, "runTableUseButton")->click();
    child<QPushButton>(page, "runTableDeleteButton")->click();
    QCOMPARE(used.count() + removed.count(), 2);
    // A project that can only be read keeps its runs as they are.
    page.setRuns({a, b}, {}, false);
    table->selectRow(0);
    QVERIFY(!child<QPushButton>(page, "runTableDeleteButton")->isEnabled());
    QVERIFY(!table->model()->setData(table->model()->index(1, EarlierRunsModel::TitleColumn), QStringLiteral("x")));
    child<QPushButton>(page, "runTableBackButton")->click();
    QVERIFY(!table->isVisible());
  }

  void theSelectorNamesRunsAndTheirCheckpoints() {
    RunSelector selector;
    selector.show();
    selector.setRuns({}, {}, 0);
    QCOMPARE(selector.currentText(), QStringLiteral("No run yet"));
    QVERIFY(selector.run().isEmpty());
    const QString v2 = QStringLiteral("v2-20260101-120000"), v1 = QStringLiteral("v1-20260101-110000");
    selector.setRuns({{v2, QStringLiteral("Longer"), {}, {20, 40}, 20}, {v1, {}, {}, {50}, 0}}, v2, 40);
    QCOMPARE(selector.count(), 3);
    QCOMPARE(selector.currentText(), QStringLiteral("Longer (v2) · step 40"));
    QCOMPARE(selector.itemText(1), QStringLiteral("Longer (v2) · step 20 ★ best"));
    QCOMPARE(selector.itemText(2), QStringLiteral("v1 · step 50"));
    QSignalSpy chosen(&selector, &RunSelector::chosen);
    QTest::keyClick(&selector, Qt::Key_Down);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toString(), v2);
    QCOMPARE(chosen[0][1].toLongLong(), 20);
  }

  void aRunThatAnotherMinnowTrainsIsShownAsUnderWay() {
    TrainPage page;
    page.show();
    auto* label = child<QLabel>(page, "progressLabel");
    QVERIFY(!label->isVisible());
    page.setUnderWayElsewhere(12, 50);
    QVERIFY(label->isVisible());
    QCOMPARE(label->text(), QStringLiteral("Under way in another Minnow: step 12 of 50"));
    QCOMPARE(child<QProgressBar>(page, "trainProgressBar")->value(), 240);
    page.setUnderWayElsewhere(-1, 0);
    QVERIFY(!label->isVisible());
  }

  void openingARunIsOneClickInTheList() {
    RunRecord run = recorded::run();
    TrainPage page;
    page.setRuns({run}, {}, true);
    page.show();
    auto* table = child<QTableView>(page, "runsTable");
    auto* open = child<QPushButton>(page, "openRunButton");
    QVERIFY(!open->isEnabled());
    table->selectRow(0);
    QVERIFY(open->isEnabled());
    QSignalSpy opened(&page, &TrainPage::openRequested);
    open->click();
    QCOMPARE(opened.count(), 1);
  }

  void aRunThatCrashedCanBeResumed() {
    TrainPage page;
    page.show();
    auto* resume = child<QPushButton>(page, "resumeRunButton");
    QVERIFY(!resume->isVisible());
    page.setResumable(QStringLiteral("v2-20260101-120000"), 38, 50);
    QVERIFY(resume->isVisible());
    QVERIFY(resume->text().contains(QLatin1String("v2")) && resume->text().contains(QLatin1String("38")));
    QSignalSpy resumed(&page, &TrainPage::resumeRequested);
    resume->click();
    QCOMPARE(resumed.count(), 1);
  }

  void theGuideOpensAndCloses() {
    TrainPage page;
    page.resize(1072, 680);
    page.show();
    auto* guide = child<FitGuide>(page, "fitGuide");
    QVERIFY(!guide->isVisible());
    child<QPushButton>(page, "fitHelpButton")->click();
    QVERIFY(guide->isVisible());
    QTest::qWait(120);
    child<QPushButton>(page, "guideBackButton")->click();
    QVERIFY(!guide->isVisible());
  }

  void theDarkLookIsDarkAllOver() {
    double darkShare = 0.0;
    applyLook(*qApp, Theme::dark);
    const RunRecord run = recorded::run();
    {
      TrainPage page;
      page.resize(1072, 680);
      page.showRun(run);
      page.setVerdict(run.verdict, factsOf(run));
      page.showSide(TrainPage::Side::verdict);
      page.show();
      QTest::qWait(120);
      const QImage image = page.grab().toImage();
      int dark = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) dark += image.pixelColor(x, y).lightness() < 128;
      darkShare = 1.0 * dark / (image.width() * image.height());
    }
    applyLook(*qApp, Theme::light);
    QVERIFY2(darkShare > 0.9, qPrintable(QString::number(darkShare)));
  }
};

QTEST_MAIN(TestTrainPage)
#include "tst_train_page.moc"
