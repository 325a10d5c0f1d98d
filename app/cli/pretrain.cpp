// pretrain: rebuilds the bundled demo model from its recipe, or goes on where a run of it stands.
#include <cstdio>
#include <memory>

#include "app/cli/context.h"
#include "app/cli/model_options.h"
#include "app/cli/progress.h"
#include "core/demo/demo_model.h"

namespace minnow::cli {
namespace {

struct PretrainAsked {
  DemoModelRecipe recipe;
  PretrainOptions options;
};

Json as_json(const StepDone& step) {
  return {{"step", step.step},
          {"max_steps", step.max_steps},
          {"loss", step.loss},
          {"token_accuracy", step.token_accuracy},
          {"learning_rate", step.learning_rate},
          {"grad_norm", step.grad_norm},
          {"tokens_per_second", step.tokens_per_second},
          {"elapsed_seconds", step.elapsed_seconds},
          {"remaining_seconds", step.remaining_seconds}};
}

/// Steps as a progress line with their loss, or as JSON; notes as lines of their own.
class Teller {
 public:
  explicit Teller(bool json) : json_(json) {}

  void operator()(const TrainEvent& event) {
    if (const auto* step = std::get_if<StepDone>(&event)) tell(*step);
    if (const auto* said = std::get_if<Note>(&event)) note(text_of(said->notice));
  }

 private:
  void tell(const StepDone& step) {
    if (json_) print_json(as_json(step));
    char loss[64];
    std::snprintf(loss, sizeof loss, "loss %.3f, %.0f tokens/s", step.loss, step.tokens_per_second);
    progress_->show({"pretraining", "steps", step.step, step.max_steps}, loss);
  }

  bool json_;
  std::shared_ptr<ProgressLine> progress_ = std::make_shared<ProgressLine>();  // a sink is copied
};

int pretrain_demo(const PretrainAsked& asked, Context& context) {
  const TrainReport report =
      build_demo_model(asked.options.output_dir, asked.recipe, asked.options, Teller(context.json), context.stop);
  if (report.outcome == TrainReport::Outcome::stopped) {
    note("stopped at step " + std::to_string(report.steps) + "; the same command goes on from there");
    return 130;
  }
  if (context.json) {
    print_json({{"model", asked.options.output_dir.string()},
                {"steps", report.steps},
                {"train_loss", report.train_loss},
                {"seconds", report.seconds}});
  } else {
    print("the model is in " + asked.options.output_dir.string() + " (" + std::to_string(report.steps) + " steps)\n");
  }
  return 0;
}

}  // namespace

void add_pretrain(CLI::App& app, Context& context) {
  CLI::App& command = add_command(
      app, "pretrain", "rebuild the bundled demo model from scratch",
      "Trains a tiny Qwen3 and its tokenizer on made-up text: the recipe of resources/demo. Saves as it goes; run the\n"
      "same command again after a stop and it goes on where it stood.\n"
      "Examples:\n  minnow-cli pretrain --output my-demo-model\n"
      "  minnow-cli pretrain --output quick --max-steps 200 --threads 2");
  const auto asked = std::make_shared<PretrainAsked>();
  command.add_option("--output", asked->options.output_dir, "folder for the model; its state while training")
      ->required()
      ->type_name("DIR");
  command.add_option("--max-steps", asked->recipe.max_steps, "optimiser steps")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command.add_option("--batch-tokens", asked->recipe.batch_tokens, "tokens per step")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command.add_option("--seed", asked->recipe.seed, "of text, order and weights")->type_name("N")->capture_default_str();
  command.add_option("--save-minutes", asked->options.save_minutes, "minutes between saves")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  add_dtype_option(command, asked->options.dtype);
  add_machine_options(command, asked->options.device, asked->options.threads);
  context.on_chosen(command, [&context, asked] { return pretrain_demo(*asked, context); });
}

}  // namespace minnow::cli
