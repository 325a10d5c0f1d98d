// Answers held to the task's JSON: the language byte by byte, the masks against a slow reading, random walks that must
// end whole, and the engine with sampling, batches and drafts; on the demo's tokenizer, Qwen3's own, and the demo model.
#include <QtTest>

#include <random>
#include <set>

#include "core/generate/engine.h"
#include "core/generate/json_constraint.h"
#include "core/io/data_dir.h"
#include "core/io/json.h"
#include "core/model/loaded_model.h"
#include "core/model/weights.h"
#include "core/text/tokenizer.h"
#include "core/types/error.h"
#include "tests/text/text_fixtures.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> keys{"title", "作者", "say \"hi\"\\"};

Task task_of(const std::vector<std::string>& names = keys) {
  Task task;
  for (const std::string& name : names) task.fields.push_back({name});
  return task;
}

/// Every kind whose values aren't just strings.
Task typed_task() {
  Task task;
  task.fields = {{"size", FieldKind::choice, "", true, {"大", "大号", "s\"m"}},
                 {"open", FieldKind::yes_no, "", false, {"true", "false"}},
                 {"free", FieldKind::yes_no, "", false, {"是", "否"}},
                 {"count", FieldKind::number},
                 {"parts", FieldKind::list},
                 {"tags", FieldKind::list, "", true, {"red", "blue"}}};
  return task;
}

/// Whether a whole answer is what typed_task() wants, as an independent reader sees it.
bool is_typed_answer(const std::string& text) {
  try {
    JsonLimits limits;
    limits.reject_duplicates = true;
    const Json json = parse_json(text, "the answer", limits);
    const auto one_of = [](const Json& value, std::initializer_list<Json> all) {
      return std::find(all.begin(), all.end(), value) != all.end();
    };
    bool good = json.size() == 6 && one_of(json.at("size"), {"", "大", "大号", "s\"m"}) &&
                json.at("open").is_boolean() && one_of(json.at("free"), {"是", "否"}) &&
                (json.at("count").is_number() || json.at("count").is_string()) && json.at("parts").is_array() &&
                json.at("tags").is_array();
    for (const Json& part : json.at("parts")) good = good && part.is_string();
    for (const Json& tag : json.at("tags")) good = good && one_of(tag, {"red", "blue"});
    return good;
  } catch (const std::exception&) {
    return false;
  }
}

/// JSON without the many backslashes (and moc misreads such raw strings): ' stands for ".
QString quoted(const char* text) { return QString::fromUtf8(text).replace('\'', '"'); }

/// Whether the automaton takes all of `text`, and whether the object is whole then.
std::pair<bool, bool> read(const JsonAutomaton& automaton, const std::string& text) {
  auto state = automaton.start();
  for (const char c : text) {
    const auto next = automaton.after(state, static_cast<unsigned char>(c));
    if (!next) return {false, false};
    state = *next;
  }
  return {true, automaton.is_whole(state)};
}

/// An object with exactly these keys in this order and texts as values, as an independent reader sees it.
bool is_answer(const std::string& text, const std::vector<std::string>& names = keys) {
  try {
    JsonLimits limits;
    limits.reject_duplicates = true;
    const Json json = parse_json(text, "the answer", limits);
    if (!json.is_object() || json.size() != names.size()) return false;
    std::size_t i = 0;
    for (const auto& [key, value] : json.items()) {
      if (key != names[i++] || !value.is_string()) return false;
    }
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// The shared tokenizer, loaded once a run; null where it isn't here.
std::shared_ptr<const Tokenizer> tokenizer_of(const QString& which) {
  static std::map<QString, std::shared_ptr<const Tokenizer>> all;
  if (const auto found = all.find(which); found != all.end()) return found->second;
  const std::optional<fs::path> folder = which == "demo" ? data_file("demo") : test::real_tokenizer();
  return all[which] = folder ? Tokenizer::load(*folder) : nullptr;
}

std::vector<std::int32_t> stops_of(const Tokenizer& tokenizer) {
  return {*tokenizer.added_token_id("<|im_end|>"), *tokenizer.added_token_id("<|endoftext|>")};
}

GenerateRequest request(std::vector<std::int32_t> prompt, std::int64_t max_new_tokens, double temperature = 0.0) {
  GenerateRequest r;
  r.prompt_ids = std::move(prompt);
  r.max_new_tokens = max_new_tokens;
  r.sampling.temperature = temperature;
  return r;
}

}  // namespace

class TestJsonConstraint : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theLanguageIsTheTasksJson_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    const QString head = quoted("{'title': 'a', '作者': 'b', 'say \\'hi\\'\\\\': ");
    QTest::newRow("as Python writes it") << head + quoted("'c'}") << true;
    QTest::newRow("compact") << quoted("{'title':'a','作者':'b','say \\'hi\\'\\\\':'c'}") << true;
    QTest::newRow("on several lines") << "{\n    \"title\": \"a\",\n    \"作者\": \"b\",\n    \"say \\\"hi\\\"\\\\\": \"c\"\n}" << true;
    QTest::newRow("every escape") << head + quoted("'\\'\\\\\\/\\b\\f\\n\\r\\té'}") << true;
    QTest::newRow("characters of four bytes") << head + QString::fromUtf8("\"𠮷😀\"}") << true;
    QTest::newRow("a blank before it") << " " + head + quoted("'c'}") << false;
    QTest::newRow("something after it") << head + quoted("'c'} ") << false;
    QTest::newRow("a number as value") << head + "1}" << false;
    QTest::newRow("null as value") << head + "null}" << false;
    QTest::newRow("a key missing") << quoted("{'title': 'a', '作者': 'b'}") << false;
    QTest::newRow("keys in another order") << quoted("{'作者': 'b', 'title': 'a', 'say \\'hi\\'\\\\': 'c'}") << false;
    QTest::newRow("a comma at the end") << head + quoted("'c',}") << false;
    QTest::newRow("a raw line break in a value") << head + "\"c\nd\"}" << false;
    QTest::newRow("half a surrogate pair") << head + quoted("'\\ud83d'}") << false;
    QTest::newRow("an escape that isn't one") << head + quoted("'\\x'}") << false;
    QTest::newRow("blanks without end") << "{" + QString(17, ' ') + quoted("'title': 'a', '作者': 'b', 'say \\'hi\\'\\\\': 'c'}") << false;
    QTest::newRow("sixteen blanks") << "{" + QString(16, ' ') + quoted("'title': 'a', '作者': 'b', 'say \\'hi\\'\\\\': 'c'}") << true;
    QTest::newRow("cut") << head + "\"c" << false;
  }
  void theLanguageIsTheTasksJson() {
    QFETCH(QString, text);
    QFETCH(bool, good);
    const std::string bytes = text.toStdString();
    QCOMPARE(read(JsonAutomaton(task_of().fields), bytes).second, good);
    if (good) QVERIFY(is_answer(bytes));
  }

  void valuesAreWhatTheirKindsHave_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    const auto row = [](const char* name, const char* size, const char* open, const char* free, const char* count, const char* parts,
                        const char* tags, bool good) {
      QTest::newRow(name) << quoted("{'size': %1, 'open': %2, 'free': %3, 'count': %4, 'parts': %5, 'tags': %6}")
                                 .arg(quoted(size), quoted(open), quoted(free), quoted(count), quoted(parts), quoted(tags))
                          << good;
    };
    row("as it should be", "'大'", "true", "'是'", "'12 个'", "['a', 'b']", "['red']", true);
    row("empty where it may be", "''", "false", "'否'", "''", "[]", "[]", true);
    row("a longer choice with the same beginning", "'大号'", "true", "'是'", "-0.50", "['']", "['blue','red' , 'red']", true);
    row("an escaped choice", "'s\\'m'", "true", "'是'", "10", "[ ]", "[\n 'red'\n]", true);
    row("the beginning of a choice", "'s'", "true", "'是'", "1", "[]", "[]", false);
    row("more than a choice", "'大号码'", "true", "'是'", "1", "[]", "[]", false);
    row("empty where it may not be", "''", "true", "''", "1", "[]", "[]", false);
    row("a word for true", "''", "'true'", "'是'", "1", "[]", "[]", false);
    row("a leading zero", "''", "true", "'是'", "01", "[]", "[]", false);
    row("a number that doesn't end", "''", "true", "'是'", "1.", "[]", "[]", false);
    row("a text for a list", "''", "true", "'是'", "1", "'a'", "[]", false);
    row("a comma at the list's end", "''", "true", "'是'", "1", "['a',]", "[]", false);
    row("a number in a list", "''", "true", "'是'", "1", "[1]", "[]", false);
    row("an item that is none of the values", "''", "true", "'是'", "1", "[]", "['green']", false);
    row("an empty item among values", "''", "true", "'是'", "1", "[]", "['']", false);
  }
  void valuesAreWhatTheirKindsHave() {
    QFETCH(QString, text);
    QFETCH(bool, good);
    const std::string bytes = text.toStdString();
    QCOMPARE(read(JsonAutomaton(typed_task().fields), bytes).second, good);
    QCOMPARE(is_typed_answer(bytes), good);
  }

  void malformedUtf8IsNeverTaken() {
    const JsonAutomaton automaton(task_of().fields);
    for (const std::string bad : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80",
                                  "\xf5\x80\x80\x80", "\xe4\xb8\"", "\xff", "\x1f"}) {
      QVERIFY2(!read(automaton, "{\"title\": \"" + bad).first, bad.c_str());
    }
    for (const std::string good : {"\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "\x7f"}) {
      QVERIFY2(read(automaton, "{\"title\": \"" + good + "\",").first, good.c_str());
    }
  }

  void whateverTheAutomatonTakesIsAnAnswer() {
    // Random bytes that it allows, half of them structure, until whole.
    const JsonAutomaton automaton(task_of().fields);
    std::mt19937 random(1);
    for (int round = 0; round < 300; ++round) {
      std::string text;
      auto state = automaton.start();
      while (!automaton.is_whole(state)) {
        const auto byte = static_cast<unsigned char>(random() % 3 == 0 ? "\"\\u {}:,n0aFd"[random() % 13] : random() % 256);
        const auto next = automaton.after(state, byte);
        if (!next) continue;
        text += static_cast<char>(byte);
        state = *next;
      }
      QVERIFY2(is_answer(text), text.c_str());
    }
  }

  void theShortestAnswerOfEveryKindIsOne() {
    const JsonAutomaton automaton(typed_task().fields);
    QVERIFY2(is_typed_answer(automaton.shortest()), automaton.shortest().c_str());
    auto state = automaton.start();
    for (std::size_t i = 0; i < automaton.shortest().size(); ++i) {
      QCOMPARE(automaton.closing_place(state), i);
      QCOMPARE(automaton.repair_bytes(state), 0);
      state = *automaton.after(state, static_cast<unsigned char>(automaton.shortest()[i]));
    }
    QVERIFY(automaton.is_whole(state));
  }

  void theShortestAnswerIsOne() {
    const JsonAutomaton automaton(task_of().fields);
    QCOMPARE(automaton.shortest(), quoted("{'title': '', '作者': '', 'say \\'hi\\'\\\\': ''}").toStdString());
    QVERIFY(is_answer(automaton.shortest()));
    auto state = automaton.start();
    for (std::size_t i = 0; i < automaton.shortest().size(); ++i) {
      QCOMPARE(automaton.closing_place(state), i);
      state = *automaton.after(state, static_cast<unsigned char>(automaton.shortest()[i]));
    }
  }

  void tokenizers_data() {
    QTest::addColumn<QString>("which");
    QTest::newRow("demo") << "demo";
    QTest::newRow("qwen3") << "qwen3";
  }

  void masksAreWhatReadingEachTokenGives_data() { tokenizers_data(); }
  void masksAreWhatReadingEachTokenGives() {
    QFETCH(QString, which);
    const auto tokenizer = tokenizer_of(which);
    if (!tokenizer) QSKIP(test::kNoRealTokenizer);
    const std::int32_t V = tokenizer->size() + 267;  // rows without a token, as Qwen3 has them
    JsonConstraint constraint(task_of(), *tokenizer, stops_of(*tokenizer), V);
    const JsonAutomaton automaton(task_of().fields);
    std::set<std::int32_t> added;
    for (const AddedToken& token : tokenizer->added_tokens()) added.insert(token.id);
    for (const std::string before : {"", "{", "{\n  ", "{\"title\": \"a", "{\"title\": \"a\\", "{\"title\": \"\\ud", "{\"title\": \"\xe4", "{\"title\": \"a\""}) {
      auto state = constraint.start();
      for (const char c : before) state = *automaton.after(state, static_cast<unsigned char>(c));
      for (const std::int64_t room : {std::int64_t{1000}, constraint.fewest(state) + 1, constraint.fewest(state)}) {
        const TokenMask& mask = constraint.allowed(state, room);
        std::int64_t allowed = 0;
        for (std::int32_t id = 0; id < V; ++id) {
          std::optional<JsonAutomaton::State> end = state;
          for (const char c : tokenizer->token_view(id)) {
            if (end) end = automaton.after(*end, static_cast<unsigned char>(c));
          }
          const bool good = end && !tokenizer->token_view(id).empty() && !added.count(id) && 1 + constraint.fewest(*end) <= room;
          if (mask.allows(id) != good) QFAIL(qPrintable(QString("%1, id %2").arg(QString::fromStdString(before)).arg(id)));
          allowed += good;
        }
        QVERIFY(allowed > 0);
      }
    }
  }

  void randomTokensEndWholeWithinTheRoom_data() {
    QTest::addColumn<QString>("which");
    QTest::addColumn<bool>("typed");
    for (const bool typed : {false, true}) {
      for (const char* which : {"demo", "qwen3"}) QTest::addRow("%s, %s", which, typed ? "every kind" : "texts") << which << typed;
    }
  }
  void randomTokensEndWholeWithinTheRoom() {
    QFETCH(QString, which);
    QFETCH(bool, typed);
    const auto tokenizer = tokenizer_of(which);
    if (!tokenizer) QSKIP(test::kNoRealTokenizer);
    const std::int32_t V = tokenizer->size();
    const auto stops = stops_of(*tokenizer);
    JsonConstraint constraint(typed ? typed_task() : task_of(), *tokenizer, stops, V);
    const std::int64_t fewest = constraint.fewest(constraint.start());
    std::mt19937 random(2);
    for (int round = 0; round < 60; ++round) {
      const std::int64_t limit = fewest + random() % 40;
      std::vector<float> logits(static_cast<std::size_t>(V));
      std::vector<std::int32_t> ids;
      auto state = constraint.start();
      do {
        // A new order of preference each time would cost 150,000 draws; a few wild favourites do.
        for (int i = 0; i < 200; ++i) logits[random() % logits.size()] = static_cast<float>(random() % 1000);
        const std::int32_t id = constraint.allowed(state, limit - static_cast<std::int64_t>(ids.size())).best(logits.data(), V);
        QVERIFY(id >= 0);
        ids.push_back(id);
        state = constraint.after(state, id);
      } while (std::find(stops.begin(), stops.end(), ids.back()) == stops.end() && ids.size() < 200);
      QVERIFY(static_cast<std::int64_t>(ids.size()) <= limit);
      const std::string text = tokenizer->decode(ids, true);
      QVERIFY2(typed ? is_typed_answer(text) : is_answer(text), text.c_str());
    }
    // Enough masks were met for the walk to matter, and few enough to keep.
    QVERIFY(constraint.masks() > 50 && constraint.masks() < 5000);
  }

  void everyAnswerOfAWildModelIsWhole_data() {
    QTest::addColumn<int>("batch");
    QTest::addColumn<bool>("drafts");
    QTest::addColumn<double>("temperature");
    for (const int batch : {1, 5}) {
      for (const bool drafts : {false, true}) {
        for (const double temperature : {0.0, 1.5}) {
          QTest::addRow("batch %d, %s, temperature %.1f", batch, drafts ? "drafts" : "plain", temperature) << batch << drafts << temperature;
        }
      }
    }
  }
  void everyAnswerOfAWildModelIsWhole() {
    QFETCH(int, batch);
    QFETCH(bool, drafts);
    QFETCH(double, temperature);
    const auto tokenizer = tokenizer_of("demo");
    const Qwen3Weights& weights = wild_weights(tokenizer->size());
    EngineModel model;
    model.weights = &weights;
    model.tokenizer = tokenizer.get();
    model.stop_ids = stops_of(*tokenizer);
    const Task task = task_of();
    const auto floor = JsonConstraint(task, *tokenizer, model.stop_ids, tokenizer->size()).fewest(0);
    std::vector<GenerateRequest> requests;
    for (std::int32_t i = 0; i < 12; ++i) {
      auto prompt = tokenizer->encode("{\"title\": \"大理\", \"作者\": \"" + std::to_string(i));
      requests.push_back(request(prompt, floor + i * 5, temperature));
      requests.back().sampling.repetition_penalty = i % 2 ? 1.3 : 1.0;
      requests.back().sampling.seed = static_cast<std::uint64_t>(i);
      requests.back().ignore_eos = i == 7;
    }
    GenerateJob job;
    job.requests = &requests;
    job.options = {batch, drafts};
    job.options.constrain_json = true;
    job.task = &task;
    const auto answers = generate(model, job);
    if (alone_[temperature].empty()) alone_[temperature] = answers;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      QVERIFY(answers[i].reason == FinishReason::stop);
      const std::string text = tokenizer->decode(answers[i].ids, true);
      QVERIFY2(is_answer(text), text.c_str());
      QCOMPARE(answers[i].ids, alone_[temperature][i].ids);  // neither company nor drafts change an answer
      for (const float p : answers[i].logprobs) QVERIFY(std::isfinite(p) && p <= 0.0f);
    }
  }

  void theTasksOwnTextIsKnownUpToTheNextValue() {
    const JsonAutomaton automaton(task_of({"name", "city"}).fields);
    const auto after = [&](const std::string& text) {
      auto state = automaton.start();
      for (const char c : text) state = *automaton.after(state, static_cast<unsigned char>(c));
      return automaton.skeleton(state);
    };
    QCOMPARE(after(""), std::string("{\"name\": \""));
    QCOMPARE(after("{\"na"), std::string("me\": \""));
    QCOMPARE(after("{ \"name\":"), std::string(" \""));
    QCOMPARE(after("{\"name\": \"x"), std::string());
    QCOMPARE(after("{\"name\": \"x\""), std::string(", \"city\": \""));
    QCOMPARE(after("{\"name\": \"x\", \"city\": \"\""), std::string("}"));
    QCOMPARE(after("{\"name\": \"x\", \"city\": \"\"}"), std::string());
  }

  void whatTheConstraintForcesCostsNoStepOfItsOwn() {
    const auto tokenizer = tokenizer_of("demo");
    const Qwen3Weights& weights = wild_weights(tokenizer->size());  // it agrees with no guess but by chance
    EngineModel model;
    model.weights = &weights;
    model.tokenizer = tokenizer.get();
    model.stop_ids = {stops_of(*tokenizer)[0]};
    const Task task = task_of({"a", "b", "c"});
    const auto floor = JsonConstraint(task, *tokenizer, model.stop_ids, tokenizer->size()).fewest(0);
    const std::vector<GenerateRequest> requests{request(tokenizer->encode("7"), floor)};  // no room but for the shortest
    GenerateJob job;
    job.requests = &requests;
    job.options.constrain_json = true;
    job.task = &task;
    std::vector<std::int32_t> ids[2];
    GenerateStats stats[2];
    for (const bool drafts : {false, true}) {
      job.options.drafts = drafts;
      ids[drafts] = generate(model, job, {}, &stats[drafts])[0].ids;
    }
    QCOMPARE(ids[1], ids[0]);
    QCOMPARE(stats[0].forward_passes, floor);
    // The mask leaves one token in most places: the row is through in a few passes, however few its tokens are.
    QVERIFY2(3 * stats[1].forward_passes <= floor,
             qPrintable(QString("%1 passes for %2 tokens").arg(stats[1].forward_passes).arg(floor)));
  }

  void aRowThatIsPreemptedGoesOnWithItsJson() {
    const auto tokenizer = tokenizer_of("demo");
    const Qwen3Weights& weights = wild_weights(tokenizer->size());
    EngineModel model;
    model.weights = &weights;
    model.tokenizer = tokenizer.get();
    model.stop_ids = stops_of(*tokenizer);
    const Task task = task_of();
    const auto constraint = std::make_shared<JsonConstraint>(task, *tokenizer, model.stop_ids, tokenizer->size());
    std::vector<std::vector<std::int32_t>> answers[2];
    std::int64_t preemptions = 0;
    for (const std::int64_t cache : {2048, 160}) {
      Engine engine(model, {6, cache});
      auto& ids = answers[cache == 160];
      ids.resize(6);
      for (std::size_t i = 0; i < ids.size(); ++i) {
        EngineRequest r;
        static_cast<GenerateRequest&>(r) = request(tokenizer->encode("row " + std::to_string(i)), 90, i % 2 ? 1.0 : 0.0);
        r.sampling.seed = i;
        r.constraint = constraint;
        r.drafts = false;
        r.on_done = [&ids, i](Ticket, const RowResult& result) { ids[i] = result.completion.ids; };
        engine.submit(std::move(r));
      }
      while (engine.step()) {
      }
      preemptions = engine.stats().preemptions;
      QCOMPARE(engine.taken_blocks(), 0);
    }
    QVERIFY(preemptions > 0);
    QVERIFY(answers[1] == answers[0]);
    for (const auto& ids : answers[1]) QVERIFY(is_answer(tokenizer->decode(ids, true)));
  }

  void theDemoModelAnswersInJsonOnly() {
    LoadOptions load;
    load.model = data_file("demo");
    const auto model = LoadedModel::open(load);
    const Task task = task_of({"name", "phone", "place"});
    std::vector<GenerateRequest> requests;
    for (const char* text : {"电话:23204753945:大理市下关镇 收件人张三", "hello", "{\"a\": [1, 2", "写一首诗", "北京市朝阳区建国路88号 李四 13800000000"}) {
      requests.push_back(request(model->prompter().prompt_ids({{"user", text}}), 60));
    }
    GenerateJob job;
    job.requests = &requests;
    const auto valid = [&] {
      int count = 0;
      for (const Completion& c : generate(*model, nullptr, job)) {
        count += is_answer(model->tokenizer()->decode(c.ids, true), {"name", "phone", "place"});
      }
      return count;
    };
    const int free = valid();
    QVERIFY2(free < 5, "the untuned model knows these keys by itself: the test shows nothing");
    job.task = &task;
    job.options.constrain_json = true;
    QCOMPARE(valid(), 5);
  }

  void whatCantWorkIsRefusedInASentence() {
    const auto tokenizer = tokenizer_of("demo");
    const Qwen3Weights& weights = wild_weights(tokenizer->size());
    EngineModel model;
    model.weights = &weights;
    model.tokenizer = tokenizer.get();
    model.stop_ids = stops_of(*tokenizer);
    const Task task = task_of(), empty;
    const std::vector<GenerateRequest> requests{request({1}, 3)};
    GenerateJob job;
    job.requests = &requests;
    job.options.constrain_json = true;
    QVERIFY_THROWS_EXCEPTION(Error, generate(model, job));  // no task
    job.task = &empty;
    QVERIFY_THROWS_EXCEPTION(Error, generate(model, job));  // no fields
    job.task = &task;
    QVERIFY_THROWS_EXCEPTION(Error, generate(model, job));  // three tokens aren't enough
    model.stop_ids.clear();
    QVERIFY_THROWS_EXCEPTION(Error, generate(model, job));  // nothing would end an answer
  }

 private:
  /// Random weights over a tokenizer's vocabulary: it would write anything.
  static const Qwen3Weights& wild_weights(std::int32_t vocab_size) {
    static const Qwen3Weights weights = [&] {
      Qwen3Config c;
      c.hidden_size = 32;
      c.intermediate_size = 48;
      c.num_hidden_layers = 2;
      c.num_attention_heads = 2;
      c.num_key_value_heads = 1;
      c.head_dim = 32;
      c.vocab_size = vocab_size;
      c.max_position_embeddings = 512;
      c.rope_theta = 1e6;
      c.tie_word_embeddings = true;
      Qwen3Weights w = random_weights(c, at::kFloat, at::kCPU, 3, 0.5);
      w.embed_tokens.mul_(8.0);  // clear-cut choices, so that rounding can't change them
      return w;
    }();
    return weights;
  }
  std::map<double, std::vector<Completion>> alone_;  // the first answers by temperature
};

QTEST_GUILESS_MAIN(TestJsonConstraint)
#include "tst_json_constraint.moc"
