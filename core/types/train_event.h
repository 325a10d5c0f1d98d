// What training tells while it runs, and its report. Numbers and paths only: nothing here keeps a tensor alive.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "core/types/auto_choice.h"
#include "core/types/verdict.h"

namespace minnow {

/// One step of recipe auto's range test is done; before RunStarted.
struct RateTried {
  std::int64_t done = 0, total = 0;
  RatePoint point;
};

/// What recipe auto chose; before RunStarted.
struct SettingsChosen {
  AutoChoice choice;
};

/// Before the first step.
struct RunStarted {
  std::filesystem::path run_dir;
  std::int64_t first_step = 1;  ///< > 1 when resumed
  std::int64_t max_steps = 0;
  std::int64_t train_rows = 0;
  std::int64_t validation_rows = 0;
  double tokens_per_row = 0.0;         ///< mean
  double tokens_computed_share = 1.0;  ///< tokens through the stack after sharing / before
  std::int64_t trainable_parameters = 0;
  std::int64_t predicted_peak_bytes = 0;
  double predicted_seconds = 0.0;  ///< 0 until known
  std::string dtype, device;
  int threads = 0;
};

/// One micro-batch is done; for progress within long steps.
struct MicroBatchDone {
  std::int64_t step = 0;             ///< 1-based optimiser step it belongs to
  std::int64_t done = 0, total = 0;  ///< rows of this step
};

/// One optimiser step is done.
struct StepDone {
  std::int64_t step = 0;  ///< 1-based; optimiser steps, not micro-batches
  std::int64_t max_steps = 0;
  double epoch = 0.0;
  double loss = 0.0;  ///< mean cross-entropy over trained-on tokens, nats
  double token_accuracy = 0.0;
  double learning_rate = 0.0;  ///< the one used in this step
  double grad_norm = 0.0;      ///< L2, before clipping
  std::int64_t supervised_tokens = 0;
  double tokens_per_second = 0.0;  ///< input tokens as given, not after sharing
  double elapsed_seconds = 0.0;
  double remaining_seconds = 0.0;
};

/// An evaluation of the run goes on: rows of its loss and its score together.
struct EvalProgress {
  std::int64_t step = 0;
  std::int64_t done = 0, total = 0;
};

struct EvalDone {
  std::int64_t step = 0;
  double epoch = 0.0;
  double eval_loss = 0.0;  ///< token mean over the validation rows, nats
  double token_accuracy = 0.0;
  double valid_json = -1.0;  ///< share of decoded rows; < 0 when none were decoded
  double exact_rows = -1.0;
  double seconds = 0.0;
  bool is_best = false;
};

struct CheckpointSaved {
  std::int64_t step = 0;
  std::filesystem::path path;
};

/// A decoded validation row, for the eye.
struct SampleReady {
  std::int64_t step = 0;
  std::string input, expected, answer;
  bool exact = false;
};

/// Something a person should know: a slow BLAS, recomputation switched on, a step discarded.
struct Note {
  Notice notice;
};

using TrainEvent = std::variant<RunStarted, MicroBatchDone, StepDone, EvalProgress, EvalDone, CheckpointSaved, SampleReady, Note,
                                RateTried, SettingsChosen>;
using TrainSink = std::function<void(const TrainEvent&)>;

struct TrainReport {
  /// early_stopped: by patience; time_limit: by time_limit_minutes.
  enum class Outcome { finished, stopped, early_stopped, diverged, time_limit };
  Outcome outcome = Outcome::finished;
  std::filesystem::path run_dir;
  std::filesystem::path last_checkpoint, best_checkpoint;  ///< empty when there is none
  std::filesystem::path checkpoint_in_use;                 ///< what evaluating and merging take: see run_record.h
  std::int64_t steps = 0, best_step = 0;
  double train_loss = 0.0;  ///< mean over all updates
  double best_eval_loss = 0.0;
  double seconds = 0.0;
  std::int64_t peak_bytes = 0;  ///< peak resident memory of the process
  Verdict verdict;
};

}  // namespace minnow
