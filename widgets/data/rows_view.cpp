// The table, its filter and its tools.
#include "widgets/data/rows_view.h"

#include <QAction>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/common/row_words.h"
#include "widgets/common/search_edit.h"
#include "widgets/data/facet_bar.h"
#include "widgets/data/row_delegate.h"
#include "widgets/data/row_panel.h"
#include "widgets/data/row_table_model.h"
#include "widgets/data/row_tools.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

constexpr int typingPause_ms = 180;  // after a key, before the search starts

}  // namespace

RowsView::RowsView(QWidget* parent)
    : QWidget(parent),
      m_model(new RowTableModel(this)),
      m_table(new QTableView),
      m_panel(new RowPanel),
      m_search(makeSearchEdit(QStringLiteral("searchEdit"))),
      m_facets(new FacetBar),
      m_tools(new RowTools),
      m_count(makeLabel(TextRole::caption)),
      m_progress(new QProgressBar),
      m_cancel(new QPushButton),
      m_clear(new QPushButton),
      m_typing(new QTimer(this)) {
  m_search->setMinimumWidth(180);
  m_search->setMaximumWidth(280);
  m_typing->setSingleShot(true);
  m_typing->setInterval(typingPause_ms);
  auto* tools = new QHBoxLayout;
  tools->setSpacing(metrics::unit);
  tools->addWidget(m_search, 1);
  tools->addWidget(m_count);
  tools->addWidget(m_clear);
  tools->addStretch(1);
  tools->addWidget(m_progress);
  tools->addWidget(m_cancel);
  tools->addWidget(m_tools);
  makeTable();
  connectTools();

  m_count->setObjectName(QStringLiteral("rowCountLabel"));
  m_count->setWordWrap(false);
  m_progress->setTextVisible(false);
  m_progress->setFixedWidth(140);
  m_cancel->setObjectName(QStringLiteral("cancelSearchButton"));
  m_cancel->setProperty("quiet", true);
  m_clear->setObjectName(QStringLiteral("clearFilterButton"));
  m_clear->setProperty("quiet", true);
  m_progress->hide();
  m_cancel->hide();

  auto* left = new QWidget;
  auto* leftColumn = new QVBoxLayout(left);
  leftColumn->setContentsMargins(0, 0, 0, 0);
  leftColumn->setSpacing(metrics::half);
  leftColumn->addWidget(m_table, 1);
  auto* split = new QSplitter(Qt::Horizontal);
  split->setObjectName(QStringLiteral("rowsSplitter"));
  split->setHandleWidth(metrics::gap);
  split->setChildrenCollapsible(false);
  split->addWidget(left);
  split->addWidget(m_panel);
  m_panel->setMinimumWidth(316);
  left->setMinimumWidth(340);
  split->setStretchFactor(0, 3);
  split->setStretchFactor(1, 2);
  split->setSizes({640, 370});
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  column->addLayout(tools);
  column->addWidget(m_facets);
  column->addWidget(split, 1);

  connect(m_search, &QLineEdit::textEdited, m_typing, qOverload<>(&QTimer::start));
  connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
    if (text.isEmpty() && !m_quiet) m_typing->start();  // the clear button
  });
  connect(m_search, &QLineEdit::returnPressed, this, [this] {
    m_typing->stop();
    emitQuery();
    m_table->setFocus();
  });
  connect(m_typing, &QTimer::timeout, this, &RowsView::emitQuery);
  connect(m_facets, &FacetBar::chosenChanged, this, &RowsView::emitQuery);
  connect(m_cancel, &QPushButton::clicked, this, &RowsView::searchCancelled);
  connect(m_clear, &QPushButton::clicked, this, [this] {
    RowQuery query;
    query.order = m_query.order;
    query.order_field = m_query.order_field;
    query.descending = m_query.descending;
    showQuery(query);
  });
  connect(m_panel, &RowPanel::editRequested, this, &RowsView::editRequested);
  connect(m_panel, &RowPanel::tokensWanted, this, &RowsView::tokensWanted);
  connect(m_model, &RowTableModel::editRequested, this, [this](const Row& row) {
    m_panel->setRow(row);
    Q_EMIT editRequested(row);
  });
  connect(m_model, &RowTableModel::rowsArrived, this, [this](int first, int last) {
    const int row = m_table->currentIndex().row();
    if (row >= first && row <= last) currentChanged();
  });
  retranslateUi();
}

void RowsView::connectTools() {
  connect(m_tools, &RowTools::undoRequested, this, &RowsView::undoRequested);
  connect(m_tools, &RowTools::redoRequested, this, &RowsView::redoRequested);
  connect(m_tools, &RowTools::addRequested, this, &RowsView::addRequested);
  connect(m_tools, &RowTools::deleteRequested, this, &RowsView::deleteSelected);
  connect(m_tools, &RowTools::copyRequested, this, [this] {
    if (const QList<qint64> places = placesToUse(); !places.isEmpty()) Q_EMIT copyRequested(places);
  });
  connect(m_tools, &RowTools::splitRequested, this, [this](Split split) {
    if (const QList<qint64> places = placesToUse(); !places.isEmpty()) Q_EMIT splitRequested(places, split);
  });
  connect(m_tools, &RowTools::saveRequested, this, &RowsView::saveRequested);
  m_table->addAction(m_tools->copyAction());
  auto* find = new QAction(this);
  find->setShortcut(QKeySequence::Find);
  find->setShortcutContext(Qt::WindowShortcut);
  connect(find, &QAction::triggered, this, [this] {
    m_search->setFocus();
    m_search->selectAll();
  });
  addAction(find);
}

void RowsView::makeTable() {
  m_table->setObjectName(QStringLiteral("rowTable"));
  m_table->setModel(m_model);
  m_table->setItemDelegate(new RowDelegate(m_table));
  m_table->setShowGrid(false);
  m_table->setWordWrap(false);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
  m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
  m_table->setTabKeyNavigation(false);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(metrics::controlHeight);
  m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);  // no per-row size hints at a million rows
  m_table->horizontalHeader()->setHighlightSections(false);
  m_table->horizontalHeader()->setSortIndicatorShown(true);
  m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);  // as the file has them
  m_table->horizontalHeader()->setSectionsClickable(true);
  m_table->setContextMenuPolicy(Qt::CustomContextMenu);
  auto* remove = new QAction(m_table);
  remove->setShortcut(QKeySequence::Delete);
  remove->setShortcutContext(Qt::WidgetShortcut);
  connect(remove, &QAction::triggered, this, &RowsView::deleteSelected);
  m_table->addAction(remove);
  connect(m_table, &QWidget::customContextMenuRequested, this,
          [this](const QPoint& at) { m_tools->menu()->popup(m_table->viewport()->mapToGlobal(at)); });
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RowsView::currentChanged);
  connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
    const auto order = m_model->orderOf(section);
    if (!order) return;
    const QString field = m_model->columnKind(section) == RowTableModel::Column::field
                              ? m_model->headerData(section, Qt::Horizontal).toString()
                              : QString();
    const bool same = m_query.order == *order && m_query.order_field == field.toStdString();
    m_query.descending = same ? !m_query.descending : *order == RowOrder::problems;
    m_query.order = *order;
    m_query.order_field = field.toStdString();
    m_table->horizontalHeader()->setSortIndicator(section,
                                                  m_query.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    emitQuery();
  });
}

void RowsView::setColumnWidths() {
  using Column = RowTableModel::Column;
  for (int i = 0; i < m_model->columnCount(); ++i) {
    int width = 96;
    switch (m_model->columnKind(i)) {
      case Column::number:
        width = 72;
        break;
      case Column::state:
        width = 136;
        break;
      case Column::input:
        width = 280;
        break;
      case Column::field:
        width = 104;
        break;
      case Column::split:
        width = 88;
        break;
      case Column::problems:
        width = 200;
        break;
    }
    m_table->setColumnWidth(i, width);
  }
}

void RowsView::setTask(const Task& task) {
  m_task = task;
  m_model->setFields(task.fields);
  m_panel->setFields(task.fields);
  setColumnWidths();
}

void RowsView::setState(const DataState& state) {
  m_state = state;
  const bool writes = state.open && !state.isReadOnly();
  m_model->setReadOnly(!writes);
  m_panel->setReadOnly(!writes);
  m_tools->setWritable(writes);
  showCount();
}

void RowsView::setSource(std::shared_ptr<const RowSource> source) {
  m_panel->keep();  // what was typed belongs to the row that was shown
  m_model->setSource(std::move(source));
  m_panel->setRow(std::nullopt);
  m_table->scrollToTop();
  chooseFirst();
  showCount();
}

void RowsView::chooseFirst() {
  if (m_model->rowCount() > 0 && !m_table->currentIndex().isValid()) m_table->setCurrentIndex(m_model->index(0, 2));
}

void RowsView::showChosen(std::shared_ptr<const RowSource> source, const QString& why) {
  m_quiet = true;
  m_search->clear();
  m_facets->tick({});
  m_quiet = false;
  m_query = {};
  m_why = why;
  endSearching(false);
  setSource(std::move(source));
}

void RowsView::grow() {
  m_model->sourceGrew();
  chooseFirst();
  showCount();
}

void RowsView::refresh() {
  m_model->sourceChanged();  // the row at hand follows when its page has come
  chooseFirst();
  showCount();
}

void RowsView::chooseRow(int row) {
  if (row < 0 || row >= m_model->rowCount()) return;
  m_table->selectRow(row);
  m_table->setCurrentIndex(m_model->index(row, 2));
  m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
}

void RowsView::currentChanged() {
  const QModelIndex current = m_table->currentIndex();
  if (!current.isValid()) {
    m_panel->setRow(std::nullopt);
    return;
  }
  const Row* row = m_model->row(current.row());
  if (row) m_panel->setRow(*row);  // else once it arrives
}

QList<qint64> RowsView::selectedPlaces() const {
  QList<qint64> places;
  for (const QItemSelectionRange& range : m_table->selectionModel()->selection()) {
    for (int row = range.top(); row <= range.bottom(); ++row) places.append(row);
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

void RowsView::deleteSelected() {
  if (!m_tools->isWritable()) return;
  if (const QList<qint64> places = placesToUse(); !places.isEmpty()) Q_EMIT deleteRequested(places);
}

QList<qint64> RowsView::placesToUse() {
  QList<qint64> places = selectedPlaces();
  if (places.isEmpty()) Q_EMIT nothingChosen();
  return places;
}

void RowsView::setFacets(const std::vector<Facet>& facets) { m_facets->setFacets(facets, m_query); }

void RowsView::emitQuery() {
  if (m_quiet) return;
  m_typing->stop();
  RowQuery query;
  query.text = m_search->text().trimmed().toStdString();
  query.order = m_query.order;
  query.order_field = m_query.order_field;
  query.descending = m_query.descending;
  m_facets->addTo(query);
  m_query = query;
  m_why.clear();
  showCount();
  Q_EMIT queryChanged(query);
}

void RowsView::showQuery(const RowQuery& query) {
  m_query = query;
  m_why.clear();
  m_quiet = true;
  m_search->setText(QString::fromStdString(query.text));
  m_quiet = false;
  m_facets->tick(query);
  showCount();
  Q_EMIT queryChanged(m_query);
}

void RowsView::setSearching(const Progress& progress) {
  m_searching = true;
  m_progress->setRange(0, progress.total > 0 ? 1000 : 0);
  if (progress.total > 0) m_progress->setValue(static_cast<int>(progress.done * 1000 / progress.total));
  m_progress->show();
  m_cancel->show();
  showCount();
}

void RowsView::endSearching(bool stopped) {
  m_searching = false;
  m_progress->hide();
  m_cancel->hide();
  showCount();
  if (stopped) m_count->setText(m_count->text() + QStringLiteral(" · ") + tr("search stopped"));
}

void RowsView::setUndo(bool canUndo, bool canRedo) { m_tools->setUndo(canUndo, canRedo); }

void RowsView::setTokens(const TokenizedRow& tokens) { m_panel->setTokens(tokens); }

void RowsView::showCount() {
  const QString shown = NumberText::count(m_model->rowCount());
  m_clear->setVisible(!m_query.is_everything() || !m_why.isEmpty());
  if (!m_why.isEmpty()) {
    m_count->setText(tr("%1 rows: %2").arg(shown, m_why));
  } else if (m_query.is_everything()) {
    m_count->setText(tr("%1 rows").arg(shown));
  } else {
    m_count->setText(tr("%1 of %2 rows").arg(shown, NumberText::count(m_state.rows)));
  }
}

void RowsView::retranslateUi() {
  m_search->setPlaceholderText(tr("Filter rows"));
  m_search->setAccessibleName(tr("Filter rows"));
  m_search->setToolTip(tr("Words that must stand in the input or a value (Ctrl+F)"));
  m_table->setAccessibleName(tr("Rows"));
  m_cancel->setText(tr("Stop"));
  m_cancel->setToolTip(tr("Stop the search; what was found stays"));
  m_clear->setText(tr("Show all rows"));
  m_clear->setToolTip(tr("Clears the filter"));
  m_progress->setAccessibleName(tr("Search progress"));
  showCount();
}

void RowsView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
