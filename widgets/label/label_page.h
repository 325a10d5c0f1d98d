// LabelPage: The stage Label.
#pragma once

#include "widgets/common/stage_page.h"

namespace minnow {

class LabelPage final : public StagePage {
  Q_OBJECT

 public:
  explicit LabelPage(QWidget* parent = nullptr);

 protected:
  void retranslateUi() override;
};

}  // namespace minnow
