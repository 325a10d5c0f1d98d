// VerdictCard: how a run fits, as a shape and a word, the figures it rests on, what to change, and one click to do it.
#pragma once

#include <QStringList>
#include <optional>
#include <vector>

#include "core/types/train_continuation.h"
#include "core/types/verdict.h"
#include "widgets/common/badge.h"
#include "widgets/common/card.h"

QT_FORWARD_DECLARE_CLASS(QDoubleSpinBox)
QT_FORWARD_DECLARE_CLASS(QGridLayout)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

/// A remedy that can be clicked now: which setting goes from what to what.
struct RemedyOffer {
  Remedy remedy = Remedy::none;
  double now = 0.0, then = 0.0;  ///< epochs, rank or learning rate; restore_best: `then` is the step
};

/// What the card shows beside the verdict.
struct VerdictFacts {
  double eval_loss = not_measured, best_eval_loss = not_measured, train_loss = not_measured;
  double exact_rows = not_measured;
  std::int64_t step = 0, best_step = 0, evaluations = 0, validation_rows = 0;
  std::int64_t step_in_use = 0;  ///< checkpoint that Evaluate, Try and Export take; 0 = none
  bool running = false;
};

QString fitWord(Fit fit);
/// The figures that the verdict rests on, in one or two sentences.
QString fitEvidence(const Verdict& verdict);
Tone fitTone(Fit fit);

class VerdictCard final : public Card {
  Q_OBJECT

 public:
  explicit VerdictCard(QWidget* parent = nullptr);

  void setVerdict(const Verdict& verdict, const VerdictFacts& facts);
  /// Empty: no buttons, while a run is on or where there is nothing to change.
  void setOffers(const std::vector<RemedyOffer>& offers);
  /// What "continue" would do for the chosen number of epochs; nothing: it can't be continued.
  void setContinuation(const std::optional<TrainContinuation>& what);
  double extraEpochs() const;

 Q_SIGNALS:
  void remedyChosen(minnow::Remedy remedy);
  void continueChosen(double epochs);
  void extraEpochsChanged(double epochs);
  void helpWanted();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void showFigures();
  void showOffers();
  void showContinuation();
  QString offerText(const RemedyOffer& offer) const;
  QString offerTip(const RemedyOffer& offer) const;
  QString advice() const;

  Verdict m_verdict;
  VerdictFacts m_facts;
  std::vector<RemedyOffer> m_offers;
  std::optional<TrainContinuation> m_continuation;
  Badge* m_badge;
  QLabel* m_advice;
  QWidget* m_figures;
  QGridLayout* m_grid;
  QLabel* m_inUse;
  QVBoxLayout* m_buttons;
  QWidget* m_continueRow;
  QPushButton* m_continue;
  QDoubleSpinBox* m_epochs;
  QLabel* m_schedule;
  QPushButton* m_help;
};

}  // namespace minnow
