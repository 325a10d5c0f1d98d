// the project's rows.
#include "app/window/data_stage.h"

#include "widgets/data/data_page.h"

namespace minnow {

DataStage::DataStage(WindowContext& context) : Stage(context), m_page(new DataPage) {}

StagePage* DataStage::page() { return m_page; }

}  // namespace minnow
