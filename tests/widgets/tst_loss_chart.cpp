// The curve model and the charts, fed by the recorded demo run; pixels are looked at where a promise is about pixels.
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <cmath>

#include "tests/widgets/recorded.h"
#include "widgets/charts/loss_chart.h"
#include "widgets/charts/run_curves_model.h"
#include "widgets/charts/run_figure_chart.h"
#include "core/types/smoothing.h"
#include "widgets/look/colors.h"

using namespace minnow;

namespace {

StepDone step(std::int64_t at, double loss, std::int64_t max = 0) {
  StepDone s;
  s.step = at;
  s.loss = loss;
  s.max_steps = max;
  s.epoch = static_cast<double>(at) / 10.0;
  return s;
}

EvalDone eval(std::int64_t at, double loss) {
  EvalDone e;
  e.step = at;
  e.eval_loss = loss;
  return e;
}

bool near(const QColor& a, const QColor& b, int tolerance = 40) {
  return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
         std::abs(a.blue() - b.blue()) <= tolerance;
}

int count(const QImage& image, const QColor& color, const QRect& area, int tolerance = 40) {
  int n = 0;
  for (int y = area.top(); y <= area.bottom(); ++y) {
    for (int x = area.left(); x <= area.right(); ++x) n += near(image.pixelColor(x, y), color, tolerance);
  }
  return n;
}

}  // namespace

class TestLossChart : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theModelKeepsItsPromisesToViews() {
    RunCurvesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRun(recorded::run());
    QVERIFY(model.rowCount() > 50);
    model.cutBack(20);
    QCOMPARE(model.steps().back().step, 20);
    model.addStep(step(21, 0.5));
    model.addEval(eval(21, 0.6));
    model.addStep(step(11, 0.7));  // a resumed run repeats steps: what came after is dropped
    QCOMPARE(model.steps().back().step, 11);
    QVERIFY(model.evals().empty() || model.evals().back().step <= 10);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
  }

  void liveAndOpenedLaterAreTheSameTable() {
    const RunRecord run = recorded::run();
    RunCurvesModel opened, live;
    opened.setRun(run);
    std::size_t e = 0;
    for (const StepDone& s : run.steps) {
      live.addStep(s);
      while (e < run.evals.size() && run.evals[e].step == s.step) live.addEval(run.evals[e++]);
    }
    QCOMPARE(live.csv(), opened.csv());
    QCOMPARE(live.bestStep(), opened.bestStep());
    QCOMPARE(live.rowCount(), opened.rowCount());
  }

  void csvHoldsEveryPoint() {
    RunCurvesModel model;
    model.addStep(step(1, 0.123456789));
    model.addEval(eval(1, 0.25));
    model.addStep(step(2, std::nan("")));
    const QList<QByteArray> lines = model.csv().split('\n');
    QCOMPARE(lines[0], QByteArray("step,epoch,train_loss,token_accuracy,learning_rate,grad_norm,tokens_per_second,eval_"
                                  "loss,valid_json,exact_rows"));
    QCOMPARE(lines[1], QByteArray("1,0.1,0.123456789,0,0,0,,0.25,,"));
    QCOMPARE(lines[2], QByteArray("2,0.2,,0,0,0,,,,"));
  }

  void smoothingStartsUnbiasedAndPassesOverWhatIsNoNumber() {
    Smoothing mean(0.9);
    QCOMPARE(mean.next(4.0), 4.0);
    QVERIFY(std::isnan(mean.next(std::nan(""))));
    // n = 0.9 * 4 + 2, d = 1.9
    QVERIFY(std::abs(mean.next(2.0) - 5.6 / 1.9) < 1e-12);
  }

  void aLoneSpikeAmongAMillionPointsIsSeen() {
    RunCurvesModel model;
    RunRecord run;
    const std::int64_t n = 1000000, at = 618034;
    run.steps.reserve(static_cast<std::size_t>(n));
    for (std::int64_t i = 1; i <= n; ++i) run.steps.push_back(step(i, i == at ? 5.0 : 1.0, n));
    run.max_steps = n;
    model.setRun(run);
    LossChart chart(&model);
    chart.resize(900, 400);
    chart.show();
    chart.paintNow();
    QElapsedTimer timer;
    timer.start();
    const QImage image = chart.picture({900, 400}, 1.0).toImage();
    qInfo("painted in %lld ms", static_cast<long long>(timer.elapsed()));
    // The spike is the only blue in the upper half of the picture, near its place.
    const QColor blue = colors(&chart).train;
    const int seen = count(image, blue, QRect(60, 60, 820, 120), 90);
    QVERIFY2(seen >= 60, qPrintable(QString::number(seen)));
    int columns = 0, first = -1;
    for (int x = 60; x < 890; ++x) {
      if (count(image, blue, QRect(x, 60, 1, 120), 90) == 0) continue;
      if (first < 0) first = x;
      ++columns;
    }
    QVERIFY2(columns <= 4, qPrintable(QString::number(columns)));
    QVERIFY2(std::abs(first - (60 + 0.618 * 830)) < 40, qPrintable(QString::number(first)));
  }

  void withoutTheSpikeTheUpperHalfIsEmpty() {  // what the test above would see if it were lost
    RunCurvesModel model;
    RunRecord run;
    for (std::int64_t i = 1; i <= 1000; ++i) run.steps.push_back(step(i, 1.0, 1000));
    run.steps.push_back(step(1001, 5.0, 1001));
    run.steps.back().loss = 1.0;
    model.setRun(run);
    LossChart chart(&model);
    chart.resize(900, 400);
    const QImage image = chart.picture({900, 400}, 1.0).toImage();
    QCOMPARE(count(image, colors(&chart).train, QRect(60, 60, 820, 120), 90) > 0, false);
  }

  void trainAndEvalDifferByColourAndByLineStyle() {
    RunCurvesModel model;
    for (int i = 1; i <= 40; ++i) model.addStep(step(i, 1.0, 40));
    model.addEval(eval(1, 2.0));
    model.addEval(eval(40, 2.0));
    LossChart chart(&model);
    chart.resize(800, 400);
    const QImage image = chart.picture({800, 400}, 1.0).toImage();
    const Colors& c = colors(&chart);
    // Along a line of its own each: train is solid, eval has gaps.
    const auto gaps = [&](const QColor& color) {
      int best = 0;
      for (int y = 30; y < 370; ++y) {
        int on = 0, changes = 0;
        bool was = false;
        for (int x = 120; x < 700; ++x) {
          const bool is = near(image.pixelColor(x, y), color, 70);
          on += is;
          changes += is != was;
          was = is;
        }
        if (on > 200) best = std::max(best, changes);
      }
      return best;
    };
    QVERIFY2(gaps(c.train) >= 1 && gaps(c.train) <= 4, qPrintable(QString::number(gaps(c.train))));
    QVERIFY2(gaps(c.eval) > 20, qPrintable(QString::number(gaps(c.eval))));
  }

  void spikesDontStrikeOutTheBestStepsName() {
    RunCurvesModel model;
    RunRecord run;
    for (std::int64_t i = 1; i <= 400; ++i) run.steps.push_back(step(i, i % 2 ? 1.0 : 0.0, 400));
    for (const std::int64_t at : {100, 200, 300}) run.evals.push_back(eval(at, at == 200 ? 0.4 : 0.5));
    run.max_steps = 400;
    run.best_step = 200;
    model.setRun(run);
    LossChart chart(&model);
    chart.resize(900, 400);
    const QImage image = chart.picture({900, 400}, 1.0).toImage();
    const QColor accent = colors(&chart).accent;
    QRect words;  // and the star below them
    for (int y = 40; y < 340; ++y)
      for (int x = 300; x < 640; ++x)
        if (near(image.pixelColor(x, y), accent, 12)) words |= QRect(x, y, 1, 1);
    QVERIFY(words.width() > 40 && words.height() > 16);
    words.setHeight(8);
    QCOMPARE(count(image, colors(&chart).train, words), 0);
  }

  void smoothingLeavesTheRawCurveVisible() {
    RunCurvesModel model;
    for (int i = 1; i <= 200; ++i) model.addStep(step(i, i % 2 ? 1.0 : 3.0, 200));
    LossChart chart(&model);
    chart.resize(800, 400);
    chart.setSmoothing(0.95);
    const QImage image = chart.picture({800, 400}, 1.0).toImage();
    const QColor blue = colors(&chart).train, paper = colors(&chart).card;
    const QColor pale(static_cast<int>(0.32 * blue.red() + 0.68 * paper.red()),
                      static_cast<int>(0.32 * blue.green() + 0.68 * paper.green()),
                      static_cast<int>(0.32 * blue.blue() + 0.68 * paper.blue()));
    QVERIFY(count(image, blue, QRect(80, 40, 700, 330), 30) > 300);
    QVERIFY(count(image, pale, QRect(80, 40, 700, 330), 30) > 1000);
  }

  void theReadOutNamesEveryCurveAtTheStep() {
    const RunRecord run = recorded::run();
    RunCurvesModel model;
    model.setRun(run);
    LossChart chart(&model);
    chart.resize(800, 400);
    chart.show();
    RunRecord other = run;
    other.folder = "/elsewhere/v9-other";
    other.name = "v9-other";
    chart.addOverlay(other);
    chart.paintNow();
    chart.showReadOut(20.2);
    const QString text = chart.readOutText();
    QVERIFY2(text.contains(QStringLiteral("step 20")), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("train")));
    QVERIFY(text.contains(QStringLiteral("eval at step")));
    QVERIFY(text.contains(QStringLiteral("v9-other, train")));
    QVERIFY(text.contains(QStringLiteral("v9-other, eval")));
    QVERIFY(text.contains(QLocale().toString(run.steps[19].loss, 'f', run.steps[19].loss < 0.1 ? 5 : 4)));
    chart.showReadOut(-1.0);
    QVERIFY(chart.readOutText().isEmpty());
  }

  void behindTheRunsEndOverlaysAreReadOut() {
    RunCurvesModel model;
    RunRecord here, longer;
    for (std::int64_t i = 1; i <= 10; ++i) here.steps.push_back(step(i, 1.0, 40));
    for (std::int64_t i = 1; i <= 40; ++i) longer.steps.push_back(step(i, i == 30 ? 0.75 : 0.5, 40));
    here.max_steps = longer.max_steps = 40;
    longer.folder = longer.name = "v9-longer";
    model.setRun(here);
    LossChart chart(&model);
    chart.resize(800, 400);
    chart.show();
    chart.addOverlay(longer);
    chart.paintNow();
    chart.showReadOut(30.1);
    const QString text = chart.readOutText();
    QVERIFY2(text.contains(QStringLiteral("step 30")) && text.contains(QLocale().toString(0.75, 'f', 4)),
             qPrintable(text));
    QVERIFY2(!text.contains(QLocale().toString(1.0, 'f', 4)), qPrintable(text));
    chart.showReadOut(9.8);
    QVERIFY(chart.readOutText().contains(QStringLiteral("step 10")));
    QVERIFY(chart.readOutText().contains(QLocale().toString(1.0, 'f', 4)));
  }

  void arrowKeysMoveTheReadOutAndHomeResetsTheView() {
    RunCurvesModel model;
    model.setRun(recorded::run());
    LossChart chart(&model);
    chart.resize(800, 400);
    chart.show();
    chart.paintNow();
    QSignalSpy moved(&chart, &CurvePlot::readOutMoved);
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(moved.last().at(0).toDouble(), 2.0);
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(moved.last().at(0).toDouble(), 1.0);
    QVERIFY(chart.followsRun());
    QTest::keyClick(&chart, Qt::Key_Plus);
    QVERIFY(!chart.followsRun());
    QTest::keyClick(&chart, Qt::Key_Home);
    QVERIFY(chart.followsRun());
  }

  void aZoomedViewStaysWhereItWasPutWhilePointsArrive() {
    RunCurvesModel model;
    for (int i = 1; i <= 50; ++i) model.addStep(step(i, 1.0 / i, 50));
    LossChart chart(&model);
    chart.resize(800, 400);
    chart.show();
    chart.paintNow();
    QTest::keyClick(&chart, Qt::Key_Plus);
    const QImage before = chart.picture({800, 400}, 1.0).toImage();
    model.addStep(step(51, 7.0, 51));
    chart.paintNow();
    QVERIFY(!chart.followsRun());
    QCOMPARE(chart.picture({800, 400}, 1.0).toImage(), before);
  }

  void aThousandEventsArePaintedOnce() {
    RunCurvesModel model;
    LossChart chart(&model);
    chart.resize(400, 300);
    chart.show();
    QSignalSpy changed(&model, &RunCurvesModel::curvesChanged);
    QElapsedTimer timer;
    timer.start();
    for (int i = 1; i <= 20000; ++i) model.addStep(step(i, 1.0, 20000));
    QCOMPARE(changed.count(), 20000);
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));  // no painting in between
  }

  void aRisingEvalCurveIsSeenWithoutZooming() {
    RunCurvesModel model;
    for (int i = 1; i <= 200; ++i) model.addStep(step(i, 0.04 + 2.9 * std::exp(-i / 8.0) + 0.005 * (i % 3), 200));
    for (int i = 20; i <= 200; i += 20) model.addEval(eval(i, 0.060 + 0.0004 * std::abs(i - 80)));
    LossChart chart(&model);
    chart.resize(800, 400);
    chart.show();
    chart.paintNow();
    // The rise takes a good part of the height, and every evaluation of it is in view.
    const auto y = chart.shownY();
    const double rise = 0.0004 * 120;
    QVERIFY2(y.upper > 0.108 && rise > 0.3 * (y.upper - y.lower), qPrintable(QString::number(y.upper)));
    // All of it is one double click away, and back.
    QWidget* plot = chart.findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    QTest::mouseDClick(plot, Qt::LeftButton, {}, {400, 200});
    QVERIFY(chart.showsWhole() && chart.shownY().upper > 2.5);
    QTest::mouseDClick(plot, Qt::LeftButton, {}, {400, 200});
    QVERIFY(!chart.showsWhole() && chart.shownY().upper < 0.2);
    // One click on the log axis shows all as well.
    chart.setLogarithmic(true);
    QVERIFY(chart.shownY().upper > 2.5);
  }

  void aCurveThatStillFallsOrWasNeverHighIsShownWhole_data() {
    QTest::addColumn<double>("start");
    QTest::addColumn<double>("end");
    QTest::newRow("falling") << 2.0 << 1.0;
    QTest::newRow("flat") << 1.0 << 1.0;
    QTest::newRow("rising") << 0.5 << 4.0;
  }
  void aCurveThatStillFallsOrWasNeverHighIsShownWhole() {
    QFETCH(double, start);
    QFETCH(double, end);
    RunCurvesModel model;
    for (int i = 0; i <= 100; ++i) model.addStep(step(i + 1, start + (end - start) * i / 100.0, 101));
    LossChart chart(&model);
    chart.resize(800, 400);
    chart.show();
    chart.paintNow();
    QVERIFY(chart.shownY().lower <= std::min(start, end) && chart.shownY().upper >= std::max(start, end));
  }

  void aLossThatIsNoNumberKeepsTheWholeCurveInView() {
    RunCurvesModel model;
    for (int i = 1; i <= 100; ++i) model.addStep(step(i, 0.1 + 3.0 * std::exp(-i / 4.0), 100));
    model.addStep(step(101, std::nan(""), 101));
    LossChart chart(&model);
    chart.resize(800, 400);
    chart.show();
    chart.paintNow();
    QVERIFY(chart.shownY().upper > 2.0);
  }

  void twoCurvesHaveALegend() {
    RunCurvesModel model;
    model.setRun(recorded::run());
    RunFigureChart score(RunFigureChart::Figure::score, &model);
    score.resize(240, 130);
    score.show();
    score.paintNow();
    const QString svg = QString::fromUtf8(score.svg({240, 130}));
    QVERIFY(svg.contains(QLatin1String(">exact<")) && svg.contains(QLatin1String(">JSON<")));
  }

  void savesPngSvgAndCsv() {
    QTemporaryDir folder;
    RunCurvesModel model;
    model.setRun(recorded::run());
    LossChart chart(&model);
    chart.resize(800, 400);
    QString problem;
    const QString png = folder.filePath(QStringLiteral("a.png")), svg = folder.filePath(QStringLiteral("a.svg")),
                  csv = folder.filePath(QStringLiteral("a.csv"));
    QVERIFY(chart.saveTo(png));
    QCOMPARE(QImage(png).size(), QSize(1920, 1080));
    QVERIFY(chart.saveTo(svg));
    QFile file(svg);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    int paths = 0;
    while (!xml.atEnd()) {
      if (xml.readNext() == QXmlStreamReader::StartElement &&
          (xml.name() == QLatin1String("polyline") || xml.name() == QLatin1String("path")))
        ++paths;
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(paths > 3);  // drawn as lines, not as a picture
    QVERIFY(chart.saveTo(csv));
    QFile table(csv);
    QVERIFY(table.open(QIODevice::ReadOnly));
    QCOMPARE(table.readAll(), model.csv());
    QVERIFY(!chart.saveTo(folder.filePath(QStringLiteral("a.txt")), &problem));
    QVERIFY(problem.contains(QStringLiteral("a.txt")));
    QVERIFY(!chart.saveTo(QStringLiteral("/no/such/folder/a.png"), &problem));
    QVERIFY(problem.contains(QStringLiteral("a.png")));
  }

  void aChartThatFollowsAnotherSaysItInItsHeading() {
    const RunRecord run = recorded::run();
    RunCurvesModel model;
    model.setRun(run);
    RunFigureChart chart(RunFigureChart::Figure::gradNorm, &model);
    chart.resize(240, 130);
    chart.show();
    chart.paintNow();
    const QString last = chart.shownFigure();
    chart.followReadOut(10.0);
    chart.paintNow();
    QCOMPARE(chart.shownFigure(), QLocale().toString(run.steps[9].grad_norm, 'f', 3));
    QVERIFY(chart.shownFigure() != last);
    QVERIFY(!chart.findChild<QLabel*>(QStringLiteral("readOutLabel"))->isVisible());
    chart.followReadOut(-1.0);
    chart.paintNow();
    QCOMPARE(chart.shownFigure(), last);
  }

  void smallChartsShowTheirLastFigure() {
    const RunRecord run = recorded::run();
    RunCurvesModel model;
    model.setRun(run);
    using Figure = RunFigureChart::Figure;
    for (const Figure figure : {Figure::score, Figure::learningRate, Figure::gradNorm, Figure::tokensPerSecond}) {
      RunFigureChart chart(figure, &model);
      chart.resize(240, 130);
      chart.show();
      chart.paintNow();
      QVERIFY(chart.csv().count('\n') > 2);
      chart.showReadOut(10.0);
      QVERIFY(!chart.readOutText().isEmpty());
    }
  }

  void aLossThatIsNoNumberIsMarkedAndBreaksNothing() {
    RunCurvesModel model;
    model.addStep(step(1, 1.0, 4));
    model.addStep(step(2, std::nan(""), 4));
    model.addStep(step(3, HUGE_VAL, 4));
    LossChart chart(&model);
    chart.resize(600, 300);
    const QImage image = chart.picture({600, 300}, 1.0).toImage();
    QVERIFY(count(image, colors(&chart).bad, QRect(0, 0, 600, 300)) > 5);
    chart.setLogarithmic(true);
    const QImage logarithmic = chart.picture({600, 300}, 1.0).toImage();
    QVERIFY(count(logarithmic, colors(&chart).bad, QRect(0, 0, 600, 300)) > 5);
  }
};

QTEST_MAIN(TestLossChart)
#include "tst_loss_chart.moc"
