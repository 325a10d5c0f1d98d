// Which view is open decides what the primary button does.
#include "widgets/data/data_page.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <utility>

#include "widgets/common/empty_state.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/data/checks_view.h"
#include "widgets/data/import_view.h"
#include "widgets/data/rows_view.h"
#include "widgets/data/split_view.h"
#include "widgets/data/task_view.h"
#include "widgets/look/metrics.h"

namespace minnow {

DataPage::DataPage(QWidget* parent)
    : StagePage(QStringLiteral("data"), parent),
      m_tabs(new QTabBar),
      m_stack(new QStackedWidget),
      m_empty(new EmptyState(QStringLiteral("data"))),
      m_rows(new RowsView),
      m_import(new ImportView),
      m_checks(new ChecksView),
      m_split(new SplitView),
      m_task(new TaskView),
      m_progressText(makeLabel(TextRole::caption)),
      m_progress(new QProgressBar),
      m_cancel(new QPushButton) {
  setObjectName(QStringLiteral("dataPage"));
  setAcceptDrops(true);
  m_tabs->setObjectName(QStringLiteral("dataTabBar"));
  m_tabs->setDrawBase(false);
  m_tabs->setExpanding(false);
  for (int i = 0; i < 5; ++i) m_tabs->addTab(QString());
  for (QWidget* view :
       {static_cast<QWidget*>(m_rows), static_cast<QWidget*>(m_import), static_cast<QWidget*>(m_checks),
        static_cast<QWidget*>(m_split), static_cast<QWidget*>(m_task), static_cast<QWidget*>(m_empty)}) {
    if (view == m_rows || view == m_empty) {
      m_stack->addWidget(view);
      continue;
    }
    // A tall view scrolls by itself: it must not make the others taller than the window.
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(view);
    m_stack->addWidget(area);
  }
  body()->setSpacing(metrics::unit);
  body()->addWidget(m_tabs);
  body()->addWidget(m_stack, 1);
  m_progressText->setObjectName(QStringLiteral("dataProgressLabel"));
  m_progressText->setWordWrap(false);
  m_progress->setObjectName(QStringLiteral("dataProgressBar"));
  m_progress->setTextVisible(false);
  m_progress->setFixedWidth(160);
  m_cancel->setObjectName(QStringLiteral("cancelDataButton"));
  footerRow()->insertWidget(0, m_progressText);
  footerRow()->insertWidget(1, m_progress);
  footerRow()->insertWidget(2, m_cancel);
  setIdle();

  connect(m_tabs, &QTabBar::currentChanged, this, &DataPage::present);
  connect(this, &StagePage::primaryTriggered, this, &DataPage::primary);
  connect(this, &StagePage::nextTriggered, this, &DataPage::goOn);
  makeUndoKeys();
  connect(m_cancel, &QPushButton::clicked, this, &DataPage::cancelRequested);
  connect(m_empty, &EmptyState::actionTriggered, this, [this] { showView(View::import); });
  connect(m_import, &ImportView::fileWanted, this, &DataPage::importFileWanted);
  connect(m_import, &ImportView::fileGiven, this, &DataPage::importFileGiven);
  connect(m_import, &ImportView::mappingChanged, this, &DataPage::present);
  connect(m_import, &ImportView::closed, this, &DataPage::present);
  connect(m_import, &ImportView::rowsWanted, this, [this] { showView(View::rows); });
  connect(m_checks, &ChecksView::rowsWanted, this, [this](const QString& code) {
    RowQuery query;
    query.problems.insert(code.toStdString());
    m_rows->showQuery(query);
    showView(View::rows);
  });
  connect(m_split, &SplitView::leakingRowsWanted, this,
          [this] { Q_EMIT m_checks->rowsWanted(QStringLiteral("leakage")); });
  connect(m_task, &TaskView::changed, this, &DataPage::present);
  retranslateUi();
}

/// Of the page, not of the table: what was deleted or imported is taken back wherever one stands then.
void DataPage::makeUndoKeys() {
  for (const auto& [key, signal] : {std::pair(QKeySequence::Undo, &DataPage::undoRequested),
                                    std::pair(QKeySequence::Redo, &DataPage::redoRequested)}) {
    auto* action = new QAction(this);
    action->setShortcuts(key);
    action->setShortcutContext(Qt::WindowShortcut);  // while this page is the one that is shown
    connect(action, &QAction::triggered, this, signal);
    addAction(action);
  }
  connect(m_rows, &RowsView::undoRequested, this, &DataPage::undoRequested);
  connect(m_rows, &RowsView::redoRequested, this, &DataPage::redoRequested);
  connect(m_import, &ImportView::undoRequested, this, &DataPage::undoRequested);
}

DataPage::View DataPage::view() const { return static_cast<View>(m_tabs->currentIndex()); }

void DataPage::showView(View view) {
  m_tabs->setCurrentIndex(static_cast<int>(view));
  present();
}

void DataPage::setState(const DataState& state) {
  m_state = state;
  m_rows->setState(state);
  m_import->setWritable(state.open && !state.isReadOnly());
  m_task->setReadOnly(!state.open || state.isReadOnly());
  present();
}

void DataPage::setTask(const Task& task) {
  if (m_hasTask && task == m_taskShown && !m_task->isChanged()) return;
  m_hasTask = true;
  m_taskShown = task;
  m_rows->setTask(task);
  m_import->setTask(task);
  m_task->setTask(task);
}

void DataPage::setBusy(std::function<QString()> what) {
  m_busy = true;
  m_busyWith = std::move(what);
  m_progressText->setText(m_busyWith());
  m_progress->setRange(0, 0);
  for (QWidget* widget :
       {static_cast<QWidget*>(m_progressText), static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_cancel)}) {
    widget->show();
  }
  present();
}

void DataPage::setProgress(const Progress& progress) {
  if (!m_busy || progress.total <= 0) return;
  m_progress->setRange(0, 1000);
  m_progress->setValue(static_cast<int>(progress.done * 1000 / progress.total));
  const bool bytes = progress.unit == "bytes";
  const auto amount = [bytes](std::int64_t n) { return bytes ? NumberText::bytes(n) : NumberText::count(n); };
  m_progressText->setText(tr("%1: %2 of %3").arg(m_busyWith(), amount(progress.done), amount(progress.total)));
}

void DataPage::setIdle() {
  m_busy = false;
  for (QWidget* widget :
       {static_cast<QWidget*>(m_progressText), static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_cancel)}) {
    widget->hide();
  }
  present();
}

void DataPage::primary() {
  switch (view()) {
    case View::rows:
      if (m_import->hasOutcome()) m_import->showSources();  // that was the last import
      showView(View::import);
      break;
    case View::import:
      if (m_import->hasOffer())
        Q_EMIT importConfirmed(m_import->wish());
      else
        Q_EMIT importFileWanted();
      break;
    case View::checks:
      Q_EMIT checkRequested();
      break;
    case View::split:
      Q_EMIT splitWanted(m_split->request());
      break;
    case View::task:
      Q_EMIT taskSaved(m_task->task(), m_task->origins());
      break;
  }
}

DataPage::Next DataPage::next() const {
  if (!m_state.open || m_state.isReadOnly() || m_busy) return Next::none;
  if (m_state.rows == 0) return view() == View::task ? Next::rows : Next::none;
  if (m_state.answered < 0 || m_state.inSplits < 0) return Next::none;
  if (m_state.answered == 0) return Next::label;
  return m_state.inSplits > 0 ? Next::train : Next::split;
}

void DataPage::goOn() {
  switch (next()) {
    case Next::none:
      return;
    case Next::rows:
      return showView(View::import);
    case Next::label:
      Q_EMIT labelWanted();
      return;
    case Next::split:
      return showView(View::split);
    case Next::train:
      Q_EMIT trainWanted();
      return;
  }
}

void DataPage::present() {
  const bool needsRows = view() == View::rows || view() == View::checks || view() == View::split;
  const bool hollow = !m_state.open || (isEmpty() && needsRows);
  m_stack->setCurrentIndex(hollow ? 5 : static_cast<int>(view()));
  if (!m_state.open) {
    m_empty->setTexts(tr("No project is open."), tr("Open one on the start page, or make a new one there."));
  } else {
    m_empty->setTexts(tr("There are no rows yet."),
                      m_import->offersDeliveries() ? tr("Import a file, take the demo's rows, or make some up.")
                                                   : tr("Import a file: JSON Lines, CSV, TSV or plain lines."),
                      tr("Add rows"));
  }
  QString action, reason;
  switch (view()) {
    case View::rows:
      action = tr("Add rows");
      break;
    case View::import:
      action = m_import->hasOffer() ? tr("Import") : tr("Choose a file…");
      reason = m_import->reason();
      break;
    case View::checks:
      action = tr("Check all rows");
      break;
    case View::split:
      action = tr("Split the rows");
      break;
    case View::task:
      action = tr("Save the task");
      reason = m_task->reason();
      break;
  }
  setTexts(tr("Data"), tr("The rows that the student learns from."), action);
  const bool writes = view() != View::rows && view() != View::checks;
  if (!m_state.open)
    reason = tr("No project is open.");
  else if (m_state.isReadOnly() && writes)
    reason = m_state.readOnlyReason;
  else if (m_busy && view() != View::rows)
    reason = m_busyWith();
  else if (isEmpty() && (view() == View::checks || view() == View::split))
    reason = tr("There are no rows yet.");
  else if (view() == View::split && m_state.answered == 0)
    reason = tr("No row has an answer yet, and rows without one aren't split.");
  else if (view() == View::task && reason.isEmpty() && !m_task->isChanged())
    reason = tr("Nothing was changed.");
  setReason(reason);

  const Next on = next();
  const bool done = view() == View::rows || (view() == View::import && m_import->hasOutcome()) ||
                    (view() == View::checks && m_checks->isCurrent()) ||
                    (view() == View::split && on != Next::split) || (view() == View::task && !m_task->isChanged());
  if (!done || on == Next::none) return setNext({});
  setNext([on] {
    switch (on) {
      case Next::label:
        return tr("Go on to Label");
      case Next::split:
        return tr("Go on to Split");
      case Next::train:
        return tr("Go on to Train");
      case Next::rows:
      case Next::none:
        break;
    }
    return tr("Add rows");
  });
}

void DataPage::dragEnterEvent(QDragEnterEvent* event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  if (m_state.open && !m_state.isReadOnly() && !urls.isEmpty() && urls.first().isLocalFile())
    event->acceptProposedAction();
}

void DataPage::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  showView(View::import);
  Q_EMIT importFileGiven(event->mimeData()->urls().first().toLocalFile());
}

void DataPage::retranslateUi() {
  m_tabs->setAccessibleName(tr("Views of the data"));
  const QStringList names{tr("Rows"), tr("Add rows"), tr("Checks"), tr("Split"), tr("Task")};
  for (int i = 0; i < names.size(); ++i) m_tabs->setTabText(i, names.at(i));
  m_cancel->setText(tr("Cancel"));
  m_cancel->setToolTip(tr("Stops within a second; what was done so far is kept where that makes sense"));
  m_progress->setAccessibleName(tr("Progress"));
  if (m_busy) m_progressText->setText(m_busyWith());
  present();
}

}  // namespace minnow
