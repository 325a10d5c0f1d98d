// How far the rounding of merged weights moves what the model says. Torch-free header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/types/task.h"

namespace minnow {

/// Over the tokens of a few rows, every one asked of both models.
struct Rounding {
  std::int64_t tokens = 0;       ///< positions compared; 0: not measured
  std::int64_t same = 0;         ///< positions at which both find the same token the likeliest
  double largest = 0.0;          ///< difference of a logit
  double mean = 0.0;             ///< difference of logits, absolute
  /// "… moves the logits of 64 tokens by at most 0.31 (0.02 on average); the likeliest token stays the same at 63".
  std::string sentence(const std::string& dtype) const;
};

struct RoundingSides {
  std::filesystem::path model, adapter;  ///< computed one beside the other, as they were trained
  std::filesystem::path merged;          ///< the folder that was written
  PromptStyle prompt_style = PromptStyle::no_think;
  std::optional<TemplateChoice> chat_template;
};

/// Asks rows that the adapter's run validated on, if they lie beside it, else a few texts of our own. Opens one model
/// after the other and computes in float32. Throws as opening does, Error(memory) where that can't hold the weights;
/// tokens is 0 when `stop` came first.
Rounding measure_rounding(const RoundingSides& sides, std::stop_token stop = {});

}  // namespace minnow
