// Evaluate.
#include "app/window/evaluate_stage.h"

#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QLocale>

#include "app/window/error_text.h"
#include "app/window/paths.h"
#include "app/window/run_choice.h"
#include "app/window/workspace.h"
#include "core/project/project.h"
#include "core/train/run_record.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/number_text.h"
#include "widgets/evaluate/evaluate_page.h"

namespace minnow {
namespace {

bool inChinese() { return QLocale().language() == QLocale::Chinese; }

constexpr int settleMs = 500;

}  // namespace

EvaluateStage::EvaluateStage(WindowContext& context)
    : Stage(context), m_page(new EvaluatePage), m_session(context), m_files(context) {
  m_settle.setSingleShot(true);
  m_settle.setInterval(settleMs);
  connect(&m_settle, &QTimer::timeout, this, &EvaluateStage::countRows);
  m_page->installEventFilter(this);
  connect(m_page, &EvaluatePage::evaluateRequested, this, [this](const QString& source) {
    if (m_session.isRunning() || source.isEmpty()) return;
    m_page->messageBar()->clear();
    tellWhatIsWaitedFor(m_session);
    m_session.run(source, inChinese());
  });
  connect(m_page, &EvaluatePage::cancelRequested, this, [this] { m_session.requestStop(); });
  connect(m_page, &EvaluatePage::tryRequested, this, [this] { Q_EMIT goTo(StageId::try_out); });
  connect(m_page, &EvaluatePage::trainRequested, this, [this] { Q_EMIT goTo(StageId::train); });
  connect(m_page, &EvaluatePage::fileWanted, this, &EvaluateStage::askForFile);
  connect(m_page, &EvaluatePage::openReportRequested, this, &EvaluateStage::openReport);
  connect(m_page, &EvaluatePage::saveRequested, this, [this](const QString& path) {
    if (!m_shown.report) return;
    const auto folder = m_shown.path.empty() ? std::filesystem::path() : m_shown.path.parent_path();
    m_files.ask(
        [=, report = m_shown.report] { EvaluateSession::save(pathOf(path), *report, folder, inChinese()); },
        [this, path] {
          m_page->messageBar()->showNote([path] { return tr("Saved: %1").arg(QDir::toNativeSeparators(path)); });
        });
  });
  connect(m_page, &EvaluatePage::rowActivated, this, &EvaluateStage::openRow);
  connect(&m_session, &Session::started, this, [this] {
    m_page->setRunning(true);
    m_page->setWaiting(m_session.isWaiting());
    updateReason();
    Q_EMIT markChanged();
  });
  connect(&m_session, &Session::begun, this, [this] { m_page->setWaiting(false); });
  connect(&m_session, &Session::stopping, m_page, &EvaluatePage::setStopping);
  connect(&m_session, &Session::ended, this, [this] {
    m_page->setRunning(false);
    updateReason();
    Q_EMIT markChanged();
  });
  connect(&m_session, &Session::progressed, this, &EvaluateStage::showProgress);
  connect(&m_session, &Session::failed, m_page, &StagePage::showError);
  connect(&m_files, &Session::failed, m_page, &StagePage::showError);
  connect(&m_session, &EvaluateSession::reportReady, this,
          [this](const ShownReport& shown, bool stopped, const UserMessage& problem) {
            show(shown);
            if (problem.isEmpty())
              noteAbout(shown, stopped);
            else
              m_page->showError(problem);
            if (!stopped) m_page->setNextIsTry(true);
            readReports();
          });
  Workspace& workspace = context.workspace;
  connect(&workspace, &Workspace::opened, this, &EvaluateStage::projectChanged);
  connect(&workspace, &Workspace::closed, this, &EvaluateStage::projectChanged);
  connect(&workspace, &Workspace::rowsChanged, this, &EvaluateStage::rowsChanged);
  connect(&workspace, &Workspace::runsChanged, this, &EvaluateStage::runChanged);
  followRuns(m_page->runSelector(), workspace);
  projectChanged();
}

void EvaluateStage::runChanged() {
  const RunSummary* run = context().workspace.currentRun();
  const QString now = run != nullptr ? QString::fromStdString(run->name) : QString();
  if (now != m_run && !m_session.isRunning()) {
    m_run = now;
    m_openNewest = true;
    m_shown = {};
    m_page->clearReport();
    m_page->setNextIsTry(false);
  }
  tellOtherCheckpoint();
  updateReason();
  readReports();
}

void EvaluateStage::tellOtherCheckpoint() {
  const RunSummary* run = context().workspace.currentRun();
  const auto stepOf = [](const QString& checkpoint) {
    return checkpoint.startsWith(QLatin1String("checkpoint-")) ? checkpoint.mid(11).toLongLong() : 0;
  };
  const bool own = run != nullptr && m_shown.report && m_shown.path.parent_path().filename() == run->name;
  const qint64 judged = own ? stepOf(QString::fromStdString(m_shown.report->after.adapter)) : 0;
  const qint64 chosen = own ? stepOf(textOf(run->in_use.filename())) : 0;
  const bool other = judged > 0 && chosen > 0 && judged != chosen;
  if (other) {
    m_page->setNextIsTry(false);  // what leads on first is to evaluate this one
    m_page->messageBar()->showNote([judged, chosen] {
      return tr("This report is of step %1; step %2 is chosen now. Evaluate it to see its figures.")
          .arg(NumberText::count(judged), NumberText::count(chosen));
    });
  } else if (m_toldOther) {
    m_page->messageBar()->clear();
  }
  m_toldOther = other;
}

EvaluateStage::~EvaluateStage() { m_count.drop(); }

StagePage* EvaluateStage::page() { return m_page; }

StageMark EvaluateStage::mark() const {
  if (m_session.isRunning()) return StageMark::running;
  if (m_page->hasReport()) return StageMark::done;
  return context().workspace.currentRun() != nullptr ? StageMark::ready : StageMark::none;
}

void EvaluateStage::projectChanged() {
  m_shown = {};
  m_ownFiles.clear();
  m_page->clearReport();
  m_page->setReports({}, {});
  m_page->setNextIsTry(false);
  const RunSummary* run = context().workspace.currentRun();
  m_run = run != nullptr ? QString::fromStdString(run->name) : QString();
  m_openNewest = true;
  m_testRows = m_validationRows = -1;
  showSources();
  rowsChanged();
  readReports();
}

bool EvaluateStage::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_page && event->type() == QEvent::Show && m_uncounted) countRows();
  return Stage::eventFilter(watched, event);
}

void EvaluateStage::rowsChanged() {
  m_uncounted = true;
  if (m_page->isVisible()) m_settle.start();  // otherwise it is soon enough when somebody looks
  updateReason();
}

/// Reads every row, which takes a while with a million: on a thread of its own, so that neither saving nor opening
/// waits.
void EvaluateStage::countRows() {
  m_count.drop();
  m_uncounted = false;
  const auto project = context().workspace.project();
  if (!project) return;
  m_count = m_counting.run([this, project](std::stop_token stop) {
    qint64 test = 0, validation = 0;
    LeftOut outside;
    UserMessage problem;
    try {
      project->for_each(
          [&](std::int64_t, const Row& row) {
            if (row.label.empty() || outside.leaves(row.state)) return true;  // as they will be asked
            test += row.split == Split::test;
            validation += row.split == Split::validation;
            return true;
          },
          stop);
    } catch (...) {
      problem = errorText(std::current_exception());
    }
    if (stop.stop_requested()) return;
    const auto tell = [this, project, test, validation, problem] {
      if (project != context().workspace.project()) return;
      if (!problem.isEmpty()) return m_page->showError(problem);
      m_testRows = test;
      m_validationRows = validation;
      showSources();
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
  });
}

void EvaluateStage::showSources() {
  QList<EvaluateRows> sources;
  if (m_testRows > 0) sources << EvaluateRows{QStringLiteral("test"), m_testRows};
  if (m_validationRows > 0) sources << EvaluateRows{QStringLiteral("validation"), m_validationRows};
  for (const QString& file : m_ownFiles) sources << EvaluateRows{file, -1};
  m_page->setRowSources(sources);
  updateReason();
}

void EvaluateStage::askForFile() {
  const QString path = QFileDialog::getOpenFileName(m_page, tr("Rows with wanted answers"), {},
                                                    tr("Rows (*.jsonl *.json *.csv *.tsv *.txt);;All files (*)"));
  if (!path.isEmpty() && !m_ownFiles.contains(path)) m_ownFiles.prepend(path);
  showSources();
}

void EvaluateStage::updateReason() {
  const Workspace& workspace = context().workspace;
  QString reason;
  if (!workspace.isOpen())
    reason = tr("Open a project first, on Start.");
  else if (workspace.isGone())
    reason = workspace.readOnlyReason();
  else if (workspace.currentRun() == nullptr)
    reason = tr("There is no tuned model yet: train one on Train.");
  else if (m_testRows < 0 && m_ownFiles.isEmpty())
    reason = tr("Counting the test rows…");
  else if (m_testRows == 0 && m_validationRows == 0 && m_ownFiles.isEmpty())
    reason = tr("No row is kept for testing: split the rows on Data, or choose a file above.");
  m_page->setReason(m_session.isRunning() ? QString() : reason);
  Q_EMIT markChanged();
}

void EvaluateStage::readReports() {
  const auto project = context().workspace.project();
  if (!project) return;
  struct Found {
    std::filesystem::file_time_type time;
    QString path, run, rows;
  };
  const auto found = std::make_shared<QList<Found>>();
  m_files.ask(
      [project, found] {
        std::error_code ignored;
        for (const auto& run : std::filesystem::directory_iterator(project->runs_folder(), ignored)) {
          if (!run.is_directory()) continue;
          for (const auto& file : std::filesystem::directory_iterator(run.path(), ignored)) {
            const std::string name = file.path().filename().string();
            if (name != "report.json" && !(name.rfind("report_", 0) == 0 && file.path().extension() == ".json"))
              continue;
            *found << Found{file.last_write_time(), textOf(file.path()), textOf(run.path().filename()),
                            name == "report.json" ? QString() : textOf(file.path().stem()).mid(7)};
          }
        }
        // The newest run first, and of its reports the one on the test split.
        std::sort(found->begin(), found->end(), [](const Found& a, const Found& b) {
          const QString aRun = a.run.section(QLatin1Char('-'), 1), bRun = b.run.section(QLatin1Char('-'), 1);
          if (aRun != bRun) return aRun > bRun;  // date and time: v0-20261123-164500
          if (a.rows.isEmpty() != b.rows.isEmpty()) return a.rows.isEmpty();
          return a.time > b.time;
        });
      },
      [this, project, found] {
        if (project != context().workspace.project()) return;
        QList<ReportEntry> entries;
        for (const Found& report : *found) {
          const QString rows = report.rows.isEmpty()                        ? tr("test split")
                               : report.rows == QLatin1String("validation") ? tr("validation split")
                                                                            : report.rows;
          entries << ReportEntry{report.path,
                                 report.run.section(QLatin1Char('-'), 0, 0) + QStringLiteral(" · ") + rows};
        }
        m_page->setReports(entries, textOf(m_shown.path));
        // Where no run has weights to choose, the newest report is shown all the same.
        const auto own = m_run.isEmpty() ? found->begin()
                                         : std::find_if(found->begin(), found->end(),
                                                        [this](const Found& f) { return f.run == m_run; });
        if (m_openNewest && own != found->end() && !m_page->hasReport() && !m_session.isRunning())
          openReport(own->path);
        m_openNewest = false;
      });
}

void EvaluateStage::openReport(const QString& path) {
  const auto shown = std::make_shared<ShownReport>();
  m_files.ask([shown, path] { *shown = EvaluateSession::open(pathOf(path)); },
              [this, shown] {
                show(*shown);
                m_page->setNextIsTry(false);
                tellOtherCheckpoint();
              });
}

void EvaluateStage::openRow(const QString& id) {
  const auto& project = context().workspace.project();
  if (!project) return;
  if (project->find(id.toStdString())) {
    Q_EMIT context().workspace.rowsRequested({id}, tr("from the evaluation"));
  } else {
    m_page->messageBar()->showNote(
        [id] { return tr("Data has no row %1: it was deleted since, or it came from a file of its own.").arg(id); });
  }
}

void EvaluateStage::show(const ShownReport& shown) {
  m_shown = shown;
  m_page->setReport(shown.report, shown.rows);
  Q_EMIT markChanged();
}

void EvaluateStage::noteAbout(const ShownReport& shown, bool stopped) {
  const auto rows = static_cast<qint64>(shown.rows.size());
  if (stopped)
    m_page->messageBar()->showNote([rows] {
      return tr("Cancelled: these are the figures of the %n row(s) answered by then; the report isn't kept.", nullptr,
                static_cast<int>(rows));
    });
  else if (shown.seen > 0)
    m_page->messageBar()->showNote([rows, seen = shown.seen] {
      return tr("%1 of these %2 rows are among those that the run was given to learn from: the figures flatter it. A "
                "new "
                "run, trained on the rows as they are split now, can be judged by them.")
          .arg(NumberText::count(seen), NumberText::count(rows));
    });
  else if (shown.path.empty())
    m_page->messageBar()->showNote([] {
      return tr("The project can only be read here, so the report isn't kept; Save report puts it elsewhere.");
    });
}

void EvaluateStage::showProgress(const Progress& progress) {
  const Activity::Entry* told = m_session.activity();
  m_page->setProgress(progress, told != nullptr ? told->remainingSeconds : -1.0);
}

}  // namespace minnow
