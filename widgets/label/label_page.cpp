// The stage Label.
#include "widgets/label/label_page.h"

namespace minnow {

LabelPage::LabelPage(QWidget* parent) : StagePage(QStringLiteral("label"), parent) {
  setObjectName(QStringLiteral("labelPage"));
  retranslateUi();
}

void LabelPage::retranslateUi() {
  setTexts(tr("Label"), tr("A larger model answers the raw rows; you check what is doubtful."), tr("Label"));
}

}  // namespace minnow
