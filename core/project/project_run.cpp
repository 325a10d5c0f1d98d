// Rows to files and lists.
#include "core/project/project_run.h"

#include "core/project/train_files.h"
#include "core/types/error.h"

namespace minnow {

ProjectRun run_of_project(const Project& project, TrainOptions options, const std::vector<std::filesystem::path>& keep,
                          std::stop_token stop) {
  const ProjectSettings settings = project.settings();
  if (options.model.empty()) options.model = settings.student;
  if (options.model.empty()) {
    throw Error(ErrorKind::usage, project.folder().string() + " has no student yet; give a model folder", "model");
  }
  const TrainFiles files = write_train_files(project, keep, options.include_unreviewed, stop);
  options.dataset.clear();
  options.val_dataset.clear();
  if (!files.train.empty()) options.dataset = {files.train};
  if (!files.validation.empty()) options.val_dataset = {files.validation};
  options.output_dir = project.runs_folder();
  options.prompt_style = settings.task.prompt_style;
  if (settings.student_template == TemplateChoice::builtin) options.chat_template = TemplateChoice::builtin;
  return {std::move(options), files.left_out};
}

EvaluationRows rows_to_evaluate(const Project& project, bool include_unreviewed) {
  LeftOut outside{include_unreviewed};
  for (const Split split : {Split::test, Split::validation}) {
    std::vector<Conversation> rows = project.conversations(split, &outside);
    if (!rows.empty()) return {std::move(rows), to_string(split), outside};
  }
  const std::string said = outside.sentence("");
  throw Error(ErrorKind::data,
              project.folder().string() + " has no labelled row in the splits 'test' and 'validation'" +
                  (said.empty() ? "; split the rows first" : ": " + said),
              project.folder().string());
}

}  // namespace minnow
