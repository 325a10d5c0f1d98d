// The whole way of a project on the command line, on a task that isn't about deliveries: dish, count, date. Raw rows
// and a table → labels by a local teacher → audit → split → training → evaluation → merged weights → answers.
#include "tests/app/cli_process.h"

using namespace minnow;
using namespace minnow::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kTask = R"({"name": "orders", "fields": [
  {"key": "dish", "kind": "verbatim", "description": "菜名"},
  {"key": "count", "kind": "number", "description": "份数"},
  {"key": "when", "kind": "date", "description": "日期", "may_be_empty": true}],
  "concise_prompt": "Pick out the order.", "detailed_prompt": "Answer in JSON with dish, count and when."})";

/// A labelled table of orders, all different.
std::string table(int rows) {
  static const char* dishes[] = {"宫保鸡丁", "鱼香肉丝", "麻婆豆腐", "红烧排骨", "清蒸鲈鱼", "干煸四季豆", "水煮牛肉"};
  std::string text = "原文,菜名,份数,日期\n";
  for (int i = 0; i < rows; ++i) {
    const std::string dish = dishes[i * 5 % 7], count = std::to_string(1 + i % 9), day = std::to_string(1 + i % 28);
    text += std::to_string(i * 7919 % 9973) + "号台" + day + "日要" + count + "份" + dish + "，第" +
            std::to_string(i * 104729) + "单," + dish + "," + count + ",2026-03-" + (day.size() < 2 ? "0" : "") + day +
            "\n";
  }
  return text;
}

}  // namespace

class TestCliJourney : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aProjectIsMadeFromAFileAndItsFieldsChanged() {
    const Place place;
    std::string table = "No,Report,Urgency,Under warranty,Parts\n";
    for (int i = 0; i < 24; ++i)
      table += std::to_string(i + 1) + ",the fan and the belt of unit " + std::to_string(i * 7) + " are worn," +
               (i % 3 == 0 ? "high" : "low") + "," + (i % 2 == 0 ? "yes" : "no") + "," +
               (i % 2 == 0 ? "fan; belt" : "belt") + "\n";
    place.write("tickets.csv", table);
    const QString project = place.path("tickets");
    const Outcome made = cli({"project", "new", project, "--from", place.path("tickets.csv"), "--json"});
    VERIFY_DONE(made);
    const auto fields_of = [](const Outcome& outcome) {
      QStringList fields;
      const auto lines = json_lines(outcome);
      for (const Json& field : lines.back().at("fields"))
        fields += QString::fromStdString(field["key"].get<std::string>() + ":" + field["kind"].get<std::string>());
      return fields.join(' ');
    };
    QCOMPARE(fields_of(made), QString("urgency:choice under_warranty:yes_no parts:list"));
    QCOMPARE(json_lines(made).back()["states"]["labelled"].get<int>(), 24);
    const Outcome audited = cli({"project", "audit", project, "--json"});
    QCOMPARE(json_lines(audited).back()["rows_with_problems"].get<int>(), 0);

    const Outcome changed = cli({"project", "fields", project, "--rename", "urgency=priority", "--drop",
                                 "under_warranty", "--add", "state:choice=open,closed", "--json"});
    VERIFY_DONE(changed);
    QCOMPARE(json_lines(changed).front()["rows_changed"].get<int>(), 24);
    QCOMPARE(fields_of(changed), QString("priority:choice parts:list state:choice"));
    const Outcome rows = cli({"project", "export", project, "-o", "-", "--format", "rows"});
    const Json row = parse_json(rows.out.section('\n', 0, 0).toStdString(), "row");
    const std::string label = R"({"priority": "high", "parts": ["fan", "belt"], "state": ""})";
    QCOMPARE(row["label"].get<std::string>(), label);
    QCOMPARE(fields_of(cli({"project", "undo", project, "--json"})),
             QString("urgency:choice under_warranty:yes_no parts:list"));
    VERIFY_REFUSED(cli({"project", "fields", project, "--rename", "nothing=x"}), 2, "no field 'nothing'");
    VERIFY_REFUSED(cli({"project", "fields", project, "--add", "x:choice"}), 2, "needs its values");
    VERIFY_REFUSED(cli({"project", "fields", project, "--rename", "urgency=parts"}), 2, "two fields");
    VERIFY_REFUSED(cli({"project", "new", place.path("n"), "--from", place.path("tickets.csv"), "--template", "orders"}),
                   2, "give one of them");
    VERIFY_DONE(cli({"project", "new", place.path("n"), "--template", "tickets", "--language", "zh"}));
    VERIFY_REFUSED(cli({"project", "new", place.path("m"), "--template", "nothing"}), 2, "contacts");
  }

  void aProjectOfThreeFieldsGoesAllTheWay() {
    const Place place;
    const QString project = place.path("orders"), tiny = Place::golden("tiny-qwen3");
    place.write("task.json", kTask);
    place.write("table.csv", table(90));
    place.write("raw.txt", "7号台要2份宫保鸡丁\n8号台要3份麻婆豆腐\n9号台明天要1份水煮牛肉\n");

    const Outcome made = cli({"project", "new", project, "--task", place.path("task.json"), "--model", tiny, "--data",
                              place.path("table.csv"), "--json"});
    VERIFY_DONE(made);
    const Json info = json_lines(made).back();
    QCOMPARE(info["rows"].get<int>(), 90);
    QCOMPARE(info["states"]["labelled"].get<int>(), 90);
    QCOMPARE(info["fields"].size(), std::size_t{3});
    VERIFY_REFUSED(cli({"project", "new", project, "--task", place.path("task.json")}), 2, "already");

    VERIFY_DONE(cli({"project", "import", project, place.path("raw.txt")}));
    const Outcome labelled = cli({"project", "label", project, "--teacher", tiny, "--constrain-json",
                                  "--max-new-tokens", "64", "--limit", "2", "--json"});
    VERIFY_DONE(labelled);
    QCOMPARE(json_lines(labelled).back()["asked"].get<int>(), 2);
    const Outcome rest =
        cli({"project", "label", project, "--teacher", tiny, "--constrain-json", "--max-new-tokens", "64", "--json"});
    VERIFY_DONE(rest);
    QCOMPARE(json_lines(rest).back()["asked"].get<int>(), 1);  // the others have their answers
    QCOMPARE(json_lines(rest).back()["failed"].get<int>(), 0);

    const Outcome audit = cli({"project", "audit", project, "--json"});
    VERIFY_DONE(audit);
    QCOMPARE(json_lines(audit).back()["rows"].get<int>(), 93);
    QVERIFY(json_lines(audit).back()["rows_with_problems"].get<int>() >= 3);  // the untrained teacher's answers

    const Outcome split = cli({"project", "split", project, "--validation", "10", "--test", "16", "--json"});
    VERIFY_DONE(split);
    QCOMPARE(json_lines(split).back()["train"].get<int>(), 67);

    const Outcome train = cli({"train", "--project",
                               project, "--max_steps",
                               "12",    "--per_device_train_batch_size",
                               "8",     "--gradient_accumulation_steps",
                               "1",     "--learning_rate",
                               "1e-2",  "--save_steps",
                               "4",     "--dtype",
                               "f32",   "--threads",
                               "1",     "--score_rows",
                               "4",     "--json"});
    VERIFY_DONE(train);
    const auto events = json_lines(train);
    const auto started =
        std::find_if(events.begin(), events.end(), [](const Json& event) { return event["event"] == "started"; });
    QVERIFY(started != events.end());
    // What the teacher got wrong isn't trained on or judged by until somebody has looked at it.
    const int used = (*started)["train_rows"].get<int>() + (*started)["validation_rows"].get<int>();
    double first = 0.0, last = 0.0;
    for (const Json& event : events) {
      if (event["event"] != "step") continue;
      last = event["loss"].get<double>();
      if (first == 0.0) first = last;
    }
    QVERIFY2(last < 0.9 * first, qPrintable(QString("%1 → %2").arg(first).arg(last)));
    const fs::path run = events.back()["run_dir"].get<std::string>(),
                   best = events.back()["best_checkpoint"].get<std::string>();
    QCOMPARE(run.parent_path(), place.file("orders") / "runs");
    QVERIFY(fs::exists(run / "images" / "train_loss.png"));
    VERIFY_REFUSED(cli({"train", "--project", project, "--dataset", place.path("table.csv")}), 2, "--dataset");

    const Outcome judged = cli({"evaluate", "--project", project, "--constrain-json", "--json", "--dtype", "f32"});
    VERIFY_DONE(judged);
    const Json report = json_lines(judged).back();
    QCOMPARE(used + report["rows"].get<int>(), 90);
    QVERIFY2((train.err + judged.err).contains("left out"), qPrintable(train.err + judged.err));
    QCOMPARE(report["folder"].get<std::string>(), run.string());
    for (const char* side : {"before", "after"})
      QCOMPARE(report[side]["valid_json"]["k"].get<int>(), report["rows"].get<int>());
    for (const char* name :
         {"report.json", "report.html", "predicted_labels.jsonl", "predicted_labels_without_sft.jsonl"})
      QVERIFY2(fs::exists(run / name), name);

    VERIFY_DONE(cli(
        {"merge", "--model", tiny, "--adapter", QString::fromStdString(best.string()), "-o", place.path("merged")}));
    const Outcome answer =
        cli({"generate", "--model", place.path("merged"), "--system", "Pick out the order.", "--prompt",
             "7号台1日要2份宫保鸡丁", "--json-keys", "dish,count,when", "--max-new-tokens", "80", "--json"});
    VERIFY_DONE(answer);
    const Json said = parse_json(json_lines(answer).back()["text"].get<std::string>(), "the answer");
    QCOMPARE(said.size(), std::size_t{3});
    QVERIFY(said.contains("dish") && said.contains("count") && said.contains("when"));

    const Json after = json_lines(cli({"project", "info", project, "--json"})).back();
    QCOMPARE(after["runs"].size(), std::size_t{1});
    QCOMPARE(after["splits"]["test"].get<int>(), 16);
  }
};

QTEST_GUILESS_MAIN(TestCliJourney)
#include "tst_cli_journey.moc"
