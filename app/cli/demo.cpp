// minnow-cli demo: rows → LoRA → before and after → merged weights, with the bundled model.
#include <cmath>
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/model_options.h"
#include "core/demo/demo.h"

namespace minnow::cli {
namespace {

std::string share_text(const Share& share) {
  char text[96];
  std::snprintf(text, sizeof text, "%.1f %% (%lld of %lld; 95 %%: %.1f to %.1f)", 100.0 * share.value(),
                static_cast<long long>(share.k), static_cast<long long>(share.n), 100.0 * share.low,
                100.0 * share.high);
  return text;
}

/// Training events as lines: every tenth part of the steps, evaluations, notes.
TrainSink training_lines() {
  return [](const TrainEvent& event) {
    char text[256];
    if (const auto* s = std::get_if<StepDone>(&event)) {
      const std::int64_t every = std::max<std::int64_t>(1, s->max_steps / 20);
      if (s->step % every != 0 && s->step != 1) return;
      std::snprintf(text, sizeof text, "  step %lld/%lld  loss %.4f  lr %.2g  %.0f tokens/s  %s left",
                    static_cast<long long>(s->step), static_cast<long long>(s->max_steps), s->loss, s->learning_rate,
                    s->tokens_per_second, seconds_text(s->remaining_seconds).c_str());
      note(text);
    } else if (const auto* e = std::get_if<EvalDone>(&event)) {
      std::snprintf(text, sizeof text, "  eval loss %.4f%s", e->eval_loss, e->is_best ? " (best so far)" : "");
      std::string line = text;
      if (e->exact_rows >= 0) {
        std::snprintf(text, sizeof text, ", %.0f %% of a few validation rows exact", 100.0 * e->exact_rows);
        line += text;
      }
      note(line);
    } else if (const auto* n = std::get_if<Note>(&event)) {
      note("  " + text_of(n->notice));
    }
  };
}

Json share_json(const Share& s) {
  return {{"k", s.k}, {"n", s.n}, {"share", s.value()}, {"low", s.low}, {"high", s.high}};
}

int print_report(const DemoReport& r, const Context& context) {
  if (context.json) {
    print_json({{"stopped", r.stopped},
                {"before_exact", share_json(r.test.before.exact)},
                {"before_valid_json", share_json(r.test.before.valid_json)},
                {"after_exact", share_json(r.test.after.exact)},
                {"after_valid_json", share_json(r.test.after.valid_json)},
                {"wild_exact", share_json(r.wild.after.exact)},
                {"fixed", r.test.rows.fixed},
                {"broken", r.test.rows.broken},
                {"p_value", r.test.rows.p_value},
                {"seconds", r.seconds},
                {"folder", r.folder.string()},
                {"run_dir", r.run_dir.string()},
                {"merged", r.merged.string()},
                {"report_html", r.report_html.string()}});
    return context.done();
  }
  if (r.stopped) {
    print("Stopped; what was done is kept in " + r.folder.string() + ".\n");
    return context.done();
  }
  print("\nOn " + std::to_string(r.test.after.exact.n) +
        " unseen rows, tutorial style (the demo model's figures, not Qwen3-0.6B's):\n" + "  before  exact " +
        share_text(r.test.before.exact) + "   valid JSON " + share_text(r.test.before.valid_json) + "\n" +
        "  after   exact " + share_text(r.test.after.exact) + "   valid JSON " + share_text(r.test.after.valid_json) +
        "\n" + "  " + std::to_string(r.test.rows.fixed) + " rows fixed, " + std::to_string(r.test.rows.broken) +
        " broken (exact McNemar test: p " +
        (r.test.rows.p_value < 0.001 ? "< 0.001" : "= " + std::to_string(r.test.rows.p_value)) + ")\n" + "On " +
        std::to_string(r.wild.after.exact.n) + " unseen rows as people really write:\n" + "  after   exact " +
        share_text(r.wild.after.exact) + "\n\n" + "Verdict: " + r.training.verdict.sentence + "\n" + "Took " +
        seconds_text(r.seconds) + ".\n\n" + "Rows            " + r.data.string() + "\n" + "Run             " +
        r.run_dir.string() + "\n" + "Report          " + r.report_html.string() + "\n" + "Merged weights  " +
        r.merged.string() + "\n");
  return context.done();
}

}  // namespace

void add_demo(CLI::App& app, Context& context) {
  CLI::App& command = add_command(
      app, "demo", "the whole journey on synthetic rows with the bundled tiny model",
      "Examples:\n"
      "  minnow-cli demo\n"
      "  minnow-cli demo --output my-demo --dtype f32\n"
      "Synthesises delivery strings, trains a LoRA adapter, evaluates before and after on unseen rows, merges.");
  const auto o = std::make_shared<DemoOptions>();
  const auto output = std::make_shared<std::string>("minnow-demo");
  const auto model = std::make_shared<std::string>();
  command.add_option("--output", *output, "folder for everything the demo makes")->capture_default_str();
  command.add_option("--model", *model, "another model folder than the bundled one");
  add_dtype_option(command, o->dtype);
  add_machine_options(command, o->device, o->threads);
  command.add_option("--seed", o->seed, "seed of rows and training")->capture_default_str();
  command.add_option("--train-rows", o->train_rows, "training rows")->capture_default_str();
  command.add_option("--test-rows", o->test_rows, "unseen test rows, tutorial style")->capture_default_str();
  command.add_option("--wild-rows", o->wild_rows, "unseen test rows as people write")->capture_default_str();
  command.add_option("--epochs", o->epochs, "0 = the demo recipe's")->capture_default_str();
  context.on_chosen(command, [o, output, model, &context] {
    o->output_dir = *output;
    o->model = *model;
    note(demo_expectation(*o));
    const DemoReport report = run_demo(
        *o, [](const std::string& s) { note(s); }, progress_sink(), training_lines(), context.stop);
    return print_report(report, context);
  });
}

}  // namespace minnow::cli
