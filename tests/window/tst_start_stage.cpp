// The Start stage over real files: projects from a table, from answers in JSON and from a template.
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include "app/window/start_stage.h"
#include "tests/window/window_harness.h"
#include "widgets/common/field_table_model.h"
#include "widgets/start/start_page.h"

using namespace minnow;

namespace {

struct StartOpened {
  explicit StartOpened(WindowHarness& harness) : stage(harness.context()) {
    page = qobject_cast<StartPage*>(stage.page());
    holder.reset(page);
    page->resize(1072, 640);
    page->show();
    page->newProjectPanel()->setParentFolder(harness.file(QStringLiteral("projects")));
  }
  template <typename T>
  T* child(const char* name) const {
    T* found = page->findChild<T*>(QLatin1String(name));
    if (!found) qFatal("there is no %s", name);
    return found;
  }
  /// A file dropped on the page; true once its fields are shown.
  bool drop(const QString& file) {
    child<QPushButton>("newProjectButton")->click();
    Q_EMIT page->newProjectFileGiven(file, {});
    return QTest::qWaitFor([this] { return page->primaryButton()->isEnabled(); }, 20000);
  }
  FieldTableModel* fields() const { return qobject_cast<FieldTableModel*>(child<QTableView>("fieldTable")->model()); }
  void setKey(int row, const QString& key) { fields()->setData(fields()->index(row, FieldTableModel::KeyColumn), key); }
  bool make(WindowHarness& harness) {
    QSignalSpy opened(&harness.workspace(), &Workspace::opened);
    page->primaryButton()->click();
    return opened.wait(20000);
  }

  std::unique_ptr<QWidget> holder;  // the page outlives the stage
  StartStage stage;
  StartPage* page = nullptr;
};

}  // namespace

class TestStartStage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTableBecomesAProjectWithItsRows() {
    WindowHarness harness;
    StartOpened start(harness);
    std::string table = "No;Report;Urgency;Parts;Remark\n";
    for (int i = 0; i < 20; ++i)
      table += std::to_string(i + 1) + ";the fan and the belt of unit " + std::to_string(i * 7) + " are worn;" +
               (i % 3 == 0 ? "high" : "low") + ";" + (i % 2 == 0 ? "fan, belt" : "belt") + ";seen\n";
    table += "21;;high;belt;seen\n";  // nothing to read
    QVERIFY(start.drop(harness.write(QStringLiteral("tickets.csv"), table)));
    QCOMPARE(start.child<QComboBox>("inputColumnComboBox")->currentText(), QStringLiteral("Report"));
    start.setKey(0, QStringLiteral("priority"));
    start.fields()->removeField(2);  // the remark
    QSignalSpy told(&harness.workspace(), &Workspace::rowsCameIn);
    QVERIFY(start.make(harness));
    QCOMPARE(harness.workspace().name(), QStringLiteral("tickets"));
    const Task task = harness.project()->settings().task;
    QCOMPARE(task.fields.size(), std::size_t{2});
    QVERIFY(task.fields[0].kind == FieldKind::choice && task.fields[1].kind == FieldKind::list);
    QVERIFY(task.concise_prompt.find("priority") != std::string::npos);
    QCOMPARE(harness.project()->count(), std::int64_t{20});
    QCOMPARE(harness.project()->rows(0, 1)[0].label, std::string(R"({"priority": "high", "parts": ["fan", "belt"]})"));
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told[0][2].toLongLong(), qint64{1});
  }

  void answersInJsonFollowTheFieldsAsTheyWereChanged() {
    WindowHarness harness;
    StartOpened start(harness);
    std::string lines;
    for (int i = 0; i < 10; ++i)
      lines += dump_json(Json{{"query", "fan no. " + std::to_string(i)},
                              {"response", dump_json(Json{{"thing", "fan"}, {"number", i}, {"rest", ""}})}}) + "\n";
    QVERIFY(start.drop(harness.write(QStringLiteral("answers.jsonl"), lines)));
    start.setKey(0, QStringLiteral("part"));
    start.fields()->removeField(2);
    QVERIFY(start.make(harness));
    QCOMPARE(harness.project()->rows(3, 1)[0].label, std::string(R"({"part": "fan", "number": 3})"));
    QCOMPARE(harness.project()->settings().task.fields[0].key, std::string("part"));
  }

  void aFileThatCantBeReadSaysSoAndNothingIsMade() {
    WindowHarness harness;
    StartOpened start(harness);
    QVERIFY(!harness.workspace().isOpen());
    start.child<QPushButton>("newProjectButton")->click();
    Q_EMIT start.page->newProjectFileGiven(harness.file(QStringLiteral("nothing.csv")), {});
    QTRY_COMPARE(start.page->reason(), QStringLiteral("The project needs a name."));  // it can be gone on with
    QVERIFY(!std::filesystem::exists(harness.path(QStringLiteral("projects"))));
  }

  void aTemplateBecomesAProject() {
    WindowHarness harness;
    StartOpened start(harness);
    auto* source = start.child<QComboBox>("taskSourceComboBox");
    QTRY_VERIFY(source->count() > 5);  // read on the files thread
    start.child<QPushButton>("newProjectButton")->click();
    source->setCurrentIndex(5);
    Q_EMIT source->activated(5);
    QVERIFY(start.make(harness));
    const Task task = harness.project()->settings().task;
    QVERIFY(task.fields.size() > 5);
    QVERIFY(task.detailed_prompt.find("Rules:") != std::string::npos);
    QVERIFY(task.detailed_prompt.find("warranty") != std::string::npos);  // the template's own, not one from the fields
  }
};

QTEST_MAIN(TestStartStage)
#include "tst_start_stage.moc"
