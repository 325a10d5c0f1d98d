// Qwen3Config: config.json of a dense Qwen3 in both layouts (transformers 4 and 5); what isn't dense Qwen3 is refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/io/json.h"
#include "core/types/progress.h"

namespace minnow {

class CheckpointTensors;

/// The shape of a dense Qwen3 (letters as in ARCHITECTURE.md: D hidden, H heads, K kv heads, E head dim, V vocabulary).
struct Qwen3Config {
  std::int64_t hidden_size = 0;        ///< D
  std::int64_t intermediate_size = 0;  ///< I
  std::int64_t num_hidden_layers = 0;
  std::int64_t num_attention_heads = 0;  ///< H
  std::int64_t num_key_value_heads = 0;  ///< K
  std::int64_t head_dim = 128;           ///< E; not D / H
  std::int64_t vocab_size = 0;           ///< V, rows of the embedding; may exceed the tokenizer's length
  std::int64_t max_position_embeddings = 40960;
  double rope_theta = 10000.0;
  double rms_norm_eps = 1e-6;
  bool tie_word_embeddings = false;
  std::string dtype = "bfloat16";           ///< float32, float16 or bfloat16: what the files hold
  /// Keys that config.json leaves out and whose default is not the same for all Qwen3: "head_dim", "rope_theta", …
  std::set<std::string> missing;
  std::vector<std::int32_t> eos_token_ids;  ///< from generation_config.json, else config.json

  /// Parameters, a tied matrix counted once.
  std::int64_t parameter_count() const;
  /// Parameters of the linear layers of the stack, without embedding and head: what a token's matmuls read.
  std::int64_t stack_parameter_count() const;
};

/// Reads config.json (and generation_config.json, if there) of `folder`. What config.json leaves out and the tensors
/// tell (head_dim, num_key_value_heads, dtype) is taken from them; `note` gets what is guessed so. Throws
/// Error(not_found / format / unsupported) with a sentence that names the key and the value, or what the model is when
/// it isn't a dense Qwen3.
Qwen3Config load_config(const std::filesystem::path& folder, const NoteSink& note = {});

/// The same from parsed JSON; `subject` names it in sentences.
Qwen3Config parse_config(const Json& json, const std::string& subject);

/// Fills what `config.missing` names from the headers of the folder's weights, if they can be read; else the defaults
/// stay. `subject` is config.json's path.
void complete_from_tensors(Qwen3Config& config, const std::filesystem::path& folder, const std::string& subject,
                           const NoteSink& note);

/// Throws Error(format) naming the key, its value and what the tensors say where the two disagree.
void check_against_tensors(const Qwen3Config& config, CheckpointTensors& tensors, const std::string& subject);

/// config.json in the layout of the published Qwen3 checkpoints (facts 1.1).
std::string config_json(const Qwen3Config& config, const std::string& torch_dtype);

/// A published shape by name: "qwen3-0.6b", "qwen3-1.7b", "qwen3-4b", "qwen3-8b"; or "demo". Throws Error(usage)
/// otherwise.
Qwen3Config shape_named(const std::string& name);

}  // namespace minnow
