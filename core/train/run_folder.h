// A run's folder as ms-swift lays it out: v{k}-{date}-{time}, args.json, logging.jsonl, manifest.json (facts 7.6, 7.7).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/io/json.h"
#include "core/types/train_event.h"
#include "core/types/train_options.h"

namespace minnow {

/// output_dir/v{k}-{YYYYmmdd-HHMMSS}, k one more than the largest there; the folder is made.
std::filesystem::path new_run_folder(const std::filesystem::path& output_dir);

/// "45s", "1m 3s", "2h 0m 5s", "1d 0h 0m 9s".
std::string duration_text(double seconds);

/// logging.jsonl lines with swift's field names.
Json train_line(const StepDone& step, double memory_gib);
Json eval_line(const EvalDone& eval, std::int64_t rows, const StepDone& at);

/// One line of logging.jsonl read back.
struct LoggedPoint {
  std::int64_t step = 0, max_steps = 0;
  double epoch = 0.0;
  bool is_eval = false;
  double loss = 0.0, learning_rate = 0.0, grad_norm = 0.0, token_accuracy = 0.0, tokens_per_second = 0.0;  ///< train
  double elapsed_seconds = 0.0;                                  ///< since the run began, to a second
  double eval_loss = 0.0, exact_rows = -1.0, valid_json = -1.0;  ///< eval
};
std::vector<LoggedPoint> read_log(const std::filesystem::path& run_dir);

/// Cuts logging.jsonl back to lines of at most `step`; what a resumed run does first. `evaluated` false: the evaluation at
/// that step goes, too, as it will be made again.
void cut_log(const std::filesystem::path& run_dir, std::int64_t step, bool evaluated = true);

/// The curves of a log as the verdict wants them.
std::vector<CurvePoint> curve_of(const std::vector<LoggedPoint>& log);

}  // namespace minnow
