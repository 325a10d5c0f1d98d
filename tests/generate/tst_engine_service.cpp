// The engine as a service: whoever joins, leaves, waits or was here before, a row's tokens are those that it has alone.
#include "tests/generate/tiny_model.h"

#include <ATen/CPUGeneratorImpl.h>

#include <QtTest>

#include <map>
#include <random>
#include <set>

#include "core/generate/decoder.h"
#include "core/io/data_dir.h"
#include "core/model/lora.h"
#include "core/text/tokenizer.h"
#include "core/types/error.h"
#include "tests/model/in_dtype.h"

using namespace minnow;
using namespace minnow::test;

namespace {

using Adapter = std::shared_ptr<LoraSet>;

EngineRequest asked(Ids prompt, std::int64_t max_new_tokens, Adapter adapter = nullptr) {
  EngineRequest r;
  r.prompt_ids = std::move(prompt);
  r.max_new_tokens = max_new_tokens;
  r.adapter = std::move(adapter);
  return r;
}

/// Hears what an engine says, and checks that nothing is said twice or too late.
struct Hearer {
  std::map<Ticket, Ids> tokens;
  std::map<Ticket, RowResult> results;
  Ticket submit(Engine& engine, EngineRequest r) {
    r.on_token = [this](Ticket t, std::int32_t id) {
      QVERIFY(!results.contains(t));
      tokens[t].push_back(id);
    };
    r.on_done = [this](Ticket t, const RowResult& result) {
      QVERIFY(!results.contains(t));
      QCOMPARE(result.completion.ids, tokens[t]);
      QCOMPARE(result.completion.logprobs.size(), result.completion.ids.size());
      results[t] = result;
    };
    return engine.submit(std::move(r));
  }
};

/// The tokens that were chosen, and how likely they were: that shows what the choice saw of the cache.
bool is_same(const Completion& got, const Completion& wanted) {
  if (got.ids != wanted.ids) return false;
  for (std::size_t i = 0; i < got.ids.size(); ++i) {
    if (std::abs(got.logprobs[i] - wanted.logprobs[i]) > 1e-3f) return false;
  }
  return true;
}

/// One request, until nothing is left to do.
Completion answer_of(Engine& engine, EngineRequest r, RowEnd wanted = RowEnd::length) {
  Hearer hearer;
  const Ticket ticket = hearer.submit(engine, std::move(r));
  while (engine.step()) {
  }
  if (hearer.results.at(ticket).end != wanted) QTest::qFail("it ended otherwise", __FILE__, __LINE__);
  return hearer.results[ticket].completion;
}

}  // namespace

class TestEngineService : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    weights_ = tiny_weights();
    for (std::uint64_t i = 0; i < 2; ++i) adapters_.push_back(adapter(4 + 4 * static_cast<std::int64_t>(i), 11 + i));
    for (std::uint32_t i = 0; i < 12; ++i) {
      const Ids head = i % 3 == 0 ? ids_of(30, 1) : i % 3 == 1 ? joined(ids_of(30, 1), ids_of(21, 2)) : Ids{};
      requests_.push_back(asked(joined(head, ids_of(1 + i, 50 + i)), 6 + 3 * i,
                                i % 4 == 3   ? adapters_[0]
                                : i % 4 == 1 ? adapters_[1]
                                             : nullptr));
      if (i % 5 == 4) {
        requests_.back().sampling.temperature = 1.0;
        requests_.back().sampling.repetition_penalty = 1.1;
        requests_.back().sampling.seed = i;
      }
    }
    for (const EngineRequest& r : requests_) {
      Engine engine(model());
      EngineRequest plain = r;
      plain.drafts = false;
      alone_.push_back(answer_of(engine, plain));
      QCOMPARE(std::ssize(alone_.back().ids), r.max_new_tokens);
    }
    QVERIFY(alone_[1].ids != alone_[3].ids);
  }

  void rowsThatJoinLateAnswerAsAlone() {
    for (const int every : {0, 1, 3}) {
      Engine engine(model(), {5});
      Hearer hearer;
      std::vector<Ticket> tickets;
      for (const EngineRequest& r : requests_) {
        tickets.push_back(hearer.submit(engine, r));
        for (int s = 0; s < every; ++s) engine.step();
      }
      while (engine.step()) {
      }
      for (std::size_t i = 0; i < tickets.size(); ++i)
        QVERIFY(is_same(hearer.results[tickets[i]].completion, alone_[i]));
      QCOMPARE(engine.taken_blocks(), 0);
      QCOMPARE(engine.rows(), 0);
    }
  }

  void aNeighbourThatIsCancelledChangesNothing() {
    Engine engine(model(), {8});
    Hearer hearer;
    std::vector<Ticket> tickets;
    for (const EngineRequest& r : requests_) tickets.push_back(hearer.submit(engine, r));
    for (int step = 0; step < 6; ++step) {
      engine.step();
      QVERIFY(engine.cancel(tickets[static_cast<std::size_t>(2 * step)]));
    }
    while (engine.step()) {
    }
    for (std::size_t i = 0; i < tickets.size(); ++i) {
      const Ids& got = hearer.tokens[tickets[i]];
      QVERIFY(std::equal(got.begin(), got.end(), alone_[i].ids.begin()));
      const bool whole = hearer.results.at(tickets[i]).end == RowEnd::length;
      QCOMPARE(whole, i % 2 == 1);
      if (whole) QVERIFY(is_same(hearer.results.at(tickets[i]).completion, alone_[i]));
    }
    QVERIFY(!engine.cancel(tickets[1]));  // it is done
    QVERIFY(!engine.cancel(12345));
    QCOMPARE(engine.taken_blocks(), 0);
  }

  void aWarmPrefixCacheChangesNothingButTheWork() {
    Engine engine(model());
    for (std::size_t i = 0; i < requests_.size(); ++i) QVERIFY(is_same(answer_of(engine, requests_[i]), alone_[i]));
    const EngineStats cold = engine.stats();
    QVERIFY(cold.prefix_hits >= 4 && cold.cached_tokens >= 4 * 30);  // system prompts of rows before
    for (std::size_t i = 0; i < requests_.size(); ++i) QVERIFY(is_same(answer_of(engine, requests_[i]), alone_[i]));
    QCOMPARE(engine.stats().prefilled_tokens - cold.prefilled_tokens, std::ssize(requests_));  // each one's last token
    // An answer is found by the next turn of its conversation.
    const EngineStats warm = engine.stats();
    const Ids turn = joined(joined(requests_[0].prompt_ids, alone_[0].ids), ids_of(4, 99));
    const Completion answer = answer_of(engine, asked(turn, 9));
    QCOMPARE(engine.stats().prefilled_tokens - warm.prefilled_tokens, 4 + 1);  // the answer's last token wasn't fed
    Engine fresh(model());
    QVERIFY(is_same(answer_of(fresh, asked(turn, 9)), answer));
  }

  void rowsThatWaitOrArePreemptedAnswerAsAlone() {
    std::int64_t preemptions = 0;
    for (const auto& [cache, drafts] :
         {std::pair(112, true), {112, false}, {128, false}, {192, true}, {192, false}, {320, true}}) {
      Engine engine(model(), {8, cache});
      Hearer hearer;
      std::vector<Ticket> tickets;
      for (EngineRequest r : requests_) {
        r.drafts = drafts;  // which come as time has it
        tickets.push_back(hearer.submit(engine, r));
      }
      while (engine.step()) QVERIFY(engine.taken_blocks() <= cache / 16);
      for (std::size_t i = 0; i < tickets.size(); ++i)
        QVERIFY(is_same(hearer.results[tickets[i]].completion, alone_[i]));
      QCOMPARE(engine.taken_blocks(), 0);
      preemptions += engine.stats().preemptions;
    }
    QVERIFY(preemptions > 3);
  }

  void aRowThatFillsTheCacheAloneIsAnswered() {
    // Its prompt parts from a cached one in the middle of a block, whose rest is lost: the cache must begin anew for
    // it.
    Engine engine(model(), {4, 64});
    const Ids cached = ids_of(30, 1);
    answer_of(engine, asked(cached, 3));
    const EngineRequest large = asked(joined({cached[0]}, ids_of(20, 9)), 44);
    Engine alone(model());
    const Completion wanted = answer_of(alone, large);
    QCOMPARE(std::ssize(wanted.ids), 44);
    QVERIFY(is_same(answer_of(engine, large), wanted));
  }

  void aRowThatTheCacheCantHoldIsRefusedWithTheFigures() {
    Engine engine(model(), {4, 64});
    try {
      engine.submit(asked(ids_of(60, 1), 6), "row 7");
      QFAIL("it was taken");
    } catch (const Error& e) {
      QVERIFY(e.kind() == ErrorKind::memory);
      QVERIFY2(QString(e.what()).contains("65 tokens") && QString(e.what()).contains("64 tokens"), e.what());
    }
    engine.submit(asked(ids_of(60, 1), 5));
    QVERIFY_THROWS_EXCEPTION(Error, engine.submit(asked({}, 5)));
    QVERIFY_THROWS_EXCEPTION(Error, engine.submit(asked({300}, 5)));
    EngineRequest strings = asked({1}, 5);
    strings.stop_strings = {"x"};
    QVERIFY_THROWS_EXCEPTION(Error, engine.submit(strings));  // without a tokenizer
    while (engine.step()) {
    }
  }

  // Doubles have no kernels: they take the way of GPUs.
  void withoutKernelsTheTokensAreTheSame() {
    const Qwen3Weights reference = in_dtype(weights_, at::kDouble);
    EngineModel m;
    m.weights = &reference;
    for (const std::int64_t cache : {0, 160}) {
      Engine engine(m, {6, cache});
      Hearer hearer;
      std::vector<std::pair<Ticket, std::size_t>> tickets;
      for (std::size_t i = 0; i < requests_.size(); ++i) {
        EngineRequest r = requests_[i];
        if (r.adapter) {
          const auto exact = std::make_shared<LoraSet>(*r.adapter);
          for (auto& layer : exact->pairs) {
            for (auto& pair : layer) {
              if (pair) pair->a = pair->a.to(at::kDouble), pair->b = pair->b.to(at::kDouble);
            }
          }
          r.adapter = exact;
        }
        tickets.emplace_back(hearer.submit(engine, r), i);
      }
      while (engine.step()) {
      }
      for (const auto& [ticket, i] : tickets) QVERIFY(is_same(hearer.results[ticket].completion, alone_[i]));
    }
  }

  /// bf16 rows lie in panels, which aren't cut at an adapter's rows.
  void inBf16EachRowHasItsOwnAdapterToo() {
    const Qwen3Weights weights = in_dtype(weights_, at::kBFloat16);
    std::vector<Adapter> adapters{nullptr};
    for (const Adapter& adapter : adapters_) {
      adapters.push_back(std::make_shared<LoraSet>(*adapter));
      adapters.back()->refresh(at::kBFloat16);
    }
    EngineModel m;
    m.weights = &weights;
    std::vector<EngineRequest> requests;
    for (std::uint32_t i = 0; i < 24; ++i) requests.push_back(asked(ids_of(3 + i, 200 + i), 6, adapters[i % 3]));
    Engine together(m, {24});
    Hearer hearer;
    std::vector<Ticket> tickets;
    for (const EngineRequest& r : requests) tickets.push_back(hearer.submit(together, r));
    while (together.step()) {
    }
    for (std::size_t i = 0; i < requests.size(); ++i) {
      Engine engine(m);
      const Completion alone = answer_of(engine, requests[i]), &got = hearer.results[tickets[i]].completion;
      QCOMPARE(got.ids[0], alone.ids[0]);
      QVERIFY(std::abs(got.logprobs[0] - alone.logprobs[0]) < 0.05f);
      EngineRequest other = requests[i];
      other.adapter = adapters[(i + 1) % 3];
      Engine wrong(m);
      const Completion theirs = answer_of(wrong, other);
      QVERIFY(theirs.ids[0] != alone.ids[0] || std::abs(theirs.logprobs[0] - alone.logprobs[0]) > 1e-4f);
    }
  }

  void aStoppedPassChangesNothing() {
    Engine engine(model(), {8});
    Hearer hearer;
    std::vector<Ticket> tickets;
    for (const EngineRequest& r : requests_) tickets.push_back(hearer.submit(engine, r));
    std::stop_source stopped;
    stopped.request_stop();
    for (int i = 0; engine.rows() > 0; ++i) engine.step(i % 2 ? std::stop_token() : stopped.get_token());
    for (std::size_t i = 0; i < tickets.size(); ++i) QVERIFY(is_same(hearer.results[tickets[i]].completion, alone_[i]));
  }

  void anAdapterWhoseNumbersChangedIsForgotten() {
    Engine engine(model());
    const Adapter tuned = adapter(4, 11);
    const EngineRequest r = asked(requests_[3].prompt_ids, 15, tuned);
    const Completion before = answer_of(engine, r);
    QCOMPARE(before.ids, Ids(alone_[3].ids.begin(), alone_[3].ids.begin() + 15));
    for (auto& layer : tuned->pairs) {
      for (auto& pair : layer) pair->B.mul_(-1.0);
    }
    tuned->refresh(at::kFloat);
    engine.forget(*tuned);
    QCOMPARE(engine.cached_blocks(), 0);
    Engine fresh(model());
    const Completion after = answer_of(fresh, r);
    QVERIFY(!is_same(after, before));
    QVERIFY(is_same(answer_of(engine, r), after));
  }

  void stopIdsAndDeadlinesAreARequestsOwn() {
    Engine engine(model());
    Hearer hearer;
    EngineRequest stops = requests_[0], late = requests_[2];
    stops.stop_ids = {alone_[0].ids[3]};
    late.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
    const Ticket a = hearer.submit(engine, stops), b = hearer.submit(engine, requests_[0]),
                 c = hearer.submit(engine, late);
    while (engine.step()) {
    }
    const Ids& free = alone_[0].ids;
    QCOMPARE(hearer.tokens[a], Ids(free.begin(), std::find(free.begin(), free.end(), free[3]) + 1));
    QVERIFY(hearer.results[a].end == RowEnd::stop_id && hearer.results[a].completion.reason == FinishReason::stop);
    QCOMPARE(hearer.tokens[b], free);
    QVERIFY(hearer.results[c].end == RowEnd::deadline && hearer.tokens[c].empty());
  }

  void stopStringsMayLieAcrossTokens() {
    const auto tokenizer = Tokenizer::load(data_file("demo"));
    EngineModel m = model();
    m.tokenizer = tokenizer.get();
    Engine engine(m);
    EngineRequest r = requests_[4];  // a sampled one, whose tokens vary
    const Ids free = answer_of(engine, r).ids;
    // The end of the fourth token and the begin of the fifth.
    const std::string fourth = tokenizer->token_bytes(free[3]), fifth = tokenizer->token_bytes(free[4]);
    r.stop_strings = {"never there", fourth.substr(fourth.size() - 1) + fifth.substr(0, 1)};
    std::string text;
    std::size_t until = 0;
    while (text.find(r.stop_strings[1]) == std::string::npos) text += tokenizer->token_bytes(free[until++]);
    QVERIFY(until >= 2);
    QCOMPARE(answer_of(engine, r, RowEnd::stop_string).ids,
             Ids(free.begin(), free.begin() + static_cast<std::ptrdiff_t>(until)));
  }

  void sinksMaySubmitCancelAndThrow() {
    Engine engine(model());
    Hearer hearer;
    Ticket second = 0;
    const Ticket third = hearer.submit(engine, requests_[2]);
    EngineRequest first = requests_[0];
    int heard = 0;
    first.on_token = [&](Ticket, std::int32_t id) {
      QCOMPARE(id, alone_[0].ids[static_cast<std::size_t>(heard)]);
      if (++heard == 2) second = hearer.submit(engine, requests_[1]);
      if (heard == 3) QVERIFY(engine.cancel(third));
      if (heard == 4) throw Error(ErrorKind::io, "the other side is gone");
    };
    engine.submit(first);
    int thrown = 0;
    while (engine.rows() > 0) {
      try {
        engine.step();
      } catch (const Error&) {
        ++thrown;
      }
    }
    QCOMPARE(thrown, 1);
    QCOMPARE(heard, static_cast<int>(alone_[0].ids.size()));
    QVERIFY(is_same(hearer.results[second].completion, alone_[1]));
    QVERIFY(hearer.results[third].end == RowEnd::cancelled);
  }

  void greedyRowsBringNoLogitsBesideASampledOne() {
    for (const auto type : {at::kFloat, at::kDouble}) {  // with kernels and without
      const Qwen3Weights weights = in_dtype(weights_, type);
      Decoder decoder(weights, 64, 64);
      const Ids ids = ids_of(10, 3);
      const std::vector<Feed> feeds{{ids.data(), 10, 2, {{0, 10}}}, {ids.data(), 10, 2, {{16, 10}}, -1, true}};
      const auto predictions = *decoder.pass(feeds, {});
      for (std::size_t i = 0; i < 4; ++i) QCOMPARE(predictions[i].logits != nullptr, i >= 2);
      for (std::size_t i = 0; i < 2; ++i) {
        QCOMPARE(predictions[i].best, predictions[i + 2].best);
        QVERIFY(std::abs(predictions[i].logsumexp - predictions[i + 2].logsumexp) < 1e-4f);
        QCOMPARE(predictions[i + 2].logits[predictions[i].best], predictions[i + 2].best_logit);
      }
    }
  }

  void aRandomScheduleLosesAndDoublesNoTokenAndLeavesNoBlockTaken() {
    for (const std::uint32_t seed : {1u, 2u, 3u}) {
      std::mt19937 random(seed);
      Engine engine(model(), {6, 144});
      Hearer hearer;
      std::vector<std::pair<Ticket, std::size_t>> all;
      std::set<Ticket> cancelled;
      std::stop_source stopped;
      stopped.request_stop();
      for (int act = 0; act < 500; ++act) {
        const auto dice = random() % 10;
        if (dice < 2) {
          const std::size_t i = random() % requests_.size();
          EngineRequest r = requests_[i];
          r.keep = random() % 4 > 0;
          all.emplace_back(hearer.submit(engine, r), i);
        } else if (dice < 3 && !all.empty()) {
          const Ticket ticket =
              all[all.size() - 1 - random() % std::min<std::size_t>(all.size(), 8)].first;  // one of the latest
          if (engine.cancel(ticket)) cancelled.insert(ticket);
        } else {
          engine.step(random() % 10 ? std::stop_token() : stopped.get_token());
        }
      }
      while (engine.step()) {
      }
      QVERIFY(all.size() > 60 && cancelled.size() > 5);
      for (const auto& [ticket, i] : all) {
        QVERIFY(hearer.results.contains(ticket));
        const Ids& got = hearer.tokens[ticket];
        if (cancelled.contains(ticket)) {
          QVERIFY(hearer.results[ticket].end == RowEnd::cancelled);
          QVERIFY(got.size() <= alone_[i].ids.size() && std::equal(got.begin(), got.end(), alone_[i].ids.begin()));
        } else {
          QVERIFY(is_same(hearer.results[ticket].completion, alone_[i]));
        }
      }
      QCOMPARE(engine.rows(), 0);
      QCOMPARE(engine.taken_blocks(), 0);
      QVERIFY(engine.stats().preemptions > 0 && engine.stats().prefix_hits > 0);
    }
  }

 private:
  EngineModel model() const {
    EngineModel m;
    m.weights = &weights_;
    return m;
  }
  Adapter adapter(std::int64_t rank, std::uint64_t seed) const {
    auto set = std::make_shared<LoraSet>(new_lora(weights_, rank, 8.0, false, {"all-linear"}, seed));
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    for (auto& layer : set->pairs) {
      for (auto& pair : layer) pair->B.normal_(0.0, 0.3, generator);
    }
    set->refresh(at::kFloat);
    return set;
  }

  Qwen3Weights weights_;
  std::vector<Adapter> adapters_;
  std::vector<EngineRequest> requests_;
  std::vector<Completion> alone_;
};

QTEST_GUILESS_MAIN(TestEngineService)
#include "tst_engine_service.moc"
