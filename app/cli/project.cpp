// project: a folder that holds a task, its rows and its runs, on the command line; its data is project_data.cpp's.
#include "app/cli/project.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>

#include "app/cli/task_option.h"
#include "core/model/model_cache.h"
#include "core/train/run_list.h"

namespace minnow::cli {
namespace {

int change_settings(const SettingsAsked& asked, Context& context) {
  const auto project = open_project(asked.folder);
  ProjectSettings settings = project->settings();
  apply_settings(asked, settings);
  project->save_settings(settings);
  return show_info(*project, context);
}

struct Counts {
  std::map<std::string, std::int64_t> states, splits;
  std::int64_t with_problems = 0;
};

Counts count_rows(const Project& project, std::stop_token stop) {
  Counts counts;
  project.for_each(
      [&](std::int64_t, const Row& row) {
        ++counts.states[to_string(row.state)];
        if (row.split != Split::none) ++counts.splits[to_string(row.split)];
        counts.with_problems += !row.problems.empty();
        return true;
      },
      stop);
  return counts;
}

std::string counts_text(const std::map<std::string, std::int64_t>& counts) {
  std::string text;
  for (const auto& [name, count] : counts) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + name;
  return text.empty() ? "none" : text;
}

}  // namespace

void apply_settings(const SettingsAsked& asked, ProjectSettings& settings) {
  if (!asked.task.empty()) settings.task = task_from_file(asked.task);
  if (!asked.name.empty()) settings.task.name = asked.name;
  if (!asked.model.empty()) settings.student = std::filesystem::absolute(find_model(asked.model));
  if (!asked.recipe.empty()) {
    settings.options = recipe(asked.recipe);
    settings.recipe = recipe_name(asked.recipe);
  }
}

void add_settings(CLI::App& command, SettingsAsked& asked) {
  command.add_option("--task", asked.task, "minnow.json or a task: fields with kinds, both prompts")->type_name("FILE");
  command.add_option("--name", asked.name, "what the project is called")->type_name("TEXT");
  command.add_option("--model", asked.model, "the student: folder of a dense Qwen3 model, or its hub name")
      ->type_name("DIR");
  command
      .add_option("--recipe", asked.recipe, "auto (fitted by measuring; the default), tutorial, quick or thorough")
      ->type_name("NAME");
}

void add_folder(CLI::App& command, std::filesystem::path& folder) {
  command.add_option("dir", folder, "the project's folder")->required()->type_name("DIR");
}

std::unique_ptr<Project> open_project(const std::filesystem::path& folder) {
  auto project = Project::open(folder);
  for (const Problem& problem : project->problems()) note(problem.sentence);
  return project;
}

int show_info(const Project& project, Context& context) {
  const ProjectSettings settings = project.settings();
  const Counts counts = count_rows(project, context.stop);
  const auto runs = list_runs(project.runs_folder());
  Json keys = Json::array(), run_names = Json::array();
  std::string fields;
  for (const Field& field : settings.task.fields) {
    keys.push_back({{"key", field.key}, {"kind", to_string(field.kind)}});
    if (!field.values.empty()) keys.back()["values"] = field.values;
    fields += (fields.empty() ? "" : ", ") + field.key;
  }
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) run_names.push_back(run->name);
  if (context.json) {
    print_json({{"folder", project.folder().string()},
                {"name", settings.task.name},
                {"fields", keys},
                {"student", settings.student.empty() ? Json(nullptr) : Json(settings.student.string())},
                {"recipe", settings.recipe},
                {"rows", project.count()},
                {"states", counts.states},
                {"splits", counts.splits},
                {"with_problems", counts.with_problems},
                {"runs", run_names},
                {"read_only", project.is_read_only() ? Json(project.read_only_reason()) : Json(nullptr)}});
    return context.done();
  }
  print(project.folder().string() + ": " + settings.task.name + "\n  fields   " +
        (fields.empty() ? "none yet" : fields) + "\n  student  " +
        (settings.student.empty() ? "none yet" : settings.student.string()) + "\n  recipe   " + settings.recipe +
        "\n  rows     " + std::to_string(project.count()) + " (" + counts_text(counts.states) + ")\n  splits   " +
        counts_text(counts.splits) + "\n  problems " + std::to_string(counts.with_problems) + " rows\n  runs     " +
        std::to_string(runs.size()) + (runs.empty() ? "" : ", the newest " + runs.front().name) + "\n");
  if (project.is_read_only()) note(project.read_only_reason());
  return context.done();
}

void add_project(CLI::App& app, Context& context) {
  CLI::App& project = add_command(app, "project", "a folder with a task, its rows and its runs",
                                  "The window and the command line work on the same folders. The whole way:\n"
                                  "  minnow-cli project new orders --task task.json --model Qwen3-0.6B --data raw.txt\n"
                                  "  minnow-cli project label orders --teacher Qwen3-8B\n"
                                  "  minnow-cli project audit orders\n"
                                  "  minnow-cli project split orders --validation 100 --test 200\n"
                                  "  minnow-cli train --project orders\n"
                                  "  minnow-cli evaluate --project orders");
  project.require_subcommand(1);
  add_project_new(project, context);
  const auto asked = std::make_shared<SettingsAsked>();
  CLI::App& set = add_command(project, "set", "change task, name, student or recipe",
                              "Example:\n  minnow-cli project set orders --model Qwen3-1.7B --recipe thorough");
  add_folder(set, asked->folder);
  add_settings(set, *asked);
  context.on_chosen(set, [asked, &context] { return change_settings(*asked, context); });

  CLI::App& info = add_command(project, "info", "what is in it", "Example:\n  minnow-cli project info orders --json");
  add_folder(info, asked->folder);
  context.on_chosen(info, [asked, &context] { return show_info(*open_project(asked->folder), context); });

  add_project_fields(project, context);
  add_project_data(project, context);
  add_project_label(project, context);
  add_project_runs(project, context);
}

}  // namespace minnow::cli
