// The stage Train.
#include "widgets/train/train_page.h"

namespace minnow {

TrainPage::TrainPage(QWidget* parent) : StagePage(QStringLiteral("play"), parent) {
  setObjectName(QStringLiteral("trainPage"));
  retranslateUi();
}

void TrainPage::retranslateUi() { setTexts(tr("Train"), tr("Fit a LoRA adapter to the labelled rows."), tr("Train")); }

}  // namespace minnow
