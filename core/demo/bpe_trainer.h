// BpeTrainer: builds a byte-level BPE vocabulary in Qwen's layout: 256 byte tokens, then one token per merge. Tokens
// come from three sources, in the order of the calls: characters, given words, and the most frequent pairs of weighted
// pieces.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace minnow {

/// From which end a word's pieces are merged. From the right, no beginning of the word becomes a token of its own:
/// 济南市 is made of 济 + 南市, and a bare 济南 stays two tokens.
enum class MergeFrom { left, right };

/// Not thread-safe. Deterministic: the same calls give the same merges.
class BpeTrainer {
 public:
  using Token = std::string;  ///< raw bytes

  BpeTrainer();

  /// Each character of UTF-8 `text` becomes one token (its bytes merged from the left).
  void add_characters(std::string_view text);
  /// `word` becomes one token, unless an earlier merge crosses its middle in a way that can't be undone: then false.
  bool add_word(std::string_view word, MergeFrom from = MergeFrom::left);
  /// Adds the most frequent pair of neighbours, again and again, until there are `tokens` tokens or no pair occurs
  /// `min_count` times. `pieces`: what the pre-tokeniser leaves together, with counts. Ties: the smaller bytes first.
  void train(const std::map<std::string, std::int64_t>& pieces, std::size_t tokens, std::int64_t min_count = 2);

  /// As the finished tokenizer would cut one piece.
  std::vector<Token> encode(std::string_view piece) const;

  /// By id: 0–255 the bytes in Qwen's order, 256 + n the n-th merge.
  const std::vector<Token>& tokens() const { return tokens_; }
  const std::vector<std::pair<Token, Token>>& merges() const { return merges_; }

 private:
  bool merge(const Token& left, const Token& right);
  std::vector<int> encode_ids(std::string_view piece) const;
  int id(const Token& token) const { return ids_.at(token); }

  std::vector<Token> tokens_;
  std::unordered_map<Token, int> ids_;
  std::vector<std::pair<Token, Token>> merges_;
  std::unordered_map<std::uint64_t, int> ranks_;  // (left id, right id) → id of the merged token
};

}  // namespace minnow
