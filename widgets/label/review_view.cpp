// The queue on the left, the row at hand on the right, the deeds below it.
#include "widgets/label/review_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/common/badge.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/engine_sentence.h"
#include "widgets/common/input_view.h"
#include "widgets/common/label_form.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/common/row_words.h"
#include "widgets/data/row_delegate.h"
#include "widgets/data/row_table_model.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {

ReviewView::ReviewView(QWidget* parent)
    : QWidget(parent),
      m_model(new RowTableModel(this)),
      m_list(new QTableView),
      m_empty(new EmptyState(QStringLiteral("label"))),
      m_work(new QWidget),
      m_progress(makeLabel(TextRole::section)),
      m_problems(makeLabel(TextRole::warning)),
      m_sure(makeLabel(TextRole::caption)),
      m_keysHint(makeLabel(TextRole::caption)),
      m_state(new Badge),
      m_input(new InputView),
      m_form(new LabelForm) {
  setObjectName(QStringLiteral("reviewView"));
  m_progress->setObjectName(QStringLiteral("reviewProgressLabel"));
  m_problems->setObjectName(QStringLiteral("reviewProblemsLabel"));
  m_input->setObjectName(QStringLiteral("reviewInputView"));
  m_input->setReadOnly(true);
  m_input->setLines(2, 8);
  QFont large = m_input->font();
  large.setPixelSize(16);
  m_input->setFont(large);
  m_list->setObjectName(QStringLiteral("reviewTable"));
  m_list->setModel(m_model);
  m_list->setItemDelegate(new RowDelegate(m_list));
  m_list->setShowGrid(false);
  m_list->setWordWrap(false);
  m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_list->setSelectionMode(QAbstractItemView::SingleSelection);
  m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_list->setTabKeyNavigation(false);
  m_list->verticalHeader()->hide();
  m_list->horizontalHeader()->hide();
  m_list->verticalHeader()->setDefaultSectionSize(metrics::controlHeight);
  m_list->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

  m_accept =
      makeDeed("acceptButton", {QKeySequence(Qt::Key_A), QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)},
               &ReviewView::accept);
  m_edit = makeDeed("editButton", {QKeySequence(Qt::Key_E), QKeySequence(Qt::Key_F2)}, &ReviewView::edit);
  m_again = makeDeed("askAgainButton", {QKeySequence(Qt::Key_R)}, &ReviewView::askAgain);
  m_drop = makeDeed("dropButton", {QKeySequence(Qt::Key_D), QKeySequence(Qt::Key_Delete)}, &ReviewView::drop);
  m_next = makeDeed("nextButton", {QKeySequence(Qt::Key_N), QKeySequence(Qt::Key_Right), QKeySequence(Qt::Key_J)},
                    &ReviewView::next);
  m_previous =
      makeDeed("previousButton", {QKeySequence(Qt::Key_P), QKeySequence(Qt::Key_Left), QKeySequence(Qt::Key_K)},
               &ReviewView::previous);
  m_undo = makeDeed("undoReviewButton", {QKeySequence(Qt::Key_U), QKeySequence(QKeySequence::Undo)}, &ReviewView::undo);
  m_accept->setProperty("primary", true);
  for (QPushButton* quiet : {m_previous, m_next, m_undo}) quiet->setProperty("quiet", true);

  auto* head = new QHBoxLayout;
  head->setSpacing(metrics::unit);
  head->addWidget(m_progress, 1);
  head->addWidget(m_sure);
  head->addWidget(m_state);
  m_sure->setWordWrap(false);
  auto* content = new QWidget;
  auto* rowColumn = new QVBoxLayout(content);
  rowColumn->setContentsMargins(0, 0, metrics::unit, 0);
  rowColumn->setSpacing(metrics::unit);
  rowColumn->addWidget(m_input);
  rowColumn->addWidget(m_problems);
  rowColumn->addWidget(m_form);
  rowColumn->addStretch(1);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(content);
  auto* deeds = new QHBoxLayout;
  deeds->setSpacing(metrics::unit);
  for (QPushButton* button : {m_accept, m_edit, m_again, m_drop}) deeds->addWidget(button);
  deeds->addStretch(1);
  for (QPushButton* button : {m_undo, m_previous, m_next}) deeds->addWidget(button);
  auto* right = new QWidget;
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  column->addLayout(head);
  column->addWidget(scroll, 1);
  column->addLayout(deeds);
  column->addWidget(m_keysHint);
  auto* split = new QSplitter(Qt::Horizontal);
  split->setHandleWidth(metrics::gap);
  split->setChildrenCollapsible(false);
  split->addWidget(m_list);
  split->addWidget(right);
  split->setSizes({300, 700});
  split->setStretchFactor(1, 1);
  m_list->setMinimumWidth(160);
  auto* work = new QVBoxLayout(m_work);
  work->setContentsMargins(0, 0, 0, 0);
  work->addWidget(split);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_empty, 1);
  outer->addWidget(m_work, 1);

  connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ReviewView::present);
  connect(m_model, &RowTableModel::rowsArrived, this, [this](int first, int last) {
    if (current() >= first && current() <= last) present();
  });
  connect(m_form, &LabelForm::labelEdited, this, [this] { m_input->setValues(m_form->values()); });
  setTask({});
  retranslateUi();
  present();
}

QPushButton* ReviewView::makeDeed(const char* name, const QList<QKeySequence>& keys, void (ReviewView::*deed)()) {
  auto* button = new QPushButton;
  button->setObjectName(QLatin1String(name));
  button->setFocusPolicy(Qt::TabFocus);
  connect(button, &QPushButton::clicked, this, deed);
  for (const QKeySequence& key : keys) {
    // What is typed into a text field stays there: eventFilter() claims it before shortcuts see it.
    auto* shortcut = new QShortcut(key, this);
    // A letter works wherever the focus is while the queue is seen; Return and the arrows may be meant for a button.
    const bool letter = key.toString().size() == 1;
    shortcut->setContext(letter ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, [this, button, deed] {
      if (button->isEnabled()) (this->*deed)();
    });
  }
  return button;
}

void ReviewView::setTask(const Task& task) {
  m_task = task;
  m_model->setFields(task.fields);
  m_model->setReadOnly(true);
  m_input->setFields(task.fields);
  m_form->setFields(task.fields);
  for (int i = 0; i < m_model->columnCount(); ++i) {
    const auto kind = m_model->columnKind(i);
    m_list->setColumnHidden(i, kind != RowTableModel::Column::state && kind != RowTableModel::Column::input);
  }
  m_list->setColumnWidth(1, 136);
  m_list->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
  for (QLineEdit* line : m_form->findChildren<QLineEdit*>()) line->installEventFilter(this);
}

void ReviewView::setWritable(bool writable) {
  m_writable = writable;
  m_form->setReadOnly(!writable);
  present();
}

void ReviewView::setTeacherKnown(bool known) {
  m_teacher = known;
  present();
}

void ReviewView::setQueue(std::shared_ptr<const RowSource> queue) {
  m_deeds.clear();
  m_asked.clear();
  m_unmoved.clear();
  m_row.reset();
  m_model->setSource(std::move(queue));
  if (count() > 0) choose(0);
  present();
}

void ReviewView::refresh() {
  m_model->sourceChanged();
  present();
}

void ReviewView::answered(const Row& row) {
  const QString id = QString::fromStdString(row.id);
  const auto asked = m_asked.constFind(id);
  if (asked == m_asked.constEnd()) return;
  if (row.label == asked->before.label) m_unmoved.insert(id);
  m_deeds.append({asked->place, false, asked->before, row});
  m_asked.erase(asked);
  present();
}

void ReviewView::askingEnded() {
  m_asked.clear();
  present();
}

bool ReviewView::isAsking(const Row& row) const { return m_asked.contains(QString::fromStdString(row.id)); }

int ReviewView::count() const { return m_model->rowCount(); }
int ReviewView::reviewed() const {
  QSet<int> places;
  for (const Deed& deed : m_deeds)
    if (deed.settles) places.insert(deed.place);
  return static_cast<int>(places.size());
}
int ReviewView::current() const { return m_list->currentIndex().row(); }

void ReviewView::choose(int row) {
  if (row < 0 || row >= count()) return;
  m_list->setCurrentIndex(m_model->index(row, 2));
  m_list->scrollTo(m_list->currentIndex());
}

void ReviewView::present() {
  const bool any = count() > 0;
  m_empty->setVisible(!any);
  m_work->setVisible(any);
  const Row* row = any ? m_model->row(current()) : nullptr;
  const bool there = row != nullptr && !(row->input.empty() && row->label.empty());  // else dropped, or not read yet
  if (there) {
    const bool same = m_row && m_row->id == row->id;
    // A newer version of the row at hand is shown, unless its answer is being typed just now.
    const bool newer = same && (row->label != m_row->label || row->state != m_row->state);
    if (!same || (newer && m_form->label().toStdString() == m_row->label)) showRow(*row);
    if (m_row) showWords(*m_row);
  } else {
    m_row.reset();
    m_input->setInput({});
    m_form->setLabel({});
    m_form->setProblems({});
    m_problems->hide();
    m_sure->clear();
    m_state->setState(Tone::neutral, row ? tr("Dropped") : tr("Reading…"));
  }
  const bool writes = there && m_writable && !isAsking(*row);
  for (QPushButton* deed : {m_accept, m_edit, m_drop}) deed->setEnabled(writes);
  m_again->setEnabled(writes && m_teacher);
  m_undo->setEnabled(m_writable && !m_deeds.isEmpty());
  m_next->setEnabled(current() + 1 < count());
  m_previous->setEnabled(current() > 0);
  m_progress->setText(
      tr("%1 of %2 · %3 reviewed")
          .arg(NumberText::count(current() + 1), NumberText::count(count()), NumberText::count(reviewed())));
}

void ReviewView::showRow(const Row& row) {
  m_row = row;
  m_input->setInput(QString::fromStdString(row.input));
  m_form->setLabel(QString::fromStdString(row.label));
  m_form->setProblems(row.problems);
  m_input->setValues(m_form->values());
  showWords(row);
}

void ReviewView::showWords(const Row& row) {
  const Tone tone = row.state == RowState::failed     ? Tone::bad
                    : row.state == RowState::labelled ? Tone::good
                                                      : Tone::warning;
  if (isAsking(row))
    m_state->setState(Tone::accent, tr("Asking the teacher…"));
  else
    m_state->setState(tone, stateWord(row.state));
  m_sure->setText(m_unmoved.contains(QString::fromStdString(row.id)) ? tr("the teacher answers the same again")
                  : row.confidence < 0                               ? QString()
                                       : tr("least sure value: %1").arg(NumberText::percent(row.confidence, 0)));
  QStringList whole;
  for (const Problem& problem : row.problems) {
    const bool ofField =
        std::any_of(m_task.fields.begin(), m_task.fields.end(), [&](const Field& f) { return f.key == problem.field; });
    if (ofField) continue;
    const QString word = problemWord(QString::fromStdString(problem.code));
    whole += QStringLiteral("%1: %2").arg(word, engineSentence(problem.sentence));
  }
  m_problems->setText(whole.join(u'\n'));
  m_problems->setVisible(!whole.isEmpty());
}

void ReviewView::settle(Row before, std::optional<Row> after) {
  m_deeds.append({current(), true, std::move(before), std::move(after)});
  m_list->setFocus();
  if (current() + 1 < count()) {
    next();
  } else {
    present();
  }
  Q_EMIT leftChanged();
}

void ReviewView::undo() {
  if (m_deeds.isEmpty()) return;
  const Deed last = m_deeds.takeLast();
  m_unmoved.remove(QString::fromStdString(last.before.id));
  Q_EMIT takeBackRequested(last.before, last.after);
  choose(last.place);
  present();
  Q_EMIT leftChanged();
}

void ReviewView::accept() {
  if (!m_row || !m_writable || m_form->isInvalid()) return;
  const Row before = *m_row;
  Row row = before;
  const std::string label = m_form->label().toStdString();
  if (label != row.label) {
    row.label = label;
    row.provenance = "edited";
    row.confidence = -1.0;
  }
  row.state = row.label.empty() ? RowState::unlabelled : RowState::labelled;
  Q_EMIT accepted(row);
  settle(before, row);
}

void ReviewView::edit() { m_form->focusDoubtful(); }

void ReviewView::askAgain() {
  if (!m_row) return;
  const Row row = *m_row;
  m_unmoved.remove(QString::fromStdString(row.id));
  m_asked.insert(QString::fromStdString(row.id), {current(), row});
  Q_EMIT askAgainRequested(row);
  present();
}

void ReviewView::drop() {
  if (!m_row) return;
  const Row row = *m_row;
  Q_EMIT dropped(row);
  settle(row, std::nullopt);
}

void ReviewView::next() { choose(current() + 1); }
void ReviewView::previous() { choose(current() - 1); }

bool ReviewView::eventFilter(QObject* object, QEvent* event) {
  const auto* line = qobject_cast<QLineEdit*>(object);
  if (event->type() == QEvent::ShortcutOverride && line && !line->isReadOnly()) {
    event->accept();  // every key is the text's while one is typed
    return true;
  }
  if (event->type() == QEvent::KeyPress && line) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
      accept();
      return true;
    }
    if (key == Qt::Key_Escape) {
      if (m_row) m_form->setLabel(QString::fromStdString(m_row->label));
      m_list->setFocus();
      return true;
    }
  }
  return QWidget::eventFilter(object, event);
}

void ReviewView::retranslateUi() {
  m_empty->setTexts(tr("Nothing to review."),
                    tr("Answers with problems and answers the teacher wasn't sure of come here."));
  m_list->setAccessibleName(tr("Rows to review, the most doubtful first"));
  m_input->setAccessibleName(tr("Input"));
  const auto deed = [](QPushButton* button, const QString& text, const QString& key, const QString& tip) {
    button->setText(QStringLiteral("%1  %2").arg(text, key));
    button->setAccessibleName(text);
    button->setToolTip(tip);
  };
  deed(m_accept, tr("Accept"), QStringLiteral("A"), tr("The answer is right as it stands here (A or Enter)"));
  deed(m_edit, tr("Edit"), QStringLiteral("E"), tr("Change a value; Enter accepts it, Escape takes it back (E or F2)"));
  deed(m_again, tr("Ask again"), QStringLiteral("R"),
       tr("The teacher answers once more, another way; you judge its new answer here (R)"));
  deed(m_drop, tr("Drop"), QStringLiteral("D"), tr("Removes the row from the data (D or Delete)"));
  deed(m_next, tr("Next"), QStringLiteral("N"), tr("Leaves the row as it is (N, J or →)"));
  deed(m_previous, tr("Back"), QStringLiteral("P"), tr("The row before (P, K or ←)"));
  deed(m_undo, tr("Undo"), QStringLiteral("U"), tr("Undoes what was last done here (U or Ctrl+Z)"));
  m_keysHint->setText(tr("One key for each row: keep a finger on A, and use E where something is wrong."));
  present();
}

void ReviewView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  retranslateUi();
  if (m_row) showWords(*m_row);
}

}  // namespace minnow
