// One line over a logarithmic axis.
#include "widgets/charts/rate_chart.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "widgets/charts/qcustomplot.h"
#include "widgets/common/number_text.h"
#include "widgets/look/colors.h"
#include "widgets/look/look.h"

namespace minnow {

RateChart::RateChart(QWidget* parent) : CurvePlot(parent) {
  setObjectName(QStringLiteral("rateChart"));
  setFileName(QStringLiteral("range-test"));
  m_line = plot()->addGraph();
  m_mark = new QCPItemStraightLine(plot());
  QCPAxis* x = plot()->xAxis;
  x->setScaleType(QCPAxis::stLogarithmic);
  x->setTicker(QSharedPointer<QCPAxisTickerLog>(new QCPAxisTickerLog));
  x->setNumberFormat(QStringLiteral("eb"));
  x->setNumberPrecision(0);
  plot()->yAxis->ticker()->setTickCount(3);
  retranslateUi();
  applyColors();
}

void RateChart::setPoints(const std::vector<RatePoint>& tried, double chosen) {
  m_tried = tried;
  m_chosen = chosen;
  markStale();
}

void RateChart::syncCurves() {
  m_line->data()->clear();
  for (const RatePoint& p : m_tried) {
    if (std::isfinite(p.loss)) m_line->addData(p.learning_rate, p.loss);
  }
  m_mark->setVisible(m_chosen > 0.0 && !m_tried.empty());
  m_mark->point1->setCoords(m_chosen, 0.0);
  m_mark->point2->setCoords(m_chosen, 1.0);
}

void RateChart::recolor() {
  const Colors& c = colors(this);
  m_line->setPen(QPen(c.train, 1.5));
  m_mark->setPen(QPen(c.accent, 1.5, Qt::DashLine));
}

CurvePlot::Range RateChart::xRange() const {
  if (m_tried.size() < 2) return {1e-5, 1e-1};
  return {m_tried.front().learning_rate, m_tried.back().learning_rate};
}

CurvePlot::Range RateChart::yRange() const {
  if (m_tried.empty()) return {0.0, 1.0};
  double low = m_tried.front().loss, high = low;
  for (const RatePoint& p : m_tried) {
    if (!std::isfinite(p.loss)) continue;
    low = std::min(low, p.loss);
    high = std::max(high, p.loss);
  }
  return {low, std::min(high, 2.0 * m_tried.front().loss)};  // where it blew up, how far says nothing
}

const RatePoint* RateChart::nearest(double rate) const {
  const RatePoint* best = nullptr;
  for (const RatePoint& p : m_tried) {
    if (!best || std::abs(std::log(p.learning_rate / rate)) < std::abs(std::log(best->learning_rate / rate))) best = &p;
  }
  return best;
}

QString RateChart::readOut(double& step) const {
  const RatePoint* p = step > 0.0 ? nearest(step) : nullptr;
  if (!p) return {};
  step = p->learning_rate;
  const QString loss = std::isfinite(p->loss) ? QLocale().toString(p->loss, 'f', 3) : QStringLiteral("–");
  return tr("Rate %1: loss %2").arg(NumberText::rate(p->learning_rate, 2), loss);
}

double RateChart::neighbourStep(double step, int direction) const {
  const RatePoint* p = step > 0.0 ? nearest(step) : nullptr;
  if (!p) return m_tried.empty() ? -1.0 : m_tried.front().learning_rate;
  const auto at = (p - m_tried.data()) + direction;
  return m_tried[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, std::ssize(m_tried) - 1))].learning_rate;
}

void RateChart::retranslateUi() {
  setAccessibleName(tr("Range test: loss over learning rate"));
  plot()->xAxis->setLabel(tr("Learning rate"));
  plot()->yAxis->setLabel(tr("Loss"));
}

QByteArray RateChart::csv() const {
  QByteArray text = "learning_rate,loss\n";
  for (const RatePoint& p : m_tried)
    text += QByteArray::number(p.learning_rate, 'g', 6) + ',' +
            (std::isfinite(p.loss) ? QByteArray::number(p.loss, 'g', 6) : QByteArray()) + '\n';
  return text;
}

}  // namespace minnow
