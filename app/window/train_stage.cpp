// Train.
#include "app/window/train_stage.h"

#include <QEvent>
#include <QMessageBox>
#include <algorithm>

#include "app/window/activity.h"
#include "app/window/engine_thread.h"
#include "app/window/error_text.h"
#include "app/window/machine_probe.h"
#include "app/window/paths.h"
#include "app/window/workspace.h"
#include "core/demo/demo.h"
#include "core/io/data_dir.h"
#include "core/project/project.h"
#include "core/train/remedies.h"
#include "core/train/run_record.h"
#include "core/train/run_upkeep.h"
#include "core/types/error.h"
#include "widgets/charts/run_curves_model.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/number_text.h"
#include "widgets/common/run_selector.h"
#include "widgets/look/colors.h"
#include "widgets/look/icons.h"
#include "widgets/train/train_page.h"

namespace minnow {
namespace {

constexpr int kForecastDelayMs = 500;  // settings are typed; the question waits until the hand rests
constexpr int kLookMs = 3000;          // between two looks at runs that others write
constexpr int kForecastWaits = 10;     // so often for the files thread, then it is asked all the same

/// The project's own settings under a recipe's name: recipes say how to train, not what and where.
TrainOptions withRecipe(TrainOptions recipe, const TrainOptions& own) {
  recipe.torch_dtype = own.torch_dtype;
  recipe.device = own.device;
  recipe.threads = own.threads;
  recipe.time_limit_minutes = own.time_limit_minutes;
  return recipe;
}

bool sameSettings(const TrainOptions& a, const TrainOptions& b) {
  for (const SettingDifference& d : setting_differences(a, b)) {
    if (d.name != "model" && d.name != "dataset" && d.name != "val_dataset" && d.name != "prompt_style" &&
        d.name != "torch_dtype" && d.name != "device" && d.name != "threads" && d.name != "time_limit_minutes")
      return false;
  }
  return true;
}

double settingOf(const TrainOptions& options, Remedy remedy) {
  switch (remedy) {
    case Remedy::more_epochs:
    case Remedy::fewer_epochs:
      return options.num_train_epochs;
    case Remedy::higher_rank:
    case Remedy::lower_rank:
      return options.lora_rank;
    case Remedy::fewer_rows_per_step:
      return static_cast<double>(options.per_device_train_batch_size) * options.gradient_accumulation_steps;
    default:
      return options.learning_rate;
  }
}

bool isBundled(const std::filesystem::path& student) {
  try {
    return !student.empty() && student == data_file("demo");
  } catch (const Error&) {
    return false;  // a Minnow without its data files
  }
}

/// What a run's page shows of it; a view that was zoomed isn't reset for nothing.
bool hasChanged(const RunRecord& now, const RunRecord& shown) {
  return now.step_in_use != shown.step_in_use || now.last_step() != shown.last_step() ||
         now.evals.size() != shown.evals.size() || now.checkpoints != shown.checkpoints || now.notes != shown.notes;
}

std::int64_t stepOf(const std::filesystem::path& checkpoint) {
  const std::string name = checkpoint.filename().string();
  return name.rfind("checkpoint-", 0) == 0 ? std::atoll(name.c_str() + 11) : 0;
}

}  // namespace

TrainStage::TrainStage(WindowContext& context)
    : Stage(context), m_page(new TrainPage), m_session(context), m_forecast(context), m_files(context) {
  m_forecastTimer.setSingleShot(true);
  m_forecastTimer.setInterval(kForecastDelayMs);
  connect(&m_forecastTimer, &QTimer::timeout, this, &TrainStage::askForecast);
  m_lookTimer.setSingleShot(true);
  m_lookTimer.setInterval(kLookMs);
  connect(&m_lookTimer, &QTimer::timeout, this, &TrainStage::readRuns);
  m_page->installEventFilter(this);
  connectPage();
  connectSession();
  Workspace& workspace = context.workspace;
  connect(&workspace, &Workspace::opened, this, &TrainStage::projectChanged);
  connect(&workspace, &Workspace::closed, this, &TrainStage::projectChanged);
  connect(&workspace, &Workspace::studentChanged, this, &TrainStage::rowsChanged);
  connect(&workspace, &Workspace::rowsChanged, this, &TrainStage::rowsChanged);
  connect(&workspace, &Workspace::runsChanged, this, &TrainStage::readRuns);
  connect(&workspace, &Workspace::resumeRequested, this, [this] {
    m_resumeWanted = true;
    readRuns();
  });
  projectChanged();
}

StagePage* TrainStage::page() { return m_page; }

StageMark TrainStage::mark() const {
  if (m_session.isRunning() || m_underWay) return StageMark::running;
  if (context().workspace.currentRun() != nullptr) return StageMark::done;
  return context().workspace.isOpen() && context().workspace.rowCount() > 0 ? StageMark::ready : StageMark::none;
}

bool TrainStage::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_page && event->type() == QEvent::Show) m_forecastTimer.start();
  return Stage::eventFilter(watched, event);
}

void TrainStage::retranslate() {
  updateReason();
  if (!m_forecastProblem.isEmpty()) showForecastProblem();
  if (m_session.isRunning() && m_shown.name.empty()) m_page->setRunName(tr("New run"));
}

void TrainStage::connectPage() {
  connect(m_page, &TrainPage::trainRequested, this, &TrainStage::start);
  connect(m_page, &TrainPage::optionsEdited, this, &TrainStage::keepOptions);
  connect(m_page, &TrainPage::pauseRequested, this, [this](bool on) { m_session.setPaused(on); });
  connect(m_page, &TrainPage::stopRequested, this, [this] { m_session.stopRun(); });
  connect(m_page, &TrainPage::resumeRequested, this, &TrainStage::resume);
  connect(m_page, &TrainPage::evaluateRequested, this, [this] { Q_EMIT goTo(StageId::evaluate); });
  connect(m_page, &TrainPage::remedyChosen, this, &TrainStage::remedy);
  connect(m_page, &TrainPage::extraEpochsChanged, this, &TrainStage::showRemedies);
  connect(m_page, &TrainPage::continueChosen, this, [this](double epochs) {
    if (const auto more = continued(m_shown, epochs)) start(more->options);
  });
  connect(m_page, &TrainPage::openRequested, this, [this](const RunRecord& run) {
    if (!m_session.isRunning()) show(run);
  });
  connect(m_page, &TrainPage::compareRequested, this, [this](const RunRecord& run, bool on) {
    const TrainOptions here = m_shown.folder.empty() ? m_page->options() : m_shown.options;
    if (on)
      m_page->setOverlay(run, setting_differences(here, run.options));
    else
      m_page->removeOverlay(run.folder);
  });
  connect(m_page, &TrainPage::notesEdited, this, [this](const RunRecord& run, const RunNotes& notes) {
    m_files.ask([folder = run.folder, notes] { write_run_notes(folder, notes); },
                [this] { this->context().workspace.refreshRuns(); });
  });
  connect(m_page, &TrainPage::useRequested, this, [this](const RunRecord& run) {
    this->context().workspace.chooseRun(QString::fromStdString(run.name));
    const QString title = runTitle(QString::fromStdString(run.name), QString::fromStdString(run.notes.title));
    m_page->messageBar()->showNote([title, step = run.step_in_use] {
      return tr("Evaluate, Try and Export use %1, step %2.").arg(title, NumberText::count(step));
    });
  });
  connect(m_page, &TrainPage::deleteRequested, this, &TrainStage::askBeforeDeleting);
  connect(&m_forecast, &ForecastSession::answered, this, [this](const TrainForecast& forecast) {
    m_forecastProblem = {};
    TrainForecast shown = forecast;
    if (this->context().machine != nullptr) shown.peak_bytes += this->context().machine->windowBytes();
    m_page->setForecast(shown);
  });
  connect(&m_forecast, &ForecastSession::refused, this, [this](const UserMessage& message) {
    m_forecastProblem = message;
    showForecastProblem();
  });
  connect(&m_files, &Session::failed, m_page, &StagePage::showError);
}

void TrainStage::connectSession() {
  connect(&m_session, &TrainSession::runStarted, this, [this](const RunStarted& e) {
    m_page->messageBar()->clear();
    m_shown.folder = e.run_dir;
    m_shown.name = e.run_dir.filename().string();
    m_shown.max_steps = e.max_steps;
    m_shown.validation_rows = e.validation_rows;
    RunCurvesModel* curves = m_page->curves();
    if (e.first_step > 1)
      curves->cutBack(e.first_step - 1);
    else
      curves->clear();
    curves->setMaxSteps(e.max_steps);
    m_page->setRunName(QString::fromStdString(m_shown.name));
    m_page->setState(RunState::running);
  });
  connect(&m_session, &TrainSession::rateTried, m_page, &TrainPage::addRate);
  connect(&m_session, &TrainSession::settingsChosen, m_page, &TrainPage::setChoice);
  connect(&m_session, &TrainSession::stepDone, this, [this](const StepDone& e) { m_page->curves()->addStep(e); });
  connect(&m_session, &TrainSession::evalDone, this, [this](const EvalDone& e) { m_page->curves()->addEval(e); });
  connect(&m_session, &TrainSession::progressMade, m_page, &TrainPage::setProgress);
  connect(&m_session, &TrainSession::verdictChanged, this, &TrainStage::showVerdict);
  connect(&m_session, &TrainSession::noted, m_page, &TrainPage::addNote);
  connect(&m_session, &TrainSession::pausedChanged, this,
          [this](bool on) { m_page->setState(on ? RunState::paused : RunState::running); });
  connect(&m_session, &TrainSession::finished, this, [this](const TrainReport& report, const RunRecord& record) {
    m_page->setState(RunState::ended);
    if (record.folder.empty()) {
      m_page->messageBar()->showNote([] { return tr("Stopped before its first step: there was nothing to keep."); });
      return showEarlierRun();
    }
    show(record);
    // Stopped or not, there is something to judge; only what diverged isn't worth it.
    m_page->setNextIsEvaluate(report.outcome != TrainReport::Outcome::diverged && !record.checkpoints.empty());
    context().workspace.chooseRun(QString::fromStdString(record.name));
    context().workspace.refreshRuns();
  });
  connect(&m_session, &Session::failed, this, [this](const UserMessage& message) {
    m_page->showError(message);
    if (m_shown.folder.empty()) return showEarlierRun();
    m_page->setState(RunState::ended);
    context().workspace.refreshRuns();
  });
  connect(&m_session, &TrainSession::checkpointSaved, &context().workspace, &Workspace::refreshRuns);
  connect(&m_session, &Session::started, this, [this] {
    updateReason();
    Q_EMIT markChanged();
  });
  connect(&m_session, &Session::begun, this, [this] {
    if (m_page->state() == RunState::waiting) m_page->setState(RunState::preparing);
  });
  connect(&m_session, &Session::stopping, this, [this] { m_page->setState(RunState::stopping); });
  connect(&m_session, &Session::cancelled, this, [this] {
    m_page->setState(RunState::ended);
    showEarlierRun();
  });
  connect(&m_session, &Session::ended, this, [this] {
    updateReason();
    forecastAnew();
    Q_EMIT markChanged();
  });
}

// ---- the project

void TrainStage::projectChanged() {
  const Workspace& workspace = context().workspace;
  const TrainOptions own = workspace.settings().options;
  QList<TrainRecipe> recipes;
  const TrainOptions demo = demo_recipe();
  QString chosen = QString::fromStdString(workspace.settings().recipe);
  if (workspace.isOpen() && sameSettings(own, demo)) chosen = QStringLiteral("demo");
  for (const char* name : recipe_names)
    recipes << TrainRecipe{QLatin1String(name), withRecipe(recipe(name), own)};
  if (chosen == QLatin1String("demo") || isBundled(workspace.settings().student))
    recipes.insert(1, TrainRecipe{QStringLiteral("demo"), withRecipe(demo, own)});
  m_page->setRecipes(recipes);
  m_page->setOptions(chosen, own);
  m_shown = {};
  m_runs.clear();
  m_page->setRuns({}, {}, false);
  m_page->curves()->clear();
  m_page->setRunName({});
  m_page->setState(RunState::none);
  m_page->setChoice({});
  m_page->setVerdict({}, {});
  m_page->setOffers({});
  m_page->setContinuation(std::nullopt);
  m_page->setResumable({}, 0, 0);
  m_page->setNextIsEvaluate(false);
  m_showNewest = true;
  rowsChanged();
  readRuns();
}

void TrainStage::rowsChanged() {
  updateReason();
  forecastAnew();
  Q_EMIT markChanged();
}

void TrainStage::updateReason() {
  const Workspace& workspace = context().workspace;
  QString reason;
  if (!workspace.isOpen())
    reason = tr("Open a project first, on Start.");
  else if (!workspace.canWrite())
    reason = workspace.readOnlyReason();
  else if (workspace.settings().student.empty())
    reason = tr("Choose a student first, on Model.");
  else if (workspace.rowCount() == 0)
    reason = tr("There are no rows yet: import some on Data.");
  m_page->setReason(m_session.isRunning() ? QString() : reason);
}

void TrainStage::readRuns() {
  const Workspace& workspace = context().workspace;
  if (!workspace.isOpen() || m_session.isRunning()) return;
  struct Found {
    std::vector<RunRecord> runs;
    std::vector<SettingColumn> settings;
    bool underWay = false;
  };
  const auto found = std::make_shared<Found>();
  m_files.ask(
      [found, project = workspace.project()] {
        found->runs = read_runs(project->runs_folder());
        found->settings = differing_settings(found->runs);
        found->underWay = !found->runs.empty() && is_run_locked(found->runs.front().folder);
      },
      [this, found, project = workspace.project()] {
        if (project == context().workspace.project() && !m_session.isRunning())
          takeRuns(std::move(found->runs), std::move(found->settings), found->underWay);
      });
}

void TrainStage::takeRuns(std::vector<RunRecord> runs, std::vector<SettingColumn> settings, bool underWay) {
  const bool ended = m_underWay && !underWay;  // elsewhere: what it left is there now
  const bool begun = underWay && (!m_underWay || m_runs.empty() || runs.front().folder != m_runs.front().folder);
  m_underWay = underWay;
  m_showNewest = m_showNewest || ended || begun;
  m_runs = runs;
  m_page->setRuns(std::move(runs), std::move(settings), workspaceWrites());
  if (ended) context().workspace.refreshRuns();
  const RunSummary* current = context().workspace.currentRun();
  m_stepInUse = current ? stepOf(pathOf(context().workspace.adapter())) : 0;
  if (m_session.isRunning()) return;
  const RunRecord* newest = m_runs.empty() ? nullptr : &m_runs.front();
  m_page->setUnderWayElsewhere(underWay ? newest->last_step() : -1, underWay ? newest->max_steps : 0);
  if (underWay || !workspaceWrites()) m_lookTimer.start();
  const bool resumable = newest && !underWay && workspaceWrites() && newest->max_steps > 0 && !newest->finished() &&
                         resumed_options(*newest).has_value() && newest->verdict.fit != Fit::diverging;
  m_page->setResumable(resumable ? QString::fromStdString(newest->name) : QString(),
                       resumable ? stepOf(*resumed_options(*newest)->resume_from_checkpoint) : 0,
                       resumable ? newest->max_steps : 0);
  if (m_showNewest && newest) {
    m_showNewest = false;
    show(*newest);
    m_page->setState(RunState::ended);
    m_page->setNextIsEvaluate(newest->finished() && !newest->has_report && !newest->checkpoints.empty() && !underWay &&
                              newest->verdict.fit != Fit::diverging);
    m_page->showSide(resumable || newest->finished() ? TrainPage::Side::verdict : TrainPage::Side::settings);
  } else {
    for (const RunRecord& run : m_runs) {
      if (run.folder == m_shown.folder && hasChanged(run, m_shown)) show(run);
    }
  }
  if (m_resumeWanted) {
    m_resumeWanted = false;
    if (resumable) resume();
  }
  Q_EMIT markChanged();
}

void TrainStage::askBeforeDeleting(const RunRecord& run) {
  if (m_session.isRunning() || !workspaceWrites()) return;
  auto* question = new QMessageBox(m_page);
  question->setObjectName(QStringLiteral("deleteRunQuestion"));
  question->setAttribute(Qt::WA_DeleteOnClose);
  question->setIconPixmap(
      iconPixmap(QStringLiteral("question"), 32, colors(m_page).accent, m_page->devicePixelRatioF()));
  const QString title = runTitle(QString::fromStdString(run.name), QString::fromStdString(run.notes.title));
  question->setWindowTitle(tr("Delete a run"));
  question->setText(tr("Delete %1 for good?", "a run").arg(title));
  question->setInformativeText(tr("Its checkpoints, curves and reports go with it; this can't be undone."));
  auto* remove = question->addButton(tr("Delete"), QMessageBox::DestructiveRole);
  remove->setObjectName(QStringLiteral("deleteRunButton"));
  auto* keep = question->addButton(tr("Keep"), QMessageBox::RejectRole);
  question->setDefaultButton(keep);
  connect(remove, &QAbstractButton::clicked, this, [this, folder = run.folder] {
    m_files.ask([folder] { delete_run(folder); },
                [this, folder] {
                  if (m_shown.folder == folder) {
                    m_shown = {};
                    m_page->curves()->clear();
                    m_page->setResumable({}, 0, 0);
                    m_page->setNextIsEvaluate(false);
                    showEarlierRun();
                  }
                  context().workspace.refreshRuns();
                });
  });
  question->open();
}

void TrainStage::keepOptions(const QString& recipe, const TrainOptions& options) {
  Workspace& workspace = context().workspace;
  if (!workspace.isOpen()) return;
  ProjectSettings settings = workspace.settings();
  // minnow.json knows the engine's recipes; the demo's is kept as settings of one's own.
  settings.recipe = recipe == QLatin1String("demo") ? "custom" : recipe.toStdString();
  settings.options = options;
  settings.options.resume_from_checkpoint.reset();
  workspace.setSettings(settings);
  forecastAnew();
}

void TrainStage::forecastAnew() {
  m_forecast.cancel();
  m_forecastProblem = {};
  if (m_session.isRunning()) return;  // at its end it is asked again
  if (!context().workspace.isOpen() || !m_page->reason().isEmpty()) return m_page->clearForecast();
  m_page->setForecastPending({});
  m_forecastTimer.start();
}

void TrainStage::askForecast() {
  const Workspace& workspace = context().workspace;
  if (!m_page->isVisible() || m_session.isRunning() || !m_page->reason().isEmpty() || !workspace.isOpen()) return;
  const Activity::Entry* running = context().activity.front();
  m_page->setForecastPending(running != nullptr && !context().engine.isIdle() ? running->what() : QString());
  // Rows that are being read or checked take half the machine: what is measured beside that is no run's pace.
  if (!context().files.isIdle() && m_forecastWaits < kForecastWaits) {
    ++m_forecastWaits;
    m_forecastTimer.start();
    return;
  }
  m_forecastWaits = 0;
  TrainOptions options = m_page->options();
  options.dataset.clear();
  options.val_dataset.clear();
  m_forecast.ask(options);
}

void TrainStage::showForecastProblem() {
  const UserMessage said = m_forecastProblem.again ? m_forecastProblem.again() : m_forecastProblem;
  m_page->setForecastProblem(said.next_step.isEmpty() ? said.title : said.title + QLatin1Char(' ') + said.next_step);
}

// ---- runs

bool TrainStage::workspaceWrites() const {
  const Workspace& workspace = context().workspace;
  return workspace.canWrite();
}

void TrainStage::start(const TrainOptions& wanted) {
  if (m_session.isRunning() || !workspaceWrites()) return;
  m_forecast.cancel();
  TrainOptions options = wanted;
  const bool resumed = options.resume_from_checkpoint.has_value();
  if (!resumed) m_shown = {};
  m_shown.options = options;
  m_page->clearNotes();
  m_page->messageBar()->clear();
  m_page->setOffers({});
  m_page->setContinuation(std::nullopt);
  m_page->setResumable({}, 0, 0);
  if (!resumed) {
    m_page->curves()->clear();
    m_page->setRunName(tr("New run"));
    m_page->setChoice({});
    m_page->setVerdict({}, VerdictFacts{.running = true});
  }
  tellWhatIsWaitedFor(m_session);
  m_session.run(options);
  m_page->setState(m_session.isWaiting() ? RunState::waiting : RunState::preparing);
}

void TrainStage::resume() {
  if (m_runs.empty() || m_session.isRunning()) return;
  const RunRecord run = m_runs.front();
  const auto options = resumed_options(run);
  if (!options) return;
  show(run);
  start(*options);
}

void TrainStage::showEarlierRun() {
  m_showNewest = true;
  m_page->setRunName({});
  m_page->setVerdict({}, {});
  m_page->setState(RunState::none);
  m_page->showSide(TrainPage::Side::settings);
  context().workspace.refreshRuns();
}

void TrainStage::show(const RunRecord& run) {
  m_shown = run;
  m_page->showRun(run);
  showVerdict(run.verdict, run.validation_rows);
  showRemedies();
  if (!run.problem.empty()) m_page->addNote(Notice(run.problem));
}

void TrainStage::showVerdict(const Verdict& verdict, qint64 validationRows) {
  const RunCurvesModel* curves = m_page->curves();
  m_shown.verdict = verdict;
  VerdictFacts facts;
  facts.running = m_session.isRunning();
  facts.validation_rows = validationRows;
  facts.evaluations = static_cast<std::int64_t>(curves->evals().size());
  facts.best_step = curves->bestStep();
  if (!curves->steps().empty()) {
    facts.step = curves->steps().back().step;
    facts.train_loss = curves->steps().back().loss;
  }
  if (!curves->evals().empty()) facts.eval_loss = curves->evals().back().eval_loss;
  if (const EvalDone* best = curves->evalAt(facts.best_step)) facts.best_eval_loss = best->eval_loss;
  for (auto it = curves->evals().rbegin(); it != curves->evals().rend(); ++it) {
    if (it->exact_rows < 0) continue;
    facts.exact_rows = it->exact_rows;
    break;
  }
  const RunSummary* current = context().workspace.currentRun();
  if (current && current->folder == m_shown.folder) facts.step_in_use = stepOf(checkpoint_in_use(m_shown));
  m_page->setVerdict(verdict, facts);
}

void TrainStage::showRemedies() {
  if (m_session.isRunning() || m_shown.folder.empty()) return;
  if (!workspaceWrites()) {  // a run's folder is another's to write in
    m_page->setOffers({});
    m_page->setContinuation(std::nullopt);
    return;
  }
  std::vector<RemedyOffer> offers;
  std::vector<Remedy> remedies = m_shown.verdict.remedies;
  const std::int64_t used = stepOf(checkpoint_in_use(m_shown));
  // Going back to the best step is on offer whenever another one is in use.
  if (m_shown.best_step > 0 && used != m_shown.best_step &&
      std::find(remedies.begin(), remedies.end(), Remedy::restore_best) == remedies.end())
    remedies.insert(remedies.begin(), Remedy::restore_best);
  for (const Remedy remedy : remedies) {
    RemedyOffer offer;
    offer.remedy = remedy;
    if (remedy == Remedy::restore_best) {
      const bool kept = std::binary_search(m_shown.checkpoints.begin(), m_shown.checkpoints.end(), m_shown.best_step);
      if (!kept || used == m_shown.best_step) continue;
      offer.now = static_cast<double>(used);
      offer.then = static_cast<double>(m_shown.best_step);
    } else if (const auto options = remedied_options(m_shown, remedy)) {
      offer.now = settingOf(m_shown.options, remedy);
      offer.then = settingOf(*options, remedy);
    } else {
      continue;
    }
    offers.push_back(offer);
  }
  m_page->setOffers(offers);
  const auto more = m_shown.finished() ? continued(m_shown, m_page->extraEpochs()) : std::nullopt;
  m_page->setContinuation(more ? std::optional(more->what) : std::nullopt);
}

void TrainStage::remedy(Remedy remedy) {
  if (m_session.isRunning() || m_shown.folder.empty()) return;
  if (remedy == Remedy::restore_best) {
    m_files.ask([folder = m_shown.folder, step = m_shown.best_step] { choose_checkpoint(folder, step); },
                [this, name = QString::fromStdString(m_shown.name)] {
                  context().workspace.chooseRun(name);
                  context().workspace.refreshRuns();
                });
    return;
  }
  if (const auto options = remedied_options(m_shown, remedy)) {
    m_page->setOptions(QStringLiteral("custom"), *options);
    start(*options);
  }
}

}  // namespace minnow
