// StartStage: opening and making projects, going on with the open one, language and theme.
#pragma once

#include "app/window/files_session.h"
#include "app/window/guess_session.h"
#include "app/window/stage.h"

namespace minnow {

class StartPage;
struct NewProject;

class StartStage final : public Stage {
  Q_OBJECT

 public:
  explicit StartStage(WindowContext& context);
  StagePage* page() override;
  void retranslate() override { showProject(); }

  /// Where new projects go: Documents/Minnow, else the home folder.
  static QString projectsFolder();

 public Q_SLOTS:
  void openDemo();

 private:
  /// Whether nothing is at work in the open project; else the page says what is.
  bool mayLeave();
  void makeProject(const NewProject& wish);
  void connectNewProject();
  void showGuess(const QString& file, const TaskGuess& guess);
  void showProject();
  void showRecentProjects();
  void rememberProject();
  StageId nextStage() const;

  StartPage* m_page;
  FilesSession m_files;
  GuessSession m_guessing;
  TaskGuess m_guess;  ///< of the file that the new project begins with
  /// Of the project that is being made from a file; null otherwise.
  std::shared_ptr<ImportReport> m_import;
  QString m_importedFile;
  bool m_goOn = false;  ///< once opened, show the next stage: a person asked for it on this page
};

}  // namespace minnow
