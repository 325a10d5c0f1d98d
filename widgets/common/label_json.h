// A label's JSON text as an ordered list of values, and back as the engine writes it (keys in order, ": " and ", ").
// QJsonObject sorts its keys; a label is trained on letter for letter, so its order must stay.
#pragma once

#include <QList>
#include <QString>
#include <optional>

namespace minnow {

struct LabelValue {
  QString key;
  QString text;        ///< a string's own text; of any other value its JSON
  bool isText = true;  ///< whether the value is a JSON string
};

/// The object's values in order, or nothing when `json` is no JSON object. `problem` gets a sentence then.
std::optional<QList<LabelValue>> readLabel(const QString& json, QString* problem = nullptr);

/// {"key": "text", "count": 2}
QString writeLabel(const QList<LabelValue>& values);

/// `json` with `key` set to `text`; a new key goes behind the others. Numbers stay numbers where `text` is one. An
/// unreadable label begins anew.
QString labelWithValue(const QString& json, const QString& key, const QString& text);

}  // namespace minnow
