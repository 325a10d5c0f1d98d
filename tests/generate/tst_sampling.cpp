// The processors against a slow reference that follows the rules word for word.
#include <QtTest>

#include <cmath>
#include <limits>
#include <numeric>

#include "core/generate/sampling.h"

using namespace minnow;

namespace {

/// Probabilities by the rules, with a full sort at each step; 0 where removed.
std::vector<double> reference(const std::vector<float>& logits, const SamplingOptions& o) {
  const std::size_t V = logits.size();
  const double removed = -std::numeric_limits<double>::infinity();
  std::vector<double> s(logits.begin(), logits.end());
  for (double& x : s) x /= o.temperature;
  const auto softmax = [&] {
    std::vector<double> p(V);
    const double top = *std::max_element(s.begin(), s.end());
    double sum = 0.0;
    for (std::size_t i = 0; i < V; ++i) sum += p[i] = std::exp(s[i] - top);
    for (double& x : p) x /= sum;
    return p;
  };
  if (o.top_k > 0) {
    std::vector<double> sorted = s;
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    const double least = sorted[std::min<std::size_t>(V, static_cast<std::size_t>(o.top_k)) - 1];
    for (double& x : s) x = x < least ? removed : x;
  }
  if (o.top_p < 1.0) {
    const std::vector<double> p = softmax();
    std::vector<std::size_t> order(V);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    double sum = 0.0;
    for (std::size_t i = 0; i + 1 < V; ++i) {
      sum += p[order[i]];
      if (sum <= 1.0 - o.top_p) s[order[i]] = removed;
    }
  }
  if (o.min_p > 0.0) {
    const std::vector<double> p = softmax();
    const double top = *std::max_element(p.begin(), p.end());
    for (std::size_t i = 0; i < V; ++i) s[i] = p[i] < o.min_p * top ? removed : s[i];
  }
  return softmax();
}

std::vector<float> some_logits(std::size_t V, std::uint64_t seed) {
  DrawGenerator g(seed);
  std::vector<float> logits(V);
  for (float& x : logits) x = static_cast<float>(8.0 * g.next() - 4.0 + (g.next() < 0.02 ? 6.0 : 0.0));
  return logits;
}

}  // namespace

class TestSampling : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void processorsAgreeWithTheRules_data() {
    QTest::addColumn<double>("temperature");
    QTest::addColumn<int>("top_k");
    QTest::addColumn<double>("top_p");
    QTest::addColumn<double>("min_p");
    QTest::newRow("temperature") << 0.7 << 0 << 1.0 << 0.0;
    QTest::newRow("top_k") << 1.0 << 20 << 1.0 << 0.0;
    QTest::newRow("top_k larger than the vocabulary") << 1.0 << 5000 << 1.0 << 0.0;
    QTest::newRow("top_p") << 1.3 << 0 << 0.9 << 0.0;
    QTest::newRow("top_p of nearly everything") << 3.0 << 0 << 0.999 << 0.0;
    QTest::newRow("top_p of nothing keeps one") << 1.0 << 0 << 0.0 << 0.0;
    QTest::newRow("min_p") << 1.0 << 0 << 1.0 << 0.05;
    QTest::newRow("as Qwen3 suggests") << 0.6 << 20 << 0.95 << 0.0;
    QTest::newRow("all") << 1.5 << 50 << 0.8 << 0.1;
  }
  void processorsAgreeWithTheRules() {
    QFETCH(double, temperature);
    QFETCH(int, top_k);
    QFETCH(double, top_p);
    QFETCH(double, min_p);
    SamplingOptions o;
    o.temperature = temperature;
    o.top_k = top_k;
    o.top_p = top_p;
    o.min_p = min_p;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const std::vector<float> logits = some_logits(1500, seed);
      const std::vector<double> want = reference(logits, o);
      std::vector<double> got(logits.size());
      for (const Candidate& c : candidates(logits, o)) got[static_cast<std::size_t>(c.id)] = c.probability;
      for (std::size_t i = 0; i < want.size(); ++i) QVERIFY(std::abs(got[i] - want[i]) < 1e-12);
    }
  }

  void tiesWithTheKthStay() {
    SamplingOptions o;
    o.temperature = 1.0;
    o.top_k = 2;
    const std::vector<float> logits{1.0f, 3.0f, 2.0f, 2.0f, 0.0f};
    QCOMPARE(candidates(logits, o).size(), std::size_t{3});
  }

  void penaltyFollowsTheSign() {
    std::vector<float> logits{2.0f, -2.0f, 1.0f};
    apply_repetition_penalty(logits, std::vector<std::int32_t>{0, 1}, 2.0);
    QCOMPARE(logits, (std::vector<float>{1.0f, -4.0f, 1.0f}));
  }

  void excludedTokensAreNeverDrawn() {
    SamplingOptions o;
    o.temperature = 1.0;
    std::vector<float> logits(10, -std::numeric_limits<float>::infinity());
    logits[4] = -50.0f;
    const auto left = candidates(logits, o);
    QCOMPARE(left.size(), std::size_t{1});
    QCOMPARE(draw(left, 0.999999), 4);
  }

  void drawsFollowTheProbabilities() {
    SamplingOptions o;
    o.temperature = 1.0;
    const std::vector<float> logits{std::log(0.5f), std::log(0.3f), std::log(0.2f)};
    const auto left = candidates(logits, o);
    DrawGenerator g(42);
    int counts[3] = {};
    for (int i = 0; i < 20000; ++i) ++counts[draw(left, g.next())];
    QVERIFY(std::abs(counts[0] - 10000) < 300 && std::abs(counts[1] - 6000) < 300 && std::abs(counts[2] - 4000) < 300);
  }

  void theSameSeedGivesTheSameDraws() {
    DrawGenerator a(7), b(7), c(8);
    const double x = a.next();
    QCOMPARE(x, b.next());
    QVERIFY(x != c.next() && x >= 0.0 && x < 1.0);
  }
};

QTEST_GUILESS_MAIN(TestSampling)
#include "tst_sampling.moc"
