// Opening and making projects.
#include "app/window/start_stage.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QStandardPaths>

#include "app/window/activity.h"
#include "app/window/languages.h"
#include "app/window/paths.h"
#include "app/window/window_settings.h"
#include "app/window/workspace.h"
#include "core/data/task_prompts.h"
#include "core/demo/demo_project.h"
#include "core/project/project.h"
#include "widgets/common/message_bar.h"
#include "widgets/start/start_page.h"

namespace minnow {
StartStage::StartStage(WindowContext& context) : Stage(context), m_page(new StartPage) {
  WindowSettings& settings = context.settings;
  Workspace& workspace = context.workspace;
  m_page->setLanguages(Languages::codes(), settings.language());
  m_page->setTheme(settings.theme());
  showRecentProjects();
  m_page->newProjectPanel()->setParentFolder(projectsFolder());

  connect(m_page, &StartPage::languageChosen, &settings, &WindowSettings::setLanguage);
  connect(m_page, &StartPage::themeChosen, &settings, &WindowSettings::setTheme);
  connect(&settings, &WindowSettings::recentProjectsChanged, this, &StartStage::showRecentProjects);
  connect(m_page, &StartPage::demoRequested, this, &StartStage::openDemo);
  connect(m_page, &StartPage::newProjectRequested, this, &StartStage::makeProject);
  connect(m_page, &StartPage::openRequested, this, [this](const QString& folder) {
    const bool isOpen = QFileInfo(folder) == QFileInfo(this->context().workspace.folder());
    if (!isOpen && !mayLeave()) return;
    m_goOn = true;
    this->context().workspace.open(folder);
  });
  connect(m_page, &StartPage::continueRequested, this, [this] { Q_EMIT goTo(nextStage()); });
  connect(m_page, &StartPage::resumeRequested, this, [this] {
    Q_EMIT goTo(StageId::train);
    this->context().workspace.requestResume();
  });

  connect(&workspace, &Workspace::opening, this,
          [this] { m_page->setBusy([] { return tr("Opening the project …"); }); });
  connect(&workspace, &Workspace::openFailed, this, [this](const UserMessage& message) {
    m_goOn = false;
    m_page->setBusy({});
    m_page->showError(message);
  });
  connect(&workspace, &Workspace::opened, this, [this] {
    m_page->setBusy({});
    m_page->messageBar()->clear();
    rememberProject();
    showProject();
    if (m_goOn) Q_EMIT goTo(nextStage());
    m_goOn = false;
  });
  for (const auto signal :
       {&Workspace::closed, &Workspace::runsChanged, &Workspace::rowsChanged, &Workspace::settingsChanged})
    connect(&workspace, signal, this, &StartStage::showProject);
  connect(&workspace, &Workspace::settingsChanged, this, [this] {
    const Workspace& open = this->context().workspace;  // it may have another name now
    if (open.isOpen() && this->context().settings.projectName(open.folder()) != open.name()) rememberProject();
  });
  if (workspace.isOpen()) showProject();
}

void StartStage::showRecentProjects() {
  const WindowSettings& settings = context().settings;
  QList<RecentProject> projects;
  for (const QString& folder : settings.recentProjects()) projects += {settings.projectName(folder), folder};
  m_page->setRecentProjects(projects);
}

void StartStage::rememberProject() {
  const Workspace& workspace = context().workspace;
  context().settings.addRecentProject(workspace.folder(), workspace.name());
}

StagePage* StartStage::page() { return m_page; }

QString StartStage::projectsFolder() {
  const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  return QDir(documents.isEmpty() ? QDir::homePath() : documents).filePath(QStringLiteral("Minnow"));
}

bool StartStage::mayLeave() {
  const Activity& activity = context().activity;
  if (!context().workspace.isOpen() || activity.isEmpty()) return true;
  m_page->messageBar()->showNote([what = activity.entries().constFirst().what] {
    return tr("%1 is still running in this project. Cancel it below, or wait for its end, before you open another.")
        .arg(what());
  });
  return false;
}

void StartStage::openDemo() {
  if (!mayLeave()) return;
  m_goOn = true;
  const auto parent = pathOf(projectsFolder());
  DemoProjectOptions demo = context().demo;
  demo.name = tr("Delivery addresses").toStdString();
  context().workspace.openMade(
      [parent, demo](std::stop_token stop) { return create_demo_project(free_folder(parent, "demo"), demo, stop); });
}

void StartStage::makeProject(const NewProject& wish) {
  if (!mayLeave()) return;
  m_goOn = true;
  ProjectSettings settings;
  settings.task = wish.task;
  settings.options = recipe(settings.recipe);
  const bool chinese = QLocale().language() == QLocale::Chinese;
  fill_prompts(settings.task, chinese ? PromptLanguage::chinese : PromptLanguage::english);
  const auto folder = pathOf(wish.folder);
  context().workspace.openMade([folder, settings](std::stop_token) { return Project::create(folder, settings); });
  m_page->newProjectPanel()->clear();
}

void StartStage::showProject() {
  const Workspace& workspace = context().workspace;
  OpenProject shown;
  if (workspace.isOpen()) {
    shown.name = workspace.name();
    shown.folder = workspace.folder();
    shown.rows = workspace.rowCount();
    shown.runs = static_cast<int>(workspace.runs().size());
    shown.readOnly = workspace.project()->is_read_only();
    if (!workspace.runs().empty() && workspace.runs().front().can_resume()) {
      const RunSummary& run = workspace.runs().front();
      shown.unfinishedRun =
          tr("The run %1 stopped at step %2 of %3.")
              .arg(QString::fromStdString(run.name), QLocale().toString(run.step), QLocale().toString(run.max_steps));
    }
  }
  m_page->setOpenProject(shown);
}

StageId StartStage::nextStage() const {
  const Workspace& workspace = context().workspace;
  if (workspace.settings().student.empty()) return StageId::model;
  if (workspace.rowCount() == 0) return StageId::data;
  if (workspace.currentRun() == nullptr || workspace.runs().front().can_resume()) return StageId::train;
  return StageId::evaluate;
}

}  // namespace minnow
