// The frame of the window.
#include "app/window/main_window.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QTimer>
#include <algorithm>
#include <utility>

#include "app/window/about_dialog.h"
#include "app/window/activity.h"
#include "app/window/engine_thread.h"
#include "app/window/project_state.h"
#include "app/window/shortcuts_dialog.h"
#include "app/window/status_panel.h"
#include "app/window/window_settings.h"
#include "app/window/workspace.h"
#include "widgets/common/labels.h"
#include "widgets/common/stage_page.h"
#include "widgets/look/colors.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

struct Entry {
  const char* objectName;
  const char* icon;
  const char* text;  ///< translated when shown
};

/// In the order of StageId.
constexpr std::array<Entry, stageCount> entries{{
    {"startStageButton", "home", QT_TRANSLATE_NOOP("minnow::MainWindow", "Start")},
    {"modelStageButton", "model", QT_TRANSLATE_NOOP("minnow::MainWindow", "Model")},
    {"dataStageButton", "data", QT_TRANSLATE_NOOP("minnow::MainWindow", "Data")},
    {"labelStageButton", "label", QT_TRANSLATE_NOOP("minnow::MainWindow", "Label")},
    {"trainStageButton", "train", QT_TRANSLATE_NOOP("minnow::MainWindow", "Train")},
    {"evaluateStageButton", "evaluate", QT_TRANSLATE_NOOP("minnow::MainWindow", "Evaluate")},
    {"tryStageButton", "try", QT_TRANSLATE_NOOP("minnow::MainWindow", "Try")},
    {"exportStageButton", "export", QT_TRANSLATE_NOOP("minnow::MainWindow", "Export")},
}};

constexpr int indexOf(StageId id) { return static_cast<int>(id); }

/// 1280 by 800 where the screen has room for that and the window manager's frame.
QSize startSize() {
  const QScreen* screen = QGuiApplication::primaryScreen();
  const QSize room = screen ? screen->availableSize() - QSize(16, 48) : QSize(1280, 800);
  return QSize(1280, 800).boundedTo(room);
}

}  // namespace

MainWindow::MainWindow(WindowContext& context, QWidget* parent)
    : QMainWindow(parent),
      m_context(context),
      m_list(new StageList),
      m_pages(new QStackedWidget),
      m_status(new StatusPanel(context.activity)),
      m_brand(makeLabel(TextRole::section)),
      m_project(makeLabel(TextRole::caption)),
      m_shortcuts(new QPushButton(lineIcon(QStringLiteral("question"), IconTone::muted), QString())),
      m_about(new QPushButton(lineIcon(QStringLiteral("info"), IconTone::muted), QString())) {
  setObjectName(QStringLiteral("mainWindow"));
  for (int i = 0; i < stageCount; ++i) {
    const Entry& entry = entries[static_cast<std::size_t>(i)];
    m_list->addStage(QString::fromLatin1(entry.objectName), QString::fromLatin1(entry.icon), i);
    m_pages->addWidget(new QWidget);  // its page takes this place when it is made
  }
  auto* upper = new QHBoxLayout;
  upper->setSpacing(0);
  upper->addWidget(makeSidebar());
  upper->addWidget(m_pages, 1);
  auto* middle = new QWidget;
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(upper, 1);
  column->addWidget(m_status);
  setCentralWidget(middle);
  setMinimumSize(960, 540);
  resize(startSize());
  if (const QByteArray geometry = context.settings.geometry(); !geometry.isEmpty()) restoreGeometry(geometry);

  connect(m_list, &StageList::stageChosen, this, [this](int index) { showStage(static_cast<StageId>(index)); });
  connect(&context.workspace, &Workspace::leaving, this, &MainWindow::leaveProject);
  for (const auto signal : {&Workspace::opened, &Workspace::closed})
    connect(&context.workspace, signal, this, [this] {
      m_list->setEnabled(true);
      showTitle();
      if (m_stagesMade) makeNextStage();
      // Opened anew: the person goes on where they were.
      const StageId from = std::exchange(m_from, StageId::start);
      if (m_context.workspace.isOpen() && m_context.workspace.folder() == m_fromFolder) showStage(from);
    });
  // A page that is going to be made anew must not be at work then, least of all in a dialog.
  connect(&context.workspace, &Workspace::opening, this, [this] {
    m_from = current();
    m_fromFolder = m_context.workspace.folder();
    if (m_context.workspace.isOpen()) showStage(StageId::start);
    m_list->setEnabled(!m_context.workspace.isOpen());
  });
  connect(&context.workspace, &Workspace::openFailed, this, [this] { m_list->setEnabled(true); });
  connect(&context.workspace, &Workspace::settingsChanged, this, &MainWindow::showTitle);
  // What couldn't be saved is told where the person is.
  connect(&context.workspace, &Workspace::saveFailed, this,
          [this](const UserMessage& message) { stage(current())->page()->showError(message); });
  makeShortcuts();
  retranslateUi();
  showStage(StageId::start);
}

MainWindow::~MainWindow() {
  for (auto& stage : m_stages) stage.reset();  // sessions end before the pages they speak to
}

QWidget* MainWindow::makeSidebar() {
  auto* side = new QWidget;
  side->setObjectName(QStringLiteral("sidebar"));
  side->setAttribute(Qt::WA_StyledBackground);
  side->setFixedWidth(metrics::sidebarWidth);
  m_brand->setObjectName(QStringLiteral("brandLabel"));
  m_project->setObjectName(QStringLiteral("projectLabel"));
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(metrics::unit + metrics::half, metrics::gap, metrics::unit + metrics::half, metrics::gap);
  column->setSpacing(metrics::half);
  auto* icon = new QLabel;
  icon->setPixmap(QIcon(QStringLiteral(":/minnow/icons/minnow.svg")).pixmap(QSize(28, 28), devicePixelRatioF()));
  auto* brand = new QHBoxLayout;
  brand->setSpacing(metrics::unit);
  brand->addWidget(icon);
  brand->addWidget(m_brand, 1);
  column->addLayout(brand);
  column->addWidget(m_project);
  column->addSpacing(metrics::unit);
  column->addWidget(m_list);
  column->addStretch(1);
  column->addWidget(new ProjectState(m_context.workspace, m_context.activity));
  column->addSpacing(metrics::unit);
  m_shortcuts->setObjectName(QStringLiteral("shortcutsButton"));
  m_shortcuts->setProperty("quiet", true);
  column->addWidget(m_shortcuts, 0, Qt::AlignLeft);
  connect(m_shortcuts, &QPushButton::clicked, this, &MainWindow::showShortcuts);
  m_about->setObjectName(QStringLiteral("aboutButton"));
  m_about->setProperty("quiet", true);
  column->addWidget(m_about, 0, Qt::AlignLeft);
  connect(m_about, &QPushButton::clicked, this, [this] {
    auto* dialog = new AboutDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
  });
  return side;
}

void MainWindow::makeShortcuts() {
  for (int i = 0; i < stageCount; ++i) {
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + i)), this);
    connect(shortcut, &QShortcut::activated, this, [this, i] { showStage(static_cast<StageId>(i)); });
  }
  connect(new QShortcut(QKeySequence::Quit, this), &QShortcut::activated, this, &QWidget::close);
  for (const int key : {int(Qt::Key_F1), int(Qt::Key_Question)})
    connect(new QShortcut(QKeySequence(key), this), &QShortcut::activated, this, &MainWindow::showShortcuts);
}

void MainWindow::showShortcuts() {
  if (findChild<ShortcutsDialog*>() != nullptr) return;
  auto* dialog = new ShortcutsDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->open();
}

Stage* MainWindow::stage(StageId id) {
  auto& stage = m_stages[static_cast<std::size_t>(indexOf(id))];
  if (stage) return stage.get();
  stage = makeStage(id, m_context);
  QWidget* empty = m_pages->widget(indexOf(id));
  const bool wasCurrent = m_pages->currentIndex() == indexOf(id);
  m_pages->insertWidget(indexOf(id), stage->page());
  m_pages->removeWidget(empty);
  empty->deleteLater();
  if (wasCurrent) m_pages->setCurrentIndex(indexOf(id));
  connect(stage.get(), &Stage::markChanged, this, [this, id] { updateMark(id); });
  connect(stage.get(), &Stage::goTo, this, &MainWindow::showStage);
  updateMark(id);
  return stage.get();
}

void MainWindow::makeAllStages() {
  for (int i = 0; i < stageCount; ++i) stage(static_cast<StageId>(i));
}

void MainWindow::makeNextStage() {
  for (int i = 0; i < stageCount; ++i) {
    if (m_stages[static_cast<std::size_t>(i)]) continue;
    stage(static_cast<StageId>(i));
    QTimer::singleShot(0, this, &MainWindow::makeNextStage);  // one a turn of the loop: clicks come between
    return;
  }
  if (!std::exchange(m_stagesMade, true)) Q_EMIT stagesMade();
}

void MainWindow::leaveProject() {
  for (int i = 0; i < stageCount; ++i) {
    auto& stage = m_stages[static_cast<std::size_t>(i)];
    if (!stage || i == indexOf(StageId::start)) continue;  // Start has nothing of a project but what it is told
    QWidget* page = stage->page();
    stage.reset();  // its sessions end before the page that they speak to
    const bool wasCurrent = m_pages->currentIndex() == i;
    m_pages->insertWidget(i, new QWidget);
    m_pages->removeWidget(page);
    page->deleteLater();
    if (wasCurrent) m_pages->setCurrentIndex(i);
    m_list->button(i)->setMark(StageMark::none);
  }
}

StageId MainWindow::current() const { return static_cast<StageId>(m_pages->currentIndex()); }

void MainWindow::showStage(StageId id) {
  if (id != StageId::start && !m_list->isEnabled()) return;  // another project is being opened
  stage(id);
  m_pages->setCurrentIndex(indexOf(id));
  m_list->setCurrent(indexOf(id));
  if (id != StageId::start) m_list->button(indexOf(id))->setFocus(Qt::OtherFocusReason);
}

void MainWindow::updateMark(StageId id) { m_list->button(indexOf(id))->setMark(stage(id)->mark()); }

void MainWindow::changeEvent(QEvent* event) {
  QMainWindow::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  retranslateUi();
  for (const auto& stage : m_stages)
    if (stage) stage->retranslate();
}

bool MainWindow::event(QEvent* event) {
  if (event->type() == QEvent::ThemeChange) Q_EMIT systemThemeChanged();
  return QMainWindow::event(event);
}

void MainWindow::paintEvent(QPaintEvent* event) {
  QMainWindow::paintEvent(event);
  if (m_painted) return;
  m_painted = true;
  QTimer::singleShot(0, this, [this] {
    Q_EMIT firstPainted();
    makeNextStage();
  });
}

void MainWindow::closeEvent(QCloseEvent* event) {
  m_context.settings.setGeometry(saveGeometry());
  if (m_closing || !isBusy()) {
    QMainWindow::closeEvent(event);
    return;
  }
  event->ignore();
  askBeforeClosing();
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
  // Return presses the button that has the focus, as Space does; in a window that is no dialog Qt leaves it at that.
  const bool returns = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  auto* button = qobject_cast<QPushButton*>(focusWidget());
  if (!returns || button == nullptr || !button->isEnabled()) return QMainWindow::keyPressEvent(event);
  if (event->isAutoRepeat()) return;
  if (button->menu() != nullptr)
    button->showMenu();
  else
    button->click();
}

bool MainWindow::isBusy() const {
  if (!m_context.activity.isEmpty()) return true;
  return std::any_of(m_stages.begin(), m_stages.end(), [](const auto& stage) { return stage && stage->isBusy(); });
}

void MainWindow::askBeforeClosing() {
  if (findChild<QMessageBox*>(QStringLiteral("closeQuestion")) != nullptr) return;
  auto* question = new QMessageBox(this);
  question->setObjectName(QStringLiteral("closeQuestion"));
  question->setAttribute(Qt::WA_DeleteOnClose);
  question->setIconPixmap(iconPixmap(QStringLiteral("question"), 32, colors(this).accent, devicePixelRatioF()));
  const QString what = m_context.activity.isEmpty() ? QString() : m_context.activity.entries().constLast().what();
  question->setWindowTitle(tr("Close Minnow"));
  question->setText(what.isEmpty() ? tr("Something is still running.")
                                   : tr("Still running: %1", "an activity").arg(what));
  question->setInformativeText(
      tr("Closing stops it within a second. What is done so far is kept, and the next start offers to go on."));
  auto* stop = question->addButton(tr("Stop and close"), QMessageBox::AcceptRole);
  stop->setObjectName(QStringLiteral("stopAndCloseButton"));
  auto* stay = question->addButton(tr("Keep running"), QMessageBox::RejectRole);
  stay->setObjectName(QStringLiteral("keepRunningButton"));
  question->setDefaultButton(stay);
  connect(stop, &QAbstractButton::clicked, this, &MainWindow::stopAndClose);
  question->open();
}

void MainWindow::stopAndClose() {
  m_closing = true;
  const auto entries = m_context.activity.entries();  // a copy: cancelling may end one
  for (const Activity::Entry& entry : entries)
    if (entry.cancel) entry.cancel();
  m_context.engine.setPaused(false);
  if (!isBusy()) {
    close();
    return;
  }
  // The sessions end by themselves, a moment after the stop; whatever hangs is waited for by its destructor.
  connect(&m_context.activity, &Activity::changed, this, [this] {
    if (!isBusy()) QTimer::singleShot(0, this, &QWidget::close);
  });
  QTimer::singleShot(2000, this, &QWidget::close);
}

void MainWindow::retranslateUi() {
  m_brand->setText(tr("Minnow"));
  m_shortcuts->setText(tr("Shortcuts"));
  m_shortcuts->setToolTip(tr("What the keyboard does (F1)"));
  m_about->setText(tr("About Minnow"));
  m_about->setToolTip(tr("Version, libraries and licences"));
  for (int i = 0; i < stageCount; ++i) {
    StageButton* button = m_list->button(i);
    button->setText(tr(entries[static_cast<std::size_t>(i)].text));
    button->setAccessibleName(button->text());
    button->setToolTip(tr("%1 (Ctrl+%2)", "stage, key").arg(button->text()).arg(i));
  }
  showTitle();
}

void MainWindow::showTitle() {
  const QString name = m_context.workspace.name();
  m_project->setText(name.isEmpty() ? tr("No project is open") : name);
  m_project->setToolTip(m_context.workspace.folder());
  setWindowTitle(name.isEmpty() ? tr("Minnow") : tr("Minnow – %1").arg(name));
}

}  // namespace minnow
