// What a model says after every token of a row; for inspection and comparisons, not for decoding. Torch-free header.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/model/loaded_model.h"

namespace minnow {

/// The logits after one token: position in the row, f32 [V], valid during the call.
using LogitsSink = std::function<void(std::int64_t position, std::span<const float> logits)>;

/// Runs the row through the model with its adapter and hands every position to `sink`, in order. The head is computed
/// in chunks, so memory doesn't grow with row length times vocabulary. False when `stop` was requested.
/// Throws Error(data) for no ids, an id outside the vocabulary, or more ids than max_position_embeddings.
bool each_logits(const LoadedModel& model, const std::vector<std::int32_t>& ids, const LogitsSink& sink,
                 std::stop_token stop = {});

/// The `count` largest logits with their ids, largest first; of equal ones the lower id.
std::vector<std::pair<std::int32_t, float>> top_logits(std::span<const float> logits, std::size_t count);

}  // namespace minnow
