// Puts the stage together.
#include "widgets/evaluate/evaluate_page.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <algorithm>

#include "widgets/common/empty_state.h"
#include "widgets/common/labels.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/named_button.h"
#include "widgets/common/number_text.h"
#include "widgets/common/run_selector.h"
#include "widgets/evaluate/compared_rows_view.h"
#include "widgets/evaluate/report_summary.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {

EvaluatePage::EvaluatePage(QWidget* parent)
    : StagePage(QStringLiteral("evaluate"), parent), m_summary(new ReportSummary), m_rowsView(new ComparedRowsView) {
  setObjectName(QStringLiteral("evaluatePage"));
  const auto place = [this](QComboBox* combo, QLabel** label) {
    *label = makeLabel(TextRole::muted, this);
    (*label)->setWordWrap(false);
    (*label)->setBuddy(combo);
    (*label)->setFixedHeight(metrics::controlHeight);
    (*label)->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    headerRow()->addWidget(*label, 0, Qt::AlignTop);
    headerRow()->addWidget(combo, 0, Qt::AlignTop);
  };
  const auto box = [this](const char* object) {
    auto* combo = new QComboBox(this);
    combo->setObjectName(QLatin1String(object));
    combo->setMinimumWidth(120);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return combo;
  };
  m_runBox = new RunSelector(this);
  m_reportBox = box("reportComboBox");
  m_sourceBox = box("rowSourceComboBox");
  place(m_runBox, &m_runLabel);
  place(m_sourceBox, &m_sourceLabel);
  place(m_reportBox, &m_reportLabel);

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
  m_pages->addWidget(m_summary);
  m_pages->addWidget(m_rowsView);
  column->addWidget(m_tabs);
  column->addWidget(m_pages, 1);
  m_stack = new QStackedWidget(this);
  m_stack->addWidget(m_empty);
  m_stack->addWidget(shown);
  body()->addWidget(m_stack, 1);
  makeFooter();

  connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
  connect(m_summary, &ReportSummary::rowsWanted, this, &EvaluatePage::showRows);
  connect(m_rowsView, &ComparedRowsView::countChanged, this, &EvaluatePage::showTabs);
  connect(m_rowsView, &ComparedRowsView::rowActivated, this, &EvaluatePage::rowActivated);
  connect(m_rowsView, &ComparedRowsView::failed, this, &StagePage::showError);
  connect(m_rowsView, &ComparedRowsView::noted, messageBar(), &MessageBar::showNote);
  connect(m_sourceBox, qOverload<int>(&QComboBox::activated), this, [this](int index) {
    if (index == m_sources.size()) Q_EMIT fileWanted();
  });
  connect(m_reportBox, qOverload<int>(&QComboBox::activated), this, [this](int index) {
    if (index >= 0 && index < m_reports.size()) Q_EMIT openReportRequested(m_reports[index].path);
  });
  connect(this, &StagePage::primaryTriggered, this, [this] {
    if (nextIsTrain())
      Q_EMIT trainRequested();
    else if (m_nextIsTry)
      Q_EMIT tryRequested();
    else
      Q_EMIT evaluateRequested(rowSource());
  });
  retranslateUi();
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
    QPushButton* b = namedButton(object, icon);
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
  m_waiting = m_stopping = false;
  if (on) {
    m_progress = {};
    m_secondsLeft = -1.0;
    m_nextIsTry = false;
  }
  showEmpty();
  setProgress(m_progress, m_secondsLeft);
  updateButtons();
}

void EvaluatePage::setWaiting(bool on) {
  m_waiting = on;
  showEmpty();
  setProgress(m_progress, m_secondsLeft);
}

void EvaluatePage::setStopping() {
  m_stopping = true;
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
      m_waiting    ? tr("Waiting for its turn…")
      : m_stopping ? tr("Stopping…")
      : progress.total > 0
          ? tr("%1 of %2 rows answered").arg(NumberText::count(progress.done), NumberText::count(progress.total))
          : tr("Opening the model…");
  if (secondsLeft >= 0 && !m_stopping)
    text += QStringLiteral(" · ") + tr("%1 left").arg(NumberText::duration(secondsLeft));
  m_progressLabel->setText(text);
}

void EvaluatePage::setReport(std::shared_ptr<const EvaluateReport> report, std::vector<ComparedRow> rows) {
  m_report = std::move(report);
  m_rowsView->setReport(m_report.get(), std::move(rows));
  const auto& all = m_rowsView->rows()->rows();
  const auto wrong = std::count_if(all.begin(), all.end(),
                                   [](const ComparedRow& row) { return outcomeOf(row) == RowOutcomeKind::wrong; });
  m_summary->setReport(m_report, wrong);
  m_tabs->setCurrentIndex(0);
  showReport();
}

void EvaluatePage::clearReport() {
  m_report.reset();
  m_rowsView->setReport(nullptr, {});
  m_summary->setReport(nullptr, 0);
  showReport();
}

void EvaluatePage::setNextIsTry(bool on) {
  m_nextIsTry = on;
  updateButtons();
}

bool EvaluatePage::nextIsTrain() const { return m_nextIsTry && m_report && finding_of(*m_report) == Finding::not_learned; }

void EvaluatePage::showReport() {
  m_stack->setCurrentIndex(m_report ? 1 : 0);
  updateButtons();
}

ComparedRowsModel* EvaluatePage::rows() const { return m_rowsView->rows(); }
ComparedRowsFilter* EvaluatePage::filtered() const { return m_rowsView->filtered(); }

void EvaluatePage::showRows(const RowFilter& filter) {
  m_rowsView->showRows(filter);
  m_tabs->setCurrentIndex(1);
}

void EvaluatePage::showTabs() {
  m_tabs->setTabText(0, tr("Summary"));
  m_tabs->setTabText(1, tr("Rows (%1)").arg(NumberText::count(filtered()->rowCount())));
}

void EvaluatePage::saveReport(const QString& ending) {
  const QString filter = ending == QLatin1String("pdf")    ? tr("PDF (*.pdf)")
                         : ending == QLatin1String("html") ? tr("Web page (*.html)")
                                                           : tr("JSON (*.json)");
  QString path = QFileDialog::getSaveFileName(this, tr("Save the report"), QStringLiteral("report.") + ending, filter);
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + ending;
  Q_EMIT saveRequested(path);
}

void EvaluatePage::showEmpty() {
  m_empty->setTexts(
      m_waiting   ? tr("Waiting for its turn")
      : m_running ? tr("The models are answering")
                  : tr("No report yet"),
      tr("The untuned and the tuned model answer the same test rows; you see row by row what became better."));
}

void EvaluatePage::updateButtons() {
  m_cancel->setVisible(m_running);
  m_cancel->setEnabled(!m_stopping);
  m_save->setVisible(m_report && !m_running);
  m_again->setVisible((m_nextIsTry || nextIsTrain()) && !m_running);
  primaryButton()->setVisible(!m_running);
  const bool back = nextIsTrain();
  primaryButton()->setText(back ? tr("Back to Train") : m_nextIsTry ? tr("Try it") : tr("Evaluate"));
  primaryButton()->setAccessibleName(primaryButton()->text());
  primaryButton()->setIcon(lineIcon(back          ? QStringLiteral("play")
                                    : m_nextIsTry ? QStringLiteral("arrow-right")
                                                  : QStringLiteral("evaluate"),
                                    IconTone::onAccent));
  primaryButton()->setToolTip(back          ? tr("The tuned model has not learned the task: choose other settings on Train")
                              : m_nextIsTry ? tr("On to the stage Try: talk to the tuned model")
                                            : tr("Asks the untuned and the tuned model for every row"));
  m_sourceBox->setEnabled(!m_running);
  m_runBox->setEnabled(!m_running && !m_runBox->run().isEmpty());
}

void EvaluatePage::retranslateUi() {
  setTexts(tr("Evaluate"), tr("Is the tuned model really better, on rows it has never seen?"), tr("Evaluate"));
  m_runLabel->setText(tr("Run"));
  m_sourceLabel->setText(tr("Rows"));
  m_sourceBox->setToolTip(tr("Rows that both models answer; the test split was kept out of training"));
  m_sourceBox->setAccessibleName(tr("Rows to evaluate on"));
  m_reportLabel->setText(tr("Report"));
  m_reportBox->setToolTip(tr("Earlier reports of this project"));
  m_reportBox->setAccessibleName(tr("Report"));
  showEmpty();
  showTabs();
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
  updateButtons();
}

}  // namespace minnow
