// One answer, two ways to write it.
#include "widgets/common/label_form.h"

#include <QButtonGroup>
#include <QCompleter>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>

#include "widgets/common/engine_sentence.h"
#include "widgets/common/label_json.h"
#include "widgets/common/labels.h"
#include "widgets/common/row_words.h"
#include "widgets/common/value_spans.h"
#include "widgets/look/colors.h"
#include "widgets/look/icons.h"
#include "widgets/look/look.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

/// The only values that a choice can have, listed while one is typed and by the down key.
void offerValues(QLineEdit* edit, const Field& field) {
  if (field.kind != FieldKind::choice && field.kind != FieldKind::yes_no) return;
  QStringList words;
  for (const std::string& value : allowed_values(field)) words += QString::fromStdString(value);
  auto* completer = new QCompleter(words, edit);
  completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  completer->setCaseSensitivity(Qt::CaseInsensitive);
  edit->setCompleter(completer);
  // What is chosen there counts as typed.
  QObject::connect(completer, qOverload<const QString&>(&QCompleter::activated), edit, &QLineEdit::textEdited);
}

}  // namespace

LabelForm::LabelForm(QWidget* parent)
    : QWidget(parent),
      m_asForm(new QPushButton),
      m_asJson(new QPushButton),
      m_stack(new QStackedWidget),
      m_form(new QWidget),
      m_json(new QPlainTextEdit),
      m_jsonProblem(makeLabel(TextRole::caption)) {
  m_asForm->setObjectName(QStringLiteral("asFormButton"));
  m_asJson->setObjectName(QStringLiteral("asJsonButton"));
  m_json->setObjectName(QStringLiteral("labelJsonEdit"));
  m_jsonProblem->setObjectName(QStringLiteral("jsonProblemLabel"));
  m_json->setFont(monospaceFont());
  m_json->setTabChangesFocus(true);
  m_json->setMinimumHeight(4 * metrics::controlHeight);
  auto* choice = new QButtonGroup(this);
  auto* head = new QHBoxLayout;
  head->setSpacing(0);
  for (QPushButton* button : {m_asForm, m_asJson}) {
    button->setCheckable(true);
    button->setProperty("quiet", true);
    choice->addButton(button);
    head->addWidget(button);
  }
  m_asForm->setChecked(true);
  head->addStretch(1);
  m_grid = new QGridLayout(m_form);
  m_grid->setContentsMargins(0, 0, 0, 0);
  m_grid->setHorizontalSpacing(metrics::unit);
  m_grid->setVerticalSpacing(metrics::half);
  m_grid->setColumnStretch(2, 1);
  auto* jsonPage = new QWidget;
  auto* jsonColumn = new QVBoxLayout(jsonPage);
  jsonColumn->setContentsMargins(0, 0, 0, 0);
  jsonColumn->addWidget(m_json, 1);
  jsonColumn->addWidget(m_jsonProblem);
  m_jsonProblem->hide();
  m_stack->addWidget(m_form);
  m_stack->addWidget(jsonPage);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::half);
  column->addLayout(head);
  column->addWidget(m_stack, 1);
  connect(m_asJson, &QPushButton::toggled, this, &LabelForm::showJson);
  connect(m_json, &QPlainTextEdit::textChanged, this, &LabelForm::jsonEdited);
  retranslateUi();
}

void LabelForm::setFields(std::vector<Field> fields) {
  m_fields = std::move(fields);
  rebuild();
  fill();
}

void LabelForm::rebuild() {
  for (const Line& line : m_lines) {
    for (QWidget* widget :
         {static_cast<QWidget*>(line.swatch), static_cast<QWidget*>(line.name), static_cast<QWidget*>(line.edit),
          static_cast<QWidget*>(line.mark), static_cast<QWidget*>(line.problem)}) {
      m_grid->removeWidget(widget);
      widget->deleteLater();
    }
  }
  m_lines.clear();
  for (std::size_t i = 0; i < m_fields.size(); ++i) {
    const QString key = QString::fromStdString(m_fields[i].key);
    Line line{new QLabel, new QLabel(key), new QLineEdit, new QLabel, makeLabel(TextRole::caption)};
    line.edit->setObjectName(QStringLiteral("value%1Edit").arg(i));
    line.edit->setAccessibleName(key);
    line.edit->setReadOnly(m_readOnly);
    line.name->setBuddy(line.edit);
    line.name->setTextFormat(Qt::PlainText);
    const QString description = QString::fromStdString(m_fields[i].description);
    line.name->setToolTip(description.isEmpty() ? key : description);
    line.edit->setToolTip(description.isEmpty() ? key : description);
    line.problem->setObjectName(QStringLiteral("problem%1Label").arg(i));
    line.problem->hide();
    const int row = static_cast<int>(i) * 2;
    m_grid->addWidget(line.swatch, row, 0);
    m_grid->addWidget(line.name, row, 1);
    m_grid->addWidget(line.edit, row, 2);
    m_grid->addWidget(line.mark, row, 3);
    m_grid->addWidget(line.problem, row + 1, 2, 1, 2);
    offerValues(line.edit, m_fields[i]);
    connect(line.edit, &QLineEdit::textEdited, this, [this, i](const QString& text) {
      m_label = labelWithValue(m_label, m_fields[i], text);
      m_filling = true;
      m_json->setPlainText(m_label);
      m_filling = false;
      Q_EMIT labelEdited(m_label);
    });
    m_lines.append(line);
  }
  m_grid->setRowStretch(static_cast<int>(m_fields.size()) * 2, 1);
  paintSwatches();
  retranslateUi();
}

void LabelForm::paintSwatches() {
  const auto& palette = colors(this);
  for (int i = 0; i < m_lines.size(); ++i) {
    QPixmap dot(QSize(12, 12) * devicePixelRatioF());
    dot.setDevicePixelRatio(devicePixelRatioF());
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette.border, 1));
    painter.setBrush(palette.spans[static_cast<std::size_t>(i) % palette.spans.size()]);
    painter.drawRoundedRect(QRectF(0.5, 0.5, 11, 11), 3, 3);
    painter.end();
    m_lines[i].swatch->setPixmap(dot);
  }
}

void LabelForm::setLabel(const QString& json) {
  m_label = json;
  fill();
}

void LabelForm::fill() {
  m_filling = true;
  const QList<QString> all = fieldValues(m_label, m_fields);
  for (int i = 0; i < m_lines.size(); ++i) {
    const bool list = m_fields[static_cast<std::size_t>(i)].kind == FieldKind::list;
    const QString shown = m_lines[i].edit->text();
    if (list ? listItems(shown) != listItems(all.value(i)) : shown != all.value(i)) {
      m_lines[i].edit->setText(all.value(i));
      m_lines[i].edit->setCursorPosition(0);
    }
  }
  if (m_json->toPlainText() != m_label) m_json->setPlainText(m_label);
  m_invalid = false;
  m_jsonProblem->hide();
  setStyleProperty(m_json, "invalid", false);
  m_filling = false;
}

void LabelForm::setProblems(const std::vector<Problem>& problems) {
  m_problems = problems;
  for (int i = 0; i < m_lines.size(); ++i) {
    QStringList sentences;
    for (const Problem& problem : problems) {
      if (problem.field != m_fields[static_cast<std::size_t>(i)].key) continue;
      const QString word = problemWord(QString::fromStdString(problem.code));
      sentences += QStringLiteral("%1: %2").arg(word, engineSentence(problem.sentence));
    }
    const Line& line = m_lines[i];
    line.problem->setText(sentences.join(u'\n'));
    line.problem->setVisible(!sentences.isEmpty());
    line.mark->setPixmap(sentences.isEmpty() ? QPixmap()
                                             : iconPixmap(QStringLiteral("warning"), metrics::icon,
                                                          colors(this).warning, devicePixelRatioF()));
    line.mark->setToolTip(sentences.join(u'\n'));
    line.edit->setAccessibleDescription(sentences.join(u'\n'));
  }
}

void LabelForm::setReadOnly(bool readOnly) {
  m_readOnly = readOnly;
  for (const Line& line : m_lines) line.edit->setReadOnly(readOnly);
  m_json->setReadOnly(readOnly);
}

QList<QString> LabelForm::values() const { return fieldValues(m_label, m_fields); }

void LabelForm::focusDoubtful() {
  if (m_lines.isEmpty() || m_stack->currentIndex() == 1) {
    m_json->setFocus();
    return;
  }
  int at = 0;
  for (int i = 0; i < m_lines.size(); ++i) {
    if (m_lines[i].problem->text().isEmpty()) continue;
    at = i;
    break;
  }
  m_lines[at].edit->setFocus();
  m_lines[at].edit->selectAll();
}

void LabelForm::showJson(bool json) {
  m_asJson->setChecked(json);
  m_asForm->setChecked(!json);
  m_stack->setCurrentIndex(json ? 1 : 0);
  fill();
}

void LabelForm::jsonEdited() {
  if (m_filling) return;
  m_label = m_json->toPlainText().trimmed();
  QString problem;
  m_invalid = !m_label.isEmpty() && !readLabel(m_label, &problem);
  m_jsonProblem->setText(problem);
  m_jsonProblem->setVisible(m_invalid);
  setStyleProperty(m_json, "invalid", m_invalid);
  Q_EMIT labelEdited(m_label);
}

void LabelForm::retranslateUi() {
  m_asForm->setText(tr("Form"));
  m_asForm->setToolTip(tr("The answer, one line per field"));
  m_asJson->setText(tr("JSON"));
  m_asJson->setToolTip(tr("The text that the student is trained to write"));
  m_json->setAccessibleName(tr("Answer as JSON"));
  for (int i = 0; i < m_lines.size(); ++i) {
    if (m_fields[static_cast<std::size_t>(i)].kind == FieldKind::list)
      m_lines[i].edit->setPlaceholderText(tr("Items, a semicolon between them"));
  }
  setProblems(std::vector<Problem>(m_problems));
}

void LabelForm::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
  if (event->type() == QEvent::PaletteChange && !m_lines.isEmpty()) {
    paintSwatches();
    setProblems(std::vector<Problem>(m_problems));
  }
}

}  // namespace minnow
