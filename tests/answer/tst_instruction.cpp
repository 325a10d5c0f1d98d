// The prompt that a student was trained under goes with its weights, and everything that asks uses it.
#include <QtTest>

#include "core/answer/ask.h"
#include "core/answer/asked_messages.h"
#include "core/answer/local_answerer.h"
#include "core/deploy/export_adapter.h"
#include "core/deploy/merge.h"
#include "core/evaluate/run.h"
#include "core/io/file.h"
#include "core/model/loaded_model.h"
#include "core/teach/teacher.h"
#include "core/train/train.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

const fs::path kStudent = fs::path(MINNOW_GOLDEN_DIR) / "tiny-qwen3";

std::string row_line(const std::string& system, int i) {
  const std::string n = std::to_string(i * 7 % 23);
  Json messages = Json::array();
  if (!system.empty()) messages.push_back({{"role", "system"}, {"content", system}});
  messages.push_back({{"role", "user"}, {"content", "road " + n}});
  messages.push_back({{"role", "assistant"}, {"content", "{\"n\": \"" + n + "\"}"}});
  return dump_json({{"messages", messages}}) + "\n";
}

std::shared_ptr<LoadedModel> open(const fs::path& folder, const std::optional<fs::path>& adapter = {}) {
  LoadOptions load;
  load.model = folder;
  load.adapter = adapter;
  load.dtype = "float32";
  load.threads = 1;
  return LoadedModel::open(load);
}

}  // namespace

class TestInstruction : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { dir_ = std::make_unique<QTemporaryDir>(); }

  void theTrainedPromptIsRecordedAndKept_data() {
    QTest::addColumn<QString>("given");     // --system
    QTest::addColumn<QStringList>("own");   // of the rows, in turn
    QTest::addColumn<bool>("known");
    QTest::addColumn<QString>("recorded");
    QTest::newRow("--system for rows without one") << "S" << QStringList{""} << true << "S";
    QTest::newRow("the rows' own") << "" << QStringList{"own"} << true << "own";
    QTest::newRow("none") << "" << QStringList{""} << true << "";
    QTest::newRow("several") << "" << QStringList{"one", "two"} << false << "";
  }
  void theTrainedPromptIsRecordedAndKept() {
    QFETCH(QString, given);
    QFETCH(QStringList, own);
    QFETCH(bool, known);
    QFETCH(QString, recorded);
    const fs::path checkpoint = trained(given.toStdString(), own);
    const fs::path exported = path("exported"), merged = path("merged");
    export_adapter(checkpoint, exported, false);
    MergeOptions merging;
    merging.model = kStudent;
    merging.adapter = checkpoint;
    merging.output = merged;
    merging.measure = false;
    merge(merging);
    for (const fs::path& folder : {checkpoint, exported, merged}) {
      const Instruction instruction = recorded_instruction(folder);
      QVERIFY2(instruction.system.has_value() == known, folder.c_str());
      QCOMPARE(QString::fromStdString(instruction.system.value_or("")), recorded);
      QVERIFY(instruction.prompt_style.has_value());
    }
  }

  void everythingThatAsksUsesIt() {
    const fs::path checkpoint = trained("S", {""}), merged = path("merged");
    MergeOptions merging;
    merging.model = kStudent;
    merging.adapter = checkpoint;
    merging.output = merged;
    merging.dtype = "float32";
    merging.measure = false;
    merge(merging);
    const auto tuned = open(kStudent, checkpoint), folded = open(merged);
    Task task;
    task.fields = {{"n", FieldKind::number, "", false}};
    task.concise_prompt = "another prompt";
    // Both are asked under S, whatever the task says now.
    const std::string under_s = LocalAnswerer(*tuned, LocalAnswerer::Side::tuned)
                                    .prompt_text({{"system", "S"}, {"user", "road 3"}});
    for (const auto& model : {tuned, folded}) {
      const LocalAnswerer answerer(*model, LocalAnswerer::Side::tuned);
      QCOMPARE(answerer.prompt_text(asked_messages("road 3", task, EvaluateSides::after, answerer.system())), under_s);
      EvaluateOptions evaluation;
      evaluation.task = task;
      evaluation.rows = {Conversation{{{"user", "road 3"}, {"assistant", "{\"n\": \"3\"}"}}, "x:1"},
                         Conversation{{{"system", "own"}, {"user", "road 3"}, {"assistant", "{\"n\": \"3\"}"}}, "x:2"}};
      evaluation.sides = EvaluateSides::after;
      const EvaluateReport report = evaluate(*model, evaluation);
      QCOMPARE(report.after.prompt, std::string("S"));
      QCOMPARE(report.after.trained_prompt, std::string("S"));
      QCOMPARE(report.after.other_prompt_rows, std::int64_t{1});  // a row's own wins, and it is said
      AskOptions asking;
      asking.max_new_tokens = evaluation.max_new_tokens = 12;
      QCOMPARE(ask(*model, task, {"road 3"}, EvaluateSides::after, asking)[0].text,
               evaluate(*model, evaluation).details[0].after.text);
    }
    task.detailed_prompt = "a long prompt";
    QCOMPARE(teacher_prompt(task, merged), std::string("S"));
  }

  void aModelTrainedWithoutAPromptIsAskedWithoutOne() {
    const fs::path checkpoint = trained("", {""});
    Task task;
    task.concise_prompt = "a prompt";
    const auto trained_system = recorded_instruction(checkpoint).system;
    QCOMPARE(asked_messages("road 3", task, EvaluateSides::after, trained_system).size(), std::size_t{1});
  }

 private:
  fs::path path(const std::string& name) const { return fs::path(dir_->path().toStdString()) / name; }

  /// A run of two steps; returns its last checkpoint.
  fs::path trained(const std::string& system, const QStringList& own) {
    std::string rows;
    for (int i = 0; i < 12; ++i) rows += row_line(own.at(i % own.size()).toStdString(), i);
    write_file_atomic(path("rows.jsonl"), rows);
    TrainOptions options;
    options.model = kStudent;
    options.dataset = {path("rows.jsonl")};
    options.output_dir = path("runs");
    options.system = system;
    options.torch_dtype = "float32";
    options.num_train_epochs = 1;
    options.per_device_train_batch_size = 4;
    options.gradient_accumulation_steps = 1;
    options.score_rows = 0;
    options.threads = 1;
    return train(options, {}, {}).last_checkpoint;
  }

  std::unique_ptr<QTemporaryDir> dir_;
};

QTEST_APPLESS_MAIN(TestInstruction)
#include "tst_instruction.moc"
