// Writes a complete Hugging Face folder: config, weights (sharded when large), tokenizer files. Inner header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/model/weights.h"

namespace minnow {

struct SaveOptions {
  at::ScalarType dtype = at::kBFloat16;
  std::int64_t shard_bytes = std::int64_t{5} << 30;  ///< ms-swift's limit; also bounds the memory that saving takes
  std::filesystem::path tokenizer_from;              ///< folder whose tokenizer files are copied; empty = none
  std::optional<std::string> chat_template;          ///< replaces the copied folder's template
  bool ends = false;  ///< the tokenizer's files name <|im_end|> and the config's eos_token_ids as ends, whatever they did
};

/// Gives the tensor to store under a checkpoint name in place of the model's own (a merged one, say); rounded once to
/// options.dtype. Called tensor by tensor, so that at most one shard is in memory.
using TensorOf = std::function<at::Tensor(const std::string& name, const at::Tensor& weight)>;

/// Every file is written atomically, config.json last, so a folder with it is whole.
/// Throws Error(disk_full), (read_only), (io).
void save_model(const std::filesystem::path& folder, const Qwen3Weights& weights, const SaveOptions& options,
                const TensorOf& tensor_of = {});

}  // namespace minnow
