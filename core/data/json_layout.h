// A JSON document that holds its rows in another layout than a list of objects: column by column, as data frames are
// written, or within a list under some key.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/io/json.h"

namespace minnow {

/// The rows that a document holds, or a sentence why nobody can say which they are.
struct JsonLayout {
  std::vector<Json> rows;
  std::string note;     ///< a sentence: where they stood
  std::string problem;  ///< a sentence when several lists could be the rows
};

/// Nothing if `document` is a row itself, or holds none that can be told. Ask only where it is all that a file has: one
/// row among others may look the same.
std::optional<JsonLayout> rows_inside(const Json& document);

/// "a list", "text", "a number", "true or false", "nothing (null)", "an object".
const char* type_words(const Json& value);

}  // namespace minnow
