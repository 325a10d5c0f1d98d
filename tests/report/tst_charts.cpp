// The run's images: the scalars of a log, their smoothing, axes, and the files that cairo draws.
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>

#include "core/report/axis.h"
#include "core/report/charts.h"
#include "core/report/figures.h"
#include "core/report/images.h"
#include "core/types/smoothing.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

constexpr const char* kLog =
    R"log({"loss": 2.5, "token_acc": 0.5, "grad_norm": 1.0, "learning_rate": 1e-4, "epoch": 0.1, "global_step/max_steps": "1/4", "train_speed(iter/s)": 1.5, "note": "text"}
{"loss": 2.0, "token_acc": 0.6, "grad_norm": 0.9, "learning_rate": 8e-5, "epoch": 0.2, "global_step/max_steps": "2/4", "train_speed(iter/s)": 1.6}
{"eval_loss": 1.9, "eval_exact_rows": 0.25, "epoch": 0.2, "global_step/max_steps": "2/4"}
{"loss": 1.5, "token_acc": 0.7, "grad_norm": 0.8, "learning_rate": 4e-5, "epoch": 0.3, "global_step/max_steps": "3/4", "train_speed(iter/s)": 1.6}
{"loss": 1.2, "token_acc": 0.8, "grad_norm": 0.7, "learning_rate": 0.0, "epoch": 0.4, "global_step/max_steps": "4/4", "train_speed(iter/s)": 1.6}
{"eval_loss": 1.4, "eval_exact_rows": 0.5, "epoch": 0.4, "global_step/max_steps": "4/4"}
)log";

Chart chart(const std::vector<double>& values) {
  Chart c;
  c.title = "train/loss <&>";
  for (std::size_t i = 0; i < values.size(); ++i) c.step.push_back(static_cast<double>(i + 1));
  c.value = values;
  return c;
}

/// How many pixels of a PNG aren't white.
int ink(const std::string& png) {
  const QImage image = QImage::fromData(QByteArray::fromStdString(png), "PNG");
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) count += image.pixel(x, y) != qRgb(255, 255, 255);
  }
  return count;
}

}  // namespace

class TestCharts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    dir_ = std::make_unique<QTemporaryDir>();
    std::ofstream(run() / "logging.jsonl") << kLog;
  }

  void aLogsScalarsAreFound() {
    const auto scalars = read_logged_scalars(run() / "logging.jsonl");
    std::map<std::string, LoggedScalar> by_tag;
    for (const LoggedScalar& s : scalars) by_tag[s.tag] = s;
    QCOMPARE(by_tag["train/loss"].value, (std::vector<double>{2.5, 2.0, 1.5, 1.2}));
    QCOMPARE(by_tag["train/loss"].step, (std::vector<double>{1, 2, 3, 4}));
    QCOMPARE(by_tag["eval/loss"].step, (std::vector<double>{2, 4}));
    QCOMPARE(by_tag["eval/exact_rows"].value, (std::vector<double>{0.25, 0.5}));
    QVERIFY(by_tag.count("train/note") == 0);
    QCOMPARE(image_name("train/train_speed(iter/s)"), std::string("train_train_speed(iter_s)"));
  }

  void anUnfinishedLastLineIsPassedOverAndABrokenOneIsNamed() {
    std::ofstream(run() / "logging.jsonl", std::ios::app) << R"({"loss": 1.)";
    QCOMPARE(read_logged_scalars(run() / "logging.jsonl").front().value.size(), std::size_t{4});
    std::ofstream(run() / "logging.jsonl") << "{\"loss\": 1, \"global_step/max_steps\": \"1/2\"}\nno JSON\n{}\n";
    try {
      read_logged_scalars(run() / "logging.jsonl");
      QFAIL("not refused");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("2"), error.what());
    }
    QVERIFY_THROWS_EXCEPTION(Error, read_logged_scalars(run() / "nothing.jsonl"));
  }

  void smoothingIsTheReferencesRunningMean() {
    // By hand: n = 0.9 n + v, d = 0.9 d + 1.
    const auto s = smooth({1.0, 2.0, 4.0});
    QCOMPARE(s[0], 1.0);
    QVERIFY(std::abs(s[1] - (0.9 + 2.0) / 1.9) < 1e-12);
    QVERIFY(std::abs(s[2] - (0.9 * 2.9 + 4.0) / (0.9 * 1.9 + 1.0)) < 1e-12);
    const auto gap = smooth({1.0, kNan, 4.0});
    QVERIFY(std::isnan(gap[1]));
    QVERIFY(std::abs(gap[2] - (0.9 + 4.0) / 1.9) < 1e-12);
    QVERIFY(smooth({}).empty());
  }

  void axesHaveRoundTicksInsideTheirRange_data() {
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    for (const auto& [low, high] : std::vector<std::pair<double, double>>{
             {0, 1}, {1.2, 2.5}, {-3, 7}, {1e-5, 1e-4}, {0, 123456}, {5, 5}, {kNan, kNan}, {-1e9, 1e9}}) {
      QTest::addRow("%g to %g", low, high) << low << high;
    }
  }
  void axesHaveRoundTicksInsideTheirRange() {
    QFETCH(double, low);
    QFETCH(double, high);
    for (const AxisKind kind : {AxisKind::values, AxisKind::whole}) {
      if (kind == AxisKind::whole && high - low < 1.0) continue;  // steps are whole
      const Axis axis = make_axis(low, high, 6, kind);
      QVERIFY(axis.low < axis.high);
      QCOMPARE(axis.ticks.size(), axis.labels.size());
      QVERIFY(!axis.ticks.empty() && axis.ticks.size() <= 14);
      QVERIFY(std::is_sorted(axis.ticks.begin(), axis.ticks.end()));
      for (const double tick : axis.ticks) {
        QVERIFY(axis.position(tick) >= -1e-9 && axis.position(tick) <= 1.0 + 1e-9);
        if (kind == AxisKind::whole) QVERIFY(std::abs(tick - std::round(tick)) < 1e-9);
      }
      if (std::isfinite(low) && kind == AxisKind::values) QVERIFY(axis.low <= low && axis.high >= high);
    }
  }

  void everyScalarBecomesAnImage() {
    if (!charts_available()) QSKIP("cairo was not there when this was built");
    const auto files = draw_images(run());
    for (const char* name :
         {"train_loss.png", "eval_loss.png", "train_learning_rate.png", "train_train_speed(iter_s).png"}) {
      QVERIFY2(fs::exists(run() / "images" / name), name);
      const QImage image(QString::fromStdString((run() / "images" / name).string()));
      QCOMPARE(image.size(), QSize(800, 500));
    }
    for (const auto& file : files) QVERIFY(fs::file_size(file) > 1000);
    QCOMPARE(draw_images(run()).size(), files.size());  // again over the old ones
  }

  void curvesAreThere() {
    if (!charts_available()) QSKIP("cairo was not there when this was built");
    const int empty = ink(figure_png(chart_figure(chart({}))));
    QVERIFY(empty > 0);
    QVERIFY(ink(figure_png(chart_figure(chart({1.0})))) > 0);
    QVERIFY(ink(figure_png(chart_figure(chart({1.0, 2.0, 3.0, 1.0})))) > empty + 200);
    const int whole = ink(figure_png(chart_figure(chart({1.0, 1.0, 1.0, 1.0, 1.0})))),
              broken = ink(figure_png(chart_figure(chart({1.0, 1.0, kNan, 1.0, 1.0}))));
    QVERIFY(broken < whole);
    std::vector<double> many(100000);
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = std::sin(static_cast<double>(i) / 500.0);
    QVERIFY(ink(figure_png(chart_figure(chart(many)))) > empty + 1000);
  }

 private:
  fs::path run() const { return dir_->path().toStdString(); }
  std::unique_ptr<QTemporaryDir> dir_;
};

QTEST_GUILESS_MAIN(TestCharts)
#include "tst_charts.moc"
