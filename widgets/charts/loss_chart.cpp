// Syncs the graphs with the model: appends what is new, starts over when points were taken away.
#include "widgets/charts/loss_chart.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "widgets/charts/curve_focus.h"
#include "widgets/charts/qcustomplot.h"
#include "widgets/look/colors.h"
#include "widgets/look/look.h"

namespace minnow {
namespace {

constexpr double kStarSize = 17;        // QCustomPlot draws custom shapes of radius 3 at this width
constexpr double kEpochMarkWidth = 64;  // pixels; where epochs are narrower every k-th is marked
constexpr double kTopShare = 0.18;      // of the height: there the epochs' names stand
constexpr double kDensePerPixel =
    1.0;  // points a pixel from which lines are one pixel wide (QCustomPlot draws those 20 x faster)

QPainterPath star(double radius) {
  QPainterPath path;
  for (int i = 0; i < 10; ++i) {
    const double angle = -M_PI_2 + i * M_PI / 5.0, r = i % 2 ? 0.45 * radius : radius;
    const QPointF point(r * std::cos(angle), r * std::sin(angle));
    if (i == 0)
      path.moveTo(point);
    else
      path.lineTo(point);
  }
  path.closeSubpath();
  return path;
}

QString lossText(double loss) {
  if (std::isnan(loss)) return LossChart::tr("not a number");
  return QLocale().toString(loss, 'f', std::abs(loss) < 0.1 ? 5 : 4);
}

QString readOutRow(const QColor& color, const QString& what, const QString& figure) {
  return QStringLiteral(
             "<tr><td><font color='%1'>■</font>&nbsp;%2&nbsp;&nbsp;</td><td align='right'><b>%3</b></td></tr>")
      .arg(color.name(), what.toHtmlEscaped(), figure.toHtmlEscaped());
}

template <typename Points>
auto nearest(const Points& points, double step) {
  auto it = std::lower_bound(points.begin(), points.end(), step,
                             [](const auto& p, double wanted) { return static_cast<double>(p.step) < wanted; });
  if (it == points.end() ||
      (it != points.begin() && step - static_cast<double>(std::prev(it)->step) < static_cast<double>(it->step) - step))
    it = it == points.begin() ? it : std::prev(it);
  return it;
}

}  // namespace

LossChart::LossChart(RunCurvesModel* curves, QWidget* parent) : CurvePlot(parent), m_curves(curves) {
  for (QCPGraph** graph : {&m_raw, &m_smooth, &m_eval, &m_best, &m_bad}) *graph = plot()->addGraph();
  m_best->setLineStyle(QCPGraph::lsNone);
  m_bad->setLineStyle(QCPGraph::lsNone);
  m_bestPlace = new QCPItemTracer(plot());
  m_bestPlace->setVisible(false);
  m_bestText = new QCPItemText(plot());
  m_bestText->position->setParentAnchor(m_bestPlace->position);
  m_bestText->position->setType(QCPItemPosition::ptAbsolute);
  m_bestText->position->setCoords(0, -kStarSize / 2);
  m_bestText->setClipToAxisRect(false);
  m_bestText->setVisible(false);
  addLegend();
  connect(m_curves, &RunCurvesModel::curvesChanged, this, &LossChart::markStale);
  retranslateUi();
  applyColors();
}

void LossChart::retranslateUi() {
  setAccessibleName(tr("Train and eval loss over the steps"));
  setCompact(m_compact);
  sayWhatIsAbove();
  m_raw->setName(tr("train"));
  m_smooth->setName(tr("train, smoothed"));
  m_eval->setName(tr("eval"));
  m_best->setName(tr("best step"));
  m_bad->setName(tr("not a number"));
  m_epochsDrawn = 0;
}

void LossChart::addLegend() {
  QCPLegend* legend = plot()->legend;
  plot()->axisRect()->insetLayout()->take(legend);
  auto* row = new QCPLayoutGrid;
  plot()->plotLayout()->insertRow(0);
  plot()->plotLayout()->addElement(0, 0, row);
  m_above = new QCPTextElement(plot(), QString(), captionFont());
  m_above->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
  m_above->setMargins({6, 2, 0, 0});
  row->addElement(0, 0, m_above);
  row->addElement(0, 1, legend);
  row->setColumnStretchFactor(1, 0.001);
  legend->setFillOrder(QCPLegend::foColumnsFirst);
  legend->setWrap(6);
  legend->setColumnSpacing(14);
  legend->setIconSize(26, 12);
  legend->setMargins({0, 2, 6, 0});
  legend->setBorderPen(Qt::NoPen);
  legend->setBrush(Qt::NoBrush);
  legend->setVisible(true);
  plot()->plotLayout()->setRowStretchFactor(0, 0.001);
  plot()->plotLayout()->setRowSpacing(0);
}

void LossChart::setSmoothing(double weight) {
  weight = std::clamp(weight, 0.0, 0.99);
  if (weight == m_weight) return;
  m_weight = weight;
  m_generation = -1;  // the running mean starts over
  recolor();
  markStale();
}

void LossChart::setCompact(bool on) {
  m_compact = on;
  plot()->xAxis->setLabel(on ? QString() : tr("step"));
  plot()->yAxis->setLabel(on ? QString() : tr("loss (nats per token)"));
  markStale();
}

void LossChart::setLogarithmic(bool on) {
  if (on == m_logarithmic) return;
  m_logarithmic = on;
  plot()->yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  if (on)
    plot()->yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog));
  else
    plot()->yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
  plot()->yAxis->ticker()->setTickCount(5);
  resetView();
}

void LossChart::addOverlay(const RunRecord& run) {
  removeOverlay(run.folder);
  Overlay overlay;
  overlay.folder = run.folder;
  overlay.name = QString::fromStdString(run.name);
  overlay.run = std::make_shared<const RunRecord>(run);
  overlay.train = plot()->addGraph();
  overlay.eval = plot()->addGraph();
  overlay.train->setName(overlay.name.section(QLatin1Char('-'), 0, 0));  // the legend has one line for all
  overlay.eval->removeFromLegend();
  for (const StepDone& p : run.steps) overlay.train->addData(static_cast<double>(p.step), p.loss);
  for (const EvalDone& p : run.evals) overlay.eval->addData(static_cast<double>(p.step), p.eval_loss);
  overlay.train->setLayer(QStringLiteral("grid"));  // behind the run itself
  overlay.eval->setLayer(QStringLiteral("grid"));
  m_overlays.push_back(std::move(overlay));
  recolor();
  resetView();
}

void LossChart::removeOverlay(const std::filesystem::path& folder) {
  const auto it =
      std::find_if(m_overlays.begin(), m_overlays.end(), [&](const Overlay& o) { return o.folder == folder; });
  if (it == m_overlays.end()) return;
  plot()->removeGraph(it->train);
  plot()->removeGraph(it->eval);
  m_overlays.erase(it);
  recolor();
  resetView();
}

QColor LossChart::overlayColor(std::size_t position) const {
  // Greyed violet, teal, ochre, rose: none near the run's own blue and orange.
  static const int hues[] = {285, 175, 60, 335};
  const bool dark = colors(this).dark;
  return QColor::fromHsl(hues[position % 4], 70, dark ? 165 : 120);
}

void LossChart::rebuild() {
  for (QCPGraph* graph : {m_raw, m_smooth, m_eval, m_best, m_bad}) graph->data()->clear();
  m_smoother = Smoothing(m_weight);
  m_stepsDrawn = m_evalsDrawn = 0;
  m_epochEnds.clear();
  m_hasPoints = false;
  m_generation = m_curves->generation();
}

void LossChart::include(double loss) {
  if (!std::isfinite(loss)) return;
  m_low = m_hasPoints ? std::min(m_low, loss) : loss;
  m_high = m_hasPoints ? std::max(m_high, loss) : loss;
  if (loss > 0) m_lowPositive = m_hasPoints && m_lowPositive > 0 ? std::min(m_lowPositive, loss) : loss;
  m_hasPoints = true;
}

void LossChart::syncCurves() {
  if (m_generation != m_curves->generation()) rebuild();
  const auto& steps = m_curves->steps();
  const std::size_t count = steps.size() - std::min(steps.size(), m_stepsDrawn);
  QVector<double> x, y, smooth;
  x.reserve(static_cast<int>(count));
  y.reserve(static_cast<int>(count));
  for (; m_stepsDrawn < steps.size(); ++m_stepsDrawn) {
    const StepDone& p = steps[m_stepsDrawn];
    x.append(static_cast<double>(p.step));
    y.append(std::isfinite(p.loss) ? p.loss : not_measured);
    if (m_weight > 0) smooth.append(m_smoother.next(p.loss));
    if (!std::isfinite(p.loss)) m_bad->addData(static_cast<double>(p.step), m_hasPoints ? m_high : 1.0);
    include(p.loss);
    if (std::floor(p.epoch + 1e-9) > static_cast<double>(m_epochEnds.size()))
      m_epochEnds.push_back(static_cast<double>(p.step));
  }
  m_raw->addData(x, y, true);
  if (m_weight > 0) m_smooth->addData(x, smooth, true);
  const auto& evals = m_curves->evals();
  for (; m_evalsDrawn < evals.size(); ++m_evalsDrawn) {
    const EvalDone& p = evals[m_evalsDrawn];
    m_eval->addData(static_cast<double>(p.step), std::isfinite(p.eval_loss) ? p.eval_loss : not_measured);
    include(p.eval_loss);
  }
  syncBest();
  syncEpochs();
  choosePens();
  sayWhatIsAbove();
}

void LossChart::syncBest() {
  const std::int64_t step = m_curves->bestStep();
  const EvalDone* best = step > 0 ? m_curves->evalAt(step) : nullptr;
  m_best->data()->clear();
  m_bestText->setVisible(best != nullptr && !m_compact);
  if (!best) return;
  m_best->addData(static_cast<double>(step), best->eval_loss);
  m_bestPlace->position->setCoords(static_cast<double>(step), best->eval_loss);
  m_bestText->setText(tr("best: step %1").arg(QLocale().toString(static_cast<qlonglong>(step))));
  placeBestText();
}

void LossChart::placeBestText() {
  if (!m_bestText->visible()) return;
  const double step = m_bestPlace->position->key(), loss = m_bestPlace->position->value();
  // Beside an edge the words turn inwards.
  const QCPRange range = plot()->xAxis->range();
  const double share = (step - range.lower) / std::max(1e-9, range.size());
  // Below the star where the epochs' names stand above it.
  const QCPRange y = plot()->yAxis->range();
  const double fromTop = plot()->yAxis->scaleType() == QCPAxis::stLogarithmic
                             ? std::log(y.upper / loss) / std::log(y.upper / y.lower)
                             : (y.upper - loss) / std::max(1e-9, y.size());
  const bool below = fromTop < kTopShare;
  m_bestText->position->setCoords(0, below ? kStarSize / 2 : -kStarSize / 2);
  m_bestText->setPositionAlignment((below ? Qt::AlignTop : Qt::AlignBottom) | (share > 0.85   ? Qt::AlignRight
                                                                               : share < 0.15 ? Qt::AlignLeft
                                                                                              : Qt::AlignHCenter));
}

void LossChart::syncEpochs() {
  std::size_t every = 1;
  if (!m_epochEnds.empty()) {
    const double steps = m_epochEnds.back() / static_cast<double>(m_epochEnds.size());
    const double pixels = steps / xRange().upper * std::max(1, plot()->axisRect()->width());
    every = static_cast<std::size_t>(std::max(1.0, std::ceil(kEpochMarkWidth / std::max(1.0, pixels))));
  }
  std::vector<std::pair<double, std::size_t>> marks;
  for (std::size_t i = every - 1; i < m_epochEnds.size(); i += every) marks.emplace_back(m_epochEnds[i], i + 1);
  if (marks.size() == m_epochsDrawn && !m_epochLines.empty() && every == 1) return;
  while (m_epochLines.size() < marks.size()) {
    auto* line = new QCPItemStraightLine(plot());
    line->setLayer(QStringLiteral("grid"));
    auto* text = new QCPItemText(plot());
    text->setLayer(QStringLiteral("grid"));
    text->position->setTypeX(QCPItemPosition::ptPlotCoords);
    text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    text->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
    m_epochLines.push_back(line);
    m_epochTexts.push_back(text);
  }
  for (std::size_t i = 0; i < m_epochLines.size(); ++i) {
    const bool used = i < marks.size() && !m_compact;
    m_epochLines[i]->setVisible(used);
    m_epochTexts[i]->setVisible(used);
    if (!used) continue;
    m_epochLines[i]->point1->setCoords(marks[i].first, 0.0);
    m_epochLines[i]->point2->setCoords(marks[i].first, 1.0);
    m_epochTexts[i]->position->setCoords(marks[i].first, 0.0);
    m_epochTexts[i]->setText(tr("epoch %1").arg(marks[i].second));
  }
  m_epochsDrawn = marks.size();
  const Colors& c = colors(this);
  for (auto* line : m_epochLines) line->setPen(QPen(c.border, 1, Qt::DotLine));
  for (auto* text : m_epochTexts) {
    text->setColor(c.muted);
    text->setFont(captionFont());
    text->setPadding({0, 0, 4, 0});
  }
}

void LossChart::choosePens() {
  const Colors& c = colors(this);
  const QCPRange range = plot()->xAxis->range();
  const auto& steps = m_curves->steps();
  double inView = 0.0;
  if (!steps.empty()) {
    const auto first = nearest(steps, range.lower), last = nearest(steps, range.upper);
    inView = static_cast<double>(last - first);
  }
  const bool dense = inView / std::max(1, plot()->axisRect()->width()) > kDensePerPixel;
  const double thick = dense ? 1.0 : 2.0;
  QColor raw = c.train;
  if (m_weight > 0) raw.setAlphaF(c.dark ? 0.40 : 0.32);
  m_raw->setPen(QPen(raw, m_weight > 0 ? 1.0 : thick));
  m_smooth->setPen(QPen(c.train, thick));
  m_raw->setAntialiased(!dense);
  m_smooth->setAntialiased(!dense);
}

void LossChart::recolor() {
  const Colors& c = colors(this);
  QPen evalPen(c.eval, 2.0, Qt::CustomDashLine);
  evalPen.setDashPattern({4, 2});
  m_eval->setPen(evalPen);
  m_eval->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(c.eval, 1.5), QBrush(c.card), 6));
  m_best->setScatterStyle(QCPScatterStyle(star(3), QPen(c.card, 0.3), QBrush(c.accent), kStarSize));
  m_best->setPen(QPen(c.accent));
  m_bad->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCross, QPen(c.bad, 2), Qt::NoBrush, 9));
  m_bestText->setColor(c.accent);
  m_bestText->setFont(captionFont());
  m_bestText->setPadding({3, 0, 3, 0});  // on a ground of its own: a spike behind it would strike the words out
  QColor ground = c.card;
  ground.setAlphaF(0.85F);
  m_bestText->setBrush(ground);
  for (std::size_t i = 0; i < m_overlays.size(); ++i) {
    const QColor color = overlayColor(i);
    m_overlays[i].train->setPen(QPen(color, 1.2));
    m_overlays[i].eval->setPen(QPen(color, 1.2, Qt::DashLine));
    m_overlays[i].eval->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, color, 4));
  }
  m_above->setTextColor(c.muted);
  m_above->setFont(captionFont());
  QCPLegend* legend = plot()->legend;
  legend->setFont(captionFont());
  legend->setTextColor(c.muted);
  m_smooth->setVisible(m_weight > 0);
  const auto listed = [&](QCPGraph* graph, bool on) {
    if (on)
      graph->addToLegend();
    else
      graph->removeFromLegend();
  };
  listed(m_smooth, m_weight > 0);
  listed(m_best, false);
  listed(m_bad, false);
  for (const Overlay& o : m_overlays) {  // last, in the order in which they came
    listed(o.train, false);
    listed(o.train, true);
  }
  m_epochsDrawn = 0;
  choosePens();
}

CurvePlot::Range LossChart::xRange() const {
  double end = static_cast<double>(m_curves->maxSteps());
  if (!m_curves->steps().empty()) end = std::max(end, static_cast<double>(m_curves->steps().back().step));
  for (const Overlay& o : m_overlays) end = std::max(end, static_cast<double>(o.run->last_step()));
  return {0.0, std::max(1.0, end)};
}

CurvePlot::Range LossChart::yRange() const {
  double low = m_low, high = m_high, positive = m_lowPositive;
  bool any = m_hasPoints;
  for (const Overlay& o : m_overlays) {
    const auto take = [&](double loss) {
      if (!std::isfinite(loss)) return;
      low = any ? std::min(low, loss) : loss;
      high = any ? std::max(high, loss) : loss;
      if (loss > 0) positive = any && positive > 0 ? std::min(positive, loss) : loss;
      any = true;
    };
    for (const StepDone& p : o.run->steps) take(p.loss);
    for (const EvalDone& p : o.run->evals) take(p.eval_loss);
  }
  if (!any) return m_logarithmic ? Range{0.01, 10.0} : Range{0.0, 1.0};
  if (m_logarithmic) return {positive > 0 ? positive : 1e-6, std::max(high, 2e-6)};
  return {std::min(0.0, low), high};  // a loss has a zero: showing it keeps small wiggles small
}

CurvePlot::Range LossChart::focusedYRange() const {
  // All of it: by hand-drawn shapes, where factors are seen anyway, and where something is no number.
  if (m_logarithmic || m_compact || !m_bad->data()->isEmpty()) return yRange();
  const auto own = curveFocus(m_curves->steps(), m_curves->evals(), &StepDone::loss);
  if (!own || !own->settled) return yRange();
  Range range{own->lower, own->upper};
  for (const Overlay& o : m_overlays) {
    const auto other = curveFocus(o.run->steps, o.run->evals, &StepDone::loss);
    if (!other) continue;
    range.lower = std::min(range.lower, other->lower);
    range.upper = std::max(range.upper, other->upper);
  }
  return range;
}

QString LossChart::readOut(double& step) const {
  const auto position = m_curves->nearestStep(step);
  const auto ended = [&step](const auto& points) {
    return points.empty() || static_cast<double>(points.back().step) + 0.5 < step;
  };
  const auto reaches =
      std::find_if(m_overlays.begin(), m_overlays.end(), [&](const Overlay& o) { return !ended(o.run->steps); });
  if (!position && reaches == m_overlays.end()) return {};
  const Colors& c = colors(this);
  QString rows;
  double epoch = -1.0;
  // Behind the run's own end only those speak that went further.
  const bool own = position && (!ended(m_curves->steps()) || reaches == m_overlays.end());
  if (own) {
    const StepDone& p = m_curves->steps()[*position];
    step = static_cast<double>(p.step);
    epoch = p.epoch;
    rows += readOutRow(c.train, tr("train"), lossText(p.loss));
    if (m_weight > 0) {
      const auto it = m_smooth->data()->findBegin(step, false);
      if (it != m_smooth->data()->constEnd()) rows += readOutRow(c.train, tr("train, smoothed"), lossText(it->value));
    }
    if (!m_curves->evals().empty()) {
      const auto it = nearest(m_curves->evals(), step);
      rows += readOutRow(c.eval, tr("eval at step %1").arg(QLocale().toString(static_cast<qlonglong>(it->step))),
                         lossText(it->eval_loss));
    }
  } else {
    const StepDone& p = *nearest(reaches->run->steps, step);
    step = static_cast<double>(p.step);
    epoch = p.epoch;
  }
  for (std::size_t i = 0; i < m_overlays.size(); ++i) {
    const Overlay& o = m_overlays[i];
    if (ended(o.run->steps)) continue;
    rows += readOutRow(overlayColor(i), tr("%1, train").arg(o.name), lossText(nearest(o.run->steps, step)->loss));
    if (!o.run->evals.empty())
      rows += readOutRow(overlayColor(i), tr("%1, eval").arg(o.name), lossText(nearest(o.run->evals, step)->eval_loss));
  }
  QString head = tr("step %1").arg(QLocale().toString(static_cast<qlonglong>(std::llround(step))));
  if (epoch >= 0) head += QStringLiteral(" · ") + tr("epoch %1").arg(QLocale().toString(epoch, 'f', 2));
  return QStringLiteral("<div>%1</div><table cellspacing='0' cellpadding='1'>%2</table>")
      .arg(head.toHtmlEscaped(), rows);
}

double LossChart::neighbourStep(double step, int direction) const {
  const auto& steps = m_curves->steps();
  if (steps.empty()) return -1.0;
  const auto it = std::lower_bound(steps.begin(), steps.end(), step, [](const StepDone& p, double wanted) {
    return static_cast<double>(p.step) < wanted;
  });
  if (direction < 0) return static_cast<double>(it == steps.begin() ? it->step : std::prev(it)->step);
  if (it == steps.end()) return static_cast<double>(steps.back().step);
  if (static_cast<double>(it->step) > step || std::next(it) == steps.end()) return static_cast<double>(it->step);
  return static_cast<double>(std::next(it)->step);
}

void LossChart::sayWhatIsAbove() {
  const bool cut = m_hasPoints && !m_compact && followsRun() && m_high > shownY().upper;
  m_above->setText(cut ? tr("It begins higher; a double click shows all") : QString());
}

void LossChart::viewChanged() {
  if (!m_raw) return;
  choosePens();
  placeBestText();
  sayWhatIsAbove();
}

}  // namespace minnow
