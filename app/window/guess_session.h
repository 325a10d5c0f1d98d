// GuessSession: reads a file of rows for the fields that it suggests (core/data/guess_task.h), on the files thread.
#pragma once

#include "app/window/session.h"
#include "core/data/guess_task.h"

namespace minnow {

class GuessSession final : public Session {
  Q_OBJECT

 public:
  using Session::Session;
  ~GuessSession() override { stopAndWait(); }

  /// `input`: the column of the text to read, or empty. Not while isRunning().
  void read(const QString& file, const QString& input);

 Q_SIGNALS:
  /// Not where it was stopped.
  void guessed(const QString& file, const minnow::TaskGuess& guess);
};

}  // namespace minnow
