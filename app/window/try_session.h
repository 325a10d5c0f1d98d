// TrySession: one press of "Ask": every text to the untuned model, then to the tuned one. A request to the engine
// thread: served between the steps of a run, or at once. The opened model is kept for the next time.
#pragma once

#include "app/window/session.h"
#include "core/types/task.h"
#include "widgets/try/try_types.h"

namespace minnow {

class TrySession final : public Session {
  Q_OBJECT

 public:
  explicit TrySession(WindowContext& context, QObject* parent = nullptr);
  ~TrySession() override { stopAndWait(); }

  struct ModelChoice {
    QString student, adapter;  ///< adapter empty: only "before" can be asked
    Task task;
    TemplateChoice studentTemplate = TemplateChoice::automatic;
    QString dtype = QStringLiteral("auto"), device = QStringLiteral("auto");
    bool besideOthers = false;  ///< another job computes: its number of threads stays
  };
  void ask(const ModelChoice& choice, const TryRequest& request);

 Q_SIGNALS:
  void textCame(int row, minnow::TrySide side, const QString& characters);
  void answered(int row, minnow::TrySide side, const minnow::TryAnswer& answer);

 private:
  struct Opened;  ///< the model of the last time; touched on the engine thread only
  std::shared_ptr<Opened> m_opened;
};

}  // namespace minnow
