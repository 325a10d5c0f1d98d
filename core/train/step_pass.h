// One pass over a step's rows: cut into micro-batches, dealt out to lanes, losses summed and gradients added up. LoRA
// runs and full-parameter training both take their steps with it. Inner header.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "core/model/stack.h"
#include "core/train/microbatch.h"
#include "core/types/example.h"

namespace minnow {

struct PassSum {
  double loss = 0.0, correct = 0.0, supervised = 0.0;  ///< sums over supervised tokens
  std::int64_t given = 0, computed = 0;                ///< tokens of the rows; through the stack, after sharing
  bool whole = true;                                   ///< false when the stop switch cut it short
};

/// What a pass needs beside its rows. Everything stays the caller's.
struct StepPass {
  CutOptions cut;
  bool recompute = false;
  std::vector<Stack> stacks;               ///< one per lane, each with LoRA gradients of its own
  std::vector<FullGrads>* full = nullptr;  ///< one per lane; null: no weight but the adapter's is trained
  /// The masks of a micro-batch of the rows at these positions; empty: no dropout.
  std::function<LoraDropout(const PackedBatch&, const std::vector<std::size_t>& rows)> dropout;

  /// Loss over rows; with `grad` gradients of the mean over all their supervised tokens are added to every lane's.
  /// `done` is told on the calling thread how many rows are through.
  PassSum run(const std::vector<const TokenizedExample*>& rows, bool grad, std::stop_token stop,
              const std::function<void(std::int64_t rows_done)>& done = {}) const;
};

}  // namespace minnow
