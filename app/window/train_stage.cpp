// runs.
#include "app/window/train_stage.h"

#include "widgets/train/train_page.h"

namespace minnow {

TrainStage::TrainStage(WindowContext& context) : Stage(context), m_page(new TrainPage) {}

StagePage* TrainStage::page() { return m_page; }

}  // namespace minnow
