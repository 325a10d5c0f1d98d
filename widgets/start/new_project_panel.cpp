// What a new project needs.
#include "widgets/start/new_project_panel.h"

#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "widgets/common/card.h"
#include "widgets/common/labels.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"
#include "widgets/start/field_table.h"

namespace minnow {

NewProjectPanel::NewProjectPanel(QWidget* parent)
    : QWidget(parent),
      m_where(new Card),
      m_what(new Card),
      m_nameLabel(makeLabel(TextRole::body)),
      m_name(new QLineEdit),
      m_folderLabel(makeLabel(TextRole::body)),
      m_folder(new QLineEdit),
      m_browse(new QPushButton(lineIcon(QStringLiteral("folder")), QString())),
      m_hint(makeLabel(TextRole::caption)),
      m_fields(new FieldTable) {
  m_name->setObjectName(QStringLiteral("newProjectNameEdit"));
  m_folder->setObjectName(QStringLiteral("newProjectFolderEdit"));
  m_browse->setObjectName(QStringLiteral("newProjectBrowseButton"));
  m_nameLabel->setBuddy(m_name);
  m_folderLabel->setBuddy(m_folder);
  for (QLabel* label : {m_nameLabel, m_folderLabel}) label->setWordWrap(false);

  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(metrics::gap);
  grid->setVerticalSpacing(metrics::unit);
  grid->addWidget(m_nameLabel, 0, 0);
  grid->addWidget(m_name, 0, 1, 1, 2);
  grid->addWidget(m_folderLabel, 1, 0);
  grid->addWidget(m_folder, 1, 1);
  grid->addWidget(m_browse, 1, 2);
  grid->setColumnStretch(1, 1);
  m_where->content()->addLayout(grid);
  m_what->content()->addWidget(m_hint);
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
  connect(m_fields, &FieldTable::changed, this, &NewProjectPanel::changed);
  retranslateUi();
  clear();
}

void NewProjectPanel::setParentFolder(const QString& folder) {
  m_parent = folder;
  proposeFolder();
}

void NewProjectPanel::clear() {
  m_folderChosen = false;
  m_name->clear();
  m_fields->setFields({Field{}, Field{}, Field{}});
  proposeFolder();
}

void NewProjectPanel::proposeFolder() {
  if (m_folderChosen) return;
  QString name = m_name->text().trimmed();
  name.replace(QLatin1Char('/'), QLatin1Char('-'));
  m_folder->setText(name.isEmpty() ? QString() : QDir::toNativeSeparators(QDir(m_parent).filePath(name)));
}

void NewProjectPanel::chooseFolder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the new project"), m_parent);
  if (folder.isEmpty()) return;
  m_folderChosen = true;
  m_folder->setText(QDir::toNativeSeparators(folder));
  Q_EMIT changed();
}

NewProject NewProjectPanel::project() const {
  NewProject made;
  made.folder = QDir::cleanPath(QDir::fromNativeSeparators(m_folder->text().trimmed()));
  made.task.name = m_name->text().trimmed().toStdString();
  made.task.fields = m_fields->fields();
  return made;
}

QString NewProjectPanel::fault() const {
  if (m_name->text().trimmed().isEmpty()) return tr("The project needs a name.");
  const QString folder = m_folder->text().trimmed();
  if (folder.isEmpty() || !QDir::isAbsolutePath(QDir::fromNativeSeparators(folder)))
    return tr("The project needs a folder with its full path.");
  if (QFileInfo::exists(QDir(folder).filePath(QStringLiteral("minnow.json"))))
    return tr("There is a project in this folder already.");
  return m_fields->fault();
}

void NewProjectPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

void NewProjectPanel::retranslateUi() {
  m_where->setHeading(tr("Project"));
  m_nameLabel->setText(tr("&Name"));
  m_name->setPlaceholderText(tr("For example: delivery addresses"));
  m_name->setToolTip(tr("What the project is called in this window and in reports"));
  m_name->setAccessibleName(tr("Name of the project"));
  m_folderLabel->setText(tr("&Folder"));
  m_folder->setToolTip(tr("Everything about the project goes into this folder; it is made if it isn't there"));
  m_folder->setAccessibleName(tr("Folder of the project"));
  m_browse->setText(tr("Browse …"));
  m_browse->setToolTip(tr("Choose a folder"));
  m_what->setHeading(tr("Fields of the answer"));
  m_hint->setText(
      tr("The student answers with JSON that has these keys. Both prompts are written from them; you can change "
         "everything later on the Data page."));
}

}  // namespace minnow
