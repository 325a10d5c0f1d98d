// UserMessage: what went wrong, as a person reads it. Made by app/window/error_text, shown by MessageBar.
#pragma once

#include <QMetaType>
#include <QString>
#include <functional>

namespace minnow {

struct UserMessage {
  QString title;                       ///< what happened, one sentence, translated
  QString next_step;                   ///< what to do, one sentence, translated; may be empty
  QString details;                     ///< the engine's own English sentence, for the details pane and bug reports
  std::function<UserMessage()> again;  ///< says it once more, after a change of language; empty: it stays as it is
  bool isEmpty() const { return title.isEmpty(); }
};

}  // namespace minnow

Q_DECLARE_METATYPE(minnow::UserMessage)
