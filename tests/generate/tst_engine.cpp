// The engine on a tiny model with random weights: scheduling, independence of company, stopping, cancelling.
#include "tests/generate/tiny_model.h"

#include <QtTest>

#include <stop_token>

#include "core/generate/decoder.h"
#include "core/types/error.h"
#include "tests/model/in_dtype.h"

using namespace minnow;
using namespace minnow::test;

class TestEngine : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    weights_ = tiny_weights();
  }

  void rowsOfVeryDifferentLengthCostWhatTheLongestNeeds() {
    std::vector<GenerateRequest> requests;
    for (std::int64_t i = 0; i < 8; ++i) requests.push_back(request(ids_of(5, static_cast<std::uint32_t>(i)), 3 + 7 * i));
    GenerateStats stats;
    run(requests, 8, false, &stats);
    QCOMPARE(stats.forward_passes, 3 + 7 * 7);
    QCOMPARE(stats.new_tokens, 3 * 8 + 7 * 28);
  }

  void finishedRowsMakeRoom() {
    // Two places; lengths 10, 2, 2, 2, 2, 2: the second place serves five rows while the first decodes one.
    std::vector<GenerateRequest> requests;
    for (std::uint32_t i = 0; i < 6; ++i) requests.push_back(request(ids_of(5, i), i == 0 ? 10 : 2));
    GenerateStats stats;
    run(requests, 2, false, &stats);
    QCOMPARE(stats.forward_passes, 10);
  }

  void commonPrefixesAreComputedOnce() {
    const Ids system = ids_of(40, 1);
    std::vector<GenerateRequest> requests;
    for (std::uint32_t i = 0; i < 6; ++i) requests.push_back(request(joined(system, ids_of(10, 100 + i)), 4));
    GenerateStats stats;
    const auto together = run(requests, 4, false, &stats);
    QCOMPARE(stats.prompt_tokens, 6 * 50);
    QCOMPARE(stats.prefilled_tokens, 40 + 6 * 10);
    for (std::size_t i = 0; i < requests.size(); ++i) QCOMPARE(together[i].ids, run({requests[i]}, 1, false)[0].ids);
  }

  void answersDependOnNeitherBatchSizeNorDraftsNorCompany() {
    std::vector<GenerateRequest> requests;
    const Ids a = ids_of(30, 1), b = ids_of(20, 2);
    for (std::uint32_t i = 0; i < 12; ++i) {
      const Ids head = i % 3 == 0 ? a : i % 3 == 1 ? joined(a, b) : Ids{};
      requests.push_back(request(joined(head, ids_of(1 + i, 50 + i)), 5 + 3 * i));
    }
    requests.push_back(requests[3]);                   // equal rows
    requests.push_back(request(joined(a, b), 20));     // a row that is a prefix of others
    std::vector<Ids> alone;
    for (const auto& r : requests) alone.push_back(run({r}, 1, false)[0].ids);
    for (const int batch : {1, 2, 5, 64}) {
      for (const bool drafts : {false, true}) {
        const auto all = run(requests, batch, drafts);
        for (std::size_t i = 0; i < all.size(); ++i) QCOMPARE(all[i].ids, alone[i]);
      }
    }
  }

  // Doubles have no kernels: they take the way of GPUs.
  void withoutKernelsAnswersAreTheSame() {
    std::vector<GenerateRequest> requests;
    const Ids head = ids_of(60, 4);
    for (std::uint32_t i = 0; i < 9; ++i) {
      requests.push_back(request(joined(i % 3 ? head : Ids{}, ids_of(2 + 9 * i, 70 + i)), 4 + 3 * i));
    }
    const auto fast = run(requests, 4, true);
    const Qwen3Weights reference = in_dtype(weights_, at::kDouble);
    EngineModel m;
    m.weights = &reference;
    GenerateJob job;
    job.requests = &requests;
    job.options.batch_size = 4;
    const auto slow = generate(m, job, {}, nullptr);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      QCOMPARE(slow[i].ids, fast[i].ids);
      for (std::size_t t = 0; t < fast[i].logprobs.size(); ++t)
        QVERIFY(std::abs(slow[i].logprobs[t] - fast[i].logprobs[t]) < 1e-3);
    }
  }

  void sampledRowsDependOnTheirSeedOnly() {
    std::vector<GenerateRequest> requests;
    for (std::uint32_t i = 0; i < 6; ++i) {
      requests.push_back(request(ids_of(12, i), 15));
      requests.back().sampling.temperature = 1.0;
      requests.back().sampling.seed = 100 + i;
      requests.back().sampling.repetition_penalty = i % 2 ? 1.2 : 1.0;
    }
    const auto together = run(requests, 4, true);
    for (std::size_t i = 0; i < requests.size(); ++i) QCOMPARE(run({requests[i]}, 1, false)[0].ids, together[i].ids);
    auto other = requests[0];
    other.sampling.seed = 5;
    QVERIFY(run({other}, 1, false)[0].ids != together[0].ids);
  }

  void logprobsAreThoseOfTheSoftmax() {
    auto r = request(ids_of(12, 3), 6);
    const Completion c = run({r}, 1, false)[0];
    QCOMPARE(c.logprobs.size(), c.ids.size());
    Decoder decoder(weights_, 64, 64);
    const Ids all = joined(r.prompt_ids, c.ids);
    const auto count = static_cast<std::int64_t>(all.size());
    const Feed feed{all.data(), count, count, {{0, count}}, -1, true};
    const auto predictions = *decoder.pass({&feed, 1}, {});
    for (std::size_t i = 0; i < c.ids.size(); ++i) {
      const Prediction& p = predictions[r.prompt_ids.size() - 1 + i];
      QVERIFY(std::abs(c.logprobs[i] - (p.logits[c.ids[i]] - p.logsumexp)) < 1e-4f);
    }
  }

  void stopTokensEndARowAndArePartOfIt() {
    const auto r = request(ids_of(9, 4), 30);
    const Ids free = run({r}, 1, false)[0].ids;
    EngineModel m = model();
    m.stop_ids = {free[4]};
    const std::vector<GenerateRequest> requests{r};
    GenerateJob job;
    job.requests = &requests;
    const Completion c = generate(m, job)[0];
    const auto first = std::find(free.begin(), free.end(), free[4]);
    QCOMPARE(c.ids, Ids(free.begin(), first + 1));
    QVERIFY(c.reason == FinishReason::stop);
    auto ignoring = requests;
    ignoring[0].ignore_eos = true;
    job.requests = &ignoring;
    QCOMPARE(generate(m, job)[0].ids, free);
  }

  void tokensComeInOrderAndRowsOnce() {
    std::vector<GenerateRequest> requests;
    for (std::uint32_t i = 0; i < 5; ++i) requests.push_back(request(ids_of(6, i), 4 + i));
    std::vector<Ids> heard(5);
    std::vector<int> rows(5);
    std::int64_t last_done = -1;  // the first says that the work begins
    GenerateJob job;
    job.requests = &requests;
    job.options.batch_size = 2;
    job.on_token = [&](std::size_t row, std::int32_t id) { heard[row].push_back(id); };
    job.on_row = [&](std::size_t row, const Completion& c) {
      ++rows[row];
      QCOMPARE(c.ids, heard[row]);
    };
    job.on_progress = [&](const Progress& p) {
      QCOMPARE(p.done, last_done + 1);
      QCOMPARE(p.total, 5);
      last_done = p.done;
    };
    const auto all = generate(model(), job);
    for (std::size_t i = 0; i < 5; ++i) {
      QCOMPARE(heard[i], all[i].ids);
      QCOMPARE(rows[i], 1);
    }
    QCOMPARE(last_done, 5);
  }

  void cancellingKeepsWhatWasDecoded() {
    std::vector<GenerateRequest> requests;
    for (std::uint32_t i = 0; i < 4; ++i) requests.push_back(request(ids_of(6, i), 20));
    std::stop_source source;
    int tokens = 0;
    GenerateJob job;
    job.requests = &requests;
    job.options.batch_size = 2;
    job.options.drafts = false;
    job.on_token = [&](std::size_t, std::int32_t) {
      if (++tokens == 9) source.request_stop();
    };
    const auto all = generate(model(), job, source.get_token());
    const auto whole = run(requests, 4, false);
    for (std::size_t i = 0; i < 4; ++i) {
      QVERIFY(all[i].reason == FinishReason::cancelled);
      QCOMPARE(all[i].ids, Ids(whole[i].ids.begin(), whole[i].ids.begin() + static_cast<std::ptrdiff_t>(all[i].ids.size())));
    }
    QVERIFY(all[0].ids.size() == 5 && all[1].ids.size() == 5 && all[2].ids.empty() && all[3].ids.empty());
  }

  void longPromptsGoInPieces() {
    const auto r = request(ids_of(450, 8), 5);
    std::vector<GenerateRequest> requests(3, r);
    for (std::size_t i = 0; i < 3; ++i) requests[i].prompt_ids[0] = static_cast<std::int32_t>(i);  // nothing shared
    GenerateStats stats;
    const auto all = run(requests, 3, false, &stats);
    QCOMPARE(stats.prefilled_tokens, 3 * 450);
    QVERIFY(stats.forward_passes > 5);
    for (std::size_t i = 0; i < 3; ++i) QCOMPARE(run({requests[i]}, 1, false)[0].ids, all[i].ids);
  }

  void positionsBoundTheAnswer() {
    const Completion c = run({request(ids_of(508, 8), 50)}, 1, false)[0];
    QCOMPARE(c.ids.size(), std::size_t{4});
    QVERIFY(c.reason == FinishReason::length);
  }

  void badRequestsAreRefusedInASentence() {
    QVERIFY_THROWS_EXCEPTION(Error, run({request({}, 5)}, 1, false));
    QVERIFY_THROWS_EXCEPTION(Error, run({request({300}, 5)}, 1, false));
    QVERIFY(run({request({1}, 0)}, 1, false)[0].ids.empty());
    QVERIFY(run({}, 1, false).empty());
  }

 private:
  EngineModel model() const {
    EngineModel m;
    m.weights = &weights_;
    return m;
  }
  std::vector<Completion> run(const std::vector<GenerateRequest>& requests, int batch_size, bool drafts,
                              GenerateStats* stats = nullptr) const {
    GenerateJob job;
    job.requests = &requests;
    job.options.batch_size = batch_size;
    job.options.drafts = drafts;
    return generate(model(), job, {}, stats);
  }
  Qwen3Weights weights_;
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
