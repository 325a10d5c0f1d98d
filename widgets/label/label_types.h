// What goes between the Label page and the sessions behind it.
#pragma once

#include <QMetaType>
#include <QString>

#include "core/types/row.h"

namespace minnow {

/// How a teacher is to be asked.
struct LabelWish {
  QString folder;              ///< a local Qwen3 folder
  int answerTokens = 512;      ///< an answer is cut there
  double doubtfulBelow = 0.5;  ///< a value less sure than this sends its row to the review
  qint64 limit = 0;            ///< at most so many rows; 0: all
  bool failedToo = false;      ///< rows whose answer was no use are asked again
  bool constrainJson = false;  ///< only answers that are the task's JSON
};

/// Rows by state, and whether labels may be written.
struct LabelState {
  bool open = false, hasFields = false;
  QString readOnlyReason;
  qint64 raw = 0, labelled = 0, review = 0, failed = 0;
  qint64 total() const { return raw + labelled + review + failed; }
};

/// One row that a teacher was tried on.
struct LabelTrialView {
  QString prompt;  ///< what the teacher read
  QString answer;  ///< what it wrote
  Row row;         ///< as it would be
};

struct LabelOutcome {
  qint64 asked = 0, labelled = 0, review = 0, failed = 0, left = 0;
  double seconds = 0.0, tokensPerSecond = 0.0;
  bool stopped = false;
};

}  // namespace minnow
