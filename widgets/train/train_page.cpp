// Puts the stage together.
#include "widgets/train/train_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSlider>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

#include "widgets/charts/loss_chart.h"
#include "widgets/charts/run_curves_model.h"
#include "widgets/charts/run_figure_chart.h"
#include "widgets/common/card.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/engine_sentence.h"
#include "widgets/common/labels.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/number_text.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"
#include "widgets/train/earlier_runs_model.h"
#include "widgets/train/figure_grid.h"
#include "widgets/train/fit_guide.h"
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

/// A setting's value to be read: of paths the names, which are those of their content. A project that was moved is no
/// other.
QString shortValue(const std::string& value) {
  static const QRegularExpression folders(QStringLiteral("[^\"\\[,]*/(?=[^/\"])"));
  QString text = QString::fromStdString(value);
  if (!text.contains(QLatin1Char('/'))) return text;
  text.remove(folders);
  return text.remove(QRegularExpression(QStringLiteral("[\"\\[\\]]")));
}

}  // namespace

TrainPage::TrainPage(QWidget* parent)
    : StagePage(QStringLiteral("play"), parent),
      m_curves(new RunCurvesModel(this)),
      m_runs(new EarlierRunsModel(this)) {
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
  row->addWidget(makeCurves(), 1);
  row->addWidget(makeSide());
  m_guide = new FitGuide(this);
  m_pages = new QStackedWidget(this);
  m_pages->addWidget(run);
  m_pages->addWidget(scrolled(m_guide));
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
  connect(m_runs, &EarlierRunsModel::comparedChanged, this,
          [this](int at, bool on) { Q_EMIT compareRequested(m_runs->run(at), on); });
  connect(this, &StagePage::primaryTriggered, this, [this] {
    if (m_nextIsEvaluate)
      Q_EMIT evaluateRequested();
    else
      Q_EMIT trainRequested(options());
  });
  for (CurvePlot* chart : findChildren<CurvePlot*>()) {
    connect(chart, &CurvePlot::saveFailed, this, [this](const QString& sentence) {
      showError({sentence, {}, {}, {}});
    });
    connect(chart, &CurvePlot::saved, this,
            [this](const QString& path) { messageBar()->showNote([path] { return tr("Saved: %1").arg(path); }); });
  }
  retranslateUi();
  updateButtons();
}

QWidget* TrainPage::makeCurves() {
  auto* area = new QWidget(this);
  auto* column = new QVBoxLayout(area);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit + metrics::half);

  auto* card = new Card(area);
  auto* tools = card->headingRow();
  m_runCard = card;
  card->heading()->setObjectName(QStringLiteral("runLabel"));
  m_smoothLabel = makeLabel(TextRole::caption, card);
  m_smoothLabel->setWordWrap(false);
  m_smoothing = new QSlider(Qt::Horizontal, card);
  m_smoothing->setObjectName(QStringLiteral("smoothingSlider"));
  m_smoothing->setRange(0, 99);
  m_smoothing->setFixedWidth(72);
  m_logarithmic = new QCheckBox(card);
  m_logarithmic->setObjectName(QStringLiteral("logarithmicCheckBox"));
  m_chartMenu = new QToolButton(card);
  m_chartMenu->setObjectName(QStringLiteral("chartMenuButton"));
  m_chartMenu->setIcon(lineIcon(QStringLiteral("more"), IconTone::muted));
  m_chartMenu->setPopupMode(QToolButton::InstantPopup);
  tools->addWidget(m_smoothLabel);
  tools->addWidget(m_smoothing);
  tools->addSpacing(metrics::unit);
  tools->addWidget(m_logarithmic);
  tools->addWidget(m_chartMenu);

  m_loss = new LossChart(m_curves, card);
  m_loss->setObjectName(QStringLiteral("lossChart"));
  m_loss->setFileName(QStringLiteral("loss"));
  m_empty = new EmptyState(QStringLiteral("train"), card);
  m_empty->action()->hide();
  m_chartStack = new QStackedWidget(card);
  m_chartStack->addWidget(m_empty);
  m_chartStack->addWidget(m_loss);
  card->content()->addWidget(m_chartStack, 1);
  m_overlayLabel = makeLabel(TextRole::caption, card);
  m_overlayLabel->setObjectName(QStringLiteral("overlayLabel"));
  m_overlayLabel->setTextFormat(Qt::RichText);
  m_overlayLabel->hide();
  card->content()->addWidget(m_overlayLabel);
  m_noteLabel = makeLabel(TextRole::caption, card);
  m_noteLabel->setObjectName(QStringLiteral("noteLabel"));
  m_noteLabel->hide();
  card->content()->addWidget(m_noteLabel);
  column->addWidget(card, 1);

  auto* small = new FigureGrid(area);
  using Figure = RunFigureChart::Figure;
  const struct {
    Figure figure;
    const char* object;
  } charts[] = {{Figure::score, "scoreChart"},
                {Figure::learningRate, "learningRateChart"},
                {Figure::gradNorm, "gradNormChart"},
                {Figure::tokensPerSecond, "tokensPerSecondChart"}};
  for (const auto& [figure, object] : charts) {
    auto* frame = new Card(area);
    frame->layout()->setContentsMargins(6, 6, 6, 4);
    auto* chart = new RunFigureChart(figure, m_curves, frame);
    chart->setObjectName(QLatin1String(object));
    chart->setFileName(QLatin1String(object));
    chart->setFixedHeight(116);
    chart->setMinimumWidth(FigureGrid::figureWidth - 14);  // the card's border and margins
    frame->content()->addWidget(chart);
    small->add(frame);
    m_figures << chart;
    connect(m_loss, &CurvePlot::readOutMoved, chart, &CurvePlot::followReadOut);
  }
  column->addWidget(small);

  connect(m_smoothing, &QSlider::valueChanged, this, [this](int value) { m_loss->setSmoothing(value / 100.0); });
  connect(m_logarithmic, &QCheckBox::toggled, m_loss, &LossChart::setLogarithmic);
  return area;
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
  words->addStretch(1);
  m_side->addWidget(scrolled(fit));
  m_side->addWidget(makeRuns());
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
  m_forecastCard = new Card(inner);
  m_forecastCard->setObjectName(QStringLiteral("forecastCard"));
  m_forecastLabel = makeLabel(TextRole::body, m_forecastCard);
  m_forecastLabel->setObjectName(QStringLiteral("forecastLabel"));
  m_forecastLabel->setTextFormat(Qt::RichText);
  m_forecastCard->content()->addWidget(m_forecastLabel);
  auto* card = new Card(inner);
  m_settings = new SettingsPanel(card);
  m_settings->setObjectName(QStringLiteral("settingsPanel"));
  card->content()->addWidget(m_settings);
  column->addWidget(m_forecastCard);
  column->addWidget(card);
  column->addStretch(1);
  return scrolled(inner);
}

QWidget* TrainPage::makeRuns() {
  auto* area = new QWidget;
  auto* column = new QVBoxLayout(area);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit);
  m_runTable = new QTableView(area);
  m_runTable->setObjectName(QStringLiteral("runsTable"));
  m_runTable->setModel(m_runs);
  m_runTable->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_runTable->setSelectionMode(QAbstractItemView::SingleSelection);
  m_runTable->setShowGrid(false);
  m_runTable->verticalHeader()->hide();
  m_runTable->verticalHeader()->setDefaultSectionSize(32);
  m_runTable->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  m_runTable->horizontalHeader()->setSectionResizeMode(EarlierRunsModel::RunColumn, QHeaderView::Stretch);
  m_runTable->setColumnHidden(EarlierRunsModel::StepsColumn, true);
  m_runTable->setColumnHidden(EarlierRunsModel::FitColumn, true);
  m_runsHint = makeLabel(TextRole::caption, area);
  m_open = new QPushButton(area);
  m_open->setObjectName(QStringLiteral("openRunButton"));
  column->addWidget(m_runTable, 1);
  column->addWidget(m_runsHint);
  column->addWidget(m_open, 0, Qt::AlignLeft);
  const auto open = [this](const QModelIndex& index) {
    if (index.isValid()) Q_EMIT openRequested(m_runs->run(index.row()));
  };
  connect(m_runTable, &QTableView::activated, this, open);
  connect(m_open, &QPushButton::clicked, this, [this, open] { open(m_runTable->currentIndex()); });
  connect(m_runTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TrainPage::updateButtons);
  connect(m_runs, &QAbstractItemModel::modelReset, this, &TrainPage::updateButtons);
  return area;
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
    auto* b = new QPushButton(lineIcon(QLatin1String(icon), IconTone::text), QString(), this);
    b->setObjectName(QLatin1String(object));
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
  return index >= 0 && index < m_recipes.size() ? m_recipes[index].key : QStringLiteral("Custom");
}

void TrainPage::chooseRecipe(int index) {
  if (index >= 0 && index < m_recipes.size())
    m_settings->setOptions(m_recipes[index].options);
  else
    m_settings->setFolded(false);
  settingsEdited();
  // Choosing by hand is no edit: the name stays.
  m_recipeBox->setCurrentIndex(index);
  showSide(Side::settings);
}

void TrainPage::settingsEdited() {
  if (sender() == m_settings) m_recipeBox->setCurrentIndex(static_cast<int>(m_recipes.size()));
  setNextIsEvaluate(false);
  updateButtons();
  if (m_settings->isValid()) Q_EMIT optionsEdited(recipe(), options());
}

void TrainPage::setForecastPending() {
  m_forecastPending = true;
  m_forecastProblem.clear();
  showForecast();
}

void TrainPage::setForecast(const TrainForecast& forecast) {
  m_forecast = forecast;
  m_forecastPending = false;
  m_forecastProblem.clear();
  showForecast();
}

void TrainPage::setForecastProblem(const QString& sentence) {
  m_forecast.reset();
  m_forecastPending = false;
  m_forecastProblem = sentence;
  showForecast();
}

void TrainPage::showForecast() {
  m_forecastCard->setHeading(tr("This run"));
  if (!m_forecastProblem.isEmpty()) {
    m_forecastCard->setTone(QStringLiteral("warning"));
    m_forecastLabel->setText(m_forecastProblem.toHtmlEscaped());
    return;
  }
  m_forecastCard->setTone(QString());
  if (!m_forecast) {
    m_forecastLabel->setText(m_forecastPending ? tr("Reading the rows…")
                                               : tr("Open a project with labelled rows first."));
    return;
  }
  const TrainForecast& f = *m_forecast;
  const QLocale locale;
  const auto row = [](const QString& what, const QString& value) {
    return QStringLiteral("<tr><td>%1</td><td align='right'>%2</td></tr>")
        .arg(what.toHtmlEscaped(), value.toHtmlEscaped());
  };
  QString rows;
  rows += row(tr("Rows to train on"), NumberText::count(f.train_rows));
  rows += row(tr("Rows to validate on"), NumberText::count(f.validation_rows));
  if (f.unreviewed_rows > 0) rows += row(tr("Need review, left out"), NumberText::count(f.unreviewed_rows));
  rows += row(tr("Tokens per row"),
              tr("%1, %2 learned")
                  .arg(locale.toString(f.tokens_per_row, 'f', 0), locale.toString(f.supervised_per_row, 'f', 0)));
  rows +=
      row(tr("Steps"), tr("%1, %2 rows each").arg(NumberText::count(f.max_steps), NumberText::count(f.rows_per_step)));
  rows += row(tr("Expected time"), NumberText::about(f.seconds));
  rows += row(tr("Expected memory"),
              tr("%1 of %2").arg(NumberText::bytes(f.peak_bytes), NumberText::bytes(f.available_bytes)));
  QString text = QStringLiteral("<table width='100%' cellspacing='0' cellpadding='2'>%1</table>").arg(rows);
  if (f.recompute)
    text += QStringLiteral("<p>%1</p>")
                .arg(tr("Memory is short: activations are computed twice, which takes about a third longer.")
                         .toHtmlEscaped());
  if (m_forecastPending) text += QStringLiteral("<p>%1</p>").arg(tr("Working it out again…").toHtmlEscaped());
  m_forecastLabel->setText(text);
}

// ---- the run

void TrainPage::setState(RunState state) {
  m_state = state;
  if (state == RunState::preparing) {
    m_step = m_maxSteps = 0;
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

void TrainPage::showProgress() {
  const bool on = m_state != RunState::none && m_state != RunState::ended;
  m_bar->setVisible(on);
  m_progressLabel->setVisible(on);
  m_bar->setValue(static_cast<int>(1000.0 * std::clamp(m_share, 0.0, 1.0)));
  if (!on) return;
  QString text;
  switch (m_state) {
    case RunState::preparing:
      text = tr("Reading the rows and opening the model…");
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

void TrainPage::setRunName(const QString& name) {
  m_runName = name;
  m_ended.reset();
  showRunName();
}

void TrainPage::showRunName() {
  m_hasRun = !m_runName.isEmpty();
  QString heading = m_hasRun ? m_runName.section(QLatin1Char('-'), 0, 0) : tr("Loss");
  if (m_hasRun && m_ended)
    heading += QStringLiteral(" · ") +
               (m_ended->whole
                    ? tr("%Ln step(s)", nullptr, static_cast<int>(m_ended->step))
                    : tr("%1 of %2 steps").arg(NumberText::count(m_ended->step), NumberText::count(m_ended->maxSteps)));
  m_chartStack->setCurrentWidget(m_hasRun ? static_cast<QWidget*>(m_loss) : m_empty);
  m_runCard->setHeading(heading);
  m_runCard->heading()->setToolTip(m_runName);
  m_smoothing->setEnabled(m_hasRun);
  m_logarithmic->setEnabled(m_hasRun);
  m_chartMenu->setEnabled(m_hasRun);
}

void TrainPage::showRun(const RunRecord& run) {
  m_curves->setRun(run);
  m_runs->setShown(run.folder);
  m_loss->removeOverlay(run.folder);
  m_loss->resetView();
  for (RunFigureChart* chart : m_figures) chart->resetView();
  m_runName = QString::fromStdString(run.name);
  m_ended = Ended{run.finished(), run.last_step(), run.max_steps};
  showRunName();
}

void TrainPage::setVerdict(const Verdict& verdict, const VerdictFacts& facts) { m_verdict->setVerdict(verdict, facts); }

void TrainPage::setResumable(const QString& runName, std::int64_t step, std::int64_t maxSteps) {
  m_resumable = runName;
  m_resumableStep = step;
  m_resumableMax = maxSteps;
  updateButtons();
}

void TrainPage::setRuns(std::vector<RunRecord> runs) { m_runs->setRuns(std::move(runs)); }

void TrainPage::setOverlay(const RunRecord& run, const std::vector<SettingDifference>& differences) {
  removeOverlay(run.folder);
  m_loss->addOverlay(run);
  m_overlays.push_back({run.folder, QString::fromStdString(run.name), differences});
  showOverlays();
}

void TrainPage::removeOverlay(const std::filesystem::path& folder) {
  m_loss->removeOverlay(folder);
  m_overlays.erase(
      std::remove_if(m_overlays.begin(), m_overlays.end(), [&](const Overlay& o) { return o.folder == folder; }),
      m_overlays.end());
  showOverlays();
}

void TrainPage::showOverlays() {
  QStringList lines;
  for (std::size_t i = 0; i < m_overlays.size(); ++i) {
    QStringList parts;
    for (const SettingDifference& d : m_overlays[i].differences) {
      const QString there = shortValue(d.there), here = shortValue(d.here);
      if (there != here) parts << tr("%1 %2, here %3").arg(QString::fromStdString(d.name), there, here);
    }
    const QString what = parts.isEmpty() ? tr("the same settings") : parts.join(QStringLiteral(" · "));
    lines << QStringLiteral("<font color='%1'>■</font> <b>%2</b>: %3")
                 .arg(m_loss->overlayColor(i).name(), m_overlays[i].name.toHtmlEscaped(), what.toHtmlEscaped());
  }
  m_overlayLabel->setText(lines.join(QStringLiteral("<br>")));
  m_overlayLabel->setVisible(!lines.isEmpty());
}

void TrainPage::addNote(const QString& sentence) {
  if (m_notes.contains(sentence)) return;
  m_notes << sentence;
  while (m_notes.size() > 3) m_notes.removeFirst();
  showNotes();
}

void TrainPage::clearNotes() {
  m_notes.clear();
  showNotes();
}

void TrainPage::showNotes() {
  QStringList lines;
  for (const QString& note : m_notes) lines << engineSentence(note.toStdString());
  m_noteLabel->setText(lines.join(QLatin1Char('\n')));
  m_noteLabel->setVisible(!lines.isEmpty());
}

void TrainPage::showSide(Side side) { m_tabs->setCurrentIndex(static_cast<int>(side)); }

void TrainPage::showGuide(bool on) { m_pages->setCurrentIndex(on ? 1 : 0); }

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
  m_stop->setEnabled(m_state == RunState::preparing || m_state == RunState::running || m_state == RunState::paused);
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
  m_open->setEnabled(!on && m_runTable->selectionModel()->hasSelection());
  m_runTable->setEnabled(true);
}

void TrainPage::changeEvent(QEvent* event) { StagePage::changeEvent(event); }

void TrainPage::retranslateUi() {
  setTexts(tr("Train"), tr("Fit a LoRA adapter to the labelled rows and watch how well it fits."), tr("Train"));
  m_recipeLabel->setText(tr("Recipe"));
  const int chosen = std::max(0, m_recipeBox->currentIndex());
  m_recipeBox->clear();
  for (const TrainRecipe& recipe : m_recipes) {
    const QString name = recipe.key == QLatin1String("Tutorial")   ? tr("Tutorial")
                         : recipe.key == QLatin1String("Quick")    ? tr("Quick")
                         : recipe.key == QLatin1String("Thorough") ? tr("Thorough")
                         : recipe.key == QLatin1String("Demo")     ? tr("Demo")
                                                                   : recipe.key;
    const QString tip =
        recipe.key == QLatin1String("Tutorial")   ? tr("The settings of the original tutorial's run")
        : recipe.key == QLatin1String("Quick")    ? tr("Two epochs, to see whether it works")
        : recipe.key == QLatin1String("Thorough") ? tr("Eight epochs, rank 16, stops early when it no longer helps")
        : recipe.key == QLatin1String("Demo")     ? tr("For the bundled tiny model: some minutes on two cores")
                                                  : QString();
    m_recipeBox->addItem(name);
    m_recipeBox->setItemData(m_recipeBox->count() - 1, tip, Qt::ToolTipRole);
  }
  m_recipeBox->addItem(tr("Custom"));
  m_recipeBox->setCurrentIndex(std::min(chosen, m_recipeBox->count() - 1));
  m_recipeBox->setToolTip(tr("A set of settings to start from; changing one makes it Custom"));
  m_recipeBox->setAccessibleName(tr("Recipe"));
  m_smoothLabel->setText(tr("Smoothing"));
  m_smoothing->setToolTip(
      tr("Running mean of train loss; the raw curve stays visible behind. Raising it: a calmer line that lags more."));
  m_smoothing->setAccessibleName(tr("Smoothing"));
  m_logarithmic->setText(tr("Log axis"));
  m_logarithmic->setToolTip(tr("Equal factors look equal: small losses become visible"));
  m_chartMenu->setToolTip(tr("Save or copy the chart"));
  m_chartMenu->setAccessibleName(tr("Save or copy the chart"));
  if (QMenu* old = m_chartMenu->menu()) old->deleteLater();
  m_chartMenu->setMenu(m_loss->createMenu());
  m_empty->setTexts(tr("No run yet"), tr("The curves of train and eval loss appear here as soon as a run starts."));
  m_tabs->setTabText(0, tr("Settings"));
  m_tabs->setTabText(1, tr("Fit"));
  m_tabs->setTabText(2, tr("Earlier runs"));
  m_runsHint->setText(tr("Tick a run to draw it behind the curves. Double-click to open it."));
  m_runTable->setAccessibleName(tr("Earlier runs"));
  m_open->setText(tr("Open"));
  m_open->setToolTip(tr("Shows the chosen run's curves and verdict"));
  m_stop->setText(tr("Stop and keep"));
  m_stop->setToolTip(tr("Ends the run within a second; what is done is kept as a checkpoint and can be resumed"));
  m_pause->setToolTip(tr("Holds the run between two steps; Try answers meanwhile"));
  m_again->setText(tr("Train again"));
  m_again->setToolTip(tr("Starts another run with the settings as they stand"));
  showForecast();
  showOverlays();
  showRunName();
  showNotes();
  showProgress();
  updateButtons();
}

}  // namespace minnow
