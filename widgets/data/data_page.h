// DataPage: The stage Data.
#pragma once

#include "widgets/common/stage_page.h"

namespace minnow {

class DataPage final : public StagePage {
  Q_OBJECT

 public:
  explicit DataPage(QWidget* parent = nullptr);

 protected:
  void retranslateUi() override;
};

}  // namespace minnow
