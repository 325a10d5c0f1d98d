// TrainStage: runs.
#pragma once

#include "app/window/stage.h"

namespace minnow {

class TrainPage;

class TrainStage final : public Stage {
  Q_OBJECT

 public:
  explicit TrainStage(WindowContext& context);
  StagePage* page() override;

 private:
  TrainPage* m_page;
};

}  // namespace minnow
