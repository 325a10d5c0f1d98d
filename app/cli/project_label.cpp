// project label: a local teacher answers a project's raw rows, each answer kept at once.
#include <memory>

#include "app/cli/model_options.h"
#include "app/cli/project.h"
#include "core/model/model_cache.h"
#include "core/teach/label_project.h"

namespace minnow::cli {
namespace {

struct ProjectLabelAsked {
  std::filesystem::path folder;
  std::string teacher;
  ProjectLabelOptions label;
};

int label(ProjectLabelAsked& asked, Context& context) {
  const auto project = open_project(asked.folder);
  asked.label.teaching.teacher = find_model(asked.teacher);
  const LabelReport report = label_project(*project, asked.label, {}, progress_sink(), context.stop);
  if (context.json) {
    print_json({{"asked", report.asked},
                {"labelled", report.labelled},
                {"needs_review", report.needs_review},
                {"failed", report.failed},
                {"changed_meanwhile", report.changed_meanwhile},
                {"unanswered", report.unanswered},
                {"seconds", report.seconds},
                {"tokens_per_second", report.tokens_per_second}});
  } else {
    print(std::to_string(report.labelled) + " rows labelled, " + std::to_string(report.needs_review) +
          " need review, " + std::to_string(report.failed) + " failed" +
          (report.changed_meanwhile > 0
               ? ", " + std::to_string(report.changed_meanwhile) + " were changed meanwhile and stay as they are"
               : std::string()) +
          (report.unanswered > 0 ? ", " + std::to_string(report.unanswered) + " not asked yet: run it again to go on"
                                 : std::string()) +
          "\n");
  }
  return context.done();
}

}  // namespace

void add_project_label(CLI::App& project, Context& context) {
  const auto asked = std::make_shared<ProjectLabelAsked>();
  CLI::App& command = add_command(project, "label", "let a local Qwen3 model label its raw rows",
                                  "Every answer is kept at once: after a stop the same line goes on where it was.\n"
                                  "Example:\n  minnow-cli project label orders --teacher Qwen3-8B");
  command.add_option("dir", asked->folder, "the project's folder")->required()->type_name("DIR");
  LabelOptions& teaching = asked->label.teaching;
  command.add_option("--teacher", asked->teacher, "folder of the model that answers, or its hub name")
      ->required()
      ->type_name("DIR");
  command.add_option("--limit", asked->label.limit, "label so many rows at most; 0 = all")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber);
  command.add_flag("--failed-too", asked->label.failed_too, "ask again for rows whose answer was no use");
  add_batch_size(command, teaching.engine);
  command.add_option("--max-new-tokens,--max_new_tokens", teaching.max_new_tokens, "longest answer")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command.add_flag("--constrain-json", teaching.engine.constrain_json,
                   "only tokens that keep the answer the task's JSON");
  add_dtype_option(command, teaching.dtype);
  add_machine_options(command, teaching.device, teaching.threads);
  context.on_chosen(command, [asked, &context] { return label(*asked, context); });
}

}  // namespace minnow::cli
