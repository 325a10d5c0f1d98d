// The fields of a task, edited.
#include "widgets/common/field_table.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSet>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

#include "widgets/common/row_words.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

class KindDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const override {
    auto* box = new QComboBox(parent);
    for (const FieldKind kind : all_field_kinds) box->addItem(kindWord(kind), static_cast<int>(kind));
    return box;
  }
  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    auto* box = static_cast<QComboBox*>(editor);
    box->setCurrentIndex(box->findData(index.data(Qt::EditRole)));
  }
  void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
    model->setData(index, static_cast<QComboBox*>(editor)->currentData());
  }
};

/// Tab goes cell by cell, and on to the next widget from the last one; Shift+Tab leaves from the first.
class CellTable final : public QTableView {
 protected:
  bool focusNextPrevChild(bool next) override {
    return leavesBy(next) ? QAbstractScrollArea::focusNextPrevChild(next) : QTableView::focusNextPrevChild(next);
  }
  void closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint) override {
    const bool next = hint == QAbstractItemDelegate::EditNextItem;
    const bool leaves = (next || hint == QAbstractItemDelegate::EditPreviousItem) && leavesBy(next);
    QTableView::closeEditor(editor, leaves ? QAbstractItemDelegate::NoHint : hint);
    if (leaves) QAbstractScrollArea::focusNextPrevChild(next);
  }

 private:
  bool leavesBy(bool next) const {
    const QModelIndex at = currentIndex();
    const int last = isColumnHidden(FieldTableModel::FileColumn) ? FieldTableModel::DescriptionColumn
                                                                 : FieldTableModel::FileColumn;
    if (!at.isValid()) return true;
    return next ? at.row() + 1 == model()->rowCount() && at.column() == last : at.row() == 0 && at.column() == 0;
  }
};

}  // namespace

FieldTable::FieldTable(QWidget* parent)
    : QWidget(parent),
      m_model(new FieldTableModel(this)),
      m_table(new CellTable),
      m_add(new QPushButton(lineIcon(QStringLiteral("plus"), IconTone::accent), QString())),
      m_remove(new QPushButton(lineIcon(QStringLiteral("minus"), IconTone::accent), QString())),
      m_up(new QToolButton),
      m_down(new QToolButton) {
  m_table->setObjectName(QStringLiteral("fieldTable"));
  m_add->setObjectName(QStringLiteral("addFieldButton"));
  m_remove->setObjectName(QStringLiteral("removeFieldButton"));
  m_up->setObjectName(QStringLiteral("fieldUpButton"));
  m_down->setObjectName(QStringLiteral("fieldDownButton"));
  m_up->setIcon(lineIcon(QStringLiteral("chevron-up")));
  m_down->setIcon(lineIcon(QStringLiteral("chevron-down")));
  for (QPushButton* button : {m_add, m_remove}) button->setProperty("quiet", true);
  m_table->setModel(m_model);
  m_table->setItemDelegateForColumn(FieldTableModel::KindColumn, new KindDelegate(m_table));
  m_table->setShowGrid(false);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
  m_table->setTabKeyNavigation(true);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(metrics::controlHeight + metrics::half);
  m_table->horizontalHeader()->setHighlightSections(false);
  m_table->horizontalHeader()->setStretchLastSection(true);
  m_table->setColumnWidth(FieldTableModel::KeyColumn, 124);
  m_table->setColumnWidth(FieldTableModel::KindColumn, 144);
  m_table->setColumnWidth(FieldTableModel::ValuesColumn, 132);
  m_table->setColumnWidth(FieldTableModel::EmptyColumn, 104);
  m_table->setColumnWidth(FieldTableModel::DescriptionColumn, 200);
  setFileShown(false);

  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_add);
  buttons->addWidget(m_remove);
  buttons->addStretch(1);
  buttons->addWidget(m_up);
  buttons->addWidget(m_down);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  column->addWidget(m_table, 1);
  column->addLayout(buttons);

  connect(m_add, &QPushButton::clicked, this, [this] {
    m_model->addField();
    const QModelIndex added = m_model->index(m_model->rowCount() - 1, FieldTableModel::KeyColumn);
    m_table->setFocus();
    m_table->setCurrentIndex(added);  // opens the cell for editing
  });
  connect(m_remove, &QPushButton::clicked, this, [this] { m_model->removeField(m_table->currentIndex().row()); });
  connect(m_up, &QToolButton::clicked, this, [this] { m_model->moveField(m_table->currentIndex().row(), -1); });
  connect(m_down, &QToolButton::clicked, this, [this] { m_model->moveField(m_table->currentIndex().row(), 1); });
  connect(m_model, &FieldTableModel::fieldsChanged, this, &FieldTable::changed);
  retranslateUi();
}

void FieldTable::setRows(std::vector<FieldRow> rows) { m_model->setRows(std::move(rows)); }

void FieldTable::setReadOnly(bool readOnly) {
  m_model->setReadOnly(readOnly);
  for (QWidget* button : std::initializer_list<QWidget*>{m_add, m_remove, m_up, m_down}) button->setEnabled(!readOnly);
}

void FieldTable::setFileShown(bool shown) { m_table->setColumnHidden(FieldTableModel::FileColumn, !shown); }

QString FieldTable::fault(const std::vector<Field>& fields) {
  QSet<QString> seen;
  for (const Field& field : fields) {
    const QString key = QString::fromStdString(field.key);
    if (key.isEmpty()) return tr("A field has no key.");
    if (seen.contains(key)) return tr("Two fields have the key “%1”.").arg(key);
    seen.insert(key);
    if (values_fault(field).empty()) continue;
    if (field.kind == FieldKind::choice && field.values.empty())
      return tr("“%1” is a choice and needs its values, a semicolon between them.").arg(key);
    if (field.kind == FieldKind::yes_no && field.values.size() != 2)
      return tr("“%1” has two values, the word for yes and the word for no.").arg(key);
    return tr("“%1” has the same value twice.").arg(key);
  }
  return seen.isEmpty() ? tr("A task needs at least one field.") : QString();
}

void FieldTable::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

void FieldTable::retranslateUi() {
  m_model->retranslate();
  m_table->setAccessibleName(tr("Fields of the answer"));
  m_add->setText(tr("Add a field"));
  m_add->setToolTip(tr("One more key in the answer"));
  m_remove->setText(tr("Remove"));
  m_remove->setToolTip(tr("Remove the chosen field"));
  const auto name = [](QToolButton* button, const QString& text) {
    button->setAccessibleName(text);
    button->setToolTip(text);
  };
  name(m_up, tr("Move the field up"));
  name(m_down, tr("Move the field down"));
}

}  // namespace minnow
