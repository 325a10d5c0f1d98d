// merge: an adapter folded into its base model, as a folder that other programs open.
#include "core/deploy/merge.h"

#include <memory>
#include <string>

#include "app/cli/context.h"
#include "app/cli/model_options.h"

namespace minnow::cli {
namespace {

constexpr const char* merge_examples =
    "The result is a complete Hugging Face folder: weights, config, tokenizer, and a chat template whose default "
    "prompt is\n"
    "the one that the adapter was trained with. Other programs open it like any Qwen3 model.\n\n"
    "  minnow-cli merge --model Qwen3-0.6B --adapter output/v0-20261123-164500/checkpoint-50\n"
    "      writes output/v0-20261123-164500/checkpoint-50-merged\n"
    "  minnow-cli merge --model Qwen3-0.6B --adapter checkpoint-50 --output_dir my-student --dtype bfloat16";

int run_merge(const MergeOptions& options, Context& context) {
  const MergeReport report = merge(options, progress_sink(), context.stop);
  if (report.stopped) {
    note("Stopped; nothing was written.");
    return context.done();
  }
  const Rounding& r = report.rounding;
  if (context.json) {
    print_json({{"folder", report.folder.string()},
                {"rounding", {{"tokens", r.tokens}, {"same", r.same}, {"largest", r.largest}, {"mean", r.mean}}},
                {"prompt_style", to_string(report.prompt_style)},
                {"dtype", report.dtype},
                {"merged_modules", report.merged_modules},
                {"bytes", report.bytes}});
  } else {
    print("Merged " + std::to_string(report.merged_modules) + " layers into " + report.folder.string() + " (" +
          report.dtype + ", " + bytes_text(static_cast<double>(report.bytes)) + ", prompt style " +
          to_string(report.prompt_style) + ").\n" +
          (report.merged_modules == 0 ? "The adapter has no effect: the weights are the model's own.\n" : "") +
          (r.tokens > 0 ? r.sentence(report.dtype) + "\n" : ""));
  }
  return 0;
}

}  // namespace

void add_merge(CLI::App& app, Context& context) {
  CLI::App& command =
      add_command(app, "merge", "fold an adapter into its model: a folder for every Qwen3 program", merge_examples);
  auto options = std::make_shared<MergeOptions>();
  command.add_option("--model", options->model, "folder of the base model")->required()->type_name("DIR");
  command.add_option("--adapter,--adapters", options->adapter, "folder of the LoRA adapter (a checkpoint)")
      ->required()
      ->type_name("DIR");
  command.add_option("--output_dir,--output-dir,-o", options->output, "folder to make; default: ADAPTER-merged")
      ->type_name("DIR");
  command
      .add_option("--dtype", options->dtype,
                  "of the written weights: auto (as the model's), bfloat16, float16 or float32")
      ->type_name("TYPE")
      ->capture_default_str();
  command
      .add_option_function<std::string>(
          "--prompt_style,--prompt-style",
          [options](const std::string& name) { options->prompt_style = prompt_style_from(name); },
          "no_think or swift-3.5; default: as the adapter records")
      ->type_name("STYLE");
  add_template_option(command, options->chat_template);
  options->note = note;
  command.add_option("--exist_ok,--exist-ok", options->exist_ok, "true: replace a model folder that is there")
      ->type_name("BOOL")
      ->expected(0, 1)
      ->default_str("false");
  context.on_chosen(command, [options, &context] {
    if (options->output.empty()) options->output = merged_folder_of(options->adapter);
    return run_merge(*options, context);
  });
}

}  // namespace minnow::cli
