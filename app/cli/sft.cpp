// sft: the original `swift sft --train_type lora …` line, word for word, then the merge that `swift export` would do.
#include "app/cli/context.h"
#include "app/cli/training.h"
#include "core/deploy/merge.h"
#include "core/train/train.h"
#include "core/train/train_flags.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

const char* sft_examples() {
  static const std::string text =
      "Takes the flags and defaults of ms-swift 3.5 (facts: learning_rate 1e-4, AdamW with beta2 0.95 and weight decay "
      "0.1,\n"
      "1 % of the rows to validate, …), writes the same folder layout, and merges the checkpoint to use into\n"
      "checkpoint-N-merged. Differences, all told when they matter: lora_dropout is 0 unless given (swift's 0.05 "
      "works\n"
      "and is slower, since rows then can't share their prefixes); prompt_style is swift-3.5, as the original trained "
      "(give\n"
      "--prompt_style no_think for prompts as the model folder's template asks without thinking);\n"
      "nothing is downloaded: a name such as Qwen/Qwen3-0.6B is looked up in the caches of ModelScope and Hugging "
      "Face.\n"
      "Flags that have no meaning here are taken with a note, flags that Minnow doesn't have are refused by name.\n\n"
      "  minnow-cli sft --model Qwen/Qwen3-0.6B --train_type lora --dataset train.jsonl --torch_dtype bfloat16 \\\n"
      "    --num_train_epochs 10 --per_device_train_batch_size 20 --per_device_eval_batch_size 20 --learning_rate 1e-4 "
      "\\\n"
      "    --lora_rank 8 --lora_alpha 32 --target_modules all-linear --gradient_accumulation_steps 16 --save_steps 1 "
      "\\\n"
      "    --save_total_limit 2 --logging_steps 2 --max_length 2048 --output_dir output --warmup_ratio 0.05 \\\n"
      "    --dataloader_num_workers 4\n\n"
      "Beside the settings: --merge_lora false (no merge at the end), --json.\n\n"
      "Settings and their defaults:\n" +
      train_flags_help(swift_defaults());
  return text.c_str();
}

bool wants_merge(const TrainFlags& flags) {
  const auto found = flags.own.find("merge_lora");
  if (found == flags.own.end() || found->second.empty()) return true;
  const std::string& text = found->second.front();
  if (text == "true" || text == "True") return true;
  if (text == "false" || text == "False") return false;
  throw Error(ErrorKind::usage, "--merge_lora is '" + text + "'; it must be true or false", "--merge_lora");
}

int merge_result(const TrainFlags& flags, const TrainReport& report, bool json, Context& context) {
  MergeOptions options;
  options.model = flags.options.model;
  options.adapter = report.checkpoint_in_use;
  options.output = merged_folder_of(report.checkpoint_in_use);
  options.chat_template = flags.options.chat_template;
  options.note = note;
  options.exist_ok = true;  // a resumed run merges again
  const MergeReport merged = merge(options, progress_sink(), context.stop);
  if (merged.stopped) {
    note("Stopped; nothing is merged. The checkpoint is " + report.checkpoint_in_use.string());
    return context.done();
  }
  if (json) {
    print_json({{"event", "merged"},
                {"folder", merged.folder.string()},
                {"dtype", merged.dtype},
                {"prompt_style", to_string(merged.prompt_style)}});
  } else {
    print("Merged model: " + merged.folder.string() + "\n");
    if (merged.rounding.tokens > 0) print(merged.rounding.sentence(merged.dtype) + "\n");
  }
  return 0;
}

int run_sft(const std::vector<std::string>& arguments, Context& context) {
  TrainFlags flags = parse_sft_flags(arguments, {"json", "merge_lora"});
  const bool json = context.json || flags.own.count("json") > 0, merges = wants_merge(flags);
  const bool goes_on = take_settings_of_run(flags);
  resolve_paths(flags.options);
  for (const std::string& sentence : flags.notes) note(sentence);
  if (!goes_on && !flags.is_given("lora_dropout"))
    note("lora_dropout is 0, swift's default is 0.05: without it rows share the computation of their prefixes");
  const TrainReport report = train(flags.options, training_sink(json, flags.options.logging_steps), context.stop);
  const int code = report_training(report, json);
  if (!merges) return code;
  if (code != 0 || report.checkpoint_in_use.empty()) {
    note("Nothing is merged: the run didn't end whole." +
         (report.checkpoint_in_use.empty()
              ? std::string()
              : " Go on with it, or merge what there is: minnow-cli merge --model " + flags.options.model.string() +
                    " --adapter " + report.checkpoint_in_use.string()));
    return code;
  }
  return merge_result(flags, report, json, context);
}

}  // namespace

void add_sft(CLI::App& app, Context& context) {
  CLI::App& command = add_command(app, "sft", "the original swift sft command line, then merge", sft_examples());
  take_free_arguments(command);
  context.on_chosen(command, [&command, &context] {
    const auto arguments = free_arguments(command);
    return arguments ? run_sft(*arguments, context) : 0;
  });
}

}  // namespace minnow::cli
