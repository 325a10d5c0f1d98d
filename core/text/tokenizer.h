// Qwen3's tokenizer: text ↔ token ids, exactly as the tokenizers library does it (byte-level BPE; added tokens, NFC,
// split pattern and merges come from the model's folder), and decoding piece by piece for streams.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/added_tokens.h"
#include "core/text/bpe.h"
#include "core/text/split_pattern.h"

namespace minnow {

struct TokenizerParts;

/// A stretch of a prompt. Added tokens are recognised in the scaffold (what a template writes), never in or across
/// content (what a row or a person wrote), so nobody can type a control token.
struct TextPiece {
  std::string text;
  bool content = false;
};

/// Immutable after load(), so any number of threads may use one at once.
class Tokenizer {
 public:
  /// Reads tokenizer.json, or vocab.json with merges.txt, and the added tokens of all files of `folder`.
  /// Throws Error(not_found, format or unsupported) in a sentence that names the file and what is wrong with it.
  static std::shared_ptr<const Tokenizer> load(const std::filesystem::path& folder);

  /// The tokenizer of a tokenizer.json's text alone; `subject` opens the sentences. Throws as load().
  static std::shared_ptr<const Tokenizer> from_json(std::string_view text, const std::string& subject);

  /// Token ids of `text`; nothing is added at either end. Added tokens are matched leftmost-longest in the raw text,
  /// then each stretch between them is normalised (NFC), split and merged. With match_added_tokens = false,
  /// "<|im_end|>" in the text is ordinary characters. Invalid UTF-8 is read as U+FFFD.
  std::vector<std::int32_t> encode(std::string_view text, bool match_added_tokens = true) const;

  /// The same for a text in pieces: splitting and merging go across their borders, as if it were one text; only the
  /// matching of added tokens keeps to the scaffold. Equal to encode(joined text) if no content holds an added token.
  std::vector<std::int32_t> encode(const std::vector<TextPiece>& pieces) const;

  /// The text of `ids`: all bytes joined, then read as UTF-8 with U+FFFD for each maximal invalid part. Ids without a
  /// token are left out, and special ones too if `skip_special`.
  std::string decode(const std::vector<std::int32_t>& ids, bool skip_special = false) const;

  /// The bytes of one token, possibly a part of a character; empty for ids without a token.
  std::string token_bytes(std::int32_t id) const { return std::string(token_view(id)); }
  std::string_view token_view(std::int32_t id) const;  ///< the same, valid as long as the tokenizer

  /// The id of an added token such as "<|im_end|>".
  std::optional<std::int32_t> added_token_id(std::string_view content) const;
  const std::vector<AddedToken>& added_tokens() const { return added_; }  ///< by id

  std::int32_t size() const { return size_; }      ///< highest id + 1; a model may have more rows than that
  std::int32_t eos_id() const { return eos_id_; }  ///< of the files' eos_token, else <|im_end|>; -1 if there is none
  std::int32_t pad_id() const { return pad_id_; }  ///< of the files' pad_token, else <|endoftext|>; -1 if there is none
  bool is_special(std::int32_t id) const;          ///< an added token that skip_special leaves out

 private:
  explicit Tokenizer(TokenizerParts parts);
  void encode_stretch(std::string_view text, std::vector<std::int32_t>& ids) const;
  const AddedToken* added_token(std::int32_t id) const;

  std::string bytes_;                 ///< base tokens by id, joined
  std::vector<std::uint32_t> begin_;  ///< [base ids + 1]
  std::vector<AddedToken> added_;
  std::vector<std::int32_t> added_at_;  ///< id - first added id → index in added_, -1 between
  AddedTokenMatcher matcher_;
  SplitPattern split_;
  Bpe bpe_;
  bool nfc_ = false;
  std::int32_t size_ = 0, eos_id_ = -1, pad_id_ = -1;
};

/// Decodes ids one at a time and never hands out half a character. All that push() and finish() return, joined, is
/// decode() of all ids. One stream, one thread.
class StreamDecoder {
 public:
  explicit StreamDecoder(const Tokenizer& tokenizer, bool skip_special = false)
      : tokenizer_(&tokenizer), skip_special_(skip_special) {}

  /// The characters that are complete now; may be empty.
  std::string push(std::int32_t id);

  /// What is left: U+FFFD if the stream ended inside a character.
  std::string finish();

 private:
  const Tokenizer* tokenizer_;
  bool skip_special_;
  std::string held_;  ///< at most 3 bytes, the beginning of a character
};

}  // namespace minnow
