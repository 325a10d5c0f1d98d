// The recipe that rebuilds the bundled demo model: shape, corpus, steps. `minnow-cli pretrain` runs it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "core/train/pretrain.h"

namespace minnow {

struct DemoModelRecipe {
  std::int64_t batch_tokens = 6144;  ///< corpus tokens per optimiser step
  std::int64_t max_steps = 2800;     ///< 17M tokens
  std::uint64_t seed = 20261123;
};

/// Trains the demo's tokenizer and model into `folder`, or goes on where it stands. Blocks.
TrainReport build_demo_model(const std::filesystem::path& folder, const DemoModelRecipe& recipe,
                             PretrainOptions options, const TrainSink& sink, std::stop_token stop);

}  // namespace minnow
