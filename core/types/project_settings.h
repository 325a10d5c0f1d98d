// ProjectSettings: what a project's minnow.json holds beside its version. Never a key or password.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/types/task.h"
#include "core/types/train_options.h"

namespace minnow {

enum class TeacherKind { none, endpoint, folder };

/// Who labels. An endpoint is OpenAI-compatible; its key comes from the environment or the session, so only the
/// variable's name stands here.
struct TeacherSettings {
  TeacherKind kind = TeacherKind::none;
  std::string base_url;          ///< "https://dashscope.aliyuncs.com/compatible-mode/v1"
  std::string model;             ///< the endpoint's name for it
  std::filesystem::path folder;  ///< a local Qwen3 folder
  std::string key_variable;      ///< "DASHSCOPE_API_KEY"
  double temperature = 0.0;
  std::int64_t max_tokens = 512;     ///< of an answer
  int concurrency = 4;               ///< requests on the way at once
  double requests_per_minute = 0.0;  ///< 0 = no limit
  double budget = 0.0;               ///< in the prices' currency; 0 = no limit
  double price_per_million_input = 0.0;
  double price_per_million_output = 0.0;
};

struct ProjectSettings {
  Task task;
  std::filesystem::path student;    ///< model folder
  TemplateChoice student_template = TemplateChoice::automatic;
  std::string recipe = "auto";      ///< of recipe_names, or "custom"
  TrainOptions options;             ///< the recipe's settings as they stand
  TeacherSettings teacher;
};

const char* to_string(TeacherKind kind);  ///< "none", "endpoint", "folder"

}  // namespace minnow
