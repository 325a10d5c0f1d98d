// SplitView: how large the validation and test splits should be, and what the last split gave.
#pragma once

#include <QWidget>
#include <optional>

#include "widgets/data/data_types.h"

QT_FORWARD_DECLARE_CLASS(QCheckBox)
QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QDoubleSpinBox)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QSpinBox)

namespace minnow {

class Card;
class HeadlineFigure;

class SplitView final : public QWidget {
  Q_OBJECT

 public:
  explicit SplitView(QWidget* parent = nullptr);
  SplitRequest request() const;
  /// The parts as they are.
  void showOutcome(const SplitOutcome& outcome);
  void clear();

 Q_SIGNALS:
  void leakingRowsWanted();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Part {
    QLabel* name;
    QDoubleSpinBox* value;
    QComboBox* unit;
  };
  Part makePart(const char* name);
  void unitChanged(const Part& part);
  void retranslateUi();
  void present();

  std::optional<SplitOutcome> m_outcome;
  Card *m_settings, *m_result;
  Part m_validation, m_test;
  QLabel *m_seedName, *m_similarityName, *m_hint;
  QSpinBox* m_seed;
  QDoubleSpinBox* m_similarity;
  QCheckBox* m_keep;
  HeadlineFigure *m_train, *m_valid, *m_tested, *m_outside;
  QLabel* m_leak;
  QPushButton* m_leaking;
};

}  // namespace minnow
