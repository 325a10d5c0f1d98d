// Signals of the page to sessions, and back.
#include "app/window/label_stage.h"

#include <QDir>
#include <QFileDialog>
#include <QMetaObject>
#include <QTimer>

#include "app/window/activity.h"
#include "app/window/error_text.h"
#include "app/window/paths.h"
#include "app/window/workspace.h"
#include "core/project/project.h"
#include "core/project/review_queue.h"
#include "widgets/common/message_bar.h"
#include "widgets/label/label_page.h"
#include "widgets/label/review_view.h"

namespace minnow {
namespace {

constexpr int triedRows = 3;
constexpr int labelSettleTime = 1000;  // ms after a change of rows, before their states are counted again

}  // namespace

LabelStage::LabelStage(WindowContext& context)
    : Stage(context), m_page(new LabelPage), m_label(context), m_settle(new QTimer(this)) {
  m_settle->setSingleShot(true);
  m_settle->setInterval(labelSettleTime);
  connectPage();
  connectSession();
  Workspace& workspace = context.workspace;
  connect(&workspace, &Workspace::opened, this, &LabelStage::openProject);
  connect(&workspace, &Workspace::closed, this, &LabelStage::closeProject);
  connect(&workspace, &Workspace::rowsChanged, this, [this] {
    if (!m_settle->isActive()) m_settle->start();
  });
  connect(&workspace, &Workspace::settingsChanged, this, [this] {
    m_page->setTask(this->context().workspace.settings().task);
    showState();
  });
  // A queue at hand isn't shuffled under the reviewer; a new one comes when nothing in it is left to do.
  connect(m_settle, &QTimer::timeout, this,
          [this] { look(m_page->review()->count() <= m_page->review()->reviewed()); });
  if (workspace.isOpen()) {
    openProject();
  } else {
    showState();
  }
}

LabelStage::~LabelStage() {
  m_look.requestStop();
  m_look.wait();
}

StagePage* LabelStage::page() { return m_page; }

StageMark LabelStage::mark() const {
  if (m_label.isRunning()) return StageMark::running;
  if (m_state.total() == 0) return StageMark::none;
  if (m_state.review + m_state.failed > 0) return StageMark::attention;
  return m_state.raw > 0 ? StageMark::ready : StageMark::done;
}

void LabelStage::connectPage() {
  connect(m_page, &LabelPage::folderWanted, this, [this] {
    const QString folder =
        QFileDialog::getExistingDirectory(m_page, tr("Choose the teacher's folder"), m_page->wish().folder);
    if (folder.isEmpty()) return;
    m_page->setFolder(QDir::toNativeSeparators(folder));
    Q_EMIT m_page->folderChanged(folder);
  });
  connect(m_page, &LabelPage::folderChanged, this, [this](const QString& folder) {
    Workspace& workspace = context().workspace;
    if (!workspace.canWrite()) return;
    ProjectSettings settings = workspace.settings();
    const std::filesystem::path path = pathOf(folder);
    if (settings.teacher.folder == path) return;
    settings.teacher.kind = folder.isEmpty() ? TeacherKind::none : TeacherKind::folder;
    settings.teacher.folder = path;
    workspace.setSettings(settings);
  });
  connect(m_page, &LabelPage::tryRequested, this, [this](const LabelWish& wish) {
    if (m_label.isRunning()) return;
    m_page->messageBar()->clear();
    m_trying = true;
    m_page->setTrying(true);
    tellWhatIsWaitedFor(m_label);
    m_label.tryRows(wish, triedRows);
  });
  connect(m_page, &LabelPage::labelRequested, this, [this](const LabelWish& wish) {
    if (m_label.isRunning()) return;
    m_page->messageBar()->clear();
    m_page->setRunning(true);
    tellWhatIsWaitedFor(m_label);
    m_label.label(wish);
    if (m_label.isWaiting()) m_page->setWaiting(true);
    Q_EMIT markChanged();
  });
  connect(m_page, &LabelPage::stopRequested, &m_label, &Session::requestStop);
  ReviewView* review = m_page->review();
  connect(review, &ReviewView::accepted, this, [this](const Row& row) { m_editor.put({row}); });
  connect(review, &ReviewView::dropped, this, [this](const Row& row) { m_editor.removeIds({row.id}); });
  connect(review, &ReviewView::takeBackRequested, &m_editor, &RowEditor::takeBack);
  connect(m_page, &LabelPage::trainWanted, this, [this] { Q_EMIT goTo(StageId::train); });
  connect(review, &ReviewView::askAgainRequested, this, [this](const Row& row) {
    m_again += QString::fromStdString(row.id);
    askNext();
  });
  connect(&m_editor, &RowEditor::failed, m_page, &StagePage::showError);
  connect(&m_editor, &RowEditor::changed, this, [this] {
    context().workspace.rowsEdited();
    m_page->review()->refresh();
  });
}

void LabelStage::connectSession() {
  connect(&m_label, &Session::progressed, this, &LabelStage::tellProgress);
  connect(&m_label, &Session::begun, this, [this] {
    if (!m_asking && !m_trying) m_page->setWaiting(false);
  });
  connect(&m_label, &Session::stopping, m_page, &LabelPage::setStopping);
  connect(&m_label, &Session::failed, m_page, &StagePage::showError);
  connect(&m_label, &LabelSession::tried, m_page, &LabelPage::showTrials);
  connect(&m_label, &LabelSession::rowAnsweredAgain, m_page->review(), &ReviewView::answered);
  connect(&m_label, &LabelSession::rowLabelled, this, [this] {
    if (!m_settle->isActive()) m_settle->start();
  });
  connect(&m_label, &LabelSession::labelled, this, [this](const LabelOutcome& outcome) {
    m_page->review()->refresh();
    if (m_asking) return;
    m_page->showOutcome(outcome);
    m_wantsQueue = true;
  });
  connect(&m_label, &Session::ended, this, [this] {
    m_page->setTrying(false);
    m_page->setRunning(false);
    const bool queue = !m_asking && !m_trying;
    m_asking = m_trying = false;
    if (m_again.isEmpty()) m_page->review()->askingEnded();
    look(queue);
    Q_EMIT markChanged();
    askNext();
  });
}

void LabelStage::askNext() {
  if (m_again.isEmpty() || m_label.isRunning() || !context().workspace.isOpen()) return;
  m_asking = true;
  m_label.askAgain(m_page->wish(), std::exchange(m_again, {}));
}

void LabelStage::tellProgress(const Progress& progress) {
  if (m_asking || m_trying) return;
  if (const Activity::Entry* told = m_label.activity())
    m_page->setProgress(progress, told->perSecond, told->remainingSeconds);
}

void LabelStage::openProject() {
  const Workspace& workspace = context().workspace;
  m_editor.setProject(workspace.project());
  m_page->setTask(workspace.settings().task);
  m_page->setFolder(textOf(workspace.settings().teacher.folder));
  m_page->showTrials({});
  m_page->messageBar()->clear();
  m_again.clear();
  look(true);
}

void LabelStage::closeProject() {
  m_look.requestStop();
  m_lookedAt.reset();
  ++m_looked;
  m_label.requestStop();
  m_editor.setProject(nullptr);
  m_page->setQueue(nullptr);
  m_page->showTrials({});
  m_state = {};
  showState();
}

void LabelStage::look(bool queue) {
  const std::shared_ptr<Project> project = context().workspace.project();
  if (!project) return;
  m_wantsQueue = m_wantsQueue || queue;
  if (!m_look.isDone() && m_lookedAt == project) return m_settle->start();  // once that one is done
  m_lookedAt = project;
  m_look.requestStop();
  m_look = m_thread.run([this, project, look = ++m_looked](std::stop_token stop) {
    try {
      const auto found = std::make_shared<ReviewQueue>(review_queue(*project, {}, stop));
      if (found->stopped) return;
      QMetaObject::invokeMethod(
          this,
          [this, project, found, look] {
            if (look != m_looked) return;
            const auto& states = found->states;
            m_state.raw = states[static_cast<std::size_t>(RowState::unlabelled)];
            m_state.labelled = states[static_cast<std::size_t>(RowState::labelled)];
            m_state.review = states[static_cast<std::size_t>(RowState::needs_review)];
            m_state.failed = states[static_cast<std::size_t>(RowState::failed)];
            if (std::exchange(m_wantsQueue, false)) {
              m_page->setQueue(std::make_shared<RowsById>(project, std::move(found->ids)));
            }
            showState();
          },
          Qt::QueuedConnection);
    } catch (...) {
      const UserMessage message = errorText(std::current_exception());
      QMetaObject::invokeMethod(
          this, [this, message] { m_page->showError(message); }, Qt::QueuedConnection);
    }
  });
}

void LabelStage::showState() {
  const Workspace& workspace = context().workspace;
  m_state.open = workspace.isOpen();
  m_state.hasFields = !workspace.settings().task.fields.empty();
  m_state.readOnlyReason = workspace.readOnlyReason();
  m_page->setState(m_state);
  Q_EMIT markChanged();
}

}  // namespace minnow
