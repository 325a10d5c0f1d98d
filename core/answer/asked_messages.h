// Under which system prompt a row is asked: the one place where that is decided. Torch-free.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types/evaluate_options.h"
#include "core/types/message.h"
#include "core/types/task.h"

namespace minnow {

/// The row's messages before its answer, with the side's system prompt. `trained`: the prompt that the model was
/// trained under ("" for none), where it is known.
///  - after: the row's own system message, else `trained`, else the task's concise prompt.
///  - before: the task's detailed prompt in place of any; without one the row's own, `trained` or the concise one.
std::vector<Message> asked_messages(const Conversation& row, const Task& task, EvaluateSides side,
                                    const std::optional<std::string>& trained);

/// The same for a bare input.
std::vector<Message> asked_messages(const std::string& input, const Task& task, EvaluateSides side,
                                    const std::optional<std::string>& trained);

/// The system prompt of such messages; "" for none.
std::string system_of(const std::vector<Message>& messages);

}  // namespace minnow
