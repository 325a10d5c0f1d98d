// Drafts: what is guessed, how many guesses pay, and that they change no answer.
#include <QtTest>

#include "core/generate/drafts.h"
#include "core/generate/engine.h"
#include "core/model/weights.h"

using namespace minnow;
using Ids = std::vector<std::int32_t>;

namespace {

Ids ids_of(const std::vector<Guess>& guesses) {
  Ids ids;
  for (const Guess& guess : guesses) ids.push_back(guess.id);
  return ids;
}

/// Feeds an answer to the drafter as the model would.
void answer(Drafter& drafter, Drafter::Row& row, const Ids& ids) {
  for (const std::int32_t id : ids) drafter.chosen(row, id);
}

Qwen3Config tiny() {
  Qwen3Config c;
  c.hidden_size = 64;
  c.intermediate_size = 96;
  c.num_hidden_layers = 2;
  c.num_attention_heads = 4;
  c.num_key_value_heads = 2;
  c.head_dim = 32;
  c.vocab_size = 40;
  c.max_position_embeddings = 512;
  c.rope_theta = 1e6;
  c.tie_word_embeddings = true;
  return c;
}

}  // namespace

class TestDrafts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aCopyEndsWhereOthersEnded() {
    // Values end before a 77: not copied, but followed by 8.
    const Ids prompt{1, 2, 3};
    std::vector<Ids> sources;
    Drafter drafter;
    for (std::int32_t i = 0; i < 8; ++i) sources.push_back({100 + i, 200 + i, 300 + i, 77, 400 + i});
    for (const Ids& s : sources) {
      Drafter::Row row = Drafter::begin(s, prompt);
      answer(drafter, row, {5, s[0], s[1], s[2], 8, s[4]});
    }
    const Ids source{150, 250, 350, 360, 77, 450};
    Drafter::Row row = Drafter::begin(source, prompt);
    answer(drafter, row, {5, 150});
    const Ids guessed = ids_of(drafter.guess(row, 4));
    QCOMPARE(guessed, (Ids{250, 350, 360, 8}));
  }

  void theSkeletonIsGuessedAfterUnknownWords() {
    const Ids prompt{1, 2, 3}, none;
    Drafter drafter;
    for (std::int32_t i = 0; i < 8; ++i) {
      Drafter::Row row = Drafter::begin(none, prompt);
      answer(drafter, row, {5, 100 + i, 8, 6, 200 + i, 8, 7, 300 + i, 9});  // 8 is followed by 6, the second time by 7
    }
    Drafter::Row row = Drafter::begin(none, prompt);
    answer(drafter, row, {5, 150, 8});
    QCOMPARE(ids_of(drafter.guess(row, 1)), (Ids{6}));
    answer(drafter, row, {6, 250, 8});
    QCOMPARE(ids_of(drafter.guess(row, 1)), (Ids{7}));
  }

  void copyingGoesOnWhereTheSourceDoes() {
    const Ids source{10, 11, 12, 13, 14, 15}, prompt{1, 2, 3};
    Drafter drafter;
    Drafter::Row row = Drafter::begin(source, prompt);
    answer(drafter, row, {90, 11, 12});
    QCOMPARE(ids_of(drafter.guess(row, 2)), (Ids{13, 14}));
  }

  void theSkeletonOfOtherAnswersIsGuessed() {
    const Ids first{20, 21}, second{30, 31}, prompt{1, 2, 3};
    Drafter drafter;
    Drafter::Row a = Drafter::begin(first, prompt);
    answer(drafter, a, {5, 6, 7, 20, 8, 9});
    Drafter::Row b = Drafter::begin(second, prompt);
    QCOMPARE(ids_of(drafter.guess(b, 3)), (Ids{5, 6, 7}));
  }

  void afterTheSkeletonCopyingGoesOnWhereItStopped() {
    const Ids prompt{1, 2, 3};
    Drafter drafter;
    // Answers: skeleton, one copied token, skeleton, the next copied one, over rows with different sources.
    std::vector<Ids> sources;
    for (std::int32_t i = 0; i < 8; ++i) sources.push_back({100 + i, 200 + i});
    for (const Ids& source : sources) {
      Drafter::Row row = Drafter::begin(source, prompt);
      answer(drafter, row, {5, 6, source[0], 7, 8, 9, source[1], 4});
    }
    const Ids source{150, 250};
    Drafter::Row row = Drafter::begin(source, prompt);
    QCOMPARE(ids_of(drafter.guess(row, 3)), (Ids{5, 6, 150}));
    answer(drafter, row, {5, 6, 150, 7, 8, 9});
    QCOMPARE(ids_of(drafter.guess(row, 1)), (Ids{250}));
  }

  void guessesThatFailBecomeUnlikely() {
    const Ids source{10, 11, 12, 13, 14, 15, 16, 17, 18, 19}, prompt{1, 2, 3};
    Drafter drafter;
    Drafter::Row row = Drafter::begin(source, prompt);
    const double before = drafter.guess(row, 1).at(0).probability;
    for (std::int32_t i = 0; i < 60; ++i) drafter.chosen(row, 1000 + i);
    const auto after = drafter.guess(row, 1);
    QVERIFY(after.empty() || after[0].probability < before / 3);
  }

  void onlyDraftsThatPayAreChecked_data() {
    QTest::addColumn<double>("token_cost");
    QTest::addColumn<double>("chance");
    QTest::addColumn<bool>("pays");
    QTest::newRow("checking is free") << 0.0 << 0.5 << true;
    QTest::newRow("checking costs a little, guesses are good") << 0.1 << 0.9 << true;
    QTest::newRow("checking costs more than guesses bring") << 0.6 << 0.5 << false;
    QTest::newRow("a draft costs as much as a step") << 1.0 << 0.95 << false;
  }
  void onlyDraftsThatPayAreChecked() {
    QFETCH(double, token_cost);
    QFETCH(double, chance);
    QFETCH(bool, pays);
    DraftPace pace;
    std::int64_t drafted = 0, steps = 0;
    for (int i = 0; i < 200; ++i) {
      std::vector<std::vector<Guess>> guesses(1);
      for (int k = 0; k < 8; ++k) guesses[0].push_back({1, chance});
      pace.cut(guesses, 63);
      const auto tokens = static_cast<std::int64_t>(1 + guesses[0].size());
      pace.took(tokens, 1.0 + token_cost * static_cast<double>(tokens - 1));
      if (i >= 20) drafted += tokens - 1, ++steps;  // after it has measured
    }
    if (pays)
      QVERIFY(drafted > steps / 2);
    else
      QVERIFY2(drafted * 50 < steps, qPrintable(QString::number(drafted)));
  }

  void whereNothingPaysFewGuessesAreMade() {
    DraftPace pace;
    int wanted = 0;
    for (int i = 0; i < 320; ++i) {
      std::vector<std::vector<Guess>> guesses(4);
      if (pace.wants_guesses(4)) {
        ++wanted;
        for (auto& row : guesses) row.assign(8, Guess{1, 0.5});
      }
      pace.cut(guesses, 63);
      std::int64_t tokens = 0;
      for (const auto& row : guesses) tokens += 1 + static_cast<std::int64_t>(row.size());
      pace.took(tokens, static_cast<double>(tokens));
    }
    QVERIFY2(wanted < 100, qPrintable(QString::number(wanted)));
    QVERIFY(pace.wants_guesses(3));  // fewer rows: it may be otherwise
  }

  void aDisturbedPassIsForgotten() {
    DraftPace pace;
    for (int i = 0; i < 3; ++i) pace.took(1, 1.0), pace.took(5, 1.2);
    pace.took(3, 9.0), pace.took(3, 9.0);  // whatever it was, five tokens cost 1.2
    std::vector<std::vector<Guess>> guesses(1, std::vector<Guess>(2, Guess{1, 0.9}));
    pace.cut(guesses, 63);
    QCOMPARE(guesses[0].size(), std::size_t{2});
  }

  void aBadHourOfTheMachineIsForgotten() {
    DraftPace pace;
    std::int64_t drafted = 0;
    for (int i = 0; i < 1000; ++i) {
      std::vector<std::vector<Guess>> guesses(1);
      if (pace.wants_guesses(1)) guesses[0].assign(8, Guess{1, 0.9});
      pace.cut(guesses, 63);
      const auto tokens = static_cast<std::int64_t>(1 + guesses[0].size());
      // At first another program takes the machine whenever a draft is checked.
      pace.took(tokens, i < 100 && tokens > 1 ? 50.0 : 1.0 + 0.02 * static_cast<double>(tokens - 1));
      if (i >= 600) drafted += tokens - 1;
    }
    QVERIFY2(drafted > 1000, qPrintable(QString::number(drafted)));
  }

  void certainGuessesAreAlwaysChecked() {
    DraftPace pace;
    std::vector<std::vector<Guess>> guesses{{{1, 1.0}, {2, 1.0}, {3, 0.9}}, {{4, 0.9}}};
    pace.cut(guesses, 63);  // nothing is measured yet
    QCOMPARE(guesses[0].size(), std::size_t{2});
    QVERIFY(guesses[1].empty());
    for (const int tokens : {1, 2, 3, 4, 1, 2, 3, 4}) pace.took(tokens, tokens);  // doubtful ones don't pay
    guesses = {{{1, 1.0}, {2, 1.0}, {3, 0.9}}};
    pace.cut(guesses, 63);
    QCOMPARE(guesses[0].size(), std::size_t{2});
    guesses = {{{1, 1.0}, {2, 1.0}, {3, 0.9}}};
    DraftPace::keep_certain(guesses, 1);
    QCOMPARE(guesses[0].size(), std::size_t{1});
  }

  void draftsAreNeverMoreThanWereAllowed() {
    DraftPace pace;
    for (int i = 0; i < 10; ++i) pace.took(4, 1.0);
    std::vector<std::vector<Guess>> guesses(4, std::vector<Guess>(8, Guess{1, 0.99}));
    pace.cut(guesses, 5);
    std::size_t kept = 0;
    for (const auto& row : guesses) kept += row.size();
    QCOMPARE(kept, std::size_t{5});
    guesses.assign(4, std::vector<Guess>(8, Guess{1, 0.99}));
    pace.cut(guesses, -3);
    for (const auto& row : guesses) QVERIFY(row.empty());
  }

  void draftsChangeNoAnswer_data() {
    QTest::addColumn<bool>("half");
    QTest::addColumn<bool>("large");
    QTest::newRow("f32") << false << false;
    QTest::newRow("bf16") << true << false;
    QTest::newRow("f32, too large to be packed") << false << true;
    QTest::newRow("bf16, too large to be packed") << true << true;
  }
  void draftsChangeNoAnswer() {
    QFETCH(bool, half);
    QFETCH(bool, large);
    // Few ids and a small model: answers run in circles, so drafts are accepted as well as refused.
    Qwen3Config config = tiny();
    if (large) config.hidden_size = 1024, config.intermediate_size = 3072, config.num_hidden_layers = 3;
    const Qwen3Weights weights = random_weights(config, half ? at::kBFloat16 : at::kFloat, at::kCPU, 3, 0.5);
    EngineModel model;
    model.weights = &weights;
    std::vector<GenerateRequest> requests;
    for (std::uint32_t i = 0; i < 9; ++i) {
      GenerateRequest r;
      for (std::uint32_t t = 0; t < 6 + i; ++t)
        r.prompt_ids.push_back(static_cast<std::int32_t>((t * 7 + i * 13) % 40));
      r.max_new_tokens = 20 + 5 * i;
      if (i % 3 == 2) r.sampling.temperature = 0.8, r.sampling.seed = i;
      requests.push_back(r);
    }
    for (const int batch : {1, 3}) {
      GenerateJob job;
      job.requests = &requests;
      job.options.batch_size = batch;
      job.options.max_draft_tokens =
          half ? 3 : 5;  // of bf16, products of up to 8 rows (2 a token in attention) are alike
      if (half && batch > 1) continue;
      job.options.drafts = false;
      const auto plain = generate(model, job);
      job.options.drafts = true;
      GenerateStats stats;
      const auto drafted = generate(model, job, {}, &stats);
      for (std::size_t i = 0; i < requests.size(); ++i) {
        QCOMPARE(drafted[i].ids, plain[i].ids);
        QCOMPARE(drafted[i].logprobs.size(), plain[i].ids.size());
      }
      QVERIFY(stats.draft_tokens > 0 && stats.draft_accepted > 0 && stats.draft_accepted <= stats.draft_tokens);
      QCOMPARE(stats.new_tokens,
               std::accumulate(plain.begin(), plain.end(), std::int64_t{0},
                               [](auto sum, const auto& c) { return sum + static_cast<std::int64_t>(c.ids.size()); }));
    }
  }
};

QTEST_GUILESS_MAIN(TestDrafts)
#include "tst_drafts.moc"
