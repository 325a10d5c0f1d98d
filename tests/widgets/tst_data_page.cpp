// The Data page by its controls: what is asked for, and what is shown.
#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "tests/widgets/generated_rows.h"
#include "widgets/data/checks_view.h"
#include "widgets/data/data_page.h"
#include "widgets/data/facet_button.h"
#include "widgets/common/field_table_model.h"
#include "widgets/data/import_view.h"
#include "widgets/data/row_panel.h"
#include "widgets/data/row_table_model.h"
#include "widgets/data/rows_view.h"
#include "widgets/data/split_view.h"
#include "widgets/data/task_view.h"

using namespace minnow;

namespace {

Task task() {
  Task task;
  task.name = "deliveries";
  task.fields = {{"province", FieldKind::province, "", false}, {"phone", FieldKind::phone, "", false}};
  task.concise_prompt = "Extract.";
  return task;
}

std::unique_ptr<DataPage> openPage(qint64 rows = 1000) {
  auto page = std::make_unique<DataPage>();
  page->resize(1072, 640);
  page->setTask(task());
  page->setState({true, {}, rows});
  page->rowsView()->setSource(std::make_shared<GeneratedRows>(rows));
  page->show();
  return page;
}

template <typename T>
T* child(QWidget* of, const char* name) {
  T* found = of->findChild<T*>(QLatin1String(name));
  if (!found) qFatal("there is no %s", name);
  return found;
}

}  // namespace

class TestDataPage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void withoutAProjectThePageSaysSo() {
    DataPage page;
    page.setState({});
    page.show();
    QCOMPARE(page.reason(), QStringLiteral("No project is open."));
    QVERIFY(!page.primaryButton()->isEnabled());
  }

  void anEmptyProjectLeadsToImport() {
    auto page = openPage(0);
    QVERIFY(!page->rowsView()->isVisible());
    page->primaryButton()->click();
    QVERIFY(page->view() == DataPage::View::import);
    QVERIFY(page->importView()->isVisible());
    page->showView(DataPage::View::checks);
    QCOMPARE(page->reason(), QStringLiteral("There are no rows yet."));
  }

  void typingFiltersAfterAPause() {
    auto page = openPage();
    QSignalSpy asked(page->rowsView(), &RowsView::queryChanged);
    QTest::keyClicks(child<QLineEdit>(page.get(), "searchEdit"), "abc");
    QCOMPARE(asked.size(), 0);
    QTRY_COMPARE(asked.size(), 1);  // once for three keys
    QCOMPARE(page->rowsView()->query().text, std::string("abc"));
    QVERIFY(child<QPushButton>(page.get(), "clearFilterButton")->isVisible());
    child<QPushButton>(page.get(), "clearFilterButton")->click();
    QCOMPARE(asked.size(), 2);
    QVERIFY(page->rowsView()->query().is_everything());
  }

  void facetsAreTicked() {
    auto page = openPage();
    page->rowsView()->setFacets({{"state", false, {{"labelled", 750}, {"failed", 250}}, 0},
                                 {"split", false, {{"train", 1000}}, 0},
                                 {"problem", false, {{"phone_shape", 250}, {"", 750}}, 0},
                                 {"province", true, {{"云南省", 1000}}, 0}});
    QSignalSpy asked(page->rowsView(), &RowsView::queryChanged);
    auto* button = child<FacetButton>(page.get(), "problemFacetButton");
    button->click();
    auto* list = child<QListWidget>(button, "problemFacetList");
    QVERIFY(list->isVisible());
    QCOMPARE(list->count(), 2);
    QVERIFY(list->item(0)->text().startsWith(QStringLiteral("Phone number shape")));
    list->item(0)->setCheckState(Qt::Checked);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(page->rowsView()->query().problems, (std::set<std::string>{"phone_shape"}));
    QCOMPARE(button->accessibleName(), QStringLiteral("Problem: Phone number shape"));
    list->window()->hide();
    auto* province = child<FacetButton>(page.get(), "provinceFacetButton");
    province->setChosen({QStringLiteral("云南省")});
    QVERIFY(province->isChecked());
  }

  void headersSort() {
    auto page = openPage();
    QSignalSpy asked(page->rowsView(), &RowsView::queryChanged);
    Q_EMIT page->rowsView()->table()->horizontalHeader()->sectionClicked(4);
    QVERIFY(page->rowsView()->query().order == RowOrder::field);
    QCOMPARE(page->rowsView()->query().order_field, std::string("phone"));
    Q_EMIT page->rowsView()->table()->horizontalHeader()->sectionClicked(4);
    QVERIFY(page->rowsView()->query().descending);
    QCOMPARE(asked.size(), 2);
  }

  void theChosenRowIsShownInFullAndItsChangeIsKept() {
    auto page = openPage();
    RowsView* view = page->rowsView();
    view->chooseRow(700);
    QTRY_VERIFY(view->panel()->row() && view->panel()->row()->id == "r700");
    QCOMPARE(child<QPlainTextEdit>(page.get(), "rowInputEdit")->toPlainText(),
             QStringLiteral("订单700，云南大理，13800138000"));
    auto* value = child<QLineEdit>(view->panel(), "value1Edit");
    QCOMPARE(value->text(), QStringLiteral("13800138000"));
    Row edited;
    connect(view, &RowsView::editRequested, this, [&](const Row& row) { edited = row; });
    value->setFocus();
    value->selectAll();
    QTest::keyClicks(value, "139");
    QVERIFY(view->panel()->isChanged());
    view->chooseRow(3);  // moving on keeps it
    QCOMPARE(edited.id, std::string("r700"));
    QCOMPARE(edited.label, std::string(R"({"province": "云南省", "phone": "139"})"));
    QCOMPARE(edited.provenance, std::string("edited"));
  }

  void revertingAsksForNothing() {
    auto page = openPage();
    RowsView* view = page->rowsView();
    view->chooseRow(1);
    QTRY_VERIFY(view->panel()->row() && view->panel()->row()->id == "r1");
    QSignalSpy edits(view, &RowsView::editRequested);
    QTest::keyClicks(child<QLineEdit>(view->panel(), "value0Edit"), "x");
    child<QPushButton>(view->panel(), "revertRowButton")->click();
    view->chooseRow(2);
    QCOMPARE(edits.size(), 0);
  }

  void brokenJsonIsNotKept() {
    auto page = openPage();
    RowPanel* panel = page->rowsView()->panel();
    page->rowsView()->chooseRow(1);
    QTRY_VERIFY(panel->row() && panel->row()->id == "r1");
    QSignalSpy edits(page->rowsView(), &RowsView::editRequested);
    child<QPushButton>(panel, "asJsonButton")->click();
    child<QPlainTextEdit>(panel, "labelJsonEdit")->setPlainText(QStringLiteral("{\"province\": "));
    QVERIFY(child<QLabel>(panel, "jsonProblemLabel")->isVisible());
    QVERIFY(!child<QPushButton>(panel, "keepRowButton")->isEnabled());
    panel->keep();
    QCOMPARE(edits.size(), 0);
  }

  void tokensAreCounted() {
    auto page = openPage();
    RowPanel* panel = page->rowsView()->panel();
    page->rowsView()->chooseRow(0);
    QTRY_VERIFY(panel->row().has_value());
    using Part = TokenPiece::Part;
    TokenizedRow tokens{QStringLiteral("r0"),
                        {{"a", Part::prompt, 1}, {"b", Part::prompt, 2}, {"c", Part::target, 3}, {"d", Part::cut, 4}},
                        3,
                        {}};
    page->rowsView()->setTokens(tokens);
    QCOMPARE(child<QLabel>(panel, "tokenCountsLabel")->text(),
             QStringLiteral("2 prompt · 1 target · 0 end · 4 of at most 3 · 1 would be cut"));
    tokens.rowId = QStringLiteral("another");  // comes too late
    tokens.pieces.clear();
    page->rowsView()->setTokens(tokens);
    QVERIFY(child<TokenStrip>(panel, "tokenStrip")->row().pieces.size() == 4);
  }

  void anyNumberOfRowsIsDeletedAtOnce() {
    auto page = openPage(5000);
    QList<qint64> deleted;
    connect(page->rowsView(), &RowsView::deleteRequested, this, [&](const QList<qint64>& places) { deleted = places; });
    page->rowsView()->table()->selectRow(4);
    child<QToolButton>(page.get(), "deleteRowsButton")->click();
    QCOMPARE(deleted, (QList<qint64>{4}));
    page->rowsView()->table()->selectAll();
    child<QToolButton>(page.get(), "deleteRowsButton")->click();
    QCOMPARE(deleted.size(), 5000);
  }

  void undoIsAskedForOnEveryView() {
    auto page = openPage();
    page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(page.get()));
    QSignalSpy undone(page.get(), &DataPage::undoRequested), redone(page.get(), &DataPage::redoRequested);
    int asked = 0;
    for (const auto view : {DataPage::View::rows, DataPage::View::import, DataPage::View::checks, DataPage::View::split,
                            DataPage::View::task}) {
      page->showView(view);
      page->primaryButton()->setFocus();
      QTest::keySequence(page.get(), QKeySequence(QKeySequence::Undo));
      QCOMPARE(undone.count(), ++asked);
      QTest::keySequence(page.get(), QKeySequence(QKeySequence::Redo));
      QCOMPARE(redone.count(), asked);
    }
    page->setState({true, {}, 0});  // all rows are gone: the table isn't shown
    page->showView(DataPage::View::rows);
    QTest::keySequence(page.get(), QKeySequence(QKeySequence::Undo));
    QCOMPARE(undone.count(), asked + 1);
  }

  void everyViewLeadsOn_data() {
    QTest::addColumn<qint64>("answered");
    QTest::addColumn<qint64>("inSplits");
    QTest::addColumn<QString>("next");
    QTest::newRow("raw") << qint64{0} << qint64{0} << QStringLiteral("Go on to Label");
    QTest::newRow("answered") << qint64{900} << qint64{0} << QStringLiteral("Go on to Split");
    QTest::newRow("split") << qint64{900} << qint64{900} << QStringLiteral("Go on to Train");
  }

  void everyViewLeadsOn() {
    QFETCH(qint64, answered);
    QFETCH(qint64, inSplits);
    QFETCH(QString, next);
    auto page = openPage();
    QCOMPARE(page->primaryButton()->text(), QStringLiteral("Add rows"));  // not counted yet
    page->setState({true, {}, 1000, answered, inSplits});
    QCOMPARE(page->primaryButton()->text(), next);
    QCOMPARE(child<QPushButton>(page.get(), "ownActionButton")->text(), QStringLiteral("Add rows"));
    page->showView(DataPage::View::checks);
    QCOMPARE(page->primaryButton()->text(), QStringLiteral("Check all rows"));
    page->checksView()->showOutcome({1000, 900, 0, {}, false});
    page->showView(DataPage::View::checks);
    QCOMPARE(page->primaryButton()->text(), next);
    page->showView(DataPage::View::import);
    QCOMPARE(page->primaryButton()->text(), QStringLiteral("Choose a file…"));
    page->importView()->showOutcome({QStringLiteral("a.csv"), 40, answered, 0, {}, false});
    page->showView(DataPage::View::import);
    QCOMPARE(page->primaryButton()->text(), next);
    page->showView(DataPage::View::split);
    QCOMPARE(page->primaryButton()->text(), answered > 0 && inSplits == 0 ? QStringLiteral("Split the rows") : next);
    page->showView(DataPage::View::rows);
    QSignalSpy label(page.get(), &DataPage::labelWanted), train(page.get(), &DataPage::trainWanted);
    page->primaryButton()->click();
    QCOMPARE(label.count(), answered == 0 ? 1 : 0);
    QCOMPARE(train.count(), inSplits > 0 ? 1 : 0);
    QCOMPARE(page->view() == DataPage::View::split, answered > 0 && inSplits == 0);
    page->setState({true, QStringLiteral("It is read-only."), 1000, answered, inSplits});
    QVERIFY(!page->leadsOn());
  }

  void deliveriesAreOfferedWhereTheyFit() {
    auto page = openPage();
    page->showView(DataPage::View::import);
    QVERIFY(child<QPushButton>(page.get(), "demoRowsButton")->isVisible());
    page->importView()->setDeliveriesOffered(false);
    QVERIFY(!child<QPushButton>(page.get(), "demoRowsButton")->isVisible());
    QVERIFY(!child<QPushButton>(page.get(), "makeUpRowsButton")->isVisible());
  }

  void aReadOnlyProjectCannotBeChanged() {
    auto page = openPage();
    page->setState({true, QStringLiteral("It is read-only."), 1000});
    QVERIFY(!child<QToolButton>(page.get(), "deleteRowsButton")->isEnabled());
    QVERIFY(!child<QToolButton>(page.get(), "addRowButton")->isEnabled());
    page->showView(DataPage::View::split);
    QCOMPARE(page->reason(), QStringLiteral("It is read-only."));
    page->showView(DataPage::View::checks);
    QVERIFY(page->primaryButton()->isEnabled());  // looking is allowed
  }

  void unclearColumnsAreChosenByAPerson() {
    auto page = openPage();
    ImportOffer offer;
    offer.file = QStringLiteral("/tmp/orders.csv");
    offer.format = QStringLiteral("table · UTF-8");
    offer.columns = {QStringLiteral("文本"), QStringLiteral("省"), QStringLiteral("手机")};
    offer.unclear = QStringLiteral("two columns could be the input");
    offer.rows = {{QStringLiteral("云南大理"), QStringLiteral("云南省"), QStringLiteral("138")}};
    page->importView()->showOffer(offer);
    page->showView(DataPage::View::import);
    QVERIFY(child<QLabel>(page.get(), "unclearLabel")->isVisible());
    QVERIFY(!page->primaryButton()->isEnabled());
    child<QComboBox>(page.get(), "role0ComboBox")->setCurrentIndex(1);  // (none), then the columns
    child<QComboBox>(page.get(), "role2ComboBox")->setCurrentIndex(2);
    QVERIFY(page->primaryButton()->isEnabled());
    ImportWish wish;
    connect(page.get(), &DataPage::importConfirmed, this, [&](const ImportWish& given) { wish = given; });
    page->primaryButton()->click();
    QVERIFY(wish.useColumns);
    QCOMPARE(wish.columns.input, QStringLiteral("文本"));
    QCOMPARE(wish.columns.fields.size(), 1);
    QCOMPARE(wish.columns.fields.at(0).first, QStringLiteral("province"));
    QCOMPARE(wish.columns.fields.at(0).second, QStringLiteral("省"));
  }

  void anOfferSaysHowTheFileIsReadAndLetsItBeChanged() {
    auto page = openPage();
    ImportOffer offer;
    offer.file = QStringLiteral("/tmp/orders.txt");
    offer.format = QStringLiteral("table · GB18030");
    offer.found = {QStringLiteral("GB18030"), QStringLiteral(";"), 1};
    offer.records = 1234;
    offer.notes = {QStringLiteral("lines before the table that are no part of it: 2")};
    offer.columns = {QStringLiteral("文本")};
    offer.rows = {{QStringLiteral("云南大理")}};
    page->importView()->showOffer(offer);
    page->showView(DataPage::View::import);
    const QString format = child<QLabel>(page.get(), "offerFormatLabel")->text();
    QVERIFY2(format.contains(QStringLiteral("1,234 rows")), qPrintable(format));
    QVERIFY(child<QLabel>(page.get(), "offerNotesLabel")->text().contains(QStringLiteral("no part of it: 2")));
    auto* encoding = child<QComboBox>(page.get(), "encodingComboBox");
    QVERIFY(encoding->currentText().contains(QStringLiteral("GB18030")));
    QVERIFY(child<QComboBox>(page.get(), "separatorComboBox")->currentText().contains(QStringLiteral("Semicolon")));
    ImportReading reading;
    connect(page->importView(), &ImportView::readingChanged, this,
            [&](const QString&, const ImportReading& asked) { reading = asked; });
    encoding->setCurrentIndex(encoding->findData(QStringLiteral("Big5")));
    Q_EMIT encoding->activated(encoding->currentIndex());
    QCOMPARE(reading.encoding, QStringLiteral("Big5"));
    QVERIFY(reading.separator.isEmpty());
    QCOMPARE(reading.header, -1);
    offer.asked = reading;
    page->importView()->showOffer(offer);
    QCOMPARE(encoding->currentText(), QStringLiteral("Big5"));
    QCOMPARE(page->importView()->wish().reading.encoding, QStringLiteral("Big5"));
  }

  void rowsThatWereThereAlreadyAreCounted() {
    auto page = openPage();
    ImportOutcome outcome;
    outcome.source = QStringLiteral("orders.jsonl");
    outcome.alreadyThere = 98;
    page->importView()->showOutcome(outcome);
    bool said = false;
    for (const QLabel* label : page->importView()->findChildren<QLabel*>())
      said = said || label->text().contains(QStringLiteral("98 rows were in the project already"));
    QVERIFY(said);
  }

  void aFileWithoutRowsIsntImported() {
    auto page = openPage();
    ImportOffer offer;
    offer.file = QStringLiteral("/tmp/empty.csv");
    offer.format = QStringLiteral("table · UTF-8");
    page->importView()->showOffer(offer);
    page->showView(DataPage::View::import);
    QVERIFY(!page->primaryButton()->isEnabled());
    QCOMPARE(page->reason(), QStringLiteral("There are no rows in this file."));
  }

  void setAsideLinesAreListedWithNumberAndReason() {
    auto page = openPage();
    ImportOutcome outcome;
    outcome.source = QStringLiteral("orders.jsonl");
    outcome.rows = 98;
    outcome.setAsideCount = 2;
    outcome.setAside = {{7, QStringLiteral("it isn't JSON"), QStringLiteral("{oops")},
                        {12, QStringLiteral("no text"), {}}};
    page->importView()->showOutcome(outcome);
    page->showView(DataPage::View::import);
    QCOMPARE(child<QLabel>(page.get(), "importOutcomeLabel")->text(), QStringLiteral("98 row(s) added"));
    auto* table = child<QTableView>(page.get(), "setAsideTable");
    QVERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("7"));
    QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("it isn't JSON"));
  }

  void aProblemsCountLeadsToItsRows() {
    auto page = openPage();
    page->checksView()->showOutcome({1000, 900, 250, {{QStringLiteral("phone_shape"), 250}}, false});
    page->showView(DataPage::View::checks);
    RowQuery asked;
    connect(page->rowsView(), &RowsView::queryChanged, this, [&](const RowQuery& query) { asked = query; });
    child<QPushButton>(page.get(), "phone_shapeCountButton")->click();
    QCOMPARE(asked.problems, (std::set<std::string>{"phone_shape"}));
    QVERIFY(page->view() == DataPage::View::rows);
  }

  void partsAreAskedForByShareOrCount() {
    auto page = openPage();
    page->showView(DataPage::View::split);
    SplitRequest request;
    connect(page.get(), &DataPage::splitWanted, this, [&](const SplitRequest& given) { request = given; });
    child<QDoubleSpinBox>(page.get(), "validationSpinBox")->setValue(12.5);
    child<QComboBox>(page.get(), "testUnitComboBox")->setCurrentIndex(1);
    child<QDoubleSpinBox>(page.get(), "testSpinBox")->setValue(400);
    page->primaryButton()->click();
    QVERIFY(request.validation.isShare);
    QCOMPARE(request.validation.value, 12.5);
    QVERIFY(!request.test.isShare);
    QCOMPARE(request.test.value, 400.0);
    page->splitView()->showOutcome({800, 100, 100, 0, 3, false});
    QVERIFY(child<QPushButton>(page.get(), "leakingRowsButton")->isVisible());
  }

  void theTaskIsChangedAndSaved() {
    auto page = openPage();
    page->showView(DataPage::View::task);
    QVERIFY(!page->primaryButton()->isEnabled());
    child<QPushButton>(page.get(), "addFieldButton")->click();
    auto* table = child<QTableView>(page.get(), "fieldTable");
    auto* model = qobject_cast<FieldTableModel*>(table->model());
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(model->setData(model->index(2, FieldTableModel::KeyColumn), QStringLiteral("name")));
    const QVariant key = model->data(model->index(1, FieldTableModel::KeyColumn));
    model->setData(model->index(1, FieldTableModel::KeyColumn), QStringLiteral("name"));
    QCOMPARE(page->reason(), QStringLiteral("Two fields have the key “name”."));
    model->setData(model->index(1, FieldTableModel::KeyColumn), key);
    QVERIFY(model->setData(model->index(2, FieldTableModel::KindColumn), static_cast<int>(FieldKind::person_name)));
    QVERIFY(model->setData(model->index(2, FieldTableModel::EmptyColumn), Qt::Checked, Qt::CheckStateRole));
    model->moveField(2, -2);
    child<QComboBox>(page.get(), "promptStyleComboBox")->setCurrentIndex(1);
    Q_EMIT child<QComboBox>(page.get(), "promptStyleComboBox")->activated(1);
    Task saved;
    connect(page.get(), &DataPage::taskSaved, this, [&](const Task& given) { saved = given; });
    page->primaryButton()->click();
    QCOMPARE(saved.fields.size(), std::size_t{3});
    QCOMPARE(saved.fields[0].key, std::string("name"));
    QVERIFY(saved.fields[0].kind == FieldKind::person_name);
    QVERIFY(saved.fields[0].may_be_empty);
    QVERIFY(saved.prompt_style == PromptStyle::swift_3_5);
    QCOMPARE(saved.concise_prompt, std::string("Extract."));
  }

  void aTaskWithoutFieldsIsNotSaved() {
    auto page = openPage();
    page->showView(DataPage::View::task);
    auto* model = qobject_cast<FieldTableModel*>(child<QTableView>(page.get(), "fieldTable")->model());
    model->removeField(0);
    model->removeField(0);
    QCOMPARE(page->reason(), QStringLiteral("A task needs at least one field."));
  }
};

QTEST_MAIN(TestDataPage)
#include "tst_data_page.moc"
