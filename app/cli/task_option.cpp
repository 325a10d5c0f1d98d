// A task in a file of its own, or within a project's minnow.json; core/project/task_json.h says what it holds.
#include "app/cli/task_option.h"

#include "core/project/task_json.h"
#include "core/types/error.h"

namespace minnow::cli {

Task task_from_file(const std::filesystem::path& path) {
  const std::string subject = path.string();
  const Json file = read_json_file(path);
  if (!file.is_object()) throw Error(ErrorKind::format, subject + ": a task must be a JSON object", subject);
  Task task = task_from_json(file.contains("task") ? file["task"] : file, subject);
  if (task.fields.empty())
    throw Error(ErrorKind::format, subject + ": a task needs 'fields', a list with at least one", subject);
  return task;
}

}  // namespace minnow::cli
