// The demo as a project: task, synthesised rows with splits, the bundled model as student, the demo's recipe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "core/demo/demo_rows.h"

namespace minnow {

class Project;

struct DemoProjectOptions {
  std::filesystem::path model;  ///< empty = the bundled one
  DemoRowsOptions rows;         ///< as `minnow-cli demo` has them
  std::string name;             ///< of the task, for people; empty = its own
};

/// Makes the folder and fills it: rows for training and validation, the unseen rows of the tutorial's form as test
/// split, and those as people write outside the splits. Takes a second or two. A stop leaves no project behind.
/// Throws Error(usage) if there is a project already, Error(not_found) without the bundled model, and as writing does.
std::unique_ptr<Project> create_demo_project(const std::filesystem::path& folder,
                                             const DemoProjectOptions& options = {}, std::stop_token stop = {});

/// The same with rows that are there already, as run_demo has them.
std::unique_ptr<Project> create_demo_project(const std::filesystem::path& folder, const std::filesystem::path& model,
                                             DemoRows rows, const std::string& name = {});

/// `parent`/`name`, with a number behind where that is taken already: where the next demo project can go.
std::filesystem::path free_folder(const std::filesystem::path& parent, const std::string& name);

}  // namespace minnow
