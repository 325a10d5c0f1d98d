// Prompts for a task whose fields a person has just named, so that nobody starts from an empty page.
#pragma once

#include "core/types/task.h"

namespace minnow {

enum class PromptLanguage { english, chinese };

/// The two prompts in words, from the fields: `concise` for the tuned student, `detailed` for the untuned model and a
/// teacher. Only those that are empty are written.
void fill_prompts(Task& task, PromptLanguage language);

}  // namespace minnow
