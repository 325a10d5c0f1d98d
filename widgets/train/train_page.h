// TrainPage: The stage Train.
#pragma once

#include "widgets/common/stage_page.h"

namespace minnow {

class TrainPage final : public StagePage {
  Q_OBJECT

 public:
  explicit TrainPage(QWidget* parent = nullptr);

 protected:
  void retranslateUi() override;
};

}  // namespace minnow
