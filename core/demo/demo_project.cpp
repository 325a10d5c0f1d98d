// Makes the demo's project.
#include "core/demo/demo_project.h"

#include <iterator>
#include <utility>

#include "core/demo/address_task.h"
#include "core/demo/demo.h"
#include "core/io/data_dir.h"
#include "core/project/project.h"

namespace minnow {

TrainOptions demo_recipe() {
  TrainOptions t;
  t.num_train_epochs = 2.5;  // 1,250 steps over the 8,000 rows
  t.per_device_train_batch_size = 16;
  t.gradient_accumulation_steps = 1;
  t.learning_rate = 2e-3;
  t.warmup_ratio = 0.05;
  t.lora_rank = 8;
  t.lora_alpha = 32;
  return t;
}

std::unique_ptr<Project> create_demo_project(const std::filesystem::path& folder, const DemoProjectOptions& options,
                                             std::stop_token stop) {
  const std::filesystem::path model = options.model.empty() ? data_file("demo") : options.model;
  DemoRows made = make_demo_rows(options.rows);
  if (stop.stop_requested()) return nullptr;
  return create_demo_project(folder, model, std::move(made), options.name);
}

std::unique_ptr<Project> create_demo_project(const std::filesystem::path& folder, const std::filesystem::path& model,
                                             DemoRows made, const std::string& name) {
  ProjectSettings settings;
  settings.task = address_task();
  if (!name.empty()) settings.task.name = name;
  settings.student = model;
  settings.recipe = "custom";
  settings.options = demo_recipe();
  settings.options.model = model;
  settings.options.prompt_style = settings.task.prompt_style;

  for (Row& row : made.wild_test) row.split = Split::none;
  std::vector<Row> rows;
  rows.reserve(made.train.size() + made.validation.size() + made.test.size() + made.wild_test.size());
  for (auto* part : {&made.train, &made.validation, &made.test, &made.wild_test})
    rows.insert(rows.end(), std::make_move_iterator(part->begin()), std::make_move_iterator(part->end()));
  auto project = Project::create(folder, settings);
  project->add_rows(std::move(rows));
  return project;
}

std::filesystem::path free_folder(const std::filesystem::path& parent, const std::string& name) {
  std::filesystem::path folder = parent / name;
  for (int n = 2; std::filesystem::exists(folder); ++n) folder = parent / (name + "-" + std::to_string(n));
  return folder;
}

}  // namespace minnow
