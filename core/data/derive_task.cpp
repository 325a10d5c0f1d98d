// Fields from answers.
#include "core/data/derive_task.h"

#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {

Task derive_task(const std::vector<Conversation>& rows) {
  Task task;
  for (const Conversation& row : rows) {
    if (row.messages.empty() || row.messages.back().role != "assistant") continue;
    Json answer;
    try {
      answer = parse_json(row.messages.back().content, row.source);
    } catch (const Error&) {
      continue;  // an answer in words has no fields
    }
    if (!answer.is_object() || answer.empty()) continue;
    for (const auto& [key, value] : answer.items()) {
      Field field;
      field.key = key;
      field.may_be_empty = true;
      task.fields.push_back(field);
    }
    if (row.messages.front().role == "system") task.concise_prompt = row.messages.front().content;
    break;
  }
  return task;
}

}  // namespace minnow
