// The recipes: named starting points for TrainOptions.
#include <algorithm>
#include <cctype>

#include "core/types/error.h"
#include "core/types/train_options.h"

namespace minnow {

std::string recipe_name(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

TrainOptions recipe(const std::string& any_case) {
  const std::string name = recipe_name(any_case);
  TrainOptions options;
  if (name == "auto") {
    options.auto_settings.assign(std::begin(auto_setting_names), std::end(auto_setting_names));
    options.per_device_train_batch_size = 16;
    options.gradient_accumulation_steps = 1;
    options.warmup_ratio = 0.05;
    options.best_metric = BestMetric::exact_rows;
    options.early_stopping_patience = 4;
    return options;
  }
  if (name == "tutorial") {  // the original ms-swift command line (facts 7), dropout 0
    options.num_train_epochs = 10;
    options.per_device_train_batch_size = 20;
    options.per_device_eval_batch_size = 20;
    options.gradient_accumulation_steps = 16;
    options.warmup_ratio = 0.05;
    options.save_steps = 1;
    options.logging_steps = 2;
    return options;
  }
  if (name == "quick") {
    options.num_train_epochs = 2;
    options.per_device_train_batch_size = 16;
    options.gradient_accumulation_steps = 1;
    options.learning_rate = 2e-4;
    options.warmup_ratio = 0.05;
    return options;
  }
  if (name == "thorough") {
    options.num_train_epochs = 8;
    options.per_device_train_batch_size = 16;
    options.gradient_accumulation_steps = 2;
    options.learning_rate = 1e-4;
    options.lora_rank = 16;
    options.lora_alpha = 64;
    options.warmup_ratio = 0.05;
    options.early_stopping_patience = 5;
    return options;
  }
  throw Error(ErrorKind::usage, "'" + any_case + "' is not a recipe; the recipes are auto, tutorial, quick and thorough",
              any_case);
}

}  // namespace minnow
