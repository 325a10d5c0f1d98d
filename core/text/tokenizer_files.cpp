// From raw tables to checked ones. What each key must be: facts of the tokenizer.json format as the tokenizers library
// writes it for Qwen3; each refusal names the key and the value.
#include "core/text/tokenizer_files.h"

#include <algorithm>
#include <functional>

#include "core/io/file.h"
#include "core/text/added_token_files.h"
#include "core/text/byte_alphabet.h"
#include "core/text/json_values.h"
#include "core/text/vocabulary_reader.h"
#include "core/types/error.h"

namespace minnow {
namespace {

namespace fs = std::filesystem;

// Qwen2's and Qwen3's split pattern, for folders that have vocab.json and merges.txt only.
constexpr const char* kQwenSplit =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

bool is_type(const Json& object, const char* type) { return value_at(object, "type") == Json(type); }

/// Token text → index of its entry, open addressing. Only lives while a tokenizer is opened.
class TokenIndex {
 public:
  TokenIndex(const RawVocabulary& vocabulary, const std::string& subject) : vocabulary_(vocabulary) {
    std::size_t capacity = 16;
    while (capacity < vocabulary.entries.size() * 2) capacity *= 2;
    slots_.assign(capacity, kFree);
    for (std::size_t i = 0; i < vocabulary.entries.size(); ++i) {
      const std::string_view token = vocabulary.token(vocabulary.entries[i]);
      const std::size_t slot = find_slot(token);
      if (slots_[slot] != kFree) bad_format(subject, "token " + in_quotes(token) + " stands in the vocabulary twice");
      slots_[slot] = static_cast<std::uint32_t>(i);
    }
  }
  /// The token's id, or -1.
  std::int32_t id(std::string_view token) const {
    const std::uint32_t entry = slots_[find_slot(token)];
    return entry == kFree ? -1 : vocabulary_.entries[entry].id;
  }

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;
  std::size_t find_slot(std::string_view token) const {
    std::size_t slot = std::hash<std::string_view>{}(token) & (slots_.size() - 1);
    while (slots_[slot] != kFree && vocabulary_.token(vocabulary_.entries[slots_[slot]]) != token) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return slot;
  }
  const RawVocabulary& vocabulary_;
  std::vector<std::uint32_t> slots_;
};

/// Fills bytes, begin, byte_ids and merges.
void take_model(const RawVocabulary& vocabulary, const RawMerges& merges, TokenizerParts& parts) {
  const std::string& source = parts.source;
  if (vocabulary.entries.empty()) bad_format(source, "the vocabulary is empty");
  if (merges.entries.empty())
    bad_format(source, "the tokenizer has no merges, so words cannot be put together from bytes");
  if (merges.entries.size() > Bpe::kMaxMerges) {
    not_supported(source, std::to_string(merges.entries.size()) + " merges; Minnow reads up to " +
                              std::to_string(Bpe::kMaxMerges));
  }
  const TokenIndex index(vocabulary, source);

  std::int32_t highest = 0;
  for (const auto& entry : vocabulary.entries) highest = std::max(highest, entry.id);
  std::vector<std::int32_t> owner(static_cast<std::size_t>(highest) + 1, -1);  // id → entry
  for (std::size_t i = 0; i < vocabulary.entries.size(); ++i) {
    const auto& entry = vocabulary.entries[i];
    std::int32_t& holder = owner[static_cast<std::size_t>(entry.id)];
    if (holder >= 0) {
      bad_format(source, "tokens " + in_quotes(vocabulary.token(vocabulary.entries[static_cast<std::size_t>(holder)])) +
                             " and " + in_quotes(vocabulary.token(entry)) + " have the same id " +
                             std::to_string(entry.id));
    }
    holder = static_cast<std::int32_t>(i);
  }
  parts.bytes.reserve(vocabulary.text.size());
  parts.begin.reserve(owner.size() + 1);
  for (const std::int32_t holder : owner) {
    parts.begin.push_back(static_cast<std::uint32_t>(parts.bytes.size()));
    if (holder < 0) continue;
    const std::string_view token = vocabulary.token(vocabulary.entries[static_cast<std::size_t>(holder)]);
    // A token with a character from outside the alphabet stands for its own UTF-8 bytes.
    const auto bytes = alphabet_bytes(token);
    parts.bytes += bytes ? *bytes : std::string(token);
  }
  parts.begin.push_back(static_cast<std::uint32_t>(parts.bytes.size()));

  for (int byte = 0; byte < 256; ++byte) {
    const std::string character = alphabet_character(static_cast<unsigned char>(byte));
    const std::int32_t id = index.id(character);
    if (id < 0) {
      bad_format(source, "the vocabulary has no token " + in_quotes(character) + " for byte " + std::to_string(byte) +
                             "; some text could not be encoded");
    }
    parts.byte_ids[static_cast<std::size_t>(byte)] = id;
  }
  parts.merges.reserve(merges.entries.size());
  for (std::size_t rank = 0; rank < merges.entries.size(); ++rank) {
    const auto& entry = merges.entries[rank];
    const Merge merge{index.id(merges.left(entry)), index.id(merges.right(entry)), index.id(merges.both(entry))};
    if (merge.left < 0 || merge.right < 0 || merge.merged < 0) {
      const auto missing = merge.left < 0    ? merges.left(entry)
                           : merge.right < 0 ? merges.right(entry)
                                             : merges.both(entry);
      bad_format(source, "merge " + std::to_string(rank) + " (" + in_quotes(merges.left(entry)) + " with " +
                             in_quotes(merges.right(entry)) + ") needs the token " + in_quotes(missing) +
                             ", which is not in the vocabulary");
    }
    parts.merges.push_back(merge);
  }
}

/// Checks the keys of "model" beside vocab and merges.
void check_model(const RawTokenizer& raw, const std::string& source) {
  const Json& model = value_at(raw.rest, "model");
  if (!model.is_object()) bad_format(source, "there is no \"model\" object");
  if (!value_at(model, "type").is_null() && !is_type(model, "BPE")) {
    not_supported(source, "the tokenizer's model is " + short_dump(value_at(model, "type")) + "; Qwen3 has \"BPE\"");
  }
  // Not among them: unk_token and byte_fallback, since every byte has a token (take_model sees to it).
  for (const char* flag : {"dropout", "continuing_subword_prefix", "end_of_word_suffix", "ignore_merges"}) {
    if (!is_off(value_at(model, flag))) {
      not_supported(source, std::string("model.") + flag + " is " + short_dump(value_at(model, flag)) +
                                "; Qwen3 does not use it");
    }
  }
  if (!raw.has_vocabulary)
    bad_format(source, "model.vocab is " + short_dump(value_at(model, "vocab")) + ", not an object of tokens and ids");
  if (!raw.has_merges)
    bad_format(source, (value_at(model, "merges").is_null()
                            ? "model.merges is missing"
                            : "model.merges is " + short_dump(value_at(model, "merges")) + ", not a list") +
                           std::string("; without merges words cannot be put together"));
}

bool read_normalizer(const Json& normalizer, const std::string& source) {
  if (normalizer.is_null()) return false;
  if (is_type(normalizer, "NFC")) return true;
  const Json& list = value_at(normalizer, "normalizers");
  if (is_type(normalizer, "Sequence") && list.is_array() && list.size() <= 1) {
    return !list.empty() && read_normalizer(list[0], source);
  }
  not_supported(source, "the normalizer is " + short_dump(normalizer) + "; Qwen3 has NFC");
}

/// The regular expression of [Split by it, ByteLevel].
std::string read_pre_tokenizer(const Json& pre_tokenizer, const std::string& source) {
  const Json& list = value_at(pre_tokenizer, "pretokenizers");
  const auto refuse = [&](const std::string& why) {
    not_supported(source, "the pre_tokenizer is " + short_dump(pre_tokenizer) + ", " + why +
                              "; Qwen3 has a Split by a pattern, then ByteLevel");
  };
  if (!is_type(pre_tokenizer, "Sequence") || !list.is_array() || list.size() != 2) refuse("not a sequence of two");
  const Json& split = list[0];
  const Json& bytes = list[1];
  const Json& regex = value_at(value_at(split, "pattern"), "Regex");
  if (!is_type(split, "Split") || !regex.is_string()) refuse("without a split pattern");
  if (value_at(split, "behavior") != Json("Isolated"))
    refuse("with behavior " + short_dump(value_at(split, "behavior")));
  if (!is_off(value_at(split, "invert"))) refuse("with an inverted pattern");
  if (!is_type(bytes, "ByteLevel")) refuse("without ByteLevel");
  if (!is_off(value_at(bytes, "add_prefix_space"))) refuse("with add_prefix_space");
  if (value_at(bytes, "use_regex") != Json(false)) refuse("with a second pattern (use_regex)");
  return regex.get<std::string>();
}

/// A TemplateProcessing that puts no token around a text.
bool adds_nothing(const Json& post) {
  const Json& single = value_at(post, "single");
  return is_type(post, "TemplateProcessing") && single.is_array() &&
         std::all_of(single.begin(), single.end(), [](const Json& piece) { return piece.contains("Sequence"); });
}

void check_decoder(const Json& tokenizer, const std::string& source) {
  if (!is_type(value_at(tokenizer, "decoder"), "ByteLevel")) {
    not_supported(source, "the decoder is " + short_dump(value_at(tokenizer, "decoder")) + "; Qwen3 has ByteLevel");
  }
  const Json& post = value_at(tokenizer, "post_processor");
  if (!post.is_null() && !is_type(post, "ByteLevel") && !adds_nothing(post)) {
    not_supported(source,
                  "the post_processor is " + short_dump(post) + "; Qwen3 adds no tokens, so it has ByteLevel or none");
  }
}

/// An added token whose id lies among the base tokens must be that base token.
void check_overlap(const TokenizerParts& parts) {
  const auto base = static_cast<std::int32_t>(parts.begin.size()) - 1;
  for (const AddedToken& token : parts.added) {
    if (token.id >= base) continue;
    const std::uint32_t begin = parts.begin[static_cast<std::size_t>(token.id)];
    const std::uint32_t end = parts.begin[static_cast<std::size_t>(token.id) + 1];
    const std::string_view held = std::string_view(parts.bytes).substr(begin, end - begin);
    if (!held.empty() && held != token.content) {
      bad_format(parts.source, "added token " + in_quotes(token.content) + " has the id " + std::to_string(token.id) +
                                   ", which the vocabulary gives to " + in_quotes(held));
    }
  }
}

void read_merges_txt(const fs::path& path, RawMerges& merges) {
  const std::string text = read_file(path, JsonLimits{}.max_bytes);
  const std::string source = path.string();
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const bool comment = line.rfind("#version", 0) == 0;  // "# #" and "# include" are merges
    if (!comment && !(line.empty() && rest.empty())) merges.add(line, source);
  }
}

/// Everything of tokenizer.json; its added tokens go into `added`.
TokenizerParts take_tokenizer_json(std::string_view text, const std::string& source, AddedTokenSet& added) {
  TokenizerParts parts;
  parts.source = source;
  const RawTokenizer raw = parse_tokenizer_json(text, source);
  check_model(raw, source);
  parts.nfc = read_normalizer(value_at(raw.rest, "normalizer"), source);
  parts.split_regex = read_pre_tokenizer(value_at(raw.rest, "pre_tokenizer"), source);
  check_decoder(raw.rest, source);
  take_model(raw.vocabulary, raw.merges, parts);
  added.add_tokenizer_json(value_at(raw.rest, "added_tokens"), source);
  return parts;
}

TokenizerParts take_vocab_and_merges(const fs::path& folder) {
  const fs::path vocab = folder / "vocab.json";
  const fs::path merges = folder / "merges.txt";
  if (!fs::exists(vocab)) {
    throw Error(ErrorKind::not_found,
                folder.string() + ": there is neither tokenizer.json nor vocab.json with merges.txt", folder.string());
  }
  if (!fs::exists(merges)) {
    throw Error(ErrorKind::not_found, folder.string() + ": vocab.json is there, but merges.txt is missing",
                merges.string());
  }
  TokenizerParts parts;
  parts.source = vocab.string();
  parts.nfc = true;
  parts.split_regex = kQwenSplit;
  const RawVocabulary vocabulary = parse_vocab_json(read_file(vocab, JsonLimits{}.max_bytes), parts.source);
  RawMerges raw_merges;
  read_merges_txt(merges, raw_merges);
  take_model(vocabulary, raw_merges, parts);
  return parts;
}

/// The added tokens, and which of them end and pad.
void finish(const AddedTokenSet& added, const Json& config, const std::string& config_source, TokenizerParts& parts) {
  parts.added = added.by_id();
  check_overlap(parts);
  parts.pad_id = added.named_id(config, "pad_token", "<|endoftext|>", config_source);
  parts.eos_id = added.named_id(config, "eos_token", "<|im_end|>", config_source);
  if (parts.eos_id < 0) parts.eos_id = added.id("<|endoftext|>");
}

}  // namespace

TokenizerParts read_tokenizer_json(std::string_view text, const std::string& source) {
  AddedTokenSet added;
  TokenizerParts parts = take_tokenizer_json(text, source, added);
  finish(added, Json(), source, parts);
  return parts;
}

TokenizerParts read_tokenizer_files(const fs::path& folder) {
  AddedTokenSet added;
  const fs::path whole = folder / "tokenizer.json";
  const fs::path config_path = folder / "tokenizer_config.json";
  const fs::path added_path = folder / "added_tokens.json";
  TokenizerParts parts = fs::exists(whole)
                             ? take_tokenizer_json(read_file(whole, JsonLimits{}.max_bytes), whole.string(), added)
                             : take_vocab_and_merges(folder);
  Json config;
  if (fs::exists(config_path)) {
    config = read_json_file(config_path);
    if (!config.is_object()) bad_format(config_path.string(), "the file is " + short_dump(config) + ", not an object");
  }
  if (fs::exists(added_path)) added.add_map(read_json_file(added_path), added_path.string());
  added.add_config(config, config_path.string());
  finish(added, config, config_path.string(), parts);
  return parts;
}

}  // namespace minnow
