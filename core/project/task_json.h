// A task as JSON, as it stands under "task" in minnow.json and in a run's folder:
//   {"name":"…","fields":[{"key":"…","kind":"verbatim","description":"…","may_be_empty":false},
//              {"key":"…","kind":"choice","description":"…","may_be_empty":true,"values":["…","…"]}],
//    "concise_prompt":"…","detailed_prompt":"…","prompt_style":"no_think"}
#pragma once

#include <string>

#include "core/io/json.h"
#include "core/types/task.h"

namespace minnow {

Json task_to_json(const Task& task);

/// Members that aren't there keep their defaults. Throws Error(format), `subject` in front, for a wrong type, an
/// unknown kind or style, a field without key, two fields with one key and values that don't fit the kind.
Task task_from_json(const Json& json, const std::string& subject);

}  // namespace minnow
