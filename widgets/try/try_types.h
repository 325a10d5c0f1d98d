// What Try asks for and what it gets, as plain data: the page knows no engine.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace minnow {

enum class TrySide { before, after };

struct TryField {
  QString key, value;
  double confidence = 0.0;  ///< the model's probability of the value's tokens
  bool present = false;
};

struct TryAnswer {
  enum class State { none, running, done, cancelled };
  State state = State::none;
  QString text;  ///< as far as it has come
  bool validJson = false, exactKeys = false, cutAtLimit = false;
  QList<TryField> fields;  ///< of the task, once done and valid
  qint64 tokens = 0;
  double firstTokenSeconds = 0.0;
  double seconds = 0.0;  ///< from asking to the last token
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
