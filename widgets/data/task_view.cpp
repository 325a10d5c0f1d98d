// Fields on the left, prompts on the right.
#include "widgets/data/task_view.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "widgets/common/labels.h"
#include "widgets/common/row_words.h"
#include "widgets/data/field_table_model.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

class KindDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const override {
    auto* box = new QComboBox(parent);
    for (int i = 0; i <= static_cast<int>(FieldKind::date); ++i) box->addItem(kindWord(static_cast<FieldKind>(i)));
    return box;
  }
  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    static_cast<QComboBox*>(editor)->setCurrentIndex(index.data(Qt::EditRole).toInt());
  }
  void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
    model->setData(index, static_cast<QComboBox*>(editor)->currentIndex());
  }
};

}  // namespace

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
      m_fields(new FieldTableModel(this)),
      m_table(new QTableView),
      m_style(new QComboBox),
      m_concise(new QPlainTextEdit),
      m_detailed(new QPlainTextEdit) {
  setObjectName(QStringLiteral("taskView"));
  m_name->setObjectName(QStringLiteral("taskNameEdit"));
  m_table->setObjectName(QStringLiteral("fieldTable"));
  m_style->setObjectName(QStringLiteral("promptStyleComboBox"));
  m_concise->setObjectName(QStringLiteral("concisePromptEdit"));
  m_detailed->setObjectName(QStringLiteral("detailedPromptEdit"));
  m_table->setModel(m_fields);
  m_table->setItemDelegateForColumn(FieldTableModel::KindColumn, new KindDelegate(m_table));
  m_table->setShowGrid(false);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
  m_table->setTabKeyNavigation(false);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(metrics::controlHeight + metrics::half);
  m_table->horizontalHeader()->setStretchLastSection(true);
  m_table->horizontalHeader()->setHighlightSections(false);
  m_table->setColumnWidth(FieldTableModel::KeyColumn, 140);
  m_table->setColumnWidth(FieldTableModel::KindColumn, 132);
  m_table->setColumnWidth(FieldTableModel::EmptyColumn, 96);
  m_style->addItem(QString(), static_cast<int>(PromptStyle::no_think));
  m_style->addItem(QString(), static_cast<int>(PromptStyle::swift_3_5));
  m_concise->setTabChangesFocus(true);
  m_detailed->setTabChangesFocus(true);

  const auto tool = [this](const QString& icon, const char* name) {
    auto* button = new QToolButton;
    button->setIcon(lineIcon(icon));
    button->setIconSize({metrics::icon, metrics::icon});
    button->setObjectName(QLatin1String(name));
    return button;
  };
  m_add = tool(QStringLiteral("plus"), "addFieldButton");
  m_remove = tool(QStringLiteral("trash"), "removeFieldButton");
  m_up = tool(QStringLiteral("chevron-up"), "fieldUpButton");
  m_down = tool(QStringLiteral("chevron-down"), "fieldDownButton");
  auto* tools = new QHBoxLayout;
  tools->setSpacing(metrics::half);
  tools->addWidget(m_fieldsCaption, 1);
  for (QToolButton* button : {m_up, m_down, m_remove, m_add}) tools->addWidget(button);
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
  left->addLayout(tools);
  left->addWidget(m_table, 1);
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
  row->addLayout(left, 1);
  row->addLayout(right, 1);

  connect(m_name, &QLineEdit::textEdited, this, &TaskView::touched);
  connect(m_style, &QComboBox::activated, this, &TaskView::touched);
  connect(m_concise, &QPlainTextEdit::textChanged, this, &TaskView::touched);
  connect(m_detailed, &QPlainTextEdit::textChanged, this, &TaskView::touched);
  connect(m_fields, &FieldTableModel::fieldsChanged, this, &TaskView::touched);
  connect(m_add, &QToolButton::clicked, this, [this] {
    m_fields->addField();
    const QModelIndex added = m_fields->index(m_fields->rowCount() - 1, FieldTableModel::KeyColumn);
    m_table->setCurrentIndex(added);
    m_table->edit(added);
  });
  connect(m_remove, &QToolButton::clicked, this, [this] { m_fields->removeField(m_table->currentIndex().row()); });
  connect(m_up, &QToolButton::clicked, this, [this] { m_fields->moveField(m_table->currentIndex().row(), -1); });
  connect(m_down, &QToolButton::clicked, this, [this] { m_fields->moveField(m_table->currentIndex().row(), 1); });
  retranslateUi();
}

void TaskView::setTask(const Task& task) {
  m_filling = true;
  m_task = task;
  m_name->setText(QString::fromStdString(task.name));
  m_fields->setFields(task.fields);
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
  for (QToolButton* button : {m_add, m_remove, m_up, m_down}) button->setEnabled(!readOnly);
}

Task TaskView::task() const {
  Task task = m_task;
  task.name = m_name->text().trimmed().toStdString();
  task.fields = m_fields->fields();
  task.prompt_style = static_cast<PromptStyle>(m_style->currentData().toInt());
  task.concise_prompt = m_concise->toPlainText().toStdString();
  task.detailed_prompt = m_detailed->toPlainText().toStdString();
  return task;
}

QString TaskView::reason() const {
  return m_fields->rowCount() == 0 ? tr("A task needs at least one field.") : QString();
}

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
  m_table->setAccessibleName(tr("Fields of the answer"));
  const auto name = [](QToolButton* button, const QString& text) {
    button->setAccessibleName(text);
    button->setToolTip(text);
  };
  name(m_add, tr("Add a field"));
  name(m_remove, tr("Remove the field"));
  name(m_up, tr("Move the field up"));
  name(m_down, tr("Move the field down"));
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
