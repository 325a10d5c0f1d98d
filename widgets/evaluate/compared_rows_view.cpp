// The filters above, the table, what can be taken along below.
#include "widgets/evaluate/compared_rows_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QShortcut>
#include <QTableView>
#include <algorithm>

#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/common/search_edit.h"
#include "widgets/evaluate/difference_delegate.h"
#include "widgets/evaluate/report_words.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

constexpr int kFilterWidth = 88;  // at least

}  // namespace

ComparedRowsView::ComparedRowsView(QWidget* parent)
    : QWidget(parent), m_rows(new ComparedRowsModel(this)), m_filtered(new ComparedRowsFilter(m_rows, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  auto* filters = new QHBoxLayout;
  filters->setSpacing(metrics::unit);
  m_search = makeSearchEdit(QStringLiteral("rowSearchEdit"));
  filters->addWidget(m_search, 1);
  const auto combo = [&](const char* object) {
    auto* box = new QComboBox(this);
    box->setObjectName(QLatin1String(object));
    box->setMinimumWidth(kFilterWidth);  // a narrow window elides the long words, the list shows them whole
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    filters->addWidget(box);
    connect(box, qOverload<int>(&QComboBox::activated), this, &ComparedRowsView::applyFilterControls);
    return box;
  };
  m_outcomeBox = combo("outcomeComboBox");
  m_fieldBox = combo("fieldComboBox");
  m_errorBox = combo("errorComboBox");
  m_sideBox = combo("sideComboBox");
  m_clear = new QPushButton(this);
  m_clear->setObjectName(QStringLiteral("clearFilterButton"));
  m_clear->setProperty("quiet", true);
  filters->addWidget(m_clear);
  column->addLayout(filters);

  m_table = new QTableView(this);
  m_table->setObjectName(QStringLiteral("rowsTable"));
  m_table->setModel(m_filtered);
  m_table->setItemDelegate(new DifferenceDelegate(m_rows, m_table));
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setShowGrid(false);
  m_table->setWordWrap(false);
  m_table->verticalHeader()->hide();
  m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  auto* header = m_table->horizontalHeader();
  header->setSectionResizeMode(QHeaderView::Interactive);
  header->setStretchLastSection(true);
  header->setHighlightSections(false);
  column->addWidget(m_table, 1);
  auto* foot = new QHBoxLayout;
  m_filterLabel = makeLabel(TextRole::caption, this);
  m_filterLabel->setObjectName(QStringLiteral("filterLabel"));
  m_copy = new QPushButton(lineIcon(QStringLiteral("copy"), IconTone::text), QString(), this);
  m_copy->setObjectName(QStringLiteral("copyRowsButton"));
  m_saveRows = new QPushButton(lineIcon(QStringLiteral("save"), IconTone::text), QString(), this);
  m_saveRows->setObjectName(QStringLiteral("saveRowsButton"));
  foot->addWidget(m_filterLabel, 1);
  foot->addWidget(m_copy);
  foot->addWidget(m_saveRows);
  column->addLayout(foot);

  connect(m_search, &QLineEdit::textChanged, this, &ComparedRowsView::applyFilterControls);
  connect(m_clear, &QPushButton::clicked, this, [this] { showRows({}); });
  connect(m_copy, &QPushButton::clicked, this, &ComparedRowsView::copyTable);
  connect(m_saveRows, &QPushButton::clicked, this, &ComparedRowsView::saveTable);
  auto* copy = new QShortcut(QKeySequence::Copy, m_table, nullptr, nullptr, Qt::WidgetShortcut);
  connect(copy, &QShortcut::activated, this, &ComparedRowsView::copyTable);
  connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
    Q_EMIT rowActivated(QString::fromStdString(m_rows->row(m_filtered->mapToSource(index).row()).id));
  });
  retranslateUi();
}

void ComparedRowsView::setReport(const EvaluateReport* report, std::vector<ComparedRow> rows) {
  m_kinds = report ? occurring_errors(*report) : std::vector<FieldError>();
  m_rows->setRows(std::move(rows), report ? report->field_keys : std::vector<std::string>());
  if (!report) return;
  m_filtered->setFilter({});
  m_table->verticalHeader()->setDefaultSectionSize(
      DifferenceDelegate::rowHeight(m_table->font(), m_rows->fieldCount()));
  m_table->setColumnWidth(ComparedRowsModel::OutcomeColumn, 96);
  m_table->setColumnWidth(ComparedRowsModel::InputColumn, 240);
  m_table->setColumnWidth(ComparedRowsModel::FieldColumn, 128);
  m_table->setColumnWidth(ComparedRowsModel::ExpectedColumn, 176);
  m_table->setColumnWidth(ComparedRowsModel::BeforeColumn, 176);
  m_table->setColumnHidden(ComparedRowsModel::BeforeColumn, !report->before.present);
  m_table->setColumnHidden(ComparedRowsModel::AfterColumn, !report->after.present);
  showFilter();
}

void ComparedRowsView::showRows(const RowFilter& filter) {
  m_filtered->setFilter(filter);
  showFilter();
  m_table->scrollToTop();
}

void ComparedRowsView::showFilter() {
  m_showing = true;
  const RowFilter& f = m_filtered->filter();
  if (m_search->text() != f.text) m_search->setText(f.text);
  const auto fill = [](QComboBox* box, const QStringList& words, int chosen) {
    box->clear();
    box->addItems(words);
    box->setCurrentIndex(chosen);
  };
  QStringList outcomes{tr("All outcomes")};
  for (int k = 0; k < 4; ++k) outcomes << ComparedRowsModel::outcomeWord(static_cast<RowOutcomeKind>(k));
  fill(m_outcomeBox, outcomes, f.outcome ? static_cast<int>(*f.outcome) + 1 : 0);
  QStringList fields{tr("Any field")};
  for (const std::string& key : m_rows->fieldKeys()) fields << tr("wrong: %1").arg(QString::fromStdString(key));
  fill(m_fieldBox, fields, f.field ? *f.field + 1 : 0);
  QStringList errors{tr("Any kind of error")};
  int error = 0;
  for (std::size_t i = 0; i < m_kinds.size(); ++i) {
    errors << report_words::errorName(m_kinds[i]);
    if (f.error == m_kinds[i]) error = static_cast<int>(i) + 1;
  }
  fill(m_errorBox, errors, error);
  fill(m_sideBox, {tr("Before"), tr("After")}, f.side == RowFilter::Side::before ? 0 : 1);
  m_clear->setEnabled(f != RowFilter());
  m_filterLabel->setText(filterText());
  m_showing = false;
  Q_EMIT countChanged(m_filtered->rowCount());
}

void ComparedRowsView::applyFilterControls() {
  if (m_showing) return;
  RowFilter f = m_filtered->filter();
  f.text = m_search->text();
  f.outcome = m_outcomeBox->currentIndex() > 0
                  ? std::optional(static_cast<RowOutcomeKind>(m_outcomeBox->currentIndex() - 1))
                  : std::nullopt;
  f.field = m_fieldBox->currentIndex() > 0 ? std::optional(m_fieldBox->currentIndex() - 1) : std::nullopt;
  f.error = m_errorBox->currentIndex() > 0
                ? std::optional(m_kinds.at(static_cast<std::size_t>(m_errorBox->currentIndex() - 1)))
                : std::nullopt;
  f.side = m_sideBox->currentIndex() == 0 ? RowFilter::Side::before : RowFilter::Side::after;
  if (sender() != m_search) f.exact = f.validJson = std::nullopt;
  m_filtered->setFilter(f);
  showFilter();
}

QString ComparedRowsView::filterText() const {
  const RowFilter& f = m_filtered->filter();
  const QString counted =
      tr("%1 of %2 rows").arg(NumberText::count(m_filtered->rowCount()), NumberText::count(m_rows->rowCount()));
  QStringList parts;
  const QString side = f.side == RowFilter::Side::before ? tr("before") : tr("after");
  if (f.exact) parts << tr("exactly right %1").arg(side);
  if (f.validJson) parts << tr("valid JSON %1").arg(side);
  if (f.field || f.error) parts << tr("wrong %1").arg(side);
  return parts.isEmpty() ? counted : counted + QStringLiteral(" · ") + parts.join(QStringLiteral(", "));
}

std::vector<int> ComparedRowsView::shownRows() const {
  std::vector<int> which;
  const QModelIndexList selected = m_table->selectionModel()->selectedRows();
  if (selected.size() > 1) {
    for (const QModelIndex& index : selected) which.push_back(m_filtered->mapToSource(index).row());
    std::sort(which.begin(), which.end());
    return which;
  }
  for (int i = 0; i < m_filtered->rowCount(); ++i)
    which.push_back(m_filtered->mapToSource(m_filtered->index(i, 0)).row());
  return which;
}

void ComparedRowsView::copyTable() {
  const auto which = shownRows();
  QGuiApplication::clipboard()->setText(QString::fromUtf8(comparedRowsTable(*m_rows, which, '\t')));
  Q_EMIT noted([rows = static_cast<int>(which.size())] { return tr("%n row(s) copied as a table", nullptr, rows); });
}

void ComparedRowsView::saveTable() {
  const QString path = QFileDialog::getSaveFileName(
      this, tr("Save the rows"), QStringLiteral("rows.csv"),
      tr("Comma-separated values (*.csv);;JSON lines (*.jsonl);;Tab-separated values (*.tsv)"));
  if (path.isEmpty()) return;
  const auto which = shownRows();
  const QByteArray bytes = path.endsWith(QLatin1String(".jsonl")) ? comparedRowsJsonl(*m_rows, which)
                           : path.endsWith(QLatin1String(".tsv"))
                               ? comparedRowsTable(*m_rows, which, '\t')
                               : "\xEF\xBB\xBF" + comparedRowsTable(*m_rows, which, ',');
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) {
    Q_EMIT noted([path] { return tr("Saved: %1").arg(QDir::toNativeSeparators(path)); });
  } else {
    Q_EMIT failed({tr("%1 couldn't be written.").arg(QDir::toNativeSeparators(path)),
                   tr("Choose another folder."),
                   file.errorString(),
                   {}});
  }
}

void ComparedRowsView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

void ComparedRowsView::retranslateUi() {
  m_search->setPlaceholderText(tr("Find in inputs and values"));
  m_search->setAccessibleName(tr("Find in inputs and values"));
  m_search->setToolTip(tr("Words that must stand in the input or in one of the answers"));
  m_outcomeBox->setToolTip(tr("Rows that became right, became wrong, or stayed as they were"));
  m_fieldBox->setToolTip(tr("Rows that are wrong in this field"));
  m_errorBox->setToolTip(tr("Rows with a field that is wrong in this way"));
  m_sideBox->setToolTip(tr("Whose errors the field and the kind mean"));
  m_outcomeBox->setAccessibleName(tr("Outcome"));
  m_fieldBox->setAccessibleName(tr("Field"));
  m_errorBox->setAccessibleName(tr("Kind of error"));
  m_sideBox->setAccessibleName(tr("Side"));
  m_clear->setText(tr("Show all"));
  m_clear->setToolTip(tr("Takes every filter off"));
  m_table->setAccessibleName(tr("Rows side by side"));
  m_copy->setText(tr("Copy"));
  m_copy->setToolTip(tr("Copies the rows shown, or those selected, as a tab-separated table"));
  m_saveRows->setText(tr("Save rows…"));
  m_saveRows->setToolTip(tr("CSV, JSON lines or tab-separated"));
  if (m_rows->rowCount() > 0) showFilter();
}

}  // namespace minnow
