// Ready-made tasks for what people often bring: resources/templates/NAME.LANGUAGE.json, each a task as task_json.h has it.
#pragma once

#include <string>
#include <vector>

#include "core/data/task_prompts.h"
#include "core/types/task.h"

namespace minnow {

struct TaskTemplate {
  std::string name;  ///< "orders", the same in every language
  Task task;         ///< name, fields and both prompts in one language
};

/// All of them, by name. Throws Error(not_found) where Minnow's data files are missing, and as task_from_json.
std::vector<TaskTemplate> task_templates(PromptLanguage language);

/// One of them. Throws Error(usage) naming those that there are.
Task task_template(const std::string& name, PromptLanguage language);

}  // namespace minnow
