// before and after on the same rows.
#include "app/window/evaluate_stage.h"

#include "widgets/evaluate/evaluate_page.h"

namespace minnow {

EvaluateStage::EvaluateStage(WindowContext& context) : Stage(context), m_page(new EvaluatePage) {}

StagePage* EvaluateStage::page() { return m_page; }

}  // namespace minnow
