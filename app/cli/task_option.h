// What commands without a project take from files: a task.
#pragma once

#include <filesystem>

#include "core/types/task.h"

namespace minnow::cli {

/// The task of a minnow.json, or of a file that holds nothing but a task. Throws Error(format), Error(not_found).
Task task_from_file(const std::filesystem::path& path);

}  // namespace minnow::cli
