// TrainOptions: every setting of a run, named as ms-swift 3.5 names it; defaults are swift's (facts 7.1) with dropout
// 0.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/types/task.h"

namespace minnow {

enum class TrainType { lora, full };
enum class LrScheduler { cosine, linear, constant };
enum class BestMetric { eval_loss, exact_rows };

struct TrainOptions {
  // what
  std::filesystem::path model;
  std::vector<std::filesystem::path> dataset;
  std::vector<std::filesystem::path> val_dataset;  ///< given: no split is cut off the training rows
  std::filesystem::path output_dir = "output";
  bool add_version = true;  ///< write to output_dir/v{k}-{date}-{time}
  TrainType train_type = TrainType::lora;
  PromptStyle prompt_style = PromptStyle::no_think;
  TemplateChoice chat_template = TemplateChoice::automatic;  ///< swift's --template
  std::string system;  ///< system prompt for rows that have none

  // machine
  std::string torch_dtype = "auto";     ///< "float32", "bfloat16" or "auto" (the faster on this machine)
  std::string device = "auto";          ///< "cpu", "cuda" or "auto"
  int threads = 0;                      ///< 0 = chosen by a probe
  std::int64_t token_budget = 0;        ///< tokens through the stack per micro-batch; 0 = from the memory
  bool gradient_checkpointing = false;  ///< recompute activations in backward; switched on when memory is short

  // LoRA
  int lora_rank = 8;
  double lora_alpha = 32.0;
  double lora_dropout = 0.0;  ///< above 0 rows don't share prefixes: a mask each, slower
  bool use_rslora = false;
  std::vector<std::string> target_modules{"all-linear"};
  std::optional<std::filesystem::path> init_adapter;  ///< start from this adapter's weights

  // schedule
  double num_train_epochs = 3.0;
  std::int64_t max_steps = -1;  ///< > 0 overrides num_train_epochs
  int per_device_train_batch_size = 1;
  int per_device_eval_batch_size = 1;
  int gradient_accumulation_steps = 16;
  double learning_rate = 1e-4;
  LrScheduler lr_scheduler_type = LrScheduler::cosine;
  double warmup_ratio = 0.0;
  std::int64_t warmup_steps = 0;  ///< > 0 wins over warmup_ratio
  double weight_decay = 0.1;
  double adam_beta1 = 0.9;
  double adam_beta2 = 0.95;
  double adam_epsilon = 1e-8;
  double max_grad_norm = 1.0;
  std::int64_t seed = 42;
  std::int64_t data_seed = 42;
  bool shuffle = true;

  /// What train() chooses by measuring before the first step: names out of auto_setting_names. A run's args.json has
  /// what was chosen, and none of these.
  std::vector<std::string> auto_settings;

  // data
  double split_dataset_ratio = -1.0;  ///< < 0: the larger of 1 % and 100 rows where data allow
  std::int64_t max_length = 2048;
  bool allow_truncation = false;    ///< false: rows over max_length stop the start gate
  bool drop_long_rows = false;      ///< swift's truncation_strategy delete
  bool include_unreviewed = false;  ///< Minnow's rows in state needs_review are trained on too

  // logging and saving
  std::int64_t logging_steps = 1;
  std::int64_t eval_steps = 0;  ///< 0 = save_steps
  std::int64_t save_steps = 0;  ///< 0 = ten per run
  double save_minutes = 5.0;    ///< and at least this often
  int save_total_limit = 2;     ///< newest + best
  BestMetric best_metric = BestMetric::eval_loss;
  int early_stopping_patience = 0;  ///< evals without a better one; 0 = off
  double time_limit_minutes = 0.0;  ///< the run ends after so long, what is done is kept; 0 = no limit
  int score_rows = 32;              ///< validation rows decoded at each eval for the task score; 0 = none
  std::optional<std::filesystem::path> resume_from_checkpoint;
  bool resume_only_model = false;

  // tests and comparisons
  bool share_prefixes = true;
  bool pack = true;  ///< false: the naive padded path
};

/// Settings that recipe auto chooses; rows per step stand under the batch size.
inline constexpr const char* auto_setting_names[] = {"per_device_train_batch_size", "num_train_epochs",
                                                     "learning_rate", "lora_rank"};

/// The recipes by name, the default first; "custom" stands for settings of one's own and is none of them.
inline constexpr const char* recipe_names[] = {"auto", "tutorial", "quick", "thorough"};

/// "auto" (fitted to the rows, the student and the machine), "tutorial" (the original run's settings), "quick" or
/// "thorough", in any case of letters. Throws Error(usage) on another name.
TrainOptions recipe(const std::string& name);

/// The name as recipe_names has it, "Tutorial" as "tutorial"; what is no recipe's name only in lower case.
std::string recipe_name(std::string name);

}  // namespace minnow
