// One function per file's form, and the two maps that find contradictions.
#include "core/text/added_token_files.h"

#include "core/text/bpe.h"
#include "core/text/json_values.h"

namespace minnow {
namespace {

/// eos_token and the like: a string, or an object with a content; null if neither.
Json named_token(const Json& config, const char* key) {
  const Json& value = value_at(config, key);
  return value.is_object() ? value_at(value, "content") : value;
}

}  // namespace

void AddedTokenSet::add(std::int64_t id, const std::string& content, bool special, const std::string& source) {
  if (content.empty()) bad_format(source, "added token " + std::to_string(id) + " is empty");
  if (id < 0 || id > Bpe::kMaxId) {
    bad_format(source, "added token " + in_quotes(content) + " has the id " + std::to_string(id) +
                           "; ids go from 0 to " + std::to_string(Bpe::kMaxId));
  }
  const auto number = static_cast<std::int32_t>(id);
  const auto [by_id, new_id] = content_of_.emplace(number, content);
  if (!new_id && by_id->second != content) {
    bad_format(source, "added tokens " + in_quotes(by_id->second) + " and " + in_quotes(content) +
                           " have the same id " + std::to_string(id));
  }
  const auto [by_content, new_content] = token_of_.emplace(content, AddedToken{number, content, special});
  if (!new_content && by_content->second.id != number) {
    bad_format(source, "added token " + in_quotes(content) + " has the ids " + std::to_string(by_content->second.id) +
                           " and " + std::to_string(id));
  }
  by_content->second.special |= special;
}

void AddedTokenSet::add(std::int64_t id, const Json& token, const std::string& source) {
  const Json& content = value_at(token, "content");
  if (!content.is_string()) {
    bad_format(source, "added token " + std::to_string(id) + " is " + short_dump(token) + ", without a content text");
  }
  for (const char* flag : {"single_word", "lstrip", "rstrip", "normalized"}) {
    if (!is_off(value_at(token, flag))) {
      not_supported(source, "added token " + short_dump(content) + " has " + flag + " set; Qwen3's have not");
    }
  }
  add(id, content.get<std::string>(), value_at(token, "special") == Json(true), source);
}

void AddedTokenSet::mark_special(const Json& content) {
  if (!content.is_string()) return;
  const auto found = token_of_.find(content.get<std::string>());
  if (found != token_of_.end()) found->second.special = true;
}

void AddedTokenSet::add_tokenizer_json(const Json& list, const std::string& source) {
  if (list.is_null()) return;
  if (!list.is_array()) bad_format(source, "added_tokens is " + short_dump(list) + ", not a list");
  for (const Json& token : list) {
    const Json& id = value_at(token, "id");
    if (!id.is_number_integer()) bad_format(source, "an added token is " + short_dump(token) + ", without an id");
    // A number beyond int64 wraps to a negative one, which add() refuses.
    add(id.get<std::int64_t>(), token, source);
  }
}

void AddedTokenSet::add_config(const Json& config, const std::string& source) {
  const Json& decoder = value_at(config, "added_tokens_decoder");
  if (!decoder.is_null() && !decoder.is_object()) {
    bad_format(source, "added_tokens_decoder is " + short_dump(decoder) + ", not an object");
  }
  for (const auto& [key, token] : decoder.items()) {
    if (key.empty() || key.size() > 9 || key.find_first_not_of("0123456789") != std::string::npos) {
      bad_format(source, "added_tokens_decoder has the key " + in_quotes(key) + ", not an id");
    }
    add(std::stoll(key), token, source);
  }
  for (const char* key : {"additional_special_tokens", "extra_special_tokens"}) {
    const Json& list = value_at(config, key);
    if (!list.is_array()) continue;
    for (const Json& token : list) mark_special(token.is_object() ? value_at(token, "content") : token);
  }
  for (const char* key : {"eos_token", "pad_token", "bos_token"}) mark_special(named_token(config, key));
}

void AddedTokenSet::add_map(const Json& map, const std::string& source) {
  if (!map.is_object()) bad_format(source, "the file is " + short_dump(map) + ", not an object of tokens and ids");
  for (const auto& [content, id] : map.items()) {
    if (!id.is_number_integer()) {
      bad_format(source, "added token " + in_quotes(content) + " has " + short_dump(id) + " where its id belongs");
    }
    add(id.get<std::int64_t>(), content, false, source);
  }
}

std::int32_t AddedTokenSet::named_id(const Json& config, const char* key, const char* fallback,
                                     const std::string& source) const {
  const Json name = named_token(config, key);
  if (name.is_null()) return id(fallback);
  if (!name.is_string()) bad_format(source, std::string(key) + " is " + short_dump(name) + ", not a token");
  const std::int32_t found = id(name.get<std::string>());
  if (found < 0) {
    bad_format(source, std::string(key) + " is " + short_dump(name) + ", which is not among the added tokens");
  }
  return found;
}

std::int32_t AddedTokenSet::id(const std::string& content) const {
  const auto found = token_of_.find(content);
  return found == token_of_.end() ? -1 : found->second.id;
}

std::vector<AddedToken> AddedTokenSet::by_id() const {
  std::vector<AddedToken> list;
  for (const auto& [id, content] : content_of_) list.push_back(token_of_.at(content));
  return list;
}

}  // namespace minnow
