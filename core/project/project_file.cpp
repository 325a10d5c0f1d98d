// Saving lays what is known over what was read, member by member.
#include "core/project/project_file.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/data/options_json.h"
#include "core/io/file.h"
#include "core/project/json_reading.h"
#include "core/project/task_json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

Json teacher_to_json(const TeacherSettings& teacher) {
  return Json{{"kind", to_string(teacher.kind)},
              {"base_url", teacher.base_url},
              {"model", teacher.model},
              {"folder", teacher.folder.string()},
              {"key_variable", teacher.key_variable},
              {"temperature", teacher.temperature},
              {"max_tokens", teacher.max_tokens},
              {"concurrency", teacher.concurrency},
              {"requests_per_minute", teacher.requests_per_minute},
              {"budget", teacher.budget},
              {"price_per_million_input", teacher.price_per_million_input},
              {"price_per_million_output", teacher.price_per_million_output}};
}

TeacherSettings teacher_from_json(const Json& json, const std::string& subject) {
  TeacherSettings teacher;
  std::string kind = to_string(teacher.kind);
  read_member(json, "kind", subject, kind);
  bool known = false;
  for (const TeacherKind candidate : {TeacherKind::none, TeacherKind::endpoint, TeacherKind::folder}) {
    if (kind != to_string(candidate)) continue;
    teacher.kind = candidate;
    known = true;
  }
  if (!known)
    throw Error(ErrorKind::format,
                subject + ": the teacher's 'kind' is '" + kind + "', it must be none, endpoint or folder", subject);
  read_member(json, "base_url", subject, teacher.base_url);
  read_member(json, "model", subject, teacher.model);
  read_member(json, "folder", subject, teacher.folder);
  read_member(json, "key_variable", subject, teacher.key_variable);
  read_member(json, "temperature", subject, teacher.temperature);
  read_member(json, "max_tokens", subject, teacher.max_tokens);
  read_member(json, "concurrency", subject, teacher.concurrency);
  read_member(json, "requests_per_minute", subject, teacher.requests_per_minute);
  read_member(json, "budget", subject, teacher.budget);
  read_member(json, "price_per_million_input", subject, teacher.price_per_million_input);
  read_member(json, "price_per_million_output", subject, teacher.price_per_million_output);
  return teacher;
}

/// The element of a list of fields with this key, or null.
const Json* field_with_key(const Json& fields, const Json& key) {
  if (!fields.is_array()) return nullptr;
  for (const Json& field : fields) {
    if (field.is_object() && field.contains("key") && field["key"] == key) return &field;
  }
  return nullptr;
}

/// `ours` laid over `kept`: objects member by member, the task's fields key by key, everything else replaced.
Json laid_over(const Json& kept, const Json& ours) {
  if (!kept.is_object() || !ours.is_object()) return ours;
  Json result = kept;
  for (const auto& [name, value] : ours.items()) {
    const auto old = kept.find(name);
    if (old == kept.end()) {
      result[name] = value;
    } else if (name == "fields" && value.is_array()) {
      Json fields = Json::array();
      for (const Json& field : value) {
        const Json* same = field_with_key(*old, field["key"]);
        fields.push_back(same == nullptr ? field : laid_over(*same, field));
        if (!field.contains("values")) fields.back().erase("values");  // ours, and left out where there are none
      }
      result[name] = fields;
    } else {
      result[name] = laid_over(*old, value);
    }
  }
  return result;
}

void drop_secrets(Json& teacher) {
  constexpr std::array<std::string_view, 7> names{"api_key", "apikey",   "key",          "token",
                                                  "secret",  "password", "authorization"};
  for (const auto name : names) teacher.erase(std::string(name));
}

}  // namespace

ProjectFile ProjectFile::read(const std::filesystem::path& path) {
  ProjectFile file;
  const std::string subject = path.string();
  file.kept_ = read_json_file(path);
  const Json& json = file.kept_;
  if (!json.is_object() || !json.contains("minnow")) {
    throw Error(ErrorKind::format,
                subject + " isn't a Minnow project: it has no member 'minnow' with the format's version", subject);
  }
  std::int64_t found = 0;
  read_member(json, "minnow", subject, found);
  if (found > version) {
    throw Error(ErrorKind::unsupported,
                subject + " was written by a newer Minnow (format " + std::to_string(found) +
                    ", this one knows up to " + std::to_string(version) + ")",
                subject);
  }
  if (found < 1)
    throw Error(ErrorKind::format, subject + ": 'minnow' is " + std::to_string(found) + ", formats count from 1",
                subject);
  ProjectSettings& settings = file.settings;
  if (const auto task = json.find("task"); task != json.end()) settings.task = task_from_json(*task, subject);
  if (const auto student = json.find("student"); student != json.end()) {
    read_member(*student, "model", subject, settings.student);
    std::string choice = to_string(settings.student_template);
    read_member(*student, "template", subject, choice);
    settings.student_template = template_choice_from(choice);
  }
  const Json* options = nullptr;
  if (const auto chosen = json.find("recipe"); chosen != json.end()) {
    read_member(*chosen, "name", subject, settings.recipe);
    settings.recipe = recipe_name(settings.recipe);
    if (const auto found = chosen->find("options"); found != chosen->end()) options = &*found;
  }
  if (options != nullptr)
    settings.options = train_options_from_json(*options, subject);
  else if (settings.recipe != "custom")
    settings.options = recipe(settings.recipe);
  if (const auto teacher = json.find("teacher"); teacher != json.end())
    settings.teacher = teacher_from_json(*teacher, subject);
  return file;
}

void ProjectFile::write(const std::filesystem::path& path) const {
  const Json ours{{"minnow", version},
                  {"task", task_to_json(settings.task)},
                  {"student", Json{{"model", settings.student.string()}, {"template", to_string(settings.student_template)}}},
                  {"recipe", Json{{"name", settings.recipe}, {"options", train_options_to_json(settings.options)}}},
                  {"teacher", teacher_to_json(settings.teacher)}};
  Json json = laid_over(kept_, ours);
  drop_secrets(json["teacher"]);
  write_file_atomic(path, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace minnow
