// The fields of a task, edited.
#include "widgets/start/field_table.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSet>
#include <QTableWidget>

#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

constexpr FieldKind kinds[] = {FieldKind::text,        FieldKind::verbatim, FieldKind::province,
                               FieldKind::city,        FieldKind::district, FieldKind::phone,
                               FieldKind::person_name, FieldKind::number,   FieldKind::date};
enum Column { keyColumn, kindColumn, descriptionColumn, emptyColumn, columnCount };

}  // namespace

FieldTable::FieldTable(QWidget* parent)
    : QWidget(parent),
      m_table(new QTableWidget(0, columnCount)),
      m_add(new QPushButton(lineIcon(QStringLiteral("plus"), IconTone::accent), QString())),
      m_remove(new QPushButton(lineIcon(QStringLiteral("minus"), IconTone::accent), QString())) {
  m_table->setObjectName(QStringLiteral("fieldTable"));
  m_add->setObjectName(QStringLiteral("addFieldButton"));
  m_remove->setObjectName(QStringLiteral("removeFieldButton"));
  for (QPushButton* button : {m_add, m_remove}) button->setProperty("quiet", true);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(metrics::controlHeight + metrics::half);
  m_table->setShowGrid(false);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
  m_table->horizontalHeader()->setSectionResizeMode(descriptionColumn, QHeaderView::Stretch);
  m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_table->setColumnWidth(keyColumn, 168);
  m_table->setColumnWidth(kindColumn, 168);
  m_table->setColumnWidth(emptyColumn, 120);
  m_table->setTabKeyNavigation(false);

  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_add);
  buttons->addWidget(m_remove);
  buttons->addStretch(1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  column->addWidget(m_table, 1);
  column->addLayout(buttons);

  connect(m_add, &QPushButton::clicked, this, [this] {
    addRow({});
    m_table->editItem(m_table->item(m_table->rowCount() - 1, keyColumn));
  });
  connect(m_remove, &QPushButton::clicked, this, [this] {
    if (m_table->currentRow() >= 0) m_table->removeRow(m_table->currentRow());
    Q_EMIT changed();
  });
  connect(m_table, &QTableWidget::itemChanged, this, &FieldTable::changed);
  retranslateUi();
}

void FieldTable::addRow(const Field& field) {
  const int row = m_table->rowCount();
  m_table->insertRow(row);
  m_table->setItem(row, keyColumn, new QTableWidgetItem(QString::fromStdString(field.key)));
  m_table->setItem(row, descriptionColumn, new QTableWidgetItem(QString::fromStdString(field.description)));
  auto* empty = new QTableWidgetItem;
  empty->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
  empty->setCheckState(field.may_be_empty ? Qt::Checked : Qt::Unchecked);
  m_table->setItem(row, emptyColumn, empty);
  auto* kind = new QComboBox;
  for (const FieldKind one : kinds) kind->addItem(kindText(one), static_cast<int>(one));
  kind->setCurrentIndex(kind->findData(static_cast<int>(field.kind)));
  kind->setAccessibleName(tr("Kind of the field"));
  kind->setToolTip(m_table->toolTip());
  m_table->setCellWidget(row, kindColumn, kind);
  connect(kind, &QComboBox::currentIndexChanged, this, &FieldTable::changed);
}

void FieldTable::setFields(const std::vector<Field>& fields) {
  m_table->setRowCount(0);
  for (const Field& field : fields) addRow(field);
  Q_EMIT changed();
}

std::vector<Field> FieldTable::fields() const {
  std::vector<Field> found;
  for (int row = 0; row < m_table->rowCount(); ++row) {
    const auto* key = m_table->item(row, keyColumn);
    const auto* description = m_table->item(row, descriptionColumn);
    const auto* empty = m_table->item(row, emptyColumn);
    const auto* kind = qobject_cast<QComboBox*>(m_table->cellWidget(row, kindColumn));
    if (key == nullptr || description == nullptr || empty == nullptr || kind == nullptr) continue;
    if (key->text().trimmed().isEmpty()) continue;
    Field field;
    field.key = key->text().trimmed().toStdString();
    field.kind = static_cast<FieldKind>(kind->currentData().toInt());
    field.description = description->text().trimmed().toStdString();
    field.may_be_empty = empty->checkState() == Qt::Checked;
    found.push_back(std::move(field));
  }
  return found;
}

QString FieldTable::fault() const {
  QSet<QString> seen;
  for (const Field& field : fields()) {
    const QString key = QString::fromStdString(field.key);
    if (seen.contains(key)) return tr("Two fields have the key “%1”.").arg(key);
    seen.insert(key);
  }
  return seen.isEmpty() ? tr("A task needs at least one field.") : QString();
}

QString FieldTable::kindText(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
      return tr("Text");
    case FieldKind::verbatim:
      return tr("Text, word for word");
    case FieldKind::province:
      return tr("Province");
    case FieldKind::city:
      return tr("City");
    case FieldKind::district:
      return tr("District");
    case FieldKind::phone:
      return tr("Phone number");
    case FieldKind::person_name:
      return tr("Person's name");
    case FieldKind::number:
      return tr("Number");
    case FieldKind::date:
      return tr("Date");
  }
  return {};
}

void FieldTable::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

void FieldTable::retranslateUi() {
  m_table->setHorizontalHeaderLabels({tr("Key"), tr("Kind"), tr("What it is"), tr("May be empty")});
  m_table->setAccessibleName(tr("Fields of the task"));
  m_table->setToolTip(tr("The keys of the JSON answer. A kind brings its checks: a phone number must look like one."));
  for (int row = 0; row < m_table->rowCount(); ++row) {
    auto* kind = qobject_cast<QComboBox*>(m_table->cellWidget(row, kindColumn));
    if (kind == nullptr) continue;
    kind->setAccessibleName(tr("Kind of the field"));
    kind->setToolTip(m_table->toolTip());
    for (int i = 0; i < kind->count(); ++i) kind->setItemText(i, kindText(kinds[i]));
  }
  m_add->setText(tr("Add a field"));
  m_add->setToolTip(tr("One more key in the answer"));
  m_remove->setText(tr("Remove"));
  m_remove->setToolTip(tr("Remove the chosen field"));
}

}  // namespace minnow
