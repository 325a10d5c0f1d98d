// A row as a conversation: what the trainer and the evaluator read when rows come from a project.
#pragma once

#include <string>

#include "core/types/message.h"
#include "core/types/row.h"
#include "core/types/task.h"

namespace minnow {

/// System (the row's own, else the task's concise prompt; none if both are empty), user, and the label as the
/// assistant's answer if there is one. `source` names the row.
Conversation conversation_of(const Row& row, const Task& task);

/// The id of the project's row that a `source` of conversation_of() names; any other source as it is.
std::string row_id_of(const std::string& source);

/// A line of a messages file: {"messages":[{"role":"system","content":"…"},…]}, compact; "loss": false at answers that
/// aren't to be learnt.
std::string messages_line(const Conversation& conversation);

}  // namespace minnow
