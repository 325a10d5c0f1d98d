// An evaluation from model folder to report, on the tiny golden model and its adapter.
#include <QtTest>

#include "core/answer/asked_messages.h"
#include "core/evaluate/run.h"
#include "core/types/error.h"

using namespace minnow;

namespace {

const std::filesystem::path golden = MINNOW_GOLDEN_DIR;

EvaluateOptions options_with_rows() {
  EvaluateOptions options;
  options.model = golden / "tiny-qwen3";
  options.adapter = golden / "lora_final";
  options.dtype = "float32";
  options.threads = 1;
  options.max_new_tokens = 12;
  options.data_name = "rows.jsonl";
  options.task.name = "letters";
  options.task.fields = {{"a", FieldKind::text, "", false}};
  options.task.concise_prompt = "short";
  options.task.detailed_prompt = "long and clear";
  for (int i = 0; i < 5; ++i) {
    const std::string question = "row " + std::to_string(i);
    options.rows.push_back({{{"user", question}, {"assistant", "{\"a\":\"x\"}"}}, "rows.jsonl:" + std::to_string(i + 1)});
  }
  return options;
}

}  // namespace

class TestRun : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void bothSidesAnswerTheSameRows() {
    std::int64_t calls = 0;
    const EvaluateReport report = evaluate(options_with_rows(), [&](const Progress& p) { calls += p.unit == "rows"; });
    QVERIFY(report.before.present && report.after.present);
    QCOMPARE(report.details.size(), std::size_t{5});
    QCOMPARE(report.before.exact.n, std::int64_t{5});
    QCOMPARE(report.before.exact.k, std::int64_t{0});
    QCOMPARE(report.before.prompt, std::string("long and clear"));
    QCOMPARE(report.after.prompt, std::string("short"));
    QVERIFY(!report.before.model_hash.empty());
    QCOMPARE(report.before.model_hash, report.after.model_hash);
    QVERIFY(report.before.adapter_hash.empty() && !report.after.adapter_hash.empty());
    QCOMPARE(report.details[2].id, std::string("rows.jsonl:3"));
    QCOMPARE(report.details[2].input, std::string("row 2"));
    QVERIFY(report.details[0].before.text != report.details[0].after.text);
    QVERIFY(calls > 0);
  }

  void theModelsOwnAnswersAreRight() {
    EvaluateOptions options = options_with_rows();
    options.task = Task();  // words: compared as text
    const EvaluateReport first = evaluate(options);
    for (std::size_t i = 0; i < options.rows.size(); ++i) options.rows[i].messages.back().content = first.details[i].after.text;
    const EvaluateReport again = evaluate(options);
    QCOMPARE(again.after.exact.k, std::int64_t{5});
    QVERIFY(again.before.exact.k < 5);
    QCOMPARE(again.rows.broken, std::int64_t{0});
    QCOMPARE(again.rows.fixed, 5 - again.before.exact.k);
  }

  void withoutAnAdapterTheModelItselfIsAsked() {
    EvaluateOptions options = options_with_rows();
    options.adapter.reset();
    options.sides = EvaluateSides::after;
    const EvaluateReport report = evaluate(options);
    QVERIFY(!report.before.present && report.after.present);
    QVERIFY(report.after.adapter.empty());
  }

  void draftsAreCheckedWhenAsked() {
    EvaluateOptions options = options_with_rows();
    options.check_drafts_rows = 3;
    QCOMPARE(evaluate(options).bf16_row_differences, std::int64_t{0});
    options.check_drafts_rows = 0;
    QCOMPARE(evaluate(options).bf16_row_differences, std::int64_t{-1});
  }

  void stoppingKeepsWhatIsAnswered() {
    std::stop_source source;
    source.request_stop();
    const EvaluateReport report = evaluate(options_with_rows(), {}, source.get_token());
    QCOMPARE(report.details.size(), std::size_t{0});
    QCOMPARE(report.after.exact.n, std::int64_t{0});
  }

  void theRowsOwnSystemPromptStaysWhenTuned() {
    Conversation row{{{"system", "own"}, {"user", "q"}, {"assistant", "a"}}, "x:1"};
    Task task;
    task.concise_prompt = "short";
    QCOMPARE(asked_messages(row, task, EvaluateSides::before, {})[0].content, std::string("own"));
    task.detailed_prompt = "long";
    QCOMPARE(asked_messages(row, task, EvaluateSides::before, {})[0].content, std::string("long"));
    QCOMPARE(asked_messages(row, task, EvaluateSides::after, {})[0].content, std::string("own"));
    QCOMPARE(asked_messages(row, task, EvaluateSides::after, {}).size(), std::size_t{2});
  }

  void aRowWithoutAnswerIsNamed() {
    EvaluateOptions options = options_with_rows();
    options.rows[3].messages.pop_back();
    try {
      evaluate(options);
      QFAIL("accepted");
    } catch (const Error& error) {
      QVERIFY(QString(error.what()).contains("rows.jsonl:4"));
    }
    std::vector<std::string> without;
    QCOMPARE(rows_with_answer(options.rows, &without).size(), std::size_t{4});
    QCOMPARE(without, std::vector<std::string>{"rows.jsonl:4"});
  }
};

QTEST_APPLESS_MAIN(TestRun)
#include "tst_run.moc"
