// minnow.json: round trip, what newer and older files hold, what is refused, and that no secret is written.
#include <QtTest>

#include "core/data/options_json.h"
#include "core/io/file.h"
#include "core/project/project_file.h"
#include "core/project/task_json.h"
#include "core/project/task_templates.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using minnow::FieldKind;
using minnow::Json;
using minnow::ProjectFile;
using minnow::ProjectSettings;

namespace {

ProjectSettings some_settings() {
  ProjectSettings settings;
  settings.task.name = "点菜";
  settings.task.fields = {{"dish", FieldKind::verbatim, "菜名", false},
                          {"count", FieldKind::number, "", true},
                          {"when", FieldKind::date, "", true},
                          {"size", FieldKind::choice, "", false, {"大", "小"}},
                          {"spicy", FieldKind::yes_no, "", true, {"true", "false"}},
                          {"without", FieldKind::list, "", true}};
  settings.task.concise_prompt = "短";
  settings.task.detailed_prompt = "长\n的";
  settings.task.prompt_style = minnow::PromptStyle::swift_3_5;
  settings.student = "/models/小鱼";
  settings.recipe = "custom";
  settings.options.lora_rank = 16;
  settings.options.learning_rate = 2.5e-5;
  settings.teacher.kind = minnow::TeacherKind::endpoint;
  settings.teacher.base_url = "https://example.org/v1";
  settings.teacher.model = "big";
  settings.teacher.key_variable = "BIG_KEY";
  settings.teacher.budget = 12.5;
  settings.teacher.concurrency = 9;
  return settings;
}

Json file_json(const std::filesystem::path& path) { return minnow::read_json_file(path); }

}  // namespace

class TestProjectFile : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void settingsSurvive() {
    const Scratch scratch;
    ProjectFile file;
    file.settings = some_settings();
    file.write(scratch.file("minnow.json"));
    const ProjectSettings back = ProjectFile::read(scratch.file("minnow.json")).settings;
    const ProjectSettings wanted = some_settings();
    QCOMPARE(minnow::task_to_json(back.task), minnow::task_to_json(wanted.task));
    QVERIFY(back.task == wanted.task);
    QCOMPARE(minnow::train_options_to_json(back.options), minnow::train_options_to_json(wanted.options));
    QCOMPARE(back.student, wanted.student);
    QCOMPARE(back.recipe, wanted.recipe);
    QVERIFY(back.teacher.kind == wanted.teacher.kind);
    QCOMPARE(back.teacher.base_url, wanted.teacher.base_url);
    QCOMPARE(back.teacher.model, wanted.teacher.model);
    QCOMPARE(back.teacher.key_variable, wanted.teacher.key_variable);
    QCOMPARE(back.teacher.budget, wanted.teacher.budget);
    QCOMPARE(back.teacher.concurrency, wanted.teacher.concurrency);
    ProjectFile again = ProjectFile::read(scratch.file("minnow.json"));
    again.write(scratch.file("again.json"));
    QCOMPARE(minnow::read_file(scratch.file("again.json")), minnow::read_file(scratch.file("minnow.json")));
  }

  void theLeastFileOpensWithDefaults() {
    const Scratch scratch;
    const auto settings = ProjectFile::read(scratch.file("minnow.json", "{\"minnow\":1}")).settings;
    QCOMPARE(settings.recipe, std::string("auto"));
    QVERIFY(!settings.options.auto_settings.empty());
    QVERIFY(settings.task.fields.empty());
    QVERIFY(settings.teacher.kind == minnow::TeacherKind::none);
  }

  void recipesOfAnEarlierMinnowKeepTheirSettings() {
    const Scratch scratch;
    const auto settings =
        ProjectFile::read(scratch.file("minnow.json",
                                       R"({"minnow":1,"recipe":{"name":"Tutorial","options":{"num_train_epochs":10}}})"))
            .settings;
    QCOMPARE(settings.recipe, std::string("tutorial"));
    QCOMPARE(settings.options.num_train_epochs, 10.0);
    QVERIFY(settings.options.auto_settings.empty());
  }

  void whatWeDoNotKnowStays() {
    const Scratch scratch;
    ProjectFile plain;
    plain.settings = some_settings();
    plain.write(scratch.file("minnow.json"));
    Json json = file_json(scratch.file("minnow.json"));
    json["window"] = Json{{"zoom", 2}};
    json["task"]["colour"] = "teal";
    json["task"]["fields"][1]["unit"] = "pieces";
    json["recipe"]["options"]["deepspeed"] = "zero3";
    json["teacher"]["region"] = "eu";
    ProjectFile file = ProjectFile::read(scratch.file("minnow.json", json.dump()));
    file.settings.task.fields.erase(file.settings.task.fields.begin());  // "count" moves to the front
    file.settings.recipe = "quick";
    file.write(scratch.file("minnow.json"));
    const Json saved = file_json(scratch.file("minnow.json"));
    QCOMPARE(saved["window"]["zoom"].get<int>(), 2);
    QCOMPARE(saved["task"]["colour"].get<std::string>(), std::string("teal"));
    QCOMPARE(saved["task"]["fields"].size(), some_settings().task.fields.size() - 1);
    QCOMPARE(saved["task"]["fields"][0]["unit"].get<std::string>(), std::string("pieces"));
    QCOMPARE(saved["recipe"]["options"]["deepspeed"].get<std::string>(), std::string("zero3"));
    QCOMPARE(saved["recipe"]["name"].get<std::string>(), std::string("quick"));
    QCOMPARE(saved["teacher"]["region"].get<std::string>(), std::string("eu"));
  }

  void aFieldThatBecomesATextLosesItsValues() {
    const Scratch scratch;
    ProjectFile file;
    file.settings = some_settings();
    file.write(scratch.file("minnow.json"));
    file = ProjectFile::read(scratch.file("minnow.json"));
    file.settings.task.fields[3].kind = FieldKind::text;
    file.settings.task.fields[3].values.clear();
    file.write(scratch.file("minnow.json"));
    QVERIFY(ProjectFile::read(scratch.file("minnow.json")).settings.task == file.settings.task);
  }

  void everyTemplateIsATaskInBothLanguages() {
    const auto english = task_templates(minnow::PromptLanguage::english);
    const auto chinese = task_templates(minnow::PromptLanguage::chinese);
    QStringList names;
    for (std::size_t i = 0; i < english.size(); ++i) {
      names += QString::fromStdString(english[i].name);
      const minnow::Task &one = english[i].task, &other = chinese.at(i).task;
      QCOMPARE(english[i].name, chinese[i].name);
      QCOMPARE(one.fields.size(), other.fields.size());
      QVERIFY(one.name != other.name && one.detailed_prompt != other.detailed_prompt);
      for (std::size_t f = 0; f < one.fields.size(); ++f) {
        QCOMPARE(one.fields[f].key, other.fields[f].key);
        QVERIFY(one.fields[f].kind == other.fields[f].kind);
        QCOMPARE(one.fields[f].values.size(), other.fields[f].values.size());
        for (const minnow::Task* task : {&one, &other}) {
          QVERIFY(task->concise_prompt.find(task->fields[f].key) != std::string::npos);
          QVERIFY(task->detailed_prompt.find("- " + task->fields[f].key) != std::string::npos);
          for (const std::string& value : task->fields[f].values)
            QVERIFY(task->detailed_prompt.find(value) != std::string::npos);
        }
      }
    }
    QCOMPARE(names, (QStringList{"contacts", "deliveries", "invoices", "orders", "tickets"}));
    QVERIFY_THROWS_EXCEPTION(minnow::Error, task_template("none", minnow::PromptLanguage::english));
  }

  void secretsAreNotWrittenBack() {
    const Scratch scratch;
    ProjectFile file = ProjectFile::read(scratch.file(
        "minnow.json", R"({"minnow":1,"teacher":{"kind":"endpoint","api_key":"sk-123","key_variable":"K"}})"));
    file.write(scratch.file("minnow.json"));
    const std::string text = minnow::read_file(scratch.file("minnow.json"));
    QVERIFY(text.find("sk-123") == std::string::npos);
    QVERIFY(text.find("\"K\"") != std::string::npos);
  }

  void badFilesAreRefusedWithASentence_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("sentence");
    const auto add = [](const char* name, const char* text, const char* sentence) {
      QTest::newRow(name) << QByteArray(text) << QByteArray(sentence);
    };
    add("newer", R"({"minnow":7})", "newer Minnow (format 7, this one knows up to 1)");
    add("version zero", R"({"minnow":0})", "formats count from 1");
    add("version text", R"({"minnow":"1"})", "'minnow' is \"1\", it must be a whole number");
    add("no project", R"({"name":"x"})", "isn't a Minnow project");
    add("a list", "[]", "isn't a Minnow project");
    add("cut", R"({"minnow":1,)", "not valid JSON");
    add("unknown kind", R"({"minnow":1,"task":{"fields":[{"key":"a","kind":"colour"}]}})",
        "'colour' is not a kind of field");
    add("field without key", R"({"minnow":1,"task":{"fields":[{"kind":"text"}]}})", "has no 'key'");
    add("key twice", R"({"minnow":1,"task":{"fields":[{"key":"a"},{"key":"a"}]}})", "two fields 'a'");
    const auto field = [&](const char* name, const char* members, const char* sentence) {
      add(name, QByteArray(R"({"minnow":1,"task":{"fields":[{"key":"a",)").append(members).append("}]}}").constData(),
          sentence);
    };
    field("a choice of nothing", R"("kind":"choice")", "field 'a': a choice needs its values");
    field("values in a word", R"("kind":"choice","values":"x")", "'values' isn't a list");
    field("values of a wrong type", R"("kind":"choice","values":["x",3])", "'values' holds 3; values are texts");
    field("a value twice", R"("kind":"choice","values":["x","x"])", "the value 'x' stands there twice");
    field("three words for yes and no", R"("kind":"yes/no","values":["a","b","c"])", "not 3");
    field("values of a text", R"("kind":"text","values":["a"])", "only choice, yes_no and list have values, not text");
    add("prompt of a wrong type", R"({"minnow":1,"task":{"concise_prompt":3}})",
        "'concise_prompt' is 3, it must be text");
    add("unknown teacher", R"({"minnow":1,"teacher":{"kind":"oracle"}})", "oracle");
    add("setting of a wrong type", R"({"minnow":1,"recipe":{"options":{"lora_rank":"x"}}})", "'lora_rank'");
  }
  void badFilesAreRefusedWithASentence() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, sentence);
    const Scratch scratch;
    const auto path = scratch.file("minnow.json", text.toStdString());
    const std::string said = sentence_of([&] { ProjectFile::read(path); });
    QVERIFY2(QByteArray::fromStdString(said).contains(sentence), said.c_str());
    QVERIFY2(said.find("minnow.json") != std::string::npos, said.c_str());
  }
};

QTEST_GUILESS_MAIN(TestProjectFile)
#include "tst_project_file.moc"
