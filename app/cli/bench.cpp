// minnow-cli bench: what this machine does with Minnow, beside what the machine itself can do.
#include "core/bench/bench.h"
#include "app/cli/context.h"

namespace minnow::cli {

void add_bench(CLI::App& app, Context& context) {
  CLI::App& command =
      add_command(app, "bench", "measure training, decoding and opening on this machine",
                  "Examples:\n"
                  "  minnow-cli bench --shape qwen3-0.6b\n"
                  "  minnow-cli bench --shape demo --model minnow-demo/runs/v0-…/checkpoint-500-merged --rows "
                  "minnow-demo/data/test.jsonl\n"
                  "  minnow-cli bench --only auto --auto-task tickets --auto-rows 480 --auto-grid\n"
                  "Weights are random; rows have 95 shared, 55 own and 80 answer tokens. Every share is of the\n"
                  "machine's own rates, measured first; the formulas stand in the result.");
  struct Settings {
    BenchOptions bench;
    std::string only, model, adapter, rows, tokenizer;
  };
  const auto s = std::make_shared<Settings>();
  s->bench.shape_name = "qwen3-0.6b";
  command.add_option("--shape", s->bench.shape_name, "qwen3-0.6b, qwen3-1.7b, qwen3-4b, qwen3-8b or demo")
      ->capture_default_str();
  command.add_option("--only", s->only, "one part: train, generate, requests, drafts, open, busy-thread, estimate or auto")
      ->check(CLI::IsMember({"train", "generate", "requests", "drafts", "open", "busy-thread", "estimate", "auto"}));
  command.add_option("--dtype", s->bench.dtype, "auto, float32 or bfloat16")->capture_default_str();
  command.add_option("--device", s->bench.device, "auto, cpu or cuda")->capture_default_str();
  command.add_option("--threads", s->bench.threads, "threads; 0 = all processors")->capture_default_str();
  command.add_option("--train-rows", s->bench.train_rows, "rows of a training step")->capture_default_str();
  command.add_option("--generate-rows", s->bench.generate_rows, "rows to decode")->capture_default_str();
  command.add_option("--batch-size", s->bench.batch_size, "rows decoded together")->capture_default_str();
  command.add_option("--repeats", s->bench.repeats, "the fastest of so many counts")->capture_default_str();
  command.add_option("--model", s->model, "a model folder for drafts and requests, or the student of --only auto");
  command.add_option("--adapter", s->adapter, "an adapter to go with it");
  command.add_option("--rows", s->rows, "its rows, a messages file");
  command.add_option("--tokenizer", s->tokenizer,
                     "a folder whose tokenizer the opened folder gets; default: the demo's");
  command.add_option("--auto-task", s->bench.auto_tasks, "made-up tasks for --only auto: deliveries, tickets, invoices")
      ->capture_default_str();
  command.add_option("--auto-rows", s->bench.auto_rows, "training rows for --only auto")->capture_default_str();
  command.add_option("--auto-minutes", s->bench.auto_minutes, "time limit of Auto's runs; 0 = its own");
  command.add_flag("--auto-grid", s->bench.auto_grid, "and 12 runs by hand over rate and rows per step, to compare");
  command.add_flag("--with-busy-thread", s->bench.with_busy_thread,
                   "measure a step and a row again beside a thread that works 2 ms, 60 times a second");
  context.on_chosen(command, [s, &context] {
    BenchOptions& b = s->bench;
    b.shape = shape_named(b.shape_name);
    if (!s->model.empty()) b.model = s->model;
    if (!s->adapter.empty()) b.adapter = s->adapter;
    if (!s->rows.empty()) b.rows = s->rows;
    if (!s->tokenizer.empty()) b.tokenizer = s->tokenizer;
    if (!s->only.empty()) {
      b.train = s->only == "train";
      b.generate = s->only == "generate";
      b.drafts = s->only == "drafts";
      b.open = s->only == "open";
      b.with_busy_thread |= s->only == "busy-thread";
      b.requests = s->only == "requests";
      b.estimate = s->only == "estimate";
      b.auto_recipe = s->only == "auto";
    }
    const Json result = bench(
        b, [](const std::string& line) { note(line); }, context.stop);
    print_json(result);
    return context.done();
  });
}

}  // namespace minnow::cli
