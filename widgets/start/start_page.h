// StartPage: what Minnow opens with: go on with the open project, open the demo or a recent project, make a new one.
#pragma once

#include <functional>

#include "widgets/common/stage_page.h"
#include "widgets/look/look.h"
#include "widgets/start/new_project_panel.h"

QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QListWidget)
QT_FORWARD_DECLARE_CLASS(QStackedWidget)

namespace minnow {

class Card;

/// The open project in words; name empty: none is open.
struct OpenProject {
  QString name, folder;
  qint64 rows = 0;
  int runs = 0;
  QString unfinishedRun;  ///< a run that can be resumed, and how far it is; empty when there is none
  bool readOnly = false;
};

struct RecentProject {
  QString name, folder;
};

class StartPage final : public StagePage {
  Q_OBJECT

 public:
  explicit StartPage(QWidget* parent = nullptr);
  void setOpenProject(const OpenProject& project);
  void setRecentProjects(const QList<RecentProject>& projects);
  void setLanguages(const QStringList& codes, const QString& current);  ///< "" is the desktop's
  void setTheme(Theme theme);
  /// While a project opens or is made: `what` says so, in the language of the moment; none when done.
  void setBusy(std::function<QString()> what);
  NewProjectPanel* newProjectPanel() const { return m_newProject; }

 Q_SIGNALS:
  void demoRequested();
  void openRequested(const QString& folder);
  void newProjectRequested(const minnow::NewProject& project);
  /// The fields of a new project are to come from this file; `input`: the column to read, or empty.
  void newProjectFileGiven(const QString& file, const QString& input);
  void continueRequested();
  void resumeRequested();
  void languageChosen(const QString& code);
  void themeChosen(minnow::Theme theme);

 protected:
  void retranslateUi() override;
  void showEvent(QShowEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  QWidget* makeHome();
  void chooseFolder();
  void primary();
  void showNewProject(bool on);
  void updateState();

  OpenProject m_project;
  std::function<QString()> m_busy;
  QComboBox* m_language;
  QComboBox* m_theme;
  QStackedWidget* m_views;
  Card* m_openCard;
  QLabel* m_openTitle;
  QLabel* m_openSummary;
  QLabel* m_unfinished;
  QPushButton* m_resume;
  Card* m_demoCard;
  QLabel* m_demoText;
  QLabel* m_demoSteps;
  QPushButton* m_demo;
  Card* m_newCard;
  QLabel* m_newText;
  QPushButton* m_new;
  Card* m_recentCard;
  QListWidget* m_recent;
  QLabel* m_noRecent;
  QPushButton* m_open;
  NewProjectPanel* m_newProject;
  QPushButton* m_back;
};

}  // namespace minnow
