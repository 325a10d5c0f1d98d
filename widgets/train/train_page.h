// TrainPage: the stage Train. Recipe and settings, what the run will take, live curves, the verdict, earlier runs. It
// shows and asks; every change of a run is the session's.
#pragma once

#include <QList>
#include <optional>
#include <vector>

#include "core/types/run_record.h"
#include "core/types/train_forecast.h"
#include "core/types/train_options.h"
#include "widgets/common/stage_page.h"
#include "widgets/train/verdict_card.h"

QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QProgressBar)
QT_FORWARD_DECLARE_CLASS(QStackedWidget)
QT_FORWARD_DECLARE_CLASS(QTabBar)

namespace minnow {

class AutoCard;
class EarlierRunsModel;
class EarlierRunsView;
class FitGuide;
class ForecastCard;
class RunCurvesModel;
class RunTable;
class RunView;
class SettingsPanel;

/// A named starting point. `key` is what settings keep; "Custom" is the page's own.
struct TrainRecipe {
  QString key;
  TrainOptions options;
};

/// Where a run stands, for buttons and texts.
enum class RunState { none, waiting, preparing, running, paused, stopping, ended };

class TrainPage final : public StagePage {
  Q_OBJECT

 public:
  enum class Side { settings, verdict, runs };

  explicit TrainPage(QWidget* parent = nullptr);

  RunCurvesModel* curves() const;
  EarlierRunsModel* runs() const;

  /// The recipes to offer, in order; "Custom" stands behind them.
  void setRecipes(const QList<TrainRecipe>& recipes);
  /// Chooses a recipe by key and shows `options`; an unknown key is Custom.
  void setOptions(const QString& recipe, const TrainOptions& options);
  TrainOptions options() const;
  QString recipe() const;

  /// `waitsFor`: what is at work before it, in the language of now; empty: it is being worked out.
  void setForecastPending(const QString& waitsFor);
  void clearForecast();
  void setForecast(const TrainForecast& forecast);
  void setForecastProblem(const QString& sentence);

  void setState(RunState state);
  RunState state() const { return m_state; }
  /// "step 38 of 50", with time left; `share` of the whole run in 0..1. Negative seconds: unknown.
  void setProgress(std::int64_t step, std::int64_t maxSteps, double share, double secondsLeft);
  /// Names the run above the curves; empty: none yet.
  void setRunName(const QString& name);
  /// A run opened or ended: the same picture as it had live.
  void showRun(const RunRecord& run);
  /// What recipe auto chose for it; empty: nothing. While it tries rates, they are added one by one.
  void setChoice(const AutoChoice& choice);
  void addRate(const RateTried& tried);
  void setVerdict(const Verdict& verdict, const VerdictFacts& facts);
  void setOffers(const std::vector<RemedyOffer>& offers) { m_verdict->setOffers(offers); }
  void setContinuation(const std::optional<TrainContinuation>& what) { m_verdict->setContinuation(what); }
  double extraEpochs() const { return m_verdict->extraEpochs(); }
  /// A run that was stopped or killed before its end and can be resumed; empty: none.
  void setResumable(const QString& runName, std::int64_t step, std::int64_t maxSteps);
  /// The newest run is being trained by another process: its last step; < 0: it isn't.
  void setUnderWayElsewhere(std::int64_t step, std::int64_t maxSteps);
  /// `settings`: those in which they differ, one value a run. `writable`: runs can be named and deleted.
  void setRuns(std::vector<RunRecord> runs, std::vector<SettingColumn> settings, bool writable);
  /// Differences of an overlaid run's settings to the shown one's.
  void setOverlay(const RunRecord& run, const std::vector<SettingDifference>& differences);
  void removeOverlay(const std::filesystem::path& folder);
  /// The engine's own words; shown in the window's language.
  void addNote(const minnow::Notice& notice);
  void clearNotes();
  void showSide(Side side);
  /// After a run of this session ended well the primary button leads on.
  void setNextIsEvaluate(bool on);
  void showGuide(bool on);
  void showRunTable(bool on);

 Q_SIGNALS:
  void trainRequested(const minnow::TrainOptions& options);
  void resumeRequested();
  void pauseRequested(bool on);
  void stopRequested();
  void evaluateRequested();
  void optionsEdited(const QString& recipe, const minnow::TrainOptions& options);
  void remedyChosen(minnow::Remedy remedy);
  void continueChosen(double epochs);
  void extraEpochsChanged(double epochs);
  void openRequested(const minnow::RunRecord& run);
  void compareRequested(const minnow::RunRecord& run, bool on);
  void notesEdited(const minnow::RunRecord& run, const minnow::RunNotes& notes);
  void useRequested(const minnow::RunRecord& run);
  void deleteRequested(const minnow::RunRecord& run);

 protected:
  void retranslateUi() override;

 private:
  QWidget* makeSide();
  QWidget* makeSettings();
  void makeFooter();
  void chooseRecipe(int index);
  void settingsEdited(bool keepsRecipe);
  void updateButtons();
  void showProgress();

  QList<TrainRecipe> m_recipes;
  RunState m_state = RunState::none;
  QString m_resumable;
  bool m_nextIsEvaluate = false;
  std::int64_t m_stepElsewhere = -1, m_maxElsewhere = 0;
  std::int64_t m_step = 0, m_maxSteps = 0, m_ratesDone = 0, m_ratesWanted = 0, m_resumableStep = 0, m_resumableMax = 0;
  double m_share = 0.0, m_secondsLeft = -1.0;

  QComboBox* m_recipeBox;
  QLabel* m_recipeLabel;
  QStackedWidget *m_pages, *m_side;
  QTabBar* m_tabs;
  RunView* m_run;
  SettingsPanel* m_settings;
  ForecastCard* m_forecast;
  VerdictCard* m_verdict;
  AutoCard* m_auto;
  EarlierRunsView* m_runs;
  QPushButton *m_pause, *m_stop, *m_resume, *m_again;
  QProgressBar* m_bar;
  QLabel* m_progressLabel;
  FitGuide* m_guide;
  RunTable* m_runTable;
  bool m_writable = false;
};

}  // namespace minnow
