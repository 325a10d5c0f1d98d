// Which class is which stage.
#include "app/window/stage.h"

#include "app/window/data_stage.h"
#include "app/window/evaluate_stage.h"
#include "app/window/export_stage.h"
#include "app/window/label_stage.h"
#include "app/window/model_stage.h"
#include "app/window/start_stage.h"
#include "app/window/train_stage.h"
#include "app/window/try_stage.h"

namespace minnow {

std::unique_ptr<Stage> makeStage(StageId id, WindowContext& context) {
  switch (id) {
    case StageId::start:
      return std::make_unique<StartStage>(context);
    case StageId::model:
      return std::make_unique<ModelStage>(context);
    case StageId::data:
      return std::make_unique<DataStage>(context);
    case StageId::label:
      return std::make_unique<LabelStage>(context);
    case StageId::train:
      return std::make_unique<TrainStage>(context);
    case StageId::evaluate:
      return std::make_unique<EvaluateStage>(context);
    case StageId::try_out:
      return std::make_unique<TryStage>(context);
    case StageId::export_out:
      return std::make_unique<ExportStage>(context);
  }
  return nullptr;
}

}  // namespace minnow
