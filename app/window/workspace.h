// Workspace: the open project as the stages share it: rows, settings, student, runs. GUI thread; opening, saving and
// looking for runs happen on the files thread.
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/train/run_list.h"
#include "core/types/project_settings.h"
#include "widgets/common/user_message.h"

namespace minnow {

class JobThread;
class Project;

class Workspace final : public QObject {
  Q_OBJECT

 public:
  explicit Workspace(JobThread& files, QObject* parent = nullptr);
  ~Workspace() override;

  /// Null when none is open. Its calls are safe on any thread; long ones belong on the files thread.
  const std::shared_ptr<Project>& project() const { return m_project; }
  bool isOpen() const { return m_project != nullptr; }
  bool isOpening() const { return m_opening; }
  /// Its folder isn't there any more; what is shown can't be saved.
  bool isGone() const { return m_gone; }
  bool canWrite() const;
  /// Another Minnow has the project open for writing.
  bool isOpenElsewhere() const;
  QString folder() const;
  QString name() const;  ///< the task's, else the folder's
  /// Why the open project can only be read, a sentence in the window's language; empty: it can be written to.
  QString readOnlyReason() const;

  /// A copy kept here, so that reading takes no lock.
  const ProjectSettings& settings() const { return m_settings; }
  /// Changes it at once and saves behind; a failure to save is told by saveFailed.
  void setSettings(const ProjectSettings& settings);
  void setStudent(const QString& folder, TemplateChoice choice = TemplateChoice::automatic);
  /// After the project itself changed them, as a change of the task and its undo do.
  void readSettings();

  /// Newest first.
  const std::vector<RunSummary>& runs() const { return m_runs; }
  /// The run whose weights Evaluate, Try and Export use: the chosen one, else the newest with a checkpoint; or null.
  const RunSummary* currentRun() const;
  void chooseRun(const QString& name);
  /// That run, and of it that checkpoint; remembered in the run's folder where the project can be written to.
  void chooseCheckpoint(const QString& run, qint64 step);
  /// Its checkpoint that was chosen, else the best, else the last; empty when there is none.
  QString adapter() const;

  /// A run that another Minnow trains in this project just now, in words; empty: none is known.
  QString runElsewhere() const;

  int rowCount() const { return m_rowCount; }

 public Q_SLOTS:
  /// Ends in opened() or openFailed().
  void open(const QString& folder);
  /// The same with a function that makes the project first, run on the files thread.
  void openMade(std::function<std::unique_ptr<minnow::Project>(std::stop_token)> make);
  /// Opens the folder anew: it may be writable by now, and others may have changed what is in it.
  void openAgain();
  void close();
  void refreshRuns();                                 ///< after a run wrote something
  void rowsEdited();                                  ///< after rows changed: tells everyone
  void requestResume() { Q_EMIT resumeRequested(); }  ///< Train goes on with the newest unfinished run

 Q_SIGNALS:
  void opening();
  /// The open project is about to go, for another or for none. It is still there: what was typed can be kept in it.
  void leaving();
  void opened();  ///< project(), settings() and runs() are there
  void closed();
  void stateChanged();  ///< the folder went or came back: readOnlyReason() is another
  void openFailed(const minnow::UserMessage& message);
  void saveFailed(const minnow::UserMessage& message);
  void settingsChanged();
  void studentChanged();
  void runsChanged();  ///< also when another run was chosen
  void rowsChanged();
  /// A project was made from a file; `setAside`: lines that couldn't be read.
  void rowsCameIn(const QString& file, qint64 rows, qint64 setAside);
  void rowsRequested(const QStringList& ids, const QString& why);  ///< someone wants Data to show these
  void resumeRequested();
  /// Someone has an input (and perhaps a label) for Data: "add to data as …".
  void rowOffered(const QString& input, const QString& label);

 private:
  struct Loaded;
  struct RunElsewhere {
    std::string name;
    std::int64_t step = 0, maxSteps = 0;
  };
  static std::optional<RunElsewhere> runUnderWay(const std::vector<RunSummary>& runs);
  void take(const std::shared_ptr<Loaded>& loaded);
  void watch();
  void letGo(std::shared_ptr<Project> project);
  JobThread& m_files;
  std::shared_ptr<Project> m_project;
  ProjectSettings m_settings;
  std::vector<RunSummary> m_runs;
  void useOwnChoices();
  QString m_chosenRun;
  QHash<QString, qint64> m_ownChoices;  ///< steps by run, of a project that can only be read
  std::optional<RunElsewhere> m_elsewhere;
  bool m_opening = false, m_gone = false;
  QTimer m_watch;     ///< looks whether the folder is still there
  int m_watched = 0;  ///< times it did
  int m_rowCount = 0;
};

}  // namespace minnow
