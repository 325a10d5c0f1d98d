// The two big tables of tokenizer.json (model.vocab and model.merges), read as they stream by into flat storage; the
// small rest becomes a Json tree. A tree of all 450,000 nodes would cost most of the time of opening a model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/json.h"

namespace minnow {

/// Tokens as they stand in the file (in the byte alphabet), with their ids, in file order.
struct RawVocabulary {
  struct Entry {
    std::uint32_t begin = 0, length = 0;
    std::int32_t id = 0;
  };
  std::string text;
  std::vector<Entry> entries;
  std::string_view token(const Entry& entry) const { return std::string_view(text).substr(entry.begin, entry.length); }
};

/// Merges as they stand in the file, in file order.
struct RawMerges {
  struct Entry {
    std::uint32_t begin = 0, left = 0, right = 0;  ///< lengths of both parts, which lie side by side
  };
  std::string text;
  std::vector<Entry> entries;
  std::string_view left(const Entry& e) const { return std::string_view(text).substr(e.begin, e.left); }
  std::string_view right(const Entry& e) const { return std::string_view(text).substr(e.begin + e.left, e.right); }
  std::string_view both(const Entry& e) const { return std::string_view(text).substr(e.begin, e.left + e.right); }
  /// Adds "left right". Throws Error(format) naming `subject` and the merge's number if it is not two parts.
  void add(std::string_view line, const std::string& subject);
};

struct RawTokenizer {
  RawVocabulary vocabulary;
  RawMerges merges;
  bool has_vocabulary = false, has_merges = false;  ///< model.vocab was an object, model.merges an array
  Json rest;                                        ///< the file without them
};

/// Reads the text of a tokenizer.json. Throws Error(format) naming `subject` and the place.
RawTokenizer parse_tokenizer_json(std::string_view text, const std::string& subject);

/// Reads the text of a vocab.json, {"token": id, …}. Throws Error(format).
RawVocabulary parse_vocab_json(std::string_view text, const std::string& subject);

}  // namespace minnow
