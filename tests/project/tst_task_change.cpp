// Fields renamed, added, dropped and moved: what labels, prompts and a project's journal make of it.
#include <QtTest>

#include "core/data/task_prompts.h"
#include "core/project/project.h"
#include "core/project/task_change.h"
#include "tests/data/scratch.h"

using namespace minnow;

namespace {

Task before() {
  Task task;
  task.name = "tickets";
  task.fields = {{"device"}, {"price", FieldKind::number}, {"parts", FieldKind::list, "", true}};
  return task;
}

/// Fields "new<old new<old": `new` alone is a new one.
TaskChange change(const QByteArray& fields, bool drop = false, bool add = false) {
  TaskChange made;
  made.after = before();
  made.after.fields.clear();
  for (const QByteArray& one : fields.split(' ')) {
    const QByteArrayList names = one.split('<');
    Field field;
    field.key = names[0].toStdString();
    made.origins.push_back(names.size() > 1 ? names[1].toStdString() : "");
    for (const Field& old : before().fields)
      if (old.key == made.origins.back()) field.kind = old.kind;
    if (field.key == "tags") field.kind = FieldKind::list;
    made.after.fields.push_back(field);
  }
  made.drop_values = drop;
  made.add_empty = add;
  return made;
}

ProjectSettings settings() {
  ProjectSettings made;
  made.task = before();
  fill_prompts(made.task, PromptLanguage::english);
  return made;
}

Row row(const std::string& label) {
  Row made;
  made.input = "the fan of the printer";
  made.label = label;
  made.state = RowState::labelled;
  return made;
}

}  // namespace

class TestTaskChange : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void labelsFollowTheirFields_data() {
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<bool>("drop");
    QTest::addColumn<bool>("add");
    QTest::addColumn<QByteArray>("label");
    QTest::addColumn<QByteArray>("wanted");
    const QByteArray label = R"({"device": "x", "price": 2.50, "parts": ["a", "b"]})";
    QTest::newRow("renamed, and the number stays as it is written")
        << QByteArray("machine<device price<price parts<parts") << false << false << label
        << QByteArray(R"({"machine": "x", "price": 2.50, "parts": ["a", "b"]})");
    QTest::newRow("two names swapped") << QByteArray("price<device device<price parts<parts") << false << false << label
                                       << QByteArray(R"({"price": "x", "device": 2.50, "parts": ["a", "b"]})");
    QTest::newRow("moved") << QByteArray("parts<parts device<device price<price") << false << false << label
                           << QByteArray(R"({"parts": ["a", "b"], "device": "x", "price": 2.50})");
    QTest::newRow("dropped here only") << QByteArray("device<device parts<parts") << false << false << label
                                       << QByteArray(R"({"device": "x", "parts": ["a", "b"], "price": 2.50})");
    QTest::newRow("dropped there too") << QByteArray("device<device parts<parts") << true << false << label
                                       << QByteArray(R"({"device": "x", "parts": ["a", "b"]})");
    QTest::newRow("added") << QByteArray("device<device price<price parts<parts note tags") << false << true << label
                           << QByteArray(R"({"device": "x", "price": 2.50, "parts": ["a", "b"], "note": "", "tags": []})");
    QTest::newRow("added here only") << QByteArray("device<device price<price parts<parts note") << false << false
                                     << label << QByteArray();
    QTest::newRow("added, where it is already") << QByteArray("device<device price<price parts<parts note") << false << true
                                                << QByteArray(R"({"note": "n", "device": "x"})")
                                                << QByteArray(R"({"device": "x", "note": "n"})");
    QTest::newRow("a key that isn't there is not made up") << QByteArray("machine<device price<price parts<parts") << false
                                                           << false << QByteArray(R"({"price": 1, "colour": "red"})") << QByteArray();
    QTest::newRow("nothing to do") << QByteArray("device<device price<price parts<parts") << true << true << label << QByteArray();
    QTest::newRow("no JSON") << QByteArray("machine<device") << true << true << QByteArray("words") << QByteArray();
  }
  void labelsFollowTheirFields() {
    QFETCH(QByteArray, fields);
    QFETCH(bool, drop);
    QFETCH(bool, add);
    QFETCH(QByteArray, label);
    QTEST(QByteArray::fromStdString(
              changed_label(label.toStdString(), before(), change(fields, drop, add)).value_or("")),
          "wanted");
  }

  void aKeyIsRenamedWhereItStandsAlone_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("wanted");
    QTest::newRow("not within words") << QByteArray("- name: the name, no surname or name_2")
                                      << QByteArray("- who: the who, no surname or name_2");
    QTest::newRow("in Chinese") << QByteArray("包含的Key有电话、name。联系电话照抄。（电话）")
                                << QByteArray("包含的Key有phone、who。联系电话照抄。（phone）");
    QTest::newRow("quoted") << QByteArray(R"({"name": "", "电话": ""})") << QByteArray(R"({"who": "", "phone": ""})");
  }
  void aKeyIsRenamedWhereItStandsAlone() {
    QFETCH(QByteArray, text);
    QTEST(QByteArray::fromStdString(renamed_in_text(text.toStdString(), {{"name", "who"}, {"电话", "phone"}})), "wanted");
  }

  void promptsOfOursAreWrittenAnewAndOthersRenamed() {
    TaskChange made = change("machine<device parts<parts");
    Task old = before();
    fill_prompts(old, PromptLanguage::chinese);
    made.after.concise_prompt = old.concise_prompt;
    made.after.detailed_prompt = "Find the device and the price.";
    change_prompts(old, made);
    QCOMPARE(made.after.concise_prompt, std::string("从文本中提取JSON信息，包含的Key有machine、parts"));
    QCOMPARE(made.after.detailed_prompt, std::string("Find the machine and the price."));
  }

  void aRenamedFieldComesBackWithUndo_data() {
    QTest::addColumn<int>("count");
    QTest::newRow("a few rows") << 3;
    QTest::newRow("more than one line of the journal holds") << 2500;
  }
  void aRenamedFieldComesBackWithUndo() {
    QFETCH(int, count);
    const Scratch scratch;
    const auto project = Project::create(scratch.path() / "p", settings());
    const Task was = project->settings().task;
    const std::string label = R"({"device": "printer", "price": 2.50, "parts": ["fan"]})";
    project->add_rows(std::vector<Row>(static_cast<std::size_t>(count), row(label)));
    TaskChange made = change("machine<device price<price parts<parts");
    made.after.concise_prompt = was.concise_prompt;
    made.after.detailed_prompt = was.detailed_prompt;
    QCOMPARE(project->change_task(made), std::int64_t{count});
    const std::string renamed = R"({"machine": "printer", "price": 2.50, "parts": ["fan"]})";
    QCOMPARE(project->rows(count - 1, 1).at(0).label, renamed);
    QVERIFY(project->rows(0, 1).at(0).problems.empty());
    QCOMPARE(project->settings().task.fields[0].key, std::string("machine"));
    QVERIFY(project->settings().task.concise_prompt.find("machine") != std::string::npos);
    project->undo();
    QCOMPARE(project->rows(count - 1, 1).at(0).label, label);
    QVERIFY(project->settings().task == was);
    project->redo();
    QCOMPARE(project->rows(0, 1).at(0).label, renamed);
    QCOMPARE(project->settings().task.fields[0].key, std::string("machine"));
  }

  void undoRemembersTheTaskWhenTheProjectOpensAgain() {
    const Scratch scratch;
    std::string label = R"({"device": "printer", "price": 2, "parts": []})";
    {
      const auto project = Project::create(scratch.path() / "p", settings());
      project->add_rows({row(label)});
      project->change_task(change("machine<device price<price parts<parts"));
    }
    const auto project = Project::open(scratch.path() / "p");
    QCOMPARE(project->settings().task.fields[0].key, std::string("machine"));
    project->undo();
    QCOMPARE(project->rows(0, 1).at(0).label, label);
    QCOMPARE(project->settings().task.fields[0].key, std::string("device"));
  }

  void aTaskThatWasntSavedBeforeTheEndFollowsItsLabels() {
    const Scratch scratch;
    const auto file = scratch.path() / "p" / "minnow.json";
    std::string saved;
    {
      const auto project = Project::create(scratch.path() / "p", settings());
      project->add_rows({row(R"({"device": "printer", "price": 2, "parts": []})")});
      saved = read_file(file);
      project->change_task(change("machine<device price<price parts<parts"));
    }
    write_file_atomic(file, saved);  // as if the program had ended between the two writes
    const auto project = Project::open(scratch.path() / "p");
    QCOMPARE(project->settings().task.fields[0].key, std::string("machine"));
  }
};

QTEST_GUILESS_MAIN(TestTaskChange)
#include "tst_task_change.moc"
