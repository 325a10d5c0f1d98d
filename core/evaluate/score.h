// Judges one answer against the wanted one, strictly: no repair of JSON, no folding of values.
// Why a field is wrong is told by error_kind.h.
#pragma once

#include <string>

#include "core/types/evaluate_report.h"
#include "core/types/task.h"

namespace minnow {

class Gazetteer;

/// Judges `answer` (what the model wrote, without the stop token) for the row `input` whose label is `expected_json`.
///  - valid_json: the whole answer is one JSON object once ASCII white space around it is trimmed. A Markdown fence,
///    words before or after, a byte order mark or invalid UTF-8 make it invalid.
///  - exact: valid, exactly the task's keys, each once and in any order, every value equal. Strings are equal when they
///    are after Unicode NFC; lists when they have equal items in the same order; other values when they are as JSON
///    values; a number never equals a string.
///  - extra_keys: a key that the task doesn't have, or one twice (then the last one is judged).
/// Fields get their error kinds in the task's order. `gazetteer`, where given, tells the level of regions that the
/// label doesn't name. Throws Error(data) when `expected_json` is not an object with exactly the task's keys.
RowJudgement judge(const Task& task, const std::string& input, const std::string& expected_json,
                   const std::string& answer, const Gazetteer* gazetteer = nullptr);

}  // namespace minnow
