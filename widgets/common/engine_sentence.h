// The engine's sentences in the window's language. core speaks English and says more than an error's kind: what is
// wrong with a row, what a run took note of. Those that a person meets are known here by their pattern; a rare one is
// shown as it is.
#pragma once

#include <QString>
#include <string>

namespace minnow {

QString engineSentence(const std::string& sentence);

/// Whether the sentence is one of the known ones; tests hold every check of the audit to that.
bool isKnownEngineSentence(const std::string& sentence);

}  // namespace minnow
