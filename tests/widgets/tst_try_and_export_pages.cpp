// Try and Export as a person uses them.
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "widgets/common/badge.h"
#include "widgets/common/headline_figure.h"
#include "widgets/common/input_view.h"
#include "widgets/export/export_page.h"
#include "widgets/try/answer_panel.h"
#include "widgets/try/try_page.h"

using namespace minnow;

namespace {

template <class T>
T* child(QWidget& page, const char* name) {
  return page.findChild<T*>(QString::fromLatin1(name));
}

TryAnswer answerOf(const QString& name, const QString& phone, double confidence) {
  TryAnswer answer;
  answer.state = TryAnswer::State::done;
  answer.text = QStringLiteral("{\"name\": \"%1\", \"phone\": \"%2\"}").arg(name, phone);
  answer.validJson = answer.exactKeys = true;
  answer.fields = {{QStringLiteral("name"), name, confidence, true}, {QStringLiteral("phone"), phone, 1.0, true}};
  answer.tokens = 20;
  answer.firstTokenSeconds = 0.05;
  answer.seconds = 0.25;
  return answer;
}

}  // namespace

class TestTryAndExportPages : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTextWithLineBreaksIsOneText() {
    TryPage page;
    page.show();
    page.setReady({}, true);
    auto* input = child<QPlainTextEdit>(page, "tryInputEdit");
    input->setPlainText(QStringLiteral("Pump 3 leaks.\nCall 0171 2345.\n"));
    TryRequest asked;
    connect(&page, &TryPage::askRequested, &page, [&](const TryRequest& request) { asked = request; });
    page.primaryButton()->click();
    QCOMPARE(asked.inputs, QStringList{QStringLiteral("Pump 3 leaks.\nCall 0171 2345.")});
    QVERIFY(!child<QTableView>(page, "tryResultsTable")->isVisible());
    // A list that was asked about comes back as a list, a text as a text.
    page.setRunning(false);
    child<QCheckBox>(page, "eachLineCheckBox")->setChecked(true);
    page.primaryButton()->click();
    QCOMPARE(asked.inputs.size(), 2);
    auto* history = child<QListWidget>(page, "tryHistoryList");
    QCOMPARE(history->count(), 2);
    Q_EMIT history->itemClicked(history->item(1));
    QVERIFY(!child<QCheckBox>(page, "eachLineCheckBox")->isChecked());
    Q_EMIT history->itemClicked(history->item(0));
    QVERIFY(child<QCheckBox>(page, "eachLineCheckBox")->isChecked());
  }

  void everyLineIsARowWhereThatIsWanted() {
    TryPage page;
    page.show();
    page.setReady({}, true);
    page.setFields({{"name", FieldKind::person_name, "", false}, {"phone", FieldKind::phone, "", false}});
    QVERIFY(!page.primaryButton()->isEnabled());  // nothing typed yet
    child<QCheckBox>(page, "eachLineCheckBox")->setChecked(true);
    child<QPlainTextEdit>(page, "tryInputEdit")->setPlainText(QStringLiteral("one\n\n  two \n"));
    TryRequest asked;
    connect(&page, &TryPage::askRequested, &page, [&](const TryRequest& request) { asked = request; });
    page.primaryButton()->click();
    QCOMPARE(asked.inputs, (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
    QVERIFY(asked.before && asked.after);
    QVERIFY(child<QTableView>(page, "tryResultsTable")->isVisible());
  }

  void controlEnterAsks() {
    TryPage page;
    page.show();
    page.setReady({}, true);
    auto* input = child<QPlainTextEdit>(page, "tryInputEdit");
    input->setPlainText(QStringLiteral("one"));
    QSignalSpy spy(&page, &TryPage::askRequested);
    QTest::keyClick(input, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(spy.count(), 1);
    QVERIFY(!child<QTableView>(page, "tryResultsTable")->isVisible());  // one row needs no table
  }

  void withoutAnAdapterOnlyBeforeIsAsked() {
    TryPage page;
    page.setReady({}, false);
    child<QPlainTextEdit>(page, "tryInputEdit")->setPlainText(QStringLiteral("one"));
    TryRequest asked;
    connect(&page, &TryPage::askRequested, &page, [&](const TryRequest& request) { asked = request; });
    page.primaryButton()->click();
    QVERIFY(asked.before && !asked.after);
    child<QCheckBox>(page, "askBeforeCheckBox")->setChecked(false);
    QVERIFY(!page.primaryButton()->isEnabled());
  }

  void answersStreamAndBecomeAForm() {
    TryPage page;
    page.show();
    page.setReady({}, true);
    page.setFields({{"name", FieldKind::person_name, "", false}, {"phone", FieldKind::phone, "", false}});
    child<QPlainTextEdit>(page, "tryInputEdit")->setPlainText(QStringLiteral("张三 13800000000"));
    page.primaryButton()->click();
    page.setRunning(true);
    page.appendText(0, TrySide::after, QStringLiteral("{\"name\""));
    auto* panel = child<AnswerPanel>(page, "afterAnswerPanel");
    QCOMPARE(child<QPlainTextEdit>(*panel, "answerEdit")->toPlainText(), QStringLiteral("{\"name\""));
    page.setAnswer(0, TrySide::after, answerOf(QStringLiteral("张三"), QStringLiteral("13800000000"), 0.734));
    QCOMPARE(child<QLabel>(*panel, "value_name")->text(), QStringLiteral("张三"));
    QCOMPARE(child<Badge>(*panel, "answerBadge")->word(), QStringLiteral("Valid, unsure"));
    QVERIFY(child<Badge>(*panel, "answerBadge")->tone() == Tone::warning);
    const QString speed = child<QLabel>(*panel, "answerSpeedLabel")->text();
    QVERIFY2(speed.contains(QStringLiteral("50")) && speed.contains(QStringLiteral("80")), qPrintable(speed));
    const auto labels = panel->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
                        [](QLabel* l) { return l->text().contains(QStringLiteral("73.4")); }));
    QCOMPARE(child<InputView>(page, "markedInputEdit")->extraSelections().size(), 2);
  }

  void stoppedRowsSayTheyWereStopped() {
    TryPage page;
    page.setReady({}, true);
    child<QCheckBox>(page, "eachLineCheckBox")->setChecked(true);
    child<QPlainTextEdit>(page, "tryInputEdit")->setPlainText(QStringLiteral("one\ntwo"));
    page.primaryButton()->click();
    page.setRunning(true);
    page.setAnswer(0, TrySide::before, answerOf(QStringLiteral("a"), QStringLiteral("b"), 1));
    page.setRunning(false);
    QVERIFY(page.results()->row(0).before.state == TryAnswer::State::done);
    QVERIFY(page.results()->row(1).before.state == TryAnswer::State::cancelled);
  }

  void theTableIsAProperModelAtAThousandRows() {
    TryResultsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QStringList inputs;
    for (int i = 0; i < 1000; ++i) inputs += QStringLiteral("row %1").arg(i);
    model.start(inputs, {QStringLiteral("name"), QStringLiteral("phone")}, true, true);
    for (int i = 0; i < 1000; ++i) {
      model.appendText(i, TrySide::after, QStringLiteral("{"));
      model.setAnswer(i, TrySide::after, answerOf(QStringLiteral("n%1").arg(i), QStringLiteral("1"), 1));
    }
    QCOMPARE(model.rowCount(), 1000);
    QCOMPARE(model.index(999, 3).data().toString(), QStringLiteral("n999"));
    model.start({QStringLiteral("x")}, {}, true, false);
    QCOMPARE(model.columnCount(), 3);
  }

  void cellsWithSeparatorsAreQuoted() {
    TryResultsModel model;
    model.start({QStringLiteral("a,\"b\"")}, {QStringLiteral("name"), QStringLiteral("phone")}, false, true);
    model.setAnswer(0, TrySide::after, answerOf(QStringLiteral("x\ty"), QStringLiteral("1"), 1));
    const QString csv = model.exported(TryResultsModel::Format::csv);
    QVERIFY2(csv.startsWith(QStringLiteral(
                 "input,name,phone,answer,validity,least_confidence,doubtful_fields\n\"a,\"\"b\"\"\",x\ty,1,")),
             qPrintable(csv));
    const QString tsv = model.exported(TryResultsModel::Format::tsv);
    QVERIFY2(tsv.contains(QStringLiteral("\t\"x\ty\"\t1\t")), qPrintable(tsv));
    const QString jsonl = model.exported(TryResultsModel::Format::jsonl);
    QVERIFY(jsonl.startsWith(QStringLiteral("{\"after\":")) && jsonl.endsWith(QLatin1Char('\n')));
  }

  void valuesThatStandNowhereInTheTextAreMarkedInFormTableAndExport() {
    TryPage page;
    page.show();
    page.setReady({}, true);
    page.setFields({{"name", FieldKind::person_name, "", false}, {"phone", FieldKind::phone, "", false}});
    child<QCheckBox>(page, "eachLineCheckBox")->setChecked(true);
    child<QPlainTextEdit>(page, "tryInputEdit")->setPlainText(QStringLiteral("张三 13800000000\n李四"));
    page.primaryButton()->click();
    TryAnswer answer = answerOf(QStringLiteral("王五"), QStringLiteral("13800000000"), 0.6);
    answer.fields[0].problem = {"value_not_in_input", "name", "'王五' doesn't stand in the input"};
    page.setAnswer(0, TrySide::after, answer);
    auto* panel = child<AnswerPanel>(page, "afterAnswerPanel");
    QCOMPARE(child<Badge>(*panel, "answerBadge")->word(), QStringLiteral("Valid, doubtful, unsure"));
    QVERIFY(child<QLabel>(*panel, "problem_name")->text().contains(QStringLiteral("isn't in the text")));
    QVERIFY(!panel->findChild<QLabel*>(QStringLiteral("problem_phone")));
    const TryResultsModel* table = page.results();
    QVERIFY(table->index(0, 3).data().toString().contains(QStringLiteral("王五 (isn't in the text)")));
    QCOMPARE(table->index(0, 4).data().toString(), QStringLiteral("13800000000"));
    QCOMPARE(table->index(0, 2).data().toString(), QStringLiteral("Valid, doubtful, unsure"));
    const QString tsv = table->exported(TryResultsModel::Format::tsv);
    QVERIFY2(tsv.contains(QStringLiteral("\tvalid\t0.6000\tname\n")), qPrintable(tsv));
    QVERIFY2(tsv.contains(QStringLiteral("\tnot_answered\t\t\n")), qPrintable(tsv));
    const QString jsonl = table->exported(TryResultsModel::Format::jsonl);
    QVERIFY2(jsonl.contains(QStringLiteral("\"after_doubtful\":{\"name\":\"value_not_in_input\"}")), qPrintable(jsonl));
  }

  void aThousandResultsHaveMostOfTheRoom() {
    TryPage page;
    page.resize(1060, 700);
    page.show();
    page.setReady({}, true);
    page.setFields({{"name", FieldKind::person_name, "", false}});
    QStringList lines;
    for (int i = 0; i < 1000; ++i) lines += QStringLiteral("text %1").arg(i);
    child<QCheckBox>(page, "eachLineCheckBox")->setChecked(true);
    child<QPlainTextEdit>(page, "tryInputEdit")->setPlainText(lines.join(QLatin1Char('\n')));
    page.primaryButton()->click();
    QCoreApplication::processEvents();
    auto* table = child<QTableView>(page, "tryResultsTable");
    QVERIFY2(table->height() > child<AnswerPanel>(page, "afterAnswerPanel")->height(),
             qPrintable(QString::number(table->height())));
  }

  void aRowCanBeAddedToTheData() {
    TryPage page;
    page.setReady({}, true);
    page.setFields({{"name", FieldKind::person_name, "", false}, {"phone", FieldKind::phone, "", false}});
    child<QPlainTextEdit>(page, "tryInputEdit")->setPlainText(QStringLiteral("one"));
    page.primaryButton()->click();
    page.setAnswer(0, TrySide::after, answerOf(QStringLiteral("a"), QStringLiteral("b"), 1));
    QSignalSpy spy(&page, &TryPage::addToDataRequested);
    page.findChild<QAction*>(QStringLiteral("addLabelledAction"))->trigger();
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0].at(0).toString(), QStringLiteral("one"));
    QVERIFY(spy[0].at(1).toString().startsWith(QLatin1Char('{')));
    page.findChild<QAction*>(QStringLiteral("addUnlabelledAction"))->trigger();
    QVERIFY(spy[1].at(1).toString().isEmpty());
  }

  void exportNeedsAnEmptyPlace() {
    const QTemporaryDir full, parent;
    QFile file(full.filePath(QStringLiteral("x")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    ExportPage page;
    page.show();
    page.setReady({});
    page.setDefaultFolders(parent.filePath(QStringLiteral("a")), parent.filePath(QStringLiteral("m")));
    QVERIFY2(page.primaryButton()->isEnabled(), qPrintable(page.reason()));
    auto* folder = child<QLineEdit>(page, "exportFolderEdit");
    QCOMPARE(folder->text(), parent.filePath(QStringLiteral("m")));
    child<QRadioButton>(page, "exportAdapterRadioButton")->setChecked(true);
    QCOMPARE(folder->text(), parent.filePath(QStringLiteral("a")));
    folder->selectAll();
    QTest::keyClicks(folder, full.path());
    QVERIFY(!page.primaryButton()->isEnabled());
    page.setReady(QStringLiteral("Train first."));
    QCOMPARE(page.reason(), QStringLiteral("Train first."));
  }

  void afterAnExportTheNextFolderIsProposed() {
    const QTemporaryDir parent;
    ExportPage page;
    page.setReady({});
    page.setDefaultFolders(parent.filePath(QStringLiteral("a")), parent.filePath(QStringLiteral("m")));
    QVERIFY(QDir(parent.path()).mkpath(QStringLiteral("m/written")));
    ExportResult result;
    result.folder = parent.filePath(QStringLiteral("m"));
    page.setResult(result);
    QCOMPARE(child<QLineEdit>(page, "exportFolderEdit")->text(), parent.filePath(QStringLiteral("m-2")));
    QVERIFY2(page.primaryButton()->isEnabled(), qPrintable(page.reason()));
  }

  void theResultIsGreenOrRedWithFigures() {
    ExportPage page;
    page.show();
    ExportResult result;
    result.folder = QStringLiteral("/tmp/m");
    result.bytes = 11'000'000;
    result.tested = result.passed = true;
    result.rows = 32;
    result.agreeing = 31;
    result.exactSource = 30;
    result.exactWritten = 29;
    page.setResult(result);
    QVERIFY(child<Badge>(page, "exportVerdictBadge")->tone() == Tone::good);
    QCOMPARE(child<HeadlineFigure>(page, "exportAgreementFigure")->figure(), QStringLiteral("96.9 %"));
    result.passed = false;
    page.setResult(result);
    QVERIFY(child<Badge>(page, "exportVerdictBadge")->tone() == Tone::bad);
  }
};

QTEST_MAIN(TestTryAndExportPages)
#include "tst_try_and_export_pages.moc"
