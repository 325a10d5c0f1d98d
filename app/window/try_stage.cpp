// Single texts, before and after.
#include "app/window/try_stage.h"

#include "app/window/activity.h"
#include "app/window/engine_thread.h"
#include "app/window/error_text.h"
#include "app/window/paths.h"
#include "app/window/run_choice.h"
#include "app/window/workspace.h"
#include "core/io/file.h"
#include "core/project/project.h"
#include "widgets/common/message_bar.h"
#include "widgets/try/try_page.h"

namespace minnow {
namespace {

constexpr std::int64_t kRowsLookedAt = 20000;  // for examples: a fraction of a second, whatever the project's size

/// Small jobs whose only news is a failure.
class TryFiles final : public Session {
 public:
  using Session::Session;
  ~TryFiles() override { stopAndWait(); }
  void run(JobThread::Job work, std::function<void()> finished) {
    start(Where::files, {}, std::move(work), std::move(finished));
  }
};

}  // namespace

TryStage::TryStage(WindowContext& context) : Stage(context), m_page(new TryPage), m_session(context) {
  Workspace& workspace = context.workspace;
  for (const auto signal :
       {&Workspace::closed, &Workspace::settingsChanged, &Workspace::runsChanged, &Workspace::opened})
    connect(&workspace, signal, this, &TryStage::update);
  connect(&workspace, &Workspace::opened, this, &TryStage::proposeExample);
  connect(&context.activity, &Activity::changed, this, &TryStage::update);
  connect(m_page, &TryPage::askRequested, this, [this](const TryRequest& request) {
    const Workspace& open = this->context().workspace;
    m_page->messageBar()->clear();
    TrySession::ModelChoice choice;
    choice.besideOthers = !this->context().engine.isIdle();
    choice.student = textOf(open.settings().student);
    choice.adapter = open.adapter();
    choice.studentTemplate = open.settings().student_template;
    choice.task = open.settings().task;
    choice.dtype = QString::fromStdString(open.settings().options.torch_dtype);
    choice.device = QString::fromStdString(open.settings().options.device);
    m_session.ask(choice, request);
  });
  connect(m_page, &TryPage::stopRequested, this, [this] { m_session.requestStop(); });
  connect(&m_session, &TrySession::textCame, m_page, &TryPage::appendText);
  connect(&m_session, &TrySession::answered, m_page, &TryPage::setAnswer);
  connect(&m_session, &Session::failed, m_page, &StagePage::showError);
  connect(&m_session, &Session::started, this, [this] {
    m_page->setRunning(true);
    Q_EMIT markChanged();
  });
  connect(&m_session, &Session::ended, this, [this] {
    m_page->setRunning(false);
    Q_EMIT markChanged();
  });
  connect(m_page, &TryPage::exportRequested, this, &TryStage::save);
  connect(m_page, &TryPage::exportModelWanted, this, [this] { Q_EMIT goTo(StageId::export_out); });
  connect(m_page, &TryPage::addToDataRequested, this, &TryStage::addToData);
  followRuns(m_page->runSelector(), workspace);
  update();
  if (workspace.isOpen()) proposeExample();
}

StagePage* TryStage::page() { return m_page; }

StageMark TryStage::mark() const {
  if (m_session.isRunning()) return StageMark::running;
  return context().workspace.currentRun() != nullptr ? StageMark::ready : StageMark::none;
}

void TryStage::update() {
  const Workspace& workspace = context().workspace;
  const bool tuned = !workspace.adapter().isEmpty();
  QString reason;
  if (!workspace.isOpen()) {
    reason = tr("Open or make a project first, on the Start page.");
  } else if (workspace.isGone()) {
    reason = workspace.readOnlyReason();
  } else if (workspace.settings().student.empty()) {
    reason = tr("Choose a model first, on the Model page.");
  }
  m_page->setReady(reason, tuned);
  m_page->setFields(workspace.settings().task.fields);
  // While a session ends its thread is still at it: what the status bar shows is what is said here.
  const bool busy = !context().engine.isIdle() && !context().activity.isEmpty() && !m_session.isRunning();
  m_page->setNote(reason.isEmpty() && busy     ? tr("The engine is at work; you are answered between its steps.")
                  : reason.isEmpty() && !tuned ? tr("Nothing is trained yet: only the untuned model can be asked.")
                                               : QString());
  Q_EMIT markChanged();
}

void TryStage::proposeExample() {
  // An unseen row to begin with: nobody has to think of a text first.
  const auto project = context().workspace.project();
  auto example = std::make_shared<QString>();
  auto* files = new TryFiles(context(), this);
  files->run(
      [project, example](std::stop_token stop) {
        QString other;  // where none was kept out of training
        project->for_each(
            [&](std::int64_t position, const Row& row) {
              const QString input = QString::fromStdString(row.input).trimmed();
              if (row.split == Split::test) *example = input;
              if (other.isEmpty()) other = input;
              return example->isEmpty() && position < kRowsLookedAt;
            },
            stop);
        if (example->isEmpty()) *example = other;
      },
      [this, project, example] {
        if (project == this->context().workspace.project()) m_page->setExample(*example);
      });
  connect(files, &Session::ended, files, &QObject::deleteLater);
}

void TryStage::save(const QString& file, const QString& text) {
  auto* files = new TryFiles(context(), this);
  files->run(
      [file, text](std::stop_token) { write_file_atomic(pathOf(file), text.toStdString()); },
      [this, file] { m_page->messageBar()->showNote([file] { return tr("The table is saved in %1.").arg(file); }); });
  connect(files, &Session::failed, m_page, &StagePage::showError);
  connect(files, &Session::ended, files, &QObject::deleteLater);
}

void TryStage::addToData(const QString& input, const QString& label) {
  const auto project = context().workspace.project();
  if (!project) return;
  Row row;
  row.input = input.toStdString();
  row.label = label.toStdString();
  row.state = label.isEmpty() ? RowState::unlabelled : RowState::needs_review;
  row.provenance = "try";
  auto* files = new TryFiles(context(), this);
  files->run([project, row](std::stop_token) { project->edit({row}); },
             [this, label] {
               this->context().workspace.rowsEdited();
               m_page->messageBar()->showNote([raw = label.isEmpty()] {
                 return raw ? tr("The text is now a row without an answer. Data can undo it.")
                            : tr("The text is now a row to review. Data can undo it.");
               });
             });
  connect(files, &Session::failed, m_page, &StagePage::showError);
  connect(files, &Session::ended, files, &QObject::deleteLater);
}

}  // namespace minnow
