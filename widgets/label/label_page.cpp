// The teacher's settings and run, and the review beside it.
#include "widgets/label/label_page.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "widgets/common/badge.h"
#include "widgets/common/card.h"
#include "widgets/common/engine_sentence.h"
#include "widgets/common/headline_figure.h"
#include "widgets/common/input_view.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/common/row_words.h"
#include "widgets/common/value_spans.h"
#include "widgets/label/review_view.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {

LabelPage::LabelPage(QWidget* parent)
    : StagePage(QStringLiteral("label"), parent),
      m_tabs(new QTabBar),
      m_stack(new QStackedWidget),
      m_review(new ReviewView) {
  setObjectName(QStringLiteral("labelPage"));
  m_tabs->setObjectName(QStringLiteral("labelTabBar"));
  m_tabs->setDrawBase(false);
  m_tabs->setExpanding(false);
  m_tabs->addTab(QString());
  m_tabs->addTab(QString());
  m_stack->addWidget(makeTeacherView());
  m_stack->addWidget(m_review);
  body()->setSpacing(metrics::unit);
  body()->addWidget(m_tabs);
  body()->addWidget(m_stack, 1);
  connect(m_tabs, &QTabBar::currentChanged, this, &LabelPage::present);
  connect(m_review, &ReviewView::leftChanged, this, &LabelPage::present);
  connect(this, &StagePage::primaryTriggered, this, [this] {
    switch (action()) {
      case Action::stop:
        return Q_EMIT stopRequested();
      case Action::review:
        return showView(View::review);
      case Action::train:
        return Q_EMIT trainWanted();
      default:
        return Q_EMIT labelRequested(wish());
    }
  });
  retranslateUi();
}

QWidget* LabelPage::makeTeacherView() {
  m_teacherCard = new Card;
  m_stateCard = new Card;
  m_trialCard = new Card;
  m_folderName = new QLabel;
  m_folderHint = makeLabel(TextRole::caption);
  m_folder = new QLineEdit;
  m_folder->setObjectName(QStringLiteral("teacherFolderEdit"));
  m_choose = new QPushButton;
  m_choose->setObjectName(QStringLiteral("chooseTeacherButton"));
  m_limitName = new QLabel;
  m_limit = new QSpinBox;
  m_limit->setObjectName(QStringLiteral("labelLimitSpinBox"));
  m_limit->setRange(0, 100000000);
  m_limit->setGroupSeparatorShown(true);
  m_tokensName = new QLabel;
  m_tokens = new QSpinBox;
  m_tokens->setObjectName(QStringLiteral("answerTokensSpinBox"));
  m_tokens->setRange(8, 8192);
  m_tokens->setValue(512);
  m_doubtName = new QLabel;
  m_doubt = new QSpinBox;
  m_doubt->setObjectName(QStringLiteral("doubtSpinBox"));
  m_doubt->setRange(0, 100);
  m_doubt->setSuffix(QStringLiteral(" %"));
  m_doubt->setValue(50);
  m_failedToo = new QCheckBox;
  m_failedToo->setObjectName(QStringLiteral("failedTooCheckBox"));
  m_constrain = new QCheckBox;
  m_constrain->setObjectName(QStringLiteral("constrainJsonCheckBox"));
  m_try = new QPushButton;
  m_try->setObjectName(QStringLiteral("tryTeacherButton"));
  auto* folderRow = new QHBoxLayout;
  folderRow->setSpacing(metrics::unit);
  folderRow->addWidget(m_folder, 1);
  folderRow->addWidget(m_choose);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(metrics::unit);
  grid->setVerticalSpacing(metrics::unit);
  int line = 0;
  for (const auto& [name, box] :
       {std::pair(m_limitName, m_limit), std::pair(m_tokensName, m_tokens), std::pair(m_doubtName, m_doubt)}) {
    name->setBuddy(box);
    grid->addWidget(name, line, 0);
    grid->addWidget(box, line++, 1);
  }
  grid->setColumnStretch(1, 1);
  m_folderName->setBuddy(m_folder);
  QVBoxLayout* teacher = m_teacherCard->content();
  teacher->addWidget(m_folderName);
  teacher->addLayout(folderRow);
  teacher->addWidget(m_folderHint);
  teacher->addLayout(grid);
  teacher->addWidget(m_failedToo);
  teacher->addWidget(m_constrain);
  teacher->addStretch(1);

  m_raw = new HeadlineFigure;
  m_labelled = new HeadlineFigure;
  m_toReview = new HeadlineFigure;
  m_failed = new HeadlineFigure;
  auto* figures = new QHBoxLayout;
  figures->setSpacing(metrics::wide);
  for (HeadlineFigure* figure : {m_raw, m_labelled, m_toReview, m_failed}) figures->addWidget(figure);
  figures->addStretch(1);
  m_runText = makeLabel(TextRole::caption);
  m_runText->setObjectName(QStringLiteral("labelRunLabel"));
  m_runBar = new QProgressBar;
  m_runBar->setObjectName(QStringLiteral("labelProgressBar"));
  m_runBar->setTextVisible(false);
  m_runBar->hide();
  m_stateCard->content()->addLayout(figures);
  m_stateCard->content()->addWidget(m_runBar);
  m_stateCard->content()->addWidget(m_runText);

  m_trialHint = makeLabel(TextRole::muted);
  m_trialHint->setObjectName(QStringLiteral("trialHintLabel"));
  auto* list = new QWidget;
  m_trialList = new QVBoxLayout(list);
  m_trialList->setContentsMargins(0, 0, metrics::unit, 0);
  m_trialList->setSpacing(metrics::gap);
  m_trialList->addStretch(1);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(list);
  m_trialCard->headingRow()->addWidget(m_try);
  m_trialCard->content()->addWidget(m_trialHint);
  m_trialCard->content()->addWidget(scroll, 1);
  m_try->setProperty("quiet", false);

  auto* right = new QVBoxLayout;
  right->setSpacing(metrics::gap);
  right->addWidget(m_stateCard);
  right->addWidget(m_trialCard, 1);
  auto* view = new QWidget;
  auto* row = new QHBoxLayout(view);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::gap);
  row->addWidget(m_teacherCard, 2);
  row->addLayout(right, 3);
  connect(m_choose, &QPushButton::clicked, this, &LabelPage::folderWanted);
  connect(m_folder, &QLineEdit::textChanged, this, &LabelPage::present);
  connect(m_folder, &QLineEdit::editingFinished, this, [this] { Q_EMIT folderChanged(m_folder->text().trimmed()); });
  connect(m_failedToo, &QCheckBox::toggled, this, &LabelPage::present);
  connect(m_limit, &QSpinBox::valueChanged, this, &LabelPage::present);
  connect(m_try, &QPushButton::clicked, this, [this] { Q_EMIT tryRequested(wish()); });
  return view;
}

LabelPage::View LabelPage::view() const { return static_cast<View>(m_tabs->currentIndex()); }

void LabelPage::showView(View view) { m_tabs->setCurrentIndex(static_cast<int>(view)); }

void LabelPage::setState(const LabelState& state) {
  m_state = state;
  m_review->setWritable(state.open && state.readOnlyReason.isEmpty());
  present();
}

void LabelPage::setTask(const Task& task) {
  if (task == m_task) return;
  m_task = task;
  m_review->setTask(task);
  presentTrials();
}

void LabelPage::setFolder(const QString& folder) {
  m_folder->setText(folder);
  m_folder->setCursorPosition(0);
}

LabelWish LabelPage::wish() const {
  LabelWish wish;
  wish.folder = m_folder->text().trimmed();
  wish.answerTokens = m_tokens->value();
  wish.doubtfulBelow = m_doubt->value() / 100.0;
  wish.limit = m_limit->value();
  wish.failedToo = m_failedToo->isChecked();
  wish.constrainJson = m_constrain->isChecked();
  return wish;
}

void LabelPage::setTrying(bool trying) {
  m_trying = trying;
  present();
}

void LabelPage::showTrials(const QList<LabelTrialView>& trials) {
  m_trials = trials;
  presentTrials();
}

void LabelPage::setRunning(bool running) {
  m_running = running;
  m_stopping = false;
  if (running) setWaiting(false);
  m_runBar->setVisible(running);
  present();
}

void LabelPage::setWaiting(bool waiting) {
  m_runBar->setRange(0, 0);
  m_runText->setText(waiting ? tr("Waiting for its turn…") : tr("Opening the teacher…"));
}

void LabelPage::setStopping() {
  m_stopping = true;
  present();
}

void LabelPage::setProgress(const Progress& progress, double rowsPerSecond, double remainingSeconds) {
  if (!m_running || progress.total <= 0) return;
  m_runBar->setRange(0, 1000);
  m_runBar->setValue(static_cast<int>(progress.done * 1000 / progress.total));
  QString text = tr("%1 of %2 rows").arg(NumberText::count(progress.done), NumberText::count(progress.total));
  if (rowsPerSecond > 0)
    text += QStringLiteral(" · ") + tr("%1 rows a minute").arg(QLocale().toString(60.0 * rowsPerSecond, 'f', 1));
  if (remainingSeconds >= 0) text += QStringLiteral(" · ") + tr("%1 left").arg(NumberText::duration(remainingSeconds));
  m_runText->setText(text);
}

void LabelPage::showOutcome(const LabelOutcome& outcome) {
  QString text = tr("%1 answers in %2: %3 labelled, %4 to review, %5 failed.")
                     .arg(NumberText::count(outcome.asked), NumberText::duration(outcome.seconds),
                          NumberText::count(outcome.labelled), NumberText::count(outcome.review),
                          NumberText::count(outcome.failed));
  if (outcome.left > 0)
    text += QLatin1Char(' ') + tr("%1 rows are left; going on asks only those.").arg(NumberText::count(outcome.left));
  m_runText->setText(text);
}

void LabelPage::setQueue(std::shared_ptr<const RowSource> queue) {
  m_review->setQueue(std::move(queue));
  present();
}

QString LabelPage::whyNot() const {
  if (!m_state.open) return tr("No project is open.");
  if (!m_state.readOnlyReason.isEmpty()) return m_state.readOnlyReason;
  if (!m_state.hasFields) return tr("The task has no fields yet; add them under Data, Task.");
  if (m_state.total() == 0) return tr("There are no rows yet; add some under Data.");
  if (m_folder->text().trimmed().isEmpty()) return tr("Choose the folder of a teacher.");
  return {};
}

qint64 LabelPage::rowsToAsk() const {
  const qint64 rows = m_state.raw + (m_failedToo->isChecked() ? m_state.failed : 0);
  return m_limit->value() > 0 ? qMin<qint64>(rows, m_limit->value()) : rows;
}

LabelPage::Action LabelPage::action() const {
  if (m_running) return Action::stop;
  const bool writes = m_state.open && m_state.readOnlyReason.isEmpty();
  const bool answered = writes && m_state.total() > 0 && rowsToAsk() == 0;
  if (!answered) return view() == View::review && m_review->left() > 0 ? Action::none : Action::label;
  if (m_review->left() > 0) return view() == View::review ? Action::none : Action::review;
  return m_state.labelled > 0 ? Action::train : Action::label;
}

void LabelPage::present() {
  m_stack->setCurrentIndex(m_tabs->currentIndex());
  m_tabs->setTabText(0, tr("Teacher"));
  const int left = m_review->left();
  m_tabs->setTabText(1, left > 0 ? tr("Review (%1)").arg(NumberText::count(left)) : tr("Review"));
  m_raw->setFigure(NumberText::count(m_state.raw));
  m_labelled->setFigure(NumberText::count(m_state.labelled));
  m_toReview->setFigure(NumberText::count(m_state.review));
  m_failed->setFigure(NumberText::count(m_state.failed));
  const qint64 rows = rowsToAsk();
  const Action now = action();
  QString reason = whyNot();
  m_try->setEnabled(reason.isEmpty() && !m_running && !m_trying);
  m_review->setTeacherKnown(reason.isEmpty() && !m_running);
  if (m_state.failed > 0 && rows == 0 && m_state.readOnlyReason.isEmpty())
    reason = tr("No answer was of use: tick that these rows are asked again.");
  if (m_trying) reason = tr("The teacher is being tried.");
  const bool leadsOn = now == Action::review || now == Action::train;
  const QString text = m_stopping              ? tr("Stopping…")
                       : m_running             ? tr("Stop")
                       : now == Action::review ? tr("Review %1 answers").arg(NumberText::count(left))
                       : now == Action::train  ? tr("Train")
                       : rows > 0              ? tr("Label %1 rows").arg(NumberText::count(rows))
                                               : tr("Label the rows");
  setTexts(tr("Label"), tr("A larger model answers the raw rows; you check what is doubtful."), text);
  if (now == Action::train) primaryButton()->setToolTip(tr("All rows have an answer: on to the stage Train"));
  primaryButton()->setIcon(lineIcon(m_running ? QStringLiteral("stop")
                                    : leadsOn ? QStringLiteral("arrow-right")
                                              : QStringLiteral("label"),
                                    IconTone::onAccent));
  setReason(m_running || leadsOn ? QString() : reason);
  primaryButton()->setVisible(now != Action::none);  // in the review, Accept is the one
  for (QWidget* setting :
       {static_cast<QWidget*>(m_folder), static_cast<QWidget*>(m_choose), static_cast<QWidget*>(m_limit),
        static_cast<QWidget*>(m_tokens), static_cast<QWidget*>(m_doubt), static_cast<QWidget*>(m_failedToo),
        static_cast<QWidget*>(m_constrain)}) {
    setting->setEnabled(!m_running);
  }
}

void LabelPage::presentTrials() {
  qDeleteAll(m_trialWidgets);
  m_trialWidgets.clear();
  m_trialHint->setVisible(m_trials.isEmpty());
  for (int i = 0; i < m_trials.size(); ++i) {
    const LabelTrialView& trial = m_trials.at(i);
    auto* box = new QWidget;
    box->setObjectName(QStringLiteral("trial%1").arg(i));
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::half);
    auto* input = new InputView;
    input->setReadOnly(true);
    input->setLines(1, 4);
    input->setFields(m_task.fields);
    input->setInput(QString::fromStdString(trial.row.input));
    input->setValues(fieldValues(QString::fromStdString(trial.row.label), m_task.fields));
    input->setAccessibleName(tr("Input"));
    QLabel* answer = makeLabel(TextRole::body);
    answer->setText(trial.answer);
    answer->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* head = new QHBoxLayout;
    auto* badge = new Badge;
    badge->setState(trial.row.state == RowState::labelled ? Tone::good
                    : trial.row.state == RowState::failed ? Tone::bad
                                                          : Tone::warning,
                    stateWord(trial.row.state));
    auto* prompt = new QPushButton(tr("Show the prompt"));
    prompt->setToolTip(tr("What the teacher reads, word for word"));
    prompt->setProperty("quiet", true);
    prompt->setCheckable(true);
    prompt->setObjectName(QStringLiteral("prompt%1Button").arg(i));
    head->addWidget(badge);
    head->addStretch(1);
    head->addWidget(prompt);
    QStringList problems;
    for (const Problem& problem : trial.row.problems) {
      const QString field = QString::fromStdString(problem.field);
      const QString word = problemWord(QString::fromStdString(problem.code));
      problems += (field.isEmpty() ? word : QStringLiteral("%1 — %2").arg(field, word)) + QStringLiteral(": ") +
                  engineSentence(problem.sentence);
    }
    QLabel* wrong = makeLabel(TextRole::warning);
    wrong->setText(problems.join(u'\n'));
    wrong->setVisible(!problems.isEmpty());
    QLabel* read = makeLabel(TextRole::caption);
    read->setText(trial.prompt);
    read->setTextInteractionFlags(Qt::TextSelectableByMouse);
    read->hide();
    connect(prompt, &QPushButton::toggled, read, &QWidget::setVisible);
    column->addLayout(head);
    column->addWidget(input);
    column->addWidget(answer);
    column->addWidget(wrong);
    column->addWidget(read);
    m_trialList->insertWidget(i, box);
    m_trialWidgets.append(box);
  }
}

void LabelPage::retranslateUi() {
  m_tabs->setAccessibleName(tr("Views of labelling"));
  m_teacherCard->setHeading(tr("Teacher"));
  m_stateCard->setHeading(tr("Rows"));
  m_trialCard->setHeading(tr("Before you ask for all"));
  m_folderName->setText(tr("Folder of a Qwen3 model"));
  m_folder->setAccessibleName(tr("Folder of a Qwen3 model"));
  m_folder->setToolTip(tr("A dense Qwen3, larger than the student; it answers with the task's detailed prompt"));
  m_folderHint->setText(tr("The larger the teacher, the better its answers and the longer they take."));
  m_choose->setText(tr("Choose…"));
  m_choose->setToolTip(tr("Choose the teacher's folder"));
  m_limitName->setText(tr("Rows at most"));
  m_limit->setSpecialValueText(tr("all"));
  m_limit->setToolTip(tr("Fewer rows are done sooner; you can go on later, nothing is asked twice"));
  m_tokensName->setText(tr("Longest answer"));
  m_tokens->setSuffix(tr(" tokens"));
  m_tokens->setToolTip(tr("A longer limit lets long answers finish; an answer that reaches it counts as failed"));
  m_doubtName->setText(tr("Doubtful below"));
  m_doubt->setToolTip(
      tr("Raising it sends more rows to the review: those with a value that the teacher was less sure of"));
  m_limit->setAccessibleName(m_limitName->text());
  m_tokens->setAccessibleName(m_tokensName->text());
  m_doubt->setAccessibleName(m_doubtName->text());
  m_failedToo->setText(tr("Ask again where an answer was no use"));
  m_failedToo->setToolTip(tr("Rows in state Failed are asked again too"));
  m_constrain->setText(tr("Let it write only the task's JSON"));
  m_constrain->setToolTip(tr("Small teachers fail less often; what they would have written otherwise stays unseen"));
  m_raw->setCaption(stateWord(RowState::unlabelled));
  m_labelled->setCaption(stateWord(RowState::labelled));
  m_toReview->setCaption(stateWord(RowState::needs_review));
  m_failed->setCaption(stateWord(RowState::failed));
  m_runBar->setAccessibleName(tr("Progress of labelling"));
  m_try->setText(tr("Try 3 rows"));
  m_try->setToolTip(tr("Asks for three rows and shows prompts and answers; nothing is written"));
  m_trialHint->setText(
      tr("Try the teacher on three rows first: you see what it reads and what it writes. Nothing is written then."));
  presentTrials();
  present();
}

}  // namespace minnow
