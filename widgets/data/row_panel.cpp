// One row in full.
#include "widgets/data/row_panel.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/common/badge.h"
#include "widgets/common/engine_sentence.h"
#include "widgets/common/input_view.h"
#include "widgets/common/label_form.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/common/row_words.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

Tone toneOf(RowState state) {
  switch (state) {
    case RowState::unlabelled:
      return Tone::neutral;
    case RowState::labelled:
      return Tone::good;
    case RowState::needs_review:
      return Tone::warning;
    case RowState::failed:
      return Tone::bad;
  }
  return Tone::neutral;
}

}  // namespace

RowPanel::RowPanel(QWidget* parent)
    : QWidget(parent),
      m_body(new QWidget),
      m_none(makeLabel(TextRole::muted)),
      m_id(makeLabel(TextRole::section)),
      m_state(new Badge),
      m_split(new QComboBox),
      m_inputCaption(makeLabel(TextRole::caption)),
      m_input(new InputView),
      m_form(new LabelForm),
      m_problems(makeLabel(TextRole::warning)),
      m_origin(makeLabel(TextRole::caption)),
      m_tokenCaption(makeLabel(TextRole::section)),
      m_tokenCounts(makeLabel(TextRole::caption)),
      m_strip(new TokenStrip),
      m_keep(new QPushButton),
      m_revert(new QPushButton) {
  setObjectName(QStringLiteral("rowPanel"));
  m_input->setObjectName(QStringLiteral("rowInputEdit"));
  m_form->setObjectName(QStringLiteral("rowLabelForm"));
  m_split->setObjectName(QStringLiteral("rowSplitComboBox"));
  m_keep->setObjectName(QStringLiteral("keepRowButton"));
  m_revert->setObjectName(QStringLiteral("revertRowButton"));
  m_problems->setObjectName(QStringLiteral("rowProblemsLabel"));
  m_tokenCounts->setObjectName(QStringLiteral("tokenCountsLabel"));
  m_strip->setObjectName(QStringLiteral("tokenStrip"));
  m_revert->setProperty("quiet", true);
  for (int i = 0; i < 4; ++i) m_split->addItem(QString(), i);

  auto* head = new QHBoxLayout;
  head->setSpacing(metrics::unit);
  head->addWidget(m_id);
  head->addWidget(m_state);
  head->addStretch(1);
  head->addWidget(m_split);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(metrics::unit);
  buttons->addWidget(m_origin, 1);
  buttons->addWidget(m_revert);
  buttons->addWidget(m_keep);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, metrics::unit, 0);
  column->setSpacing(metrics::unit);
  column->addLayout(head);
  column->addWidget(m_inputCaption);
  column->addWidget(m_input);
  column->addWidget(m_form);
  column->addWidget(m_problems);
  column->addLayout(buttons);
  column->addWidget(makeRule());
  column->addWidget(m_tokenCaption);
  column->addWidget(m_tokenCounts);
  column->addWidget(m_strip);
  column->addStretch(1);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(content);
  auto* bodyColumn = new QVBoxLayout(m_body);
  bodyColumn->setContentsMargins(0, 0, 0, 0);
  bodyColumn->addWidget(scroll);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_none, 1);
  outer->addWidget(m_body, 1);
  m_none->setAlignment(Qt::AlignCenter);

  connect(m_input, &QPlainTextEdit::textChanged, this, &RowPanel::touched);
  connect(m_form, &LabelForm::labelEdited, this, [this] {
    m_input->setValues(m_form->values());
    touched();
  });
  connect(m_split, &QComboBox::activated, this, [this] {
    touched();
    keep();
  });
  connect(m_keep, &QPushButton::clicked, this, &RowPanel::keep);
  connect(m_revert, &QPushButton::clicked, this, &RowPanel::revert);
  auto* save = new QAction(this);
  save->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
  save->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(save, &QAction::triggered, this, &RowPanel::keep);
  addAction(save);
  retranslateUi();
  present();
}

void RowPanel::setFields(std::vector<Field> fields) {
  m_fields = std::move(fields);
  m_input->setFields(m_fields);
  m_form->setFields(m_fields);
}

void RowPanel::setReadOnly(bool readOnly) {
  m_readOnly = readOnly;
  m_input->setReadOnly(readOnly);
  m_form->setReadOnly(readOnly);
  m_split->setEnabled(!readOnly);
}

void RowPanel::setRow(const std::optional<Row>& row) {
  const bool same = row && m_row && row->id == m_row->id;
  if (m_changed && same) return;  // what is being typed counts more
  if (m_changed) keep();
  m_row = row;
  m_changed = false;
  if (!same) m_tokens = {};
  present();
  if (m_row) Q_EMIT tokensWanted(*m_row);
}

void RowPanel::present() {
  m_showing = true;
  m_body->setVisible(m_row.has_value());
  m_none->setVisible(!m_row.has_value());
  if (m_row) {
    m_id->setText(QString::fromStdString(m_row->id));
    m_state->setState(toneOf(m_row->state), stateWord(m_row->state));
    m_split->setCurrentIndex(static_cast<int>(m_row->split));
    m_input->setInput(QString::fromStdString(m_row->input));
    m_form->setLabel(QString::fromStdString(m_row->label));
    m_form->setProblems(m_row->problems);
    m_input->setValues(m_form->values());
    QStringList whole;
    for (const Problem& problem : m_row->problems) {
      const bool ofField =
          std::any_of(m_fields.begin(), m_fields.end(), [&](const Field& f) { return f.key == problem.field; });
      if (ofField) continue;
      const QString word = problemWord(QString::fromStdString(problem.code));
      whole += QStringLiteral("%1: %2").arg(word, engineSentence(problem.sentence));
    }
    m_problems->setText(whole.join(u'\n'));
    m_problems->setVisible(!whole.isEmpty());
    QString origin = QString::fromStdString(m_row->provenance);
    if (m_row->confidence >= 0) {
      origin += (origin.isEmpty() ? QString() : QStringLiteral(" · ")) +
                tr("least sure value: %1", "model probability").arg(NumberText::percent(m_row->confidence, 0));
    }
    m_origin->setText(origin);
  }
  m_keep->setVisible(m_changed);
  m_revert->setVisible(m_changed);
  m_showing = false;
  showTokens();
}

void RowPanel::touched() {
  if (m_showing || !m_row || m_readOnly) return;
  const Row now = edited();
  m_changed = now.input != m_row->input || now.label != m_row->label || now.split != m_row->split;
  m_keep->setVisible(m_changed);
  m_revert->setVisible(m_changed);
  m_keep->setEnabled(!m_form->isInvalid());
}

Row RowPanel::edited() const {
  Row row = *m_row;
  row.input = m_input->toPlainText().toStdString();
  row.label = m_form->label().toStdString();
  row.split = static_cast<Split>(m_split->currentIndex());
  if (row.label != m_row->label) {
    row.confidence = -1.0;
    row.provenance = "edited";
  }
  return row;
}

void RowPanel::keep() {
  if (!m_changed || !m_row || m_form->isInvalid()) return;
  const Row row = edited();
  m_changed = false;
  m_row = row;
  present();
  Q_EMIT editRequested(row);
  Q_EMIT tokensWanted(row);
}

void RowPanel::revert() {
  m_changed = false;
  present();
}

void RowPanel::setTokens(const TokenizedRow& tokens) {
  if (!m_row || tokens.rowId != QString::fromStdString(m_row->id)) return;
  m_tokens = tokens;
  showTokens();
}

void RowPanel::showTokens() {
  m_strip->setRow(m_tokens);
  m_strip->setVisible(!m_tokens.pieces.isEmpty());
  if (!m_tokens.problem.isEmpty()) {
    m_tokenCounts->setText(m_tokens.problem);
    return;
  }
  const auto count = [&](TokenPiece::Part part) { return NumberText::count(m_tokens.count(part)); };
  QString text =
      m_tokens.pieces.isEmpty()
          ? QString()
          : tr("%1 prompt · %2 target · %3 end · %4 of at most %5")
                .arg(count(TokenPiece::Part::prompt), count(TokenPiece::Part::target), count(TokenPiece::Part::end),
                     NumberText::count(m_tokens.pieces.size()), NumberText::count(m_tokens.limit));
  if (const int cut = m_tokens.count(TokenPiece::Part::cut); cut > 0)
    text += QStringLiteral(" · ") + tr("%n would be cut", nullptr, cut);
  m_tokenCounts->setText(text);
}

void RowPanel::retranslateUi() {
  m_none->setText(tr("Choose a row to see it in full."));
  m_inputCaption->setText(tr("Input"));
  m_input->setAccessibleName(tr("Input"));
  m_split->setAccessibleName(tr("Split of this row"));
  m_split->setToolTip(tr("Which split the row belongs to"));
  for (int i = 0; i < 4; ++i) m_split->setItemText(i, splitWord(static_cast<Split>(i)));
  m_tokenCaption->setText(tr("As the model reads it"));
  m_strip->setAccessibleName(tr("Tokens of the row"));
  m_keep->setText(tr("Keep changes"));
  m_keep->setToolTip(tr("Writes the changes into the project (Ctrl+Enter); they can be undone"));
  m_revert->setText(tr("Revert"));
  m_revert->setToolTip(tr("Shows the row as it was"));
  present();
}

void RowPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
