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
  bool evaluated = true;  ///< false: the evaluation that is due at this step was cut short
  std::string data_hash;  ///< of the tokenised rows: a resumed run must have the same
  std::int64_t token_budget = 0;
  std::string dtype;
  int threads = 0;
};

/// A file that every checkpoint has: whoever needs the checkpoint to stay holds a shared lock on it (run_upkeep.h).
inline constexpr const char* kCheckpointAnchor = "adapter_config.json";

std::filesystem::path checkpoint_dir(const std::filesystem::path& run_dir, std::int64_t step);

TrainerState load_trainer_state(const std::filesystem::path& checkpoint);

/// Whole checkpoints of a run by step.
std::vector<std::int64_t> checkpoints_of(const std::filesystem::path& run_dir);

/// The step that a person chose for others to take (chosen.json); 0: none, or one whose checkpoint is gone.
std::int64_t chosen_step(const std::filesystem::path& run_dir);
void write_chosen_step(const std::filesystem::path& run_dir, std::int64_t step);  ///< 0: no choice any more

/// The checkpoint that a run goes on from: the chosen one ("go back to step N"), else the newest; 0 when there is none.
std::int64_t step_to_resume(const std::filesystem::path& run_dir);

/// Removes a checkpoint. Throws Error(busy) when somebody keeps it (keep_checkpoint()).
void remove_checkpoint(const std::filesystem::path& run_dir, std::int64_t step);

/// Keeps the newest `limit` checkpoints, the best among them (with a limit of 1 the best and the newest); deletes the
/// rest (limit <= 0: none). A chosen one and those that somebody keeps (keep_checkpoint()) stay besides.
void rotate_checkpoints(const std::filesystem::path& run_dir, std::int64_t best_step, int limit);

}  // namespace minnow
