// CheckSession: the audit of all rows, and the split into parts, which ends with looking for leaks.
#pragma once

#include "app/window/session.h"
#include "widgets/data/data_types.h"

namespace minnow {

class CheckSession final : public Session {
  Q_OBJECT

 public:
  using Session::Session;
  ~CheckSession() override { stopAndWait(); }

  void check();
  void splitRows(const SplitRequest& request);

 Q_SIGNALS:
  void checked(const minnow::CheckOutcome& outcome);
  void splitDone(const minnow::SplitOutcome& outcome, const minnow::CheckOutcome& check);
};

}  // namespace minnow
