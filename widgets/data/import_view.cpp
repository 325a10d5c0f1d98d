// Three steps on one stack: sources, preview, outcome.
#include "widgets/data/import_view.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/common/card.h"
#include "widgets/common/engine_sentence.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/common/text_table_model.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

QTableView* makeTextTable(QAbstractItemModel* model, const QString& name) {
  auto* table = new QTableView;
  table->setObjectName(name);
  table->setModel(model);
  table->setShowGrid(false);
  table->setWordWrap(false);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(metrics::controlHeight);
  table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table->horizontalHeader()->setStretchLastSection(true);
  table->horizontalHeader()->setHighlightSections(false);
  table->setTabKeyNavigation(false);
  return table;
}

/// The engine's sentences in the window's language, one a line.
QString sentencesText(const QStringList& sentences) {
  QStringList lines;
  for (const QString& sentence : sentences) lines += engineSentence(sentence.toStdString());
  return lines.join(QLatin1Char('\n'));
}

QString droppedFile(const QMimeData* data) {
  for (const QUrl& url : data->urls()) {
    if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile()) return url.toLocalFile();
  }
  return {};
}

}  // namespace

ImportView::ImportView(QWidget* parent) : QWidget(parent), m_stack(new QStackedWidget) {
  setObjectName(QStringLiteral("importView"));
  setAcceptDrops(true);
  m_stack->addWidget(makeSources());
  m_stack->addWidget(makeOffer());
  m_stack->addWidget(makeOutcome());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_stack);
  retranslateUi();
}

QWidget* ImportView::makeSources() {
  const auto card = [](Card** card, QLabel** text, QPushButton** button, const char* name) {
    *card = new Card;
    *text = makeLabel(TextRole::muted);
    *button = new QPushButton;
    (*button)->setObjectName(QLatin1String(name));
    (*card)->content()->addWidget(*text);
  };
  card(&m_fileCard, &m_fileText, &m_fileButton, "chooseFileButton");
  card(&m_demoCard, &m_demoText, &m_demoButton, "demoRowsButton");
  card(&m_synthCard, &m_synthText, &m_synthButton, "makeUpRowsButton");
  m_count = new QSpinBox;
  m_count->setObjectName(QStringLiteral("synthCountSpinBox"));
  m_count->setRange(1, 1000000);
  m_count->setGroupSeparatorShown(true);
  m_count->setValue(2000);
  m_seed = new QSpinBox;
  m_seed->setObjectName(QStringLiteral("synthSeedSpinBox"));
  m_seed->setRange(0, 2147483647);
  m_seed->setValue(1);
  m_mix = new QSlider(Qt::Horizontal);
  m_mix->setObjectName(QStringLiteral("synthMixSlider"));
  m_mix->setRange(0, 20);
  m_mix->setValue(10);
  m_mixValue = makeLabel(TextRole::caption);
  m_mixValue->setWordWrap(false);
  m_countName = new QLabel;
  m_seedName = new QLabel;
  m_mixName = new QLabel;
  auto* settings = new QGridLayout;
  settings->setHorizontalSpacing(metrics::unit);
  settings->setVerticalSpacing(metrics::unit);
  settings->addWidget(m_countName, 0, 0);
  settings->addWidget(m_count, 0, 1);
  settings->addWidget(m_seedName, 1, 0);
  settings->addWidget(m_seed, 1, 1);
  settings->addWidget(m_mixName, 2, 0);
  settings->addWidget(m_mix, 2, 1);
  settings->addWidget(m_mixValue, 3, 1);
  settings->setColumnStretch(1, 1);
  m_countName->setBuddy(m_count);
  m_seedName->setBuddy(m_seed);
  m_mixName->setBuddy(m_mix);
  m_synthCard->content()->addLayout(settings);
  for (const auto& [card, button] : {std::pair(m_fileCard, m_fileButton), std::pair(m_demoCard, m_demoButton),
                                     std::pair(m_synthCard, m_synthButton)}) {
    card->content()->addStretch(1);
    card->content()->addWidget(button, 0, Qt::AlignLeft);
  }
  auto* page = new QWidget;
  auto* row = new QHBoxLayout;
  row->setSpacing(metrics::gap);
  row->addWidget(m_fileCard, 1);
  row->addWidget(m_demoCard, 1);
  row->addWidget(m_synthCard, 1);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(row);
  column->addStretch(1);
  connect(m_fileButton, &QPushButton::clicked, this, &ImportView::fileWanted);
  connect(m_demoButton, &QPushButton::clicked, this, &ImportView::demoRequested);
  connect(m_synthButton, &QPushButton::clicked, this, [this] {
    Q_EMIT synthRequested({m_count->value(), static_cast<quint64>(m_seed->value()), m_mix->value() / 20.0});
  });
  connect(m_mix, &QSlider::valueChanged, this, &ImportView::showMix);
  return page;
}

QWidget* ImportView::makeReading() {
  auto* bar = new QWidget;
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::unit);
  const auto add = [&](QLabel** name, QComboBox** combo, const char* objectName) {
    *name = new QLabel;
    *combo = new QComboBox;
    (*combo)->setObjectName(QLatin1String(objectName));
    (*name)->setBuddy(*combo);
    row->addWidget(*name);
    row->addWidget(*combo);
    connect(*combo, &QComboBox::activated, this, [this] {
      if (!m_offer) return;
      Q_EMIT readingChanged(m_offer->file, {m_encoding->currentData().toString(), m_separator->currentData().toString(),
                                            m_header->currentData().toInt()});
    });
  };
  add(&m_encodingName, &m_encoding, "encodingComboBox");
  add(&m_separatorName, &m_separator, "separatorComboBox");
  add(&m_headerName, &m_header, "headerComboBox");
  row->addStretch(1);
  return bar;
}

void ImportView::fillReading() {
  const auto fill = [this](QComboBox* combo, const QString& found, const QList<QPair<QString, QVariant>>& items,
                           const QVariant& asked, const QVariant& automatic) {
    combo->clear();
    combo->addItem(found.isEmpty() ? tr("Find out") : tr("Find out") + QStringLiteral(" · ") + found, automatic);
    for (const auto& [text, value] : items) combo->addItem(text, value);
    combo->setCurrentIndex(qMax(0, combo->findData(asked)));
  };
  QList<QPair<QString, QVariant>> encodings;
  for (const char* name :
       {"UTF-8", "GB18030", "Big5", "Windows-1252", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    encodings.append({QLatin1String(name), QLatin1String(name)});
  fill(m_encoding, m_offer->found.encoding, encodings, m_offer->asked.encoding, QString());
  const QList<QPair<QString, QVariant>> separators{{tr("Comma"), QStringLiteral(",")},
                                                   {tr("Tab"), QStringLiteral("\t")},
                                                   {tr("Semicolon"), QStringLiteral(";")},
                                                   {tr("Bar"), QStringLiteral("|")}};
  QString separator = m_offer->found.separator;
  for (const auto& [text, value] : separators)
    if (value.toString() == separator) separator = text;
  fill(m_separator, separator, separators, m_offer->asked.separator, QString());
  const QList<QPair<QString, QVariant>> headers{{tr("Names the columns"), 1}, {tr("Is a row"), 0}};
  const QString header = m_offer->found.header < 0 ? QString() : headers.at(1 - m_offer->found.header).first;
  fill(m_header, header, headers, m_offer->asked.header, -1);
  const bool table = !m_offer->found.separator.isEmpty();
  m_headerName->setVisible(table);
  m_header->setVisible(table);
}

QWidget* ImportView::makeOffer() {
  m_offerTitle = makeLabel(TextRole::section);
  m_offerFormat = makeLabel(TextRole::caption);
  m_offerFormat->setObjectName(QStringLiteral("offerFormatLabel"));
  m_offerNotes = makeLabel(TextRole::caption);
  m_offerNotes->setObjectName(QStringLiteral("offerNotesLabel"));
  m_unclear = makeLabel(TextRole::warning);
  m_unclear->setObjectName(QStringLiteral("unclearLabel"));
  m_mappingTitle = makeLabel(TextRole::section);
  m_previewTitle = makeLabel(TextRole::section);
  m_back = new QPushButton;
  m_back->setObjectName(QStringLiteral("otherFileButton"));
  m_back->setProperty("quiet", true);
  m_preview = new TextTableModel(this);
  m_previewTable = makeTextTable(m_preview, QStringLiteral("previewTable"));
  auto* form = new QWidget;
  m_mappingForm = new QFormLayout(form);
  m_mappingForm->setContentsMargins(0, 0, metrics::unit, 0);
  m_mappingForm->setSpacing(metrics::unit);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(form);
  m_mapping = new QWidget;
  m_mapping->setFixedWidth(320);
  auto* left = new QVBoxLayout(m_mapping);
  left->setContentsMargins(0, 0, 0, 0);
  left->addWidget(m_mappingTitle);
  left->addWidget(scroll, 1);
  left->setSpacing(metrics::unit);
  auto* right = new QVBoxLayout;
  right->setSpacing(metrics::unit);
  right->addWidget(m_previewTitle);
  right->addWidget(m_previewTable, 1);
  auto* both = new QHBoxLayout;
  both->setSpacing(metrics::wide);
  both->addWidget(m_mapping);
  both->addLayout(right, 1);
  auto* head = new QHBoxLayout;
  head->addWidget(m_offerTitle, 1);
  head->addWidget(m_back);
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  column->addLayout(head);
  column->addWidget(m_offerFormat);
  column->addWidget(makeReading());
  column->addWidget(m_offerNotes);
  column->addWidget(m_unclear);
  column->addLayout(both, 1);
  connect(m_back, &QPushButton::clicked, this, &ImportView::showSources);
  return page;
}

QWidget* ImportView::makeOutcome() {
  m_outcomeTitle = makeLabel(TextRole::figure);
  m_outcomeTitle->setObjectName(QStringLiteral("importOutcomeLabel"));
  m_outcomeText = makeLabel(TextRole::muted);
  m_asideTitle = makeLabel(TextRole::section);
  m_asideTitle->setObjectName(QStringLiteral("setAsideLabel"));
  m_aside = new TextTableModel(this);
  m_asideTable = makeTextTable(m_aside, QStringLiteral("setAsideTable"));
  m_see = new QPushButton;
  m_see->setObjectName(QStringLiteral("seeRowsButton"));
  m_another = new QPushButton;
  m_another->setObjectName(QStringLiteral("importMoreButton"));
  m_undo = new QPushButton;
  m_undo->setObjectName(QStringLiteral("undoImportButton"));
  m_undo->setProperty("quiet", true);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(metrics::unit);
  buttons->addWidget(m_see);
  buttons->addWidget(m_another);
  buttons->addWidget(m_undo);
  buttons->addStretch(1);
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  column->addWidget(m_outcomeTitle);
  column->addWidget(m_outcomeText);
  column->addLayout(buttons);
  column->addSpacing(metrics::unit);
  column->addWidget(m_asideTitle);
  column->addWidget(m_asideTable, 1);
  column->addStretch(0);
  connect(m_see, &QPushButton::clicked, this, &ImportView::rowsWanted);
  connect(m_another, &QPushButton::clicked, this, &ImportView::showSources);
  connect(m_undo, &QPushButton::clicked, this, &ImportView::undoRequested);
  return page;
}

void ImportView::setDeliveriesOffered(bool on) {
  m_offersDeliveries = on;
  m_demoCard->setVisible(on);
  m_synthCard->setVisible(on);
}

void ImportView::setUndoable(bool on) { m_undo->setVisible(on); }

void ImportView::setTask(const Task& task) {
  m_task = task;
  if (m_offer) presentOffer();
}

void ImportView::setWritable(bool writable) {
  m_writable = writable;
  for (QPushButton* button : {m_fileButton, m_demoButton, m_synthButton}) button->setEnabled(writable);
}

void ImportView::showSources() {
  m_offer.reset();
  m_stack->setCurrentIndex(0);
  Q_EMIT closed();
}

void ImportView::showOffer(const ImportOffer& offer) {
  m_offer = offer;
  presentOffer();
  m_stack->setCurrentIndex(1);
  if (!m_roles.isEmpty() && !offer.unclear.isEmpty()) m_roles.first()->setFocus();
  Q_EMIT mappingChanged();
}

void ImportView::fillMapping() {
  while (m_mappingForm->rowCount() > 0) m_mappingForm->removeRow(0);
  m_roles.clear();
  m_roleNames.clear();
  if (!m_offer || m_offer->columns.isEmpty()) return;
  QList<QPair<QString, QString>> roles{{tr("Input"), m_offer->guess.input},
                                       {tr("Answer as JSON"), m_offer->guess.label}};
  for (const Field& field : m_task.fields) {
    const QString key = QString::fromStdString(field.key);
    QString column;
    for (const auto& pair : m_offer->guess.fields) {
      if (pair.first == key) column = pair.second;
    }
    roles.append({key, column});
  }
  roles.append({tr("Split"), m_offer->guess.split});
  roles.append({tr("Id"), m_offer->guess.id});
  for (int i = 0; i < roles.size(); ++i) {
    auto* combo = new QComboBox;
    combo->setObjectName(QStringLiteral("role%1ComboBox").arg(i));
    combo->setAccessibleName(roles.at(i).first);
    combo->setToolTip(tr("The column that holds “%1”").arg(roles.at(i).first));
    combo->addItem(tr("(none)"), QString());
    for (const QString& column : m_offer->columns) combo->addItem(column, column);
    combo->setCurrentIndex(qMax(0, combo->findData(roles.at(i).second)));
    connect(combo, &QComboBox::currentIndexChanged, this, &ImportView::mappingChanged);
    auto* name = new QLabel(roles.at(i).first);
    name->setTextFormat(Qt::PlainText);
    m_mappingForm->addRow(name, combo);
    m_roles.append(combo);
    m_roleNames.append(name);
  }
}

void ImportView::presentOffer() {
  if (!m_offer) return;
  fillReading();
  fillMapping();
  m_offerTitle->setText(QFileInfo(m_offer->file).fileName());
  m_offerTitle->setToolTip(m_offer->file);
  const QString records = NumberText::count(m_offer->records);
  QString format = m_offer->format + QStringLiteral(" · ") +
                   (m_offer->recordsEstimated ? tr("About %1 rows").arg(records) : tr("%1 rows").arg(records));
  if (m_offer->setAside > 0) {
    format +=
        QStringLiteral(" · ") + tr("%n of the first lines can't be read", nullptr, static_cast<int>(m_offer->setAside));
  }
  m_offerFormat->setText(format);
  m_offerNotes->setText(sentencesText(m_offer->notes));
  m_offerNotes->setVisible(!m_offer->notes.isEmpty());
  m_unclear->setText(m_offer->unclear.isEmpty() ? QString()
                                                : tr("Which column is what isn't clear. Choose at least the input."));
  m_unclear->setToolTip(m_offer->unclear);
  m_unclear->setVisible(!m_offer->unclear.isEmpty());
  m_mapping->setVisible(!m_offer->columns.isEmpty());
  const bool table = !m_offer->columns.isEmpty();
  m_preview->setHeaders(table ? m_offer->columns : QStringList{tr("Input"), tr("Answer")});
  m_preview->setLines(m_offer->rows);
  for (int i = 0; i < m_preview->columnCount(); ++i) m_previewTable->setColumnWidth(i, table ? 140 : 320);
}

QString ImportView::reason() const {
  if (!m_offer) return {};
  if (m_offer->rows.isEmpty() && m_offer->setAside == 0) return tr("There are no rows in this file.");
  if (!m_roles.isEmpty() && m_roles.first()->currentData().toString().isEmpty())
    return tr("Choose the column with the input.");
  return {};
}

ImportWish ImportView::wish() const {
  ImportWish wish;
  if (!m_offer) return wish;
  wish.file = m_offer->file;
  wish.reading = m_offer->asked;
  wish.useColumns = !m_roles.isEmpty();
  if (m_roles.isEmpty()) return wish;
  const auto column = [this](qsizetype at) { return m_roles.at(at)->currentData().toString(); };
  wish.columns.input = column(0);
  wish.columns.label = column(1);
  const auto fields = static_cast<qsizetype>(m_task.fields.size());
  for (qsizetype i = 0; i < fields; ++i) {
    if (!column(2 + i).isEmpty()) {
      wish.columns.fields.append(
          {QString::fromStdString(m_task.fields[static_cast<std::size_t>(i)].key), column(2 + i)});
    }
  }
  wish.columns.split = column(2 + fields);
  wish.columns.id = column(3 + fields);
  wish.columns.system = m_offer->guess.system;
  return wish;
}

bool ImportView::hasOutcome() const { return m_stack->currentIndex() == 2; }

void ImportView::showOutcome(const ImportOutcome& outcome) {
  m_offer.reset();
  m_outcome = outcome;
  m_undo->setVisible(outcome.rows > 0);
  presentOutcome();
  m_stack->setCurrentIndex(2);
}

void ImportView::presentOutcome() {
  if (!m_outcome) return;
  m_outcomeTitle->setText(tr("%Ln row(s) added", nullptr, static_cast<int>(m_outcome->rows)));
  QString text =
      tr("From %1. %2 of them have an answer.").arg(m_outcome->source, NumberText::count(m_outcome->labelled));
  if (m_outcome->alreadyThere > 0) {
    text += QLatin1Char(' ') + tr("%1 rows were in the project already and were passed over.")
                                   .arg(NumberText::count(m_outcome->alreadyThere));
  }
  if (m_outcome->stopped) text = tr("The import was stopped; nothing was added.");
  if (!m_outcome->notes.isEmpty()) text += QLatin1Char('\n') + sentencesText(m_outcome->notes);
  m_outcomeText->setText(text);
  const bool aside = m_outcome->setAsideCount > 0;
  m_asideTitle->setVisible(aside);
  m_asideTable->setVisible(aside);
  m_asideTitle->setText(
      tr("%Ln line(s) were set aside because they can't be read", nullptr, static_cast<int>(m_outcome->setAsideCount)));
  QList<QStringList> lines;
  for (const SetAsideLine& line : m_outcome->setAside)
    lines.append({NumberText::count(line.line), engineSentence(line.reason.toStdString()), line.text});
  m_aside->setHeaders({tr("Line"), tr("Reason"), tr("Text")});
  m_aside->setLines(lines);
  m_asideTable->setColumnWidth(0, 72);
  m_asideTable->setColumnWidth(1, 420);
}

void ImportView::dragEnterEvent(QDragEnterEvent* event) {
  if (m_writable && !droppedFile(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void ImportView::dropEvent(QDropEvent* event) {
  const QString file = droppedFile(event->mimeData());
  if (file.isEmpty()) return;
  event->acceptProposedAction();
  Q_EMIT fileGiven(file);
}

void ImportView::showMix() {
  const QString share = NumberText::percent(m_mix->value() / 20.0, 0);
  m_mixValue->setText(tr("%1 as people write, the rest in the tutorial's form").arg(share));
}

void ImportView::retranslateUi() {
  m_fileCard->setHeading(tr("From a file"));
  m_fileText->setText(
      tr("Drop a file here or choose one: JSON Lines (messages, query and response, alpaca, sharegpt), CSV, "
         "TSV or plain lines. Lines that can't be read are set aside and listed."));
  m_fileButton->setText(tr("Choose a file…"));
  m_fileButton->setToolTip(tr("You see the first rows before anything is imported"));
  m_demoCard->setHeading(tr("The demo's rows"));
  m_demoText->setText(
      tr("8,000 delivery texts to train on, 200 to validate and 400 to test, labelled and split. No name, "
         "street or phone number of the test rows occurs in training."));
  m_demoButton->setText(tr("Add the demo's rows"));
  m_demoButton->setToolTip(tr("The same rows that minnow-cli demo uses"));
  m_synthCard->setHeading(tr("Made-up deliveries"));
  m_synthText->setText(tr("Labelled delivery texts from a seed: the same seed gives the same rows on every machine."));
  m_countName->setText(tr("Rows"));
  m_count->setToolTip(tr("More rows teach more variety and take longer to train"));
  m_seedName->setText(tr("Seed"));
  m_seed->setToolTip(tr("Another seed gives other rows"));
  m_mixName->setText(tr("Style"));
  m_mix->setToolTip(tr("To the right: more texts as people really write them, with parts missing and no fixed order"));
  showMix();
  m_count->setAccessibleName(m_countName->text());
  m_seed->setAccessibleName(m_seedName->text());
  m_mix->setAccessibleName(m_mixName->text());
  m_synthButton->setText(tr("Make up rows"));
  m_synthButton->setToolTip(tr("Adds them behind the rows there are"));
  m_encodingName->setText(tr("Encoding"));
  m_encoding->setToolTip(tr("How the file's characters are stored; wrong ones show as odd signs below"));
  m_separatorName->setText(tr("Separator"));
  m_separator->setToolTip(tr("What stands between the cells of a table"));
  m_headerName->setText(tr("First row"));
  m_header->setToolTip(tr("Whether the table's first row is a header"));
  for (const auto& [name, combo] : {std::pair(m_encodingName, m_encoding), std::pair(m_separatorName, m_separator),
                                    std::pair(m_headerName, m_header)})
    combo->setAccessibleName(name->text());
  m_mappingTitle->setText(tr("Columns"));
  m_previewTitle->setText(tr("First rows"));
  m_previewTable->setAccessibleName(tr("First rows"));
  m_back->setText(tr("Back"));
  m_back->setToolTip(tr("Choose something else; nothing is imported"));
  m_asideTable->setAccessibleName(tr("Lines set aside"));
  m_see->setText(tr("See the rows"));
  m_see->setToolTip(tr("Goes to the table of rows"));
  m_another->setText(tr("Add more rows"));
  m_another->setToolTip(tr("Adds rows of another file behind these"));
  m_undo->setText(tr("Take this import back"));
  m_undo->setToolTip(tr("Removes the rows that were just added (Ctrl+Z)"));
  presentOffer();
  presentOutcome();
}

void ImportView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
