// The added tokens of a folder as its files give them: tokenizer.json (added_tokens), tokenizer_config.json
// (added_tokens_decoder and the named ones) and added_tokens.json, united; contradictions are refused.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/io/json.h"
#include "core/text/added_tokens.h"

namespace minnow {

/// Grows file by file. All functions throw Error(format) naming `source` and the token for entries that are malformed
/// or contradict what is there, and Error(unsupported) for flags that Qwen3's added tokens do not have.
class AddedTokenSet {
 public:
  /// The list of tokenizer.json; null is an empty one.
  void add_tokenizer_json(const Json& list, const std::string& source);

  /// tokenizer_config.json: added_tokens_decoder, and the special ones among those it names (eos_token and the like).
  void add_config(const Json& config, const std::string& source);

  /// added_tokens.json, {"content": id, …}; its tokens are not special unless another file says so.
  void add_map(const Json& map, const std::string& source);

  /// The id of a token that tokenizer_config.json names under `key`, of `fallback` if it names none; -1 if neither is
  /// there.
  std::int32_t named_id(const Json& config, const char* key, const char* fallback, const std::string& source) const;

  std::int32_t id(const std::string& content) const;  ///< -1 if there is no such token
  std::vector<AddedToken> by_id() const;

 private:
  void add(std::int64_t id, const std::string& content, bool special, const std::string& source);
  void add(std::int64_t id, const Json& token, const std::string& source);
  void mark_special(const Json& content);

  std::map<std::int32_t, std::string> content_of_;
  std::map<std::string, AddedToken> token_of_;
};

}  // namespace minnow
