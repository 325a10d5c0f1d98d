// EvaluatePage: The stage Evaluate.
#pragma once

#include "widgets/common/stage_page.h"

namespace minnow {

class EvaluatePage final : public StagePage {
  Q_OBJECT

 public:
  explicit EvaluatePage(QWidget* parent = nullptr);

 protected:
  void retranslateUi() override;
};

}  // namespace minnow
