// Which class is which stage, and what all have in common.
#include "app/window/stage.h"

#include "app/window/activity.h"
#include "app/window/data_stage.h"
#include "app/window/engine_thread.h"
#include "app/window/evaluate_stage.h"
#include "app/window/export_stage.h"
#include "app/window/label_stage.h"
#include "app/window/model_stage.h"
#include "app/window/start_stage.h"
#include "app/window/train_stage.h"
#include "app/window/try_stage.h"
#include "app/window/workspace.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/stage_page.h"

namespace minnow {

Stage::Stage(WindowContext& context) : m_context(context) {
  connect(&context.workspace, &Workspace::stateChanged, this, [this] { retranslate(); });
}

void Stage::tellWhatIsWaitedFor(Session& session) {
  const Activity::Entry* running = m_context.activity.front();
  if (m_context.engine.isIdle() || running == nullptr) return;
  page()->messageBar()->showNote([what = running->what] {
    return tr("%1 is still running; this starts when it is done. Until then it can be cancelled.").arg(what());
  });
  auto* until = new QObject(this);
  const auto over = [this, until, &session] {
    QObject::disconnect(&session, nullptr, until, nullptr);
    until->deleteLater();
    page()->messageBar()->clear();
  };
  connect(&session, &Session::begun, until, over);
  connect(&session, &Session::cancelled, until, over);
}

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
