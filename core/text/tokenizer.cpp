// Encoding as a chain (added tokens, NFC, split, BPE) and decoding as bytes.
#include "core/text/tokenizer.h"

#include "core/text/tokenizer_files.h"
#include "core/text/unicode.h"

namespace minnow {
namespace {

std::int32_t first_added_id(const std::vector<AddedToken>& added) { return added.empty() ? 0 : added.front().id; }

}  // namespace

std::shared_ptr<const Tokenizer> Tokenizer::load(const std::filesystem::path& folder) {
  return std::shared_ptr<const Tokenizer>(new Tokenizer(read_tokenizer_files(folder)));
}

std::shared_ptr<const Tokenizer> Tokenizer::from_json(std::string_view text, const std::string& subject) {
  return std::shared_ptr<const Tokenizer>(new Tokenizer(read_tokenizer_json(text, subject)));
}

Tokenizer::Tokenizer(TokenizerParts parts)
    : bytes_(std::move(parts.bytes)),
      begin_(std::move(parts.begin)),
      added_(std::move(parts.added)),
      matcher_(added_),
      split_(parts.split_regex, parts.source),
      bpe_(parts.byte_ids, parts.merges),
      nfc_(parts.nfc),
      size_(static_cast<std::int32_t>(begin_.size()) - 1),
      eos_id_(parts.eos_id),
      pad_id_(parts.pad_id) {
  if (added_.empty()) return;
  size_ = std::max(size_, added_.back().id + 1);
  added_at_.assign(static_cast<std::size_t>(added_.back().id - added_.front().id) + 1, -1);
  for (std::size_t i = 0; i < added_.size(); ++i) {
    added_at_[static_cast<std::size_t>(added_[i].id - added_.front().id)] = static_cast<std::int32_t>(i);
  }
}

void Tokenizer::encode_stretch(std::string_view text, std::vector<std::int32_t>& ids) const {
  if (text.empty()) return;
  std::string normal;
  if (nfc_ && !surely_nfc(text)) {
    normal = nfc(text);
    text = normal;
  }
  SplitCursor cursor(split_, text);
  std::string_view piece;
  while (cursor.next(piece)) bpe_.encode(piece, ids);
}

std::vector<std::int32_t> Tokenizer::encode(std::string_view text, bool match_added_tokens) const {
  std::string repaired;
  if (!is_valid_utf8(text)) {
    repaired = repair_utf8(text);
    text = repaired;
  }
  std::vector<std::int32_t> ids;
  ids.reserve(text.size() / 3);
  std::size_t done = 0;
  while (match_added_tokens) {
    const auto match = matcher_.find(text, done);
    if (!match) break;
    encode_stretch(text.substr(done, match->begin - done), ids);
    ids.push_back(match->id);
    done = match->end;
  }
  encode_stretch(text.substr(done), ids);
  return ids;
}

std::vector<std::int32_t> Tokenizer::encode(const std::vector<TextPiece>& pieces) const {
  std::vector<std::int32_t> ids;
  std::string stretch;   // text since the last added token
  std::string scaffold;  // scaffold pieces side by side are one text to the matcher
  const auto take_scaffold = [&] {
    std::size_t done = 0;
    while (const auto match = matcher_.find(scaffold, done)) {
      stretch.append(scaffold, done, match->begin - done);
      encode_stretch(stretch, ids);
      stretch.clear();
      ids.push_back(match->id);
      done = match->end;
    }
    stretch.append(scaffold, done);
    scaffold.clear();
  };
  for (const TextPiece& piece : pieces) {
    if (!piece.content) {
      scaffold += piece.text;
    } else if (!piece.text.empty()) {
      take_scaffold();
      stretch += is_valid_utf8(piece.text) ? piece.text : repair_utf8(piece.text);
    }
  }
  take_scaffold();
  encode_stretch(stretch, ids);
  return ids;
}

const AddedToken* Tokenizer::added_token(std::int32_t id) const {
  const std::int64_t place = std::int64_t{id} - first_added_id(added_);
  if (place < 0 || place >= static_cast<std::int64_t>(added_at_.size())) return nullptr;
  const std::int32_t index = added_at_[static_cast<std::size_t>(place)];
  return index < 0 ? nullptr : &added_[static_cast<std::size_t>(index)];
}

std::string_view Tokenizer::token_view(std::int32_t id) const {
  if (const AddedToken* added = added_token(id)) return added->content;
  if (id < 0 || static_cast<std::size_t>(id) + 1 >= begin_.size()) return {};
  const auto place = static_cast<std::size_t>(id);
  return std::string_view(bytes_).substr(begin_[place], begin_[place + 1] - begin_[place]);
}

bool Tokenizer::is_special(std::int32_t id) const {
  const AddedToken* added = added_token(id);
  return added != nullptr && added->special;
}

std::optional<std::int32_t> Tokenizer::added_token_id(std::string_view content) const {
  for (const AddedToken& token : added_) {
    if (token.content == content) return token.id;
  }
  return std::nullopt;
}

std::string Tokenizer::decode(const std::vector<std::int32_t>& ids, bool skip_special) const {
  std::string bytes;
  for (const std::int32_t id : ids) {
    if (!(skip_special && is_special(id))) bytes += token_view(id);
  }
  return is_valid_utf8(bytes) ? bytes : repair_utf8(bytes);
}

std::string StreamDecoder::push(std::int32_t id) {
  if (skip_special_ && tokenizer_->is_special(id)) return {};
  held_ += tokenizer_->token_view(id);
  std::string_view rest = held_;
  while (!rest.empty()) {
    const Utf8Step step = utf8_step(rest);
    if (step.kind == Utf8Step::Kind::incomplete) break;
    rest.remove_prefix(static_cast<std::size_t>(step.length));
  }
  const std::size_t complete = held_.size() - rest.size();
  std::string text = repair_utf8(std::string_view(held_).substr(0, complete));
  held_.erase(0, complete);
  return text;
}

std::string StreamDecoder::finish() {
  const std::string text = repair_utf8(held_);
  held_.clear();
  return text;
}

}  // namespace minnow
