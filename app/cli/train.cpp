// train: LoRA fine-tuning from files of rows to checkpoints, without a project.
#include "core/train/train.h"

#include "app/cli/context.h"
#include "app/cli/task_option.h"
#include "app/cli/training.h"
#include "core/train/train_flags.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

const char* examples() {
  static const std::string text =
      "Rows: messages, query/response, alpaca, sharegpt, Minnow's own rows, tables, or pre-tokenised\n"
      "{\"input_ids\",\"labels\"}. Flags are named as ms-swift names them; `minnow-cli sft` takes its whole command line.\n\n"
      "  minnow-cli train --model Qwen3-0.6B --dataset train.jsonl --output_dir output --recipe Tutorial\n"
      "  minnow-cli train --model Qwen3-0.6B --dataset a.jsonl b.jsonl --val_dataset val.jsonl --output_dir output\n"
      "  minnow-cli train --model Qwen3-0.6B --dataset ids.jsonl --no-shuffle --init-adapter start --output_dir output\n"
      "  minnow-cli train --model Qwen3-0.6B --dataset train.jsonl --resume_from_checkpoint output/v0-20261123-164500\n\n"
      "Beside the settings: --recipe Tutorial, Quick or Thorough (other flags win over it); --task minnow.json (whose fields\n"
      "the task score judges); --truncation_strategy delete, right or raise; --no-shuffle; --json.\n\n"
      "Settings and their defaults:\n" +
      train_flags_help(TrainOptions());
  return text.c_str();
}

int run_train(const std::vector<std::string>& arguments, Context& context) {
  TrainFlags flags = parse_train_flags(arguments, TrainOptions(), {"json", "task"});
  const bool json = context.json || flags.own.count("json") > 0;
  std::optional<Task> task;
  if (const auto found = flags.own.find("task"); found != flags.own.end()) {
    if (found->second.size() != 1) throw Error(ErrorKind::usage, "--task takes one file", "--task");
    task = task_from_file(found->second.front());
    if (!flags.is_given("prompt_style")) flags.options.prompt_style = task->prompt_style;
  }
  resolve_paths(flags.options);
  for (const std::string& sentence : flags.notes) note(sentence);
  const TrainReport report = train(flags.options, training_sink(json, flags.options.logging_steps), context.stop, task);
  return report_training(report, json);
}

}  // namespace

void add_train(CLI::App& app, Context& context) {
  CLI::App& command = add_command(app, "train", "fine-tune a LoRA adapter on rows", examples());
  take_free_arguments(command);
  context.on_chosen(command, [&command, &context] {
    const auto arguments = free_arguments(command);
    return arguments ? run_train(*arguments, context) : 0;
  });
}

}  // namespace minnow::cli
