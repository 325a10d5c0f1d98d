// The Data stage over a real project: import, filter, edit, undo, check, split, save, and what it refuses.
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

#include "app/window/data_stage.h"
#include "core/demo/address_task.h"
#include "core/io/file.h"
#include "tests/window/window_harness.h"
#include "widgets/common/field_table_model.h"
#include "widgets/common/message_bar.h"
#include "widgets/data/checks_view.h"
#include "widgets/data/data_page.h"
#include "widgets/data/import_view.h"
#include "widgets/data/row_panel.h"
#include "widgets/data/row_table_model.h"
#include "widgets/data/rows_view.h"
#include "widgets/data/split_view.h"
#include "widgets/data/task_view.h"

using namespace minnow;

namespace {

Task order_task() {
  Task task;
  task.name = "orders";
  task.fields = {{"dish", FieldKind::verbatim, "菜名", false}, {"count", FieldKind::number, "份数", false}};
  task.concise_prompt = "Pick out the order.";
  return task;
}

/// Orders as JSON Lines; the third is broken, and of the others every tenth has a dish that isn't in its text.
std::string orders(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    if (i == 2) {
      text += "{\"query\": \"oops\n";
      continue;
    }
    const std::string dish = i % 10 == 5 ? "红烧排骨" : "宫保鸡丁";
    const std::string count_text = std::to_string(i % 9 + 1);
    text += "{\"query\": \"桌" + std::to_string(i * 7919) + "号要" + count_text +
            "份宫保鸡丁\", \"response\": {\"dish\": \"" + dish + "\", \"count\": \"" + count_text + "\"}}\n";
  }
  return text;
}

/// The stage with its page, as the window holds them.
struct Opened {
  explicit Opened(WindowHarness& harness) : stage(harness.context()) {
    page = qobject_cast<DataPage*>(stage.page());
    holder.reset(page);
    page->resize(1072, 640);
    page->show();
  }
  template <typename T>
  T* child(const char* name) const {
    T* found = page->findChild<T*>(QLatin1String(name));
    if (!found) qFatal("there is no %s", name);
    return found;
  }
  int rows() const { return page->rowsView()->model()->rowCount(); }
  std::unique_ptr<QWidget> holder;  // the page outlives the stage
  DataStage stage;
  DataPage* page = nullptr;
};

}  // namespace

class TestDataStage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsAreImportedFilteredEditedAndTakenBack() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    Opened data(harness);
    QCOMPARE(data.rows(), 0);
    Q_EMIT data.page->importFileGiven(harness.write(QStringLiteral("orders.jsonl"), orders(50)));
    QTRY_VERIFY(data.page->importView()->hasOffer());
    data.page->primaryButton()->click();
    QTRY_COMPARE(data.child<QLabel>("importOutcomeLabel")->text(), QStringLiteral("49 row(s) added"));
    QTRY_COMPARE(data.child<QTableView>("setAsideTable")->model()->rowCount(), 1);
    QCOMPARE(data.child<QTableView>("setAsideTable")->model()->index(0, 0).data().toString(), QStringLiteral("3"));
    data.page->showView(DataPage::View::rows);
    QTRY_COMPARE(data.rows(), 49);

    RowQuery query;
    query.text = "红烧";
    data.page->rowsView()->showQuery(query);
    QTRY_COMPARE(data.rows(), 5);
    RowTableModel* model = data.page->rowsView()->model();
    QTRY_VERIFY(model->row(0) != nullptr);
    QVERIFY(model->setData(model->index(0, 3), QStringLiteral("宫保鸡丁")));
    const std::string id = model->row(0)->id;
    QTRY_VERIFY(harness.project()->find(id)->label.find("宫保鸡丁") != std::string::npos);
    QTRY_VERIFY(data.child<QToolButton>("undoButton")->isEnabled());
    data.child<QToolButton>("undoButton")->click();
    QTRY_VERIFY(harness.project()->find(id)->label.find("红烧排骨") != std::string::npos);
    QTRY_VERIFY(data.child<QToolButton>("redoButton")->isEnabled());

    data.page->rowsView()->showQuery({});
    QTRY_COMPARE(data.rows(), 49);
    Q_EMIT data.page->rowsView()->deleteRequested({0, 1, 2});
    QTRY_COMPARE(data.rows(), 46);
    QTRY_VERIFY(data.child<QToolButton>("undoButton")->isEnabled());
    data.child<QToolButton>("undoButton")->click();
    QTRY_COMPARE(data.rows(), 49);
    data.child<QToolButton>("addRowButton")->click();
    QTRY_COMPARE(data.rows(), 50);
    QTRY_VERIFY(data.page->rowsView()->panel()->row() && data.page->rowsView()->panel()->row()->input.empty());
  }

  void allRowsAreDeletedAndTakenBackFromWhereverThePageStands() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    harness.project()->import_file(harness.write(QStringLiteral("orders.jsonl"), orders(3001)).toStdString());
    Opened data(harness);
    QTRY_COMPARE(data.rows(), 3000);
    data.child<QTableView>("rowTable")->selectAll();
    data.child<QToolButton>("deleteRowsButton")->click();
    QTRY_COMPARE(harness.project()->count(), std::int64_t{0});
    QTRY_COMPARE(data.page->messageBar()->message().title, QStringLiteral("3,000 row(s) were deleted."));
    QVERIFY(!data.page->rowsView()->isVisible());  // there are no rows to show
    data.child<QPushButton>("messageActionButton")->click();
    QTRY_COMPARE(harness.project()->count(), std::int64_t{3000});
    QTRY_COMPARE(data.rows(), 3000);
    QTRY_VERIFY(data.page->messageBar()->message().title.startsWith(QStringLiteral("Taken back: 3,000")));
    data.child<QPushButton>("messageActionButton")->click();  // and again
    QTRY_COMPARE(harness.project()->count(), std::int64_t{0});
    data.page->showView(DataPage::View::task);
    Q_EMIT data.page->undoRequested();  // Ctrl+Z
    QTRY_COMPARE(harness.project()->count(), std::int64_t{3000});
  }

  void anImportIsTakenBack() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    Opened data(harness);
    const auto import = [&] {
      Q_EMIT data.page->importFileGiven(harness.write(QStringLiteral("orders.jsonl"), orders(50)));
      QTRY_VERIFY(data.page->importView()->hasOffer());
      data.page->primaryButton()->click();
      QTRY_VERIFY(data.page->importView()->hasOutcome());
      QTRY_VERIFY(!data.stage.isBusy());
    };
    import();
    auto* undo = data.child<QPushButton>("undoImportButton");
    QTRY_VERIFY(undo->isVisible());
    undo->click();
    QTRY_COMPARE(harness.project()->count(), std::int64_t{0});
    QTRY_VERIFY(!data.page->importView()->hasOutcome());
    import();
    QCOMPARE(harness.project()->count(), std::int64_t{49});
    Q_EMIT data.page->rowsView()->deleteRequested({0});
    QTRY_COMPARE(harness.project()->count(), std::int64_t{48});
    QTRY_VERIFY(undo->isHidden());  // undo would bring the deleted row back
  }

  void undoWithoutAnythingToUndoSaysSo() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    Opened data(harness);
    Q_EMIT data.page->undoRequested();
    QCOMPARE(data.page->messageBar()->message().title, QStringLiteral("There is nothing to take back."));
  }

  void theWayLeadsFromImportToTrain() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    Opened data(harness);
    QSignalSpy went(&data.stage, &Stage::goTo);
    Q_EMIT data.page->importFileGiven(harness.write(QStringLiteral("raw.txt"), "三号桌两份宫保鸡丁\n五号桌一份麻婆豆腐\n"));
    QTRY_VERIFY(data.page->importView()->hasOffer());
    data.page->primaryButton()->click();
    QTRY_COMPARE(data.page->primaryButton()->text(), QStringLiteral("Go on to Label"));
    data.page->primaryButton()->click();
    QVERIFY(went.takeLast().at(0).value<StageId>() == StageId::label);
    Q_EMIT data.page->importFileGiven(harness.write(QStringLiteral("orders.jsonl"), orders(50)));
    QTRY_VERIFY(data.page->importView()->hasOffer());
    data.page->primaryButton()->click();
    QTRY_COMPARE(data.page->primaryButton()->text(), QStringLiteral("Go on to Split"));
    data.page->primaryButton()->click();
    QVERIFY(data.page->view() == DataPage::View::split);
    QCOMPARE(data.page->primaryButton()->text(), QStringLiteral("Split the rows"));
    data.page->primaryButton()->click();
    QTRY_COMPARE(data.page->primaryButton()->text(), QStringLiteral("Go on to Train"));
    data.page->primaryButton()->click();
    QVERIFY(went.takeLast().at(0).value<StageId>() == StageId::train);
  }

  void aFolderThatHasGoneIsToldAndNothingIsHalfMade() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    harness.project()->import_file(harness.write(QStringLiteral("orders.jsonl"), orders(20)).toStdString());
    Opened data(harness);
    QTRY_COMPARE(data.rows(), 19);
    std::filesystem::rename(harness.path(QStringLiteral("project")), harness.path(QStringLiteral("elsewhere")));
    QTRY_VERIFY(harness.workspace().isGone());
    data.page->showView(DataPage::View::import);
    QTRY_VERIFY(data.page->reason().startsWith(QStringLiteral("The project's folder isn't there any more.")));
    QVERIFY(!data.child<QToolButton>("addRowButton")->isEnabled());
    Q_EMIT data.page->rowsView()->deleteRequested({0});
    QTRY_VERIFY(!data.page->messageBar()->message().isEmpty());
    QVERIFY(!std::filesystem::exists(harness.path(QStringLiteral("project"))));
    QSignalSpy refused(&harness.workspace(), &Workspace::saveFailed);
    harness.workspace().setStudent(QStringLiteral("/somewhere"));
    QCOMPARE(refused.count(), 1);
    QVERIFY(harness.workspace().settings().student.empty());
    std::filesystem::rename(harness.path(QStringLiteral("elsewhere")), harness.path(QStringLiteral("project")));
    QTRY_VERIFY(!harness.workspace().isGone());
    Q_EMIT data.page->rowsView()->deleteRequested({0});
    QTRY_COMPARE(harness.project()->count(), std::int64_t{18});
  }

  void checksLeadToRowsAndPartsAreFreeOfLeaks() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    harness.project()->import_file(harness.write(QStringLiteral("orders.jsonl"), orders(60)).toStdString());
    Opened data(harness);
    harness.workspace().rowsEdited();
    data.page->showView(DataPage::View::checks);
    data.page->primaryButton()->click();
    QTRY_VERIFY(data.page->findChild<QPushButton*>(QStringLiteral("value_not_in_inputCountButton")));
    QTRY_VERIFY(!data.stage.isBusy());
    data.child<QPushButton>("value_not_in_inputCountButton")->click();
    QVERIFY(data.page->view() == DataPage::View::rows);
    QTRY_COMPARE(data.rows(), 6);

    data.page->showView(DataPage::View::split);
    data.page->primaryButton()->click();
    QTRY_VERIFY(!data.stage.isBusy());
    int test = 0, train = 0;
    for (const Row& row : harness.project()->rows(0, 100)) {
      test += row.split == Split::test;
      train += row.split == Split::train;
    }
    QVERIFY(test > 0);
    QVERIFY(train > 30);
    QTRY_COMPARE(data.child<QLabel>("leakageLabel")->text(),
                 QStringLiteral("No validation or test row nearly stands in another split."));
    QTRY_VERIFY(data.stage.mark() == StageMark::done);
  }

  void aTableWithUnclearColumnsIsMapped() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    Opened data(harness);
    const QString file = harness.write(QStringLiteral("orders.csv"),
                                       "甲,乙,丙\n三号桌两份宫保鸡丁,宫保鸡丁,2\n五号桌一份麻婆豆腐,麻婆豆腐,1\n");
    Q_EMIT data.page->importFileGiven(file);
    QTRY_VERIFY(data.page->importView()->hasOffer());
    QVERIFY(data.child<QComboBox>("role0ComboBox")->count() == 4);
    data.child<QComboBox>("role0ComboBox")->setCurrentIndex(1);
    data.child<QComboBox>("role1ComboBox")->setCurrentIndex(0);
    data.child<QComboBox>("role2ComboBox")->setCurrentIndex(2);
    data.child<QComboBox>("role3ComboBox")->setCurrentIndex(3);
    data.page->primaryButton()->click();
    QTRY_COMPARE(harness.project()->count(), std::int64_t{2});
    QCOMPARE(harness.project()->rows(0, 1)[0].label, std::string(R"({"dish": "宫保鸡丁", "count": "2"})"));
  }

  void theDemosRowsComeWithTheirTask() {
    WindowHarness harness;
    QVERIFY(harness.open({}));
    Opened data(harness);
    data.page->showView(DataPage::View::import);
    data.child<QPushButton>("demoRowsButton")->click();
    QTRY_COMPARE_WITH_TIMEOUT(harness.workspace().rowCount(), 8600, 60000);
    QCOMPARE(harness.workspace().settings().task.fields.size(), address_task().fields.size());
  }

  void theDemosRowsAreRefusedByAnotherTask() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    Opened data(harness);
    data.page->showView(DataPage::View::import);
    data.child<QPushButton>("demoRowsButton")->click();
    QTRY_VERIFY(!data.page->messageBar()->message().isEmpty());
    QCOMPARE(harness.project()->count(), std::int64_t{0});
  }

  void aFileThatIsNotThereIsToldInASentence() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    Opened data(harness);
    Q_EMIT data.page->importFileGiven(harness.file(QStringLiteral("nowhere.jsonl")));
    QTRY_VERIFY(data.page->messageBar()->message().title.startsWith(QStringLiteral("A file or folder isn't there")));
    QVERIFY(data.page->messageBar()->message().details.contains(QStringLiteral("nowhere.jsonl")));
  }

  void aSecondWindowReadsOnly() {
    WindowHarness harness;
    const auto other = [&] {
      ProjectSettings settings;
      settings.task = order_task();
      return Project::create(harness.path(QStringLiteral("project")), settings);
    }();
    other->add_rows({Row{"r1", "三号桌", "", RowState::unlabelled, Split::none, "", {}, ""}});
    QVERIFY(harness.reopen());
    Opened data(harness);
    data.page->showView(DataPage::View::import);
    QCOMPARE(data.page->reason(), QStringLiteral("The project is open in another Minnow; here it can only be read."));
    QVERIFY(!data.child<QToolButton>("addRowButton")->isEnabled());
    QTRY_COMPARE(data.rows(), 1);
    data.page->showView(DataPage::View::checks);
    data.page->primaryButton()->click();
    QTRY_VERIFY(data.page->findChild<QWidget*>(QStringLiteral("checksNoteLabel")));
    QTRY_VERIFY(!data.stage.isBusy());
    QVERIFY(data.page->messageBar()->message().isEmpty());
  }

  void rowsAreCopiedAndSaved() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    harness.project()->import_file(harness.write(QStringLiteral("orders.jsonl"), orders(20)).toStdString());
    Opened data(harness);
    QTRY_COMPARE(data.rows(), 19);
    Q_EMIT data.page->rowsView()->copyRequested({0, 1});
    QTRY_COMPARE(QApplication::clipboard()->text().count(u'\n'), 3);
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("id\tinput\tdish\tcount")));
    SaveSession save(harness.context());
    QSignalSpy saved(&save, &SaveSession::saved);
    save.save(data.page->rowsView()->model()->source(), TableFormat::jsonl, harness.file(QStringLiteral("out.jsonl")));
    QTRY_COMPARE(saved.size(), 1);
    const std::string text = read_file(harness.path(QStringLiteral("out.jsonl")));
    QCOMPARE(std::count(text.begin(), text.end(), '\n'), 19);
    QSignalSpy failed(&save, &Session::failed);
    save.save(data.page->rowsView()->model()->source(), TableFormat::csv, QStringLiteral("/nowhere/out.csv"));
    QTRY_COMPARE(failed.size(), 1);
  }

  void aTaskIsSavedAndItsColumnsFollow() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    Opened data(harness);
    data.page->showView(DataPage::View::task);
    data.child<QPushButton>("addFieldButton")->click();
    data.page->primaryButton()->click();
    QTRY_COMPARE(harness.project()->settings().task.fields.size(), std::size_t{3});
    QTRY_COMPARE(data.page->rowsView()->model()->columnCount(), 8);
    QVERIFY(!data.page->taskView()->isChanged());
  }

  void rowsOfAReportAreShown() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    harness.project()->import_file(harness.write(QStringLiteral("orders.jsonl"), orders(20)).toStdString());
    Opened data(harness);
    QTRY_COMPARE(data.rows(), 19);
    const auto rows = harness.project()->rows(0, 5);
    QSignalSpy went(&data.stage, &Stage::goTo);
    Q_EMIT harness.workspace().rowsRequested({QString::fromStdString(rows[4].id), QString::fromStdString(rows[1].id)},
                                             QStringLiteral("broken"));
    QCOMPARE(data.rows(), 2);
    QCOMPARE(went.size(), 1);
    QTRY_VERIFY(data.page->rowsView()->model()->row(0) != nullptr);
    QCOMPARE(data.page->rowsView()->model()->row(0)->id, rows[4].id);
    data.child<QPushButton>("clearFilterButton")->click();
    QTRY_COMPARE(data.rows(), 19);
  }

  void aRenamedFieldIsRenamedInTheLabelsAndComesBackWithUndo() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    harness.project()->import_file(harness.write(QStringLiteral("orders.jsonl"), orders(20)).toStdString());
    Opened data(harness);
    harness.workspace().rowsEdited();
    QTRY_COMPARE(data.rows(), 19);
    data.page->showView(DataPage::View::task);
    auto* fields = data.child<QTableView>("fieldTable")->model();
    fields->setData(fields->index(0, FieldTableModel::KeyColumn), QStringLiteral("meal"));
    data.page->primaryButton()->click();
    const auto label = [&] { return QString::fromStdString(harness.project()->rows(0, 1)[0].label); };
    QTRY_VERIFY(label().contains(QStringLiteral("\"meal\": ")));
    QTRY_COMPARE(harness.workspace().settings().task.fields[0].key, std::string("meal"));
    QTRY_VERIFY(!data.page->taskView()->isChanged());
    data.page->showView(DataPage::View::rows);
    QTRY_VERIFY(data.child<QToolButton>("undoButton")->isEnabled());
    data.child<QToolButton>("undoButton")->click();
    QTRY_VERIFY(label().contains(QStringLiteral("\"dish\": ")));
    QTRY_COMPARE(harness.workspace().settings().task.fields[0].key, std::string("dish"));
    QCOMPARE(data.page->taskView()->task().fields[0].key, std::string("dish"));
  }

  void aDroppedOrNewFieldIsOfferedForAllLabels_data() {
    QTest::addColumn<QString>("button");
    QTest::addColumn<bool>("saved");
    QTest::addColumn<bool>("followed");
    QTest::newRow("all labels") << QStringLiteral("Change all labels") << true << true;
    QTest::newRow("the task alone") << QStringLiteral("Leave the labels") << true << false;
    QTest::newRow("neither") << QStringLiteral("Cancel") << false << false;
  }
  void aDroppedOrNewFieldIsOfferedForAllLabels() {
    QFETCH(QString, button);
    QFETCH(bool, saved);
    QFETCH(bool, followed);
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    harness.project()->import_file(harness.write(QStringLiteral("orders.jsonl"), orders(5)).toStdString());
    Opened data(harness);
    harness.workspace().rowsEdited();
    QTRY_COMPARE(data.rows(), 4);
    data.page->showView(DataPage::View::task);
    auto* fields = qobject_cast<FieldTableModel*>(data.child<QTableView>("fieldTable")->model());
    fields->removeField(1);
    fields->addField();
    data.page->primaryButton()->click();
    auto* question = data.child<QMessageBox>("fieldQuestion");
    QVERIFY(question->informativeText().contains(QStringLiteral("“count”")));
    for (QAbstractButton* one : question->buttons())
      if (one->text().remove(u'&') == button) one->click();
    if (saved) {
      QTRY_COMPARE(harness.workspace().settings().task.fields[1].key, std::string("field_2"));
      QTRY_VERIFY(!data.page->taskView()->isChanged());
    } else {
      QTest::qWait(50);
      QVERIFY(data.page->taskView()->isChanged());  // nothing was lost
      QCOMPARE(harness.project()->settings().task.fields[1].key, std::string("count"));
    }
    const QString label = QString::fromStdString(harness.project()->rows(0, 1)[0].label);
    QCOMPARE(label.contains(QStringLiteral("count")), !followed);
    QCOMPARE(label.contains(QStringLiteral("field_2")), followed);
  }

  void anOfferedRowIsAdded() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    Opened data(harness);
    Q_EMIT harness.workspace().rowOffered(QStringLiteral("三号桌两份宫保鸡丁"),
                                          QStringLiteral(R"({"dish": "宫保鸡丁", "count": "2"})"));
    QTRY_COMPARE(harness.project()->count(), std::int64_t{1});
    QVERIFY(harness.project()->rows(0, 1)[0].state == RowState::labelled);
  }

  void whatWasTypedIsKeptWhenTheProjectCloses() {
    WindowHarness harness;
    QVERIFY(harness.open(order_task()));
    harness.project()->import_file(harness.write(QStringLiteral("orders.jsonl"), orders(20)).toStdString());
    {
      Opened data(harness);
      QTRY_VERIFY(data.page->rowsView()->panel()->row().has_value());
      data.child<QLineEdit>("value0Edit")->setFocus();
      data.child<QLineEdit>("value0Edit")->selectAll();
      QTest::keyClicks(data.child<QLineEdit>("value0Edit"), "rice");
      harness.workspace().close();
    }
    QVERIFY(harness.reopen());
    QVERIFY(harness.project()->rows(0, 1)[0].label.find("rice") != std::string::npos);
  }
};

QTEST_MAIN(TestDataStage)
#include "tst_data_stage.moc"
