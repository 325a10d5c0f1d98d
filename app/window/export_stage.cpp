// Writing and testing.
#include "app/window/export_stage.h"

#include <QDesktopServices>
#include <QDir>
#include <QUrl>

#include "app/window/engine_thread.h"
#include "app/window/paths.h"
#include "app/window/run_choice.h"
#include "app/window/workspace.h"
#include "core/deploy/check_export.h"
#include "core/deploy/export_adapter.h"
#include "core/deploy/merge.h"
#include "core/project/project.h"
#include "core/train/run_upkeep.h"
#include "widgets/common/message_bar.h"

namespace minnow {
namespace {

/// Up to `count` labelled rows: test rows, else validation rows.
std::vector<Conversation> rowsToTest(const Project& project, int count) {
  for (const Split split : {Split::test, Split::validation}) {
    std::vector<Conversation> rows = project.conversations(split);
    if (rows.empty()) continue;
    if (rows.size() > static_cast<std::size_t>(count)) rows.resize(static_cast<std::size_t>(count));
    return rows;
  }
  return {};
}

/// Nothing when it was stopped before anything was written.
std::optional<ExportResult> written(const ExportSession::Source& source, const ExportRequest& request,
                                    const ProgressSink& progress, std::stop_token stop) {
  ExportResult result;
  if (request.kind == ExportRequest::Kind::adapter) {
    const AdapterExport done = export_adapter(pathOf(source.adapter), pathOf(request.folder));
    result.bytes = done.bytes;
  } else {
    MergeOptions options;
    options.model = pathOf(source.student);
    options.adapter = pathOf(source.adapter);
    options.output = pathOf(request.folder);
    options.dtype = request.dtype.toStdString();
    const MergeReport done = merge(options, progress, stop);
    if (done.stopped) return std::nullopt;
    result.bytes = done.bytes;
  }
  result.folder = request.folder;
  return result;
}

}  // namespace

void ExportSession::write(const Source& source, const ExportRequest& request) {
  const auto result = std::make_shared<std::optional<ExportResult>>();
  // While it waits for its turn, and until it is done, nobody prunes or deletes what it is about.
  const auto kept = std::make_shared<std::optional<FileLock>>(keep_checkpoint(pathOf(source.adapter)));
  auto work = [source, request, result, kept, &engine = context().engine,
               progress = progressSink()](std::stop_token stop) {
    *result = written(source, request, progress, stop);
    if (!*result) return;
    ExportCheckOptions options;
    options.model = pathOf(source.student);
    options.adapter = pathOf(source.adapter);
    const bool merged = request.kind == ExportRequest::Kind::merged;
    options.written_model = merged ? pathOf(request.folder) : options.model;
    if (!merged) options.written_adapter = pathOf(request.folder);
    options.dtype = source.dtype.toStdString();
    options.device = source.device.toStdString();
    options.task = source.project->settings().task;
    options.rows = rowsToTest(*source.project, request.testRows);
    if (options.rows.empty()) {
      (*result)->notTested = tr("Not tested: the project has no labelled test or validation rows.");
      return;
    }
    const ExportCheck check = check_export(options, serving(progress, engine, stop), stop);
    (*result)->tested = check.rows > 0 && !check.stopped;
    if (!(*result)->tested) (*result)->notTested = tr("The test was stopped; what was written is whole.");
    (*result)->passed = check.passed();
    (*result)->rows = check.rows;
    (*result)->agreeing = check.agreeing;
    (*result)->exactSource = check.exact_source;
    (*result)->exactWritten = check.exact_written;
  };
  start(
      Where::engine, [] { return tr("Exporting"); }, std::move(work),
      [this, result] {
        if (*result)
          Q_EMIT finished(**result);
        else
          Q_EMIT stopped();
      });
}

ExportStage::ExportStage(WindowContext& context) : Stage(context), m_page(new ExportPage), m_session(context) {
  Workspace& workspace = context.workspace;
  for (const auto signal :
       {&Workspace::closed, &Workspace::settingsChanged, &Workspace::runsChanged, &Workspace::opened})
    connect(&workspace, signal, this, &ExportStage::update);
  connect(m_page, &ExportPage::exportRequested, this, [this](const ExportRequest& request) {
    const Workspace& open = this->context().workspace;
    m_page->messageBar()->clear();
    m_page->clearResult();
    tellWhatIsWaitedFor(m_session);
    const ProjectSettings& settings = open.settings();
    m_session.write(
        {textOf(settings.student), open.adapter(), open.project(), QString::fromStdString(settings.options.torch_dtype),
         QString::fromStdString(settings.options.device)},
        request);
  });
  connect(m_page, &ExportPage::openFolderRequested, this,
          [](const QString& folder) { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
  connect(&m_session, &ExportSession::finished, this, [this](const ExportResult& result) {
    m_done = result.tested && result.passed;
    m_page->setResult(result);
  });
  connect(&m_session, &ExportSession::stopped, this,
          [this] { m_page->messageBar()->showNote([] { return tr("Stopped; nothing was written."); }); });
  connect(&m_session, &Session::failed, m_page, &StagePage::showError);
  connect(m_page, &ExportPage::cancelRequested, &m_session, &Session::requestStop);
  connect(&m_session, &Session::started, this, [this] {
    m_page->setRunning(true);
    m_page->setWaiting(m_session.isWaiting());
    Q_EMIT markChanged();
  });
  connect(&m_session, &Session::begun, this, [this] { m_page->setWaiting(false); });
  connect(&m_session, &Session::stopping, m_page, &ExportPage::setStopping);
  connect(&m_session, &Session::progressed, m_page, &ExportPage::setProgress);
  connect(&m_session, &Session::ended, this, [this] {
    m_page->setRunning(false);
    Q_EMIT markChanged();
  });
  followRuns(m_page->runSelector(), workspace);
  update();
}

StagePage* ExportStage::page() { return m_page; }

StageMark ExportStage::mark() const {
  if (m_session.isRunning()) return StageMark::running;
  if (m_done) return StageMark::done;
  return context().workspace.currentRun() != nullptr ? StageMark::ready : StageMark::none;
}

void ExportStage::update() {
  const Workspace& workspace = context().workspace;
  const QString adapter = workspace.adapter();
  QString reason;
  if (!workspace.isOpen()) {
    reason = tr("Open or make a project first, on the Start page.");
  } else if (workspace.isGone()) {
    reason = workspace.readOnlyReason();
  } else if (adapter.isEmpty()) {
    reason = tr("Train first: there is no adapter to export yet.");
  }
  m_page->setReady(reason);
  if (adapter != m_shownAdapter || adapter.isEmpty()) {
    m_shownAdapter = adapter;
    m_done = false;
    m_page->clearResult();
    const RunSummary* run = workspace.currentRun();
    const QDir exports(QDir(workspace.folder()).filePath(QStringLiteral("exports")));
    const QString name = run != nullptr ? QString::fromStdString(run->name) : QString();
    if (run != nullptr)
      m_page->setDefaultFolders(exports.filePath(name + QStringLiteral("-adapter")),
                                exports.filePath(name + QStringLiteral("-merged")));
  }
  Q_EMIT markChanged();
}

}  // namespace minnow
