// The demo model's tokenizer: what goes into its vocabulary, and the files of a Hugging Face folder that hold it.
#pragma once

#include <filesystem>
#include <string>

#include "core/demo/bpe_trainer.h"

namespace minnow {

/// At most so many ids, Qwen's 26 added tokens included; they follow the base vocabulary in Qwen's order.
inline constexpr std::size_t demo_vocabulary_limit = 6144;

/// Trains the vocabulary from the gazetteer, the usual characters, the words of labels and prompts, and the Latin words
/// and punctuation of a sample of the pre-training text. Takes seconds. Deterministic.
BpeTrainer train_demo_tokenizer();

/// Writes tokenizer.json and tokenizer_config.json (the layout of the Qwen3 folders, with a template that behaves as
/// the hybrid models' does) into the existing `folder`. Throws Error if they can't be written.
void write_tokenizer(const std::filesystem::path& folder, const BpeTrainer& bpe);

}  // namespace minnow
