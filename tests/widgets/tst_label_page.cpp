// The Label page: what is asked of the teacher, and a review driven by keys alone.
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <algorithm>

#include "tests/widgets/generated_rows.h"
#include "widgets/data/row_table_model.h"
#include "widgets/label/label_page.h"
#include "widgets/label/review_view.h"

using namespace minnow;

namespace {

Task task() {
  Task task;
  task.fields = {{"province", FieldKind::province, "", false}, {"phone", FieldKind::phone, "", false}};
  return task;
}

LabelState state() {
  LabelState state;
  state.open = state.hasFields = true;
  state.raw = 1200;
  state.failed = 30;
  return state;
}

template <typename T>
T* child(QWidget* of, const char* name) {
  T* found = of->findChild<T*>(QLatin1String(name));
  if (!found) qFatal("there is no %s", name);
  return found;
}

std::unique_ptr<LabelPage> openPage() {
  auto page = std::make_unique<LabelPage>();
  page->resize(1072, 640);
  page->setTask(task());
  page->setState(state());
  page->setFolder(QStringLiteral("/models/Qwen3-8B"));
  page->show();
  if (!QTest::qWaitForWindowActive(page.get())) qFatal("the page doesn't become active");
  return page;
}

}  // namespace

class TestLabelPage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsMissingIsSaidBesideTheButton() {
    LabelPage page;
    page.show();
    LabelState now;
    page.setState(now);
    QCOMPARE(page.reason(), QStringLiteral("No project is open."));
    now.open = true;
    page.setState(now);
    QVERIFY(page.reason().startsWith(QStringLiteral("The task has no fields")));
    now.hasFields = true;
    page.setState(now);
    QVERIFY(page.reason().startsWith(QStringLiteral("There are no rows yet")));
    now.raw = 10;
    page.setState(now);
    QCOMPARE(page.reason(), QStringLiteral("Choose the folder of a teacher."));
    page.setFolder(QStringLiteral("/models/Qwen3-8B"));
    QVERIFY(page.primaryButton()->isEnabled());
    now.raw = 0;
    now.labelled = 10;
    page.setState(now);
    // Nothing is left to do here: the button leads on.
    QVERIFY(page.primaryButton()->isEnabled());
    QCOMPARE(page.primaryButton()->text(), QStringLiteral("Train"));
    QSignalSpy train(&page, &LabelPage::trainWanted);
    page.primaryButton()->click();
    QCOMPARE(train.count(), 1);
    now.raw = 5;
    now.readOnlyReason = QStringLiteral("It is read-only.");
    page.setState(now);
    QCOMPARE(page.reason(), QStringLiteral("It is read-only."));
    now = {true, true, {}, 0, 0, 0, 10};
    page.setState(now);
    QVERIFY(page.reason().startsWith(QStringLiteral("No answer was of use")));
  }

  void whatIsLabelledLeadsToTheReviewAndThenToTraining() {
    LabelPage page;
    page.show();
    page.setFolder(QStringLiteral("/models/Qwen3-8B"));
    page.setState({true, true, {}, 0, 7, 3, 0});
    page.setQueue(std::make_shared<GeneratedRows>(3));
    QCOMPARE(page.primaryButton()->text(), QStringLiteral("Review 3 answers"));
    page.primaryButton()->click();
    QCOMPARE(page.view(), LabelPage::View::review);
    QVERIFY(!page.primaryButton()->isVisible());  // Accept is the one
    for (int i = 0; i < 3; ++i) {
      QTRY_VERIFY(page.review()->row().has_value());
      page.review()->accept();
    }
    QVERIFY(page.primaryButton()->isVisible());
    QCOMPARE(page.primaryButton()->text(), QStringLiteral("Train"));
  }

  void theButtonSaysHowManyRowsItLabels() {
    auto page = openPage();
    QCOMPARE(page->primaryButton()->text(), QStringLiteral("Label 1,200 rows"));
    child<QCheckBox>(page.get(), "failedTooCheckBox")->setChecked(true);
    QCOMPARE(page->primaryButton()->text(), QStringLiteral("Label 1,230 rows"));
    child<QSpinBox>(page.get(), "labelLimitSpinBox")->setValue(50);
    QCOMPARE(page->primaryButton()->text(), QStringLiteral("Label 50 rows"));
    LabelWish wish;
    connect(page.get(), &LabelPage::labelRequested, this, [&](const LabelWish& given) { wish = given; });
    page->primaryButton()->click();
    QCOMPARE(wish.folder, QStringLiteral("/models/Qwen3-8B"));
    QCOMPARE(wish.limit, 50);
    QVERIFY(wish.failedToo);
    QCOMPARE(wish.doubtfulBelow, 0.5);
  }

  void aRunShowsRateAndTimeLeftAndCanBeStopped() {
    auto page = openPage();
    page->setRunning(true);
    page->setProgress({"labelling", "rows", 30, 1200}, 12.5, 95.0);
    QVERIFY(child<QLabel>(page.get(), "labelRunLabel")->text().contains(QStringLiteral("30 of 1,200 rows")));
    QVERIFY(child<QLabel>(page.get(), "labelRunLabel")->text().contains(QStringLiteral("1:35 left")));
    QVERIFY(child<QLabel>(page.get(), "labelRunLabel")->text().contains(QStringLiteral("750.0 rows a minute")));
    QSignalSpy stopped(page.get(), &LabelPage::stopRequested);
    page->primaryButton()->click();
    QCOMPARE(stopped.size(), 1);
    page->setRunning(false);
    page->showOutcome({30, 20, 8, 2, 1170, 60.0, 12.0, true});
    QVERIFY(child<QLabel>(page.get(), "labelRunLabel")->text().contains(QStringLiteral("1,170 rows are left")));
  }

  void tryingShowsPromptsAndAnswers() {
    auto page = openPage();
    QSignalSpy tried(page.get(), &LabelPage::tryRequested);
    child<QPushButton>(page.get(), "tryTeacherButton")->click();
    QCOMPARE(tried.size(), 1);
    page->showTrials({{QStringLiteral("<|im_start|>system"), QStringLiteral("{}"), GeneratedRows::row(2)}});
    auto* trial = child<QWidget>(page.get(), "trial0");
    child<QPushButton>(trial, "prompt0Button")->setChecked(true);
    const auto promptIsShown = [trial] {
      const auto labels = trial->findChildren<QLabel*>();
      return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text() == QLatin1String("<|im_start|>system");
      });
    };
    QTRY_VERIFY(promptIsShown());
  }

  void aHundredRowsAreReviewedByKeysAlone() {
    auto page = openPage();
    ReviewView* review = page->review();
    page->setQueue(std::make_shared<GeneratedRows>(100));
    page->showView(LabelPage::View::review);
    QStringList accepted, dropped, again;
    QStringList labels;
    connect(review, &ReviewView::accepted, this, [&](const Row& row) {
      accepted += QString::fromStdString(row.id);
      labels += QString::fromStdString(row.label);
      QVERIFY(row.state == RowState::labelled);
    });
    connect(review, &ReviewView::dropped, this, [&](const Row& row) { dropped += QString::fromStdString(row.id); });
    connect(review, &ReviewView::askAgainRequested, this,
            [&](const Row& row) { again += QString::fromStdString(row.id); });
    QTRY_VERIFY(review->row().has_value());
    auto* list = child<QTableView>(review, "reviewTable");
    list->setFocus();
    QTest::keyClick(list, Qt::Key_A);  // r0
    QTest::keyClick(list, Qt::Key_D);  // r1
    QTest::keyClick(list, Qt::Key_R);  // r2 is asked again, and stays in view
    QTest::keyClick(list, Qt::Key_N);
    QTest::keyClick(list, Qt::Key_N);  // r3 stays as it is
    QTest::keyClick(list, Qt::Key_E);  // r4: its first doubtful value
    auto* value = child<QLineEdit>(review, "value0Edit");
    QTRY_COMPARE(QApplication::focusWidget(), value);
    QTest::keyClicks(value, "da");  // letters are typed, not deeds
    QTest::keyClick(value, Qt::Key_Return);
    for (int i = 5; i < 100; ++i) QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(dropped, (QStringList{"r1"}));
    QCOMPARE(again, (QStringList{"r2"}));
    QCOMPARE(accepted.size(), 97);
    QCOMPARE(accepted.at(1), QStringLiteral("r4"));
    QCOMPARE(labels.at(1), QStringLiteral(R"({"province": "da", "phone": "13800138000"})"));
    QCOMPARE(review->reviewed(), 98);
    QSignalSpy undone(review, &ReviewView::takeBackRequested);
    QTest::keyClick(list, Qt::Key_U);
    QCOMPARE(undone.size(), 1);
    QCOMPARE(review->row()->id, std::string("r99"));
  }

  void theTabCountsDown() {
    auto page = openPage();
    page->setQueue(std::make_shared<GeneratedRows>(3));
    page->showView(LabelPage::View::review);
    ReviewView* review = page->review();
    auto* tabs = child<QTabBar>(page.get(), "labelTabBar");
    QTRY_VERIFY(review->row().has_value());
    QCOMPARE(tabs->tabText(1), QStringLiteral("Review (3)"));
    review->accept();
    QCOMPARE(tabs->tabText(1), QStringLiteral("Review (2)"));
    review->next();  // looked at, not settled
    QCOMPARE(tabs->tabText(1), QStringLiteral("Review (2)"));
    review->drop();
    QCOMPARE(tabs->tabText(1), QStringLiteral("Review (1)"));
    review->undo();
    QCOMPARE(tabs->tabText(1), QStringLiteral("Review (2)"));
    review->drop();
    review->previous();
    review->accept();
    QCOMPARE(tabs->tabText(1), QStringLiteral("Review"));
  }

  void aRowThatIsAskedAgainStaysUntilItIsAnswered() {
    auto page = openPage();
    page->setQueue(std::make_shared<GeneratedRows>(3));
    page->showView(LabelPage::View::review);
    ReviewView* review = page->review();
    QTRY_VERIFY(review->row().has_value());
    const Row before = *review->row();
    review->askAgain();
    QCOMPARE(review->row()->id, before.id);
    QCOMPARE(review->reviewed(), 0);
    auto* accept = child<QPushButton>(review, "acceptButton");
    QVERIFY(!accept->isEnabled());  // it would be overwritten, or overwrite
    Row answered = before;
    answered.label = R"({"province": "x", "phone": "1"})";
    review->answered(answered);
    QVERIFY(accept->isEnabled());
    QCOMPARE(review->reviewed(), 0);
    std::vector<std::pair<Row, std::optional<Row>>> back;
    connect(review, &ReviewView::takeBackRequested, this,
            [&](const Row& was, const std::optional<Row>& is) { back.emplace_back(was, is); });
    review->undo();
    QCOMPARE(back.size(), std::size_t{1});
    QCOMPARE(back[0].first.label, before.label);
    QCOMPARE(back[0].second->label, answered.label);
    // The same once more is no silence.
    review->askAgain();
    review->answered(before);
    const auto labels = review->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
      return label->text() == QLatin1String("the teacher answers the same again");
    }));
    // One that is never answered isn't waited for for ever.
    review->askAgain();
    review->askingEnded();
    QVERIFY(accept->isEnabled());
  }

  void undoInReviewTakesBackWhatWasDoneInReview() {
    auto page = openPage();
    page->setQueue(std::make_shared<GeneratedRows>(3));
    page->showView(LabelPage::View::review);
    ReviewView* review = page->review();
    QTRY_VERIFY(review->row().has_value());
    std::vector<std::pair<Row, std::optional<Row>>> back;
    connect(review, &ReviewView::takeBackRequested, this,
            [&](const Row& was, const std::optional<Row>& is) { back.emplace_back(was, is); });
    auto* undo = child<QPushButton>(review, "undoReviewButton");
    QVERIFY(!undo->isEnabled());  // nothing was done here yet, whatever was done elsewhere
    review->undo();
    QVERIFY(back.empty());
    review->drop();
    review->accept();
    review->undo();
    QCOMPARE(back.size(), std::size_t{1});
    QCOMPARE(back[0].first.id, std::string("r1"));
    QVERIFY(back[0].second->state == RowState::labelled);
    QCOMPARE(review->row()->id, std::string("r1"));
    review->undo();
    QCOMPARE(back[1].first.id, std::string("r0"));
    QVERIFY(!back[1].second);
    QCOMPARE(review->row()->id, std::string("r0"));
    QVERIFY(!undo->isEnabled());
  }

  void theLettersWorkFromTheTabsToo() {
    auto page = openPage();
    page->setQueue(std::make_shared<GeneratedRows>(3));
    page->showView(LabelPage::View::review);
    page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(page.get()));
    ReviewView* review = page->review();
    QTRY_VERIFY(review->row().has_value());
    QSignalSpy accepted(review, &ReviewView::accepted);
    auto* tabs = page->findChild<QTabBar*>();
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_A);
    QCOMPARE(accepted.size(), 1);
    page->showView(LabelPage::View::teacher);
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_A);
    QCOMPARE(accepted.size(), 1);
  }

  void escapeTakesAnEditBack() {
    auto page = openPage();
    page->setQueue(std::make_shared<GeneratedRows>(3));
    page->showView(LabelPage::View::review);
    ReviewView* review = page->review();
    QTRY_VERIFY(review->row().has_value());
    review->edit();
    auto* value = child<QLineEdit>(review, "value0Edit");
    QTest::keyClicks(value, "x");
    QTest::keyClick(value, Qt::Key_Escape);
    QCOMPARE(value->text(), QStringLiteral("云南省"));
  }

  void whatIsTypedSurvivesARefresh() {
    auto page = openPage();
    page->setQueue(std::make_shared<GeneratedRows>(3));
    page->showView(LabelPage::View::review);
    ReviewView* review = page->review();
    QTRY_VERIFY(review->row().has_value());
    review->edit();
    auto* value = child<QLineEdit>(review, "value0Edit");
    QTest::keyClicks(value, "x");
    QSignalSpy arrived(review->model(), &RowTableModel::rowsArrived);
    review->refresh();  // the row before was written just now
    QTRY_VERIFY(arrived.size() > 0);
    QCOMPARE(value->text(), QStringLiteral("x"));
  }

  void aReadOnlyProjectIsNotReviewed() {
    auto page = openPage();
    LabelState now = state();
    now.readOnlyReason = QStringLiteral("It is read-only.");
    page->setState(now);
    page->setQueue(std::make_shared<GeneratedRows>(3));
    page->showView(LabelPage::View::review);
    QTRY_COMPARE(child<QLineEdit>(page->review(), "value0Edit")->text(), QStringLiteral("云南省"));
    QVERIFY(!child<QPushButton>(page->review(), "acceptButton")->isEnabled());
    QSignalSpy accepted(page->review(), &ReviewView::accepted);
    page->review()->accept();
    QCOMPARE(accepted.size(), 0);
  }
};

QTEST_MAIN(TestLabelPage)
#include "tst_label_page.moc"
