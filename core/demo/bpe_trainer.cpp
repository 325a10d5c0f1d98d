// Byte-level BPE as GPT-2 and Qwen use it; see bpe_trainer.h.
#include "core/demo/bpe_trainer.h"

namespace minnow {

namespace {

// Bytes that print as themselves in the alphabet; the others become U+0100 + their place among the others.
bool prints_as_itself(int byte) {
  return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
}

std::uint64_t pair_key(int left, int right) {
  return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32) | static_cast<std::uint32_t>(right);
}

std::size_t character_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

BpeTrainer::BpeTrainer() {
  for (const bool itself : {true, false}) {
    for (int byte = 0; byte < 256; ++byte) {
      if (prints_as_itself(byte) != itself) continue;
      ids_[std::string(1, static_cast<char>(byte))] = static_cast<int>(tokens_.size());
      tokens_.push_back(std::string(1, static_cast<char>(byte)));
    }
  }
}

bool BpeTrainer::merge(const Token& left, const Token& right) {
  const auto key = pair_key(id(left), id(right));
  if (ranks_.count(key)) return false;
  const Token merged = left + right;
  if (ids_.count(merged)) return false;  // the token exists, made of other parts
  ids_[merged] = static_cast<int>(tokens_.size());
  ranks_[key] = static_cast<int>(tokens_.size());
  tokens_.push_back(merged);
  merges_.emplace_back(left, right);
  return true;
}

std::vector<int> BpeTrainer::encode_ids(std::string_view piece) const {
  std::vector<int> ids;
  for (const char c : piece) ids.push_back(id(std::string(1, c)));
  for (;;) {
    int best = -1;
    std::size_t at = 0;
    for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
      const auto it = ranks_.find(pair_key(ids[i], ids[i + 1]));
      if (it == ranks_.end() || (best >= 0 && it->second >= best)) continue;
      best = it->second;
      at = i;
    }
    if (best < 0) return ids;
    ids[at] = best;
    ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  }
}

std::vector<BpeTrainer::Token> BpeTrainer::encode(std::string_view piece) const {
  std::vector<Token> cut;
  for (const int token : encode_ids(piece)) cut.push_back(tokens_[static_cast<std::size_t>(token)]);
  return cut;
}

void BpeTrainer::add_characters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text[at]);
    add_word(text.substr(at, length), MergeFrom::left);
    at += length;
  }
}

bool BpeTrainer::add_word(std::string_view word, MergeFrom from) {
  std::vector<Token> parts = encode(word);
  while (parts.size() > 1) {
    const std::size_t left = from == MergeFrom::left ? 0 : parts.size() - 2;
    if (!merge(parts[left], parts[left + 1])) return false;
    parts[left] += parts[left + 1];
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(left) + 1);
  }
  return encode(word).size() == 1;
}

void BpeTrainer::train(const std::map<std::string, std::int64_t>& pieces, std::size_t tokens, std::int64_t min_count) {
  std::vector<std::pair<std::vector<int>, std::int64_t>> cut;
  for (const auto& [piece, count] : pieces) cut.emplace_back(encode_ids(piece), count);
  while (tokens_.size() < tokens) {
    std::map<std::pair<int, int>, std::int64_t> counts;
    for (const auto& [ids, count] : cut)
      for (std::size_t i = 0; i + 1 < ids.size(); ++i) counts[{ids[i], ids[i + 1]}] += count;
    const std::pair<const std::pair<int, int>, std::int64_t>* best = nullptr;
    for (const auto& entry : counts) {
      if (entry.second < min_count) continue;
      const Token merged =
          tokens_[static_cast<std::size_t>(entry.first.first)] + tokens_[static_cast<std::size_t>(entry.first.second)];
      if (ids_.count(merged)) continue;
      if (!best || entry.second > best->second) best = &entry;
    }
    if (!best) return;
    const auto [left, right] = best->first;
    merge(Token(tokens_[static_cast<std::size_t>(left)]), Token(tokens_[static_cast<std::size_t>(right)]));
    const int merged = static_cast<int>(tokens_.size()) - 1;
    for (auto& [ids, count] : cut) {
      std::size_t out = 0;
      for (std::size_t i = 0; i < ids.size(); ++i) {
        const bool pair = i + 1 < ids.size() && ids[i] == left && ids[i + 1] == right;
        ids[out++] = pair ? merged : ids[i];
        i += pair;
      }
      ids.resize(out);
    }
  }
}

}  // namespace minnow
