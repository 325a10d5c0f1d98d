// Talk to it.
#include "widgets/try/try_page.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>

#include "widgets/common/card.h"
#include "widgets/common/input_view.h"
#include "widgets/common/labels.h"
#include "widgets/common/named_button.h"
#include "widgets/common/run_selector.h"
#include "widgets/look/metrics.h"
#include "widgets/try/answer_panel.h"

namespace minnow {
namespace {

constexpr int inputsRole = Qt::UserRole, mostHistory = 50;
constexpr int manyResults = 6;  // from there on the table has most of the room

}  // namespace

TryPage::TryPage(QWidget* parent)
    : StagePage(QStringLiteral("play"), parent),
      m_results(new TryResultsModel(this)),
      m_note(makeLabel(TextRole::caption)),
      m_export(namedButton("exportTableButton", "save")),
      m_add(namedButton("addToDataButton", "plus")),
      m_stop(namedButton("stopButton", "stop")),
      m_next(namedButton("exportModelButton", "arrow-right")) {
  setObjectName(QStringLiteral("tryPage"));
  m_runBox = new RunSelector(this);
  m_runLabel = makeLabel(TextRole::muted, this);
  m_runLabel->setWordWrap(false);
  m_runLabel->setBuddy(m_runBox);
  m_runLabel->setFixedHeight(metrics::controlHeight);
  headerRow()->addWidget(m_runLabel, 0, Qt::AlignTop);
  headerRow()->addWidget(m_runBox, 0, Qt::AlignTop);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(metrics::gap);
  columns->addWidget(makeInput(), 2);
  columns->addWidget(makeResults(), 5);
  body()->addLayout(columns, 1);
  m_note->setObjectName(QStringLiteral("tryNoteLabel"));
  footerRow()->insertWidget(0, m_note);
  addSecondaryButton(m_add);
  addSecondaryButton(m_export);
  addSecondaryButton(m_stop);
  addSecondaryButton(m_next);
  connect(m_next, &QPushButton::clicked, this, &TryPage::exportModelWanted);

  auto* exportMenu = new QMenu(m_export);
  for (const auto format :
       {TryResultsModel::Format::tsv, TryResultsModel::Format::csv, TryResultsModel::Format::jsonl}) {
    auto* action = exportMenu->addAction(QString());
    connect(action, &QAction::triggered, this, [this, format] { exportTable(format); });
    m_exportActions += action;
  }
  auto* copy = exportMenu->addAction(QString());
  connect(copy, &QAction::triggered, this,
          [this] { QApplication::clipboard()->setText(m_results->exported(TryResultsModel::Format::tsv)); });
  m_exportActions += copy;
  m_export->setMenu(exportMenu);
  auto* addMenu = new QMenu(m_add);
  for (const bool labelled : {true, false}) {
    auto* action = addMenu->addAction(QString());
    action->setObjectName(labelled ? QStringLiteral("addLabelledAction") : QStringLiteral("addUnlabelledAction"));
    connect(action, &QAction::triggered, this, [this, labelled] { addToData(labelled); });
    m_addActions += action;
  }
  m_add->setMenu(addMenu);

  connect(this, &StagePage::primaryTriggered, this, &TryPage::ask);
  connect(m_stop, &QPushButton::clicked, this, &TryPage::stopRequested);
  connect(m_input, &QPlainTextEdit::textChanged, this, &TryPage::updateState);
  for (QCheckBox* box : {m_before, m_after, m_eachLine}) connect(box, &QCheckBox::toggled, this, &TryPage::updateState);
  retranslateUi();
  updateState();
}

QWidget* TryPage::makeInput() {
  m_inputCard = new Card;
  m_input = new QPlainTextEdit;
  m_input->setObjectName(QStringLiteral("tryInputEdit"));
  m_input->setTabChangesFocus(true);
  m_input->installEventFilter(this);
  m_eachLine = new QCheckBox;
  m_eachLine->setObjectName(QStringLiteral("eachLineCheckBox"));
  m_inputHint = makeLabel(TextRole::caption);
  m_inputHint->setObjectName(QStringLiteral("tryInputHintLabel"));
  m_before = new QCheckBox;
  m_after = new QCheckBox;
  m_onlyJson = new QCheckBox;
  m_before->setObjectName(QStringLiteral("askBeforeCheckBox"));
  m_after->setObjectName(QStringLiteral("askAfterCheckBox"));
  m_onlyJson->setObjectName(QStringLiteral("onlyJsonCheckBox"));
  m_before->setChecked(true);
  m_after->setChecked(true);
  m_temperatureLabel = makeLabel(TextRole::caption);
  m_temperature = new QDoubleSpinBox;
  m_temperature->setObjectName(QStringLiteral("temperatureSpinBox"));
  m_temperature->setRange(0.0, 2.0);
  m_temperature->setSingleStep(0.1);
  m_temperature->setDecimals(1);
  m_lengthLabel = makeLabel(TextRole::caption);
  m_length = new QSpinBox;
  m_length->setObjectName(QStringLiteral("maxNewTokensSpinBox"));
  m_length->setRange(16, 4096);
  m_length->setValue(256);
  m_temperatureLabel->setWordWrap(false);
  m_lengthLabel->setWordWrap(false);
  m_temperatureLabel->setBuddy(m_temperature);
  m_lengthLabel->setBuddy(m_length);

  auto* sides = new QHBoxLayout;
  sides->setSpacing(metrics::gap);
  sides->addWidget(m_before);
  sides->addWidget(m_after);
  sides->addStretch(1);
  auto* settings = new QGridLayout;
  settings->setHorizontalSpacing(metrics::unit);
  settings->setVerticalSpacing(metrics::half);
  settings->addWidget(m_temperatureLabel, 0, 0);
  settings->addWidget(m_lengthLabel, 0, 1);
  settings->addWidget(m_temperature, 1, 0);
  settings->addWidget(m_length, 1, 1);
  m_inputCard->content()->addWidget(m_input, 1);
  m_inputCard->content()->addWidget(m_eachLine);
  m_inputCard->content()->addWidget(m_inputHint);
  m_inputCard->content()->addLayout(sides);
  m_inputCard->content()->addWidget(m_onlyJson);
  m_inputCard->content()->addLayout(settings);

  m_historyCard = new Card;
  m_history = new QListWidget;
  m_history->setObjectName(QStringLiteral("tryHistoryList"));
  m_history->setStyleSheet(QStringLiteral("QListView { border: none; background: transparent; }"));
  m_history->setTextElideMode(Qt::ElideRight);
  m_history->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_historyCard->content()->addWidget(m_history, 1);
  const auto recall = [this](const QListWidgetItem* item) {
    const QStringList inputs = item->data(inputsRole).toStringList();
    if (inputs.size() > 1 || inputs.front().contains(QLatin1Char('\n'))) m_eachLine->setChecked(inputs.size() > 1);
    m_input->setPlainText(inputs.join(QLatin1Char('\n')));
  };
  connect(m_history, &QListWidget::itemClicked, this, recall);
  connect(m_history, &QListWidget::itemActivated, this, recall);

  auto* side = new QWidget;
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::gap);
  column->addWidget(m_inputCard, 3);
  column->addWidget(m_historyCard, 2);
  return side;
}

QWidget* TryPage::makeResults() {
  m_markedCard = new Card;
  m_marked = new InputView;
  m_marked->setObjectName(QStringLiteral("markedInputEdit"));
  m_marked->setReadOnly(true);
  m_marked->setLines(1, 4);
  m_marked->setFrameShape(QFrame::NoFrame);
  m_marked->setStyleSheet(QStringLiteral("QPlainTextEdit { border: none; background: transparent; padding: 0; }"));
  m_markedCard->content()->addWidget(m_marked);
  m_markedCard->setMaximumHeight(112);
  m_beforePanel = new AnswerPanel(TrySide::before);
  m_afterPanel = new AnswerPanel(TrySide::after);
  auto* pair = new QHBoxLayout;
  pair->setSpacing(metrics::gap);
  pair->addWidget(m_beforePanel, 1);
  pair->addWidget(m_afterPanel, 1);

  m_table = new QTableView;
  m_table->setObjectName(QStringLiteral("tryResultsTable"));
  m_table->setModel(m_results);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setShowGrid(false);
  m_table->setWordWrap(false);
  m_table->setTabKeyNavigation(false);
  m_table->verticalHeader()->setDefaultSectionSize(28);
  m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_table->horizontalHeader()->setStretchLastSection(true);
  m_table->hide();
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& now) { showRow(now.row()); });

  auto* one = new QWidget;
  auto* column = new QVBoxLayout(one);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::gap);
  column->addWidget(m_markedCard);
  column->addLayout(pair, 1);
  m_split = new QSplitter(Qt::Vertical);
  m_split->setHandleWidth(metrics::gap);
  m_split->setChildrenCollapsible(false);
  m_split->addWidget(one);
  m_split->addWidget(m_table);
  return m_split;
}

bool TryPage::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_input && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter && key->modifiers().testFlag(Qt::ControlModifier)) {
      primaryButton()->click();
      return true;
    }
  }
  return StagePage::eventFilter(watched, event);
}

QStringList TryPage::inputs() const {
  const QString text = m_input->toPlainText();
  if (!m_eachLine->isChecked()) return text.trimmed().isEmpty() ? QStringList() : QStringList(text.trimmed());
  QStringList lines;
  for (const QString& line : text.split(QLatin1Char('\n')))
    if (!line.trimmed().isEmpty()) lines += line.trimmed();
  return lines;
}

void TryPage::ask() {
  TryRequest request;
  request.inputs = inputs();
  request.before = m_before->isChecked();
  request.after = m_after->isChecked() && m_tuned;
  request.onlyJson = m_onlyJson->isChecked();
  request.temperature = m_temperature->value();
  request.maxNewTokens = m_length->value();
  if (request.inputs.isEmpty() || m_running) return;
  addToHistory(request.inputs);
  m_results->start(request.inputs, m_keys, request.before, request.after);
  m_beforePanel->setVisible(request.before);
  m_afterPanel->setVisible(request.after);
  m_table->setVisible(request.inputs.size() > 1);
  m_split->setSizes(request.inputs.size() >= manyResults ? QList<int>{4000, 6000} : QList<int>{6000, 4000});  // shares
  m_table->setColumnWidth(0, 280);
  m_table->setColumnHidden(1, !request.before);
  m_table->setColumnHidden(2, !request.after);
  m_table->selectRow(0);
  showRow(0);
  Q_EMIT askRequested(request);
}

void TryPage::appendText(int row, TrySide side, const QString& characters) {
  m_results->appendText(row, side, characters);
  if (row == m_shownRow)
    (side == TrySide::before ? m_beforePanel : m_afterPanel)->setAnswer(m_results->row(row).side(side));
}

void TryPage::setAnswer(int row, TrySide side, const TryAnswer& answer) {
  m_results->setAnswer(row, side, answer);
  if (row == m_shownRow) showRow(row);
}

void TryPage::setFields(const std::vector<Field>& fields) {
  m_keys.clear();
  for (const Field& field : fields) m_keys += QString::fromStdString(field.key);
  m_marked->setFields(fields);
}

void TryPage::showRow(int row) {
  if (row < 0 || row >= m_results->rowCount()) return;
  m_shownRow = row;
  const TryRow& shown = m_results->row(row);
  QStringList values;  // one per field of the task, whatever the answer has
  for (const QString& key : m_keys) {
    values += QString();
    for (const TryField& field : shown.side(m_results->shown()).fields) {
      if (field.key == key) values.back() = field.value;
    }
  }
  m_marked->setInput(shown.input);
  m_marked->setValues(values);
  m_beforePanel->setAnswer(shown.before);
  m_afterPanel->setAnswer(shown.after);
  updateState();
}

void TryPage::setReady(const QString& reason, bool tuned) {
  m_notReady = reason;
  m_tuned = tuned;
  m_after->setEnabled(tuned);
  updateState();
}

void TryPage::setExample(const QString& input) {
  if (m_input->toPlainText().trimmed().isEmpty()) m_input->setPlainText(input);
}

void TryPage::setRunning(bool running) {
  m_running = running;
  if (!running) {
    m_results->markCancelled();
    showRow(m_shownRow);
  }
  updateState();
}

void TryPage::setNote(const QString& note) { m_note->setText(note); }

QString TryPage::historyText(const QStringList& inputs) {
  return inputs.size() == 1 ? inputs.front().simplified()
                            : tr("%Ln text(s): %1", nullptr, static_cast<int>(inputs.size())).arg(inputs.front());
}

void TryPage::addToHistory(const QStringList& inputs) {
  for (int i = 0; i < m_history->count(); ++i)
    if (m_history->item(i)->data(inputsRole).toStringList() == inputs) delete m_history->takeItem(i);
  auto* item = new QListWidgetItem(historyText(inputs));
  item->setData(inputsRole, inputs);
  item->setToolTip(inputs.join(QLatin1Char('\n')).left(400));
  m_history->insertItem(0, item);
  while (m_history->count() > mostHistory) delete m_history->takeItem(m_history->count() - 1);
}

void TryPage::exportTable(TryResultsModel::Format format) {
  const QString suffix = format == TryResultsModel::Format::tsv   ? QStringLiteral("tsv")
                         : format == TryResultsModel::Format::csv ? QStringLiteral("csv")
                                                                  : QStringLiteral("jsonl");
  const QString file = QFileDialog::getSaveFileName(this, tr("Export the table"), QStringLiteral("answers.") + suffix);
  if (!file.isEmpty()) Q_EMIT exportRequested(file, m_results->exported(format));
}

void TryPage::addToData(bool labelled) {
  if (m_shownRow < 0) return;
  const TryRow& row = m_results->row(m_shownRow);
  const TryAnswer& answer = row.side(m_results->shown());
  Q_EMIT addToDataRequested(row.input, labelled && answer.validJson ? answer.text : QString());
}

void TryPage::updateState() {
  QString reason = m_notReady;
  if (reason.isEmpty() && m_running) reason = tr("The model is answering.");
  const auto texts = static_cast<int>(inputs().size());
  if (reason.isEmpty() && texts == 0) reason = tr("Type or paste a text.");
  if (reason.isEmpty() && !m_before->isChecked() && !(m_after->isChecked() && m_tuned))
    reason = tr("Choose whom to ask: before, after or both.");
  setReason(reason);
  const int lines = m_input->blockCount();
  m_inputHint->setText(m_eachLine->isChecked() ? tr("%Ln text(s)", nullptr, texts)
                       : lines > 1             ? tr("%Ln lines, one text", nullptr, lines)
                                               : QString());
  m_stop->setVisible(m_running);
  m_runBox->setEnabled(!m_running && !m_runBox->run().isEmpty());
  const bool any = m_shownRow >= 0 && m_shownRow < m_results->rowCount();
  m_next->setVisible(any && m_tuned && !m_running);
  m_export->setEnabled(any && !m_running);
  m_add->setEnabled(any && !m_running);
  m_addActions[0]->setEnabled(any && m_results->row(m_shownRow).side(m_results->shown()).validJson);
}

void TryPage::retranslateUi() {
  setTexts(tr("Try"), tr("Type a text and see what the untuned and the tuned model make of it, side by side."),
           tr("Ask"));
  primaryButton()->setToolTip(tr("Ask about what is typed (Ctrl+Enter)"));
  m_runLabel->setText(tr("Run"));
  m_inputCard->setHeading(tr("Texts"));
  m_input->setPlaceholderText(tr("Type or paste a text; it may have several lines."));
  m_input->setAccessibleName(tr("Text to ask about"));
  m_input->setToolTip(tr("A text with line breaks is one text, unless each line is to be one"));
  m_eachLine->setText(tr("Each line is a text of its own"));
  m_eachLine->setToolTip(tr("For lists: paste up to thousands of lines, each is asked about"));
  m_before->setText(tr("Before"));
  m_before->setToolTip(tr("Ask the untuned model, with the detailed prompt"));
  m_after->setText(tr("After"));
  m_after->setToolTip(tr("Ask the tuned model, with the concise prompt; needs a trained adapter"));
  m_onlyJson->setText(tr("Only valid JSON"));
  m_onlyJson->setToolTip(
      tr("Let the model choose only tokens that keep the answer this task's JSON; hides whether it learned the form"));
  m_temperatureLabel->setText(tr("Temperature"));
  m_temperature->setToolTip(tr("0 takes the likeliest token each time; raising it makes answers vary more"));
  m_temperature->setAccessibleName(tr("Temperature"));
  m_lengthLabel->setText(tr("Longest answer"));
  m_length->setToolTip(tr(
      "Tokens after which an answer is cut off; raising it lets longer answers finish and runaway ones last longer"));
  m_length->setAccessibleName(tr("Longest answer in tokens"));
  m_historyCard->setHeading(tr("History"));
  m_history->setAccessibleName(tr("Texts asked about before"));
  m_history->setToolTip(tr("Click to ask about these texts again"));
  for (int i = 0; i < m_history->count(); ++i)
    m_history->item(i)->setText(historyText(m_history->item(i)->data(inputsRole).toStringList()));
  m_markedCard->setHeading(tr("Input, with the values found in it"));
  m_marked->setAccessibleName(m_markedCard->heading()->text());
  m_table->setAccessibleName(tr("Answers to all texts"));
  m_export->setText(tr("Save answers"));
  m_export->setToolTip(tr("Save or copy the table of answers"));
  const QStringList formats{tr("Save as TSV …"), tr("Save as CSV …"), tr("Save as JSONL …"), tr("Copy as TSV")};
  for (int i = 0; i < m_exportActions.size(); ++i) m_exportActions[i]->setText(formats[i]);
  m_add->setText(tr("Add to data"));
  m_add->setToolTip(tr("Put the shown text into this project's rows"));
  m_addActions[0]->setText(tr("As a row to review, with this answer"));
  m_addActions[1]->setText(tr("As a row without an answer"));
  m_next->setText(tr("Take the model away"));
  m_next->setToolTip(tr("On to the stage Export"));
  m_stop->setText(tr("Stop"));
  m_stop->setToolTip(tr("Stop asking; answers so far stay"));
  m_results->retranslate();
  updateState();
}

}  // namespace minnow
