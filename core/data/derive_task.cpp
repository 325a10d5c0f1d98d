// Fields from answers.
#include "core/data/derive_task.h"

#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// As far as JSON's own types tell.
FieldKind kind_of(const Json& value) {
  if (value.is_boolean()) return FieldKind::yes_no;
  if (value.is_array()) return FieldKind::list;
  return value.is_number() ? FieldKind::number : FieldKind::text;
}

}  // namespace

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
      field.kind = kind_of(value);
      if (field.kind == FieldKind::yes_no) field.values = {"true", "false"};
      task.fields.push_back(field);
    }
    if (row.messages.front().role == "system") task.concise_prompt = row.messages.front().content;
    break;
  }
  return task;
}

}  // namespace minnow
