// The table and what can be done with its rows.
#include "widgets/train/run_table.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/common/labels.h"
#include "widgets/common/named_button.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"
#include "widgets/train/earlier_runs_model.h"

namespace minnow {

RunTable::RunTable(EarlierRunsModel* model, QWidget* parent)
    : QWidget(parent),
      m_model(model),
      m_table(new QTableView(this)),
      m_title(makeLabel(TextRole::figure, this)),
      m_lead(makeLabel(TextRole::muted, this)),
      m_back(namedButton("runTableBackButton", "arrow-left")),
      m_open(namedButton("runTableOpenButton", "folder")),
      m_use(namedButton("runTableUseButton", "check")),
      m_delete(namedButton("runTableDeleteButton", "trash")),
      m_copy(namedButton("runTableCopyButton", "copy")) {
  setObjectName(QStringLiteral("runTable"));
  m_table->setObjectName(QStringLiteral("allRunsTable"));
  m_table->setModel(m_model);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setShowGrid(false);
  m_table->setTabKeyNavigation(false);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(32);
  m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  m_table->horizontalHeader()->setMinimumSectionSize(64);
  m_table->horizontalHeader()->setMaximumSectionSize(260);
  for (const int column : {EarlierRunsModel::RunColumn, EarlierRunsModel::TitleColumn, EarlierRunsModel::NoteColumn}) {
    m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Interactive);
    m_table->setColumnWidth(column, column == EarlierRunsModel::RunColumn ? 220 : 140);
  }
  auto* head = new QHBoxLayout;
  head->addWidget(m_back);
  head->addSpacing(metrics::unit);
  head->addWidget(m_title, 1);
  auto* deeds = new QHBoxLayout;
  deeds->setSpacing(metrics::unit);
  for (QPushButton* button : {m_use, m_open, m_copy}) deeds->addWidget(button);
  deeds->addStretch(1);
  deeds->addWidget(m_delete);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  column->addLayout(head);
  column->addWidget(m_lead);
  column->addWidget(m_table, 1);
  column->addLayout(deeds);

  connect(m_back, &QPushButton::clicked, this, &RunTable::closed);
  const auto ask = [this](void (RunTable::*signal)(const RunRecord&)) {
    if (const RunRecord* run = chosen()) Q_EMIT(this->*signal)(RunRecord(*run));
  };
  connect(m_open, &QPushButton::clicked, this, [ask] { ask(&RunTable::openRequested); });
  connect(m_use, &QPushButton::clicked, this, [ask] { ask(&RunTable::useRequested); });
  connect(m_delete, &QPushButton::clicked, this, [ask] { ask(&RunTable::deleteRequested); });
  connect(m_copy, &QPushButton::clicked, this, &RunTable::copyTable);
  connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunTable::updateButtons);
  connect(m_model, &QAbstractItemModel::modelReset, this, &RunTable::updateButtons);
  retranslateUi();
  updateButtons();
}

void RunTable::setAllowed(bool open, bool write) {
  m_mayOpen = open;
  m_mayWrite = write;
  m_model->setWritable(write);
  updateButtons();
}

const RunRecord* RunTable::chosen() const {
  const QModelIndexList rows = m_table->selectionModel()->selectedRows();
  return rows.isEmpty() ? nullptr : &m_model->run(rows.front().row());
}

void RunTable::updateButtons() {
  const RunRecord* run = chosen();
  m_open->setEnabled(run != nullptr && m_mayOpen);
  m_use->setEnabled(run != nullptr && !run->checkpoints.empty());
  m_delete->setEnabled(run != nullptr && m_mayOpen && m_mayWrite);
  m_copy->setEnabled(m_model->rowCount() > 0);
}

void RunTable::copyTable() const {
  QStringList lines;
  for (int row = -1; row < m_model->rowCount(); ++row) {
    QStringList cells;
    for (int column = 0; column < m_model->columnCount(); ++column) {
      const QVariant cell =
          row < 0 ? m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole) : m_model->index(row, column).data();
      cells += cell.toString().simplified();  // a note's line breaks and tabs would be cells
    }
    lines += cells.join(QLatin1Char('\t'));
  }
  QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')) + QLatin1Char('\n'));
}

void RunTable::retranslateUi() {
  m_back->setText(tr("Back to the run"));
  m_back->setToolTip(tr("Closes this page"));
  m_title->setText(tr("Runs of this project"));
  m_lead->setText(
      tr("Of the settings, those in which runs differ have a column. A double click on a name or a note edits it."));
  m_table->setAccessibleName(m_title->text());
  m_open->setText(tr("Open"));
  m_open->setToolTip(tr("Shows the chosen run's curves and verdict"));
  m_use->setText(tr("Use this one"));
  m_use->setToolTip(tr("Evaluate, Try and Export use this run from now on"));
  m_copy->setText(tr("Copy table"));
  m_copy->setToolTip(tr("As tab-separated text"));
  m_delete->setText(tr("Delete…"));
  m_delete->setToolTip(tr("Removes the run with its checkpoints, curves and reports"));
}

void RunTable::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
