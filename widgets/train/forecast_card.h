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

  /// It is being worked out, once `waitsFor` is done: the lines stand there without figures.
  void setPending(const QString& waitsFor);
  void clear();  ///< nothing can be said: no rows, no project
  void setForecast(const TrainForecast& forecast);
  void setProblem(const QString& sentence);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  QString table(const std::optional<TrainForecast>& forecast) const;

  std::optional<TrainForecast> m_forecast;
  QString m_problem, m_waitsFor;
  bool m_pending = false;
  QLabel* m_label;
};

}  // namespace minnow
