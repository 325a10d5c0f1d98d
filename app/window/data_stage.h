// DataStage: the project's rows.
#pragma once

#include "app/window/stage.h"

namespace minnow {

class DataPage;

class DataStage final : public Stage {
  Q_OBJECT

 public:
  explicit DataStage(WindowContext& context);
  StagePage* page() override;

 private:
  DataPage* m_page;
};

}  // namespace minnow
