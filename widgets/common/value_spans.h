// Where the values of a label stand in the text they were taken from: what highlighting draws, one colour per field.
#pragma once

#include <QList>
#include <QString>
#include <vector>

#include "core/types/task.h"

namespace minnow {

struct ValueSpan {
  int field = 0;  ///< index among the task's fields
  qsizetype start = 0, length = 0;
};

/// `values`: one per field, "" for none; of a list all its items (label_json.h's listText). A value is looked for word for word; a place name also by a beginning of at
/// least two characters ("云南省" stands as "云南"), and a phone number with blanks or dashes between its digits. Spans
/// don't overlap and are in order of their start; longer values are placed first.
QList<ValueSpan> valueSpans(const QString& input, const std::vector<Field>& fields, const QList<QString>& values);

/// The values of a label's JSON per field; empty ones where it has none.
QList<QString> fieldValues(const QString& label, const std::vector<Field>& fields);

}  // namespace minnow
