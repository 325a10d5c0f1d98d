// Puts the stage together.
#include "widgets/train/train_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <algorithm>

#include "widgets/common/card.h"
#include "widgets/common/labels.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/named_button.h"
#include "widgets/common/number_text.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"
#include "widgets/train/auto_card.h"
#include "widgets/train/earlier_runs_model.h"
#include "widgets/train/earlier_runs_view.h"
#include "widgets/train/fit_guide.h"
#include "widgets/train/forecast_card.h"
#include "widgets/train/overlay_legend.h"
#include "widgets/train/run_table.h"
#include "widgets/train/run_view.h"
#include "widgets/train/settings_panel.h"

namespace minnow {
namespace {

constexpr int kSideWidth = 312;

QScrollArea* scrolled(QWidget* inner) {
  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setWidget(inner);
  return area;
}

}  // namespace

TrainPage::TrainPage(QWidget* parent) : StagePage(QStringLiteral("play"), parent) {
  setObjectName(QStringLiteral("trainPage"));
  m_recipeLabel = makeLabel(TextRole::muted, this);
  m_recipeBox = new QComboBox(this);
  m_recipeBox->setObjectName(QStringLiteral("recipeComboBox"));
  m_recipeBox->setMinimumWidth(150);
  m_recipeLabel->setBuddy(m_recipeBox);
  m_recipeLabel->setFixedHeight(metrics::controlHeight);
  m_recipeLabel->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  headerRow()->addWidget(m_recipeLabel, 0, Qt::AlignTop);
  headerRow()->addWidget(m_recipeBox, 0, Qt::AlignTop);

  auto* run = new QWidget(this);
  auto* row = new QHBoxLayout(run);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::gap);
  m_run = new RunView(run);
  row->addWidget(m_run, 1);
  row->addWidget(makeSide());
  m_guide = new FitGuide(this);
  m_pages = new QStackedWidget(this);
  m_pages->addWidget(run);
  m_pages->addWidget(scrolled(m_guide));
  m_runTable = new RunTable(m_runs->model(), this);
  m_pages->addWidget(m_runTable);
  body()->addWidget(m_pages, 1);
  makeFooter();

  connect(m_recipeBox, qOverload<int>(&QComboBox::activated), this, &TrainPage::chooseRecipe);
  connect(m_settings, &SettingsPanel::edited, this, &TrainPage::settingsEdited);
  connect(m_settings, &SettingsPanel::validityChanged, this, &TrainPage::updateButtons);
  connect(m_verdict, &VerdictCard::remedyChosen, this, &TrainPage::remedyChosen);
  connect(m_verdict, &VerdictCard::continueChosen, this, &TrainPage::continueChosen);
  connect(m_verdict, &VerdictCard::extraEpochsChanged, this, &TrainPage::extraEpochsChanged);
  connect(m_verdict, &VerdictCard::helpWanted, this, [this] { showGuide(true); });
  connect(m_guide, &FitGuide::closed, this, [this] { showGuide(false); });
  connect(m_runs, &EarlierRunsView::openRequested, this, &TrainPage::openRequested);
  connect(m_runs, &EarlierRunsView::compareRequested, this, &TrainPage::compareRequested);
  connect(m_runs, &EarlierRunsView::tableWanted, this, [this] { showRunTable(true); });
  connect(m_runs->model(), &EarlierRunsModel::notesEdited, this, &TrainPage::notesEdited);
  connect(m_runTable, &RunTable::closed, this, [this] { showRunTable(false); });
  connect(m_runTable, &RunTable::useRequested, this, &TrainPage::useRequested);
  connect(m_runTable, &RunTable::deleteRequested, this, &TrainPage::deleteRequested);
  connect(m_runTable, &RunTable::openRequested, this, [this](const RunRecord& run) {
    showRunTable(false);
    Q_EMIT openRequested(run);
  });
  connect(this, &StagePage::primaryTriggered, this, [this] {
    if (m_nextIsEvaluate)
      Q_EMIT evaluateRequested();
    else
      Q_EMIT trainRequested(options());
  });
  connect(m_run, &RunView::saveFailed, this, [this](const QString& sentence) { showError({sentence, {}, {}, {}}); });
  connect(m_run, &RunView::saved, this,
          [this](const QString& path) { messageBar()->showNote([path] { return tr("Saved: %1").arg(path); }); });
  retranslateUi();
  updateButtons();
}

QWidget* TrainPage::makeSide() {
  auto* area = new QWidget(this);
  area->setFixedWidth(kSideWidth);
  auto* column = new QVBoxLayout(area);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  m_tabs = new QTabBar(area);
  m_tabs->setObjectName(QStringLiteral("sideTabBar"));
  m_tabs->setDrawBase(false);
  m_tabs->setExpanding(false);
  for (int i = 0; i < 3; ++i) m_tabs->addTab(QString());
  m_side = new QStackedWidget(area);
  m_side->addWidget(makeSettings());
  auto* fit = new QWidget;
  auto* words = new QVBoxLayout(fit);
  words->setContentsMargins(0, 0, metrics::unit, 0);
  m_verdict = new VerdictCard(fit);
  words->addWidget(m_verdict);
  m_auto = new AutoCard(fit);
  words->addWidget(m_auto);
  words->addStretch(1);
  m_side->addWidget(scrolled(fit));
  m_runs = new EarlierRunsView;
  m_side->addWidget(m_runs);
  column->addWidget(m_tabs);
  column->addWidget(m_side, 1);
  connect(m_tabs, &QTabBar::currentChanged, m_side, &QStackedWidget::setCurrentIndex);
  return area;
}

QWidget* TrainPage::makeSettings() {
  auto* inner = new QWidget;
  auto* column = new QVBoxLayout(inner);
  column->setContentsMargins(0, 0, metrics::unit, 0);
  column->setSpacing(metrics::unit + metrics::half);
  m_forecast = new ForecastCard(inner);
  auto* card = new Card(inner);
  m_settings = new SettingsPanel(card);
  m_settings->setObjectName(QStringLiteral("settingsPanel"));
  card->content()->addWidget(m_settings);
  column->addWidget(m_forecast);
  column->addWidget(card);
  column->addStretch(1);
  return scrolled(inner);
}

void TrainPage::makeFooter() {
  m_progressLabel = makeLabel(TextRole::body, this);
  m_progressLabel->setObjectName(QStringLiteral("progressLabel"));
  m_progressLabel->setWordWrap(false);
  m_bar = new QProgressBar(this);
  m_bar->setObjectName(QStringLiteral("trainProgressBar"));
  m_bar->setTextVisible(false);
  m_bar->setRange(0, 1000);
  m_bar->setFixedWidth(160);
  footerRow()->insertWidget(0, m_bar);
  footerRow()->insertWidget(1, m_progressLabel);
  const auto button = [this](const char* object, const char* icon) {
    QPushButton* b = namedButton(object, icon);
    addSecondaryButton(b);
    return b;
  };
  m_resume = button("resumeRunButton", "play");
  m_again = button("trainAgainButton", "refresh");
  m_stop = button("stopButton", "stop");
  m_pause = button("pauseButton", "pause");
  connect(m_resume, &QPushButton::clicked, this, &TrainPage::resumeRequested);
  connect(m_again, &QPushButton::clicked, this, [this] { Q_EMIT trainRequested(options()); });
  connect(m_stop, &QPushButton::clicked, this, &TrainPage::stopRequested);
  connect(m_pause, &QPushButton::clicked, this, [this] { Q_EMIT pauseRequested(m_state != RunState::paused); });
}

// ---- settings and forecast

void TrainPage::setRecipes(const QList<TrainRecipe>& recipes) {
  m_recipes = recipes;
  retranslateUi();
}

void TrainPage::setOptions(const QString& recipe, const TrainOptions& options) {
  int index = static_cast<int>(m_recipes.size());
  for (int i = 0; i < m_recipes.size(); ++i) {
    if (m_recipes[i].key == recipe) index = i;
  }
  m_recipeBox->setCurrentIndex(index);
  m_settings->setOptions(options);
  updateButtons();
}

TrainOptions TrainPage::options() const { return m_settings->options(); }

QString TrainPage::recipe() const {
  const int index = m_recipeBox->currentIndex();
  return index >= 0 && index < m_recipes.size() ? m_recipes[index].key : QStringLiteral("custom");
}

void TrainPage::chooseRecipe(int index) {
  TrainOptions chosen = options();
  const double limit = chosen.time_limit_minutes;
  chosen.auto_settings.clear();  // Custom: everything by hand
  if (index >= 0 && index < m_recipes.size())
    chosen = m_recipes[index].options;
  else
    m_settings->setFolded(false);
  chosen.time_limit_minutes = limit;
  m_settings->setOptions(chosen);
  settingsEdited(false);
  // Choosing by hand is no edit: the name stays.
  m_recipeBox->setCurrentIndex(index);
  showSide(Side::settings);
}

void TrainPage::settingsEdited(bool keepsRecipe) {
  if (sender() == m_settings && !keepsRecipe) m_recipeBox->setCurrentIndex(static_cast<int>(m_recipes.size()));
  setNextIsEvaluate(false);
  updateButtons();
  if (m_settings->isValid()) Q_EMIT optionsEdited(recipe(), options());
}

void TrainPage::setForecastPending(const QString& waitsFor) { m_forecast->setPending(waitsFor); }

void TrainPage::clearForecast() { m_forecast->clear(); }

void TrainPage::setForecast(const TrainForecast& forecast) { m_forecast->setForecast(forecast); }

void TrainPage::setForecastProblem(const QString& sentence) { m_forecast->setProblem(sentence); }

// ---- the run

void TrainPage::setState(RunState state) {
  m_state = state;
  if (state == RunState::preparing || state == RunState::waiting) {
    m_step = m_maxSteps = m_ratesDone = m_ratesWanted = 0;
    m_share = 0.0;
    m_secondsLeft = -1.0;
    m_nextIsEvaluate = false;
    showSide(Side::verdict);
  }
  updateButtons();
  showProgress();
}

void TrainPage::setProgress(std::int64_t step, std::int64_t maxSteps, double share, double secondsLeft) {
  m_step = step;
  m_maxSteps = maxSteps;
  m_share = share;
  m_secondsLeft = secondsLeft;
  showProgress();
}

void TrainPage::setUnderWayElsewhere(std::int64_t step, std::int64_t maxSteps) {
  m_stepElsewhere = step;
  m_maxElsewhere = maxSteps;
  showProgress();
}

void TrainPage::showProgress() {
  const bool on = m_state != RunState::none && m_state != RunState::ended;
  const bool elsewhere = !on && m_stepElsewhere >= 0;
  m_bar->setVisible(on || elsewhere);
  m_progressLabel->setVisible(on || elsewhere);
  const double share = !elsewhere           ? m_share
                       : m_maxElsewhere > 0 ? static_cast<double>(m_stepElsewhere) / static_cast<double>(m_maxElsewhere)
                                            : 0.0;
  m_bar->setValue(static_cast<int>(1000.0 * std::clamp(share, 0.0, 1.0)));
  if (elsewhere)
    m_progressLabel->setText(tr("Under way in another Minnow: step %1 of %2")
                                 .arg(NumberText::count(m_stepElsewhere), NumberText::count(m_maxElsewhere)));
  if (!on) return;
  QString text;
  switch (m_state) {
    case RunState::waiting:
      text = tr("Waiting for its turn…");
      break;
    case RunState::preparing:
      text = m_ratesWanted > 0 ? tr("Trying learning rates: %1 of %2").arg(m_ratesDone).arg(m_ratesWanted)
                               : tr("Reading the rows and opening the model…");
      break;
    case RunState::stopping:
      text = tr("Stopping; what is done is kept…");
      break;
    default: {
      text = tr("step %1 of %2").arg(NumberText::count(m_step), NumberText::count(m_maxSteps));
      if (m_state == RunState::paused)
        text += QStringLiteral(" · ") + tr("paused");
      else if (m_secondsLeft >= 0)
        text += QStringLiteral(" · ") + tr("%1 left").arg(NumberText::duration(m_secondsLeft));
    }
  }
  m_progressLabel->setText(text);
}

void TrainPage::setRunName(const QString& name) { m_run->setName(name); }

void TrainPage::showRun(const RunRecord& run) {
  runs()->setShown(run.folder);
  m_run->showRun(run);
  m_auto->setChoice(run.chosen);
}

void TrainPage::setChoice(const AutoChoice& choice) { m_auto->setChoice(choice); }

void TrainPage::addRate(const RateTried& tried) {
  m_auto->addRate(tried.point);
  m_ratesDone = tried.done;
  m_ratesWanted = tried.total;
  showProgress();
}

void TrainPage::setVerdict(const Verdict& verdict, const VerdictFacts& facts) { m_verdict->setVerdict(verdict, facts); }

void TrainPage::setResumable(const QString& runName, std::int64_t step, std::int64_t maxSteps) {
  m_resumable = runName;
  m_resumableStep = step;
  m_resumableMax = maxSteps;
  updateButtons();
}

RunCurvesModel* TrainPage::curves() const { return m_run->curves(); }

EarlierRunsModel* TrainPage::runs() const { return m_runs->model(); }

void TrainPage::setRuns(std::vector<RunRecord> runs, std::vector<SettingColumn> settings, bool writable) {
  m_writable = writable;
  m_runs->model()->setRuns(std::move(runs), std::move(settings));
  updateButtons();
}

void TrainPage::setOverlay(const RunRecord& run, const std::vector<SettingDifference>& differences) {
  m_run->overlays()->setOverlay(run, differences);
}

void TrainPage::removeOverlay(const std::filesystem::path& folder) { m_run->overlays()->removeOverlay(folder); }

void TrainPage::addNote(const Notice& notice) { m_run->addNote(notice); }

void TrainPage::clearNotes() { m_run->clearNotes(); }

void TrainPage::showSide(Side side) { m_tabs->setCurrentIndex(static_cast<int>(side)); }

void TrainPage::showGuide(bool on) { m_pages->setCurrentIndex(on ? 1 : 0); }

void TrainPage::showRunTable(bool on) { m_pages->setCurrentIndex(on ? 2 : 0); }

void TrainPage::setNextIsEvaluate(bool on) {
  if (m_nextIsEvaluate == on) return;
  m_nextIsEvaluate = on;
  updateButtons();
}

void TrainPage::updateButtons() {
  const bool on = m_state != RunState::none && m_state != RunState::ended;
  m_settings->setEnabled(!on);
  m_recipeBox->setEnabled(!on);
  m_stop->setVisible(on);
  m_pause->setVisible(on);
  m_stop->setEnabled(on && m_state != RunState::stopping);
  m_stop->setText(m_state == RunState::waiting ? tr("Cancel") : tr("Stop and keep"));
  m_pause->setEnabled(m_state == RunState::running || m_state == RunState::paused);
  m_pause->setText(m_state == RunState::paused ? tr("Go on") : tr("Pause"));
  m_pause->setIcon(
      lineIcon(m_state == RunState::paused ? QStringLiteral("play") : QStringLiteral("pause"), IconTone::text));
  m_resume->setVisible(!on && !m_resumable.isEmpty());
  m_resume->setText(
      tr("Resume %1 at step %2").arg(m_resumable.section(QLatin1Char('-'), 0, 0), NumberText::count(m_resumableStep)));
  m_resume->setToolTip(
      tr("%1 ended at step %2 of %3; it goes on from its newest checkpoint as if it had never stopped.")
          .arg(m_resumable, NumberText::count(m_resumableStep), NumberText::count(m_resumableMax)));
  m_again->setVisible(!on && m_nextIsEvaluate);
  m_again->setEnabled(m_settings->isValid());
  primaryButton()->setVisible(!on);
  primaryButton()->setText(m_nextIsEvaluate ? tr("Evaluate") : tr("Train"));
  primaryButton()->setIcon(
      lineIcon(m_nextIsEvaluate ? QStringLiteral("arrow-right") : QStringLiteral("play"), IconTone::onAccent));
  primaryButton()->setAccessibleName(primaryButton()->text());
  primaryButton()->setToolTip(m_nextIsEvaluate
                                  ? tr("On to the stage Evaluate: is the tuned model better on unseen rows?")
                                  : tr("Starts a new run with these settings"));
  if (!m_settings->isValid() && !on)
    primaryButton()->setEnabled(false);
  else
    primaryButton()->setEnabled(reason().isEmpty());
  m_runs->setCanOpen(!on);
  m_runTable->setAllowed(!on, m_writable);
}

void TrainPage::retranslateUi() {
  setTexts(tr("Train"), tr("Fit a LoRA adapter to the labelled rows and watch how well it fits."), tr("Train"));
  m_recipeLabel->setText(tr("Recipe"));
  const int chosen = std::max(0, m_recipeBox->currentIndex());
  m_recipeBox->clear();
  for (const TrainRecipe& recipe : m_recipes) {
    const QString name = recipe.key == QLatin1String("auto")       ? tr("Auto")
                         : recipe.key == QLatin1String("tutorial") ? tr("Tutorial")
                         : recipe.key == QLatin1String("quick")    ? tr("Quick")
                         : recipe.key == QLatin1String("thorough") ? tr("Thorough")
                         : recipe.key == QLatin1String("demo")     ? tr("Demo")
                                                                   : recipe.key;
    const QString tip =
        recipe.key == QLatin1String("auto")
            ? tr("Chooses rows per step, epochs, learning rate and rank by measuring, within the time limit")
        : recipe.key == QLatin1String("tutorial") ? tr("The settings of the original tutorial's run")
        : recipe.key == QLatin1String("quick")    ? tr("Two epochs, to see whether it works")
        : recipe.key == QLatin1String("thorough") ? tr("Eight epochs, rank 16, stops early when it no longer helps")
        : recipe.key == QLatin1String("demo")     ? tr("For the bundled tiny model: some minutes on two cores")
                                                  : QString();
    m_recipeBox->addItem(name);
    m_recipeBox->setItemData(m_recipeBox->count() - 1, tip, Qt::ToolTipRole);
  }
  m_recipeBox->addItem(tr("Custom"));
  m_recipeBox->setCurrentIndex(std::min(chosen, m_recipeBox->count() - 1));
  m_recipeBox->setToolTip(tr("A set of settings to start from; changing one makes it Custom"));
  m_recipeBox->setAccessibleName(tr("Recipe"));
  m_tabs->setTabText(0, tr("Settings"));
  m_tabs->setTabText(1, tr("Fit"));
  m_tabs->setTabText(2, tr("Earlier runs"));
  m_stop->setToolTip(tr("Ends the run within a second; what is done is kept as a checkpoint and can be resumed"));
  m_pause->setToolTip(tr("Holds the run between two steps; Try answers meanwhile"));
  m_again->setText(tr("Train again"));
  m_again->setToolTip(tr("Starts another run with the settings as they stand"));
  showProgress();
  updateButtons();
}

}  // namespace minnow
