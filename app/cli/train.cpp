// train: LoRA fine-tuning from files of rows, or from a project, to checkpoints.
#include "core/train/train.h"

#include "app/cli/context.h"
#include "app/cli/project.h"
#include "app/cli/task_option.h"
#include "app/cli/training.h"
#include "core/data/options_limits.h"
#include "core/project/project_run.h"
#include "core/train/run_list.h"
#include "core/train/train_flags.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

const char* train_examples() {
  static const std::string text =
      "Rows: messages, query/response, alpaca, sharegpt, Minnow's own rows, tables, or pre-tokenised\n"
      "{\"input_ids\",\"labels\"}. Flags are named as ms-swift names them; `minnow-cli sft` takes its whole command "
      "line.\n\n"
      "  minnow-cli train --model Qwen3-0.6B --dataset train.jsonl --output_dir output --recipe auto\n"
      "  minnow-cli train --model Qwen3-0.6B --dataset a.jsonl b.jsonl --val_dataset val.jsonl --output_dir output\n"
      "  minnow-cli train --model Qwen3-0.6B --dataset ids.jsonl --no-shuffle --init-adapter start --output_dir "
      "output\n"
      "  minnow-cli train --resume_from_checkpoint output/v0-20261123-164500     (with that run's own settings)\n"
      "  minnow-cli train --project orders --num_train_epochs 5\n\n"
      "--project DIR takes rows, student, task and recipe from a project and runs in its runs/ (minnow-cli project "
      "--help).\n"
      "Recipes, which other flags win over: auto (a new project's) chooses rows per step, epochs, learning rate and rank\n"
      "by the rows, the student and the machine, says why, and plans for --time_limit_minutes (15); tutorial is the\n"
      "original run; quick and thorough are 2 and 8 epochs. Without --project and --recipe it is swift's defaults.\n"
      "Beside the settings: --recipe auto, tutorial, quick or thorough; --task minnow.json (whose fields the task\n"
      "score judges); --truncation_strategy delete, right or raise; --no-shuffle; --json.\n\n"
      "Settings and their defaults:\n" +
      train_flags_help(TrainOptions());
  return text.c_str();
}

std::filesystem::path path_of(const TrainFlags& flags, const std::string& name) {
  const auto& values = flags.own.at(name);
  if (values.size() != 1) throw Error(ErrorKind::usage, "--" + name + " takes one path", "--" + name);
  return values.front();
}

/// The project's recipe under the flags that were given; its rows, student and runs folder.
TrainFlags project_flags(const Project& project, const std::vector<std::string>& arguments) {
  const TrainOptions recipe = project.settings().options;
  check_train_options(recipe, (project.folder() / "minnow.json").string() + ": ");
  TrainFlags flags = parse_train_flags(arguments, recipe, {"json", "task", "project"});
  for (const char* name : {"dataset", "val_dataset", "output_dir"}) {
    if (flags.is_given(name)) {
      throw Error(ErrorKind::usage,
                  std::string("--project brings its own rows and folder; --") + name + " can't stand beside it", name);
    }
  }
  // A run goes on with the rows, the student and the settings that it began with, whatever the project has by now.
  if (take_settings_of_run(flags)) return flags;
  const bool own_style = flags.is_given("prompt_style");
  const PromptStyle style = flags.options.prompt_style;
  if (!flags.is_given("model")) flags.options.model.clear();
  flags.options.dataset.clear();
  flags.options.val_dataset.clear();
  const auto runs = list_runs(project.runs_folder());
  ProjectRun run = run_of_project(project, std::move(flags.options), row_files_of(runs));
  flags.options = std::move(run.options);
  if (const std::string said = run.left_out.sentence(""); !said.empty()) flags.notes.push_back(said);
  if (own_style) flags.options.prompt_style = style;
  return flags;
}

int run_train(const std::vector<std::string>& arguments, Context& context) {
  TrainFlags flags = parse_train_flags(arguments, TrainOptions(), {"json", "task", "project"});
  const bool json = context.json || flags.own.count("json") > 0;
  std::optional<Task> task;
  std::unique_ptr<Project> project;  // held, and with it the lock, until the run is over
  if (flags.own.count("project") > 0) {
    project = open_project(path_of(flags, "project"));
    flags = project_flags(*project, arguments);
    task = project->settings().task;
  } else {
    take_settings_of_run(flags);
  }
  if (flags.own.count("task") > 0) {
    task = task_from_file(path_of(flags, "task"));
    if (!flags.is_given("prompt_style") && !flags.options.resume_from_checkpoint) flags.options.prompt_style = task->prompt_style;
  }
  resolve_paths(flags.options);
  for (const std::string& sentence : flags.notes) note(sentence);
  const TrainReport report = train(flags.options, training_sink(json, flags.options.logging_steps), context.stop, task);
  return report_training(report, json);
}

}  // namespace

void add_train(CLI::App& app, Context& context) {
  CLI::App& command = add_command(app, "train", "fine-tune a LoRA adapter on rows", train_examples());
  take_free_arguments(command);
  context.on_chosen(command, [&command, &context] {
    const auto arguments = free_arguments(command);
    return arguments ? run_train(*arguments, context) : 0;
  });
}

}  // namespace minnow::cli
