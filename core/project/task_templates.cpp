// Reads the files anew each time: there are a handful, of a few kB.
#include "core/project/task_templates.h"

#include <algorithm>
#include <filesystem>

#include "core/io/data_dir.h"
#include "core/project/task_json.h"
#include "core/types/error.h"

namespace minnow {

std::vector<TaskTemplate> task_templates(PromptLanguage language) {
  const std::string ending = language == PromptLanguage::chinese ? ".zh" : ".en";
  std::vector<TaskTemplate> found;
  for (const auto& file : std::filesystem::directory_iterator(data_file("templates"))) {
    const std::filesystem::path stem = file.path().stem();
    if (file.path().extension() != ".json" || stem.extension() != ending) continue;
    found.push_back({stem.stem().string(), task_from_json(read_json_file(file.path()), file.path().string())});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return found;
}

Task task_template(const std::string& name, PromptLanguage language) {
  std::string names;
  for (TaskTemplate& one : task_templates(language)) {
    if (one.name == name) return std::move(one.task);
    names += (names.empty() ? "" : ", ") + one.name;
  }
  throw Error(ErrorKind::usage, "there is no template '" + name + "'; the templates are " + names, name);
}

}  // namespace minnow
