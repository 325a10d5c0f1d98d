// The verdict on a run's fit: sixty labelled curves, and what the sentences and remedies promise.
#include <QtTest>

#include <array>
#include <cmath>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/train/verdict.h"

using namespace minnow;

class TestVerdict : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void labelledCurvesAreJudgedAsLabelled();
  void notFiniteIsDivergingAtOnce();
  void fewerThanFiveEvaluationsAreTooEarly();
  void sentencesAndRemediesHoldTheFigures();
  void flatButMostlyWrongIsNoGoodFit();
  void fewValidationRowsAreSaid();
  void jumpsAtEpochBordersAreSeen();
  void orderAndExtraPointsDoNotMatter();
  void anyCurveHasAVerdict();
};

static double number(const Json& value) {
  if (value.is_null()) return not_measured;
  return value.is_string() ? std::numeric_limits<double>::infinity() : value.get<double>();
}

static VerdictInput input_from(const Json& curve) {
  VerdictInput input;
  input.validation_rows = curve.at("validation_rows").get<std::int64_t>();
  for (const Json& p : curve.at("points")) {
    input.points.push_back({p[0].get<std::int64_t>(), p[1].get<double>(), number(p[2]), number(p[3]), number(p[4])});
  }
  return input;
}

// A run of 60 steps with an evaluation every `every` steps; both curves as functions of the share done.
template <typename Train, typename Eval>
static VerdictInput run_of(Train train, Eval eval, int every = 3) {
  VerdictInput input;
  input.validation_rows = 100;
  for (int step = 1; step <= 60; ++step) {
    const double x = step / 60.0;
    CurvePoint point{step, 4.0 * x, train(x), not_measured, not_measured};
    if (step % every == 0) point.eval_loss = eval(x);
    input.points.push_back(point);
  }
  return input;
}

static double settled(double x) { return 0.2 + 1.2 * std::exp(-x / 0.08); }
static double falling(double x) { return 2.0 - x; }
static double valley(double x) { return x < 0.4 ? 1.0 - 1.5 * x : 0.4 + 0.5 * (x - 0.4); }

void TestVerdict::labelledCurvesAreJudgedAsLabelled() {
  LineReader reader(std::filesystem::path(MINNOW_SOURCE_DIR) / "tests/train/verdict_curves.jsonl");
  std::string line;
  int curves = 0, right = 0;
  while (reader.next(line)) {
    const Json curve = parse_json(line, "verdict_curves.jsonl");
    const Verdict found = verdict(input_from(curve));
    const std::string name = curve["name"], label = curve["label"];
    const bool agrees = to_string(found.fit) == label;
    if (!agrees) qWarning("%s, labelled %s: %s", name.c_str(), label.c_str(), found.sentence.c_str());
    QVERIFY2(agrees || !curve["clear"].get<bool>(), name.c_str());
    QVERIFY(!found.sentence.empty() && !found.remedies.empty());
    ++curves;
    right += agrees ? 1 : 0;
  }
  QCOMPARE(curves, 60);
  QVERIFY2(right >= 58, qPrintable(QString("%1 of 60").arg(right)));
}

void TestVerdict::notFiniteIsDivergingAtOnce() {
  VerdictInput input;
  input.non_finite = true;
  QCOMPARE(verdict(input).fit, Fit::diverging);
  input = run_of(settled, settled);
  input.points.push_back({61, 4.1, not_measured, not_measured, not_measured});
  const Verdict found = verdict(input);
  QCOMPARE(found.fit, Fit::diverging);
  QVERIFY2(found.sentence.find("step 61") != std::string::npos, found.sentence.c_str());
  QCOMPARE(found.remedies[0], Remedy::lower_learning_rate);
  QCOMPARE(found.remedies[1], Remedy::restore_best);
}

void TestVerdict::fewerThanFiveEvaluationsAreTooEarly() {
  QCOMPARE(verdict(run_of(settled, settled, 15)).fit, Fit::too_early);
  QCOMPARE(verdict(run_of(settled, settled, 12)).fit, Fit::good);
  const Verdict found = verdict(run_of(settled, valley, 20));
  QVERIFY2(found.sentence.find("3 of the 5") != std::string::npos, found.sentence.c_str());
  QCOMPARE(verdict({}).fit, Fit::too_early);
}

void TestVerdict::sentencesAndRemediesHoldTheFigures() {
  const Verdict good = verdict(run_of(settled, [](double x) { return settled(x) + 0.01; }));
  QCOMPARE(good.fit, Fit::good);
  QVERIFY2(good.sentence.find("eval loss 0.210") != std::string::npos, good.sentence.c_str());
  QVERIFY(std::fabs(good.gap - 0.01) < 0.001);
  QCOMPARE(good.remedies[0], Remedy::none);

  const Verdict under = verdict(run_of(falling, falling));
  QCOMPARE(under.fit, Fit::underfitting);
  QVERIFY(std::fabs(under.eval_slope + 1.0 / 60.0) < 1e-6 && under.eval_slope_error < 1e-6);
  QCOMPARE(under.remedies[0], Remedy::more_epochs);
  QCOMPARE(under.remedies[1], Remedy::higher_rank);

  const Verdict over = verdict(run_of(settled, valley));
  QCOMPARE(over.fit, Fit::overfitting);
  QCOMPARE(over.best_step, 24);
  QVERIFY(std::fabs(over.rise_from_best - 0.3) < 1e-9);
  for (const char* figure : {"0.400 at step 24", "0.700 at step 60", "75"}) {
    QVERIFY2(over.sentence.find(figure) != std::string::npos, over.sentence.c_str());
  }
  QCOMPARE(over.remedies[0], Remedy::restore_best);

  const Verdict up = verdict(run_of([](double x) { return x < 0.5 ? 2.0 - 3.0 * x : 0.5 + 4.0 * (x - 0.5); }, valley));
  QCOMPARE(up.fit, Fit::diverging);
  QVERIFY2(up.sentence.find("train loss rose from 0.") != std::string::npos, up.sentence.c_str());

  const Verdict nothing = verdict(run_of([](double) { return 2.3; }, [](double) { return 2.3; }));
  QCOMPARE(nothing.fit, Fit::underfitting);
  QCOMPARE(nothing.remedies[0], Remedy::higher_learning_rate);
}

// A recorded run of 20 steps on 24 rows: its learning rate ran out before the loss was done.
void TestVerdict::flatButMostlyWrongIsNoGoodFit() {
  const std::array train{0.5204, 0.5134, 0.5178, 0.514,  0.5181, 0.4983, 0.5284, 0.4584, 0.497, 0.5017,
                         0.4806, 0.5088, 0.4792, 0.4963, 0.4921, 0.4616, 0.4889, 0.463,  0.4538, 0.5255};
  const std::array eval{0.4467, 0.4453, 0.4389, 0.4339, 0.4251, 0.4206, 0.4194, 0.4187, 0.416, 0.416};
  const auto judged = [&](double exact_rows) {
    VerdictInput input;
    input.validation_rows = 100;
    for (std::size_t i = 0; i < train.size(); ++i) {
      const auto step = static_cast<std::int64_t>(i) + 1;
      CurvePoint point{step, 0.5 * static_cast<double>(step), train[i], not_measured, not_measured};
      if (step % 2 == 0) point.eval_loss = eval[i / 2];
      if (step == 16 || step == 20) point.exact_rows = exact_rows;
      input.points.push_back(point);
    }
    return verdict(input);
  };
  const Verdict wrong = judged(0.0);
  QCOMPARE(wrong.fit, Fit::underfitting);
  QCOMPARE(wrong.remedies[0], Remedy::fewer_rows_per_step);  // 20 steps teach nothing
  QCOMPARE(wrong.remedies[1], Remedy::more_epochs);
  QVERIFY(wrong.late_fall > 0.004 && wrong.late_fall < 0.012);
  QVERIFY2(wrong.sentence.find("second half") != std::string::npos, wrong.sentence.c_str());
  // The same curve where answers are right, or where nobody asked, is what it looks like.
  for (const double exact_rows : {0.9, not_measured}) {
    QCOMPARE(judged(exact_rows).fit, Fit::good);
    QCOMPARE(judged(exact_rows).late_fall, 0.0);
  }
  // Mostly wrong, but settled long ago: more steps won't help.
  VerdictInput settled_run = run_of(settled, settled);
  settled_run.points.back().exact_rows = 0.1;
  QCOMPARE(verdict(settled_run).fit, Fit::good);
  QCOMPARE(verdict(settled_run).remedies[0], Remedy::higher_rank);
}

void TestVerdict::fewValidationRowsAreSaid() {
  VerdictInput input = run_of(settled, settled);
  input.validation_rows = 8;
  input.points.back().exact_rows = 0.75;
  const Verdict found = verdict(input);
  QVERIFY2(found.sentence.find("Only 8 validation rows") != std::string::npos, found.sentence.c_str());
  QVERIFY2(found.sentence.find("75") != std::string::npos, found.sentence.c_str());
  // The rise that a hundred rows would show as overfitting is not enough with eight.
  input = run_of(settled, [](double x) { return 0.3 + 0.025 * std::max(0.0, x - 0.5); });
  QCOMPARE(verdict(input).fit, Fit::overfitting);
  input.validation_rows = 8;
  QCOMPARE(verdict(input).fit, Fit::good);
}

void TestVerdict::jumpsAtEpochBordersAreSeen() {
  const auto steps = [](double x) { return 1.0 - 0.2 * std::floor(4.0 * x - 1e-9); };
  QVERIFY(std::fabs(verdict(run_of(steps, valley)).epoch_jump - 0.2) < 0.02);
  QCOMPARE(verdict(run_of(falling, falling)).epoch_jump, 0.0);
  QCOMPARE(verdict(run_of(settled, settled)).epoch_jump, 0.0);
}

void TestVerdict::orderAndExtraPointsDoNotMatter() {
  VerdictInput input = run_of(settled, valley);
  const Verdict found = verdict(input);
  VerdictInput split;  // train and eval as points of their own, backwards
  split.validation_rows = 100;
  for (const CurvePoint& p : input.points) {
    split.points.insert(split.points.begin(), {p.step, p.epoch, p.train_loss, not_measured, not_measured});
    if (!std::isnan(p.eval_loss)) {
      split.points.insert(split.points.begin(), {p.step, p.epoch, not_measured, p.eval_loss, not_measured});
    }
  }
  QCOMPARE(verdict(split).sentence, found.sentence);
}

void TestVerdict::anyCurveHasAVerdict() {
  std::uint32_t state = 3;
  const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
  for (int round = 0; round < 3000; ++round) {
    VerdictInput input;
    input.validation_rows = next() % 3;
    const auto count = next() % 20;
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto value = [&] {
        return next() % 3 == 0 ? not_measured : double(next() % 7) * (next() % 5 == 0 ? 0.0 : 0.3);
      };
      input.points.push_back({std::int64_t(next() % 9), double(next() % 4), value(), value(), value()});
    }
    const Verdict found = verdict(input);
    QVERIFY(!found.sentence.empty() && !found.remedies.empty());
    QVERIFY(found.sentence.find("nan") == std::string::npos && found.sentence.find("inf ") == std::string::npos);
    QVERIFY(std::isfinite(found.eval_slope) && std::isfinite(found.rise_from_best));
  }
}

QTEST_APPLESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
