// Reads and checks a folder's tokenizer: tokenizer.json, or vocab.json with merges.txt, and the added tokens of all
// files. Understands byte-level BPE as Qwen3 uses it; everything else is refused in a sentence.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/added_tokens.h"
#include "core/text/bpe.h"

namespace minnow {

/// What the files say, checked and in flat tables.
struct TokenizerParts {
  std::string bytes;                 ///< the base tokens' bytes, one after the other by id
  std::vector<std::uint32_t> begin;  ///< [base ids + 1]; token i is bytes[begin[i], begin[i + 1])
  std::array<std::int32_t, 256> byte_ids{};
  std::vector<Merge> merges;      ///< by rank
  std::vector<AddedToken> added;  ///< by id; the union of all files
  std::string split_regex;
  std::string source;  ///< the main file, for sentences
  bool nfc = false;
  std::int32_t eos_id = -1, pad_id = -1;
};

/// Reads the text of a tokenizer.json by itself; `source` opens the sentences. Throws as read_tokenizer_files.
TokenizerParts read_tokenizer_json(std::string_view text, const std::string& source);

/// Reads `folder`. Added tokens are the union of tokenizer.json, tokenizer_config.json (added_tokens_decoder) and
/// added_tokens.json. Throws Error: not_found without tokenizer files; format for files that contradict the format,
/// themselves or each other (missing or malformed merges, ids twice or out of range, cut files); unsupported for
/// tokenizers that are something else (another model type, normaliser, pre-tokeniser or flag).
TokenizerParts read_tokenizer_files(const std::filesystem::path& folder);

}  // namespace minnow
