// Full-parameter training from scratch: f32 masters and moments, bf16 or f32 compute; Muon for the hidden matrices,
// AdamW for the rest. Made for small models such as the demo's. Torch-free header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/model/config.h"
#include "core/types/example.h"
#include "core/types/train_event.h"

namespace minnow {

struct PretrainOptions {
  Qwen3Config shape;
  std::filesystem::path output_dir;      ///< a complete model folder when done; its state while running
  std::filesystem::path tokenizer_from;  ///< folder whose tokenizer files go with the model
  std::string dtype = "auto";
  std::string device = "auto";
  int threads = 0;
  std::int64_t max_steps = 2000;
  std::int64_t warmup_steps = 40;
  double flat_share = 0.45;   ///< of the steps at the full rate; then linear decay
  double final_share = 0.03;  ///< of the rate at the end
  double muon_learning_rate = 0.02;
  double learning_rate = 3e-3;  ///< AdamW: embedding, head, norms
  double adam_beta1 = 0.9, adam_beta2 = 0.98;
  double max_grad_norm = 1.0;
  std::uint64_t seed = 42;
  double save_minutes = 5.0;
};

/// The rows of one optimiser step; must give the same rows for the same step, so that a resumed run goes on exactly.
using StepRows = std::function<std::vector<TokenizedExample>(std::int64_t step)>;

/// Trains, or goes on where output_dir's state stands. Reports StepDone and CheckpointSaved. Blocks.
/// Throws Error(io …) and Error(format) for a state that doesn't fit the options.
TrainReport pretrain(const PretrainOptions& options, const StepRows& rows, const TrainSink& sink, std::stop_token stop);

}  // namespace minnow
