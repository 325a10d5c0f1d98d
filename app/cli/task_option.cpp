// Reads a task: {"name", "fields": [{"key", "kind", "description", "may_be_empty"}], "concise_prompt",
// "detailed_prompt", "prompt_style"}.
#include "app/cli/task_option.h"

#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

std::string text_of(const Json& json, const char* key, const std::string& subject) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return {};
  if (!found->is_string()) throw Error(ErrorKind::format, subject + ": '" + key + "' must be text", subject);
  return found->get<std::string>();
}

Field field_of(const Json& json, const std::string& subject) {
  if (!json.is_object()) throw Error(ErrorKind::format, subject + ": a field must be an object with a key", subject);
  Field field;
  field.key = text_of(json, "key", subject);
  if (field.key.empty()) throw Error(ErrorKind::format, subject + ": a field has no key", subject);
  if (const std::string kind = text_of(json, "kind", subject); !kind.empty()) field.kind = field_kind_from(kind);
  field.description = text_of(json, "description", subject);
  if (const auto found = json.find("may_be_empty"); found != json.end()) {
    if (!found->is_boolean())
      throw Error(ErrorKind::format, subject + ": 'may_be_empty' must be true or false", subject);
    field.may_be_empty = found->get<bool>();
  }
  return field;
}

}  // namespace

Task task_from_file(const std::filesystem::path& path) {
  const std::string subject = path.string();
  const Json file = read_json_file(path);
  if (!file.is_object()) throw Error(ErrorKind::format, subject + ": a task must be a JSON object", subject);
  const Json& json = file.contains("task") ? file["task"] : file;
  const auto fields = json.find("fields");
  if (!json.is_object() || fields == json.end() || !fields->is_array() || fields->empty()) {
    throw Error(ErrorKind::format, subject + ": a task needs 'fields', a list with at least one", subject);
  }
  Task task;
  task.name = text_of(json, "name", subject);
  for (const Json& field : *fields) task.fields.push_back(field_of(field, subject));
  task.concise_prompt = text_of(json, "concise_prompt", subject);
  task.detailed_prompt = text_of(json, "detailed_prompt", subject);
  if (const std::string style = text_of(json, "prompt_style", subject); !style.empty()) {
    task.prompt_style = prompt_style_from(style);
  }
  return task;
}

}  // namespace minnow::cli
