// LossChart: train and eval loss of one run on one axis, every point kept; earlier runs behind it to compare with.
// Train is a solid blue line, eval a dashed orange one with dots; smoothing draws the running mean over the pale raw
// curve. A star marks the best step, thin lines the epochs. What lies above the range shown is said above the curves.
#pragma once

#include <memory>
#include <vector>

#include "core/types/run_record.h"
#include "widgets/charts/curve_plot.h"
#include "widgets/charts/run_curves_model.h"
#include "core/types/smoothing.h"

class QCPGraph;
class QCPItemText;
class QCPItemTracer;
class QCPLayoutGrid;
class QCPTextElement;

namespace minnow {

class LossChart final : public CurvePlot {
  Q_OBJECT

 public:
  /// `curves` must outlive the chart.
  explicit LossChart(RunCurvesModel* curves, QWidget* parent = nullptr);

  /// 0: off; up to 0.99. The raw curve stays visible behind.
  void setSmoothing(double weight);
  double smoothing() const { return m_weight; }
  void setLogarithmic(bool on);
  bool isLogarithmic() const { return m_logarithmic; }

  /// Without axis labels, epoch marks and words: for small drawings.
  void setCompact(bool on);

  /// Draws `run` behind the curves under `name`. The same folder again replaces it.
  void addOverlay(const RunRecord& run);
  void removeOverlay(const std::filesystem::path& folder);
  std::size_t overlayCount() const { return m_overlays.size(); }
  /// The line colour of an overlay, for a legend beside the chart.
  QColor overlayColor(std::size_t position) const;

  QByteArray csv() const override { return m_curves->csv(); }
  QSize sizeHint() const override { return {560, 220}; }  ///< low: a layout that wraps text takes it for the least

 protected:
  void syncCurves() override;
  void recolor() override;
  Range xRange() const override;
  Range yRange() const override;
  Range focusedYRange() const override;
  QString readOut(double& step) const override;
  double neighbourStep(double step, int direction) const override;
  void viewChanged() override;
  void retranslateUi() override;

 private:
  struct Overlay {
    std::filesystem::path folder;
    QString name;
    std::shared_ptr<const RunRecord> run;
    QCPGraph *train, *eval;
  };
  void rebuild();
  void addLegend();
  void syncBest();
  void placeBestText();
  void syncEpochs();
  void sayWhatIsAbove();
  void choosePens();
  void include(double loss);

  RunCurvesModel* m_curves;
  QCPGraph *m_raw = nullptr, *m_smooth = nullptr, *m_eval = nullptr, *m_best = nullptr, *m_bad = nullptr;
  QCPItemTracer* m_bestPlace;  ///< where the star is
  QCPItemText* m_bestText;     ///< above it, below it at the upper edge
  QCPTextElement* m_above;     ///< whether points lie above the range shown
  std::vector<QCPItemStraightLine*> m_epochLines;
  std::vector<QCPItemText*> m_epochTexts;
  std::vector<Overlay> m_overlays;
  Smoothing m_smoother;
  double m_weight = 0.0;
  bool m_logarithmic = false, m_compact = false;
  int m_generation = -1;
  std::size_t m_stepsDrawn = 0, m_evalsDrawn = 0, m_epochsDrawn = 0;
  std::vector<double> m_epochEnds;  // step at which each whole epoch ended
  double m_low = 0.0, m_high = 0.0, m_lowPositive = 0.0;
  bool m_hasPoints = false;
};

}  // namespace minnow
