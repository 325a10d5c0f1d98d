// The demo: the whole journey on synthetic delivery strings with the bundled tiny model, nothing downloaded.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "core/types/evaluate_report.h"
#include "core/types/progress.h"
#include "core/types/train_event.h"
#include "core/types/train_options.h"

namespace minnow {

struct DemoOptions {
  std::filesystem::path model;  ///< empty = the bundled one
  std::filesystem::path output_dir = "minnow-demo";
  std::string dtype = "auto";
  std::string device = "auto";
  int threads = 0;
  std::uint64_t seed = 42;
  std::int64_t train_rows = 8000;
  std::int64_t test_rows = 400;  ///< unseen, tutorial style
  std::int64_t wild_rows = 150;  ///< unseen, as people write
  double epochs = 0.0;           ///< 0 = the demo recipe's
};

struct DemoReport {
  bool stopped = false;
  EvaluateReport test;  ///< untuned and tuned on the same unseen rows
  EvaluateReport wild;  ///< tuned only
  TrainReport training;
  std::filesystem::path folder, data, run_dir, merged, report_html;
  double seconds = 0.0;
};

/// The demo's own recipe: LoRA rank 8 at a rate that suits so small a model (facts in resources/demo/README.md).
TrainOptions demo_recipe();

/// What it will take here, a sentence for before the start.
std::string demo_expectation(const DemoOptions& options);

/// Synthesises rows, evaluates, trains, evaluates again, merges; writes everything below output_dir. Blocks.
/// `say` gets a sentence at each stage. Throws as its parts do.
DemoReport run_demo(const DemoOptions& options, const std::function<void(const std::string&)>& say,
                    const ProgressSink& progress, const TrainSink& training, std::stop_token stop);

}  // namespace minnow
