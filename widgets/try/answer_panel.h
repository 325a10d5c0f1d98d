// AnswerPanel: one side's answer: as it comes, then its fields as a form with the probability of each value.
#pragma once

#include "widgets/common/badge.h"
#include "widgets/common/card.h"
#include "widgets/try/try_types.h"

QT_FORWARD_DECLARE_CLASS(QGridLayout)
QT_FORWARD_DECLARE_CLASS(QPlainTextEdit)
QT_FORWARD_DECLARE_CLASS(QStackedWidget)

namespace minnow {

class AnswerPanel final : public Card {
  Q_OBJECT

 public:
  AnswerPanel(TrySide side, QWidget* parent = nullptr);
  void setAnswer(const TryAnswer& answer);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void showForm();
  QString speedText() const;

  TrySide m_side;
  TryAnswer m_answer;
  Badge* m_badge;
  QStackedWidget* m_views;
  QPlainTextEdit* m_text;
  QWidget* m_form;
  QGridLayout* m_grid;
  QLabel* m_speed;
};

}  // namespace minnow
