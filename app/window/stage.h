// Stage: one of the window's pages and what drives it. The window knows stages by this interface only; a stage knows
// the engine, the project and the status bar by WindowContext.
#pragma once

#include <QObject>
#include <memory>

#include "core/demo/demo_project.h"
#include "widgets/common/stage_list.h"

namespace minnow {

class Activity;
class EngineThread;
class JobThread;
class MachineProbe;
class Session;
class StagePage;
class WindowSettings;
class Workspace;

/// What every stage may use. All outlive the stages.
struct WindowContext {
  EngineThread& engine;  ///< computing
  JobThread& files;      ///< opening, importing, auditing: goes on while the engine trains
  Workspace& workspace;  ///< the open project
  Activity& activity;    ///< the status bar
  WindowSettings& settings;
  MachineProbe* machine = nullptr;  ///< null in tests that need none
  DemoProjectOptions demo = {};     ///< what "Open the demo project" makes; tests want fewer rows
};

enum class StageId { start, model, data, label, train, evaluate, try_out, export_out };
inline constexpr int stageCount = 8;

class Stage : public QObject {
  Q_OBJECT

 public:
  explicit Stage(WindowContext& context);
  /// Made with the stage; the window takes it as a child and outlives the stage.
  virtual StagePage* page() = 0;
  virtual StageMark mark() const { return StageMark::none; }
  /// Says again what the stage itself has put on its page: reasons, notes. Called when the language has changed, and
  /// when the project's folder went or came back.
  virtual void retranslate() {}
  /// Whether closing the window now would stop something; asked before closing.
  virtual bool isBusy() const { return false; }

 Q_SIGNALS:
  void markChanged();
  void goTo(minnow::StageId stage);

 protected:
  WindowContext& context() const { return m_context; }
  /// Before a job of the engine starts: where it must wait for another, the page says for which, until it gets going.
  void tellWhatIsWaitedFor(Session& session);

 private:
  WindowContext& m_context;
};

std::unique_ptr<Stage> makeStage(StageId id, WindowContext& context);

}  // namespace minnow
