// What Minnow opens with.
#include "widgets/start/start_page.h"

#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QUrl>

#include "widgets/common/card.h"
#include "widgets/common/labels.h"
#include "widgets/common/named_button.h"
#include "widgets/common/number_text.h"
#include "widgets/common/two_line_delegate.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

constexpr int folderRole = Qt::UserRole;

}  // namespace

StartPage::StartPage(QWidget* parent)
    : StagePage(QStringLiteral("play"), parent),
      m_language(new QComboBox),
      m_theme(new QComboBox),
      m_views(new QStackedWidget),
      m_newProject(new NewProjectPanel),
      m_back(namedButton("backButton", "arrow-left")) {
  setObjectName(QStringLiteral("startPage"));
  m_language->setObjectName(QStringLiteral("languageComboBox"));
  m_theme->setObjectName(QStringLiteral("themeComboBox"));
  headerRow()->addWidget(m_language, 0, Qt::AlignTop);
  headerRow()->addWidget(m_theme, 0, Qt::AlignTop);
  m_views->addWidget(makeHome());
  m_views->addWidget(m_newProject);
  body()->addWidget(m_views, 1);
  addSecondaryButton(m_back);

  for (const Theme theme : {Theme::system, Theme::light, Theme::dark})
    m_theme->addItem(QString(), static_cast<int>(theme));
  connect(m_theme, &QComboBox::activated, this,
          [this](int i) { Q_EMIT themeChosen(static_cast<Theme>(m_theme->itemData(i).toInt())); });
  connect(m_language, &QComboBox::activated, this,
          [this](int i) { Q_EMIT languageChosen(m_language->itemData(i).toString()); });
  connect(this, &StagePage::primaryTriggered, this, &StartPage::primary);
  connect(m_back, &QPushButton::clicked, this, [this] { showNewProject(false); });
  connect(m_newProject, &NewProjectPanel::changed, this, &StartPage::updateState);
  connect(m_newProject, &NewProjectPanel::fileChosen, this, &StartPage::newProjectFileGiven);
  setAcceptDrops(true);
  setOpenProject({});
  setRecentProjects({});
  showNewProject(false);
  retranslateUi();
}

QWidget* StartPage::makeHome() {
  m_openCard = new Card;
  m_openTitle = makeLabel(TextRole::figure);
  m_openSummary = makeLabel(TextRole::muted);
  m_unfinished = makeLabel(TextRole::body);
  m_resume = namedButton("resumeRunButton", "play");
  m_openTitle->setObjectName(QStringLiteral("openProjectLabel"));
  m_unfinished->setObjectName(QStringLiteral("unfinishedRunLabel"));
  m_openCard->content()->addWidget(m_openTitle);
  m_openCard->content()->addWidget(m_openSummary);
  auto* unfinished = new QHBoxLayout;
  unfinished->addWidget(m_unfinished, 1);
  unfinished->addWidget(m_resume);
  m_openCard->content()->addLayout(unfinished);

  m_demoCard = new Card;
  m_demoText = makeLabel(TextRole::body);
  m_demoSteps = makeLabel(TextRole::muted);
  m_demo = namedButton("openDemoButton", "fish");
  m_demoCard->content()->addWidget(m_demoText);
  m_demoCard->content()->addWidget(m_demoSteps);
  m_demoCard->content()->addWidget(m_demo, 0, Qt::AlignLeft);

  m_newCard = new Card;
  m_newText = makeLabel(TextRole::body);
  m_new = namedButton("newProjectButton", "plus");
  m_newCard->content()->addWidget(m_newText);
  m_newCard->content()->addWidget(m_new, 0, Qt::AlignLeft);

  m_recentCard = new Card;
  m_recent = new QListWidget;
  m_recent->setObjectName(QStringLiteral("recentProjectsList"));
  m_recent->setItemDelegate(new TwoLineDelegate(m_recent));
  m_recent->setFrameShape(QFrame::NoFrame);
  m_recent->setStyleSheet(QStringLiteral("QListView { border: none; background: transparent; }"));
  m_recent->setMouseTracking(true);
  m_noRecent = makeLabel(TextRole::muted);
  m_open = namedButton("openProjectButton", "folder");
  m_recentCard->content()->addWidget(m_noRecent);
  m_recentCard->content()->addWidget(m_recent, 100);
  m_recentCard->content()->addWidget(m_open, 0, Qt::AlignLeft);
  m_recentCard->content()->addStretch(1);  // takes the room while there is no list

  auto* home = new QWidget;
  auto* left = new QVBoxLayout;
  left->setSpacing(metrics::gap);
  left->addWidget(m_openCard);
  left->addWidget(m_demoCard);
  left->addWidget(m_newCard);
  left->addStretch(1);
  auto* columns = new QHBoxLayout(home);
  columns->setContentsMargins(0, 0, 0, 0);
  columns->setSpacing(metrics::gap);
  columns->addLayout(left, 3);
  columns->addWidget(m_recentCard, 2);

  connect(m_resume, &QPushButton::clicked, this, &StartPage::resumeRequested);
  connect(m_demo, &QPushButton::clicked, this, &StartPage::demoRequested);
  connect(m_new, &QPushButton::clicked, this, [this] { showNewProject(true); });
  connect(m_open, &QPushButton::clicked, this, &StartPage::chooseFolder);
  const auto openItem = [this](QListWidgetItem* item) { Q_EMIT openRequested(item->data(folderRole).toString()); };
  connect(m_recent, &QListWidget::itemActivated, this, openItem);  // Enter
  connect(m_recent, &QListWidget::itemClicked, this, openItem);
  return home;
}

void StartPage::chooseFolder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a project"), QDir::homePath());
  if (!folder.isEmpty()) Q_EMIT openRequested(folder);
}

void StartPage::primary() {
  if (m_views->currentIndex() == 1) {
    Q_EMIT newProjectRequested(m_newProject->project());
  } else if (m_project.name.isEmpty()) {
    Q_EMIT demoRequested();
  } else {
    Q_EMIT continueRequested();
  }
}

void StartPage::showNewProject(bool on) {
  m_views->setCurrentIndex(on ? 1 : 0);
  m_back->setVisible(on);
  retranslateUi();
}

void StartPage::setOpenProject(const OpenProject& project) {
  const bool another = project.folder != m_project.folder;
  m_project = project;
  m_openCard->setVisible(!project.name.isEmpty());
  m_demo->setVisible(!project.name.isEmpty());  // without a project the demo is the page's primary button
  if (another) m_views->setCurrentIndex(0);  // else somebody may be typing into the form
  m_back->setVisible(m_views->currentIndex() == 1);
  retranslateUi();
}

void StartPage::setRecentProjects(const QList<RecentProject>& projects) {
  m_recent->clear();
  for (const auto& [name, folder] : projects) {
    auto* item = new QListWidgetItem(name, m_recent);
    item->setData(folderRole, folder);
    item->setData(TwoLineDelegate::captionRole, QDir::toNativeSeparators(folder));
    item->setData(TwoLineDelegate::iconRole, QStringLiteral("folder"));
    item->setToolTip(QDir::toNativeSeparators(folder));
  }
  m_recent->setVisible(!projects.isEmpty());
  m_noRecent->setVisible(projects.isEmpty());
}

void StartPage::setLanguages(const QStringList& codes, const QString& current) {
  m_language->clear();
  for (const QString& code : codes)
    m_language->addItem(code.isEmpty()                ? tr("System language")
                        : code == QLatin1String("en") ? QStringLiteral("English")
                                                      : QLocale(code).nativeLanguageName(),
                        code);
  m_language->setCurrentIndex(m_language->findData(current));
}

void StartPage::setTheme(Theme theme) { m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(theme))); }

void StartPage::setBusy(std::function<QString()> what) {
  m_busy = std::move(what);
  updateState();
  // A button that can't be pressed has no focus; when it can, Return goes on.
  if (!m_busy && isVisible()) primaryButton()->setFocus();
}

void StartPage::showEvent(QShowEvent* event) {
  StagePage::showEvent(event);
  primaryButton()->setFocus();
}

void StartPage::dragEnterEvent(QDragEnterEvent* event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  if (!m_busy && urls.size() == 1 && urls.first().isLocalFile()) event->acceptProposedAction();
}

/// A folder is a project to open, a file the rows of a new one.
void StartPage::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  const QString path = event->mimeData()->urls().first().toLocalFile();
  if (QFileInfo(path).isDir()) {
    Q_EMIT openRequested(path);
    return;
  }
  showNewProject(true);
  Q_EMIT newProjectFileGiven(path, {});
}

void StartPage::updateState() {
  const bool making = m_views->currentIndex() == 1;
  setReason(m_busy ? m_busy() : making ? m_newProject->fault() : QString());
  for (QWidget* widget : std::initializer_list<QWidget*>{m_recent, m_open, m_new, m_demo, m_resume})
    widget->setEnabled(!m_busy);
}

void StartPage::retranslateUi() {
  const bool making = m_views->currentIndex() == 1, open = !m_project.name.isEmpty();
  setTexts(making ? tr("New project") : tr("Welcome to Minnow"),
           making ? tr("A project is a folder: its task, its rows, its runs.")
                  : tr("Teach a small language model one task, on this machine, and prove that it learned it."),
           making ? tr("Create the project")
           : open ? tr("Continue")
                  : tr("Open the demo project"));
  primaryButton()->setToolTip(making ? tr("Make the folder and open the project")
                              : open ? tr("Go on with the next stage of this project")
                                     : tr("Make a project with example rows and the bundled model, and open it"));
  m_openCard->setHeading(tr("Current project"));
  m_openTitle->setText(m_project.name);
  QString summary = tr("%Ln row(s)", nullptr, static_cast<int>(m_project.rows)) + QStringLiteral(" · ") +
                    tr("%n run(s)", nullptr, m_project.runs);
  if (m_project.readOnly) summary += QStringLiteral(" · ") + tr("open for reading only");
  m_openSummary->setText(summary + QLatin1Char('\n') + QDir::toNativeSeparators(m_project.folder));
  m_unfinished->setText(m_project.unfinishedRun);
  m_unfinished->setVisible(!m_project.unfinishedRun.isEmpty());
  m_resume->setVisible(!m_project.unfinishedRun.isEmpty());
  m_resume->setText(tr("Resume training"));
  m_resume->setToolTip(tr("Go on from the last checkpoint, as if it had never stopped"));

  m_demoCard->setHeading(tr("Demo: delivery addresses"));
  m_demoText->setText(
      tr("A complete example that needs nothing downloaded: 8,000 made-up Chinese delivery texts with known answers, "
         "and a very small model that has never seen the task."));
  m_demoSteps->setText(
      tr("Train it in a few minutes, compare it before and after on unseen rows, then try your own texts."));
  m_demo->setText(tr("Open the demo project"));
  m_demo->setToolTip(tr("Make another demo project and open it"));
  m_newCard->setHeading(tr("Your own task"));
  m_newText->setText(tr("Name the fields you want out of a text, take a template, or drop a CSV or JSON file here: its columns suggest the "
         "fields."));
  m_new->setText(tr("New project …"));
  m_new->setToolTip(tr("Name a folder and the fields of the answer, or begin with a template or a file"));
  m_recentCard->setHeading(tr("Recent projects"));
  m_noRecent->setText(tr("Projects that you open are listed here."));
  m_recent->setAccessibleName(tr("Recent projects"));
  m_open->setText(tr("Open a folder …"));
  m_open->setToolTip(tr("Open a project that isn't in the list"));
  m_back->setText(tr("Back"));
  m_back->setToolTip(tr("Back to the start page; nothing is made"));
  m_language->setToolTip(tr("Language of this window; changes at once"));
  m_language->setAccessibleName(tr("Language"));
  if (const int system = m_language->findData(QString()); system >= 0)
    m_language->setItemText(system, tr("System language"));
  m_theme->setToolTip(tr("Light or dark colours; changes at once"));
  m_theme->setAccessibleName(tr("Theme"));
  const QStringList themes{tr("System theme"), tr("Light"), tr("Dark")};
  for (int i = 0; i < m_theme->count(); ++i) m_theme->setItemText(i, themes[i]);
  updateState();
}

}  // namespace minnow
