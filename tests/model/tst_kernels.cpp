// The kernels for few rows against plain loops in double: every way in which rows are grouped, both storage types.
#include <QtTest>

#include <atomic>
#include <bit>
#include <cmath>
#include <random>

#include "core/model/kernels.h"
#include "core/model/team.h"

using namespace minnow;

namespace {

double value(float x) { return x; }
double value(bf16 x) { return std::bit_cast<float>(static_cast<std::uint32_t>(x.bits) << 16); }
void set(float& y, float x) { y = x; }
void set(bf16& y, float x) { y.bits = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(x) >> 16); }

template <typename T>
std::vector<T> numbers(std::int64_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<T> all(static_cast<std::size_t>(count));
  for (T& x : all) set(x, static_cast<float>(random() % 2000) / 1000.0f - 1.0f);
  return all;
}

/// Rows prepared in two pieces, as the decoder does with heads.
template <typename T>
std::vector<std::byte> prepared(const std::vector<T>& x, std::int64_t M, std::int64_t K, bool packed = false) {
  std::vector<std::byte> operand(static_cast<std::size_t>(kernels<T>().operand_bytes(M, K, packed)));
  for (std::int64_t m = 0; m < M; ++m) {
    kernels<T>().prepare(x.data() + m * K, operand.data(), M, K, m, 0, 32, packed);
    if (K > 32) kernels<T>().prepare(x.data() + m * K + 32, operand.data(), M, K, m, 32, K - 32, packed);
  }
  return operand;
}

template <typename T>
std::vector<T> packed_form(const std::vector<T>& w, std::int64_t K, std::int64_t N) {
  std::vector<T> to(static_cast<std::size_t>(packed_size(K, N)));
  kernels<T>().pack(w.data(), to.data(), K, N);
  return to;
}

template <typename T>
void compare_products(bool packed) {
  for (const std::int64_t M : {1, 2, 5, 6, 7, 8, 9, 16, 17, 33, 48, 50, 64, 70}) {
    for (const std::int64_t K : {32, 64, 1056}) {
      for (const std::int64_t N : {1, 3, 5, 27, 96}) {
        const auto x = numbers<T>(M * K, 1), w = numbers<T>(N * K, 2);
        const std::int64_t ldy = N + 3;
        std::vector<float> y(static_cast<std::size_t>(M * ldy), 77.0f);
        const auto again = packed_form(w, K, N);
        const Matrix<T> matrix{w.data(), packed ? again.data() : nullptr};
        kernels<T>().few_rows_product(prepared(x, M, K, packed).data(), matrix, y.data(), M, K, N, ldy);
        for (std::int64_t m = 0; m < M; ++m) {
          for (std::int64_t n = 0; n < ldy; ++n) {
            double sum = n < N ? 0.0 : 77.0, size = 1.0;  // what lies beside the result stays as it was
            for (std::int64_t k = 0; n < N && k < K; ++k) {
              const double part =
                  value(x[static_cast<std::size_t>(m * K + k)]) * value(w[static_cast<std::size_t>(n * K + k)]);
              sum += part, size += std::abs(part);
            }
            QVERIFY(std::abs(y[static_cast<std::size_t>(m * ldy + n)] - sum) < 1e-6 * size);
          }
        }
      }
    }
  }
}

template <typename T>
void compare_attention(double tolerance) {
  const std::int64_t E = 96, group = 2, lengths[] = {5, 70, 9};  // keys in three runs
  for (const std::int64_t tokens : {1, 4, 9}) {
    const std::int64_t rows = tokens * group, total = 84, position = total - tokens;
    const auto q = numbers<T>(rows * E, 1), k = numbers<T>(total * E, 2), v = numbers<T>(total * E, 3);
    KeyRun<T> runs[3];
    for (std::int64_t i = 0, at = 0; i < 3; at += lengths[i++]) {
      runs[i] = {k.data() + at * E, v.data() + at * E, lengths[i]};
    }
    std::vector<T> out(static_cast<std::size_t>(rows * E));
    std::vector<float> scratch(static_cast<std::size_t>(rows * (attend_width(total) + E)));
    kernels<T>().attend(prepared(q, rows, E).data(), runs, 3, out.data(), rows, group, position, E, 0.1f,
                        scratch.data());
    for (std::int64_t r = 0; r < rows; ++r) {
      const std::int64_t seen = position + r / group + 1;
      std::vector<double> p;
      double sum = 0.0;
      for (std::int64_t j = 0; j < seen; ++j) {
        double dot = 0.0;
        for (std::int64_t e = 0; e < E; ++e) {
          dot += value(q[static_cast<std::size_t>(r * E + e)]) * value(k[static_cast<std::size_t>(j * E + e)]);
        }
        sum += p.emplace_back(std::exp(0.1 * dot));
      }
      for (std::int64_t e = 0; e < E; ++e) {
        double wanted = 0.0;
        for (std::int64_t j = 0; j < seen; ++j) {
          wanted += p[static_cast<std::size_t>(j)] / sum * value(v[static_cast<std::size_t>(j * E + e)]);
        }
        QVERIFY(std::abs(value(out[static_cast<std::size_t>(r * E + e)]) - wanted) < tolerance);
      }
    }
  }
}

/// Both products that an adapter adds: to y [N, D], and to a gradient [rank, D] in two parts of its columns.
template <typename T>
void compare_low_rank(double rounding) {
  for (const std::int64_t rank : {1, 2, 7, 8, 9, 20}) {
    for (const std::int64_t N : {1, 7, 8, 70}) {
      for (const std::int64_t D : {32, 96}) {
        const std::int64_t ldlow = N + 3;
        const auto low = numbers<float>(rank * ldlow, 1), before = numbers<float>(rank * D, 2);
        const auto w = numbers<T>(rank * D, 3), x = numbers<T>(N * D, 4);
        auto y = x;
        kernels<T>().low_rank_up(low.data(), ldlow, w.data(), y.data(), N, rank, D, 0.5f);
        auto grad = before;
        for (std::int64_t from = 0, to = 32; from < D; from = to, to = D)
          kernels<T>().low_rank_grad(low.data(), ldlow, x.data(), grad.data(), N, rank, D, from, to, 0.5f);
        const auto at = [](const auto& all, std::int64_t i) { return value(all[static_cast<std::size_t>(i)]); };
        for (std::int64_t d = 0; d < D; ++d) {
          for (std::int64_t n = 0; n < N; ++n) {
            double wanted = at(x, n * D + d);
            for (std::int64_t r = 0; r < rank; ++r) wanted += 0.5 * at(low, r * ldlow + n) * at(w, r * D + d);
            QVERIFY(std::abs(at(y, n * D + d) - wanted) <= rounding * std::max(1.0, std::abs(wanted)));
          }
          for (std::int64_t r = 0; r < rank; ++r) {
            double wanted = at(before, r * D + d);
            for (std::int64_t n = 0; n < N; ++n) wanted += 0.5 * at(low, r * ldlow + n) * at(x, n * D + d);
            QVERIFY(std::abs(at(grad, r * D + d) - wanted) < 1e-4);
          }
        }
      }
    }
  }
}

}  // namespace

class TestKernels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void productsOfFewRowsAreThoseOfPlainLoops() {
    for (const bool packed : {false, true}) {
      compare_products<float>(packed);
      compare_products<bf16>(packed);
    }
  }

  void aRowsProductDependsOnNoOtherRow() {
    const std::int64_t K = 1056, N = 50;
    const auto x = numbers<float>(40 * K, 1), w = numbers<float>(N * K, 2), again = packed_form(w, K, N);
    for (const bool packed : {false, true}) {
      const auto product = [&](std::int64_t M) {
        std::vector<float> y(static_cast<std::size_t>(M * N));
        kernels<float>().few_rows_product(prepared(x, M, K, packed).data(), {w.data(), packed ? again.data() : nullptr},
                                          y.data(), M, K, N, N);
        y.resize(static_cast<std::size_t>(N));
        return y;
      };
      for (const std::int64_t M : {2, 7, 40}) QVERIFY(product(M) == product(1));  // bit for bit
    }
  }

  void aPartOfAPackedMatrixIsItsOwn() {
    const std::int64_t K = 64, N = 80, M = 3;
    const auto x = numbers<bf16>(M * K, 1), w = numbers<bf16>(N * K, 2), again = packed_form(w, K, N);
    const Matrix<bf16> matrix{w.data(), again.data()};
    std::vector<float> whole(static_cast<std::size_t>(M * N)), part(static_cast<std::size_t>(M * 48));
    const auto operand = prepared(x, M, K, true);
    kernels<bf16>().few_rows_product(operand.data(), matrix, whole.data(), M, K, N, N);
    kernels<bf16>().few_rows_product(operand.data(), matrix.from(32 * K), part.data(), M, K, 48, 48);
    for (std::int64_t m = 0; m < M; ++m) {
      for (std::int64_t n = 0; n < 48; ++n)
        QCOMPARE(part[static_cast<std::size_t>(m * 48 + n)], whole[static_cast<std::size_t>(m * N + 32 + n)]);
    }
  }

  void attentionOverRunsOfKeysIsThatOfPlainLoops() {
    compare_attention<float>(1e-5);
    compare_attention<bf16>(5e-3);
  }

  void anAdaptersProductsAreThoseOfPlainLoops() {
    compare_low_rank<float>(1e-5);
    compare_low_rank<bf16>(1.0 / 256);
  }

  void theLargestLogitIsTheFirstOfEqualOnes() {
    std::vector<float> x = numbers<float>(1000, 4);
    x[300] = x[700] = 2.0f;
    float top = 0.0f, sum = 0.0f;
    std::int64_t best = 0;
    kernels<float>().top_and_sum(x.data(), 1000, &top, &best, &sum);
    double wanted = 0.0;
    for (const float v : x) wanted += std::exp(static_cast<double>(v) - 2.0);
    QCOMPARE(best, 300);
    QCOMPARE(top, 2.0f);
    QVERIFY(std::abs(sum - wanted) < 1e-4 * wanted);
  }

  void aTeamDoesEveryPartOnceAndNoPhaseBeforeTheOneBeforeIsDone() {
    Team team(4);
    std::vector<std::atomic<int>> parts(1000);
    for (int run = 0; run < 200; ++run) {
      for (auto& part : parts) part = 0;
      std::atomic<int> wrong = 0;
      team.run(7, [&](Team::Member& member) {
        for (int phase = 0; phase < 7; ++phase) {
          member.share(1000, 3, [&](std::int64_t b, std::int64_t e) {
            for (std::int64_t i = b; i < e; ++i) {
              const int there = parts[static_cast<std::size_t>((i + 500) % 1000)];  // somebody else's
              wrong += there != phase && there != phase + 1;
              ++parts[static_cast<std::size_t>(i)];
            }
          });
        }
      });
      QCOMPARE(wrong.load(), 0);
      for (const auto& part : parts) QCOMPARE(part.load(), 7);
    }
  }

  void equalLogitsAreTheFirstOnesAnswer() {
    for (const std::int64_t target : {0, 5, 39}) {
      std::vector<float> logits(40, 1.5f);
      std::int64_t best = -7;
      const float loss = kernels<float>().cross_entropy(logits.data(), 40, target, 0.0f, &best);
      QVERIFY(std::abs(loss - std::log(40.0f)) < 1e-4f);
      QCOMPARE(best, std::int64_t{0});
    }
  }

  void aTeamOfOneWorksAlone() {
    Team team(1);
    std::int64_t sum = 0;
    team.run(2, [&](Team::Member& member) {
      member.share(10, 4, [&](std::int64_t b, std::int64_t e) { sum += e - b; });
      member.share(0, 4, [&](std::int64_t b, std::int64_t e) { sum += e - b; });
    });
    QCOMPARE(sum, 10);
  }
};

QTEST_APPLESS_MAIN(TestKernels)
#include "tst_kernels.moc"
