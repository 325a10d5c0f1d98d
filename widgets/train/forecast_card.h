// ForecastCard: what the run with these settings will be and take, told before it starts.
#pragma once

#include <optional>

#include "core/types/train_forecast.h"
#include "widgets/common/card.h"

namespace minnow {

class ForecastCard final : public Card {
  Q_OBJECT

 public:
  explicit ForecastCard(QWidget* parent = nullptr);

  /// It is being worked out; a forecast that is there stays until the new one comes.
  void setPending();
  void setForecast(const TrainForecast& forecast);
  void setProblem(const QString& sentence);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  QString table(const TrainForecast& forecast) const;

  std::optional<TrainForecast> m_forecast;
  QString m_problem;
  bool m_pending = false;
  QLabel* m_label;
};

}  // namespace minnow
