// minnow.json: a project's task, student, recipe and teacher, versioned.
//   {"minnow":1, "task":{…}, "student":{"model":"…"}, "recipe":{"name":"auto","options":{…}}, "teacher":{…}}
// `options` are TrainOptions under ms-swift's names. Members that this version doesn't know stay when it saves. A file
// of a newer version is refused. Keys and passwords are never written, and dropped from "teacher" where somebody put
// one.
#pragma once

#include <filesystem>

#include "core/io/json.h"
#include "core/types/project_settings.h"

namespace minnow {

class ProjectFile {
 public:
  static constexpr int version = 1;  ///< of the format; raised when older programs would misread it

  /// Throws Error(not_found), Error(io), Error(format) naming file and member, Error(unsupported) for a newer version.
  static ProjectFile read(const std::filesystem::path& path);

  ProjectSettings settings;

  /// Atomically. Throws as io's AtomicFile.
  void write(const std::filesystem::path& path) const;

 private:
  Json kept_ = Json::object();  // the file as it was read
};

}  // namespace minnow
