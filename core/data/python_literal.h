// Python literals ("[{'role': 'user', 'content': None}]") as JSON values: what dataset tools write when a CSV cell
// holds a list. Follows the grammar of ast.literal_eval for the types that JSON knows; nothing is evaluated.
#pragma once

#include <optional>
#include <string_view>

#include "core/io/json.h"

namespace minnow {

/// The value, or nothing if the text isn't one literal (strings, numbers, True, False, None, lists, tuples, dicts with
/// string keys), nests deeper than 64 or isn't UTF-8. Reads JSON of these types too, and is more lenient than JSON: a
/// string may hold line breaks, a comma may stand behind the last item, NaN is null.
std::optional<Json> parse_python_literal(std::string_view text);

}  // namespace minnow
