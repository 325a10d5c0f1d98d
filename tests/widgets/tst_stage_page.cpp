// The frame of a page: the one primary button, the reason beside it, errors within the page, the language.
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include "widgets/common/message_bar.h"
#include "widgets/common/stage_list.h"
#include "widgets/common/stage_page.h"

using namespace minnow;

namespace {

class Page final : public StagePage {
 public:
  Page() : StagePage(QStringLiteral("play")) { retranslateUi(); }
  int translated = 0;
  QVBoxLayout* content() { return body(); }

 protected:
  void retranslateUi() override {
    ++translated;
    setTexts(QStringLiteral("Title"), QStringLiteral("Purpose"), QStringLiteral("Go"));
  }
};

}  // namespace

class TestStagePage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aReasonDisablesThePrimaryButton() {
    Page page;
    page.show();
    auto* primary = page.findChild<QPushButton*>(QStringLiteral("primaryButton"));
    QVERIFY(primary->isEnabled());
    page.setReason(QStringLiteral("No rows yet."));
    QVERIFY(!primary->isEnabled());
    QCOMPARE(page.findChild<QLabel*>(QStringLiteral("reasonLabel"))->text(), QStringLiteral("No rows yet."));
    QSignalSpy spy(&page, &StagePage::primaryTriggered);
    primary->click();
    QCOMPARE(spy.count(), 0);
    page.setReason({});
    primary->click();
    QCOMPARE(spy.count(), 1);
  }

  void aStageThatIsDoneLeadsOnAndKeepsItsOwnAction() {
    Page page;
    QSignalSpy acted(&page, &StagePage::primaryTriggered), led(&page, &StagePage::nextTriggered);
    page.show();
    auto* own = page.findChild<QPushButton*>(QStringLiteral("ownActionButton"));
    const QString action = page.primaryButton()->text();
    QVERIFY(own->isHidden());
    page.setNext([] { return QStringLiteral("Go on"); });
    QCOMPARE(page.primaryButton()->text(), QStringLiteral("Go on"));
    QCOMPARE(own->text(), action);
    QVERIFY(own->isVisible());
    page.primaryButton()->click();
    own->click();
    QCOMPARE(led.count(), 1);
    QCOMPARE(acted.count(), 1);
    page.setReason(QStringLiteral("It can't be done again."));  // leading on needs no reason
    QVERIFY(page.primaryButton()->isEnabled() && !own->isEnabled());
    page.setNext({});
    QCOMPARE(page.primaryButton()->text(), action);
    QVERIFY(own->isHidden() && !page.primaryButton()->isEnabled());
  }

  void theFooterStaysAsHighWithoutItsPrimaryButton() {
    Page page;
    page.resize(800, 600);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    auto* footer = page.findChild<QWidget*>(QStringLiteral("pageFooter"));
    const int height = footer->height();
    page.findChild<QPushButton*>(QStringLiteral("primaryButton"))->hide();
    QTest::qWait(20);
    QCOMPARE(footer->height(), height);
  }

  void aDoubleClickOnTheFooterIsOneClick() {
    Page page;
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    auto* primary = page.findChild<QPushButton*>(QStringLiteral("primaryButton"));
    QSignalSpy spy(&page, &StagePage::primaryTriggered);
    QTest::mouseClick(primary, Qt::LeftButton);
    QTest::mouseDClick(primary, Qt::LeftButton);  // what Qt sends in place of the second press
    QTest::mouseRelease(primary, Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    QTest::mouseClick(primary, Qt::LeftButton);
    QCOMPARE(spy.count(), 2);
  }

  void anErrorStandsWithinThePageAndCanBeClosed() {
    Page page;
    page.show();
    page.showError(
        {QStringLiteral("The disk is full"), QStringLiteral("Free some space."), QStringLiteral("write: 28")});
    auto* bar = page.messageBar();
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->findChild<QLabel*>(QStringLiteral("messageTitleLabel"))->text(), QStringLiteral("The disk is full"));
    auto* text = bar->findChild<QWidget*>(QStringLiteral("messageDetailsEdit"));
    QVERIFY(!text->isVisible());
    bar->findChild<QPushButton*>(QStringLiteral("messageDetailsButton"))->click();
    QVERIFY(text->isVisible());
    bar->findChild<QPushButton*>(QStringLiteral("messageCloseButton"))->click();
    QVERIFY(!bar->isVisible());
  }

  void aMessageMovesNothing() {
    Page page;
    auto* button = new QPushButton(QStringLiteral("Under the pointer"));
    page.content()->addWidget(button);
    page.resize(800, 500);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QTest::mouseMove(button);
    const auto places = [&] {
      return QList<QPoint>{button->mapTo(&page, QPoint()), page.primaryButton()->mapTo(&page, QPoint()),
                           page.findChild<QLabel*>(QStringLiteral("stageTitleLabel"))->mapTo(&page, QPoint())};
    };
    const auto before = places();
    page.showError({QStringLiteral("It failed."), QStringLiteral("Try again."), QStringLiteral("E42"), {}});
    QTest::qWait(50);
    QCOMPARE(places(), before);
    QVERIFY(page.messageBar()->isVisible());
    QVERIFY(page.messageBar()->geometry().bottom() < page.primaryButton()->mapTo(&page, QPoint()).y());
    QVERIFY(page.messageBar()->height() >= page.messageBar()->heightForWidth(page.messageBar()->width()));
    page.messageBar()->clear();
    QTest::qWait(50);
    QCOMPARE(places(), before);
  }

  void aNoteOffersWhatCanBeDoneAboutIt() {
    Page page;
    page.show();
    int undone = 0;
    page.messageBar()->showOffer([] { return QStringLiteral("Gone."); }, [] { return QStringLiteral("Undo"); },
                                 [&] { ++undone; });
    auto* button = page.findChild<QPushButton*>(QStringLiteral("messageActionButton"));
    QVERIFY(button->isVisible());
    QCOMPARE(button->text(), QStringLiteral("Undo"));
    button->click();
    QCOMPARE(undone, 1);
    QVERIFY(page.messageBar()->isHidden());
    page.messageBar()->showNote([] { return QStringLiteral("Another."); });
    QVERIFY(button->isHidden());
  }

  void aChangeOfLanguageSetsTheTextsAgain() {
    Page page;
    const int before = page.translated;
    QEvent event(QEvent::LanguageChange);
    QCoreApplication::sendEvent(&page, &event);
    QCOMPARE(page.translated, before + 1);
  }

  void stagesAreChosenByClickAndByKey() {
    StageList list;
    for (int i = 0; i < 3; ++i) list.addStage(QStringLiteral("stage%1Button").arg(i), QStringLiteral("train"), i);
    list.show();
    QSignalSpy spy(&list, &StageList::stageChosen);
    list.button(1)->click();
    QCOMPARE(list.current(), 1);
    QCOMPARE(spy.takeLast().at(0).toInt(), 1);
    list.button(1)->setFocus();
    QTest::keyClick(list.button(1), Qt::Key_Down);
    QCOMPARE(list.current(), 2);
  }

  void aMarkIsTold() {
    StageList list;
    list.addStage(QStringLiteral("trainStageButton"), QStringLiteral("train"), 4);
    list.button(0)->setMark(StageMark::running);
    QVERIFY(!list.button(0)->accessibleDescription().isEmpty());
  }
};

QTEST_MAIN(TestStagePage)
#include "tst_stage_page.moc"
