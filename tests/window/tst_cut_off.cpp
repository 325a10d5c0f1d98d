// Nothing is cut off: every page and every tab, with a project, a recorded run and its report open, in both languages.
// ctest runs it once per scale factor of the screen (tests/window/CMakeLists.txt); the window is as large as the
// screen.
#include <QAbstractButton>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "app/window/window_app.h"
#include "core/demo/demo_project.h"
#include "core/project/project.h"
#include "widgets/common/stage_page.h"
#include "widgets/evaluate/comparison_bars.h"

using namespace minnow;

namespace {

constexpr int patience = 120000;  // ms; a loaded machine is slow, a finished step is not

struct TabBar {
  StageId stage;
  const char* name;
};
constexpr TabBar tabBars[] = {{StageId::data, "dataTabBar"},
                              {StageId::label, "labelTabBar"},
                              {StageId::train, "sideTabBar"},
                              {StageId::evaluate, "reportTabBar"}};

/// Whether something hides part of its width. Below a scroll area's edge it can be reached, beside it it can't.
bool isCutSideways(const QWidget* widget) {
  const QRect whole(QPoint(), widget->size());
  for (const QWidget* above = widget->parentWidget(); above != nullptr; above = above->parentWidget()) {
    const int left = widget->mapTo(above, whole.topLeft()).x();
    if (left < 0 || left + whole.width() > above->width()) return true;
    if (above->isWindow()) break;
  }
  return false;
}

QString nameOf(const QWidget* widget) {
  for (const QWidget* at = widget; at != nullptr; at = at->parentWidget())
    if (!at->objectName().isEmpty() && !at->objectName().startsWith(QLatin1String("qt_"))) return at->objectName();
  return {};
}

/// Visible labels and buttons whose text needs more room than they have, bars that don't show all their rows, and areas
/// that scroll sideways.
QStringList cutOffIn(const QWidget* window) {
  QStringList faults;
  for (auto* label : window->findChildren<QLabel*>()) {
    if (!label->isVisible() || label->text().isEmpty()) continue;
    const bool tooWide = !label->wordWrap() && label->sizeHint().width() > label->width() + 1;
    const int height = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
    if (tooWide || height > label->height() + 1 || isCutSideways(label))
      faults += QStringLiteral("label '%1' (%2) %3x%4 needs %5x%6")
                    .arg(label->text().left(60), nameOf(label))
                    .arg(label->width())
                    .arg(label->height())
                    .arg(label->sizeHint().width())
                    .arg(height);
  }
  for (auto* button : window->findChildren<QAbstractButton*>()) {
    if (!button->isVisible() || button->text().isEmpty()) continue;
    const QSize needed = button->sizeHint();
    if (needed.width() > button->width() + 1 || needed.height() > button->height() + 1 || isCutSideways(button))
      faults += QStringLiteral("button '%1' (%2) %3x%4 needs %5x%6")
                    .arg(button->text(), nameOf(button))
                    .arg(button->width())
                    .arg(button->height())
                    .arg(needed.width())
                    .arg(needed.height());
  }
  for (auto* bars : window->findChildren<ComparisonBars*>()) {
    if (bars->isVisible() && bars->height() < bars->sizeHint().height())
      faults += QStringLiteral("%1 %2 high needs %3")
                    .arg(bars->objectName())
                    .arg(bars->height())
                    .arg(bars->sizeHint().height());
  }
  for (auto* area : window->findChildren<QScrollArea*>()) {
    if (!area->isVisible() || area->widget() == nullptr) continue;
    if (area->horizontalScrollBar()->maximum() > 0)
      faults +=
          QStringLiteral("%1 scrolls sideways by %2").arg(nameOf(area)).arg(area->horizontalScrollBar()->maximum());
  }
  return faults;
}

}  // namespace

class TestCutOff : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_scratch;
  QString m_project;

  /// A small demo project with a recorded run, its report, and rows to review.
  void makeProject() {
    DemoProjectOptions options;
    options.rows.train = 24;
    options.rows.validation = 8;
    options.rows.test = 8;
    options.rows.wild_test = 4;
    m_project = m_scratch.filePath(QStringLiteral("demo"));
    const auto project = create_demo_project(m_project.toStdString(), options);
    std::filesystem::create_directories(project->runs_folder());
    std::filesystem::copy(std::filesystem::path(MINNOW_SOURCE_DIR) / "tests/recorded/v0-demo",
                          project->runs_folder() / "v0-20261125-183000", std::filesystem::copy_options::recursive);
    std::vector<Row> doubtful;
    project->for_each([&](std::int64_t position, const Row& row) {
      if (position >= 3) return false;
      Row changed = row;
      changed.state = RowState::needs_review;
      changed.confidence = 0.42;
      changed.problems = {{"low_confidence", "name", "the teacher was 42 % sure of the value", 0},
                          {"duplicate", "", "row r000002 has the same input", 0}};
      doubtful.push_back(changed);
      return true;
    });
    project->edit(doubtful);
  }

  static void collect(QStringList& faults, WindowApp& app, const QString& where) {
    QStringList found;
    for (int turn = 0; turn < 40; ++turn) {  // layouts are done when the event loop turns, on a busy machine later
      QTest::qWait(10);
      found = cutOffIn(&app.window());
      if (found.isEmpty()) return;
    }
    for (const QString& fault : found) {
      qWarning("%s: %s", qPrintable(where), qPrintable(fault));
      faults += where + QStringLiteral(": ") + fault;
    }
  }

 private Q_SLOTS:
  void initTestCase() {
    makeProject();
    qputenv("HF_HUB_CACHE", m_scratch.filePath(QStringLiteral("hf")).toUtf8());
    qputenv("MODELSCOPE_CACHE", m_scratch.filePath(QStringLiteral("ms")).toUtf8());
  }

  void nothingIsCutOff_data() {
    QTest::addColumn<QSize>("screen");
    QTest::addColumn<bool>("open");
    const double scale = qApp->devicePixelRatio();
    for (const bool open : {true, false}) {
      const char* what = open ? "with a recorded run" : "without a project";
      if (scale <= 1.25) QTest::addRow("1280x720, %s", what) << QSize(1280, 720) << open;
      if (scale == 1.0) QTest::addRow("1280x800, %s", what) << QSize(1280, 800) << open;
      if (scale != 1.25) QTest::addRow("2560x1440, %s", what) << QSize(2560, 1440) << open;
    }
  }

  void nothingIsCutOff() {
    QFETCH(QSize, screen);
    QFETCH(bool, open);
    const QSize size = (QSizeF(screen) / qApp->devicePixelRatio()).toSize();
    WindowApp app(*qApp, m_scratch.filePath(open ? QStringLiteral("open.ini") : QStringLiteral("closed.ini")));
    app.settings().setLanguage(QStringLiteral("en"));
    app.show(open ? m_project : QString());
    QVERIFY(QTest::qWaitForWindowExposed(&app.window()));
    if (open) QTRY_VERIFY_WITH_TIMEOUT(app.workspace().isOpen(), patience);
    app.window().makeAllStages();
    QTRY_VERIFY_WITH_TIMEOUT(app.isIdle(), patience);
    app.window().resize(size);
    if (open) {
      auto* rows = app.window().stage(StageId::data)->page()->findChild<QTableView*>(QStringLiteral("rowTable"));
      QTRY_VERIFY_WITH_TIMEOUT(rows->model()->rowCount() > 0, patience);
      rows->selectRow(0);
      auto* evaluate = app.window().stage(StageId::evaluate)->page();
      auto* report = evaluate->findChild<QTabBar*>(QStringLiteral("reportTabBar"));
      QTRY_VERIFY_WITH_TIMEOUT(report->isVisibleTo(evaluate), patience);  // the report is there
    }
    QStringList faults;
    app.settings().setTheme(Theme::light);  // pages that aren't seen are styled anew
    for (const char* language : {"en", "zh_CN"}) {
      app.settings().setLanguage(QString::fromLatin1(language));
      for (int i = 0; i < stageCount; ++i) {
        const auto id = static_cast<StageId>(i);
        app.window().showStage(id);
        QWidget* page = app.window().stage(id)->page();
        const QString where = QStringLiteral("%1, stage %2").arg(QString::fromLatin1(language)).arg(i);
        collect(faults, app, where);
        for (const TabBar& tabs : tabBars) {
          if (tabs.stage != id) continue;
          auto* bar = page->findChild<QTabBar*>(QString::fromLatin1(tabs.name));
          for (int tab = 0; tab < bar->count(); ++tab) {
            bar->setCurrentIndex(tab);
            collect(faults, app, where + QStringLiteral(", tab %1").arg(tab));
          }
        }
        if (id == StageId::train) {
          auto* unfold = page->findChild<QAbstractButton*>(QStringLiteral("allSettingsButton"));
          page->findChild<QTabBar*>(QStringLiteral("sideTabBar"))->setCurrentIndex(0);
          unfold->click();
          collect(faults, app, where + QStringLiteral(", all settings"));
          unfold->click();
          page->findChild<QPushButton*>(QStringLiteral("fitHelpButton"))->click();
          collect(faults, app, where + QStringLiteral(", guide"));
          page->findChild<QPushButton*>(QStringLiteral("guideBackButton"))->click();
        }
      }
    }
    QCOMPARE(app.window().size(), size);
    QVERIFY2(faults.isEmpty(), qPrintable(QStringLiteral("%1 faults").arg(faults.size())));
  }

  void aLabelThatIsTooNarrowIsFound() {
    QWidget window;
    window.resize(300, 200);
    QLabel label(QStringLiteral("a text that needs more room than this"), &window);
    label.setGeometry(0, 0, 40, 30);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(cutOffIn(&window).size(), 1);
    label.resize(label.sizeHint());
    QVERIFY(cutOffIn(&window).isEmpty());
    label.move(290, 0);
    QCOMPARE(cutOffIn(&window).size(), 1);
  }
};

QTEST_MAIN(TestCutOff)
#include "tst_cut_off.moc"
