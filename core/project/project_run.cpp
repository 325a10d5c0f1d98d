// Rows to files and lists.
#include "core/project/project_run.h"

#include "core/types/error.h"

namespace minnow {
namespace {

struct Counts {
  std::int64_t labelled = 0, train = 0, validation = 0, test = 0;
};

Counts count_labelled(const Project& project) {
  Counts counts;
  project.for_each([&](std::int64_t, const Row& row) {
    if (row.label.empty() || row.state == RowState::failed) return true;
    ++counts.labelled;
    counts.train += row.split == Split::train;
    counts.validation += row.split == Split::validation;
    counts.test += row.split == Split::test;
    return true;
  });
  return counts;
}

}  // namespace

TrainOptions run_of_project(const Project& project, TrainOptions options) {
  const std::string folder = project.folder().string();
  if (project.is_read_only()) {
    const bool elsewhere = project.read_only_reason().find("another Minnow") != std::string::npos;
    throw Error(elsewhere ? ErrorKind::busy : ErrorKind::read_only, project.read_only_reason(), folder);
  }
  const ProjectSettings settings = project.settings();
  if (options.model.empty()) options.model = settings.student;
  if (options.model.empty()) throw Error(ErrorKind::usage, folder + " has no student yet; give a model folder", "model");
  const Counts counts = count_labelled(project);
  if (counts.labelled == 0) throw Error(ErrorKind::data, folder + " has no labelled rows to train on yet", folder);
  const bool is_split = counts.train + counts.validation + counts.test > 0;
  if (is_split && counts.train == 0) {
    throw Error(ErrorKind::data, folder + " has " + std::to_string(counts.labelled) + " labelled rows, none of them in the split 'train'", folder);
  }
  const auto data = project.folder() / "data";
  options.dataset = {data / "train.jsonl"};
  project.export_messages(options.dataset.front(), is_split ? Split::train : Split::none);
  options.val_dataset.clear();
  if (counts.validation > 0) {
    options.val_dataset = {data / "validation.jsonl"};
    project.export_messages(options.val_dataset.front(), Split::validation);
  }
  options.output_dir = project.runs_folder();
  options.prompt_style = settings.task.prompt_style;
  options.system = settings.task.concise_prompt;
  return options;
}

std::vector<Conversation> rows_to_evaluate(const Project& project, std::string* name) {
  for (const Split split : {Split::test, Split::validation}) {
    std::vector<Conversation> rows = project.conversations(split);
    if (rows.empty()) continue;
    *name = to_string(split);
    return rows;
  }
  throw Error(ErrorKind::data, project.folder().string() + " has no labelled row in the splits 'test' and 'validation'; split the rows first",
              project.folder().string());
}

}  // namespace minnow
