// What Try asks for and what it gets, as plain data: the page knows no engine.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include "core/types/row.h"

namespace minnow {

enum class TrySide { before, after };

struct TryField {
  QString key, value;
  double confidence = 0.0;  ///< the model's probability of the value's tokens
  bool present = false;
  Problem problem = {};  ///< what the value's check found: it doesn't stand in the text, say; an empty code: nothing
  static constexpr double doubtfulBelow = 0.9;
  bool isUnsure() const { return present && confidence < doubtfulBelow; }
  bool isFaulty() const { return !problem.code.empty(); }
};

struct TryAnswer {
  enum class State { none, running, done, cancelled };
  State state = State::none;
  QString text;  ///< as far as it has come
  bool validJson = false, exactKeys = false, cutAtLimit = false;
  QList<TryField> fields;  ///< of the task, once done and valid
  qint64 tokens = 0;
  double firstTokenSeconds = 0.0;
  double seconds = 0.0;   ///< from asking to the last token
  bool isUnsure() const;  ///< of at least one value
  bool isFaulty() const;  ///< at least one value has a problem
  /// The least sure value's; < 0: there is none.
  double confidence() const;
  double tokensPerSecond() const { return seconds > 0 ? static_cast<double>(tokens) / seconds : 0.0; }
};

struct TryRow {
  QString input;
  TryAnswer before, after;
  const TryAnswer& side(TrySide which) const { return which == TrySide::before ? before : after; }
  TryAnswer& side(TrySide which) { return which == TrySide::before ? before : after; }
};

struct TryRequest {
  QStringList inputs;
  bool before = true, after = true;
  bool onlyJson = false;     ///< only tokens that keep the answer the task's JSON
  double temperature = 0.0;  ///< 0: always the likeliest token
  int maxNewTokens = 256;
};

}  // namespace minnow
