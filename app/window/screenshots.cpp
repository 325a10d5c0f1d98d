// Pictures of every page.
#include "app/window/screenshots.h"

#include <QDir>
#include <QPixmap>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QTimer>
#include <iterator>

#include "app/window/window_app.h"
#include "widgets/common/stage_page.h"

namespace minnow {
namespace {

/// A page, or what one of its tabs shows.
struct View {
  StageId stage;
  const char* name;
  const char* tabBar = nullptr;
  int tab = 0;
  const char* button = nullptr;  ///< pressed before the picture is taken
};

constexpr View views[] = {
    {StageId::start, "0-start"},
    {StageId::model, "1-model"},
    {StageId::data, "2-data", "dataTabBar", 0},
    {StageId::data, "2-data-import", "dataTabBar", 1},
    {StageId::data, "2-data-checks", "dataTabBar", 2},
    {StageId::data, "2-data-split", "dataTabBar", 3},
    {StageId::data, "2-data-task", "dataTabBar", 4},
    {StageId::label, "3-label", "labelTabBar", 0},
    {StageId::label, "3-label-review", "labelTabBar", 1},
    {StageId::train, "4-train", "sideTabBar", 1},
    {StageId::train, "4-train-settings", "sideTabBar", 0},
    {StageId::train, "4-train-runs", "sideTabBar", 2},
    {StageId::train, "4-train-guide", "sideTabBar", 1, "fitHelpButton"},
    {StageId::evaluate, "5-evaluate", "reportTabBar", 0},
    {StageId::evaluate, "5-evaluate-rows", "reportTabBar", 1},
    {StageId::try_out, "6-try"},
    {StageId::export_out, "7-export"},
};
constexpr int settleTime = 150;    // ms for layouts and queued repaints after a switch
constexpr int restTime = 800;      // ms, more than TrainStage lets settings rest before it asks for a forecast
constexpr int longestRests = 600;  // of the former, until nothing computes

}  // namespace

Screenshots::Screenshots(WindowApp& app, const QString& folder, QSize size, QObject* parent)
    : QObject(parent), m_app(app), m_folder(folder), m_size(size) {
  for (const char* language : {"en", "zh_CN"})
    for (const char* theme : {"light", "dark"})
      for (int view = 0; view < static_cast<int>(std::size(views)); ++view)
        m_wanted += Picture{QString::fromLatin1(language), QString::fromLatin1(theme), view};
}

void Screenshots::start() {
  if (!QDir().mkpath(m_folder)) {
    Q_EMIT failed(QStringLiteral("%1 can't be made").arg(QDir::toNativeSeparators(m_folder)));
    return;
  }
  m_app.window().resize(m_size);
  m_app.window().makeAllStages();
  whenIdle([this] { check(); }, longestRests);
}

void Screenshots::check() {
  QWidget* page = m_app.window().stage(StageId::data)->page();
  auto* tabs = page->findChild<QTabBar*>(QStringLiteral("dataTabBar"));
  m_app.window().showStage(StageId::data);
  tabs->setCurrentIndex(2);
  auto* button = m_app.window().stage(StageId::data)->page()->primaryButton();
  if (button->isEnabled()) button->click();
  whenIdle(
      [this, page, tabs] {
        tabs->setCurrentIndex(0);
        page->findChild<QTableView*>(QStringLiteral("rowTable"))->selectRow(0);
        ask();
      },
      longestRests);
}

void Screenshots::ask() {
  m_app.window().showStage(StageId::try_out);
  auto* button = m_app.window().stage(StageId::try_out)->page()->primaryButton();
  if (button->isEnabled()) button->click();
  whenIdle([this] { foretell(); }, longestRests);
}

void Screenshots::foretell() {
  m_app.window().showStage(StageId::train);  // which asks for it once settings have rested
  QTimer::singleShot(restTime, this, [this] { whenIdle([this] { next(); }, longestRests); });
}

void Screenshots::whenIdle(std::function<void()> then, int patience) {
  QTimer::singleShot(settleTime, this, [this, then = std::move(then), patience] {
    if (m_app.isIdle() || patience <= 0) {
      then();
    } else {
      whenIdle(then, patience - 1);
    }
  });
}

void Screenshots::next() {
  if (m_wanted.isEmpty()) {
    Q_EMIT finished(m_files);
    return;
  }
  const Picture picture = m_wanted.takeFirst();
  const View& view = views[picture.view];
  m_app.settings().setLanguage(picture.language);
  m_app.settings().setTheme(themeFrom(picture.theme));
  m_app.window().showStage(view.stage);
  QWidget* page = m_app.window().stage(view.stage)->page();
  if (view.tabBar) page->findChild<QTabBar*>(QLatin1String(view.tabBar))->setCurrentIndex(view.tab);
  if (view.button) page->findChild<QPushButton*>(QLatin1String(view.button))->click();
  QTimer::singleShot(settleTime, this, [this, picture, view, page] {
    const QString file = QDir(m_folder).filePath(
        QStringLiteral("%1-%2-%3.png").arg(picture.language, picture.theme, QString::fromLatin1(view.name)));
    if (!m_app.window().grab().save(file)) {
      Q_EMIT failed(QStringLiteral("%1 can't be written").arg(QDir::toNativeSeparators(file)));
      return;
    }
    m_files += file;
    if (auto* close = page->findChild<QPushButton*>(QStringLiteral("guideBackButton")); close && view.button)
      close->click();
    next();
  });
}

}  // namespace minnow
