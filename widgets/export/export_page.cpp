// Take it away.
#include "widgets/export/export_page.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>

#include "widgets/common/badge.h"
#include "widgets/common/card.h"
#include "widgets/common/headline_figure.h"
#include "widgets/common/labels.h"
#include "widgets/common/named_button.h"
#include "widgets/common/number_text.h"
#include "widgets/common/run_selector.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

bool isTaken(const QString& folder) { return QFileInfo::exists(folder) && !QDir(folder).isEmpty(); }

/// The folder, or the first of folder-2, folder-3, … that can be written.
QString unused(const QString& folder) {
  QString name = folder;
  for (int n = 2; !folder.isEmpty() && isTaken(name); ++n) name = QStringLiteral("%1-%2").arg(folder).arg(n);
  return name;
}

}  // namespace

ExportPage::ExportPage(QWidget* parent) : StagePage(QStringLiteral("export"), parent) {
  setObjectName(QStringLiteral("exportPage"));
  auto* columns = new QHBoxLayout;
  columns->setSpacing(metrics::gap);
  columns->addWidget(makeChoice(), 3);
  columns->addWidget(makeResult(), 2);
  body()->addLayout(columns, 1);
  m_progressLabel = makeLabel(TextRole::body, this);
  m_progressLabel->setObjectName(QStringLiteral("exportProgressLabel"));
  m_progressLabel->setWordWrap(false);
  footerRow()->insertWidget(0, m_progressLabel);
  m_cancel = namedButton("cancelExportButton", "stop");
  addSecondaryButton(m_cancel);
  connect(m_cancel, &QPushButton::clicked, this, &ExportPage::cancelRequested);
  connect(this, &StagePage::primaryTriggered, this, [this] { Q_EMIT exportRequested(request()); });
  retranslateUi();
  updateState();
}

QWidget* ExportPage::makeChoice() {
  m_sourceCard = new Card;
  m_source = new RunSelector;
  m_sourceCard->content()->addWidget(m_source, 0, Qt::AlignLeft);

  m_whatCard = new Card;
  m_merged = new QRadioButton;
  m_adapter = new QRadioButton;
  m_merged->setObjectName(QStringLiteral("exportMergedRadioButton"));
  m_adapter->setObjectName(QStringLiteral("exportAdapterRadioButton"));
  m_merged->setChecked(true);
  m_mergedText = makeLabel(TextRole::muted);
  m_adapterText = makeLabel(TextRole::muted);
  m_dtypeLabel = makeLabel(TextRole::caption);
  m_dtype = new QComboBox;
  m_dtype->setObjectName(QStringLiteral("exportDtypeComboBox"));
  for (const char* dtype : {"auto", "bfloat16", "float32"}) m_dtype->addItem(QString(), QString::fromLatin1(dtype));
  m_dtypeLabel->setBuddy(m_dtype);
  m_dtypeLabel->setWordWrap(false);
  auto* dtype = new QHBoxLayout;
  dtype->setContentsMargins(metrics::wide, 0, 0, 0);
  dtype->addWidget(m_dtypeLabel);
  dtype->addWidget(m_dtype);
  dtype->addStretch(1);
  m_mergedText->setIndent(metrics::wide);
  m_adapterText->setIndent(metrics::wide);
  auto* what = m_whatCard->content();
  what->addWidget(m_merged);
  what->addWidget(m_mergedText);
  what->addLayout(dtype);
  what->addSpacing(metrics::unit);
  what->addWidget(m_adapter);
  what->addWidget(m_adapterText);

  m_whereCard = new Card;
  m_folder = new QLineEdit;
  m_folder->setObjectName(QStringLiteral("exportFolderEdit"));
  m_browse = new QPushButton(lineIcon(QStringLiteral("folder")), QString());
  m_browse->setObjectName(QStringLiteral("exportBrowseButton"));
  m_rowsLabel = makeLabel(TextRole::caption);
  m_rowsLabel->setWordWrap(false);
  m_rows = new QSpinBox;
  m_rows->setObjectName(QStringLiteral("exportTestRowsSpinBox"));
  m_rows->setRange(1, 10000);
  m_rows->setValue(32);
  m_rowsLabel->setBuddy(m_rows);
  auto* folder = new QHBoxLayout;
  folder->setSpacing(metrics::unit);
  folder->addWidget(m_folder, 1);
  folder->addWidget(m_browse);
  auto* rows = new QHBoxLayout;
  rows->setSpacing(metrics::unit);
  rows->addWidget(m_rowsLabel);
  rows->addWidget(m_rows);
  rows->addStretch(1);
  m_whereCard->content()->addLayout(folder);
  m_whereCard->content()->addLayout(rows);

  auto* side = new QWidget;
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::gap);
  column->addWidget(m_sourceCard);
  column->addWidget(m_whatCard);
  column->addWidget(m_whereCard);
  column->addStretch(1);

  for (QRadioButton* button : {m_merged, m_adapter}) {
    connect(button, &QRadioButton::toggled, this, [this] {
      proposeFolder();
      updateState();
    });
  }
  connect(m_folder, &QLineEdit::textEdited, this, [this] {
    m_folderChosen = true;
    updateState();
  });
  connect(m_browse, &QPushButton::clicked, this, [this] {
    const QString parent =
        QFileDialog::getExistingDirectory(this, tr("Folder to write into"), QFileInfo(m_folder->text()).path());
    if (parent.isEmpty()) return;
    m_folderChosen = true;
    m_folder->setText(QDir::toNativeSeparators(QDir(parent).filePath(QFileInfo(m_folder->text()).fileName())));
    updateState();
  });
  return side;
}

QWidget* ExportPage::makeResult() {
  m_resultCard = new Card;
  m_resultCard->setObjectName(QStringLiteral("exportResultCard"));
  m_resultHint = makeLabel(TextRole::muted);
  m_figures = new QWidget;
  m_verdict = new Badge;
  m_verdict->setObjectName(QStringLiteral("exportVerdictBadge"));
  m_agreement = new HeadlineFigure(HeadlineFigure::Size::large);
  m_score = new HeadlineFigure;
  m_before = new HeadlineFigure;
  m_agreement->setObjectName(QStringLiteral("exportAgreementFigure"));
  m_score->setObjectName(QStringLiteral("exportScoreFigure"));
  m_written = makeLabel(TextRole::caption);
  m_written->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_use = makeLabel(TextRole::muted);
  m_open = new QPushButton(lineIcon(QStringLiteral("folder")), QString());
  m_open->setObjectName(QStringLiteral("openExportFolderButton"));
  auto* grid = new QGridLayout(m_figures);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setVerticalSpacing(metrics::gap);
  grid->addWidget(m_verdict, 0, 0, 1, 2, Qt::AlignLeft);
  grid->addWidget(m_agreement, 1, 0, 1, 2);
  grid->addWidget(m_score, 2, 0);
  grid->addWidget(m_before, 2, 1);
  m_resultCard->content()->addWidget(m_resultHint);
  m_resultCard->content()->addWidget(m_figures);
  m_resultCard->content()->addWidget(m_written);
  m_resultCard->content()->addWidget(m_use);
  m_resultCard->content()->addWidget(m_open, 0, Qt::AlignLeft);
  m_resultCard->content()->addStretch(1);
  connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openFolderRequested(m_result.folder); });
  return m_resultCard;
}

ExportRequest ExportPage::request() const {
  ExportRequest made;
  made.kind = m_merged->isChecked() ? ExportRequest::Kind::merged : ExportRequest::Kind::adapter;
  made.folder = QDir::cleanPath(QDir::fromNativeSeparators(m_folder->text().trimmed()));
  made.dtype = m_dtype->currentData().toString();
  made.testRows = m_rows->value();
  return made;
}

void ExportPage::setReady(const QString& reason) {
  m_notReady = reason;
  updateState();
}

void ExportPage::setDefaultFolders(const QString& adapter, const QString& merged) {
  m_adapterFolder = adapter;
  m_mergedFolder = merged;
  m_folderChosen = false;
  proposeFolder();
  updateState();
}

void ExportPage::proposeFolder() {
  if (!m_folderChosen)
    m_folder->setText(QDir::toNativeSeparators(unused(m_merged->isChecked() ? m_mergedFolder : m_adapterFolder)));
}

void ExportPage::setRunning(bool running) {
  m_running = running;
  m_waiting = m_stopping = false;
  m_progress = {};
  updateState();
}

void ExportPage::setWaiting(bool waiting) {
  m_waiting = waiting;
  updateState();
}

void ExportPage::setStopping() {
  m_stopping = true;
  updateState();
}

void ExportPage::setProgress(const Progress& progress) {
  m_progress = progress;
  updateState();
}

void ExportPage::setResult(const ExportResult& result) {
  m_result = result;
  m_hasResult = true;
  showResult();
  m_folderChosen = false;  // that folder is taken now
  proposeFolder();
  updateState();
}

void ExportPage::clearResult() {
  m_hasResult = false;
  showResult();
}

void ExportPage::updateState() {
  QString reason = m_notReady;
  const QString folder = QDir::fromNativeSeparators(m_folder->text().trimmed());
  m_cancel->setVisible(m_running);
  m_cancel->setEnabled(!m_stopping);
  m_progressLabel->setVisible(m_running);
  m_progressLabel->setText(
      m_waiting    ? tr("Waiting for its turn…")
      : m_stopping ? tr("Stopping…")
      : m_progress.total > 0 && m_progress.unit == "rows"
          ? tr("Testing: %1 of %2 answers").arg(NumberText::count(m_progress.done), NumberText::count(m_progress.total))
          : tr("Writing…"));
  primaryButton()->setVisible(!m_running);
  if (reason.isEmpty() && (folder.isEmpty() || !QDir::isAbsolutePath(folder)))
    reason = tr("Name a folder with its full path.");
  if (reason.isEmpty() && isTaken(folder)) reason = tr("This folder exists already; name another one.");
  setReason(m_running ? QString() : reason);
  m_dtype->setEnabled(m_merged->isChecked() && !m_running);
  for (QWidget* widget : std::initializer_list<QWidget*>{m_source, m_merged, m_adapter, m_folder, m_browse, m_rows})
    widget->setEnabled(!m_running);
}

void ExportPage::showResult() {
  m_resultHint->setVisible(!m_hasResult);
  m_figures->setVisible(m_hasResult && m_result.tested);
  for (QWidget* widget : std::initializer_list<QWidget*>{m_written, m_use, m_open}) widget->setVisible(m_hasResult);
  if (!m_hasResult) return;
  const auto share = [](qint64 part, qint64 all) {
    return NumberText::percent(all > 0 ? static_cast<double>(part) / static_cast<double>(all) : 0.0);
  };
  m_verdict->setState(m_result.passed ? Tone::good : Tone::bad,
                      m_result.passed ? tr("Read back and answers as before") : tr("Answers differ from the source"));
  m_agreement->setFigure(share(m_result.agreeing, m_result.rows));
  m_agreement->setCaption(tr("%1 of %2 test rows answered with the same text", "agreeing, rows")
                              .arg(NumberText::count(m_result.agreeing), NumberText::count(m_result.rows)));
  m_score->setFigure(share(m_result.exactWritten, m_result.rows));
  m_score->setCaption(tr("exact, as written"));
  m_before->setFigure(share(m_result.exactSource, m_result.rows));
  m_before->setCaption(tr("exact, before writing"));
  QString written =
      tr("%1 in %2", "size, folder").arg(NumberText::bytes(m_result.bytes), QDir::toNativeSeparators(m_result.folder));
  if (!m_result.tested) written += QLatin1Char('\n') + m_result.notTested;
  m_written->setText(written);
}

void ExportPage::retranslateUi() {
  setTexts(tr("Export"),
           tr("Write weights that other programs open; they are read back and tested before you take them away."),
           tr("Export"));
  primaryButton()->setToolTip(tr("Write the folder, open it again and test it"));
  m_sourceCard->setHeading(tr("From"));
  m_whatCard->setHeading(tr("What to write"));
  m_merged->setText(tr("A merged model"));
  m_merged->setToolTip(tr("The adapter folded into the weights"));
  m_mergedText->setText(
      tr("A complete Hugging Face folder with safetensors: opens in vLLM, transformers and every Qwen3 runtime."));
  m_adapter->setText(tr("The LoRA adapter"));
  m_adapter->setToolTip(tr("Only what was trained"));
  m_adapterText->setText(tr("A small PEFT folder that goes on top of the untuned model."));
  m_dtypeLabel->setText(tr("Number format"));
  m_dtype->setToolTip(tr("How merged weights are stored; float32 doubles the size of bfloat16"));
  m_dtype->setAccessibleName(tr("Number format of the merged weights"));
  m_dtype->setItemText(0, tr("As in the model's files"));
  m_dtype->setItemText(1, QStringLiteral("bfloat16"));
  m_dtype->setItemText(2, QStringLiteral("float32"));
  m_whereCard->setHeading(tr("Where, and how to test it"));
  m_folder->setToolTip(tr("The folder that is made"));
  m_folder->setAccessibleName(tr("Folder to write"));
  m_browse->setText(tr("Browse …"));
  m_browse->setToolTip(tr("Choose where the folder goes"));
  m_rowsLabel->setText(tr("Test rows"));
  m_rows->setToolTip(
      tr("Rows that the source and what was written both answer; more take longer and say it more surely"));
  m_rows->setAccessibleName(tr("Test rows"));
  m_resultCard->setHeading(tr("Result"));
  m_resultHint->setText(
      tr("Once written, the folder is opened again and answers test rows; here you will see whether it answers as "
         "before."));
  m_use->setText(tr("Ask it with this project's concise prompt as system message, as it was trained."));
  m_cancel->setText(tr("Cancel"));
  m_cancel->setToolTip(tr("Stops within a second; what is half written is removed, what is written stays"));
  m_open->setText(tr("Show the folder"));
  m_open->setToolTip(tr("Open the folder in the file manager"));
  showResult();
  updateState();
}

}  // namespace minnow
