// Reading checks types and names; what a field means is the audit's business.
#include "core/project/task_json.h"

#include <algorithm>

#include "core/io/shown.h"
#include "core/project/json_reading.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// "values": texts; true and false count as their words, so that a person may write [true, false].
void read_values(const Json& json, const std::string& subject, Field& field) {
  const std::string where = subject + ": field " + shown(field.key) + ": ";
  if (const auto values = json.find("values"); values != json.end() && !values->is_null()) {
    if (!values->is_array()) throw Error(ErrorKind::format, where + "'values' isn't a list", subject);
    for (const Json& value : *values) {
      if (!value.is_string() && !value.is_boolean())
        throw Error(ErrorKind::format, where + "'values' holds " + dump_json(value) + "; values are texts", subject);
      field.values.push_back(shown_json(value));
    }
  }
  if (const std::string fault = values_fault(field); !fault.empty())
    throw Error(ErrorKind::format, where + fault, subject);
}

Field field_from(const Json& json, const std::string& subject) {
  Field field;
  read_member(json, "key", subject, field.key);
  if (field.key.empty()) throw Error(ErrorKind::format, subject + ": a field of the task has no 'key'", subject);
  std::string kind = to_string(field.kind);
  read_member(json, "kind", subject, kind);
  try {
    field.kind = field_kind_from(kind);
  } catch (const Error& error) {
    throw Error(ErrorKind::format, subject + ": field " + shown(field.key) + ": " + error.what(), subject);
  }
  read_member(json, "description", subject, field.description);
  read_member(json, "may_be_empty", subject, field.may_be_empty);
  read_values(json, subject, field);
  return field;
}

}  // namespace

Json task_to_json(const Task& task) {
  Json fields = Json::array();
  for (const Field& field : task.fields) {
    Json one{{"key", field.key},
             {"kind", to_string(field.kind)},
             {"description", field.description},
             {"may_be_empty", field.may_be_empty}};
    if (!field.values.empty()) one["values"] = field.values;
    fields.push_back(std::move(one));
  }
  return Json{{"name", task.name},
              {"fields", fields},
              {"concise_prompt", task.concise_prompt},
              {"detailed_prompt", task.detailed_prompt},
              {"prompt_style", to_string(task.prompt_style)}};
}

Task task_from_json(const Json& json, const std::string& subject) {
  Task task;
  read_member(json, "name", subject, task.name);
  read_member(json, "concise_prompt", subject, task.concise_prompt);
  read_member(json, "detailed_prompt", subject, task.detailed_prompt);
  std::string style = to_string(task.prompt_style);
  read_member(json, "prompt_style", subject, style);
  try {
    task.prompt_style = prompt_style_from(style);
  } catch (const Error& error) {
    throw Error(ErrorKind::format, subject + ": " + error.what(), subject);
  }
  const auto fields = json.find("fields");
  if (fields == json.end()) return task;
  if (!fields->is_array()) throw Error(ErrorKind::format, subject + ": 'fields' isn't a list", subject);
  for (const Json& item : *fields) {
    Field field = field_from(item, subject);
    const bool twice =
        std::any_of(task.fields.begin(), task.fields.end(), [&](const Field& f) { return f.key == field.key; });
    if (twice) throw Error(ErrorKind::format, subject + ": the task has two fields " + shown(field.key), subject);
    task.fields.push_back(std::move(field));
  }
  return task;
}

}  // namespace minnow
