// The engine's notes on a run in the window's language. They are English sentences; those that a person meets are known
// here by their beginning, another one is shown as it is.
#pragma once

#include <QCoreApplication>
#include <string>

namespace minnow {

class NoteText {
  Q_DECLARE_TR_FUNCTIONS(NoteText)

 public:
  static QString of(const std::string& sentence);
};

}  // namespace minnow
