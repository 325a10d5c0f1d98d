// What states, splits, field kinds and problems are called, in the window's language.
#pragma once

#include <QString>

#include "core/types/row.h"
#include "core/types/task.h"

namespace minnow {

QString stateWord(RowState state);
QString splitWord(Split split);
QString kindWord(FieldKind kind);
QString problemWord(const QString& code);  ///< "Value not in the input"; the code itself where there is no word for it

}  // namespace minnow
