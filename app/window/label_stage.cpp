// a teacher answers raw rows.
#include "app/window/label_stage.h"

#include "widgets/label/label_page.h"

namespace minnow {

LabelStage::LabelStage(WindowContext& context) : Stage(context), m_page(new LabelPage) {}

StagePage* LabelStage::page() { return m_page; }

}  // namespace minnow
