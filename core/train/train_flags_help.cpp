// What each flag of a run is for and what raising it does, for --help. One line per setting; a test misses none.
#include <algorithm>
#include <string_view>

#include "core/data/options_json.h"
#include "core/train/train_flags.h"

namespace minnow {
namespace {

struct Words {
  std::string_view name, what;
};
constexpr Words kWords[] = {
    {"model", "folder of a dense Qwen3 model, or its name in the caches of ModelScope and Hugging Face"},
    {"dataset", "one or more files of rows to train on"},
    {"val_dataset", "files of rows to validate on; without them some are cut off the training rows"},
    {"output_dir", "where the run's folder v0-date-time, v1-… is made"},
    {"add_version", "false: write into output_dir itself"},
    {"train_type", "lora; whole weights are trained by the command pretrain only"},
    {"prompt_style", "no_think (the model's template, no thinking; learns a row's last answer) or swift-3.5 (learns every answer)"},
    {"chat_template", "auto (the model folder's) or builtin (Qwen3's rules whatever the folder has); also --template"},
    {"system", "system prompt for rows that have none"},
    {"torch_dtype", "bfloat16, float32 or auto, the faster one here (also --dtype, with f32 and bf16)"},
    {"device", "cpu, cuda or auto"},
    {"threads", "processors to use; 0 = all"},
    {"token_budget", "tokens computed at once; 0 = by the memory there is. More: more memory, often faster"},
    {"gradient_checkpointing", "compute activations twice: less memory, about a third slower"},
    {"lora_rank", "width of the adapter. More: more capacity, sooner overfitting"},
    {"lora_alpha", "the adapter's scale, which is divided by the rank. More: a stronger adapter"},
    {"lora_dropout", "share of the adapter's inputs left out at random. More: less overfitting, slower steps"},
    {"use_rslora", "divide alpha by the root of the rank instead"},
    {"target_modules", "linears that get an adapter: all-linear, or names such as q_proj v_proj"},
    {"init_adapter", "start from this adapter's weights"},
    {"num_train_epochs", "how often all rows are gone over. More: lower train loss, in the end overfitting"},
    {"max_steps", "above 0: exactly so many steps, whatever the epochs say"},
    {"per_device_train_batch_size", "rows of a micro-batch; with the accumulation it gives the rows of a step"},
    {"per_device_eval_batch_size", "taken for swift's sake; evaluation goes by token_budget"},
    {"gradient_accumulation_steps", "micro-batches of a step. More: smoother gradients, fewer steps"},
    {"learning_rate", "how far a step moves the weights. More: faster, until the loss jumps about"},
    {"lr_scheduler_type", "cosine, linear or constant, after the warm-up"},
    {"warmup_ratio", "share of the steps over which the learning rate rises from 0"},
    {"warmup_steps", "the same in steps; above 0 it wins"},
    {"weight_decay", "pulls the adapter towards 0. More: less overfitting, slower learning"},
    {"adam_beta1", "memory of the gradient's mean"},
    {"adam_beta2", "memory of the gradient's square"},
    {"adam_epsilon", "keeps the division by the square's root from blowing up"},
    {"max_grad_norm", "longer gradients are shortened to this length; 0 = never"},
    {"seed", "of the adapter's first weights and of dropout"},
    {"data_seed", "of the split and of the rows' order"},
    {"shuffle", "another order of rows in every epoch (--no-shuffle: as the file has them)"},
    {"auto_settings", "settings that are chosen by measuring; recipe auto names them all, a flag takes its own out"},
    {"split_dataset_ratio", "share cut off for validation; below 0: the larger of 1 % and 100 rows"},
    {"max_length", "tokens that a row may have"},
    {"allow_truncation", "cut longer rows (--truncation_strategy right)"},
    {"drop_long_rows", "leave longer rows out (--truncation_strategy delete); else they stop the start"},
    {"include_unreviewed", "train on rows that a teacher labelled and that need review, too"},
    {"logging_steps", "lines on the terminal every so many steps; logging.jsonl has them all"},
    {"eval_steps", "evaluate every so many steps; 0 = as often as checkpoints are saved"},
    {"save_steps", "a checkpoint every so many steps; 0 = ten in a run"},
    {"save_minutes", "and at least this often"},
    {"save_total_limit", "checkpoints kept: the newest, the best among them (1: the best stays beside the newest); 0 = all"},
    {"best_metric", "eval_loss (lowest) or exact_rows (most): which checkpoint is the best"},
    {"early_stopping_patience", "end after so many evaluations that got no better; 0 = never"},
    {"time_limit_minutes", "the run ends after so long and keeps what is done; 0 = no limit (recipe auto plans for 15)"},
    {"score_rows", "validation rows answered at each evaluation, for the share that is right; 0 = none"},
    {"resume_from_checkpoint", "a checkpoint or a run: go on from there with its own settings, to the same bits"},
    {"resume_only_model", "from there take the adapter only, and begin a new run"},
    {"share_prefixes", "compute what rows begin with in common once (false: to compare)"},
    {"pack", "rows side by side without padding (false: to compare)"},
};

std::string shown(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return dump_json(value);
  std::string text;
  for (const Json& entry : value) text += (text.empty() ? "" : " ") + entry.get<std::string>();
  return text;
}

}  // namespace

std::string train_flags_help(const TrainOptions& defaults) {
  constexpr std::size_t kColumn = 44;
  std::string text;
  const Json settings = train_options_to_json(defaults);
  for (const auto& item : settings.items()) {
    const std::string value = shown(item.value());
    std::string line = "  --" + item.key() + (value.empty() ? "" : " " + value);
    line += std::string(line.size() < kColumn ? kColumn - line.size() : 1, ' ');
    const auto words =
        std::find_if(std::begin(kWords), std::end(kWords), [&](const Words& w) { return w.name == item.key(); });
    if (words != std::end(kWords)) line += words->what;
    text += line + "\n";
  }
  return text;
}

}  // namespace minnow
