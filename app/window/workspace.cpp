// The open project.
#include "app/window/workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QMetaObject>
#include <QPointer>
#include <algorithm>

#include "app/window/error_text.h"
#include "app/window/job_thread.h"
#include "app/window/paths.h"
#include "core/project/project.h"
#include "core/train/run_record.h"

namespace minnow {

namespace {

std::filesystem::path checkpointOf(const RunSummary& run, qint64 step) {
  return run.folder / ("checkpoint-" + std::to_string(step));
}

}  // namespace

struct Workspace::Loaded {
  std::shared_ptr<Project> project;
  ProjectSettings settings;
  std::vector<RunSummary> runs;
  int rows = 0;
};

Workspace::Workspace(JobThread& files, QObject* parent) : QObject(parent), m_files(files) {}

Workspace::~Workspace() {
  m_files.run([](std::stop_token) {}).wait();  // what was still to be saved is saved, and nothing posts here any more
}

QString Workspace::folder() const { return m_project ? textOf(m_project->folder()) : QString(); }

QString Workspace::name() const {
  if (!m_project) return {};
  const QString task = QString::fromStdString(m_settings.task.name);
  return task.isEmpty() ? QDir(folder()).dirName() : task;
}

QString Workspace::readOnlyReason() const {
  if (!m_project || !m_project->is_read_only()) return {};
  return m_project->is_open_elsewhere() ? tr("The project is open in another Minnow; here it can only be read.")
                                        : tr("The project's folder can't be written to; it can only be read.");
}

void Workspace::setSettings(const ProjectSettings& settings) {
  if (!m_project) return;
  const bool student = settings.student != m_settings.student;
  m_settings = settings;
  m_files.run([this, project = m_project, settings](std::stop_token) {
    try {
      project->save_settings(settings);
    } catch (...) {
      const UserMessage message = errorText(std::current_exception());
      QMetaObject::invokeMethod(
          this, [this, message] { Q_EMIT saveFailed(message); }, Qt::QueuedConnection);
    }
  });
  Q_EMIT settingsChanged();
  if (student) Q_EMIT studentChanged();
}

void Workspace::setStudent(const QString& folder) {
  ProjectSettings settings = m_settings;
  settings.student = pathOf(folder);
  settings.options.model = settings.student;
  setSettings(settings);
}

const RunSummary* Workspace::currentRun() const {
  for (const RunSummary& run : m_runs)
    if (QString::fromStdString(run.name) == m_chosenRun && run.step > 0) return &run;
  for (const RunSummary& run : m_runs)
    if (run.step > 0) return &run;
  return nullptr;
}

void Workspace::chooseRun(const QString& name) {
  if (name == m_chosenRun) return;
  m_chosenRun = name;
  Q_EMIT runsChanged();
}

void Workspace::chooseCheckpoint(const QString& name, qint64 step) {
  m_chosenRun = name;
  const RunSummary* run = currentRun();
  if (run == nullptr || QString::fromStdString(run->name) != name) return;
  if (run->in_use == checkpointOf(*run, step)) return Q_EMIT runsChanged();
  if (m_project->is_read_only()) {
    m_ownChoices.insert(name, step);
    useOwnChoices();
    return Q_EMIT runsChanged();
  }
  m_files.run([this, folder = run->folder, step](std::stop_token) {
    UserMessage message;
    try {
      choose_checkpoint(folder, step);
    } catch (...) {
      message = errorText(std::current_exception());
    }
    QMetaObject::invokeMethod(
        this,
        [this, message] {
          if (!message.isEmpty()) Q_EMIT saveFailed(message);
          refreshRuns();
        },
        Qt::QueuedConnection);
  });
}

void Workspace::useOwnChoices() {
  for (RunSummary& run : m_runs) {
    const auto own = m_ownChoices.constFind(QString::fromStdString(run.name));
    if (own == m_ownChoices.constEnd()) continue;
    if (std::find(run.checkpoints.begin(), run.checkpoints.end(), *own) != run.checkpoints.end())
      run.in_use = checkpointOf(run, *own);
  }
}

QString Workspace::adapter() const {
  const RunSummary* run = currentRun();
  if (run == nullptr) return {};
  return textOf(run->in_use);
}

void Workspace::open(const QString& folder) {
  if (m_project && QFileInfo(folder) == QFileInfo(this->folder())) {  // a second opening would find its own lock
    refreshRuns();
    Q_EMIT opened();
    return;
  }
  openMade([path = pathOf(folder)](std::stop_token) { return Project::open(path); });
}

void Workspace::openMade(std::function<std::unique_ptr<Project>(std::stop_token)> make) {
  if (m_opening) return;
  m_opening = true;
  Q_EMIT opening();
  m_files.run([this, make = std::move(make)](std::stop_token stop) {
    try {
      const auto loaded = std::make_shared<Loaded>();
      loaded->project = make(stop);
      loaded->settings = loaded->project->settings();
      loaded->runs = list_runs(loaded->project->runs_folder());
      loaded->rows = static_cast<int>(loaded->project->count());
      QMetaObject::invokeMethod(
          this, [this, loaded] { take(loaded); }, Qt::QueuedConnection);
    } catch (...) {
      const UserMessage message = errorText(std::current_exception());
      QMetaObject::invokeMethod(
          this,
          [this, message] {
            m_opening = false;
            Q_EMIT openFailed(message);
          },
          Qt::QueuedConnection);
    }
  });
}

void Workspace::take(const std::shared_ptr<Loaded>& loaded) {
  m_opening = false;
  if (m_project) Q_EMIT leaving();
  m_project = std::move(loaded->project);
  m_settings = std::move(loaded->settings);
  m_runs = std::move(loaded->runs);
  m_rowCount = loaded->rows;
  m_chosenRun.clear();
  m_ownChoices.clear();
  Q_EMIT opened();
  Q_EMIT settingsChanged();
  Q_EMIT studentChanged();
  Q_EMIT runsChanged();
  Q_EMIT rowsChanged();
}

void Workspace::close() {
  if (!m_project) return;
  Q_EMIT leaving();
  // The last reference goes on the files thread: folding journals may take a while.
  m_files.run([project = std::move(m_project)](std::stop_token) mutable { project.reset(); });
  m_project.reset();
  m_settings = {};
  m_runs.clear();
  m_rowCount = 0;
  Q_EMIT closed();
  Q_EMIT runsChanged();
  Q_EMIT rowsChanged();
}

void Workspace::refreshRuns() {
  if (!m_project) return;
  m_files.run([this, project = m_project](std::stop_token) {
    auto runs = list_runs(project->runs_folder());
    QMetaObject::invokeMethod(
        this,
        [this, project, runs = std::move(runs)] {
          if (project != m_project) return;
          m_runs = runs;
          useOwnChoices();
          Q_EMIT runsChanged();
        },
        Qt::QueuedConnection);
  });
}

void Workspace::rowsEdited() {
  m_rowCount = m_project ? static_cast<int>(m_project->count()) : 0;
  Q_EMIT rowsChanged();
}

}  // namespace minnow
