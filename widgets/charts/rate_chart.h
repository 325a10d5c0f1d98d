// RateChart: the range test of recipe auto. Loss over the learning rate, both as measured, and the rate that was chosen.
#pragma once

#include "core/types/auto_choice.h"
#include "widgets/charts/curve_plot.h"

class QCPGraph;
class QCPItemStraightLine;

namespace minnow {

class RateChart final : public CurvePlot {
  Q_OBJECT

 public:
  explicit RateChart(QWidget* parent = nullptr);
  void setPoints(const std::vector<RatePoint>& tried, double chosen);

  QByteArray csv() const override;
  QSize sizeHint() const override { return {260, 130}; }

 protected:
  void syncCurves() override;
  void recolor() override;
  Range xRange() const override;
  Range yRange() const override;
  QString readOut(double& step) const override;
  double neighbourStep(double step, int direction) const override;
  void retranslateUi() override;

 private:
  const RatePoint* nearest(double rate) const;
  std::vector<RatePoint> m_tried;
  double m_chosen = 0.0;
  QCPGraph* m_line;
  QCPItemStraightLine* m_mark;
};

}  // namespace minnow
