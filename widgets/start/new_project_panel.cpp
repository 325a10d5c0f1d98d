// What a new project needs.
#include "widgets/start/new_project_panel.h"

#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <algorithm>

#include "widgets/common/card.h"
#include "widgets/common/engine_sentence.h"
#include "widgets/common/field_table.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

constexpr int ownSource = -1, fileSource = -2;  // in the list of sources; others are places among the templates

bool systemIsChinese() { return QLocale().language() == QLocale::Chinese; }

}  // namespace

NewProjectPanel::NewProjectPanel(QWidget* parent)
    : QWidget(parent),
      m_where(new Card),
      m_what(new Card),
      m_nameLabel(makeLabel(TextRole::body)),
      m_folderLabel(makeLabel(TextRole::body)),
      m_sourceLabel(makeLabel(TextRole::body)),
      m_promptsLabel(makeLabel(TextRole::body)),
      m_inputLabel(makeLabel(TextRole::body)),
      m_hint(makeLabel(TextRole::caption)),
      m_fileNote(makeLabel(TextRole::caption)),
      m_name(new QLineEdit),
      m_folder(new QLineEdit),
      m_browse(new QPushButton(lineIcon(QStringLiteral("folder")), QString())),
      m_fromFile(new QPushButton(lineIcon(QStringLiteral("document")), QString())),
      m_source(new QComboBox),
      m_prompts(new QComboBox),
      m_input(new QComboBox),
      m_fields(new FieldTable) {
  m_name->setObjectName(QStringLiteral("newProjectNameEdit"));
  m_folder->setObjectName(QStringLiteral("newProjectFolderEdit"));
  m_browse->setObjectName(QStringLiteral("newProjectBrowseButton"));
  m_fromFile->setObjectName(QStringLiteral("fromFileButton"));
  m_source->setObjectName(QStringLiteral("taskSourceComboBox"));
  m_prompts->setObjectName(QStringLiteral("promptLanguageComboBox"));
  m_input->setObjectName(QStringLiteral("inputColumnComboBox"));
  m_fileNote->setObjectName(QStringLiteral("fileNoteLabel"));
  m_nameLabel->setBuddy(m_name);
  m_folderLabel->setBuddy(m_folder);
  m_sourceLabel->setBuddy(m_source);
  m_promptsLabel->setBuddy(m_prompts);
  m_inputLabel->setBuddy(m_input);
  for (QLabel* label : {m_nameLabel, m_folderLabel, m_sourceLabel, m_promptsLabel, m_inputLabel})
    label->setWordWrap(false);
  m_prompts->addItem(QStringLiteral("English"), false);
  m_prompts->addItem(QStringLiteral("中文"), true);

  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(metrics::gap);
  grid->setVerticalSpacing(metrics::unit);
  grid->addWidget(m_nameLabel, 0, 0);
  grid->addWidget(m_name, 0, 1, 1, 4);
  grid->addWidget(m_folderLabel, 1, 0);
  grid->addWidget(m_folder, 1, 1, 1, 3);
  grid->addWidget(m_browse, 1, 4);
  grid->addWidget(m_sourceLabel, 2, 0);
  grid->addWidget(m_source, 2, 1);
  grid->addWidget(m_promptsLabel, 2, 2);
  grid->addWidget(m_prompts, 2, 3);
  grid->addWidget(m_fromFile, 2, 4);
  grid->setColumnStretch(1, 2);
  grid->setColumnStretch(3, 1);
  m_where->content()->addLayout(grid);
  auto* reading = new QGridLayout;
  reading->setHorizontalSpacing(metrics::gap);
  reading->addWidget(m_inputLabel, 0, 0);
  reading->addWidget(m_input, 0, 1);
  reading->setColumnStretch(2, 1);
  m_what->content()->addWidget(m_hint);
  m_what->content()->addWidget(m_fileNote);
  m_what->content()->addLayout(reading);
  m_what->content()->addWidget(m_fields, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::gap);
  column->addWidget(m_where);
  column->addWidget(m_what, 1);

  connect(m_name, &QLineEdit::textEdited, this, [this] {
    proposeFolder();
    Q_EMIT changed();
  });
  connect(m_folder, &QLineEdit::textEdited, this, [this] {
    m_folderChosen = true;
    Q_EMIT changed();
  });
  connect(m_browse, &QPushButton::clicked, this, &NewProjectPanel::chooseFolder);
  connect(m_fromFile, &QPushButton::clicked, this, &NewProjectPanel::chooseFile);
  connect(m_source, &QComboBox::activated, this, &NewProjectPanel::takeSource);
  connect(m_prompts, &QComboBox::activated, this, [this] {
    if (templateTask() != nullptr) takeSource();
  });
  connect(m_input, &QComboBox::activated, this, [this] { Q_EMIT fileChosen(m_offer.file, m_input->currentText()); });
  connect(m_fields, &FieldTable::changed, this, &NewProjectPanel::changed);
  retranslateUi();
  clear();
}

void NewProjectPanel::setParentFolder(const QString& folder) {
  m_parent = folder;
  proposeFolder();
}

void NewProjectPanel::setTemplates(std::vector<TemplateOffer> templates) {
  m_templates = std::move(templates);
  showSources();
}

void NewProjectPanel::clear() {
  m_folderChosen = false;
  m_proposedName.clear();
  m_name->clear();
  m_offer = {};
  m_prompts->setCurrentIndex(m_prompts->findData(systemIsChinese()));
  showSources();
  m_source->setCurrentIndex(m_source->findData(ownSource));
  takeSource();
  proposeFolder();
}

void NewProjectPanel::showSources() {
  const QVariant chosen = m_source->currentData();
  m_source->clear();
  m_source->addItem(tr("My own fields"), ownSource);
  for (std::size_t i = 0; i < m_templates.size(); ++i) {
    const Task& task = systemIsChinese() ? m_templates[i].chinese : m_templates[i].english;
    m_source->addItem(tr("Template: %1").arg(QString::fromStdString(task.name)), static_cast<int>(i));
  }
  if (!m_offer.file.isEmpty())
    m_source->addItem(tr("File: %1").arg(QFileInfo(m_offer.file).fileName()), fileSource);
  m_source->setCurrentIndex(std::max(0, m_source->findData(chosen)));
}

const Task* NewProjectPanel::templateTask() const {
  const int source = m_source->currentData().toInt();
  if (source < 0 || source >= static_cast<int>(m_templates.size())) return nullptr;
  const TemplateOffer& offer = m_templates[static_cast<std::size_t>(source)];
  return m_prompts->currentData().toBool() ? &offer.chinese : &offer.english;
}

/// The fields of what is chosen among the sources.
void NewProjectPanel::takeSource() {
  const bool file = m_source->currentData().toInt() == fileSource;
  std::vector<FieldRow> rows(3);
  if (const Task* task = templateTask()) {
    rows.clear();
    for (const Field& field : task->fields) rows.push_back({field, {}, {}});
    proposeName(QString::fromStdString(task->name));
  } else if (file) {
    rows = m_offer.fields;
    proposeName(m_offer.name);
    m_prompts->setCurrentIndex(m_prompts->findData(m_offer.chinese));
  }
  m_fields->setRows(std::move(rows));
  m_fields->setFileShown(file && !m_offer.columns.isEmpty());
  const QSignalBlocker quiet(m_input);
  m_input->clear();
  if (file) m_input->addItems(m_offer.columns);
  m_input->setCurrentText(m_offer.input);
  for (QWidget* widget : std::initializer_list<QWidget*>{m_input, m_inputLabel}) widget->setVisible(m_input->count() > 0);
  retranslateUi();
  Q_EMIT changed();
}

void NewProjectPanel::setFile(const FileOffer& offer) {
  m_offer = offer;
  showSources();
  m_source->setCurrentIndex(m_source->findData(fileSource));
  takeSource();
}

void NewProjectPanel::proposeName(const QString& name) {
  const QString typed = m_name->text().trimmed();
  if (!typed.isEmpty() && typed != m_proposedName) return;
  m_proposedName = name;
  m_name->setText(name);
  proposeFolder();
}

void NewProjectPanel::proposeFolder() {
  if (m_folderChosen) return;
  QString name = m_name->text().trimmed();
  name.replace(QLatin1Char('/'), QLatin1Char('-'));
  QString folder = QDir(m_parent).filePath(name);
  // A name that was proposed must not lead to a folder that is taken.
  if (name == m_proposedName)
    for (int n = 2; QFileInfo::exists(folder); ++n) folder = QDir(m_parent).filePath(QStringLiteral("%1-%2").arg(name).arg(n));
  m_folder->setText(name.isEmpty() ? QString() : QDir::toNativeSeparators(folder));
}

void NewProjectPanel::chooseFolder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the new project"), m_parent);
  if (folder.isEmpty()) return;
  m_folderChosen = true;
  m_folder->setText(QDir::toNativeSeparators(folder));
  Q_EMIT changed();
}

void NewProjectPanel::chooseFile() {
  const QString file = QFileDialog::getOpenFileName(this, tr("Choose a file with rows"), QDir::homePath(),
                                                    tr("Rows (*.jsonl *.json *.csv *.tsv *.txt);;All files (*)"));
  if (!file.isEmpty()) Q_EMIT fileChosen(file, {});
}

/// Lines without a key, which nobody has filled in, don't count.
std::vector<Field> NewProjectPanel::fields() const {
  std::vector<Field> fields;
  for (FieldRow& row : m_fields->rows()) {
    if (!row.field.key.empty()) fields.push_back(std::move(row.field));
  }
  return fields;
}

NewProject NewProjectPanel::project() const {
  NewProject made;
  made.folder = QDir::cleanPath(QDir::fromNativeSeparators(m_folder->text().trimmed()));
  made.chinesePrompts = m_prompts->currentData().toBool();
  // A template's prompts speak of its fields as they are.
  if (const Task* task = templateTask(); task != nullptr && task->fields == fields()) made.task = *task;
  made.task.name = m_name->text().trimmed().toStdString();
  made.task.fields = fields();
  if (m_source->currentData().toInt() != fileSource) return made;
  made.file = m_offer.file;
  if (m_offer.columns.isEmpty()) {
    for (const FieldRow& row : m_fields->rows()) {
      if (!row.field.key.empty()) made.origins += row.origin;
    }
    return made;
  }
  made.input = m_offer.input;
  for (const FieldRow& row : m_fields->rows()) {
    const QString key = QString::fromStdString(row.field.key);
    // A field that a person added takes the column of its name.
    const QString column = !row.origin.isEmpty() || !m_offer.columns.contains(key) ? row.origin : key;
    if (!key.isEmpty() && !column.isEmpty()) made.columns.append({key, column});
  }
  return made;
}

QString NewProjectPanel::fault() const {
  if (m_name->text().trimmed().isEmpty()) return tr("The project needs a name.");
  const QString folder = m_folder->text().trimmed();
  if (folder.isEmpty() || !QDir::isAbsolutePath(QDir::fromNativeSeparators(folder)))
    return tr("The project needs a folder with its full path.");
  if (QFileInfo::exists(QDir(folder).filePath(QStringLiteral("minnow.json"))))
    return tr("There is a project in this folder already.");
  return FieldTable::fault(fields());
}

void NewProjectPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  showSources();
  retranslateUi();
}

void NewProjectPanel::retranslateUi() {
  m_where->setHeading(tr("Project"));
  m_nameLabel->setText(tr("&Name"));
  m_name->setPlaceholderText(tr("For example: repair tickets"));
  m_name->setToolTip(tr("What the project is called in this window and in reports"));
  m_name->setAccessibleName(tr("Name of the project"));
  m_folderLabel->setText(tr("&Folder"));
  m_folder->setToolTip(tr("Everything about the project goes into this folder; it is made if it isn't there"));
  m_folder->setAccessibleName(tr("Folder of the project"));
  m_browse->setText(tr("Browse …"));
  m_browse->setToolTip(tr("Choose a folder"));
  m_sourceLabel->setText(tr("&Begin with"));
  m_source->setAccessibleName(tr("What the fields begin with"));
  m_source->setToolTip(tr("A template brings fields and prompts; you can change them below"));
  m_promptsLabel->setText(tr("&Prompts in"));
  m_prompts->setAccessibleName(tr("Language of the prompts"));
  m_prompts->setToolTip(tr("The language of your texts is the best one"));
  m_fromFile->setText(tr("From a file …"));
  m_fromFile->setToolTip(tr("Guess the fields from a CSV, JSON or JSON Lines file, and import its rows; a file can also "
                            "be dropped here"));
  m_inputLabel->setText(tr("&Text to read"));
  m_input->setAccessibleName(tr("Column of the text to read"));
  m_input->setToolTip(tr("The column with the text that the student is given; the others are what it is to answer"));
  m_what->setHeading(tr("Fields of the answer"));
  m_hint->setText(
      tr("The student answers with JSON that has these keys. Both prompts are written from them; you can change "
         "everything later on the Data page."));
  const bool file = m_source->currentData().toInt() == fileSource;
  m_hint->setVisible(!file);
  m_fileNote->setVisible(file);
  if (!file) return;
  QStringList notes{tr("Guessed from %1 rows of %2, which are imported with it. Look at the kinds, and remove what the "
                       "text doesn't tell.")
                        .arg(NumberText::count(m_offer.rows), QFileInfo(m_offer.file).fileName())};
  if (!m_offer.leftOut.isEmpty())
    notes += tr("Left out, since it only numbers the rows: %1. Add a field of that name to have it.")
                 .arg(m_offer.leftOut.join(QStringLiteral(", ")));
  if (!m_offer.note.isEmpty()) notes += engineSentence(m_offer.note.toStdString());
  m_fileNote->setText(notes.join(u' '));
}

}  // namespace minnow
