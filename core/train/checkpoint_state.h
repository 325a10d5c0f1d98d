// Where a run's checkpoints lie, which there are, and how far each one got: what a list of runs needs. Their tensors
// are checkpoint.h's. Torch-free header, and it links no libtorch.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace minnow {

/// What a run needs to go on to the same bits.
struct TrainerState {
  std::int64_t step = 0;  ///< optimiser steps done
  std::int64_t max_steps = 0;
  double epoch = 0.0;
  double loss_sum = 0.0;  ///< over all updates, for the mean at the end
  double elapsed_seconds = 0.0;
  std::int64_t tokens_seen = 0;
  std::int64_t best_step = 0;  ///< 0 = none yet
  double best_metric = 0.0;
  std::int64_t evals_since_best = 0;
  std::string data_hash;  ///< of the tokenised rows: a resumed run must have the same
  std::int64_t token_budget = 0;
  std::string dtype;
  int threads = 0;
};

std::filesystem::path checkpoint_dir(const std::filesystem::path& run_dir, std::int64_t step);

TrainerState load_trainer_state(const std::filesystem::path& checkpoint);

/// Whole checkpoints of a run by step.
std::vector<std::int64_t> checkpoints_of(const std::filesystem::path& run_dir);
/// Keeps the newest and the best, and more up to `limit`; deletes the rest (0 = keep all).
void rotate_checkpoints(const std::filesystem::path& run_dir, std::int64_t best_step, int limit);

}  // namespace minnow
