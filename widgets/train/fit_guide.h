// FitGuide: a page on underfitting, good fit, overfitting and diverging, drawn with the charts that the run itself has.
#pragma once

#include <QWidget>
#include <array>

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

class LossChart;
class RunCurvesModel;

class FitGuide final : public QWidget {
  Q_OBJECT

 public:
  static constexpr int caseCount = 4;

  explicit FitGuide(QWidget* parent = nullptr);

 Q_SIGNALS:
  void closed();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Case {
    RunCurvesModel* curves;
    LossChart* chart;
    QLabel *name, *see, *means, *change;
  };
  void retranslateUi();
  std::array<Case, caseCount> m_cases;
  QLabel *m_title, *m_lead, *m_note;
  QPushButton* m_back;
};

}  // namespace minnow
