// <|name|> by its form, the others by a list.
#include "core/data/control_tokens.h"

#include <algorithm>
#include <array>

namespace minnow {
namespace {

constexpr std::array<std::string_view, 22> tokens{
    "<think>",       "</think>",       "<tool_call>",     "</tool_call>",    "<tool_response>", "</tool_response>",
    "<fim_prefix>",  "<fim_middle>",   "<fim_suffix>",    "<fim_pad>",       "<repo_name>",     "<file_sep>",
    "[INST]",        "[/INST]",        "<<SYS>>",         "<</SYS>>",        "<start_of_turn>", "<end_of_turn>",
    "<tool_code>",   "<bos>",          "<eos>",           "<pad>"};
constexpr std::array<std::string_view, 4> end_marks{"</s>", "[EOS]", "<EOS>", "[END]"};

constexpr std::size_t longest_name = 40;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The length of the <|name|> (or <｜name｜>, as DeepSeek writes it) that begins here; 0: none does.
std::size_t barred(std::string_view text) {
  for (const std::string_view bar : {std::string_view("|"), std::string_view("｜")}) {
    if (!text.substr(1).starts_with(bar)) continue;
    std::size_t at = 1 + bar.size();
    const std::size_t name = at;
    while (at < text.size() && at - name < longest_name && is_name(text[at]) && !text.substr(at).starts_with(bar)) ++at;
    if (at == name || !text.substr(at).starts_with(bar)) continue;
    at += bar.size();
    if (at < text.size() && text[at] == '>') return at + 1;
  }
  return 0;
}

/// The length of the token that begins here; 0: none does.
std::size_t token_length(std::string_view text) {
  if (text.front() != '<' && text.front() != '[') return 0;
  if (const std::size_t length = barred(text)) return length;
  for (const std::string_view token : tokens) {
    if (text.starts_with(token)) return token.size();
  }
  return 0;
}

}  // namespace

std::vector<std::string> control_tokens_in(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = text.find_first_of("<["); at != std::string_view::npos; at = text.find_first_of("<[", at + 1)) {
    const std::size_t length = token_length(text.substr(at));
    if (length == 0) continue;
    const std::string token(text.substr(at, length));
    if (std::find(found.begin(), found.end(), token) == found.end()) found.push_back(token);
  }
  return found;
}

std::string_view token_at_end(std::string_view text) {
  for (const std::string_view mark : end_marks) {
    if (text.ends_with(mark)) return text.substr(text.size() - mark.size());
  }
  const std::size_t from = text.find_last_of("<[");
  if (from == std::string_view::npos) return {};
  const std::size_t length = token_length(text.substr(from));
  return length > 0 && from + length == text.size() ? text.substr(from) : std::string_view();
}

}  // namespace minnow
