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
#include "core/project/task_templates.h"
#include "widgets/common/message_bar.h"
#include "widgets/start/start_page.h"

namespace minnow {
StartStage::StartStage(WindowContext& context) : Stage(context), m_page(new StartPage), m_files(context), m_guessing(context) {
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
  connectNewProject();
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
    m_import.reset();
    m_goOn = false;
    m_page->setBusy({});
    m_page->showError(message);
  });
  connect(&workspace, &Workspace::opened, this, [this] {
    m_page->setBusy({});
    m_page->messageBar()->clear();
    rememberProject();
    showProject();
    if (m_import) {
      // Queued: the new project's pages are being made.
      QMetaObject::invokeMethod(
          &this->context().workspace,
          [&workspace = this->context().workspace, report = m_import, file = m_importedFile] {
            Q_EMIT workspace.rowsCameIn(file, report->rows, report->set_aside_count);
          },
          Qt::QueuedConnection);
      if (m_goOn) Q_EMIT goTo(StageId::data);
    } else if (m_goOn) {
      Q_EMIT goTo(nextStage());
    }
    m_import.reset();
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
  fill_prompts(settings.task, wish.chinesePrompts ? PromptLanguage::chinese : PromptLanguage::english);
  const auto folder = pathOf(wish.folder);
  if (wish.file.isEmpty()) {
    context().workspace.openMade([folder, settings](std::stop_token) { return Project::create(folder, settings); });
  } else {
    ImportOptions options;
    options.header = m_guess.header;
    options.mapping = m_guess.mapping;
    options.mapping.fields.clear();
    for (const auto& [key, column] : wish.columns)
      options.mapping.fields.emplace_back(key.toStdString(), column.toStdString());
    // Answers in JSON come in under their own keys and then follow what a person made of them.
    TaskChange change{settings.task, {}, true, true};
    for (const QString& origin : wish.origins) change.origins.push_back(origin.toStdString());
    const bool byAnswers = wish.columns.isEmpty() && !change.origins.empty();
    if (byAnswers) settings.task.fields = m_guess.task.fields;
    m_importedFile = wish.file;
    m_import = std::make_shared<ImportReport>();
    context().workspace.openMade([folder, settings, options, change, byAnswers, report = m_import,
                                  file = pathOf(wish.file)](std::stop_token stop) {
      const bool isNew = !std::filesystem::exists(folder);
      auto project = Project::create(folder, settings);
      try {
        *report = project->import_file(file, options, {}, stop);
        if (byAnswers && !(change.after == settings.task)) project->change_task(change, {}, stop);
      } catch (...) {
        project.reset();
        std::error_code ignored;
        if (isNew) std::filesystem::remove_all(folder, ignored);
        throw;
      }
      return project;
    });
  }
  m_page->newProjectPanel()->clear();
}

void StartStage::connectNewProject() {
  connect(m_page, &StartPage::newProjectRequested, this, &StartStage::makeProject);
  connect(m_page, &StartPage::newProjectFileGiven, this, [this](const QString& file, const QString& input) {
    if (m_guessing.isRunning()) return;
    m_page->setBusy([name = QFileInfo(file).fileName()] { return tr("Reading %1 …").arg(name); });
    m_guessing.read(file, input);
  });
  connect(&m_guessing, &GuessSession::guessed, this, &StartStage::showGuess);
  connect(&m_guessing, &Session::ended, this, [this] { m_page->setBusy({}); });
  for (Session* session : {static_cast<Session*>(&m_guessing), static_cast<Session*>(&m_files)})
    connect(session, &Session::failed, m_page, &StagePage::showError);
  const auto offers = std::make_shared<std::vector<TemplateOffer>>();
  m_files.ask(
      [offers] {
        const auto english = task_templates(PromptLanguage::english);
        for (const TaskTemplate& one : english)
          offers->push_back({QString::fromStdString(one.name), one.task,
                             task_template(one.name, PromptLanguage::chinese)});
      },
      [this, offers] { m_page->newProjectPanel()->setTemplates(std::move(*offers)); });
}

void StartStage::showGuess(const QString& file, const TaskGuess& guess) {
  m_guess = guess;
  FileOffer offer;
  offer.file = file;
  offer.name = QString::fromStdString(guess.task.name);
  offer.rows = guess.rows;
  offer.input = QString::fromStdString(guess.mapping.input);
  offer.note = QString::fromStdString(guess.note);
  offer.chinese = guess.chinese;
  // Answers in JSON bring their own fields, whatever the columns are called.
  if (guess.mapping.label.empty()) {
    for (const std::string& column : guess.columns) offer.columns += QString::fromStdString(column);
  }
  for (const std::string& column : guess.left_out) offer.leftOut += QString::fromStdString(column);
  for (std::size_t i = 0; i < guess.task.fields.size(); ++i) {
    FieldRow row{guess.task.fields[i], {}, {}};
    row.origin = QString::fromStdString(i < guess.mapping.fields.size() ? guess.mapping.fields[i].second
                                                                        : guess.task.fields[i].key);
    QStringList examples;
    for (const std::string& value : guess.examples[i]) examples += QString::fromStdString(value);
    row.examples = examples.join(QStringLiteral(" · "));
    offer.fields.push_back(std::move(row));
  }
  m_page->newProjectPanel()->setFile(offer);
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
