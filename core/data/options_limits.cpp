// One line a setting.
#include "core/data/options_limits.h"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>

#include "core/types/error.h"

namespace minnow {
namespace {

constexpr double kNone = std::numeric_limits<double>::max();
constexpr double kMost = 1e6;                  // beyond it a number of steps, or an f32, loses its meaning
constexpr double kSteps = 9007199254740992.0;  // 2^53
constexpr double kSeed = 4294967295.0;         // numpy's generator, which shuffles as the reference does, takes 32 bits

struct Limits {
  const std::string& prefix;

  void refuse(const char* name, double value, const std::string& wanted) const {
    char text[40];
    std::snprintf(text, sizeof text, "%.15g", value);
    throw Error(ErrorKind::usage, prefix + name + " is " + text + "; it must be " + wanted, name);
  }
  /// low <= value <= high.
  void between(const char* name, double value, double low, double high, const std::string& wanted) const {
    if (!(value >= low && value <= high)) refuse(name, value, wanted);
  }
  void at_least(const char* name, double value, double low, const std::string& more = {}) const {
    char text[40];
    std::snprintf(text, sizeof text, "%g or more", low);
    between(name, value, low, kNone, text + more);
  }
  void above_zero(const char* name, double value) const {
    if (!(value > 0.0 && value <= kMost)) refuse(name, value, "above 0, and 1000000 at most");
  }
  /// 0 <= value < 1.
  void below_one(const char* name, double value) const {
    if (!(value >= 0.0 && value < 1.0)) refuse(name, value, "0 or more, and below 1");
  }
};

}  // namespace

void check_train_options(const TrainOptions& o, const std::string& prefix) {
  const Limits check{prefix};
  check.at_least("threads", o.threads, 0, " (0: as many as there are processors)");
  check.at_least("token_budget", static_cast<double>(o.token_budget), 0, " (0: by the memory there is)");
  check.at_least("lora_rank", o.lora_rank, 1);
  check.above_zero("lora_alpha", o.lora_alpha);
  check.below_one("lora_dropout", o.lora_dropout);
  if (o.max_steps <= 0) check.above_zero("num_train_epochs", o.num_train_epochs);
  check.between("max_steps", static_cast<double>(o.max_steps), -1, kSteps, "1 or more, or -1 to go by epochs");
  check.between("per_device_train_batch_size", o.per_device_train_batch_size, 1, kMost, "from 1 to 1000000");
  check.at_least("per_device_eval_batch_size", o.per_device_eval_batch_size, 1);
  check.between("gradient_accumulation_steps", o.gradient_accumulation_steps, 1, kMost, "from 1 to 1000000");
  check.at_least("learning_rate", o.learning_rate, 0);
  check.at_least("time_limit_minutes", o.time_limit_minutes, 0, " (0: no limit)");
  check.between("warmup_ratio", o.warmup_ratio, 0, 1, "between 0 and 1");
  check.at_least("warmup_steps", static_cast<double>(o.warmup_steps), 0);
  check.between("weight_decay", o.weight_decay, 0, kMost, "0 or more, and 1000000 at most");
  check.below_one("adam_beta1", o.adam_beta1);
  check.below_one("adam_beta2", o.adam_beta2);
  check.above_zero("adam_epsilon", o.adam_epsilon);
  check.at_least("max_grad_norm", o.max_grad_norm, 0, " (0: gradients are never shortened)");
  check.between("seed", static_cast<double>(o.seed), 0, kSeed, "from 0 to 4294967295");
  check.between("data_seed", static_cast<double>(o.data_seed), 0, kSeed, "from 0 to 4294967295");
  if (!(o.split_dataset_ratio < 0.0 && o.split_dataset_ratio >= -1.0) &&
      !(o.split_dataset_ratio >= 0.0 && o.split_dataset_ratio < 1.0)) {
    check.refuse("split_dataset_ratio", o.split_dataset_ratio, "0 or more, and below 1 (or -1: as many as fit)");
  }
  check.at_least("max_length", static_cast<double>(o.max_length), 1);
  check.at_least("logging_steps", static_cast<double>(o.logging_steps), 1);
  check.at_least("eval_steps", static_cast<double>(o.eval_steps), 0, " (0: as often as checkpoints are saved)");
  check.at_least("save_steps", static_cast<double>(o.save_steps), 0, " (0: ten checkpoints in a run)");
  check.at_least("save_minutes", o.save_minutes, 0);
  check.at_least("save_total_limit", o.save_total_limit, 0, " (0: every checkpoint is kept)");
  check.at_least("early_stopping_patience", o.early_stopping_patience, 0, " (0: never)");
  check.at_least("score_rows", o.score_rows, 0, " (0: none)");
}

}  // namespace minnow
