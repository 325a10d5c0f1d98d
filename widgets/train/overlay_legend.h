// OverlayLegend: the earlier runs that are drawn behind a loss chart, each by its colour and by how its settings
// differ.
#pragma once

#include <QLabel>
#include <filesystem>
#include <vector>

#include "core/types/run_record.h"

namespace minnow {

class LossChart;

class OverlayLegend final : public QLabel {
  Q_OBJECT

 public:
  /// The runs are drawn in `chart`, which outlives the legend.
  explicit OverlayLegend(LossChart* chart, QWidget* parent = nullptr);
  /// `differences`: of the run's settings to those of the run that the chart shows.
  void setOverlay(const RunRecord& run, const std::vector<SettingDifference>& differences);
  void removeOverlay(const std::filesystem::path& folder);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void showLines();

  struct Overlay {
    std::filesystem::path folder;
    QString name;
    std::vector<SettingDifference> differences;
  };

  LossChart* m_chart;
  std::vector<Overlay> m_overlays;
};

}  // namespace minnow
