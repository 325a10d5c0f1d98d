// EvaluateStage: before and after on the same rows.
#pragma once

#include "app/window/stage.h"

namespace minnow {

class EvaluatePage;

class EvaluateStage final : public Stage {
  Q_OBJECT

 public:
  explicit EvaluateStage(WindowContext& context);
  StagePage* page() override;

 private:
  EvaluatePage* m_page;
};

}  // namespace minnow
