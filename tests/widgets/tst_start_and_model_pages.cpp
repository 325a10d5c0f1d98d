// Start and Model as a person clicks them: what is shown, what is asked for, what is refused and why.
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "widgets/common/field_table.h"
#include "widgets/model/environment_card.h"
#include "widgets/model/model_page.h"
#include "widgets/start/start_page.h"

using namespace minnow;

namespace {

template <class T>
T* child(QWidget& page, const char* name) {
  return page.findChild<T*>(QString::fromLatin1(name));
}

ModelInfo demoModel() {
  ModelInfo info;
  info.folder = QStringLiteral("/models/demo");
  info.name = QStringLiteral("Minnow demo");
  info.looking = false;
  info.parameters = 5'700'000;
  info.layers = 8;
  info.dtype = QStringLiteral("bfloat16");
  info.bytes = 11'254'152;
  info.trainFit = MemoryFit::comfortable;
  info.runFit = MemoryFit::comfortable;
  info.trainBytes = 700'000'000;
  info.runBytes = 400'000'000;
  info.availableBytes = 20'000'000'000;
  return info;
}

}  // namespace

class TestStartAndModelPages : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void withoutAProjectThePrimaryButtonOpensTheDemo() {
    StartPage page;
    page.show();
    QSignalSpy spy(&page, &StartPage::demoRequested);
    child<QPushButton>(page, "primaryButton")->click();
    QCOMPARE(spy.count(), 1);
    QVERIFY(!child<QPushButton>(page, "openDemoButton")->isVisible());  // never two ways to the same thing
  }

  void withAProjectItGoesOn() {
    StartPage page;
    page.show();
    OpenProject project;
    project.name = QStringLiteral("Deliveries");
    project.folder = QStringLiteral("/tmp/deliveries");
    project.rows = 2750;
    page.setOpenProject(project);
    QSignalSpy on(&page, &StartPage::continueRequested), demo(&page, &StartPage::demoRequested);
    child<QPushButton>(page, "primaryButton")->click();
    QCOMPARE(on.count(), 1);
    child<QPushButton>(page, "openDemoButton")->click();
    QCOMPARE(demo.count(), 1);
  }

  void anUnfinishedRunIsOffered() {
    StartPage page;
    page.show();
    OpenProject project;
    project.name = QStringLiteral("Deliveries");
    page.setOpenProject(project);
    QVERIFY(!child<QPushButton>(page, "resumeRunButton")->isVisible());
    project.unfinishedRun = QStringLiteral("The run v0 stopped at step 20 of 50.");
    page.setOpenProject(project);
    QVERIFY(child<QPushButton>(page, "resumeRunButton")->isVisible());
    QSignalSpy spy(&page, &StartPage::resumeRequested);
    child<QPushButton>(page, "resumeRunButton")->click();
    QCOMPARE(spy.count(), 1);
  }

  void aRecentProjectOpensByClickAndByEnter() {
    StartPage page;
    page.show();
    page.setRecentProjects({{QStringLiteral("Repair tickets"), QStringLiteral("/tmp/one")},
                            {QStringLiteral("two"), QStringLiteral("/tmp/two")}});
    auto* list = child<QListWidget>(page, "recentProjectsList");
    QCOMPARE(list->count(), 2);
    QCOMPARE(list->item(0)->text(), QStringLiteral("Repair tickets"));  // by name, not by folder
    QSignalSpy spy(&page, &StartPage::openRequested);
    list->setCurrentRow(1);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(spy.takeLast().at(0).toString(), QStringLiteral("/tmp/two"));
  }

  void whileAProjectOpensNothingElseCanBeOpened() {
    StartPage page;
    page.show();
    page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    page.setBusy([] { return QStringLiteral("Opening the project …"); });
    QVERIFY(!page.primaryButton()->isEnabled());
    QCOMPARE(page.reason(), QStringLiteral("Opening the project …"));
    page.setBusy({});
    QVERIFY(page.primaryButton()->hasFocus());
    QVERIFY(page.primaryButton()->isEnabled());
  }

  void aNewProjectSaysWhatIsMissing() {
    const QTemporaryDir home;
    StartPage page;
    page.show();
    page.newProjectPanel()->setParentFolder(home.path());
    child<QPushButton>(page, "newProjectButton")->click();
    QVERIFY(!page.primaryButton()->isEnabled());
    QVERIFY(!page.reason().isEmpty());
    QTest::keyClicks(child<QLineEdit>(page, "newProjectNameEdit"), QStringLiteral("Receipts"));
    QCOMPARE(child<QLineEdit>(page, "newProjectFolderEdit")->text(),
             QDir(home.path()).filePath(QStringLiteral("Receipts")));
    QVERIFY(!page.primaryButton()->isEnabled());  // no field yet
    auto* fields = child<QTableView>(page, "fieldTable")->model();
    const auto set = [fields](int row, int column, const QVariant& value) {
      return fields->setData(fields->index(row, column), value);
    };
    set(0, FieldTableModel::KeyColumn, QStringLiteral("shop"));
    set(1, FieldTableModel::KeyColumn, QStringLiteral("shop"));
    QVERIFY(page.reason().contains(QStringLiteral("shop")));  // twice the same key
    set(1, FieldTableModel::KeyColumn, QStringLiteral("total"));
    set(1, FieldTableModel::KindColumn, static_cast<int>(FieldKind::choice));
    QVERIFY(page.reason().contains(QStringLiteral("total")));  // of what?
    set(1, FieldTableModel::ValuesColumn, QStringLiteral("small; large"));
    QVERIFY2(page.primaryButton()->isEnabled(), qPrintable(page.reason()));
    set(1, FieldTableModel::KindColumn, static_cast<int>(FieldKind::number));
    QVERIFY(!set(1, FieldTableModel::ValuesColumn, QStringLiteral("1")));  // a number has none
    QVERIFY2(page.primaryButton()->isEnabled(), qPrintable(page.reason()));

    NewProject made;
    connect(&page, &StartPage::newProjectRequested, &page, [&](const NewProject& project) { made = project; });
    page.primaryButton()->click();
    QCOMPARE(QString::fromStdString(made.task.name), QStringLiteral("Receipts"));
    QCOMPARE(made.task.fields.size(), std::size_t{2});
    QCOMPARE(made.task.fields[1].key, std::string("total"));
    QVERIFY(made.task.fields[1].kind == FieldKind::number);
  }

  void aTemplateBringsFieldsAndPrompts() {
    const QTemporaryDir home;
    StartPage page;
    page.show();
    NewProjectPanel* panel = page.newProjectPanel();
    panel->setParentFolder(home.path());
    TemplateOffer offer{QStringLiteral("orders"), {}, {}};
    offer.english.name = "Orders";
    offer.english.fields = {{"item"}, {"size", FieldKind::choice, "", false, {"big", "small"}}};
    offer.english.concise_prompt = "In English.";
    offer.chinese = offer.english;
    offer.chinese.name = "订单";
    offer.chinese.concise_prompt = "中文";
    panel->setTemplates({offer});
    child<QPushButton>(page, "newProjectButton")->click();
    const auto choose = [](QComboBox* box, int at) {
      box->setCurrentIndex(at);
      Q_EMIT box->activated(at);
    };
    choose(child<QComboBox>(page, "promptLanguageComboBox"), 0);
    choose(child<QComboBox>(page, "taskSourceComboBox"), 1);
    QVERIFY2(page.primaryButton()->isEnabled(), qPrintable(page.reason()));
    NewProject made = panel->project();
    QCOMPARE(made.task.name, std::string("Orders"));
    QVERIFY(made.task.fields == offer.english.fields);
    QCOMPARE(made.task.concise_prompt, std::string("In English."));
    choose(child<QComboBox>(page, "promptLanguageComboBox"), 1);
    QCOMPARE(panel->project().task.concise_prompt, std::string("中文"));
    // With other fields its prompts would lie: they are written anew.
    auto* fields = child<QTableView>(page, "fieldTable")->model();
    fields->setData(fields->index(0, FieldTableModel::KeyColumn), QStringLiteral("article"));
    made = panel->project();
    QVERIFY(made.task.concise_prompt.empty() && made.chinesePrompts);
    QCOMPARE(made.task.fields[0].key, std::string("article"));
  }

  void aDroppedFileSuggestsFields() {
    const QTemporaryDir home;
    const QString file = QDir(home.path()).filePath(QStringLiteral("tickets.csv"));
    QFile(file).open(QIODevice::WriteOnly);
    StartPage page;
    page.show();
    page.newProjectPanel()->setParentFolder(home.path());
    QSignalSpy given(&page, &StartPage::newProjectFileGiven), opened(&page, &StartPage::openRequested);
    const auto dropPath = [&page](const QString& path) {
      QMimeData mime;
      mime.setUrls({QUrl::fromLocalFile(path)});
      QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(&page, &enter);
      QVERIFY(enter.isAccepted());
      QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(&page, &drop);
    };
    dropPath(file);
    QCOMPARE(given.count(), 1);
    QCOMPARE(given.takeLast().at(0).toString(), file);
    dropPath(home.path());
    QCOMPARE(opened.takeLast().at(0).toString(), home.path());

    FileOffer offer;
    offer.file = file;
    offer.name = QStringLiteral("tickets");
    offer.rows = 40;
    offer.columns = {"No", "Text", "Urgency", "Day"};
    offer.input = QStringLiteral("Text");
    offer.leftOut = {"No"};
    offer.fields = {{{"urgency", FieldKind::choice, "", false, {"high", "low"}}, "Urgency", "high · low"},
                    {{"day", FieldKind::date}, "Day", "2026-11-01"}};
    page.newProjectPanel()->setFile(offer);
    QVERIFY2(page.primaryButton()->isEnabled(), qPrintable(page.reason()));
    QVERIFY(child<QLabel>(page, "fileNoteLabel")->text().contains(QStringLiteral("No")));
    auto* table = child<QTableView>(page, "fieldTable");
    QVERIFY(!table->isColumnHidden(FieldTableModel::FileColumn));
    auto* fields = table->model();
    fields->setData(fields->index(0, FieldTableModel::KeyColumn), QStringLiteral("how_urgent"));
    child<QPushButton>(page, "addFieldButton")->click();
    fields->setData(fields->index(2, FieldTableModel::KeyColumn), QStringLiteral("No"));
    const NewProject made = page.newProjectPanel()->project();
    QCOMPARE(made.file, file);
    QCOMPARE(made.input, QStringLiteral("Text"));
    const QList<std::pair<QString, QString>> columns{{"how_urgent", "Urgency"}, {"day", "Day"}, {"No", "No"}};
    QCOMPARE(made.columns, columns);
    auto* input = child<QComboBox>(page, "inputColumnComboBox");
    input->setCurrentIndex(2);
    Q_EMIT input->activated(2);
    QCOMPARE(given.takeLast().at(1).toString(), QStringLiteral("Urgency"));
  }

  void tabGoesCellByCellAndOutOfTheTable() {
    FieldTable table;
    table.setRows({{{"a"}, "a", {}}, {{"b"}, "b", {}}});
    table.show();
    table.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&table));
    auto* view = child<QTableView>(table, "fieldTable");
    view->setFocus();
    view->setCurrentIndex(view->model()->index(0, 0));
    QList<int> columns;
    for (int i = 0; i < 10 && view->isAncestorOf(QApplication::focusWidget() ? QApplication::focusWidget() : view); ++i) {
      columns += view->currentIndex().row() * 10 + view->currentIndex().column();
      QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : view, Qt::Key_Tab);
    }
    QCOMPARE(columns, (QList<int>{0, 1, 2, 3, 4, 10, 11, 12, 13, 14}));
    QCOMPARE(QApplication::focusWidget(), child<QWidget>(table, "addFieldButton"));
  }

  void aFolderThatHasAProjectIsRefused() {
    const QTemporaryDir home;
    QFile file(QDir(home.path()).filePath(QStringLiteral("minnow.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    StartPage page;
    page.show();
    child<QPushButton>(page, "newProjectButton")->click();
    QTest::keyClicks(child<QLineEdit>(page, "newProjectNameEdit"), QStringLiteral("x"));
    auto* folder = child<QLineEdit>(page, "newProjectFolderEdit");
    folder->selectAll();
    QTest::keyClicks(folder, home.path());
    QVERIFY(page.reason().contains(QStringLiteral("already")));
    child<QPushButton>(page, "backButton")->click();
    QVERIFY(page.primaryButton()->isEnabled());
  }

  void languageAndThemeAreChosenHere() {
    StartPage page;
    page.setLanguages({QString(), QStringLiteral("en"), QStringLiteral("zh_CN")}, QStringLiteral("en"));
    auto* languages = child<QComboBox>(page, "languageComboBox");
    QCOMPARE(languages->currentText(), QStringLiteral("English"));
    QSignalSpy spy(&page, &StartPage::languageChosen);
    languages->setCurrentIndex(2);
    Q_EMIT languages->activated(2);
    QCOMPARE(spy.takeLast().at(0).toString(), QStringLiteral("zh_CN"));
    auto* themes = child<QComboBox>(page, "themeComboBox");
    Theme chosen = Theme::system;
    connect(&page, &StartPage::themeChosen, &page, [&](Theme theme) { chosen = theme; });
    Q_EMIT themes->activated(2);
    QVERIFY(chosen == Theme::dark);
  }

  void aModelIsUsedOnceAProjectIsOpen() {
    ModelPage page;
    page.show();
    page.setModels({demoModel()});
    QVERIFY(!page.primaryButton()->isEnabled());
    QVERIFY(page.reason().contains(QStringLiteral("project")));
    page.setProjectOpen(true);
    QVERIFY2(page.primaryButton()->isEnabled(), qPrintable(page.reason()));
    QSignalSpy spy(&page, &ModelPage::useRequested);
    page.primaryButton()->click();
    QCOMPARE(spy.takeLast().at(0).toString(), demoModel().folder);
  }

  void aCardShowsFiguresAndTheFitWithAWord() {
    ModelPage page;
    page.setModels({demoModel()});
    const QString figures = child<QLabel>(page, "modelFiguresLabel")->text();
    QVERIFY2(figures.contains(QStringLiteral("5.7")) && figures.contains(QStringLiteral("8")), qPrintable(figures));
    auto* badge = child<Badge>(page, "modelFitBadge");
    QVERIFY(badge->tone() == Tone::good);
    QVERIFY(!badge->word().isEmpty());
    QVERIFY(child<QLabel>(page, "modelMemoryLabel")->text().contains(QStringLiteral("700")));
  }

  void aFolderThatWasAddedCanBeTakenOff() {
    ModelPage page;
    ModelInfo bundled = demoModel(), added = demoModel();
    bundled.source = ModelInfo::Source::bundled;
    added.source = ModelInfo::Source::folder;
    added.folder = QStringLiteral("/models/mine");
    page.setModels({bundled, added});
    page.show();
    const auto cards = page.findChildren<ModelCard*>();
    QCOMPARE(cards.size(), 2);
    QVERIFY(!child<QPushButton>(*cards[0], "removeModelButton")->isVisible());
    auto* remove = child<QPushButton>(*cards[1], "removeModelButton");
    QVERIFY(remove->isVisible());
    QSignalSpy removed(&page, &ModelPage::folderRemoved);
    remove->click();
    QCOMPARE(removed[0][0].toString(), added.folder);
    page.setStudent(added.folder);  // the project needs it
    QVERIFY(!remove->isVisible());
  }

  void aFaultNamesFilesFromTheFolderOn() {
    ModelPage page;
    ModelInfo broken = demoModel();
    broken.folder = QStringLiteral("/models/cut");
    broken.fault = QStringLiteral(
        "/models/cut/model.safetensors: tensor 'a.weight' needs 65536 bytes, the file has 63048 left; the download may "
        "be incomplete");
    page.setModels({broken});
    const QString said = child<QLabel>(page, "modelFiguresLabel")->text();
    QVERIFY2(said.startsWith(QLatin1String("model.safetensors is cut short: tensor a.weight needs 65536 bytes")),
             qPrintable(said));
  }

  void aModelThatCannotBeUsedSaysWhy() {
    ModelPage page;
    page.setProjectOpen(true);
    ModelInfo broken = demoModel();
    broken.fault = QStringLiteral("config.json: this is a LlamaForCausalLM");
    page.setModels({broken});
    QVERIFY(!page.primaryButton()->isEnabled());
    QCOMPARE(child<QLabel>(page, "modelFiguresLabel")->text(), broken.fault);
    QVERIFY(child<Badge>(page, "modelFitBadge")->tone() == Tone::bad);
  }

  void cardsAreChosenByKey() {
    ModelPage page;
    ModelInfo second = demoModel();
    second.folder = QStringLiteral("/models/other");
    page.setModels({demoModel(), second});
    page.show();
    const auto cards = page.findChildren<ModelCard*>();
    QCOMPARE(cards.size(), 2);
    QCOMPARE(page.chosen(), demoModel().folder);
    auto* other = cards[0]->info().folder == second.folder ? cards[0] : cards[1];
    QTest::keyClick(other, Qt::Key_Space);
    QCOMPARE(page.chosen(), second.folder);
  }

  void aDroppedFolderIsAdded() {
    const QTemporaryDir folder;
    ModelPage page;
    page.show();
    QSignalSpy spy(&page, &ModelPage::folderAdded);
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(folder.path())});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &drop);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy.takeLast().at(0).toString(), folder.path());
  }

  void theEnvironmentIsCopiedInEnglish() {
    ModelPage page;
    page.environmentCard()->setLines({{QStringLiteral("设备"), QStringLiteral("Zen 5"), QStringLiteral("Device")}});
    QCOMPARE(page.environmentCard()->copiedText(), QStringLiteral("Device: Zen 5\n"));
  }
};

QTEST_MAIN(TestStartAndModelPages)
#include "tst_start_and_model_pages.moc"
