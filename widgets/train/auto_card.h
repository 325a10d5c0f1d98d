// AutoCard: what recipe auto chose for a run, why, and the range test behind its learning rate.
#pragma once

#include "core/types/auto_choice.h"
#include "widgets/common/card.h"

namespace minnow {

class RateChart;

/// A setting's name as people read it: "Rows per step".
QString autoSettingName(const std::string& name);
/// Its value, by the locale.
QString autoSettingValue(const ChosenSetting& setting);
/// A line for each: name, value, reason in the window's language (HTML).
QString autoReasons(const std::vector<ChosenSetting>& settings);

class AutoCard final : public Card {
  Q_OBJECT

 public:
  explicit AutoCard(QWidget* parent = nullptr);
  /// An empty choice hides the card.
  void setChoice(const AutoChoice& choice);
  /// One more step of a range test that goes on.
  void addRate(const RatePoint& point);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void show();

  AutoChoice m_choice;
  QLabel* m_text;
  RateChart* m_chart;
};

}  // namespace minnow
