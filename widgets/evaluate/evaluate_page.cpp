// Puts the stage together.
#include "widgets/evaluate/evaluate_page.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <algorithm>

#include "widgets/common/card.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/labels.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/number_text.h"
#include "widgets/evaluate/difference_delegate.h"
#include "widgets/evaluate/error_words.h"
#include "widgets/evaluate/report_document.h"
#include "widgets/look/icons.h"
#include "widgets/look/look.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

/// A large figure that can be clicked.
QPushButton* figureButton(const char* object, QWidget* parent) {
  auto* button = new QPushButton(parent);
  button->setObjectName(QLatin1String(object));
  button->setProperty("quiet", true);
  button->setFont(titleFont());
  button->setStyleSheet(QStringLiteral("font-size: 24px; font-weight: 600; padding: 0 4px 0 0; min-height: 36px;"));
  return button;
}

QPushButton* linkButton(const char* object, QWidget* parent) {
  auto* button = new QPushButton(parent);
  button->setObjectName(QLatin1String(object));
  button->setProperty("quiet", true);
  return button;
}

std::int64_t errorCount(const SideScore& side, FieldError kind) {
  const auto it = side.errors.find(kind);
  return it == side.errors.end() ? 0 : it->second;
}

}  // namespace

EvaluatePage::EvaluatePage(QWidget* parent)
    : StagePage(QStringLiteral("evaluate"), parent),
      m_rows(new ComparedRowsModel(this)),
      m_filtered(new ComparedRowsFilter(m_rows, this)) {
  setObjectName(QStringLiteral("evaluatePage"));
  const auto box = [this](const char* object, QLabel** label) {
    *label = makeLabel(TextRole::muted, this);
    (*label)->setWordWrap(false);
    auto* combo = new QComboBox(this);
    combo->setObjectName(QLatin1String(object));
    combo->setMinimumWidth(140);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    (*label)->setBuddy(combo);
    (*label)->setFixedHeight(metrics::controlHeight);
    (*label)->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    headerRow()->addWidget(*label, 0, Qt::AlignTop);
    headerRow()->addWidget(combo, 0, Qt::AlignTop);
    return combo;
  };
  m_reportBox = box("reportComboBox", &m_reportLabel);
  m_sourceBox = box("rowSourceComboBox", &m_sourceLabel);

  m_empty = new EmptyState(QStringLiteral("evaluate"), this);
  m_empty->action()->hide();
  auto* shown = new QWidget(this);
  auto* column = new QVBoxLayout(shown);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  m_tabs = new QTabBar(shown);
  m_tabs->setObjectName(QStringLiteral("reportTabBar"));
  m_tabs->setDrawBase(false);
  m_tabs->setExpanding(false);
  m_tabs->addTab(QString());
  m_tabs->addTab(QString());
  m_pages = new QStackedWidget(shown);
  m_pages->addWidget(makeSummary());
  m_pages->addWidget(makeRows());
  column->addWidget(m_tabs);
  column->addWidget(m_pages, 1);
  m_stack = new QStackedWidget(this);
  m_stack->addWidget(m_empty);
  m_stack->addWidget(shown);
  body()->addWidget(m_stack, 1);
  makeFooter();

  connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
  connect(m_sourceBox, qOverload<int>(&QComboBox::activated), this, [this](int index) {
    if (index == m_sources.size()) Q_EMIT fileWanted();
  });
  connect(m_reportBox, qOverload<int>(&QComboBox::activated), this, [this](int index) {
    if (index >= 0 && index < m_reports.size()) Q_EMIT openReportRequested(m_reports[index].path);
  });
  connect(this, &StagePage::primaryTriggered, this, [this] {
    if (m_nextIsTry)
      Q_EMIT tryRequested();
    else
      Q_EMIT evaluateRequested(rowSource());
  });
  retranslateUi();
}

QWidget* EvaluatePage::makeSummary() {
  auto* inner = new QWidget;
  auto* column = new QVBoxLayout(inner);
  column->setContentsMargins(0, 0, metrics::unit, 0);
  column->setSpacing(metrics::unit + metrics::half);

  auto* top = new QHBoxLayout;
  top->setSpacing(metrics::unit + metrics::half);
  const auto headline = [&](Card** card, Headline& h, const char* before, const char* after) {
    *card = new Card(inner);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::half);
    h.before = figureButton(before, *card);
    h.arrow = makeLabel(TextRole::figure, *card);
    h.arrow->setText(QStringLiteral("→"));
    h.arrow->setWordWrap(false);
    h.after = figureButton(after, *card);
    row->addWidget(h.before);
    row->addWidget(h.arrow);
    row->addWidget(h.after);
    row->addStretch(1);
    (*card)->content()->addLayout(row);
    h.interval = makeLabel(TextRole::caption, *card);
    (*card)->content()->addWidget(h.interval);
    (*card)->content()->addStretch(1);
    top->addWidget(*card, 3);
  };
  headline(&m_exactCard, m_exact, "exactBeforeButton", "exactAfterButton");
  headline(&m_jsonCard, m_json, "jsonBeforeButton", "jsonAfterButton");
  m_exact.interval->setObjectName(QStringLiteral("exactIntervalLabel"));
  m_json.interval->setObjectName(QStringLiteral("jsonIntervalLabel"));
  m_pairCard = new Card(inner);
  auto* links = new QVBoxLayout;  // one below the other: side by side they are wider than a small window has room for
  links->setSpacing(0);
  m_fixed = linkButton("fixedButton", m_pairCard);
  m_broken = linkButton("brokenButton", m_pairCard);
  m_stillWrong = linkButton("stillWrongButton", m_pairCard);
  for (QPushButton* b : {m_fixed, m_broken, m_stillWrong}) {
    b->setStyleSheet(QStringLiteral("padding: 0 4px 0 0; min-height: 24px;"));
    links->addWidget(b, 0, Qt::AlignLeft);
  }
  m_pairCard->content()->addLayout(links);
  m_pair = makeLabel(TextRole::body, m_pairCard);
  m_pair->setObjectName(QStringLiteral("pairedTestLabel"));
  m_pairCard->content()->addWidget(m_pair);
  m_pairCard->content()->addStretch(1);
  top->addWidget(m_pairCard, 4);
  column->addLayout(top);

  auto* bars = new QHBoxLayout;
  bars->setSpacing(metrics::unit + metrics::half);
  m_fieldCard = new Card(inner);
  m_fieldBars = new ComparisonBars(m_fieldCard);
  m_fieldBars->setObjectName(QStringLiteral("fieldBars"));
  m_fieldCard->content()->addWidget(m_fieldBars);
  m_fieldCard->content()->addStretch(1);
  m_errorCard = new Card(inner);
  m_errorBars = new ComparisonBars(m_errorCard);
  m_errorBars->setObjectName(QStringLiteral("errorBars"));
  m_errorCard->content()->addWidget(m_errorBars);
  m_errorCard->content()->addStretch(1);
  bars->addWidget(m_fieldCard, 1);
  bars->addWidget(m_errorCard, 1);
  column->addLayout(bars);
  m_legend = makeLabel(TextRole::caption, inner);
  column->addWidget(m_legend);
  m_factsLabel = makeLabel(TextRole::caption, inner);
  m_factsLabel->setObjectName(QStringLiteral("reportFactsLabel"));
  column->addWidget(m_factsLabel);
  column->addStretch(1);

  using Side = RowFilter::Side;
  const auto exactRows = [this](Side side) {
    RowFilter f;
    f.exact = true;
    f.side = side;
    showRows(f);
  };
  const auto jsonRows = [this](Side side) {
    RowFilter f;
    f.validJson = true;
    f.side = side;
    showRows(f);
  };
  connect(m_exact.before, &QPushButton::clicked, this, [exactRows] { exactRows(Side::before); });
  connect(m_exact.after, &QPushButton::clicked, this, [exactRows] { exactRows(Side::after); });
  connect(m_json.before, &QPushButton::clicked, this, [jsonRows] { jsonRows(Side::before); });
  connect(m_json.after, &QPushButton::clicked, this, [jsonRows] { jsonRows(Side::after); });
  const auto outcomeRows = [this](RowOutcomeKind kind) {
    RowFilter f;
    f.outcome = kind;
    showRows(f);
  };
  connect(m_fixed, &QPushButton::clicked, this, [outcomeRows] { outcomeRows(RowOutcomeKind::fixed); });
  connect(m_broken, &QPushButton::clicked, this, [outcomeRows] { outcomeRows(RowOutcomeKind::broken); });
  connect(m_stillWrong, &QPushButton::clicked, this, [outcomeRows] { outcomeRows(RowOutcomeKind::wrong); });
  const auto sideOf = [](ComparisonBars::Side side) {
    return side == ComparisonBars::Side::before ? Side::before : Side::after;
  };
  connect(m_fieldBars, &ComparisonBars::barChosen, this, [this, sideOf](int row, ComparisonBars::Side side) {
    RowFilter f;
    f.field = row;
    f.side = sideOf(side);
    showRows(f);
  });
  connect(m_errorBars, &ComparisonBars::barChosen, this, [this, sideOf](int row, ComparisonBars::Side side) {
    RowFilter f;
    f.error = m_kinds.at(static_cast<std::size_t>(row));
    f.side = sideOf(side);
    showRows(f);
  });
  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidget(inner);
  return area;
}

QWidget* EvaluatePage::makeRows() {
  auto* area = new QWidget;
  auto* column = new QVBoxLayout(area);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  auto* filters = new QHBoxLayout;
  filters->setSpacing(metrics::unit);
  m_search = new QLineEdit(area);
  m_search->setObjectName(QStringLiteral("rowSearchEdit"));
  m_search->setClearButtonEnabled(true);
  m_search->addAction(lineIcon(QStringLiteral("search"), IconTone::muted), QLineEdit::LeadingPosition);
  filters->addWidget(m_search, 1);
  const auto combo = [&](const char* object) {
    auto* box = new QComboBox(area);
    box->setObjectName(QLatin1String(object));
    filters->addWidget(box);
    connect(box, qOverload<int>(&QComboBox::activated), this, &EvaluatePage::applyFilterControls);
    return box;
  };
  m_outcomeBox = combo("outcomeComboBox");
  m_fieldBox = combo("fieldComboBox");
  m_errorBox = combo("errorComboBox");
  m_sideBox = combo("sideComboBox");
  m_clear = linkButton("clearFilterButton", area);
  filters->addWidget(m_clear);
  column->addLayout(filters);

  m_table = new QTableView(area);
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
  m_filterLabel = makeLabel(TextRole::caption, area);
  m_filterLabel->setObjectName(QStringLiteral("filterLabel"));
  m_copy = new QPushButton(lineIcon(QStringLiteral("copy"), IconTone::text), QString(), area);
  m_copy->setObjectName(QStringLiteral("copyRowsButton"));
  m_saveRows = new QPushButton(lineIcon(QStringLiteral("save"), IconTone::text), QString(), area);
  m_saveRows->setObjectName(QStringLiteral("saveRowsButton"));
  foot->addWidget(m_filterLabel, 1);
  foot->addWidget(m_copy);
  foot->addWidget(m_saveRows);
  column->addLayout(foot);

  connect(m_search, &QLineEdit::textChanged, this, &EvaluatePage::applyFilterControls);
  connect(m_clear, &QPushButton::clicked, this, [this] { showRows({}); });
  connect(m_copy, &QPushButton::clicked, this, &EvaluatePage::copyTable);
  connect(m_saveRows, &QPushButton::clicked, this, &EvaluatePage::saveTable);
  auto* copy = new QShortcut(QKeySequence::Copy, m_table, nullptr, nullptr, Qt::WidgetShortcut);
  connect(copy, &QShortcut::activated, this, &EvaluatePage::copyTable);
  connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
    Q_EMIT rowActivated(QString::fromStdString(m_rows->row(m_filtered->mapToSource(index).row()).id));
  });
  return area;
}

void EvaluatePage::makeFooter() {
  m_bar = new QProgressBar(this);
  m_bar->setObjectName(QStringLiteral("evaluateProgressBar"));
  m_bar->setTextVisible(false);
  m_bar->setFixedWidth(160);
  m_progressLabel = makeLabel(TextRole::body, this);
  m_progressLabel->setObjectName(QStringLiteral("evaluateProgressLabel"));
  m_progressLabel->setWordWrap(false);
  footerRow()->insertWidget(0, m_bar);
  footerRow()->insertWidget(1, m_progressLabel);
  const auto button = [this](const char* object, const char* icon) {
    auto* b = new QPushButton(lineIcon(QLatin1String(icon), IconTone::text), QString(), this);
    b->setObjectName(QLatin1String(object));
    addSecondaryButton(b);
    return b;
  };
  m_cancel = button("cancelEvaluateButton", "stop");
  m_save = button("saveReportButton", "save");
  m_again = button("evaluateAgainButton", "refresh");
  connect(m_cancel, &QPushButton::clicked, this, &EvaluatePage::cancelRequested);
  connect(m_again, &QPushButton::clicked, this, [this] { Q_EMIT evaluateRequested(rowSource()); });
}

// ---- what is shown

void EvaluatePage::setRowSources(const QList<EvaluateRows>& sources) {
  const QString kept = rowSource();
  m_sources = sources;
  m_showing = true;
  m_sourceBox->clear();
  for (const EvaluateRows& source : sources) {
    QString name = source.key == QLatin1String("test")         ? tr("Test split")
                   : source.key == QLatin1String("validation") ? tr("Validation split")
                                                               : QFileInfo(source.key).fileName();
    if (source.count >= 0) name = tr("%1 (%2)").arg(name, NumberText::count(source.count));
    m_sourceBox->addItem(name);
    if (source.key == kept) m_sourceBox->setCurrentIndex(m_sourceBox->count() - 1);
  }
  m_sourceBox->addItem(tr("From a file…"));
  m_showing = false;
}

QString EvaluatePage::rowSource() const {
  const int index = m_sourceBox->currentIndex();
  return index >= 0 && index < m_sources.size() ? m_sources[index].key : QString();
}

void EvaluatePage::setReports(const QList<ReportEntry>& reports, const QString& shown) {
  m_reports = reports;
  m_reportBox->clear();
  for (const ReportEntry& report : reports) {
    m_reportBox->addItem(report.name);
    if (report.path == shown) m_reportBox->setCurrentIndex(m_reportBox->count() - 1);
  }
  m_reportBox->setVisible(!reports.isEmpty());
  m_reportLabel->setVisible(!reports.isEmpty());
}

void EvaluatePage::setRunning(bool on) {
  m_running = on;
  if (on) {
    m_progress = {};
    m_secondsLeft = -1.0;
    m_nextIsTry = false;
  }
  showEmpty();
  setProgress(m_progress, m_secondsLeft);
  updateButtons();
}

void EvaluatePage::setProgress(const Progress& progress, double secondsLeft) {
  m_progress = progress;
  m_secondsLeft = secondsLeft;
  m_bar->setVisible(m_running);
  m_progressLabel->setVisible(m_running);
  m_bar->setRange(0, static_cast<int>(std::max<std::int64_t>(0, progress.total)));
  m_bar->setValue(static_cast<int>(progress.done));
  QString text =
      progress.total > 0
          ? tr("%1 of %2 rows answered").arg(NumberText::count(progress.done), NumberText::count(progress.total))
          : tr("Opening the model…");
  if (secondsLeft >= 0) text += QStringLiteral(" · ") + tr("%1 left").arg(NumberText::duration(secondsLeft));
  m_progressLabel->setText(text);
}

void EvaluatePage::setReport(std::shared_ptr<const EvaluateReport> report, std::vector<ComparedRow> rows) {
  m_report = std::move(report);
  m_rows->setRows(std::move(rows), m_report->field_keys);
  m_filtered->setFilter({});
  m_table->verticalHeader()->setDefaultSectionSize(
      DifferenceDelegate::rowHeight(m_table->font(), m_rows->fieldCount()));
  m_table->setColumnWidth(ComparedRowsModel::OutcomeColumn, 96);
  m_table->setColumnWidth(ComparedRowsModel::InputColumn, 240);
  m_table->setColumnWidth(ComparedRowsModel::FieldColumn, 128);
  m_table->setColumnWidth(ComparedRowsModel::ExpectedColumn, 176);
  m_table->setColumnWidth(ComparedRowsModel::BeforeColumn, 176);
  m_table->setColumnHidden(ComparedRowsModel::BeforeColumn, !m_report->before.present);
  m_table->setColumnHidden(ComparedRowsModel::AfterColumn, !m_report->after.present);
  m_tabs->setCurrentIndex(0);
  showReport();
}

void EvaluatePage::clearReport() {
  m_report.reset();
  m_rows->setRows({}, {});
  showReport();
}

void EvaluatePage::setNextIsTry(bool on) {
  m_nextIsTry = on;
  updateButtons();
}

void EvaluatePage::showReport() {
  m_stack->setCurrentIndex(m_report ? 1 : 0);
  if (m_report) {
    showHeadline();
    showBars();
    showFilter();
  }
  updateButtons();
}

void EvaluatePage::showHeadline() {
  const EvaluateReport& r = *m_report;
  const auto show = [&](Headline& h, const Share& before, const Share& after) {
    h.before->setVisible(r.before.present);
    h.after->setVisible(r.after.present);
    h.arrow->setVisible(r.before.present && r.after.present);
    h.before->setText(NumberText::percent(before.value()));
    h.after->setText(NumberText::percent(after.value()));
    QStringList lines;
    const auto line = [&](const QString& side, const Share& s) {
      lines << tr("%1: %2 of %3 rows; 95 %: %4 to %5")
                   .arg(side, NumberText::count(s.k), NumberText::count(s.n), NumberText::percent(s.low),
                        NumberText::percent(s.high));
    };
    if (r.before.present) line(tr("Before"), before);
    if (r.after.present) line(tr("After"), after);
    // A percent sign doesn't begin a line.
    h.interval->setText(
        lines.join(QLatin1Char('\n')).replace(QStringLiteral(" %"), QString(QChar::Nbsp) + QLatin1Char('%')));
    h.before->setToolTip(tr("Untuned model. Shows these rows"));
    h.after->setToolTip(tr("Tuned model. Shows these rows"));
    h.before->setAccessibleName(tr("Before: %1").arg(h.before->text()));
    h.after->setAccessibleName(tr("After: %1").arg(h.after->text()));
  };
  show(m_exact, r.before.exact, r.after.exact);
  show(m_json, r.before.valid_json, r.after.valid_json);
  const bool both = r.before.present && r.after.present;
  m_pairCard->setVisible(both);
  if (both) {
    std::int64_t wrong = 0;
    for (const ComparedRow& row : m_rows->rows()) wrong += outcomeOf(row) == RowOutcomeKind::wrong;
    m_fixed->setText(tr("▲ %1 rows fixed").arg(NumberText::count(r.rows.fixed)));
    m_broken->setText(tr("▼ %1 broken").arg(NumberText::count(r.rows.broken)));
    m_stillWrong->setText(tr("✕ %1 still wrong").arg(NumberText::count(wrong)));
    m_pair->setText(pairVerdict(pairSentence(r.rows), pairMeaning(r.rows)));
  }
  QStringList facts{
      tr("%1 rows (%2)")
          .arg(NumberText::count(static_cast<qint64>(r.details.size())), QString::fromStdString(r.data_name))};
  const SideScore& any = r.after.present ? r.after : r.before;
  facts << QString::fromStdString(any.model);
  if (!r.after.adapter.empty()) facts << QString::fromStdString(r.after.adapter);
  facts << QString::fromStdString(r.machine);
  if (r.after.present && r.after.seconds > 0)
    facts << tr("tuned: %1, %2 tokens/s")
                 .arg(NumberText::duration(r.after.seconds),
                      NumberText::count(static_cast<qint64>(r.after.tokens_per_second)));
  if (r.before.present && r.before.seconds > 0)
    facts << tr("untuned: %1, %2 tokens/s")
                 .arg(NumberText::duration(r.before.seconds),
                      NumberText::count(static_cast<qint64>(r.before.tokens_per_second)));
  facts.removeAll(QString());
  m_factsLabel->setText(facts.join(QStringLiteral(" · ")));
}

void EvaluatePage::showBars() {
  const EvaluateReport& r = *m_report;
  std::vector<ComparisonBars::Row> fields;
  for (std::size_t i = 0; i < r.field_keys.size(); ++i) {
    ComparisonBars::Row row;
    row.label = QString::fromStdString(r.field_keys[i]);
    QString tip = row.label;
    const auto bar = [&](const SideScore& side, const QString& name) -> std::optional<ComparisonBars::Bar> {
      if (!side.present || i >= side.fields.size()) return std::nullopt;
      const Share& s = side.fields[i];
      tip += QLatin1Char('\n') + tr("%1: %2 of %3 right; 95 %: %4 to %5")
                                     .arg(name, NumberText::count(s.k), NumberText::count(s.n),
                                          NumberText::percent(s.low), NumberText::percent(s.high));
      return ComparisonBars::Bar{s.value(), s.low, s.high, NumberText::percent(s.value()), true};
    };
    row.before = bar(r.before, tr("Before"));
    row.after = bar(r.after, tr("After"));
    if (row.before && row.after && i < r.fields.size()) tip += QLatin1Char('\n') + pairSentence(r.fields[i]);
    row.tip = tip + QLatin1Char('\n') + tr("A click shows the rows that are wrong here.");
    fields.push_back(std::move(row));
  }
  m_fieldBars->setRows(std::move(fields), 1.0);

  m_kinds.clear();
  std::vector<ComparisonBars::Row> errors;
  std::int64_t most = 1;
  for (int k = 1; k <= static_cast<int>(FieldError::other); ++k) {
    const auto kind = static_cast<FieldError>(k);
    const std::int64_t before = errorCount(r.before, kind), after = errorCount(r.after, kind);
    if (before + after == 0) continue;
    most = std::max({most, before, after});
    ComparisonBars::Row row;
    row.label = ErrorWords::name(kind);
    row.tip = ErrorWords::meaning(kind) + QLatin1Char('\n') + tr("A click shows the rows.");
    const auto bar = [](std::int64_t n) {
      return ComparisonBars::Bar{static_cast<double>(n), 0.0, 0.0, NumberText::count(n), false};
    };
    if (r.before.present) row.before = bar(before);
    if (r.after.present) row.after = bar(after);
    m_kinds.push_back(kind);
    errors.push_back(std::move(row));
  }
  m_errorBars->setRows(std::move(errors), static_cast<double>(most));
}

// ---- rows

void EvaluatePage::showRows(const RowFilter& filter) {
  m_filtered->setFilter(filter);
  m_tabs->setCurrentIndex(1);
  showFilter();
  m_table->scrollToTop();
}

void EvaluatePage::showFilter() {
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
    errors << ErrorWords::name(m_kinds[i]);
    if (f.error == m_kinds[i]) error = static_cast<int>(i) + 1;
  }
  fill(m_errorBox, errors, error);
  fill(m_sideBox, {tr("Before"), tr("After")}, f.side == RowFilter::Side::before ? 0 : 1);
  m_clear->setEnabled(f != RowFilter());
  m_filterLabel->setText(filterText());
  m_tabs->setTabText(1, tr("Rows (%1)").arg(NumberText::count(m_filtered->rowCount())));
  m_showing = false;
}

void EvaluatePage::applyFilterControls() {
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

QString EvaluatePage::filterText() const {
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

std::vector<int> EvaluatePage::shownRows() const {
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

void EvaluatePage::copyTable() {
  const auto which = shownRows();
  QGuiApplication::clipboard()->setText(QString::fromUtf8(comparedRowsTable(*m_rows, which, '\t')));
  messageBar()->showNote(
      [rows = static_cast<int>(which.size())] { return tr("%n row(s) copied as a table", nullptr, rows); });
}

void EvaluatePage::saveTable() {
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
    messageBar()->showNote([path] { return tr("Saved: %1").arg(QDir::toNativeSeparators(path)); });
  } else {
    showError({tr("%1 couldn't be written.").arg(QDir::toNativeSeparators(path)),
               tr("Choose another folder."),
               file.errorString(),
               {}});
  }
}

bool EvaluatePage::savePdf(const QString& path) {
  QString problem;
  if (!m_report || !writeReportPdf(path, *m_report, m_rows->rows(), &problem)) {
    showError({problem, tr("Choose another folder."), {}, {}});
    return false;
  }
  messageBar()->showNote([path] { return tr("Saved: %1").arg(QDir::toNativeSeparators(path)); });
  return true;
}

void EvaluatePage::saveReport(const QString& ending) {
  const QString filter = ending == QLatin1String("pdf")    ? tr("PDF (*.pdf)")
                         : ending == QLatin1String("html") ? tr("Web page (*.html)")
                                                           : tr("JSON (*.json)");
  QString path = QFileDialog::getSaveFileName(this, tr("Save the report"), QStringLiteral("report.") + ending, filter);
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + ending;
  if (ending == QLatin1String("pdf"))
    savePdf(path);
  else
    Q_EMIT saveRequested(path);
}

void EvaluatePage::showEmpty() {
  m_empty->setTexts(
      m_running ? tr("The models are answering") : tr("No report yet"),
      tr("The untuned and the tuned model answer the same test rows; you see row by row what became better."));
}

void EvaluatePage::updateButtons() {
  m_cancel->setVisible(m_running);
  m_save->setVisible(m_report && !m_running);
  m_again->setVisible(m_nextIsTry && !m_running);
  primaryButton()->setVisible(!m_running);
  primaryButton()->setText(m_nextIsTry ? tr("Try it") : tr("Evaluate"));
  primaryButton()->setAccessibleName(primaryButton()->text());
  primaryButton()->setIcon(
      lineIcon(m_nextIsTry ? QStringLiteral("arrow-right") : QStringLiteral("evaluate"), IconTone::onAccent));
  primaryButton()->setToolTip(m_nextIsTry ? tr("On to the stage Try: talk to the tuned model")
                                          : tr("Asks the untuned and the tuned model for every row"));
  m_sourceBox->setEnabled(!m_running);
}

void EvaluatePage::retranslateUi() {
  setTexts(tr("Evaluate"), tr("Is the tuned model really better, on rows it has never seen?"), tr("Evaluate"));
  m_sourceLabel->setText(tr("Rows"));
  m_sourceBox->setToolTip(tr("Rows that both models answer; the test split was kept out of training"));
  m_sourceBox->setAccessibleName(tr("Rows to evaluate on"));
  m_reportLabel->setText(tr("Report"));
  m_reportBox->setToolTip(tr("Earlier reports of this project"));
  m_reportBox->setAccessibleName(tr("Report"));
  showEmpty();
  m_tabs->setTabText(0, tr("Summary"));
  m_exactCard->setHeading(tr("Rows exactly right"));
  m_jsonCard->setHeading(tr("Valid JSON"));
  m_pairCard->setHeading(tr("The same rows, before and after"));
  m_fieldCard->setHeading(tr("Right by field"));
  m_errorCard->setHeading(tr("Kinds of error, counted by value"));
  m_legend->setText(
      tr("Striped: before (untuned). Solid: after (tuned). Lines: 95 % intervals. Every figure leads to its rows."));
  m_fieldBars->setAccessibleName(tr("Right by field, before and after"));
  m_errorBars->setAccessibleName(tr("Kinds of error, before and after"));
  m_fixed->setToolTip(tr("Wrong before, right after"));
  m_broken->setToolTip(tr("Right before, wrong after"));
  m_stillWrong->setToolTip(tr("Wrong before and after"));
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
  m_cancel->setText(tr("Cancel"));
  m_cancel->setToolTip(tr("Stops within a second; the figures are then those of the rows answered by then"));
  m_again->setText(tr("Evaluate again"));
  m_again->setToolTip(tr("Asks both models once more"));
  m_save->setText(tr("Save report"));
  m_save->setToolTip(tr("As a web page, PDF or JSON"));
  if (QMenu* old = m_save->menu()) old->deleteLater();
  auto* menu = new QMenu(m_save);
  connect(menu->addAction(tr("Web page (HTML)…")), &QAction::triggered, this,
          [this] { saveReport(QStringLiteral("html")); });
  connect(menu->addAction(tr("PDF…")), &QAction::triggered, this, [this] { saveReport(QStringLiteral("pdf")); });
  connect(menu->addAction(tr("JSON…")), &QAction::triggered, this, [this] { saveReport(QStringLiteral("json")); });
  m_save->setMenu(menu);
  setRowSources(m_sources);
  setProgress(m_progress, m_secondsLeft);
  if (m_report)
    showReport();
  else
    updateButtons();
}

}  // namespace minnow
