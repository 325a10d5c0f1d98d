// The stage Data.
#include "widgets/data/data_page.h"

namespace minnow {

DataPage::DataPage(QWidget* parent) : StagePage(QStringLiteral("data"), parent) {
  setObjectName(QStringLiteral("dataPage"));
  retranslateUi();
}

void DataPage::retranslateUi() { setTexts(tr("Data"), tr("The rows that the student learns from."), tr("Import")); }

}  // namespace minnow
