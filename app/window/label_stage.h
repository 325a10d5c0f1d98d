// LabelStage: a teacher answers raw rows.
#pragma once

#include "app/window/stage.h"

namespace minnow {

class LabelPage;

class LabelStage final : public Stage {
  Q_OBJECT

 public:
  explicit LabelStage(WindowContext& context);
  StagePage* page() override;

 private:
  LabelPage* m_page;
};

}  // namespace minnow
