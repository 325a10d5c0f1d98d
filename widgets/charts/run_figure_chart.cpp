// One line (two for the score), its name and its latest figure.
#include "widgets/charts/run_figure_chart.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "widgets/charts/curve_focus.h"
#include "widgets/charts/qcustomplot.h"
#include "widgets/common/number_text.h"
#include "widgets/look/colors.h"
#include "widgets/look/look.h"

namespace minnow {

RunFigureChart::RunFigureChart(Figure figure, RunCurvesModel* curves, QWidget* parent)
    : CurvePlot(parent), m_figure(figure), m_curves(curves) {
  m_line = plot()->addGraph();
  if (isScore()) m_second = plot()->addGraph();
  auto* row = new QCPLayoutGrid;
  m_title = new QCPTextElement(plot(), QString(), captionFont());
  m_title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
  m_last = new QCPTextElement(plot(), QString(), captionFont());
  m_last->setTextFlags(Qt::AlignRight | Qt::AlignVCenter);
  row->addElement(0, 0, m_title);
  if (isScore()) {  // two curves: their names and lines take the title's place
    QCPLegend* legend = plot()->legend;
    plot()->axisRect()->insetLayout()->take(legend);
    row->addElement(0, 1, legend);
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    legend->setColumnSpacing(6);
    legend->setIconSize(14, 8);
    legend->setIconTextPadding(3);
    legend->setMargins({0, 0, 0, 0});
    legend->setBorderPen(Qt::NoPen);
    legend->setBrush(Qt::NoBrush);
    legend->setVisible(true);
    row->setColumnStretchFactor(0, 0.001);
    row->setColumnStretchFactor(1, 0.001);
  }
  row->addElement(0, row->columnCount(), m_last);
  row->setMargins({6, 2, 8, 0});
  plot()->plotLayout()->insertRow(0);
  plot()->plotLayout()->addElement(0, 0, row);
  plot()->plotLayout()->setRowStretchFactor(0, 0.001);
  plot()->plotLayout()->setRowSpacing(0);
  plot()->xAxis->ticker()->setTickCount(3);
  plot()->yAxis->ticker()->setTickCount(3);
  if (figure == Figure::tokensPerSecond) {
    plot()->yAxis->setNumberFormat(QStringLiteral("f"));
    plot()->yAxis->setNumberPrecision(0);
  }
  connect(m_curves, &RunCurvesModel::curvesChanged, this, &RunFigureChart::markStale);
  retranslateUi();
  applyColors();
}

void RunFigureChart::retranslateUi() {
  setAccessibleName(isScore() ? tr("Share of rows exact and of valid JSON") : title());
  setToolTip(isScore() ? tr("Of the validation rows that were decoded: exactly right (solid), valid JSON (dashed)")
                       : QString());
  m_title->setText(isScore() ? QString() : title());
  if (isScore()) {
    //: a curve's name, where there is little room: share of rows that are exactly right
    m_line->setName(tr("exact"));
    m_second->setName(QStringLiteral("JSON"));
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (const int percent : {0, 50, 100}) ticker->addTick(percent / 100.0, tr("%1 %").arg(percent));
    plot()->yAxis->setTicker(ticker);
  }
}

QString RunFigureChart::title() const {
  switch (m_figure) {
    case Figure::learningRate:
      return tr("Learning rate");
    case Figure::gradNorm:
      return tr("Gradient norm");
    case Figure::tokensPerSecond:
      return tr("Tokens/s");
    case Figure::score:
      return tr("Rows exact");
  }
  return {};
}

double RunFigureChart::valueOf(const StepDone& step) const {
  switch (m_figure) {
    case Figure::learningRate:
      return step.learning_rate;
    case Figure::gradNorm:
      return step.grad_norm;
    case Figure::tokensPerSecond:
      return step.tokens_per_second > 0 ? step.tokens_per_second : not_measured;
    case Figure::score:
      break;
  }
  return not_measured;
}

QString RunFigureChart::text(double value) const {
  const QLocale locale;
  if (!std::isfinite(value)) return QStringLiteral("–");
  switch (m_figure) {
    case Figure::learningRate:
      return NumberText::rate(value, 2);  // beside the title there is room for no more
    case Figure::gradNorm:
      return locale.toString(value, 'f', 3);
    case Figure::tokensPerSecond:
      return locale.toString(value, 'f', 0);
    case Figure::score:
      return tr("%1 %").arg(locale.toString(100.0 * value, 'f', 0));
  }
  return {};
}

void RunFigureChart::syncCurves() {
  if (m_generation != m_curves->generation()) {
    m_line->data()->clear();
    if (m_second) m_second->data()->clear();
    m_drawn = 0;
    m_hasPoints = false;
    m_generation = m_curves->generation();
  }
  const auto include = [this](double value) {
    if (!std::isfinite(value)) return;
    m_low = m_hasPoints ? std::min(m_low, value) : value;
    m_high = m_hasPoints ? std::max(m_high, value) : value;
    m_hasPoints = true;
  };
  QString last;
  if (isScore()) {
    const auto& evals = m_curves->evals();
    for (; m_drawn < evals.size(); ++m_drawn) {
      if (evals[m_drawn].exact_rows < 0) continue;
      m_line->addData(static_cast<double>(evals[m_drawn].step), evals[m_drawn].exact_rows);
      m_second->addData(static_cast<double>(evals[m_drawn].step), evals[m_drawn].valid_json);
      include(evals[m_drawn].exact_rows);
    }
    if (!m_line->data()->isEmpty()) last = text((m_line->data()->constEnd() - 1)->value);
  } else {
    const auto& steps = m_curves->steps();
    QVector<double> x, y;
    for (; m_drawn < steps.size(); ++m_drawn) {
      const double value = valueOf(steps[m_drawn]);
      x.append(static_cast<double>(steps[m_drawn].step));
      y.append(std::isfinite(value) ? value : not_measured);
      include(value);
    }
    m_line->addData(x, y, true);
    if (!steps.empty()) last = text(valueOf(steps.back()));
  }
  m_last->setText(followedStep() < 0 ? last : figureAt(followedStep()));
  plot()->yAxis->setTickLabels(m_hasPoints || isScore());
}

QString RunFigureChart::shownFigure() const { return m_last->text(); }

void RunFigureChart::recolor() {
  const Colors& c = colors(this);
  for (QCPTextElement* element : {m_title, m_last}) {
    element->setFont(captionFont());
    element->setTextColor(element == m_title ? c.muted : c.text);
  }
  if (isScore()) {
    plot()->legend->setFont(captionFont());
    plot()->legend->setTextColor(c.muted);
    m_line->setPen(QPen(c.score, 2));
    m_line->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, c.score, 5));
    QPen dashed(c.score, 1.2, Qt::DashLine);
    m_second->setPen(dashed);
    m_second->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssSquare, QPen(c.score, 1), QBrush(c.card), 5));
  } else {
    m_line->setPen(QPen(c.train, 1));
  }
}

CurvePlot::Range RunFigureChart::xRange() const {
  double end = static_cast<double>(m_curves->maxSteps());
  if (!m_curves->steps().empty()) end = std::max(end, static_cast<double>(m_curves->steps().back().step));
  return {0.0, std::max(1.0, end)};
}

CurvePlot::Range RunFigureChart::yRange() const {
  if (isScore()) return {0.0, 1.0};
  if (!m_hasPoints) return {0.0, 1.0};
  return {std::min(0.0, m_low), m_high > 0 ? m_high : 1.0};
}

CurvePlot::Range RunFigureChart::focusedYRange() const {
  if (m_figure != Figure::gradNorm) return yRange();
  const auto focus = curveFocus(m_curves->steps(), {}, &StepDone::grad_norm);
  return focus && focus->settled ? Range{focus->lower, focus->upper} : yRange();
}

const EvalDone* RunFigureChart::scoredNear(double step) const {
  const EvalDone* best = nullptr;
  for (const EvalDone& eval : m_curves->evals()) {
    if (eval.exact_rows >= 0 &&
        (!best || std::abs(static_cast<double>(eval.step) - step) < std::abs(static_cast<double>(best->step) - step)))
      best = &eval;
  }
  return best;
}

QString RunFigureChart::figureAt(double step) const {
  if (isScore()) {
    const EvalDone* eval = scoredNear(step);
    return eval ? text(eval->exact_rows) : QString();
  }
  const auto position = m_curves->nearestStep(step);
  return position ? text(valueOf(m_curves->steps()[*position])) : QString();
}

QString RunFigureChart::readOut(double& step) const {
  const auto row = [](const QString& what, const QString& figure) {
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td align='right'><b>%2</b></td></tr>")
        .arg(what.toHtmlEscaped(), figure.toHtmlEscaped());
  };
  QString rows;
  if (isScore()) {
    const EvalDone* best = scoredNear(step);
    if (!best) return {};
    step = static_cast<double>(best->step);
    rows = row(tr("rows exact"), text(best->exact_rows)) + row(tr("valid JSON"), text(best->valid_json));
  } else {
    const auto position = m_curves->nearestStep(step);
    if (!position) return {};
    const StepDone& p = m_curves->steps()[*position];
    step = static_cast<double>(p.step);
    rows = row(title(), text(valueOf(p)));
  }
  return QStringLiteral("<div>%1</div><table cellspacing='0' cellpadding='1'>%2</table>")
      .arg(tr("step %1").arg(QLocale().toString(static_cast<qlonglong>(std::llround(step)))), rows);
}

double RunFigureChart::neighbourStep(double step, int direction) const {
  const auto position = m_curves->nearestStep(step);
  if (!position) return -1.0;
  if (isScore()) {
    const auto& evals = m_curves->evals();
    if (direction > 0) {
      for (const EvalDone& e : evals)
        if (static_cast<double>(e.step) > step) return static_cast<double>(e.step);
    } else {
      for (auto it = evals.rbegin(); it != evals.rend(); ++it)
        if (static_cast<double>(it->step) < step) return static_cast<double>(it->step);
    }
    return step;
  }
  const auto& steps = m_curves->steps();
  const auto moved = static_cast<std::ptrdiff_t>(*position) + (step < 0 ? 0 : direction);
  return static_cast<double>(steps[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(
                                       moved, 0, static_cast<std::ptrdiff_t>(steps.size()) - 1))]
                                 .step);
}

QByteArray RunFigureChart::csv() const {
  QByteArray text = isScore()                          ? QByteArrayLiteral("step,exact_rows,valid_json\n")
                    : m_figure == Figure::learningRate ? QByteArrayLiteral("step,learning_rate\n")
                    : m_figure == Figure::gradNorm     ? QByteArrayLiteral("step,grad_norm\n")
                                                       : QByteArrayLiteral("step,tokens_per_second\n");
  if (isScore()) {
    for (const EvalDone& e : m_curves->evals()) {
      if (e.exact_rows < 0) continue;
      text += QByteArray::number(static_cast<qlonglong>(e.step)) + ',' + QByteArray::number(e.exact_rows, 'g', 9) +
              ',' + QByteArray::number(e.valid_json, 'g', 9) + '\n';
    }
  } else {
    for (const StepDone& p : m_curves->steps()) {
      const double value = valueOf(p);
      text += QByteArray::number(static_cast<qlonglong>(p.step)) + ',' +
              (std::isnan(value) ? QByteArray() : QByteArray::number(value, 'g', 9)) + '\n';
    }
  }
  return text;
}

}  // namespace minnow
