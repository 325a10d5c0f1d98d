// The curves of a run.
#include "widgets/train/run_view.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QStackedWidget>
#include <QToolButton>

#include "widgets/charts/loss_chart.h"
#include "widgets/charts/run_curves_model.h"
#include "widgets/charts/run_figure_chart.h"
#include "widgets/common/card.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/notice_text.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"
#include "widgets/train/figure_grid.h"
#include "widgets/train/overlay_legend.h"

namespace minnow {
namespace {

constexpr int kNotes = 3;  // the newest of them are shown

}  // namespace

RunView::RunView(QWidget* parent) : QWidget(parent), m_curves(new RunCurvesModel(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::unit + metrics::half);
  column->addWidget(makeLossCard(), 1);
  column->addWidget(makeFigures());
  for (CurvePlot* chart : findChildren<CurvePlot*>()) {
    connect(chart, &CurvePlot::saveFailed, this, &RunView::saveFailed);
    connect(chart, &CurvePlot::saved, this, &RunView::saved);
  }
  retranslateUi();
}

Card* RunView::makeLossCard() {
  auto* card = m_card = new Card(this);
  auto* tools = card->headingRow();
  card->heading()->setObjectName(QStringLiteral("runLabel"));
  m_smoothLabel = makeLabel(TextRole::caption, card);
  m_smoothLabel->setWordWrap(false);
  m_smoothing = new QSlider(Qt::Horizontal, card);
  m_smoothing->setObjectName(QStringLiteral("smoothingSlider"));
  m_smoothing->setRange(0, 99);
  m_smoothing->setFixedWidth(72);
  m_logarithmic = new QCheckBox(card);
  m_logarithmic->setObjectName(QStringLiteral("logarithmicCheckBox"));
  m_menu = new QToolButton(card);
  m_menu->setObjectName(QStringLiteral("chartMenuButton"));
  m_menu->setIcon(lineIcon(QStringLiteral("more"), IconTone::muted));
  m_menu->setPopupMode(QToolButton::InstantPopup);
  tools->addWidget(m_smoothLabel);
  tools->addWidget(m_smoothing);
  tools->addSpacing(metrics::unit);
  tools->addWidget(m_logarithmic);
  tools->addWidget(m_menu);

  m_loss = new LossChart(m_curves, card);
  m_loss->setObjectName(QStringLiteral("lossChart"));
  m_loss->setFileName(QStringLiteral("loss"));
  m_empty = new EmptyState(QStringLiteral("train"), card);
  m_empty->action()->hide();
  m_stack = new QStackedWidget(card);
  m_stack->addWidget(m_empty);
  m_stack->addWidget(m_loss);
  card->content()->addWidget(m_stack, 1);
  m_overlays = new OverlayLegend(m_loss, card);
  m_overlays->setObjectName(QStringLiteral("overlayLabel"));
  card->content()->addWidget(m_overlays);
  m_noteLabel = makeLabel(TextRole::caption, card);
  m_noteLabel->setObjectName(QStringLiteral("noteLabel"));
  m_noteLabel->hide();
  card->content()->addWidget(m_noteLabel);
  connect(m_smoothing, &QSlider::valueChanged, this, [this](int value) { m_loss->setSmoothing(value / 100.0); });
  connect(m_logarithmic, &QCheckBox::toggled, m_loss, &LossChart::setLogarithmic);
  return card;
}

QWidget* RunView::makeFigures() {
  auto* small = new FigureGrid(this);
  using Figure = RunFigureChart::Figure;
  const struct {
    Figure figure;
    const char* object;
  } charts[] = {{Figure::score, "scoreChart"},
                {Figure::learningRate, "learningRateChart"},
                {Figure::gradNorm, "gradNormChart"},
                {Figure::tokensPerSecond, "tokensPerSecondChart"}};
  for (const auto& [figure, object] : charts) {
    auto* frame = new Card(this);
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
  return small;
}

void RunView::setName(const QString& name) {
  m_name = name;
  m_ended.reset();
  showName();
}

void RunView::showName() {
  const bool some = !m_name.isEmpty();
  QString heading = some ? m_name.section(QLatin1Char('-'), 0, 0) : tr("Loss");
  if (some && m_ended)
    heading += QStringLiteral(" · ") +
               (m_ended->whole
                    ? tr("%Ln step(s)", nullptr, static_cast<int>(m_ended->step))
                    : tr("%1 of %2 steps").arg(NumberText::count(m_ended->step), NumberText::count(m_ended->maxSteps)));
  m_stack->setCurrentWidget(some ? static_cast<QWidget*>(m_loss) : m_empty);
  m_card->setHeading(heading);
  m_card->heading()->setToolTip(m_name);
  m_smoothing->setEnabled(some);
  m_logarithmic->setEnabled(some);
  m_menu->setEnabled(some);
}

void RunView::showRun(const RunRecord& run) {
  m_curves->setRun(run);
  m_overlays->removeOverlay(run.folder);
  m_loss->resetView();
  for (RunFigureChart* chart : m_figures) chart->resetView();
  m_name = QString::fromStdString(run.name);
  m_ended = Ended{run.finished(), run.last_step(), run.max_steps};
  showName();
}

void RunView::addNote(const Notice& notice) {
  if (m_notes.contains(notice)) return;
  m_notes << notice;
  while (m_notes.size() > kNotes) m_notes.removeFirst();
  showNotes();
}

void RunView::clearNotes() {
  m_notes.clear();
  showNotes();
}

void RunView::showNotes() {
  QStringList lines;
  for (const Notice& note : m_notes) lines << noticeText(note);
  m_noteLabel->setText(lines.join(QLatin1Char('\n')));
  m_noteLabel->setVisible(!lines.isEmpty());
}

void RunView::retranslateUi() {
  m_smoothLabel->setText(tr("Smoothing"));
  m_smoothing->setToolTip(
      tr("Running mean of train loss; the raw curve stays visible behind. Raising it: a calmer line that lags more."));
  m_smoothing->setAccessibleName(tr("Smoothing"));
  m_logarithmic->setText(tr("Log axis"));
  m_logarithmic->setToolTip(tr("Equal factors look equal: small losses become visible"));
  m_menu->setToolTip(tr("Save or copy the chart"));
  m_menu->setAccessibleName(tr("Save or copy the chart"));
  if (QMenu* old = m_menu->menu()) old->deleteLater();
  m_menu->setMenu(m_loss->createMenu());
  m_empty->setTexts(tr("No run yet"), tr("The curves of train and eval loss appear here as soon as a run starts."));
  showName();
  showNotes();
}

void RunView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
