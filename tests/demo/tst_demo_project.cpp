// The demo as a project, and the runs that a project's folder has.
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "core/data/task_prompts.h"
#include "core/demo/address_task.h"
#include "core/demo/demo_project.h"
#include "core/project/project.h"
#include "core/train/run_list.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

std::string state(int step, int max_steps, int best) {
  return "{\"global_step\": " + std::to_string(step) + ", \"max_steps\": " + std::to_string(max_steps) +
         ", \"best_global_step\": " + std::to_string(best) + ", \"best_metric\": 0.25, \"epoch\": 1.0, \"num_input_tokens_seen\": 1, \"loss_sum\": 1.0, "
         "\"elapsed_seconds\": 1.0, \"evals_since_best\": 0, \"data_hash\": \"\", \"token_budget\": 64, \"dtype\": \"float32\", \"threads\": 1}";
}

}  // namespace

class TestDemoProject : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void itHasRowsInTheirSplitsAndTheDemosRecipe() {
    const QTemporaryDir scratch;
    const fs::path folder = fs::path(scratch.path().toStdString()) / "demo";
    DemoProjectOptions options;
    options.model = "/models/student";
    options.rows.train = 20;
    options.rows.validation = 6;
    options.rows.test = 5;
    options.rows.wild_test = 4;
    create_demo_project(folder, options);
    const auto project = Project::open(folder);
    QCOMPARE(project->count(), std::int64_t{35});
    QCOMPARE(project->conversations(Split::train).size(), std::size_t{20});
    QCOMPARE(project->conversations(Split::validation).size(), std::size_t{6});
    QCOMPARE(project->conversations(Split::test).size(), std::size_t{5});
    const ProjectSettings settings = project->settings();
    QCOMPARE(settings.task.fields.size(), address_task().fields.size());
    QVERIFY(settings.student == fs::path("/models/student"));
    QCOMPARE(settings.options.lora_rank, 8);
    QVERIFY(settings.options.learning_rate > 1e-3);
  }

  void aSecondOneGoesBesideTheFirst() {
    const QTemporaryDir scratch;
    const fs::path parent = scratch.path().toStdString();
    QVERIFY(free_folder(parent, "demo") == parent / "demo");
    fs::create_directories(parent / "demo");
    QVERIFY(free_folder(parent, "demo") == parent / "demo-2");
  }

  void runsAreListedNewestFirstWithTheirBestCheckpoint() {
    const QTemporaryDir scratch;
    const fs::path runs = scratch.path().toStdString();
    write(runs / "v0-20260101-000000" / "checkpoint-50" / "trainer_state.json", state(50, 50, 50));
    write(runs / "v10-20260102-000000" / "checkpoint-10" / "trainer_state.json", state(10, 50, 10));
    write(runs / "v10-20260102-000000" / "checkpoint-20" / "trainer_state.json", state(20, 50, 10));
    write(runs / "v10-20260102-000000" / "args.json", "{\"lora_rank\": 16}");
    write(runs / "v2-20260101-000001" / "logging.jsonl", "");
    write(runs / "notes" / "x.txt", "");
    const auto list = list_runs(runs);
    QCOMPARE(list.size(), std::size_t{3});
    QCOMPARE(list[0].name, std::string("v10-20260102-000000"));
    QCOMPARE(list[0].step, std::int64_t{20});
    QVERIFY(list[0].can_resume());
    QVERIFY(list[0].best_checkpoint.filename() == "checkpoint-10");
    QVERIFY(list[0].last_checkpoint.filename() == "checkpoint-20");
    QCOMPARE(list[0].options.lora_rank, 16);
    QCOMPARE(list[1].step, std::int64_t{0});
    QVERIFY(!list[1].can_resume());
    QVERIFY(!list[2].can_resume());  // it is done
    QVERIFY(list_runs(runs / "nowhere").empty());
  }

  void promptsNameEveryField() {
    Task task;
    task.fields = {{"shop", FieldKind::text, "name of the shop"}, {"total", FieldKind::number, ""}};
    Task chinese = task;
    fill_prompts(task, PromptLanguage::english);
    fill_prompts(chinese, PromptLanguage::chinese);
    for (const Task& made : {task, chinese}) {
      for (const std::string& prompt : {made.concise_prompt, made.detailed_prompt}) {
        QVERIFY(prompt.find("shop") != std::string::npos && prompt.find("name of the shop") != std::string::npos);
        QVERIFY(prompt.find("total") != std::string::npos);
      }
    }
    QVERIFY(task.concise_prompt != chinese.concise_prompt);
    task.concise_prompt = "mine";
    fill_prompts(task, PromptLanguage::chinese);
    QCOMPARE(task.concise_prompt, std::string("mine"));
  }
};

QTEST_GUILESS_MAIN(TestDemoProject)
#include "tst_demo_project.moc"
