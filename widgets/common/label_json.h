// A label's JSON text as an ordered list of values, and back as the engine writes it (keys in order, ": " and ", ").
// QJsonObject sorts its keys; a label is trained on letter for letter, so its order must stay.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <optional>

#include "core/types/task.h"

namespace minnow {

struct LabelValue {
  QString key;
  QString text;         ///< a string's own text; of a list its items as listText writes them; of any other value its JSON
  bool isText = true;   ///< whether the value is a JSON string
  bool isList = false;  ///< a JSON array of strings
};

/// Items in one line, as a person reads and writes them: "a; b". An array's JSON where an item holds a separator itself.
QString listText(const QStringList& items);
/// Inverse of listText; "；" and line breaks separate too, "、" where neither stands there.
QStringList listItems(const QString& text);

/// The object's values in order, or nothing when `json` is no JSON object. `problem` gets a sentence then.
std::optional<QList<LabelValue>> readLabel(const QString& json, QString* problem = nullptr);

/// {"key": "text", "count": 2}
QString writeLabel(const QList<LabelValue>& values);

/// `json` with the field set to what a person typed; a new key goes behind the others. A list's text becomes its items,
/// numbers, true and false stay so where `text` is one. An unreadable label begins anew.
QString labelWithValue(const QString& json, const Field& field, const QString& text);

}  // namespace minnow
