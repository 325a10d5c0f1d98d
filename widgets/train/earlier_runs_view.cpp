// The table of runs.
#include "widgets/train/earlier_runs_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/common/labels.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"
#include "widgets/train/earlier_runs_model.h"

namespace minnow {

EarlierRunsView::EarlierRunsView(QWidget* parent)
    : QWidget(parent),
      m_model(new EarlierRunsModel(this)),
      m_table(new QTableView(this)),
      m_hint(makeLabel(TextRole::caption, this)),
      m_open(new QPushButton(this)),
      m_all(new QPushButton(lineIcon(QStringLiteral("data")), QString(), this)) {
  m_table->setObjectName(QStringLiteral("runsTable"));
  m_table->setModel(m_model);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setShowGrid(false);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(32);
  m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  m_table->horizontalHeader()->setSectionResizeMode(EarlierRunsModel::RunColumn, QHeaderView::Stretch);
  m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_open->setObjectName(QStringLiteral("openRunButton"));
  m_all->setObjectName(QStringLiteral("allRunsButton"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  column->addWidget(m_table, 1);
  column->addWidget(m_hint);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(metrics::unit);
  buttons->addWidget(m_open);
  buttons->addWidget(m_all);
  buttons->addStretch(1);
  column->addLayout(buttons);

  connect(m_table, &QTableView::activated, this, &EarlierRunsView::open);
  connect(m_open, &QPushButton::clicked, this, [this] { open(m_table->currentIndex()); });
  connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &EarlierRunsView::updateButton);
  connect(m_model, &QAbstractItemModel::modelReset, this, &EarlierRunsView::updateButton);
  connect(m_model, &QAbstractItemModel::modelReset, this, &EarlierRunsView::hideColumns);
  connect(m_all, &QPushButton::clicked, this, &EarlierRunsView::tableWanted);
  connect(m_model, &EarlierRunsModel::comparedChanged, this,
          [this](int at, bool on) { Q_EMIT compareRequested(m_model->run(at), on); });
  retranslateUi();
  hideColumns();
  updateButton();
}

/// Here is room for the most telling ones; the others are in the table.
void EarlierRunsView::hideColumns() {
  for (int i = 0; i < m_model->columnCount(); ++i) {
    m_table->setColumnHidden(i, i != EarlierRunsModel::RunColumn && i != EarlierRunsModel::BestLossColumn &&
                                    i != EarlierRunsModel::ExactColumn);
  }
}

void EarlierRunsView::setCanOpen(bool on) {
  m_canOpen = on;
  updateButton();
}

void EarlierRunsView::open(const QModelIndex& index) {
  if (index.isValid()) Q_EMIT openRequested(m_model->run(index.row()));
}

void EarlierRunsView::updateButton() {
  m_open->setEnabled(m_canOpen && m_table->selectionModel()->hasSelection());
  m_all->setEnabled(m_model->rowCount() > 0);
}

void EarlierRunsView::retranslateUi() {
  m_hint->setText(tr("Tick a run to draw it behind the curves. Double-click to open it."));
  m_table->setAccessibleName(tr("Earlier runs"));
  m_open->setText(tr("Open"));
  m_open->setToolTip(tr("Shows the chosen run's curves and verdict"));
  m_all->setText(tr("Compare, name, delete…"));
  m_all->setToolTip(tr("All runs in a table: settings that differ, score, loss and time; names and notes"));
}

void EarlierRunsView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
