// RunFigureChart: one of the small charts beside the loss: learning rate, gradient norm, tokens per second, or the task
// score (exact rows and valid JSON, from decoding a few validation rows at each evaluation).
#pragma once

#include "widgets/charts/curve_plot.h"
#include "widgets/charts/run_curves_model.h"

class QCPGraph;
class QCPTextElement;

namespace minnow {

class RunFigureChart final : public CurvePlot {
  Q_OBJECT

 public:
  enum class Figure { learningRate, gradNorm, tokensPerSecond, score };

  /// `curves` must outlive the chart.
  RunFigureChart(Figure figure, RunCurvesModel* curves, QWidget* parent = nullptr);

  QByteArray csv() const override;
  QSize sizeHint() const override { return {220, 130}; }
  QString title() const;
  QString shownFigure() const;  ///< in the heading: the last one, or that of the step being read out

 protected:
  void syncCurves() override;
  void recolor() override;
  void retranslateUi() override;
  Range xRange() const override;
  Range yRange() const override;
  Range focusedYRange() const override;
  QString readOut(double& step) const override;
  double neighbourStep(double step, int direction) const override;

 private:
  bool isScore() const { return m_figure == Figure::score; }
  double valueOf(const StepDone& step) const;
  const EvalDone* scoredNear(double step) const;  ///< null: no row was ever decoded
  QString figureAt(double step) const;
  QString text(double value) const;

  Figure m_figure;
  RunCurvesModel* m_curves;
  QCPGraph *m_line, *m_second = nullptr;
  QCPTextElement *m_title, *m_last;
  int m_generation = -1;
  std::size_t m_drawn = 0;
  double m_low = 0.0, m_high = 0.0;
  bool m_hasPoints = false;
};

}  // namespace minnow
