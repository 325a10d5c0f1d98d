// The Label stage over a real project and a tiny model as the teacher: trial, run, going on, review, refusals.
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

#include "app/window/label_stage.h"
#include "app/window/token_reader.h"
#include "core/types/error.h"
#include "tests/window/window_harness.h"
#include "widgets/common/message_bar.h"
#include "widgets/data/row_table_model.h"
#include "widgets/label/label_page.h"
#include "widgets/label/review_view.h"

using namespace minnow;

namespace {

const QString teacher = QStringLiteral(MINNOW_GOLDEN_DIR) + QStringLiteral("/tiny-qwen3");

Task invoice_task() {
  Task task;
  task.fields = {{"seller", FieldKind::verbatim, "", false}, {"total", FieldKind::number, "", false}};
  task.detailed_prompt = "Read the invoice.";
  return task;
}

std::vector<Row> raw_rows(int count) {
  std::vector<Row> rows;
  for (int i = 0; i < count; ++i) {
    Row row;
    row.input = "ACME, to pay " + std::to_string(i);
    rows.push_back(row);
  }
  return rows;
}

struct Opened {
  explicit Opened(WindowHarness& harness) : stage(harness.context()) {
    page = qobject_cast<LabelPage*>(stage.page());
    holder.reset(page);
    page->resize(1072, 640);
    page->show();
    child<QSpinBox>("answerTokensSpinBox")->setValue(8);
  }
  template <typename T>
  T* child(const char* name) const {
    T* found = page->findChild<T*>(QLatin1String(name));
    if (!found) qFatal("there is no %s", name);
    return found;
  }
  std::unique_ptr<QWidget> holder;
  LabelStage stage;
  LabelPage* page = nullptr;
};

}  // namespace

class TestLabelStage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTrialShowsAnswersAndWritesNothing() {
    WindowHarness harness;
    QVERIFY(harness.open(invoice_task()));
    harness.project()->add_rows(raw_rows(5));
    Opened label(harness);
    label.page->setFolder(teacher);
    QTRY_COMPARE(label.page->primaryButton()->text(), QStringLiteral("Label 5 rows"));
    label.child<QPushButton>("tryTeacherButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(label.page->findChild<QWidget*>(QStringLiteral("trial2")), 60000);
    QTRY_VERIFY(!label.stage.isBusy());
    for (const Row& row : harness.project()->rows(0, 5)) QVERIFY(row.state == RowState::unlabelled);
  }

  void aRunLabelsRowsAndWhatFailedIsReviewed() {
    WindowHarness harness;
    QVERIFY(harness.open(invoice_task()));
    harness.project()->add_rows(raw_rows(6));
    Opened label(harness);
    label.page->setFolder(teacher);
    label.child<QSpinBox>("labelLimitSpinBox")->setValue(4);
    QTRY_COMPARE(label.page->primaryButton()->text(), QStringLiteral("Label 4 rows"));
    label.page->primaryButton()->click();
    QVERIFY(label.stage.isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(!label.stage.isBusy(), 60000);
    QTRY_COMPARE(label.page->review()->count(), 4);  // random weights write no JSON
    QCOMPARE(harness.project()->rows(0, 1)[0].provenance, std::string("teacher:tiny-qwen3"));
    QTRY_COMPARE(label.page->primaryButton()->text(), QStringLiteral("Label 2 rows"));  // going on asks only those
    QTRY_VERIFY(label.stage.mark() == StageMark::attention);

    ReviewView* review = label.page->review();
    label.page->showView(LabelPage::View::review);
    QTRY_VERIFY(review->row().has_value());
    const std::string first = review->row()->id;
    auto* seller = label.child<QLineEdit>("value0Edit");
    seller->setFocus();
    seller->selectAll();
    QTest::keyClicks(seller, "ACME");
    QTest::keyClick(seller, Qt::Key_Return);
    QTRY_VERIFY(harness.project()->find(first)->state == RowState::labelled);
    QVERIFY(harness.project()->find(first)->label.find("ACME") != std::string::npos);
    QTRY_VERIFY(review->row().has_value() && review->row()->id != first);
    const std::string second = review->row()->id;
    review->drop();
    QTRY_VERIFY(!harness.project()->find(second));
    // Something else is done in between: undo here means what was done here.
    Row other = harness.project()->rows(0, 1)[0];
    other.input += " (changed in Data)";
    const auto changed = [&] {  // the teacher's last answer may be written just now
      try {
        harness.project()->edit({other});
        return true;
      } catch (const Error&) {
        return false;
      }
    };
    QTRY_VERIFY(changed());
    review->undo();
    QTRY_VERIFY(harness.project()->find(second).has_value());
    QVERIFY(harness.project()->find(other.id)->input.find("changed in Data") != std::string::npos);
    // What was changed elsewhere since isn't overwritten.
    review->undo();
    if (other.id == first) {
      QTRY_VERIFY(!label.page->messageBar()->message().isEmpty());
      QVERIFY(harness.project()->find(first)->label.find("ACME") != std::string::npos);
    } else {
      QTRY_VERIFY(harness.project()->find(first)->state != RowState::labelled);
    }
  }

  void oneRowIsAskedAgain() {
    WindowHarness harness;
    QVERIFY(harness.open(invoice_task()));
    std::vector<Row> rows = raw_rows(2);
    for (Row& row : rows) {
      row.label = R"({"seller": "X", "total": "1"})";
      row.state = RowState::needs_review;
      row.problems = {{"value_not_in_input", "seller", "it doesn't stand there"}};
    }
    harness.project()->add_rows(std::move(rows));
    Opened label(harness);
    label.page->setFolder(teacher);
    ReviewView* review = label.page->review();
    QTRY_VERIFY(review->row().has_value());
    const std::string id = review->row()->id;
    QTRY_VERIFY(label.child<QPushButton>("askAgainButton")->isEnabled());
    review->askAgain();
    QTRY_VERIFY_WITH_TIMEOUT(harness.project()->find(id)->provenance == "teacher:tiny-qwen3", 60000);
    QTRY_VERIFY(!label.stage.isBusy());
    QTRY_COMPARE(review->row()->provenance, std::string("teacher:tiny-qwen3"));  // its new answer, in its place
    QCOMPARE(review->row()->id, id);
    QCOMPARE(review->reviewed(), 0);
    QCOMPARE(review->count(), 2);  // the queue at hand stays as it was
  }

  void aFolderThatIsNoModelIsToldInASentence() {
    WindowHarness harness;
    QVERIFY(harness.open(invoice_task()));
    harness.project()->add_rows(raw_rows(2));
    Opened label(harness);
    label.page->setFolder(harness.file(QStringLiteral("nowhere")));
    QTRY_VERIFY(label.page->primaryButton()->isEnabled());
    label.page->primaryButton()->click();
    QTRY_VERIFY(!label.page->messageBar()->message().isEmpty());
    QVERIFY(label.page->messageBar()->message().details.contains(QStringLiteral("nowhere")));
    QVERIFY(!label.stage.isBusy());
    QTRY_VERIFY(label.page->primaryButton()->isEnabled());  // another try is possible
  }

  void theTeacherIsRememberedInTheProject() {
    WindowHarness harness;
    QVERIFY(harness.open(invoice_task()));
    {
      Opened label(harness);
      auto* folder = label.child<QLineEdit>("teacherFolderEdit");
      folder->setText(teacher);
      Q_EMIT folder->editingFinished();
      QTRY_COMPARE(harness.project()->settings().teacher.folder, std::filesystem::path(teacher.toStdString()));
      harness.workspace().close();
    }
    QVERIFY(harness.reopen());
    Opened again(harness);
    QCOMPARE(again.page->wish().folder, teacher);
  }

  void tokensAreThoseThatAreTrainedOn() {
    ProjectSettings settings;
    settings.task = invoice_task();
    settings.task.concise_prompt = "Read it.";
    settings.student = teacher.toStdString();
    settings.options.max_length = 1000;
    const auto prompter = prompterOf(settings);
    QVERIFY(prompter);
    Row row = raw_rows(1)[0];
    row.id = "r1";
    row.label = R"({"seller": "ACME", "total": "0"})";
    const TokenizedRow tokens = tokenizedRow(*prompter, row, settings.task, 1000);
    QCOMPARE(tokens.count(TokenPiece::Part::end), 1);
    QVERIFY(tokens.pieces.last().part == TokenPiece::Part::end);
    QString target;
    for (const TokenPiece& piece : tokens.pieces) {
      if (piece.part == TokenPiece::Part::target) target += piece.text;
    }
    QCOMPARE(target, QString::fromStdString(row.label));
    QCOMPARE(static_cast<std::int64_t>(tokens.pieces.size()), tokensOf(*prompter, row, settings.task));
    const TokenizedRow cut = tokenizedRow(*prompter, row, settings.task, 10);
    QCOMPARE(cut.count(TokenPiece::Part::cut), static_cast<int>(tokens.pieces.size()) - 10);
    row.label.clear();
    QCOMPARE(tokenizedRow(*prompter, row, settings.task, 1000).count(TokenPiece::Part::target), 0);
  }
};

QTEST_MAIN(TestLabelStage)
#include "tst_label_stage.moc"
