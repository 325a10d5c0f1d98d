// LabelSession: a local teacher answers rows, on the engine's thread: a trial of a few, a run over all, or one row
// again.
#pragma once

#include <QList>
#include <QStringList>

#include "app/window/session.h"
#include "widgets/label/label_types.h"

namespace minnow {

class LabelSession final : public Session {
  Q_OBJECT

 public:
  using Session::Session;
  ~LabelSession() override { stopAndWait(); }

  /// Each ends in tried() or labelled(), or in failed(). Not while isRunning().
  void tryRows(const LabelWish& wish, int count);
  void label(const LabelWish& wish);
  /// These rows once more, another way: sampled, since a greedy answer would be the same.
  void askAgain(const LabelWish& wish, const QStringList& ids);

 Q_SIGNALS:
  void tried(const QList<minnow::LabelTrialView>& trials);
  void rowLabelled();  ///< at most ten times a second; rows of the project have answers that they hadn't before
  void rowAnsweredAgain(const minnow::Row& row);  ///< each that was asked again, as it is now
  void labelled(const minnow::LabelOutcome& outcome);

 private:
  void run(const std::function<QString()>& what, const LabelWish& wish, const QStringList& ids);
};

}  // namespace minnow
