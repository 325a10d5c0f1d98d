// The recipes: named starting points for TrainOptions.
#include "core/types/error.h"
#include "core/types/train_options.h"

namespace minnow {

TrainOptions recipe(const std::string& name) {
  TrainOptions options;
  if (name == "Tutorial") {  // the original ms-swift command line (facts 7), dropout 0
    options.num_train_epochs = 10;
    options.per_device_train_batch_size = 20;
    options.per_device_eval_batch_size = 20;
    options.gradient_accumulation_steps = 16;
    options.warmup_ratio = 0.05;
    options.save_steps = 1;
    options.logging_steps = 2;
    return options;
  }
  if (name == "Quick") {
    options.num_train_epochs = 2;
    options.per_device_train_batch_size = 16;
    options.gradient_accumulation_steps = 1;
    options.learning_rate = 2e-4;
    options.warmup_ratio = 0.05;
    return options;
  }
  if (name == "Thorough") {
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
  throw Error(ErrorKind::usage, "'" + name + "' is not a recipe; the recipes are Tutorial, Quick and Thorough", name);
}

}  // namespace minnow
