// Recipe auto's arithmetic, the start gate on short plans, and auto.json, without a model.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

#include "core/train/auto_choice_file.h"
#include "core/train/auto_plan.h"
#include "core/train/few_steps.h"
#include "core/train/schedule.h"
#include "core/types/error.h"

using namespace minnow;

namespace {

/// A machine on which a row of a step takes `row_seconds`.
AutoFacts facts(std::int64_t rows, double row_seconds = 0.01) {
  AutoFacts f;
  f.train_rows = rows;
  f.supervised_tokens = 25.0 * static_cast<double>(rows);
  f.step_seconds = [row_seconds](std::int64_t per_step) { return row_seconds * static_cast<double>(per_step); };
  f.evaluation_seconds = 1.0;
  return f;
}

/// A range test as seen on real rows: flat, down to 0.2 of the start, and up again from `broken` on.
std::vector<RatePoint> curve(double usual, double broken, std::int64_t steps = 28) {
  std::vector<RatePoint> tried;
  for (const double rate : rates_to_try(usual, steps)) {
    const double fallen = 1.0 / (1.0 + std::pow(rate / (broken / 16.0), 1.5));
    tried.push_back({rate, rate < broken ? 0.2 + 0.8 * fallen : 1.5});
  }
  return tried;
}

}  // namespace

class TestAutoPlan : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aFewHundredStepsWhateverTheRows_data() {
    QTest::addColumn<int>("rows");
    for (const int rows : {20, 100, 480, 600, 2000, 8000}) QTest::newRow(qPrintable(QString::number(rows))) << rows;
  }
  void aFewHundredStepsWhateverTheRows() {
    QFETCH(int, rows);
    const AutoPlan plan = plan_auto(recipe("auto"), facts(rows));
    QVERIFY2(plan.steps >= 350 && plan.steps <= 2600, qPrintable(QString::number(plan.steps)));
    QCOMPARE(plan.steps, plan_steps(plan.options, rows).max_steps);
    QCOMPARE(plan.choice.settings.size(), std::size_t{3});
    for (const ChosenSetting& chosen : plan.choice.settings) QVERIFY(!chosen.reason.empty());
  }

  void theTimeLimitIsKept_data() {
    QTest::addColumn<double>("rowSeconds");
    QTest::addColumn<double>("minutes");
    QTest::newRow("a slow machine, 15 minutes") << 0.25 << 15.0;
    QTest::newRow("2 minutes") << 0.02 << 2.0;
    QTest::newRow("hopelessly short") << 1.0 << 0.5;
  }
  void theTimeLimitIsKept() {
    QFETCH(double, rowSeconds);
    QFETCH(double, minutes);
    TrainOptions o = recipe("auto");
    o.time_limit_minutes = minutes;
    const AutoPlan plan = plan_auto(o, facts(2000, rowSeconds));
    const double seconds = static_cast<double>(plan.steps) * rowSeconds * plan.options.per_device_train_batch_size;
    QVERIFY2(seconds <= 60.0 * minutes, qPrintable(QString::number(seconds)));
  }

  void aShortTimeIsSaidAsItIs() {
    TrainOptions o = recipe("auto");
    o.time_limit_minutes = 0.6;
    std::string reasons;
    for (const ChosenSetting& chosen : plan_auto(o, facts(2000, 0.2)).choice.settings) reasons += text_of(chosen.reason) + "\n";
    QVERIFY2(reasons.find("0.6 min") != std::string::npos, reasons.c_str());
  }

  void whereTimeIsShortStepsAreSmaller() {
    QCOMPARE(plan_auto(recipe("auto"), facts(2000, 0.01)).options.per_device_train_batch_size, 16);
    QVERIFY(plan_auto(recipe("auto"), facts(2000, 0.4)).options.per_device_train_batch_size < 16);
  }

  void withoutALimitAHundredStepsAreTakenAnyway() {
    const AutoPlan plan = plan_auto(recipe("auto"), facts(2000, 15.0));
    QVERIFY2(plan.steps >= 99 && plan.steps <= 101, qPrintable(QString::number(plan.steps)));
    QVERIFY(plan.choice.settings[1].reason.code == NoticeCode::auto_time_too_short);
  }

  void whatIsGivenStays() {
    TrainOptions o = recipe("auto");
    o.auto_settings = {"num_train_epochs"};
    o.per_device_train_batch_size = 5;
    o.lora_rank = 3;
    const AutoPlan plan = plan_auto(o, facts(480));
    QCOMPARE(plan.options.per_device_train_batch_size, 5);
    QCOMPARE(plan.options.lora_rank, 3);
    QCOMPARE(plan.choice.settings.size(), std::size_t{1});
  }

  void theUsualRateFallsWithTheWidth() {
    QCOMPARE(usual_rate(256, 4.0), 2e-3);    // the demo model
    QCOMPARE(usual_rate(1024, 4.0), 5e-4);   // Qwen3-0.6B
    QCOMPARE(usual_rate(2048, 4.0), 2.5e-4);
    QCOMPARE(usual_rate(1024, 2.0), 1e-3);   // a weaker adapter
  }

  void theRateStaysASixteenthBelowWhatBreaks_data() {
    QTest::addColumn<double>("usual");
    QTest::addColumn<double>("broken");
    QTest::newRow("as usual") << 2e-3 << 3.2e-2;
    QTest::newRow("sooner") << 2e-3 << 1.6e-2;
    QTest::newRow("later") << 5e-4 << 1.2e-2;
  }
  void theRateStaysASixteenthBelowWhatBreaks() {
    QFETCH(double, usual);
    QFETCH(double, broken);
    for (const std::int64_t steps : {12, 20, 32}) {
      const double rate = choose_rate(curve(usual, broken, steps), usual).value;
      QVERIFY2(rate > 0.4 * broken / 16.0 && rate < 2.5 * broken / 16.0, qPrintable(QString::number(rate)));
    }
  }

  void aLossThatIsNoNumberIsAPlaceWhereItBroke() {
    auto tried = curve(2e-3, 3.2e-2);
    for (RatePoint& p : tried) {
      if (p.learning_rate >= 3.2e-2) p.loss = std::numeric_limits<double>::quiet_NaN();
    }
    const double rate = choose_rate(tried, 2e-3).value;
    QVERIFY2(rate > 1e-3 && rate < 4e-3, qPrintable(QString::number(rate)));
  }

  void aTestThatSaysNothingLeavesTheUsualRate() {
    std::vector<RatePoint> flat;
    for (const double rate : rates_to_try(5e-4, 12)) flat.push_back({rate, 1.0});
    QCOMPARE(choose_rate(flat, 5e-4).value, 5e-4);
    flat.resize(2);
    QCOMPARE(choose_rate(flat, 5e-4).value, 5e-4);
    QCOMPARE(choose_rate({}, 5e-4).value, 5e-4);
  }

  void noNoiseLeadsFarFromTheUsualRate() {
    QVERIFY(choose_rate(curve(5e-4, 1.0), 5e-4).value <= 2.5 * 5e-4 * 1.01);
    QVERIFY(choose_rate(curve(5e-4, 2e-4), 5e-4).value >= 5e-4 / 2.5 * 0.99);
  }

  void autoJsonComesBack() {
    QTemporaryDir dir;
    AutoChoice choice = plan_auto(recipe("auto"), facts(480)).choice;
    choice.tried = {{1e-4, 1.5}, {1e-3, 0.5}, {1e-2, std::numeric_limits<double>::quiet_NaN()}};
    choice.seconds = 2.5;
    choice.rows = 8;
    const std::filesystem::path folder = dir.path().toStdString();
    QVERIFY(read_auto_choice(folder).empty());
    write_auto_choice(folder, choice);
    const AutoChoice back = read_auto_choice(folder);
    QVERIFY(back.settings == choice.settings);
    QCOMPARE(back.tried.size(), std::size_t{3});
    QCOMPARE(back.tried[1].loss, 0.5);
    QVERIFY(std::isnan(back.tried[2].loss));
    QCOMPARE(back.rows, std::int64_t{8});
  }

  void aPlanOfFewStepsIsNamedBeforeItStarts_data() {
    QTest::addColumn<QString>("recipe");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QString>("words");
    QTest::newRow("the tutorial's steps on 600 rows") << "tutorial" << 540
                                                      << "20 steps are too few to learn a task; a few hundred do: "
                                                         "16 rows per step instead of 320 give 340 in the same epochs";
    QTest::newRow("the tutorial's own rows") << "tutorial" << 1600 << "";
    QTest::newRow("quick on few rows") << "quick" << 40
                                       << "6 steps are too few to learn a task; a few hundred do: "
                                          "4 rows per step instead of 16 give 20 in the same epochs, and 20 epochs 200";
    QTest::newRow("quick") << "quick" << 2000 << "";
    QTest::newRow("auto") << "auto" << 540 << "";
  }
  void aPlanOfFewStepsIsNamedBeforeItStarts() {
    QFETCH(QString, recipe);
    QFETCH(int, rows);
    QFETCH(QString, words);
    TrainOptions o = minnow::recipe(recipe.toStdString());
    if (recipe == "auto") o = plan_auto(o, facts(rows)).options;
    const Notice few = few_steps_notice(o, rows);
    QCOMPARE(few.empty() ? QString() : QString::fromStdString(text_of(few)), words);
  }

  void aGivenNumberOfStepsIsToldAsSuch() {
    TrainOptions o = recipe("quick");
    o.max_steps = 4;
    QVERIFY(few_steps_notice(o, 500) == Notice(NoticeCode::few_steps_raise_limit, {"4"}));
  }
};

QTEST_GUILESS_MAIN(TestAutoPlan)
#include "tst_auto_plan.moc"
