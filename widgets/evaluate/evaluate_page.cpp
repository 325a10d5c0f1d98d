// The stage Evaluate.
#include "widgets/evaluate/evaluate_page.h"

namespace minnow {

EvaluatePage::EvaluatePage(QWidget* parent) : StagePage(QStringLiteral("evaluate"), parent) {
  setObjectName(QStringLiteral("evaluatePage"));
  retranslateUi();
}

void EvaluatePage::retranslateUi() {
  setTexts(tr("Evaluate"), tr("Is the tuned model really better, on rows it has never seen?"), tr("Evaluate"));
}

}  // namespace minnow
