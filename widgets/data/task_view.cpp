// Fields on the left, prompts on the right.
#include "widgets/data/task_view.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "widgets/common/field_table.h"
#include "widgets/common/labels.h"
#include "widgets/look/metrics.h"

namespace minnow {

TaskView::TaskView(QWidget* parent)
    : QWidget(parent),
      m_nameCaption(makeLabel(TextRole::section)),
      m_fieldsCaption(makeLabel(TextRole::section)),
      m_styleCaption(makeLabel(TextRole::section)),
      m_conciseCaption(makeLabel(TextRole::section)),
      m_conciseHint(makeLabel(TextRole::caption)),
      m_detailedCaption(makeLabel(TextRole::section)),
      m_detailedHint(makeLabel(TextRole::caption)),
      m_name(new QLineEdit),
      m_fields(new FieldTable),
      m_style(new QComboBox),
      m_concise(new QPlainTextEdit),
      m_detailed(new QPlainTextEdit) {
  setObjectName(QStringLiteral("taskView"));
  m_name->setObjectName(QStringLiteral("taskNameEdit"));
  m_style->setObjectName(QStringLiteral("promptStyleComboBox"));
  m_concise->setObjectName(QStringLiteral("concisePromptEdit"));
  m_detailed->setObjectName(QStringLiteral("detailedPromptEdit"));
  m_style->addItem(QString(), static_cast<int>(PromptStyle::no_think));
  m_style->addItem(QString(), static_cast<int>(PromptStyle::swift_3_5));
  m_concise->setTabChangesFocus(true);
  m_detailed->setTabChangesFocus(true);

  auto* top = new QGridLayout;
  top->setHorizontalSpacing(metrics::gap);
  top->setVerticalSpacing(metrics::half);
  top->addWidget(m_nameCaption, 0, 0);
  top->addWidget(m_styleCaption, 0, 1);
  top->addWidget(m_name, 1, 0);
  top->addWidget(m_style, 1, 1);
  top->setColumnStretch(0, 1);
  top->setColumnStretch(1, 1);
  auto* left = new QVBoxLayout;
  left->setSpacing(metrics::unit);
  left->addLayout(top);
  left->addWidget(m_fieldsCaption);
  left->addWidget(m_fields, 1);
  auto* right = new QVBoxLayout;
  right->setSpacing(metrics::half);
  right->addWidget(m_conciseCaption);
  right->addWidget(m_conciseHint);
  right->addWidget(m_concise, 1);
  right->addSpacing(metrics::unit);
  right->addWidget(m_detailedCaption);
  right->addWidget(m_detailedHint);
  right->addWidget(m_detailed, 2);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::wide);
  row->addLayout(left, 3);
  row->addLayout(right, 2);

  connect(m_name, &QLineEdit::textEdited, this, &TaskView::touched);
  connect(m_style, &QComboBox::activated, this, &TaskView::touched);
  connect(m_concise, &QPlainTextEdit::textChanged, this, &TaskView::touched);
  connect(m_detailed, &QPlainTextEdit::textChanged, this, &TaskView::touched);
  connect(m_fields, &FieldTable::changed, this, &TaskView::touched);
  retranslateUi();
}

void TaskView::setTask(const Task& task) {
  m_filling = true;
  m_task = task;
  m_name->setText(QString::fromStdString(task.name));
  std::vector<FieldRow> rows;
  for (const Field& field : task.fields) rows.push_back({field, QString::fromStdString(field.key), {}});
  m_fields->setRows(std::move(rows));
  m_style->setCurrentIndex(m_style->findData(static_cast<int>(task.prompt_style)));
  m_concise->setPlainText(QString::fromStdString(task.concise_prompt));
  m_detailed->setPlainText(QString::fromStdString(task.detailed_prompt));
  m_filling = false;
  m_changed = false;
  Q_EMIT changed();
}

void TaskView::revert() { setTask(Task(m_task)); }

void TaskView::setReadOnly(bool readOnly) {
  m_fields->setReadOnly(readOnly);
  m_name->setReadOnly(readOnly);
  m_concise->setReadOnly(readOnly);
  m_detailed->setReadOnly(readOnly);
  m_style->setEnabled(!readOnly);
}

Task TaskView::task() const {
  Task task = m_task;
  task.name = m_name->text().trimmed().toStdString();
  task.fields.clear();
  for (FieldRow& row : m_fields->rows()) task.fields.push_back(std::move(row.field));
  task.prompt_style = static_cast<PromptStyle>(m_style->currentData().toInt());
  task.concise_prompt = m_concise->toPlainText().toStdString();
  task.detailed_prompt = m_detailed->toPlainText().toStdString();
  return task;
}

QStringList TaskView::origins() const {
  QStringList keys;
  for (const FieldRow& row : m_fields->rows()) keys += row.origin;
  return keys;
}

QString TaskView::reason() const { return FieldTable::fault(task().fields); }

void TaskView::touched() {
  if (m_filling) return;
  m_changed = true;
  Q_EMIT changed();
}

void TaskView::retranslateUi() {
  m_nameCaption->setText(tr("Name"));
  m_name->setAccessibleName(tr("Name of the task"));
  m_name->setToolTip(tr("What the project is called"));
  m_styleCaption->setText(tr("Prompt style"));
  m_style->setAccessibleName(tr("Prompt style"));
  m_style->setItemText(0, tr("No thinking (the model's own template)"));
  m_style->setItemText(1, tr("As ms-swift 3.5 trained"));
  m_style->setToolTip(
      tr("What stands before the answer. Keep the first one, unless you go on with an adapter that ms-swift 3.5 made"));
  m_fieldsCaption->setText(tr("Fields of the answer"));
  m_conciseCaption->setText(tr("Concise prompt"));
  m_conciseHint->setText(tr("What the tuned student is asked with, and trained on. Short: it needn't explain."));
  m_concise->setAccessibleName(m_conciseCaption->text());
  m_concise->setToolTip(m_conciseHint->text());
  m_detailedCaption->setText(tr("Detailed prompt"));
  m_detailedHint->setText(
      tr("What a teacher and the untuned model are asked with. It explains everything, with examples."));
  m_detailed->setAccessibleName(m_detailedCaption->text());
  m_detailed->setToolTip(m_detailedHint->text());
}

void TaskView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
