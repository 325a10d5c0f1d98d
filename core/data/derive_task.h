// A task for rows that come without a project: its fields are the keys of the answers.
#pragma once

#include <vector>

#include "core/types/message.h"
#include "core/types/task.h"

namespace minnow {

/// Fields of kind text, or what JSON's types say (number, yes_no, list), from the first answer that is a JSON object, in its order; no field when none is. The concise
/// prompt is the first system message. Rows whose answers have other keys are judged by their own label all the same.
Task derive_task(const std::vector<Conversation>& rows);

}  // namespace minnow
