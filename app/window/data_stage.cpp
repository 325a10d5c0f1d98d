// Signals of the page to sessions, and back.
#include "app/window/data_stage.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QTimer>
#include <utility>

#include "app/window/activity.h"
#include "app/window/error_text.h"
#include "app/window/workspace.h"
#include "core/project/project.h"
#include "core/project/review_queue.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/number_text.h"
#include "widgets/data/checks_view.h"
#include "widgets/data/data_page.h"
#include "widgets/data/import_view.h"
#include "widgets/data/row_panel.h"
#include "widgets/data/row_table_model.h"
#include "widgets/data/rows_view.h"
#include "widgets/data/split_view.h"
#include "widgets/data/task_view.h"

namespace minnow {
namespace {

constexpr int dataSettleTime = 600;  // ms after a change of rows, before they are counted again
constexpr int slowTime = 300;        // ms of a change that isn't done yet, before the page says what is going on

/// Where a person's files are. Not everybody has a folder for documents, and a dialog takes one that isn't there for
/// the name of a file.
QString documentsFolder() {
  const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

}  // namespace

DataStage::DataStage(WindowContext& context)
    : Stage(context),
      m_page(new DataPage),
      m_import(context),
      m_check(context),
      m_save(context),
      m_settle(new QTimer(this)),
      m_slow(new QTimer(this)),
      m_folder(documentsFolder()) {
  m_settle->setSingleShot(true);
  m_settle->setInterval(dataSettleTime);
  m_slow->setSingleShot(true);
  m_slow->setInterval(slowTime);
  connectPage();
  connectSearch();
  connectEditor();
  connectSessions();
  Workspace& workspace = context.workspace;
  connect(&workspace, &Workspace::opened, this, &DataStage::openProject);
  connect(&workspace, &Workspace::closed, this, &DataStage::closeProject);
  connect(&workspace, &Workspace::rowsChanged, this, &DataStage::rowsChanged);
  connect(&workspace, &Workspace::settingsChanged, this, [this] {
    // What is being typed into the task counts more than what somebody else saved.
    if (!m_page->taskView()->isChanged()) showTask(this->context().workspace.settings().task);
  });
  connect(&workspace, &Workspace::rowsCameIn, this, [this](const QString& file, qint64 rows, qint64 setAside) {
    m_page->messageBar()->showNote([rows, setAside, name = QFileInfo(file).fileName()] {
      const QString text = tr("%1 rows came from %2.").arg(NumberText::count(rows), name);
      if (setAside == 0) return text;
      return text + u' ' +
             tr("%1 lines can't be read; they are in data/set_aside.jsonl.").arg(NumberText::count(setAside));
    });
  });
  connect(&workspace, &Workspace::rowsRequested, this, &DataStage::showRows);
  connect(&workspace, &Workspace::rowOffered, this, &DataStage::addRow);
  if (workspace.isOpen()) {
    openProject();
  } else {
    closeProject();
  }
}

DataStage::~DataStage() {
  m_page->rowsView()->panel()->keep();  // what was typed; the editor ends when that is done
}

StagePage* DataStage::page() { return m_page; }

StageMark DataStage::mark() const {
  if (isBusy()) return StageMark::running;
  if (context().workspace.rowCount() == 0) return context().workspace.isOpen() ? StageMark::ready : StageMark::none;
  return m_split > 0 ? StageMark::done : StageMark::ready;
}

bool DataStage::isBusy() const {
  return m_import.isRunning() || m_check.isRunning() || m_save.isRunning() || m_editing != 0;
}

void DataStage::connectPage() {
  RowsView* rows = m_page->rowsView();
  connect(rows, &RowsView::queryChanged, this, &DataStage::search);
  connect(rows, &RowsView::searchCancelled, &m_search, &RowSearch::stop);
  connect(rows, &RowsView::tokensWanted, this,
          [this](const Row& row) { m_tokens.read(row, context().workspace.settings()); });
  connect(&m_tokens, &TokenReader::tokenized, rows, &RowsView::setTokens);
  connect(rows, &RowsView::editRequested, this, [this](const Row& row) { m_editor.put({row}); });
  connect(rows, &RowsView::addRequested, this, [this] { addRow({}, {}); });
  connect(rows, &RowsView::deleteRequested, this,
          [this](const QList<qint64>& places) { m_editor.remove(m_page->rowsView()->model()->source(), places); });
  connect(rows, &RowsView::splitRequested, this, [this](const QList<qint64>& places, Split split) {
    m_editor.setSplit(m_page->rowsView()->model()->source(), places, split);
  });
  connect(m_page, &DataPage::undoRequested, this, &DataStage::undo);
  connect(m_page, &DataPage::redoRequested, this, &DataStage::redo);
  connect(m_page, &DataPage::labelWanted, this, [this] { Q_EMIT goTo(StageId::label); });
  connect(m_page, &DataPage::trainWanted, this, [this] { Q_EMIT goTo(StageId::train); });
  connect(rows, &RowsView::nothingChosen, this,
          [this] { m_page->messageBar()->showNote([] { return tr("No row is chosen."); }); });
  connect(rows, &RowsView::copyRequested, this, [this](const QList<qint64>& places) {
    if (mayStart()) m_save.copy(m_page->rowsView()->model()->source(), places);
  });
  connect(rows, &RowsView::saveRequested, this,
          [this](RowsView::SaveFormat format) { saveRows(static_cast<int>(format)); });
  connect(rows->model(), &RowTableModel::readFailed, this,
          [this](const QString& sentence) { m_page->showError(errorText(ErrorKind::io, sentence)); });

  connect(m_page, &DataPage::importFileWanted, this, &DataStage::chooseFile);
  connect(m_page, &DataPage::importFileGiven, this, [this](const QString& file) {
    if (mayStart()) m_import.offer(file);
  });
  connect(m_page->importView(), &ImportView::readingChanged, this,
          [this](const QString& file, const ImportReading& reading) {
            if (!isBusy()) m_import.offer(file, reading);
          });
  connect(m_page, &DataPage::importConfirmed, this, [this](const ImportWish& wish) {
    if (!mayStart()) return;
    busy([name = QFileInfo(wish.file).fileName()] { return tr("Importing %1").arg(name); });
    m_import.importFile(wish);
  });
  connect(m_page->importView(), &ImportView::demoRequested, this, [this] {
    if (!mayStart()) return;
    busy([] { return tr("Adding the demo's rows"); });
    m_import.addDemoRows();
  });
  connect(m_page->importView(), &ImportView::synthRequested, this, [this](const SynthWish& wish) {
    if (!mayStart()) return;
    busy([] { return tr("Making up rows"); });
    m_import.makeUpRows(wish);
  });
  connect(m_page, &DataPage::checkRequested, this, [this] {
    if (!mayStart()) return;
    busy([] { return tr("Checking rows"); });
    m_check.check();
  });
  connect(m_page, &DataPage::splitWanted, this, [this](const SplitRequest& request) {
    if (!mayStart()) return;
    busy([] { return tr("Splitting rows"); });
    m_check.splitRows(request);
  });
  connect(m_page, &DataPage::taskSaved, this, &DataStage::saveTask);
  connect(m_page, &DataPage::cancelRequested, this, [this] {
    for (Session* session :
         {static_cast<Session*>(&m_import), static_cast<Session*>(&m_check), static_cast<Session*>(&m_save)}) {
      session->requestStop();
    }
  });
}

void DataStage::connectSearch() {
  RowsView* rows = m_page->rowsView();
  connect(&m_search, &RowSearch::sourceReady, rows, &RowsView::setSource);
  connect(&m_search, &RowSearch::grew, rows, &RowsView::grow);
  connect(&m_search, &RowSearch::progressed, rows, &RowsView::setSearching);
  connect(&m_search, &RowSearch::ended, this, [this, rows](const RowQueryResult& result) {
    rows->endSearching(result.stopped);
    if (result.stopped) return;
    rows->setFacets(result.facets);
    if (!m_query.is_everything()) return;
    // The splits as they are: for the mark and the Split view.
    SplitOutcome parts;
    m_answered = 0;
    for (const Facet& facet : result.facets) {
      for (const FacetValue& value : facet.values)
        if (facet.name == "state" && (value.value == "labelled" || value.value == "needs_review"))
          m_answered += value.rows;
      if (facet.name != "split") continue;
      for (const FacetValue& value : facet.values) {
        if (value.value == "train") parts.train = value.rows;
        if (value.value == "validation") parts.validation = value.rows;
        if (value.value == "test") parts.test = value.rows;
        if (value.value == "none") parts.none = value.rows;
      }
      for (const Facet& problems : result.facets) {
        if (problems.name != "problem") continue;
        parts.leaking = m_leaking;
        for (const FacetValue& value : problems.values) {
          if (value.value == "leakage") parts.leaking = value.rows;
        }
      }
    }
    m_split = parts.train + parts.validation + parts.test;
    m_page->splitView()->showOutcome(parts);
    showState();
  });
  connect(&m_search, &RowSearch::failed, this, [this, rows](const UserMessage& message) {
    rows->endSearching(true);
    m_page->showError(message);
  });
  connect(m_settle, &QTimer::timeout, this, [this] {
    const auto& project = context().workspace.project();
    if (!project) return;
    if (m_search.isRunning()) return m_settle->start();
    const Task& task = context().workspace.settings().task;
    if (m_countChanged && !(m_query.is_everything() && m_query.order == RowOrder::position && !m_query.descending)) {
      m_search.start(project, task, m_query);  // positions are no longer those that were found
    } else {
      m_search.recount(project, task, m_query);
    }
    m_countChanged = false;
  });
}

void DataStage::connectEditor() {
  connect(&m_editor, &RowEditor::acted, this, &DataStage::tellWhatWasDone);
  connect(&m_editor, &RowEditor::workingChanged, this, [this](bool working) {
    if (working) return m_slow->start();
    m_slow->stop();
    if (m_editing == 0) return;
    context().activity.end(std::exchange(m_editing, 0));
    m_page->setIdle();
    Q_EMIT markChanged();
  });
  connect(m_slow, &QTimer::timeout, this, [this] {
    if (isBusy()) return;
    const auto what = [] { return tr("Changing rows"); };
    m_editing = context().activity.begin(what, {});
    m_page->setBusy(what);
  });
  connect(&m_editor, &RowEditor::changed, this, [this](const QStringList& ids, bool count) {
    followTask();
    m_countChanged = m_countChanged || count;
    m_leaking = -1;                  // not looked for since
    m_quietChange = !ids.isEmpty();  // else all rows may be others
    context().workspace.rowsEdited();  // comes back as rowsChanged()
    m_quietChange = false;
    m_page->checksView()->setOutdated(true);
  });
  connect(&m_editor, &RowEditor::undoChanged, this, [this](bool canUndo, bool canRedo) {
    m_canUndo = canUndo;
    m_canRedo = canRedo;
    m_page->rowsView()->setUndo(canUndo, canRedo);
  });
  connect(&m_editor, &RowEditor::failed, m_page, &StagePage::showError);
}

void DataStage::connectSessions() {
  for (Session* session :
       {static_cast<Session*>(&m_import), static_cast<Session*>(&m_check), static_cast<Session*>(&m_save)}) {
    connect(session, &Session::progressed, m_page, &DataPage::setProgress);
    connect(session, &Session::failed, m_page, &StagePage::showError);
    connect(session, &Session::ended, this, [this] {
      m_page->setIdle();
      m_editor.setProject(context().workspace.project());  // whether there is something to undo
      Q_EMIT markChanged();
    });
  }
  connect(&m_import, &ImportSession::offered, this, [this](const ImportOffer& offer) {
    m_page->messageBar()->clear();
    m_page->importView()->showOffer(offer);
    m_page->showView(DataPage::View::import);
  });
  connect(&m_import, &ImportSession::imported, this, [this](const ImportOutcome& outcome) {
    if (m_answered >= 0) m_answered += outcome.labelled;  // until they are counted
    m_page->importView()->showOutcome(outcome);
    m_page->showView(DataPage::View::import);
  });
  connect(&m_check, &CheckSession::checked, this, [this](const CheckOutcome& outcome) {
    m_page->checksView()->showOutcome(outcome);
    if (outcome.stopped) return;
    m_leaking = 0;
    for (const CheckCount& count : outcome.counts) {
      if (count.code == QLatin1String("leakage")) m_leaking = count.rows;
    }
  });
  connect(&m_check, &CheckSession::splitDone, this, [this](const SplitOutcome& outcome, const CheckOutcome& check) {
    if (outcome.stopped) return;
    m_page->splitView()->showOutcome(outcome);
    m_page->checksView()->showOutcome(check);
    m_split = outcome.train + outcome.validation + outcome.test;
    m_leaking = outcome.leaking;
    m_page->importView()->setUndoable(false);
    showState();
  });
  connect(&m_save, &SaveSession::saved, this, [this](const QString& file, qint64 rows) {
    if (rows >= 0)
      m_page->messageBar()->showNote([rows, name = QFileInfo(file).fileName()] {
        return tr("%1 rows were saved in %2.").arg(NumberText::count(rows), name);
      });
  });
  connect(&m_save, &SaveSession::copied, this, [this](const QString& text, qint64 rows) {
    QGuiApplication::clipboard()->setText(text);
    m_page->messageBar()->showNote([rows] { return tr("%1 rows are on the clipboard.").arg(NumberText::count(rows)); });
  });
}

void DataStage::undo() {
  if (m_canUndo) return m_editor.undo();
  m_page->messageBar()->showNote([] { return tr("There is nothing to take back."); });
}

void DataStage::redo() {
  if (m_canRedo) return m_editor.redo();
  m_page->messageBar()->showNote([] { return tr("There is nothing to do again."); });
}

void DataStage::tellWhatWasDone(RowEditor::Act act, qint64 rows) {
  ImportView* import = m_page->importView();
  const auto count = static_cast<int>(rows);
  const auto offerUndo = [this](std::function<QString()> sentence) {
    m_page->messageBar()->showOffer(std::move(sentence), [] { return tr("Undo"); }, [this] { undo(); });
  };
  switch (act) {
    case RowEditor::Act::put:
      break;
    case RowEditor::Act::remove:
      offerUndo([count] { return tr("%Ln row(s) were deleted.", nullptr, count); });
      break;
    case RowEditor::Act::split:
      offerUndo([count] { return tr("%Ln row(s) have another split now.", nullptr, count); });
      break;
    case RowEditor::Act::task:
      offerUndo([] { return tr("The task is saved."); });
      break;
    case RowEditor::Act::undo:
      if (rows < 0 && import->hasOutcome()) import->showSources();  // the import that it told of
      m_page->messageBar()->showOffer(
          [count] {
            return count > 0   ? tr("Taken back: %Ln row(s) are there again.", nullptr, count)
                   : count < 0 ? tr("Taken back: %Ln row(s) have gone again.", nullptr, -count)
                               : tr("Taken back.");
          },
          [] { return tr("Redo"); }, [this] { redo(); });
      break;
    case RowEditor::Act::redo:
      offerUndo([] { return tr("Done again."); });
      break;
  }
  import->setUndoable(false);  // it would take something else back now
}

bool DataStage::mayStart() {
  if (!isBusy()) return true;
  m_page->messageBar()->showNote([] { return tr("Something else is at work on the rows. Do this once it is done."); });
  return false;
}

void DataStage::busy(std::function<QString()> what) {
  m_page->messageBar()->clear();
  m_page->setBusy(std::move(what));
  Q_EMIT markChanged();
}

void DataStage::openProject() {
  const Workspace& workspace = context().workspace;
  m_page->rowsView()->setSource(nullptr);  // keeps what was typed, in the project it belongs to
  m_editor.setProject(workspace.project());
  showTask(workspace.settings().task);
  m_page->checksView()->clear();
  m_page->importView()->showSources();
  m_page->messageBar()->clear();
  m_split = m_leaking = m_answered = -1;
  showState();
  m_page->rowsView()->showQuery({});  // starts the search
}

void DataStage::closeProject() {
  m_search.forget();
  m_page->rowsView()->setSource(nullptr);
  m_editor.setProject(nullptr);
  m_page->setTask({});
  m_page->checksView()->clear();
  m_page->splitView()->clear();
  showState();
}

void DataStage::showState() {
  const Workspace& workspace = context().workspace;
  DataState state;
  state.open = workspace.isOpen();
  state.rows = workspace.rowCount();
  state.readOnlyReason = workspace.readOnlyReason();
  state.answered = state.rows == 0 ? 0 : m_answered;
  state.inSplits = state.rows == 0 ? 0 : m_split;
  m_page->setState(state);
  Q_EMIT markChanged();
}

void DataStage::search(const RowQuery& query) {
  m_query = query;
  const auto& project = context().workspace.project();
  if (!project) return;
  m_countChanged = false;
  m_search.start(project, context().workspace.settings().task, query);
}

void DataStage::rowsChanged() {
  if (!context().workspace.isOpen()) return;
  showState();
  m_page->rowsView()->refresh();
  if (!m_quietChange) m_countChanged = true;  // an import, a split: anything may be otherwise
  m_settle->start();
}

void DataStage::showRows(const QStringList& ids, const QString& why) {
  const auto& project = context().workspace.project();
  if (!project) return;
  std::vector<std::string> wanted;
  for (const QString& id : ids) wanted.push_back(id.toStdString());
  m_search.forget();
  m_page->rowsView()->showChosen(std::make_shared<RowsById>(project, std::move(wanted)), why);
  m_page->showView(DataPage::View::rows);
  Q_EMIT goTo(StageId::data);
}

void DataStage::addRow(const QString& input, const QString& label) {
  if (!context().workspace.isOpen()) return;
  Row row;
  row.input = input.toStdString();
  row.label = label.toStdString();
  row.provenance = input.isEmpty() ? "edited" : "try";
  m_editor.put({row});
  if (!input.isEmpty()) return;
  // An empty row stands at the end: that is where the person goes on.
  m_page->rowsView()->showQuery({});
  const auto link = std::make_shared<QMetaObject::Connection>();
  *link = connect(&m_editor, &RowEditor::changed, this, [this, link](const QStringList& ids, bool count) {
    if (ids.size() != 1 || !count) return;  // an act before it
    disconnect(*link);
    m_page->rowsView()->refresh();
    m_page->rowsView()->chooseRow(m_page->rowsView()->model()->rowCount() - 1);
  });
}

void DataStage::chooseFile() {
  const QString file = QFileDialog::getOpenFileName(m_page, tr("Choose a file with rows"), m_folder,
                                                    tr("Rows (*.jsonl *.json *.csv *.tsv *.txt);;All files (*)"));
  if (file.isEmpty()) return;
  m_folder = QFileInfo(file).path();
  if (mayStart()) m_import.offer(file);
}

void DataStage::saveRows(int format) {
  if (!mayStart()) return;
  static constexpr const char* endings[] = {"csv", "tsv", "jsonl"};
  const QString ending = QLatin1String(endings[format]);
  QString file = QFileDialog::getSaveFileName(m_page, tr("Save rows"), m_folder + QStringLiteral("/rows.") + ending,
                                              QStringLiteral("*.%1").arg(ending));
  if (file.isEmpty()) return;
  m_folder = QFileInfo(file).path();
  if (QFileInfo(file).suffix().isEmpty()) file += QLatin1Char('.') + ending;
  busy([name = QFileInfo(file).fileName()] { return tr("Saving %1").arg(name); });
  m_save.save(m_page->rowsView()->model()->source(), static_cast<TableFormat>(format), file);
}

void DataStage::showTask(const Task& task) {
  m_page->setTask(task);
  m_page->importView()->setDeliveriesOffered(task.fields.empty() || answersDeliveries(task));
}

/// Renamed fields are renamed in the labels. Whether fields that are gone or new change the labels too is asked, where
/// there are any.
void DataStage::saveTask(const Task& task, const QStringList& origins) {
  TaskChange change{task, {}, false, false};
  for (const QString& origin : origins) change.origins.push_back(origin.toStdString());
  const auto quoted = [](const std::vector<std::string>& keys) {
    QStringList names;
    for (const std::string& key : keys) names += tr("“%1”").arg(QString::fromStdString(key));
    return names.join(QStringLiteral(", "));
  };
  const QString gone = quoted(dropped_keys(context().workspace.settings().task, change)), made = quoted(added_keys(change));
  if ((gone.isEmpty() && made.isEmpty()) || context().workspace.rowCount() == 0) return changeTask(change);
  QStringList lines;
  if (!gone.isEmpty()) lines += tr("No longer in the task: %1.").arg(gone);
  if (!made.isEmpty()) lines += tr("New in the task: %1.").arg(made);
  auto* question = new QMessageBox(m_page);
  question->setObjectName(QStringLiteral("fieldQuestion"));
  question->setAttribute(Qt::WA_DeleteOnClose);
  question->setText(tr("Shall the labels of all rows follow?"));
  question->setInformativeText(lines.join(u' ') + u' ' +
                               tr("Values of fields that are gone are removed, new fields come in empty. Undo on the "
                                  "rows takes it back."));
  auto* follow = question->addButton(tr("Change all labels"), QMessageBox::AcceptRole);
  auto* leave = question->addButton(tr("Leave the labels"), QMessageBox::DestructiveRole);
  question->addButton(QMessageBox::Cancel);
  question->setDefaultButton(follow);
  connect(question, &QMessageBox::buttonClicked, this, [this, question, follow, leave, change](QAbstractButton* button) mutable {
    if (button != follow && button != leave) return;
    change.drop_values = change.add_empty = button == follow;
    changeTask(change);
  });
  question->open();
}

void DataStage::changeTask(const TaskChange& change) {
  m_savingTask = true;
  m_editor.changeTask(change);
}

/// After rows changed: the task may have changed with them.
void DataStage::followTask() {
  Workspace& workspace = context().workspace;
  if (!workspace.isOpen()) return;
  const Task task = workspace.project()->settings().task;
  const bool saved = std::exchange(m_savingTask, false);
  if (saved && task == m_page->taskView()->task()) showTask(task);  // nothing is unsaved any more
  if (task == workspace.settings().task) return;
  workspace.readSettings();
  if (saved || !m_page->taskView()->isChanged()) showTask(task);
  m_page->checksView()->setOutdated(true);
  search(m_query);  // facets follow the fields
}

}  // namespace minnow
