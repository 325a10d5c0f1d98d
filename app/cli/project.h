// What the project commands share, and what train and evaluate take from a project.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "app/cli/context.h"
#include "core/data/import.h"
#include "core/project/project.h"

namespace minnow::cli {

/// Opens a project and names on stderr what couldn't be read in it. Throws as Project::open.
std::unique_ptr<Project> open_project(const std::filesystem::path& folder);

/// Prints what is in a project. Returns the exit code.
int show_info(const Project& project, Context& context);

/// Imports files one after the other and tells what came of each.
void import_into(Project& project, const std::vector<std::filesystem::path>& files, ImportOptions options,
                 Context& context);

/// What `new` and `set` take.
struct SettingsAsked {
  std::filesystem::path folder, task;
  std::string name, model, recipe;
};
void add_folder(CLI::App& command, std::filesystem::path& folder);
void add_settings(CLI::App& command, SettingsAsked& asked);
void apply_settings(const SettingsAsked& asked, ProjectSettings& settings);

/// new and templates of `minnow-cli project`.
void add_project_new(CLI::App& project, Context& context);
/// fields, undo and redo of `minnow-cli project`.
void add_project_fields(CLI::App& project, Context& context);
/// import, export, audit and split of `minnow-cli project`.
void add_project_data(CLI::App& project, Context& context);
/// label of `minnow-cli project`.
void add_project_label(CLI::App& project, Context& context);
/// runs of `minnow-cli project`.
void add_project_runs(CLI::App& project, Context& context);

}  // namespace minnow::cli
