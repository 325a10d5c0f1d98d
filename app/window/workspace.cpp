// The open project.
#include "app/window/workspace.h"

#include <malloc.h>

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QMetaObject>
#include <QPointer>
#include <algorithm>
#include <utility>

#include "app/window/error_text.h"
#include "app/window/job_thread.h"
#include "app/window/paths.h"
#include "core/project/project.h"
#include "core/train/run_folder.h"
#include "core/train/run_record.h"
#include "core/train/run_upkeep.h"

namespace minnow {
namespace {

constexpr int kWatch_ms = 2000;
constexpr int kWatchesPerLook = 2;

std::filesystem::path checkpointOf(const RunSummary& run, qint64 step) {
  return run.folder / ("checkpoint-" + std::to_string(step));
}

}  // namespace

struct Workspace::Loaded {
  std::shared_ptr<Project> project;
  ProjectSettings settings;
  std::vector<RunSummary> runs;
  std::optional<RunElsewhere> elsewhere;
  int rows = 0;
};

Workspace::Workspace(JobThread& files, QObject* parent) : QObject(parent), m_files(files) {
  m_watch.setInterval(kWatch_ms);
  connect(&m_watch, &QTimer::timeout, this, &Workspace::watch);
}

Workspace::~Workspace() {
  m_files.run([](std::stop_token) {}).wait();  // what was still to be saved is saved, and nothing posts here any more
}

QString Workspace::folder() const { return m_project ? textOf(m_project->folder()) : QString(); }

QString Workspace::name() const {
  if (!m_project) return {};
  const QString task = QString::fromStdString(m_settings.task.name);
  return task.isEmpty() ? QDir(folder()).dirName() : task;
}

bool Workspace::canWrite() const { return m_project && !m_project->is_read_only() && !m_gone; }

bool Workspace::isOpenElsewhere() const { return m_project && m_project->is_open_elsewhere(); }

QString Workspace::readOnlyReason() const {
  if (m_gone) return tr("The project's folder isn't there any more. Put it back, or open another project.");
  if (!m_project || !m_project->is_read_only()) return {};
  return m_project->is_open_elsewhere() ? tr("The project is open in another Minnow; here it can only be read.")
                                        : tr("The project's folder can't be written to; it can only be read.");
}

void Workspace::setSettings(const ProjectSettings& settings) {
  if (!m_project) return;
  if (!canWrite()) {
    Q_EMIT saveFailed({tr("Nothing was changed"), readOnlyReason(), {}, {}});
    Q_EMIT settingsChanged();  // what was typed gives way to what is so
    return;
  }
  const bool student =
      settings.student != m_settings.student || settings.student_template != m_settings.student_template;
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

void Workspace::readSettings() {
  if (!m_project) return;
  m_settings = m_project->settings();
  Q_EMIT settingsChanged();
}

void Workspace::setStudent(const QString& folder, TemplateChoice choice) {
  ProjectSettings settings = m_settings;
  settings.student = pathOf(folder);
  settings.options.model = settings.student;
  settings.student_template = choice;
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

void Workspace::openAgain() {
  if (!m_project) return;
  openMade([path = m_project->folder()](std::stop_token) { return Project::open(path); });
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
      if (loaded->project->is_open_elsewhere()) loaded->elsewhere = runUnderWay(loaded->runs);
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
  letGo(std::exchange(m_project, std::move(loaded->project)));
  m_settings = std::move(loaded->settings);
  m_runs = std::move(loaded->runs);
  m_elsewhere = loaded->elsewhere;
  m_rowCount = loaded->rows;
  m_chosenRun.clear();
  m_ownChoices.clear();
  m_gone = false;
  m_watch.start();
  Q_EMIT opened();
  Q_EMIT settingsChanged();
  Q_EMIT studentChanged();
  Q_EMIT runsChanged();
  Q_EMIT rowsChanged();
}

void Workspace::close() {
  if (!m_project) return;
  Q_EMIT leaving();
  letGo(std::exchange(m_project, nullptr));
  m_gone = false;
  m_watch.stop();
  m_settings = {};
  m_runs.clear();
  m_rowCount = 0;
  Q_EMIT closed();
  Q_EMIT runsChanged();
  Q_EMIT rowsChanged();
}

/// The last reference goes on the files thread: taking an index of a million rows down takes a while. The pages that
/// showed the project go first, and what all that held is given back to the system.
void Workspace::letGo(std::shared_ptr<Project> project) {
  if (!project) return;
  QTimer::singleShot(0, this, [this, project = std::move(project)]() mutable {
    m_files.run([project = std::move(project)](std::stop_token) mutable {
      project.reset();
      ::malloc_trim(0);
    });
  });
}

void Workspace::watch() {
  if (!m_project || m_opening) return;
  const bool gone = !QFileInfo::exists(QDir(folder()).filePath(QStringLiteral("minnow.json")));
  if (std::exchange(m_gone, gone) != gone) Q_EMIT stateChanged();
  if (!gone && isOpenElsewhere() && ++m_watched % kWatchesPerLook == 0) refreshRuns();  // one may be under way there
}

std::optional<Workspace::RunElsewhere> Workspace::runUnderWay(const std::vector<RunSummary>& runs) {
  if (runs.empty() || !is_run_locked(runs.front().folder)) return std::nullopt;
  const std::vector<LoggedPoint> lines = read_log(runs.front().folder);
  RunElsewhere run{runs.front().name};
  for (const LoggedPoint& line : lines) {
    run.step = std::max(run.step, line.step);
    run.maxSteps = std::max(run.maxSteps, line.max_steps);
  }
  return run;
}

QString Workspace::runElsewhere() const {
  if (!m_elsewhere) return {};
  const QLocale locale;
  return tr("It trains there: %1, step %2 of %3.")
      .arg(QString::fromStdString(m_elsewhere->name), locale.toString(m_elsewhere->step),
           locale.toString(m_elsewhere->maxSteps));
}

void Workspace::refreshRuns() {
  if (!m_project) return;
  m_files.run([this, project = m_project](std::stop_token) {
    auto runs = list_runs(project->runs_folder());
    std::optional<RunElsewhere> elsewhere;
    if (project->is_open_elsewhere()) elsewhere = runUnderWay(runs);
    QMetaObject::invokeMethod(
        this,
        [this, project, elsewhere, runs = std::move(runs)] {
          if (project != m_project) return;
          m_runs = runs;
          useOwnChoices();
          m_elsewhere = elsewhere;
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
