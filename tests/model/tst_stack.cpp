// The hand-written gradient: against the naive layout for trees of any shape, and against finite differences.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/version.h>
#undef slots
#include <QtTest>

#include <random>
#include <thread>

#include "core/model/machine.h"
#include "core/model/stack.h"
#include "core/train/loss.h"
#include "core/train/step_pass.h"
#include "tests/model/in_dtype.h"

using namespace minnow;

namespace {

Qwen3Config small() {
  Qwen3Config c;
  c.hidden_size = 64;
  c.intermediate_size = 96;
  c.num_hidden_layers = 3;
  c.num_attention_heads = 4;
  c.num_key_value_heads = 2;
  c.head_dim = 16;
  c.vocab_size = 97;
  c.tie_word_embeddings = true;
  return c;
}

TokenizedExample example(std::vector<std::int32_t> ids, std::size_t prompt) {
  TokenizedExample e;
  e.labels = ids;
  for (std::size_t i = 0; i < prompt; ++i) e.labels[i] = -100;
  e.input_ids = std::move(ids);
  return e;
}

struct Result {
  double loss = 0.0;
  std::vector<at::Tensor> grads;
};

/// Loss sum over all supervised tokens and every LoRA gradient, with the rows packed so.
Result run(const Qwen3Weights& w, LoraSet& lora, const std::vector<TokenizedExample>& rows, std::int64_t min_shared,
           bool recompute = false, double dropout = 0.0, std::int64_t multiple = 1) {
  lora.zero_grad();
  std::vector<std::span<const std::int32_t>> ids;
  std::vector<const TokenizedExample*> pointers;
  for (const auto& row : rows) {
    ids.emplace_back(row.input_ids);
    pointers.push_back(&row);
  }
  PackedBatch batch = pack_rows(ids, min_shared);
  Supervision where = supervise(batch, pointers);
  round_up(batch, multiple);
  round_up(where, multiple);
  const Stack stack(w, &lora, 1024);
  StackSaved saved;
  saved.recompute = recompute;
  saved.dropout.p = dropout;
  for (std::int64_t t = 0; t < batch.tokens(); ++t) saved.dropout.token_keys.push_back(dropout_key(1, 2, 3, t));
  const at::Tensor x = stack.forward(batch, &saved);
  at::Tensor dx;
  Result r;
  r.loss = head_loss(stack, x, where, 1.0 / where.tokens, &dx).loss / where.tokens;
  stack.backward(batch, dx, saved, nullptr);
  lora.each([&](LoraPair& pair, const std::string&) {
    r.grads.push_back(pair.gradA.clone());
    r.grads.push_back(pair.gradB.clone());
  });
  return r;
}

double relative_distance(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b) {
  double difference = 0.0, size = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference += (a[i] - b[i]).pow(2).sum().item<double>();
    size += b[i].pow(2).sum().item<double>();
  }
  return std::sqrt(difference / size);
}

LoraSet random_lora(const Qwen3Weights& w) {
  LoraSet lora = new_lora(w, 4, 8.0, false, {"all-linear"}, 3);
  lora.each([](LoraPair& pair, const std::string&) { pair.B.normal_(0.0, 0.05); });
  lora.refresh(w.dtype());
  return lora;
}

}  // namespace

class TestStack : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { at::manual_seed(5); }

  void threadsStayAsAskedFor() {
    QCOMPARE(machine("auto", 1).threads, 1);
    QCOMPARE(machine("cpu").threads, 1);  // asked under another name, with nothing said of threads
    QCOMPARE(at::get_num_threads(), 1);
    QCOMPARE(machine("cpu", 0).threads, static_cast<int>(std::thread::hardware_concurrency()));
  }

  void treesOfAnyShapeGiveTheNaiveGradient_data() {
    QTest::addColumn<std::vector<std::vector<std::int32_t>>>("rows");
    using Rows = std::vector<std::vector<std::int32_t>>;
    QTest::addRow("one shared prompt") << Rows{{1, 2, 3, 4, 10, 11}, {1, 2, 3, 4, 20, 21, 22}, {1, 2, 3, 4, 30}};
    QTest::addRow("two prompts") << Rows{{1, 2, 3, 10, 11}, {1, 2, 3, 12, 13}, {5, 6, 7, 14}, {5, 6, 7, 15, 16}};
    QTest::addRow("nested prefixes") << Rows{{1, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 7, 8}, {1, 2, 9, 9, 9}, {1, 8, 8, 8}};
    QTest::addRow("equal rows") << Rows{{1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 6}};
    QTest::addRow("a row that begins another") << Rows{{1, 2, 3, 4, 5}, {1, 2, 3, 4, 5, 6, 7, 8}, {1, 2, 3, 4}};
    QTest::addRow("nothing shared") << Rows{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12, 13}};
    std::mt19937 random(11);
    for (int n = 0; n < 12; ++n) {
      Rows rows(2 + random() % 6);
      for (auto& row : rows) {
        row.resize(4 + random() % 12);
        for (auto& id : row) id = static_cast<std::int32_t>(random() % 2);
      }
      QTest::addRow("random tree %d", n) << rows;
    }
  }
  void treesOfAnyShapeGiveTheNaiveGradient() {
    QFETCH(std::vector<std::vector<std::int32_t>>, rows);
    std::vector<TokenizedExample> examples;
    for (const auto& row : rows) examples.push_back(example(row, 3));
    const Qwen3Weights w = random_weights(small(), at::kFloat, at::kCPU, 1);
    LoraSet lora = random_lora(w);
    const Result naive = run(w, lora, examples, 0);
    const Result tree = run(w, lora, examples, 1);
    QVERIFY2(std::abs(naive.loss - tree.loss) <= 1e-5 * naive.loss,
             qPrintable(QString::number(tree.loss - naive.loss)));
    const double distance = relative_distance(tree.grads, naive.grads);
    QVERIFY2(distance <= 1e-5, qPrintable(QString::number(distance)));
    const Result again = run(w, lora, examples, 1, true);
    QCOMPARE(again.loss, tree.loss);
    QVERIFY(relative_distance(again.grads, tree.grads) == 0.0);  // recomputation changes no bit
    const Result rounded = run(w, lora, examples, 1, false, 0.0, 32);
    QVERIFY(std::abs(rounded.loss - tree.loss) <= 1e-6 * tree.loss);
    const double moved = relative_distance(rounded.grads, tree.grads);
    QVERIFY2(moved <= 1e-6, qPrintable(QString::number(moved)));
  }

  // So that products come in few sizes (step_pass.cpp).
  void streamsOfBf16ComeInStepsOf32Tokens() {
    const std::vector<TokenizedExample> rows{example({1, 2, 3, 4, 5}, 3), example({6, 7, 8, 9}, 2)};
    const auto pass = [&](at::ScalarType dtype) {
      const Qwen3Weights w = random_weights(small(), dtype, at::kCPU, 1);
      LoraSet lora = random_lora(w);
      StepPass step;
      step.stacks.emplace_back(w, &lora, 1024);
      return step.run({&rows[0], &rows[1]}, false, {});
    };
    const PassSum half = pass(at::kBFloat16), single = pass(at::kFloat);
    QCOMPARE(single.computed, std::int64_t{9});
    QCOMPARE(half.computed, std::int64_t{32});
    QCOMPARE(half.given, single.given);
    QVERIFY2(std::abs(half.loss - single.loss) < 2e-2 * single.loss,
             qPrintable(QString::number(half.loss / single.loss)));
  }

  // Doubles have no kernels: they take the way of GPUs.
  void withoutKernelsTreesGiveTheSameGradient_data() {
    treesOfAnyShapeGiveTheNaiveGradient_data();
    std::vector<std::vector<std::int32_t>> rows(9, std::vector<std::int32_t>(12, 5));
    for (int r = 0; r < 8; ++r) rows[static_cast<std::size_t>(r)][4] = r;
    rows[8].assign(700, 3);  // padding the others to its length would cost too much: they are a group of their own
    QTest::addRow("lengths far apart") << rows;
  }
  void withoutKernelsTreesGiveTheSameGradient() {
    QFETCH(std::vector<std::vector<std::int32_t>>, rows);
    std::vector<TokenizedExample> examples;
    for (const auto& row : rows) examples.push_back(example(row, 3));
    const Qwen3Weights w = random_weights(small(), at::kFloat, at::kCPU, 1);
    LoraSet lora = random_lora(w);
    const Result fast = run(w, lora, examples, 1);
    lora.refresh(at::kDouble);
    const Result reference = run(in_dtype(w, at::kDouble), lora, examples, 1);
    QVERIFY2(std::abs(fast.loss - reference.loss) <= 1e-5 * reference.loss,
             qPrintable(QString::number(fast.loss - reference.loss)));
    const double distance = relative_distance(fast.grads, reference.grads);
    QVERIFY2(distance <= 1e-5, qPrintable(QString::number(distance)));
  }

  void inBf16SharingIsNoFartherFromTheTruthThanTheNaivePath() {
    std::mt19937 random(3);
    std::vector<TokenizedExample> examples;
    for (int r = 0; r < 8; ++r) {
      std::vector<std::int32_t> ids;
      for (int t = 0; t < 24; ++t) ids.push_back(t);
      for (int t = 0; t < 16; ++t) ids.push_back(static_cast<std::int32_t>(random() % 97));
      examples.push_back(example(ids, 30));
    }
    const Qwen3Weights half = random_weights(small(), at::kBFloat16, at::kCPU, 1);
    const Qwen3Weights full = in_dtype(half, at::kFloat);
    LoraSet lora = random_lora(half);
    const Result naive = run(half, lora, examples, 0), shared = run(half, lora, examples, 1);
    lora.refresh(at::kFloat);
    const Result truth = run(full, lora, examples, 0);
    const double far = relative_distance(naive.grads, truth.grads), near = relative_distance(shared.grads, truth.grads);
    qInfo("bf16 gradient from f32: naive %.4g, shared %.4g", far, near);
    QVERIFY(near <= 1.2 * far);
  }

  void gradientsAgreeWithFiniteDifferences_data() {
    QTest::addColumn<double>("dropout");
    QTest::newRow("plain") << 0.0;
    QTest::newRow("through dropout") << 0.3;
  }
  void gradientsAgreeWithFiniteDifferences() {
    QFETCH(double, dropout);
    const Qwen3Weights w = random_weights(small(), at::kFloat, at::kCPU, 2);
    LoraSet lora = random_lora(w);
    const std::vector<TokenizedExample> examples{example({1, 2, 3, 4, 10, 11, 12}, 4),
                                                 example({1, 2, 3, 4, 20, 21}, 4)};
    const Result at_point = run(w, lora, examples, dropout > 0.0 ? 0 : 1, false, dropout);
    std::size_t i = 0;
    double worst = 0.0;
    lora.each([&](LoraPair& pair, const std::string&) {
      for (at::Tensor* value : {&pair.A, &pair.B}) {
        // Along the gradient itself, where the difference is largest against rounding.
        const at::Tensor direction = at_point.grads[i++];
        const double norm = direction.norm().item<double>();
        const double step = 2e-3 / norm;
        const at::Tensor keep = value->clone();
        value->add_(direction, step);
        lora.refresh(at::kFloat);
        const double up = run(w, lora, examples, dropout > 0.0 ? 0 : 1, false, dropout).loss;
        value->copy_(keep).add_(direction, -step);
        lora.refresh(at::kFloat);
        const double down = run(w, lora, examples, dropout > 0.0 ? 0 : 1, false, dropout).loss;
        value->copy_(keep);
        lora.refresh(at::kFloat);
        const double slope = (up - down) / (2.0 * step), wanted = norm * norm;
        worst = std::max(worst, std::abs(slope - wanted) / std::max(wanted, 1e-3 * norm));
      }
    });
    qInfo("worst relative difference %.3g", worst);
    QVERIFY(worst < 0.05);
  }

  void dropoutZeroesItsShareAndKeepsTheMean() {
    LoraDropout dropout;
    dropout.p = 0.25;
    for (std::int64_t t = 0; t < 64; ++t) dropout.token_keys.push_back(dropout_key(42, 1, t % 8, t / 8));
    const at::Tensor ones = at::ones({64, 1001});
    const at::Tensor mask = dropout.apply(ones, 3, kUp);
    QVERIFY(std::abs((mask == 0).to(at::kDouble).mean().item<double>() - 0.25) < 0.01);
    QVERIFY(std::abs(mask.mean().item<double>() - 1.0) < 0.01);
    const at::Tensor kept = mask.masked_select(mask != 0);
    QVERIFY((kept - 1.0 / 0.75).abs().max().item<double>() < 1e-6);
    QVERIFY(at::equal(mask, dropout.apply(ones, 3, kUp)));
    // Other modules, layers, tokens, rows, steps and seeds draw for themselves: a quarter of a quarter falls together.
    for (const at::Tensor& other :
         {dropout.apply(ones, 3, kGate), dropout.apply(ones, 2, kUp), mask.roll({1}, {0}), mask.roll({1}, {1})}) {
      QVERIFY(std::abs(((mask == 0) & (other == 0)).to(at::kDouble).mean().item<double>() - 0.0625) < 0.01);
    }
    QVERIFY(dropout_key(42, 1, 2, 3) != dropout_key(43, 1, 2, 3) &&
            dropout_key(42, 1, 2, 3) != dropout_key(42, 2, 1, 3));
    dropout.p = 0.0;
    QVERIFY(at::equal(dropout.apply(ones, 3, kUp), ones));
  }

  void recomputationChangesNoBitUnderDropout() {
    const Qwen3Weights w = random_weights(small(), at::kFloat, at::kCPU, 2);
    LoraSet lora = random_lora(w);
    const std::vector<TokenizedExample> examples{example({1, 2, 3, 4, 10, 11, 12}, 4),
                                                 example({1, 2, 3, 4, 20, 21}, 4)};
    const Result once = run(w, lora, examples, 0, false, 0.3), twice = run(w, lora, examples, 0, true, 0.3);
    QCOMPARE(once.loss, twice.loss);
    QVERIFY(relative_distance(once.grads, twice.grads) == 0.0);
    QVERIFY(std::abs(once.loss - run(w, lora, examples, 0).loss) > 1e-6);  // it does something
  }

  void everyWeightsGradientAgreesWithFiniteDifferences() {
    Qwen3Weights w = random_weights(small(), at::kFloat, at::kCPU, 4);
    const std::vector<TokenizedExample> rows{example({1, 2, 3, 4, 10, 11, 12}, 2), example({1, 2, 3, 5, 20, 21}, 2)};
    const std::vector<const TokenizedExample*> pointers{&rows[0], &rows[1]};
    const std::vector<std::span<const std::int32_t>> ids{rows[0].input_ids, rows[1].input_ids};
    const PackedBatch batch = pack_rows(ids, 1);
    const Supervision where = supervise(batch, pointers);
    const Stack stack(w, nullptr, 64);
    FullGrads grads = zero_grads(w);
    StackSaved saved;
    at::Tensor dx;
    head_loss(stack, stack.forward(batch, &saved), where, 1.0, &dx, &grads);
    stack.backward(batch, dx, saved, &grads);
    const auto tensors = named_tensors(w);
    const auto slots_ = grads_in_order(grads, true);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      at::Tensor value = tensors[i].second;
      const double norm = slots_[i].norm().item<double>(), step = 1e-3 / norm;
      const at::Tensor keep = value.clone();
      value.add_(slots_[i], step);
      const double up = head_loss(stack, stack.forward(batch, nullptr), where, 0.0, nullptr).loss;
      value.copy_(keep).add_(slots_[i], -step);
      const double down = head_loss(stack, stack.forward(batch, nullptr), where, 0.0, nullptr).loss;
      value.copy_(keep);
      const double slope = (up - down) / (2.0 * step);
      QVERIFY2(std::abs(slope - norm * norm) <= 0.05 * norm * norm, tensors[i].first.c_str());
    }
  }

  void aStopIsSeenBetweenLayers() {
    const Qwen3Weights w = random_weights(small(), at::kFloat, at::kCPU, 1);
    const Stack stack(w, nullptr, 64);
    const std::vector<std::int32_t> ids{1, 2, 3};
    const std::span<const std::int32_t> row(ids);
    std::stop_source source;
    source.request_stop();
    QVERIFY(!stack.forward(pack_rows({&row, 1}, 0), nullptr, source.get_token()).defined());
  }
};

QTEST_GUILESS_MAIN(TestStack)
#include "tst_stack.moc"
