// Exported adapters and written models, opened again and asked.
#include <QTemporaryDir>
#include <QtTest>

#include "core/deploy/check_export.h"
#include "core/deploy/export_adapter.h"
#include "core/deploy/merge.h"
#include "core/answer/ask.h"
#include "core/model/loaded_model.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

const fs::path golden = MINNOW_GOLDEN_DIR;

Task task() {
  Task made;
  made.fields = {{"a"}, {"b"}};
  made.concise_prompt = "short";
  made.detailed_prompt = "long and detailed";
  return made;
}

ExportCheckOptions check(const fs::path& model, const std::optional<fs::path>& adapter) {
  ExportCheckOptions options;
  options.model = golden / "tiny-qwen3";
  options.adapter = golden / "lora_final";
  options.written_model = model;
  options.written_adapter = adapter;
  options.dtype = "float32";
  options.task = task();
  for (int i = 0; i < 4; ++i)
    options.rows.push_back({{{"user", "text " + std::to_string(i)}, {"assistant", R"({"a": "1", "b": "2"})"}}, ""});
  return options;
}

ErrorKind refused(const std::function<void()>& deed) {
  try {
    deed();
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::network;  // nothing here can fail that way
}

}  // namespace

class TestExport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anExportedAdapterAnswersAsItsSource() {
    const QTemporaryDir scratch;
    const fs::path output = fs::path(scratch.path().toStdString()) / "adapter";
    const AdapterExport done = export_adapter(golden / "lora_final", output);
    QVERIFY(done.bytes > 0);
    QVERIFY(fs::exists(output / "adapter_config.json") && fs::exists(output / "minnow_prompt.json"));
    QVERIFY(!fs::exists(fs::path(output.string() + ".partial")));
    const ExportCheck result = check_export(check(golden / "tiny-qwen3", output));
    QCOMPARE(result.rows, std::int64_t{4});
    QCOMPARE(result.agreeing, std::int64_t{4});
    QVERIFY(result.passed());
  }

  void aMergedModelAnswersAsItsSource() {
    const QTemporaryDir scratch;
    MergeOptions merging;
    merging.model = golden / "tiny-qwen3";
    merging.adapter = golden / "lora_final";
    merging.output = fs::path(scratch.path().toStdString()) / "merged";
    merging.dtype = "float32";
    merge(merging);
    const ExportCheck result = check_export(check(merging.output, std::nullopt));
    QCOMPARE(result.agreeing, result.rows);
    QVERIFY(result.passed());
  }

  void theUntunedModelIsNotTakenForTheTunedOne() {
    const ExportCheck result = check_export(check(golden / "tiny-qwen3", std::nullopt));
    QVERIFY(result.agreeing < result.rows);
    QVERIFY(!result.passed());
  }

  void anAdapterIsNeverWrittenOverSomethingElse() {
    const QTemporaryDir scratch;
    const fs::path folder = scratch.path().toStdString();
    QFile file(QString::fromStdString((folder / "letter.txt").string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(refused([&] { export_adapter(golden / "lora_final", folder, true); }) == ErrorKind::usage);
    QVERIFY(refused([&] { export_adapter(golden / "lora_final", golden / "lora_final", true); }) == ErrorKind::usage);
    QVERIFY(refused([&] { export_adapter(golden / "tiny-qwen3", folder / "x"); }) == ErrorKind::not_found);
    QVERIFY(fs::exists(folder / "letter.txt"));
  }

  void withoutRowsNothingIsTested() {
    ExportCheckOptions options = check(golden / "tiny-qwen3", std::nullopt);
    options.rows.clear();
    QVERIFY(refused([&] { check_export(options); }) == ErrorKind::data);
  }

  void askedTextsStreamWhatTheyAnswer() {
    LoadOptions load;
    load.model = golden / "tiny-qwen3";
    load.adapter = golden / "lora_final";
    load.dtype = "float32";
    const auto model = LoadedModel::open(load);
    AskOptions options;
    options.max_new_tokens = 12;
    std::vector<std::string> streamed(2);
    std::size_t answers = 0;
    AskSink sink;
    sink.on_text = [&](std::size_t row, const std::string& characters) { streamed[row] += characters; };
    sink.on_answer = [&](std::size_t, const TimedAnswer&) { ++answers; };
    const auto asked = ask(*model, task(), {"one", "two"}, EvaluateSides::after, options, sink);
    QCOMPARE(asked.size(), std::size_t{2});
    QCOMPARE(answers, std::size_t{2});
    for (std::size_t i = 0; i < 2; ++i) {
      // A stream holds an unfinished character back; apart from that it is the answer.
      QCOMPARE(asked[i].text.substr(0, streamed[i].size()), streamed[i]);
      QVERIFY(asked[i].tokens > 0 && asked[i].tokens <= 12);
      QVERIFY(asked[i].first_token_seconds > 0 && asked[i].first_token_seconds <= asked[i].seconds);
    }
    const auto before = ask(*model, task(), {"one", "two"}, EvaluateSides::before, options);
    QVERIFY(before[0].text != asked[0].text || before[1].text != asked[1].text);
  }

  void aStoppedQuestionComesBackCancelled() {
    LoadOptions load;
    load.model = golden / "tiny-qwen3";
    load.dtype = "float32";
    const auto model = LoadedModel::open(load);
    std::stop_source stop;
    stop.request_stop();
    const auto asked = ask(*model, task(), {"one"}, EvaluateSides::before, {}, {}, stop.get_token());
    QVERIFY(asked[0].reason == FinishReason::cancelled);
  }
};

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
